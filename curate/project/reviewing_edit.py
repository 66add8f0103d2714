"""An item opened in the workbench on its way to gold: what was changed there becomes rulings.

The editing goes on in a project of its own, which holds the one document and what gold would be,
so that nothing an annotator says is touched and everything the workbench can do is there.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from curate.adjudication.bench import Material
from curate.adjudication.editing import Edited, edited
from curate.adjudication.merging import Merged, merge
from curate.adjudication.rulings import Choice, Ruling
from curate.model.annotation import Annotation, Status
from curate.model.change import difference
from curate.project.annotating import Annotating
from curate.project.gold import GOLD
from curate.project.opening import Project
from curate.project.reviewing import ruling_of, works_of_document
from curate.store.journal import Decision
from curate.store.store import Store

if TYPE_CHECKING:
    from types import TracebackType

    from curate.adjudication.cases import Case
    from curate.model.document import Document
    from curate.project.reviewing_queue import Waiting
    from curate.project.reviewing_session import Because, Reviewing


class ItemEdit:
    """One item in the workbench; leave it with `rulings`."""

    def __init__(self, reviewing: Reviewing, waiting: Waiting, reading: int) -> None:
        self._reviewing = reviewing
        self._waiting = waiting
        self._provisional = reviewing.ruling(waiting.case, Choice.READING, reading)
        view = reviewing.view(waiting)
        self._document = view.document
        merged = self._merged(view.document)
        self._start = merged
        self._folder = tempfile.TemporaryDirectory(prefix="curate-edit-")
        self._project = _project_of(reviewing.project, Path(self._folder.name), view.document)
        self.session = self._open(merged.annotation)
        """The workbench's session on it."""
        self.focus = _focus(merged, waiting.case)
        """Id of the mention or frame that the case is about; empty when there is none."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Throw the project of its own away."""
        self._project.close()
        self._folder.cleanup()

    def rulings(self, because: Because | None = None) -> list[Ruling]:
        """What was changed, as rulings; nothing where nothing was."""
        item = self._waiting.item.id
        after = self._project.store.annotations.get(item, self._reviewing.lead)
        found = edited(self._start, after, self._waiting.case, self._reviewing.project.schema)
        if not found:
            return []
        made = [self._ruling(one, because) for one in found]
        if all(r.case != self._waiting.case.id for r in made) and _stands(self._start, after):
            first = self._reviewing.ruling(
                self._waiting.case, Choice.READING, values=self._provisional.values,
                because=because,
            )  # fmt: skip
            made.insert(0, first)
        return made

    def _ruling(self, one: Edited, because: Because | None) -> Ruling:
        return self._reviewing.ruling(one.case, one.choice, values=one.values, because=because)

    def _merged(self, document: Document) -> Merged:
        """Gold as it would be with the reading that is to be edited."""
        project, item = self._reviewing.project, self._waiting.item
        settings = self._reviewing.settings
        works = works_of_document(project, document, settings).get(item.id, ())
        kept = [ruling_of(row) for row in project.store.rulings.of_item(item.id)]
        material = Material(item, document.text, project.schema, works, (*kept, self._provisional))
        merged = merge(material, settings.terms, GOLD)
        if merged is None:  # enough annotators had done it a moment ago
            return self._reviewing.view(self._waiting).merged
        return merged

    def _open(self, gold: Annotation) -> Annotating:
        lead, item = self._reviewing.lead, self._waiting.item
        blank = Annotation(lead, item.span)
        start = replace(gold, annotator=lead, status=Status.DRAFT)
        store = self._project.store
        store.journal.write(
            Decision(
                "start", lead, item.id, "start", difference(blank, start), 0.0, 0, "",
                undoable=False,
            )
        )  # fmt: skip
        session = Annotating(self._project, lead)
        session.go_to(item.id)
        return session


def _project_of(project: Project, folder: Path, document: Document) -> Project:
    """A project beside, with the same schema and one document."""
    path = folder / project.path.name
    store = Store.create(path, project.store.settings.all())
    store.documents.add([document], project.unit, at="")
    return Project(path, project.schema, store)


def _focus(merged: Merged, case: Case) -> str:
    atoms = {node: atom for atom, node in merged.nodes.items()}
    return atoms.get(case.id, "") or atoms.get(case.about.partition("@")[0], "")


def _stands(before: Merged, after: Annotation) -> bool:
    """Whether anything at all was changed, so that the reading shown was judged too."""
    gold = before.annotation
    return (gold.mentions, gold.frames, gold.links) != (after.mentions, after.frames, after.links)
