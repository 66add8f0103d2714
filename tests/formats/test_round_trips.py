"""Every format that is read gives back what it says it keeps, whatever people annotated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.formats.layers import layers_of
from curate.formats.registry import FORMATS
from curate.formats.schema_file import shipped_schema
from curate.formats.xmi import NO_XML
from tests.formats.doors import read_back, written
from tests.formats.same import said
from tests.strategies import records_of

if TYPE_CHECKING:
    from curate.formats.records import Record
    from curate.model.comment import Thread

SCHEMA = shipped_schema()
EXACT = ("brat", "csv", "spacy", "xmi")
"""Formats that keep all that people say, and the document it is said of."""
TOKENS = ("webanno-tsv", "conllup", "bio", "conll2003")
"""Formats of tokens: what they keep is the same after every further trip."""
WRITTEN_ONLY = ("oneie", "dygie", "rams", "wikievents", "maven-arg", "acled-csv", "web-annotation")
QUIET = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def some_records() -> st.SearchStrategy[list[Record]]:
    """One or two records with ids of their own."""
    drawn = st.lists(records_of(SCHEMA), min_size=1, max_size=2)
    return drawn.map(
        lambda many: [
            replace(r, document=replace(r.document, id=f"d{n}"), threads=_threads(r, f"d{n}"))
            for n, r in enumerate(many)
        ]
    )


def _threads(record: Record, document: str) -> tuple[Thread, ...]:
    return tuple(replace(t, item=f"{document}:{t.item.rpartition(':')[2]}") for t in record.threads)


def by_id(records: list[Record]) -> dict[str, Record]:
    return {record.document.id: record for record in records}


LOSSLESS = tuple(n for n, f in FORMATS.items() if f.is_lossless and f.write)


def test_every_format_that_is_written_is_tried_here() -> None:
    tried = {*LOSSLESS, *EXACT, *TOKENS, *WRITTEN_ONLY, "label-studio"}
    assert tried == {name for name, f in FORMATS.items() if f.write}
    assert not [name for name in WRITTEN_ONLY if FORMATS[name].reads]


@pytest.mark.slow
@given(records=some_records())
@QUIET
def test_what_is_written_comes_back_and_what_is_dropped_is_counted(records: list[Record]) -> None:
    for name in LOSSLESS:
        check_lossless(name, records)
    for name in EXACT:
        check_exact(name, records)
    for name in TOKENS:
        check_stable(name, records)
    for name in WRITTEN_ONLY:
        files, tally = written(FORMATS[name], records, SCHEMA)
        assert files
        assert not tally.missing(), name


def check_lossless(name: str, records: list[Record]) -> None:
    """A lossless format gives back what it took."""
    files, _ = written(FORMATS[name], records, SCHEMA)
    assert read_back(FORMATS[name], files, SCHEMA) == records, name


def check_exact(name: str, records: list[Record]) -> None:
    """All that people say comes back, and the document it is said of."""
    if name == "xmi":
        records = [r for r in records if not NO_XML.search(r.document.text)]
    files, _ = written(FORMATS[name], records, SCHEMA)
    back = by_id(read_back(FORMATS[name], files, SCHEMA))
    assert back.keys() == by_id(records).keys(), name
    for record in records:
        again = back[record.document.id]
        assert again.document == record.document, name
        theirs = {layer.annotator: layer for layer in layers_of(again)}
        for layer in layers_of(record):
            assert said(theirs[layer.annotator]) == said(layer), name


def check_stable(name: str, records: list[Record]) -> None:
    """After one trip through tokens nothing more changes."""
    if name == "conll2003":  # it names neither documents nor annotators: one layer each
        records = [replace(r, annotations=r.annotations[:1]) for r in records[:1]]
    once, tally = written(FORMATS[name], records, SCHEMA)
    assert not tally.missing(), name
    back = read_back(FORMATS[name], once, SCHEMA)
    twice, _ = written(FORMATS[name], back, SCHEMA)
    again = read_back(FORMATS[name], twice, SCHEMA)
    for record, other in zip(back, again, strict=True):
        assert record.document.text == other.document.text, name
        for layer, same in zip(layers_of(record), layers_of(other), strict=True):
            assert said(same) == said(layer), name
