"""Projects that two annotators have worked on, for tests of the review."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from curate.model.annotation import Annotation, Argument, Frame, Mention, Status
from curate.model.change import difference
from curate.model.document import Document, Sentence
from curate.model.item import ItemUnit
from curate.model.span import Span
from curate.project.opening import Project, create_project
from curate.store.journal import Decision
from tests.small import TEXT, small_schema, span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SECOND = "عادت المدفعية إلى القصف ليلا قرب الريحانية"
NUMBERS = count(1)


def says(project: Project, name: str, item: str, *atoms: Mention | Frame,
         status: Status = Status.DONE) -> None:  # fmt: skip
    """Let an annotator say all of that of an item, and close it."""
    before = project.store.annotations.get(item, name)
    after = Annotation(
        name, before.item, status,
        tuple(sorted((a for a in atoms if isinstance(a, Mention)), key=lambda m: m.span)),
        tuple(a for a in atoms if isinstance(a, Frame)),
    )  # fmt: skip
    change = difference(before, after)
    row = f"row{next(NUMBERS)}"
    project.store.journal.write(Decision(row, name, item, "say", change, 4.0, 2, clock()))


def clock() -> str:
    """A later time at each call."""
    number = next(NUMBERS)
    return f"2026-01-01T{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}.000+00:00"


def two_readers(path: Path) -> Project:
    """Two sentences: a disputed boundary, role and event in the first, a label in the second."""
    made = create_project(path)
    for number, text in enumerate((TEXT, SECOND)):
        document = Document(f"d{number}", text, {}, (Sentence(Span(0, len(text))),))
        made.store.documents.add([document], ItemUnit.SENTENCE, at=clock())
    project = Project(made.path, small_schema(), made.store)
    first, second = (item.id for item in project.store.items.all())
    gun, town = Mention("g", span("المدفعية"), "Group"), Mention("t", span("الريحانية"), "Site")
    fire = Frame("f", "Fire", span("قصفت"), (Argument("Goal", mention="t"),), {"means": "far"})
    says(project, "ann", first, gun, town, fire)
    wide = Mention("t", span("بلدة الريحانية"), "Site")
    other = Frame("f", "Fire", span("قصفت"), (Argument("Where", mention="t"),), {"means": "far"})
    again = Frame("s", "Fire", span("القصف"), (), {})
    says(project, "bea", first, gun, wide, other, again)
    guns = span("المدفعية", SECOND)
    says(project, "ann", second, Mention("g", guns, "Group"))
    says(project, "bea", second, Mention("g", guns, "Site"))
    return project


def ids() -> Callable[[], str]:
    """Ids that come in order."""
    numbers = count()
    return lambda: f"id{next(numbers):05}"
