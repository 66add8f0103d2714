"""What goes out of a project, and under which names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.comment import Comment
from curate.project.adding import AddOptions, add
from curate.project.annotating import Annotating
from curate.project.opening import Project, create_project
from curate.project.records import ExportOptions, records

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "وصلت القافلة الأولى إلى المرفأ صباح اليوم. ثم غادرت السفينة نحو الجزيرة البعيدة."


def project(folder: Path) -> Project:
    (folder / "one.txt").write_text(TEXT, encoding="utf-8")
    made = create_project(folder / "p.curate")
    add(made, [folder / "one.txt"], AddOptions(candidates=False))
    for who in ("amal", "badr"):
        Annotating(made, who).finish()
    item = next(iter(made.store.items.all())).id
    said = Comment("c1", "c1", "carla", "2026-01-01T00:00:00Z", "ماذا عن المرفأ؟")
    made.store.comments.add(item, [said])
    return made


def names(found: Project, options: ExportOptions) -> tuple[set[str], set[str]]:
    annotators: set[str] = set()
    authors: set[str] = set()
    for record in records(found, options):
        annotators |= {a.annotator for a in record.annotations}
        authors |= {c.author for thread in record.threads for c in thread.comments}
    return annotators, authors


def test_pseudonyms_stand_for_annotators_and_authors_one_each(tmp_path: Path) -> None:
    with project(tmp_path) as found:
        assert names(found, ExportOptions()) == ({"amal", "badr"}, {"carla"})
        annotators, authors = names(found, ExportOptions(pseudonyms=True))
        assert annotators | authors == {"annotator-1", "annotator-2", "annotator-3"}
        assert not annotators & authors
        assert names(found, ExportOptions(pseudonyms=True)) == (annotators, authors)
