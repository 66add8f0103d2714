"""A project's own lists give candidates, and wrong rows are named with their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.candidates.seeds import Entry, Kind
from curate.errors import CurateError, FormatError
from curate.model.annotation import Status
from curate.project.adding import add
from curate.project.annotating import Annotating
from curate.project.opening import create_project
from curate.project.own_seeds import put_seed_list, seed_lists
from curate.project.seed_tables import TableOptions, read_seed_table
from curate.project.seeding import add_seeds, remove_seeds
from tests.small import small_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.project.opening import Project

SCHEMA = small_schema()
TEXT = "وصل الوفد إلى زرنباق ليلا. وعاد الوفد من زرنباق فجرا."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with create_project(tmp_path / "p.curate") as made:
        text = tmp_path / "a.txt"
        text.write_text(TEXT, encoding="utf-8")
        add(made, [text])
        yield made


def found(project: Project) -> list[tuple[int, str]]:
    """Where the invented town is proposed, and as what."""
    (document,) = project.store.documents.all()
    mentions, _ = project.store.candidates.of(document.id)
    return [(m.span.start, m.type) for m in mentions if m.span.of(TEXT) == "زرنباق"]


def towns(tmp_path: Path, type_: str = "GPE") -> Path:
    path = tmp_path / "towns.tsv"
    path.write_text(f"name\ttype\taliases\nزرنباق\t{type_}\tزرن باق\n", encoding="utf-8")
    return path


def test_a_list_gives_candidates_for_what_is_open(project: Project, tmp_path: Path) -> None:
    assert "GPE" not in {type_ for _, type_ in found(project)}
    result = add_seeds(project, [towns(tmp_path)], TableOptions())
    assert result.documents == 1
    assert [type_ for _, type_ in found(project)] == ["GPE", "GPE"]
    assert [(held.name, held.forms) for held in seed_lists(project)] == [("towns", 2)]


def test_what_was_touched_keeps_its_candidates(project: Project, tmp_path: Path) -> None:
    annotating = Annotating(project, "a1")
    annotating.finish()
    assert annotating.project.store.items.counts("a1")[Status.DONE] == 1
    add_seeds(project, [towns(tmp_path)], TableOptions())
    assert [start for start, type_ in found(project) if type_ == "GPE"] == [TEXT.rindex("زرنباق")]


def test_a_list_taken_out_gives_no_more_candidates(project: Project, tmp_path: Path) -> None:
    before = found(project)
    add_seeds(project, [towns(tmp_path)], TableOptions())
    remove_seeds(project, "towns")
    assert found(project) == before
    assert seed_lists(project) == []
    with pytest.raises(CurateError, match="no seed list towns"):
        remove_seeds(project, "towns")


def test_texts_added_later_use_the_list(project: Project, tmp_path: Path) -> None:
    add_seeds(project, [towns(tmp_path)], TableOptions(), propose=False)
    later = tmp_path / "b.txt"
    later.write_text("بقي الأهالي في زرنباق أسبوعا.", encoding="utf-8")
    add(project, [later])
    *_, document = project.store.documents.all()
    mentions, _ = project.store.candidates.of(document.id)
    assert ("زرنباق", "GPE") in {(m.span.of(document.text), m.type) for m in mentions}


def test_a_list_of_the_same_name_is_replaced(project: Project) -> None:
    assert not put_seed_list(project, "x", [Entry("زرنباق", "GPE")])
    entry = Entry("شنطوف", "PER", None, Kind.NOUN, ("شناطيف",), "Q1", {"span": "inside"})
    assert put_seed_list(project, "x", [entry])
    (held,) = seed_lists(project)
    assert held.entries == (entry,)


def test_nothing_is_added_when_one_file_does_not_hold(project: Project, tmp_path: Path) -> None:
    bad = tmp_path / "bad.tsv"
    bad.write_text("name\ttype\nزرنباق\tNothing\n", encoding="utf-8")
    with pytest.raises(FormatError, match=r"bad\.tsv:2"):
        add_seeds(project, [towns(tmp_path), bad], TableOptions())
    assert seed_lists(project) == []


def entries(text: str, options: TableOptions | None = None) -> list[tuple[str, ...]]:
    """Form, type and aliases of each entry."""
    table = read_seed_table(text.encode(), "t", SCHEMA, options or TableOptions())
    return [(e.form, e.type, *e.aliases) for e in table.entries]


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("name\ttype\taliases\nتل أخضر\tSite\tتل خضر|التل\n", None),
        ('name,type,aliases\r\n"تل أخضر",Site,"تل خضر|التل"\r\n', None),
        ("الاسم;آخر\nتل أخضر;تل خضر، التل\n",
         TableOptions({"name": "الاسم", "aliases": "آخر"}, "Site")),
        ("7;تل أخضر;تل خضر|التل\n",
         TableOptions({"name": "2", "aliases": "3"}, "Site", heading=False)),
    ],
)  # fmt: skip
def test_tables_of_many_makes_say_the_same(text: str, options: TableOptions | None) -> None:
    assert entries(text, options) == [("تل أخضر", "Site", "تل خضر", "التل")]


def test_a_geonames_table_gives_its_arabic_names_under_a_condition() -> None:
    rows = [
        "1\tTall Akhdar\tTall Akhdar\tTall,تل أخضر,التل الأخضر\t35\t36\tP\tPPL",
        "2\tNahr\tNahr\tنهر بعيد\t35\t36\tH\tSTM",
        "3\tLatin\tLatin\tOnly,Latin\t35\t36\tP\tPPL",
        '4\t"Quoted\tQ\tالمقتبس\t35\t36\tP\tPPL',
    ]
    options = TableOptions.geonames(TableOptions(type="Site", where={"7": "P"}))
    table = read_seed_table("\n".join(rows).encode(), "SY.txt", SCHEMA, options)
    assert [e.forms for e in table.entries] == [("تل أخضر", "التل الأخضر"), ("المقتبس",)]
    assert table.left_out == 2


def test_every_wrong_row_is_named_and_many_are_counted() -> None:
    text = "name\ttype\tkind\n\tSite\t\nأ\tNope\t\nب\tSite\tbad\n" + "ج\tX\t\n" * 9
    with pytest.raises(FormatError) as caught:
        entries(text)
    said = caught.value.message
    assert "12 rows do not hold" in said
    for place in ("t:2: the row has no name", "t:3: the schema has no", "t:4: kind 'bad'"):
        assert place in said
    assert "and 7 more" in said


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("a,b\n1,2\n", None, "no column is called name"),
        ("name,b\n1,2\n", None, "no column is called type"),
        ("name,b\nس,2\n", TableOptions({"aliases": "zz"}, "Site"), "no column zz"),
        ("name,b\nس,2,3\n", TableOptions(type="Site"), "3 cells under 2"),
        ("name\nTown\n", TableOptions(type="Site", arabic_only=True), "no row to take"),
        ("name\n---\n", TableOptions(type="Site"), "is no name"),
        ("name,subtype\nس,navy\n", TableOptions(type="Group"), "no subtype 'navy'"),
    ],
)
def test_a_table_that_does_not_hold_says_why(
    text: str, options: TableOptions | None, said: str
) -> None:
    with pytest.raises(FormatError, match=said):
        entries(text, options)
