"""Annotations without texts: nothing of the text is told, and it can be put back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from curate.errors import FormatError
from curate.formats.schema_file import shipped_schema
from curate.formats.standoff import hash_in, restored, write_standoff
from tests.strategies import records_of

if TYPE_CHECKING:
    from curate.formats.records import Record

SCHEMA = shipped_schema()


@given(records_of(SCHEMA))
def test_who_has_the_text_gets_the_record_back(record: Record) -> None:
    told = replace(record, candidates=(), threads=(), misfits=())
    line = write_standoff(told)
    assert hash_in(line, "x", 1) == record.document.sha256
    assert restored(line, record.document.text, "x", 1) == told


@given(records_of(SCHEMA))
def test_no_word_of_the_text_is_told(record: Record) -> None:
    document = replace(record.document, meta={}, origin=None)
    said = tuple(  # what annotators write themselves may of course be Arabic
        replace(
            a,
            note=None,
            reason=None,
            mentions=tuple(replace(m, attributes={}) for m in a.mentions),
            frames=tuple(replace(f, attributes={}) for f in a.frames),
        )
        for a in record.annotations
    )
    plain = replace(record, document=document, annotations=said)
    line = write_standoff(plain).decode()
    assert '"text"' not in line
    arabic = {c for c in line if "\u0600" <= c <= "\u06ff"}
    assert not arabic


def test_another_text_is_refused() -> None:
    line = b'{"format":"curate-standoff/1","id":"d1","sha256":"00","length":3}\n'
    with pytest.raises(FormatError, match=r"x:7: this is not the text that d1 was annotated on"):
        restored(line, "abc", "x", 7)


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"format":"curate/1"}',
                                  b'{"format":"curate-standoff/1","id":"d"}'])  # fmt: skip
def test_what_is_no_standoff_is_refused_with_its_line(line: bytes) -> None:
    with pytest.raises(FormatError, match="x:3: "):
        hash_in(line, "x", 3)
