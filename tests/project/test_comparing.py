"""A comparison of a project or of files leads back to its sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from curate.project.agreeing import (
    AgreementOptions,
    Comparison,
    Question,
    compare_files,
)

DEMO = Path(__file__).parents[2] / "seeds" / "demo" / "demo.jsonl"
TWO = AgreementOptions(annotators=frozenset({"a1", "a2"}))


@pytest.fixture(scope="module")
def compared() -> Comparison:
    """The demo's two readers."""
    return compare_files([DEMO], TWO)


def test_each_pair_of_readings_is_found_again(compared: Comparison) -> None:
    whole = compared.report.figures["arg_c_attached"].tally
    found = list(compared.behind(Question("arg_c_attached")))
    assert sum(i.tally.matched for i in found) == whole.matched
    for instance in found:
        text = compared.text(instance.document)
        for atom in (instance.first, instance.second):
            assert atom is None or 0 <= atom.start < atom.end <= len(text)


def test_what_annotators_said_of_an_item_is_at_hand(compared: Comparison) -> None:
    instance = next(compared.behind(Question("mentions")))
    said = compared.said(instance.document, instance.span)
    assert set(said) == {"a1", "a2"}
    assert all(a.item == instance.span for a in said.values())


def test_only_documents_that_count_are_read_again(compared: Comparison) -> None:
    rare = min(compared.report.by_label["tri_c"].items(), key=lambda p: p[1].tally.first)[0]
    assert {i.document for i in compared.behind(Question("tri_c", rare))} < set(compared.documents)
