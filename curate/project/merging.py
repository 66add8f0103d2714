"""Unite two copies of a project that people went on working in, each for itself.

Each annotator's rows of the journal are united: where one copy only went further than the other,
its rows are taken over; where an annotator went on in both on the same item, the work here stays,
and the other version becomes a case for the lead.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from curate.errors import CurateError, ProjectError
from curate.project.activity import utc_now
from curate.project.opening import find_project, open_project
from curate.store.intake import Proposed
from curate.store.rulings import Rival
from curate.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.project.opening import Project
    from curate.store.journal import Decision


@dataclass(slots=True)
class MergeReport:
    """What came of it."""

    other: str
    documents: int = 0
    decisions: int = 0
    items: int = 0
    """Annotations that went on here by what was done there."""
    conflicts: list[str] = field(default_factory=list)
    """`item by annotator` where both copies went on."""
    others: dict[str, int] = field(default_factory=dict)
    """What else came → how many."""

    @property
    def exit_code(self) -> int:
        """4 while there are conflicts to decide."""
        return 4 if self.conflicts else 0

    def as_json(self) -> dict[str, object]:
        """The report as values that JSON can hold."""
        return {
            "other": self.other,
            "documents": self.documents,
            "decisions": self.decisions,
            "annotations": self.items,
            "conflicts": self.conflicts,
            "others": self.others,
        }

    def lines(self) -> list[str]:
        """The report for a reader."""
        more = "".join(f", {count:,} {what}" for what, count in self.others.items())
        what = f"{self.documents:,} documents and {self.decisions:,} decisions"
        shown = [f"took over {what} on {self.items:,} annotations{more}"]
        if self.conflicts:
            shown.append(
                f"{len(self.conflicts):,} annotations went on in both copies: the work here "
                "stayed, the other is kept as a version in conflict for `curate review`"
            )
            shown += [f"  {place}" for place in self.conflicts[:20]]
        return shown


def merge(project: Project, other: Path) -> MergeReport:
    """Take over what another copy has and this one has not, in one transaction.

    The other file is only read. Raises `CurateError`, with nothing written, when it is not a copy
    of the same project: another schema, another unit, other texts under the same ids.
    """
    path = find_project(other)
    if path.resolve() == project.path.resolve():
        raise ProjectError(f"{path} is this project itself", "name the other copy")
    with tempfile.TemporaryDirectory(prefix="curate-merge-") as folder:
        copy = Path(folder) / "other.curate"
        with Store.open(path, read_only=True) as store:
            store.upkeep.back_up(copy)
        with open_project(copy) as there:
            _check_alike(project, there, path)
            merging = _Merging(project, there, path.name)
            with project.store.uniting.beside(copy):
                return merging.run()


def _check_alike(here: Project, there: Project, path: Path) -> None:
    if here.store.schema_text != there.store.schema_text:
        raise ProjectError(
            f"{path} has another schema: {there.schema.name} {there.schema.version}, "
            f"and {here.path} has {here.schema.name} {here.schema.version}",
            "export its work and import it: curate export jsonl, curate import jsonl",
        )
    if here.unit is not there.unit:
        raise ProjectError(
            f"{path} has one {there.unit.value} an item, {here.path} one {here.unit.value}",
            "projects can be merged when their items are alike",
        )


class _Merging:
    def __init__(self, here: Project, there: Project, name: str) -> None:
        self._here = here.store
        self._there = there.store
        self._unit = here.unit
        self._name = name
        self._at = utc_now()
        self._report = MergeReport(name)

    def run(self) -> MergeReport:
        """Take everything over."""
        with self._here.writing():
            self._documents()
            self._journal()
            self._report.others = self._here.uniting.take()
        return self._report

    def _documents(self) -> None:
        intake = self._here.documents.intake(self._unit, at=self._at)
        for document in self._there.documents.all():
            known = self._here.documents.id_of_text(document.sha256)
            if known is not None and known != document.id:
                raise CurateError(
                    f"the same text is called {known} here and {document.id} in {self._name}",
                    "these are not copies of one project: export and import the work",
                )
            if intake.claim(document):
                intake.add(document, self._proposed(document.id))
        self._report.documents = intake.commit().documents

    def _proposed(self, document: str) -> Iterator[Proposed]:
        candidates = self._there.candidates
        producers = dict.fromkeys(run.producer for run in candidates.runs(document))
        for producer in producers:
            mentions, frames = candidates.of(document, producer.partition("/")[0])
            yield Proposed.of(producer, [*mentions, *frames])

    def _journal(self) -> None:
        names: set[str] = set()
        wanted: set[str] = set()
        for item, annotator in self._there.upkeep.touched():
            new = self._news(item, annotator)
            if not new:
                continue
            if self._here.items.get(item) is None:
                raise CurateError(
                    f"{self._name} has work on {item}, which is no item here",
                    "another version of curate cut the text: export and import the work",
                )
            names.add(annotator)
            self._report.items += 1
            wanted |= {decision.id for decision in new}
        coming = (d for d in self._there.journal.all() if d.id in wanted)
        self._report.decisions = self._here.journal.take(coming) if wanted else 0
        for name in sorted(names):
            self._here.journal.rebuild_timeline(name)

    def _news(self, item: str, annotator: str) -> list[Decision]:
        """What the other copy did beyond this one; nothing where both went on."""
        theirs = self._there.journal.of_pair(item, annotator)
        ours = self._here.journal.of_pair(item, annotator)
        shared = 0
        for mine, other in zip(ours, theirs, strict=False):
            if mine.id != other.id:
                break
            shared += 1
        if shared == len(ours):
            return theirs[shared:]
        if shared < len(theirs):
            self._conflict(item, annotator)
        return []

    def _conflict(self, item: str, annotator: str) -> None:
        there = self._there.annotations.get(item, annotator)
        if there == self._here.annotations.get(item, annotator):
            return
        rival = Rival(item, f"copy {self._name}", there)
        self._here.rulings.put_rival(rival, at=self._at)
        self._report.conflicts.append(f"{item} by {annotator}")
