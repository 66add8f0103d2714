"""Projects are checked, kept safe, put back and united without losing a decision."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.errors import Busy, CurateError, NotAProject, ProjectError
from curate.model.span import Span
from curate.project.adding import AddOptions, add
from curate.project.annotating import Annotating
from curate.project.auditing import audit
from curate.project.merging import merge
from curate.project.opening import Project, create_project, open_project
from curate.project.safekeeping import back_up, restore

if TYPE_CHECKING:
    from pathlib import Path

TEXT = (
    "وصلت القافلة الأولى إلى المرفأ صباح اليوم. ثم غادرت السفينة نحو الجزيرة البعيدة. "
    "وانتظر الأهالي عند الجسر حتى المساء. ولم تصل المؤن إلى السوق بعد."
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    made = tmp_path / "work.curate"
    with create_project(made) as project:
        add(project, [tmp_path / "one.txt"], AddOptions(candidates=False))
    return made


def work(path: Path, who: str, item: int, words: int = 1, *, finish: bool = True) -> None:
    """Let somebody mark a word in an item, and finish it."""
    with open_project(path) as project:
        items = list(project.store.items.all())
        session = Annotating(project, who)
        session.go_to(items[item].id)
        start = items[item].span.start
        for place in range(words):
            entity = next(iter(project.schema.entity_types))
            session.add_mention(Span(start + place, start + place + 2 + len(who)), entity)
        if finish:
            session.finish()


def states(path: Path) -> dict[tuple[str, str], object]:
    with open_project(path, read_only=True) as project:
        store = project.store
        return {
            (item, who): store.annotations.get(item, who) for item, who in store.upkeep.touched()
        }


def findings(path: Path) -> list[str]:
    with open_project(path, read_only=True) as project:
        return [finding.line() for finding in audit(project)]


def broken(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA foreign_keys = off")
        for trigger in ("journal_keeps_rows", "journal_keeps_words"):
            connection.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        connection.executescript(sql)


# ------------------------------------------------------------------ check


def test_a_project_that_was_worked_on_is_sound(path: Path) -> None:
    work(path, "amal", 0)
    work(path, "badr", 1, finish=False)
    assert findings(path) == []


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("UPDATE documents SET text = replace(text, 'المرفأ', 'الميناء')", "text: "),
        ("UPDATE mentions SET type = 'Nonsense'", "journal: "),
        ("DELETE FROM journal WHERE number = (SELECT max(number) FROM journal)", "journal: "),
        ("UPDATE progress SET items = items + 1", "count: "),
        ("DELETE FROM closed_runs", "count: "),
        ("UPDATE items SET end = 100000 WHERE number = 4", "does not lie inside the text"),
        ("DELETE FROM items WHERE number = 1", "points to a row"),
        ("UPDATE journal SET change = '{'", "cannot be followed"),
    ],
)
def test_what_was_changed_behind_our_back_is_found(path: Path, sql: str, said: str) -> None:
    work(path, "amal", 0)
    broken(path, sql)
    assert any(said in line for line in findings(path)), findings(path)


def test_work_that_no_longer_fits_the_schema_is_found(path: Path) -> None:
    work(path, "amal", 0)
    with open_project(path) as project:
        kept = dict(list(project.schema.entity_types.items())[1:])
        object.__setattr__(project.schema, "entity_types", kept)
        assert any(f.kind == "schema" for f in audit(project))


def test_damaged_pages_are_told_and_never_end_in_a_traceback(path: Path) -> None:
    work(path, "amal", 0)
    data = bytearray(path.read_bytes())
    page = int.from_bytes(data[16:18], "big")
    for start in range(4 * page, len(data) - page, 3 * page):
        data[start : start + page] = b"\xa5" * page
    path.write_bytes(bytes(data))
    try:
        told = findings(path)
    except CurateError as error:
        told = [error.remedy or ""]
    assert any(told)


# ------------------------------------------------------------------ backup, restore


def test_a_backup_holds_everything_while_somebody_works(path: Path, tmp_path: Path) -> None:
    work(path, "amal", 0)
    with open_project(path) as busy:
        session = Annotating(busy, "badr")
        session.finish()
        with open_project(path, read_only=True) as reading:
            made = back_up(reading, tmp_path / "copy.curate")
    assert states(made) == states(path)
    assert findings(made) == []
    with open_project(path) as project, pytest.raises(ProjectError, match="is there already"):
        back_up(project, made)


def test_backups_without_a_name_do_not_meet(path: Path) -> None:
    with open_project(path, read_only=True) as project:
        first, second = back_up(project), back_up(project)
    assert first != second
    assert first.parent == path.parent


def test_a_backup_is_put_back_and_the_old_file_is_kept(path: Path, tmp_path: Path) -> None:
    work(path, "amal", 0)
    with open_project(path) as project:
        made = back_up(project, tmp_path / "copy.curate")
    before = states(path)
    work(path, "amal", 1)
    later = states(path)
    kept = restore(path, made)
    assert states(path) == before
    assert states(kept) == later


def test_a_broken_project_can_be_replaced_but_not_by_a_broken_backup(
    path: Path, tmp_path: Path
) -> None:
    work(path, "amal", 0)
    with open_project(path) as project:
        made = back_up(project, tmp_path / "copy.curate")
    before = states(path)
    path.write_bytes(b"\0" * 5000)
    bad = tmp_path / "bad.curate"
    bad.write_bytes(b"\0" * 5000)
    with pytest.raises(NotAProject):
        restore(path, bad)
    restore(path, made)
    assert states(path) == before


def test_a_project_that_is_open_elsewhere_is_not_replaced(path: Path, tmp_path: Path) -> None:
    with open_project(path) as project:
        made = back_up(project, tmp_path / "copy.curate")
        Annotating(project, "amal").finish()
        with pytest.raises(Busy, match=r"has .* open"):
            restore(path, made)
    assert len(states(path)) == 1


# ------------------------------------------------------------------ merge


def copies(path: Path, tmp_path: Path) -> tuple[Path, Path]:
    other = tmp_path / "other.curate"
    shutil.copy(path, other)
    return path, other


def test_two_annotators_on_two_machines_come_together(path: Path, tmp_path: Path) -> None:
    work(path, "amal", 0)
    here, there = copies(path, tmp_path)
    work(here, "amal", 1)
    work(there, "badr", 0)
    work(there, "badr", 2, words=3)
    wanted = states(here) | states(there)
    untouched = there.read_bytes()
    with open_project(here) as project:
        report = merge(project, there)
    assert report.exit_code == 0
    assert states(here) == wanted
    assert there.read_bytes() == untouched
    assert findings(here) == []
    with open_project(here) as project:
        again = merge(project, there)
    assert (again.decisions, again.documents, again.conflicts) == (0, 0, [])


def test_one_who_went_on_elsewhere_can_undo_here(path: Path, tmp_path: Path) -> None:
    work(path, "amal", 0)
    here, there = copies(path, tmp_path)
    work(there, "amal", 1, words=2)
    with open_project(here) as project:
        merge(project, there)
        session = Annotating(project, "amal")
        for _ in range(6):
            session.undo()
        assert not session.view.annotation.mentions
    assert findings(here) == []


def test_work_on_the_same_item_in_both_copies_is_kept_twice(path: Path, tmp_path: Path) -> None:
    here, there = copies(path, tmp_path)
    work(here, "amal", 0, words=1)
    work(there, "amal", 0, words=2)
    mine, theirs = states(here), states(there)
    with open_project(here) as project:
        report = merge(project, there)
        rivals = project.store.rulings.rivals()
    assert report.exit_code == 4
    assert len(report.conflicts) == 1
    assert states(here) == mine
    (key,) = theirs
    (rival,) = rivals
    assert (rival.item, rival.annotation.annotator) == key
    assert rival.annotation.mentions == theirs[key].mentions  # type: ignore[attr-defined]  # one
    assert findings(here) == []


def test_documents_assignments_and_rulings_come_along(path: Path, tmp_path: Path) -> None:
    here, there = copies(path, tmp_path)
    late = tmp_path / "late.txt"
    late.write_text("عاد الصيادون من البحر. وأغلق السوق أبوابه باكرا.", encoding="utf-8")
    with open_project(there) as project:
        add(project, [late], AddOptions())
        items = [item.id for item in project.store.items.all()]
        project.store.items.assign("badr", items, at="2026-01-01T00:00:00Z", batch="b1")
    work(there, "badr", 4)
    with open_project(here) as project:
        report = merge(project, there)
        store = project.store
        assert report.documents == 1
        assert report.others["assignments"] == len(items)
        assert [item.id for item in store.items.all()] == items
        assert store.items.counts("badr")
        mentions, frames = store.candidates.of(store.documents.ids()[1])
        assert isinstance(mentions, list)
        assert isinstance(frames, list)
    assert findings(here) == []


def test_what_is_no_copy_of_the_project_is_refused_and_nothing_written(
    path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "paragraphs.curate"
    create_project(other, unit="paragraph").close()
    before = path.read_bytes()
    with open_project(path) as project:
        with pytest.raises(ProjectError, match="one paragraph an item"):
            merge(project, other)
        with pytest.raises(ProjectError, match="this project itself"):
            merge(project, path)
    assert path.read_bytes() == before


@pytest.mark.slow
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.sampled_from("ht"), st.sampled_from(["amal", "badr"]),
                          st.integers(0, 3)), max_size=7), st.randoms())  # fmt: skip
def test_whatever_is_done_where_a_merge_loses_nothing(
    path: Path, tmp_path: Path, deeds: list[tuple[str, str, int]], order: object
) -> None:
    folder = tmp_path / f"run{id(order)}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    here, there = folder / "here.curate", folder / "there.curate"
    shutil.copy(path, here)
    shutil.copy(path, there)
    for where, who, item in deeds:
        work(here if where == "h" else there, who, item, finish=item % 2 == 0)
    mine, theirs = states(here), states(there)
    with open_project(here) as project:
        report = merge(project, there)
    merged = states(here)
    for key in mine.keys() | theirs.keys():
        if key in mine and key in theirs and mine[key] != theirs[key]:
            assert merged[key] in (mine[key], theirs[key])
        else:
            assert merged[key] == mine.get(key, theirs.get(key))
    both = {k for k in mine.keys() & theirs.keys() if mine[k] != theirs[k]}
    assert {tuple(c.rsplit(" by ", 1)) for c in report.conflicts} == both
    assert findings(here) == []


def test_a_project_object_is_needed(path: Path) -> None:
    with open_project(path, read_only=True) as project:
        assert isinstance(project, Project)
        with pytest.raises(CurateError):
            merge(project, path.with_name("nowhere.curate"))
