"""Helpers give the same candidates as one process, in the same order, and leave no trace."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.errors import FormatError, WorldError
from curate.formats.jsonl import write_record
from curate.formats.records import Record
from curate.model.candidate import Candidate, MentionCandidate
from curate.model.document import Document
from curate.project import proposing
from curate.project.adding import add
from curate.project.opening import create_project
from curate.project.proposing import Helpers, Here, proposed
from curate.store.intake import Proposed
from curate.text.sentences import segment

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class FirstWords:
    """A producer that takes the beginning of every sentence for something."""

    version = "first/1"

    def propose(self, document: Document) -> tuple[Candidate, ...]:
        if "قاتل" in document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return tuple(
            MentionCandidate(
                f"c{n}", replace(s.span, end=s.span.start + 2), "X", None, 0.5, "f/1",
                str(document.date),
            )
            for n, s in enumerate(document.sentences, 1)
        )  # fmt: skip


def documents(
    count: int, words: str = "عادت القافلة رقم {} إلى الميناء. ثم غادرت."
) -> list[Document]:
    texts = [words.format(n) * (1 + n % 7) for n in range(count)]
    return [
        Document(f"d{n}", text, {"date": f"2024-05-{n % 28 + 1:02}"}, segment(text))
        for n, text in enumerate(texts)
    ]


@pytest.fixture
def helpers(monkeypatch: pytest.MonkeyPatch) -> Iterator[Helpers]:
    monkeypatch.setattr(proposing, "_BATCH", 300)
    with Helpers(FirstWords, 2) as made:
        yield made


def test_helpers_propose_what_this_process_would(helpers: Helpers) -> None:
    known = Proposed("given/1", "{}", 0)
    offers = [(d, known if n % 5 == 0 else None) for n, d in enumerate(documents(200))]
    with Here(FirstWords()) as here:
        expected = list(here.each(offers))
    assert list(helpers.each(offers)) == expected
    assert list(helpers.each(offers[:3])) == expected[:3]
    assert list(helpers.each([])) == []


def test_what_is_broken_off_does_not_mix_with_what_follows(helpers: Helpers) -> None:
    offers = [(d, None) for d in documents(60)]
    with closing(helpers.each(offers)) as broken_off:
        next(broken_off)
    assert list(helpers.each(offers[30:])) == [
        (d, proposed(FirstWords(), d)) for d, _ in offers[30:]
    ]


def test_a_helper_that_dies_is_told(helpers: Helpers) -> None:
    offers = [(d, None) for d in documents(3, "قاتل رقم {}.")]
    with pytest.raises(WorldError, match="ended by itself"):
        list(helpers.each(offers))


def test_helpers_end_with_their_work() -> None:
    with Helpers(FirstWords, 2) as made:
        processes = made._processes
        assert all(p.is_alive() for p in processes)
    assert not any(p.is_alive() for p in processes)


@pytest.mark.slow
def test_many_texts_are_added_with_helpers_as_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        write_record(Record(d)) for d in documents(40, "قصفت الطائرات القرية {} أمس. وعاد أهلها.")
    ]
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(b"".join(lines[:10]))
    (folder / "b.jsonl").write_bytes(b"".join([*lines[10:20], b"broken\n"]))
    (folder / "c.jsonl").write_bytes(b"".join(lines[20:]))
    found = []
    for much in (10**9, 0):
        monkeypatch.setattr(proposing, "MUCH", much)
        with create_project(tmp_path / f"{much}.curate") as project:
            with pytest.raises(FormatError, match=r"b\.jsonl:11"):
                add(project, [folder])
            ids = project.store.documents.ids()
            assert len(ids) == 30
            found.append({key: project.store.candidates.of(key) for key in ids})
    assert found[0] == found[1]
    assert any(mentions for mentions, _ in found[0].values())
