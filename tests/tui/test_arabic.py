"""In the Arabic interface nothing is said in English."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from curate.candidates.engine import rule_engine
from curate.candidates.seeds import shipped_seeds
from curate.formats.jsonl import read_records
from curate.formats.schema_file import shipped_schema
from curate.project.learning import project_producer
from curate.tui.arabic import message, reason
from curate.tui.arabic_words import MESSAGES, REASONS
from tests.tui.watching import annotate, press, shows, workbench

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.project.annotating import Annotating

ROOT = Path(__file__).parents[2]
SAID = [
    *(ROOT / "curate/project" / name for name in (
        "annotating.py", "sitting.py", "edits.py", "proposals.py", "committing.py")),
    ROOT / "curate/tui/editor.py",
    ROOT / "curate/tui/screens/asking.py",
]  # fmt: skip
LATIN = re.compile(r"[a-z]{3,}")


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts that an expression can come to, with 9 in the place of every value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = (p.value if isinstance(p, ast.Constant) else "9" for p in node.values)
        yield "".join(map(str, parts))
    elif isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))


def refusals() -> Iterator[str]:
    """Every message and remedy with which an edit is refused."""
    for path in SAID:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in ("EditRefused", "CannotDo"):
                for argument in node.args:
                    yield from _texts(argument)


@pytest.mark.parametrize("text", sorted(set(refusals())))
def test_every_refusal_has_its_arabic(text: str) -> None:
    told = message(text, "ar")
    assert told != text
    assert not LATIN.search(told.replace("curate add PATH", ""))
    assert message(text, "en") == text


def test_every_reason_of_the_demo_articles_has_its_arabic() -> None:
    schema = shipped_schema()
    producers = (project_producer(schema, None), rule_engine(schema, shipped_seeds()))
    with (ROOT / "seeds/demo/demo.jsonl").open("rb") as file:
        documents = [record.document for record in read_records(file, "demo")][:12]
    said = {c.reason for p in producers for d in documents for c in p.propose(d)}
    assert len(said) > 100
    untold = {
        text
        for text in said
        if re.search(r"\b(list|after|before|from|trigger|word|with|ends|too)\b", reason(text, "ar"))
    }
    assert untold == set()


def test_parts_of_a_reason_are_told_one_by_one() -> None:
    told = reason("named in this document; after محافظة, seed list: هيران; learned too", "ar")
    assert told == "سُمي في هذا المستند؛ بعد محافظة، من القائمة: هيران؛ ويؤيده التعلُّم"


def test_a_reason_of_somebody_else_stays_as_it_is() -> None:
    assert reason("regex 14 of the town list", "ar") == "regex 14 of the town list"


@pytest.mark.parametrize(("english", "arabic"), [*MESSAGES, *REASONS])
def test_no_template_loses_a_value(english: str, arabic: str) -> None:
    assert len(re.findall(r"\{\*?\w*\}", english)) == arabic.count("{}")


async def test_why_and_refusals_are_arabic_in_the_arabic_interface(session: Annotating) -> None:
    async with workbench(session, language="ar").run_test(size=(80, 24)) as pilot:
        await press(pilot, "9")
        assert shows(pilot, "ليس في هذا الإطار خانة 9")
        assert annotate(pilot).words.rtl
