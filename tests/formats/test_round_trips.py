"""Every format that is read gives back what it says it keeps, whatever people annotated."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, assume, given, settings
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
    max_examples=8,
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


@pytest.mark.parametrize("name", [n for n, f in FORMATS.items() if f.is_lossless and f.write])
@given(records=some_records())
@QUIET
def test_a_lossless_format_gives_back_what_it_took(name: str, records: list[Record]) -> None:
    chosen = FORMATS[name]
    files, _ = written(chosen, records, SCHEMA)
    assert read_back(chosen, files, SCHEMA) == records


@pytest.mark.parametrize("name", EXACT)
@given(records=some_records())
@QUIET
def test_all_that_people_say_comes_back(name: str, records: list[Record]) -> None:
    chosen = FORMATS[name]
    assume(name != "xmi" or not any(NO_XML.search(r.document.text) for r in records))
    files, _ = written(chosen, records, SCHEMA)
    back = by_id(read_back(chosen, files, SCHEMA))
    assert back.keys() == by_id(records).keys()
    for record in records:
        again = back[record.document.id]
        assert again.document == record.document
        theirs = {layer.annotator: layer for layer in layers_of(again)}
        for layer in layers_of(record):
            assert said(theirs[layer.annotator]) == said(layer)


@pytest.mark.parametrize("name", WRITTEN_ONLY)
@given(records=some_records())
@QUIET
def test_what_is_written_and_what_is_dropped_add_up(name: str, records: list[Record]) -> None:
    files, tally = written(FORMATS[name], records, SCHEMA)
    assert files
    assert not tally.missing()


@pytest.mark.parametrize("name", TOKENS)
@given(records=some_records())
@QUIET
def test_a_format_of_tokens_changes_nothing_more_after_one_trip(
    name: str, records: list[Record]
) -> None:
    chosen = FORMATS[name]
    once, tally = written(chosen, records, SCHEMA)
    assert not tally.missing()
    back = read_back(chosen, once, SCHEMA)
    twice, _ = written(chosen, back, SCHEMA)
    again = read_back(chosen, twice, SCHEMA)
    for record, other in zip(back, again, strict=True):
        assert record.document.text == other.document.text
        for layer, same in zip(layers_of(record), layers_of(other), strict=True):
            assert said(same) == said(layer)
