"""Metadata, flags and copies of the documents of a project."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError
from curate.project.adding import AddOptions, add
from curate.project.copies import copies_now, find_copies, groups, repeated_sentences
from curate.project.curating import (
    document_rows,
    month_of,
    require_metadata,
    set_metadata,
    source_of,
)
from curate.project.opening import Project, create_project, open_project

if TYPE_CHECKING:
    from pathlib import Path

WORDS = [
    "أعلن",
    "المتحدث",
    "وصول",
    "قافلة",
    "جديدة",
    "شمال",
    "المدينة",
    "صباح",
    "اليوم",
    "بعد",
    "توقف",
    "طويل",
    "بسبب",
    "الثلوج",
]


def article(seed: int, words: int = 60) -> str:
    draw = random.Random(seed)
    return " ".join(draw.choice(WORDS) + "ةيانوم"[draw.randrange(6)] for _ in range(words)) + "."


@pytest.fixture
def project(tmp_path: Path) -> Project:
    (tmp_path / "one.txt").write_text(article(1), encoding="utf-8")
    (tmp_path / "two.txt").write_text(article(2), encoding="utf-8")
    (tmp_path / "copy.txt").write_text(article(1) + "\nخبر عاجل من المراسل", encoding="utf-8")
    made = create_project(tmp_path / "p.curate")
    names = ("one.txt", "two.txt", "copy.txt")
    options = AddOptions(split="never", candidates=False)
    add(made, [tmp_path / name for name in names], options)
    return made


def test_copies_are_found_kept_and_never_deleted(project: Project) -> None:
    one, two, copy = project.store.documents.ids()
    (group,) = find_copies(project)
    assert group.original == one
    assert [c.document for c in group.copies] == [copy]
    assert 0.8 < group.copies[0].similarity < 1
    assert project.store.documents.ids() == [one, two, copy]
    assert project.store.copies.original_of(copy) == one
    assert project.store.copies.original_of(two) is None


def test_a_look_is_taken_anew_only_when_documents_came(project: Project, tmp_path: Path) -> None:
    one, _, copy = project.store.documents.ids()
    assert copies_now(project) == {copy: one}
    project.store.copies.replace([])
    assert copies_now(project) == {}, "nothing came since"
    late = tmp_path / "late.txt"
    late.write_text(article(2) + " خاتمة", encoding="utf-8")
    add(project, [late], AddOptions(split="never", candidates=False))
    assert len(copies_now(project)) == 2


def test_a_project_opened_for_reading_tells_what_was_found(project: Project) -> None:
    find_copies(project)
    path = project.path
    project.close()
    with open_project(path, read_only=True) as again:
        assert len(groups(again)) == 1
        assert len(copies_now(again)) == 1


def test_repeated_sentences_are_found_across_documents(project: Project) -> None:
    one, _, copy = project.store.documents.ids()
    pairs = list(repeated_sentences(project))
    assert [(p.first[0], p.second[0]) for p in pairs] == [(one, copy)]
    assert pairs[0].similarity == 1


def test_metadata_are_set_for_some_or_all_and_taken_away(project: Project) -> None:
    one, two, _ = project.store.documents.ids()
    assert set_metadata(project, {"source": "إذاعة", "date": "2019-03-07"}) == 3
    assert set_metadata(project, {"source": None, "licence": "CC0"}, [two]) == 1
    assert set_metadata(project, {"licence": "CC0"}, [two]) == 0, "nothing changed"
    first, second = (project.store.documents.get(key) for key in (one, two))
    assert (source_of(first), month_of(first)) == ("إذاعة", "2019-03")
    assert dict(second.meta) == {"date": "2019-03-07", "licence": "CC0"}
    rows = {row.id: row for row in document_rows(project)}
    assert rows[two].cells()[5:] == ["", "2019-03-07", "", "CC0", "", ""]


def test_a_bad_name_of_metadata_is_refused_and_nothing_written(project: Project) -> None:
    with pytest.raises(CurateError, match="cannot be the name"):
        set_metadata(project, {"date": "2019", "Bad Name": 1})
    assert all(not row.meta for row in document_rows(project))


def test_a_document_without_required_metadata_is_not_added(
    project: Project, tmp_path: Path
) -> None:
    require_metadata(project, ["source", "genre"])
    late = tmp_path / "late.txt"
    late.write_text(article(5), encoding="utf-8")
    with pytest.raises(CurateError, match=r"late\.txt: document 1 has no source, genre"):
        add(project, [late], AddOptions(split="never", candidates=False))
    assert project.store.documents.count() == 3
    meta = {"source": "وكالة", "genre": "خبر"}
    add(project, [late], AddOptions(split="never", candidates=False, meta=meta))
    assert project.store.documents.count() == 4


@pytest.mark.parametrize(
    ("date", "month"),
    [("2018-04-20", "2018-04"), ("2018-04", "2018-04"), ("2018-04-20T11:00:00Z", "2018-04"),
     ("20/4/2018", ""), ("2018", "")],
)  # fmt: skip
def test_the_month_is_read_from_iso_dates_only(project: Project, date: str, month: str) -> None:
    key = project.store.documents.ids()[0]
    set_metadata(project, {"date": date}, [key])
    assert month_of(project.store.documents.get(key)) == month
