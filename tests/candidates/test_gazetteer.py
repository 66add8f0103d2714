"""Names and nouns found in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.candidates.engine import propose
from curate.model.candidate import MentionCandidate
from curate.model.document import Document, Sentence, SentenceKind
from curate.model.span import Span

if TYPE_CHECKING:
    from curate.candidates.seeds import Seeds
    from curate.model.schema import EventSchema


def found(text: str, schema: EventSchema, seeds: Seeds) -> list[tuple[str, str]]:
    document = Document("d1", text, sentences=(Sentence(Span(0, len(text))),))
    return [
        (c.span.of(text), c.type)
        for c in propose(document, schema, seeds)
        if isinstance(c, MentionCandidate)
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("زرنا نبع الصفا صباحا", ["نبع الصفا"]),
        ("وصل إلى الصفا", ["الصفا"]),
        ("عاد من نَبْعِ الصَّفا مساء", ["نَبْعِ الصَّفا"]),
        ("جاء لـمرج الزهور", ["مرج الزهور"]),
        ("بمرج الزهر وبنبع الصفا", ["مرج الزهر", "نبع الصفا"]),
        ("بساتين نبع “الصفا” كثيرة", ["نبع “الصفا"]),
        ("حصدوا القمح هناك", ["القمح"]),
        ("حصدوا قمحاً كثيرا", ["قمحاً"]),
        ("حصدوا بذور الذرة", ["بذور الذرة"]),
        ("حصدوا قمحهم", ["قمحهم"]),
        ("هدم السور", []),
        ("هدم سور قرية السور", ["السور"]),
        ("بلغوا «السور» ليلا", ["السور"]),
        ("رأوا نجم الشمال", []),
    ],
)
def test_names_and_nouns(text: str, names: list[str], schema: EventSchema, seeds: Seeds) -> None:
    assert [name for name, _ in found(text, schema, seeds)] == names


def test_nothing_is_proposed_in_boilerplate(schema: EventSchema, seeds: Seeds) -> None:
    text = "زرنا نبع الصفا"
    document = Document(
        "d1", text, sentences=(Sentence(Span(0, len(text)), SentenceKind.BOILERPLATE),)
    )
    assert propose(document, schema, seeds) == ()


def test_proposing_twice_gives_the_same(schema: EventSchema, seeds: Seeds) -> None:
    text = "حصد الناس القمح في نبع الصفا."
    document = Document("d1", text, sentences=(Sentence(Span(0, len(text))),))
    assert propose(document, schema, seeds) == propose(document, schema, seeds)
