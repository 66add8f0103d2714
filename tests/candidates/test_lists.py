"""The lists that ship: every row whole, of a known type, and there only once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from curate.candidates.seeds import COLUMNS, Entry, Kind, parse_gazetteer, parse_guards
from curate.formats.schema_file import shipped_schema
from curate.text.normal import normal

if TYPE_CHECKING:
    from curate.model.schema import EventSchema

SEEDS = Path(__file__).parents[2] / "seeds"
LISTS = sorted((SEEDS / "gazetteers").glob("*.tsv"))


def entries(path: Path) -> tuple[Entry, ...]:
    return parse_gazetteer(path.read_bytes(), path.name)


@pytest.fixture(scope="module")
def schema() -> EventSchema:
    return shipped_schema()


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_every_row_has_all_columns_and_no_stray_space(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    assert lines[0].split("\t") == list(COLUMNS)
    for line in lines[1:]:
        cells = line.split("\t")
        assert len(cells) == len(COLUMNS), line
        forms = [cells[0], *filter(None, cells[4].split("|"))]
        assert all(form == " ".join(form.split()) and form for form in forms), line


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_types_and_subtypes_are_the_schemas(path: Path, schema: EventSchema) -> None:
    for entry in entries(path):
        assert entry.type in schema.entity_types, entry.form
        if entry.kind is not Kind.WORD and entry.subtype is not None:
            assert entry.subtype in schema.entity_types[entry.type].subtypes, entry.form


@pytest.mark.parametrize("path", LISTS, ids=lambda p: p.stem)
def test_forms_leave_something_to_look_for_and_no_alias_repeats_another(path: Path) -> None:
    for entry in entries(path):
        forms = [normal(form) for form in entry.forms]
        assert all(forms), entry.form
        assert len(set(forms)) == len(forms), entry.form


def test_no_entry_stands_in_the_lists_twice() -> None:
    seen: dict[tuple[str, str, str | None, Kind], str] = {}
    for path in LISTS:
        for entry in entries(path):
            key = (normal(entry.form), entry.type, entry.subtype, entry.kind)
            assert key not in seen, f"{entry.form}: {path.name} and {seen[key]}"
            seen[key] = path.name


def test_homographs_guard_types_of_the_schema(schema: EventSchema) -> None:
    path = SEEDS / "homographs.tsv"
    for guard in parse_guards(path.read_bytes(), path.name):
        assert guard.types <= schema.entity_types.keys(), guard.form
        assert guard.reading, guard.form
