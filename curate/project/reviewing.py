"""Merge what annotators say into gold, and keep what leads rule on the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from curate.adjudication.bench import Material
from curate.adjudication.merging import Merged, merge
from curate.adjudication.rulings import Choice, Ruling, standing
from curate.adjudication.stories import Cell
from curate.errors import CurateError
from curate.model.annotation import Annotation, Status
from curate.model.ids import new_id
from curate.model.problems import errors_in
from curate.project.activity import utc_now
from curate.project.gold import GOLD
from curate.project.reviewing_mark import keep_mark, mark_of
from curate.project.reviewing_settings import ReviewSettings, review_settings
from curate.store.encoding import annotation_from, annotation_parts
from curate.store.gold import GoldRow
from curate.store.rulings import Rival, RulingRow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.document import Document
    from curate.model.ids import NewId
    from curate.model.item import Item
    from curate.project.opening import Project


@dataclass(slots=True)
class MergeReport:
    """What came of a merge."""

    items: int = 0
    """Items that enough annotators have done."""
    resolved: int = 0
    cases: int = 0
    """Open cases."""
    changed: int = 0
    """Items whose gold is not what it was."""
    single: int = 0
    """Items that too few annotators have done."""
    dropped: list[str] = field(default_factory=list)
    """What was settled and yet does not fit, by item."""

    def as_json(self) -> dict[str, object]:
        """The figures as values that JSON can hold."""
        return {
            "items": self.items,
            "resolved": self.resolved,
            "open_cases": self.cases,
            "changed": self.changed,
            "single": self.single,
            "dropped": self.dropped,
        }


Seen = Callable[["Item", "Document", Merged], object]


def merge_project(
    project: Project, progress: Callable[[int, int], None] | None = None
) -> MergeReport:
    """Merge every item anew and keep what changed; the same again changes nothing."""
    report = MergeReport()
    total = project.store.documents.count()
    for number in merge_steps(project, report):
        if progress is not None:
            progress(number, total)
    return report


def merge_steps(
    project: Project, report: MergeReport, seen: Seen | None = None,
    wanted: frozenset[str] | None = None,
) -> Iterator[int]:  # fmt: skip
    """Merge document by document, giving the number of each when it is done.

    `seen` is told of every item that enough annotators have done. With `wanted` only documents
    that hold one of those items are merged.
    """
    settings = review_settings(project)
    mark = mark_of(project, settings)
    for number, document in enumerate(project.store.documents.all(), start=1):
        items = project.store.items.of_document(document.id) if wanted is not None else ()
        if wanted is not None and not any(item.id in wanted for item in items):
            continue
        with project.store.writing():
            for item, merged in _merged(project, document, settings, report):
                if seen is not None:
                    seen(item, document, merged)
        yield number
    keep_mark(project, mark)


def _merged(
    project: Project, document: Document, settings: ReviewSettings, report: MergeReport
) -> Iterator[tuple[Item, Merged]]:
    """Merge the items of a document and keep what changed."""
    rulings = _by_item(project, document.id)
    works = works_of_document(project, document, settings)
    kept = {row.item for row in project.store.gold.of_document(document.id)}
    for item in project.store.items.of_document(document.id):
        ruled = rulings.get(item.id, ())
        said = works.get(item.id, ())
        if not said and not ruled and item.id not in kept:
            continue
        material = Material(item, document.text, project.schema, said, tuple(ruled))
        merged = merge(material, settings.terms, GOLD)
        report.changed += keep_gold(project, item, merged)
        if merged is None:
            report.single += bool(said)
            continue
        report.items += 1
        report.resolved += not merged.open
        report.cases += len(merged.open)
        report.dropped += [f"{item.id}: {d.why}" for d in merged.dropped]
        yield item, merged


def works_of_document(
    project: Project, document: Document, settings: ReviewSettings
) -> dict[str, tuple[Annotation, ...]]:
    """What readers have done, by item; versions in conflict count as readers of their own."""
    ids = {i.span: i.id for i in project.store.items.of_document(document.id)}
    found: dict[str, list[Annotation]] = {}
    for said in project.store.annotations.of_document(document.id):
        if said.status is Status.DONE and settings.reads(said.annotator):
            found.setdefault(ids[said.item], []).append(said)
    for item_id in list(found):
        for rival in project.store.rulings.rivals(item_id):
            if settings.reads(rival.annotation.annotator):
                found[item_id].append(_as_reader(rival))
    return {item: tuple(said) for item, said in found.items()}


def _as_reader(rival: Rival) -> Annotation:
    name = f"{rival.annotation.annotator} ({rival.source})"
    return replace(rival.annotation, annotator=name, status=Status.DONE)


def merge_item(project: Project, item: Item, document: Document) -> Merged | None:
    """Merge one item anew and keep what it comes to."""
    settings = review_settings(project)
    works = works_of_document(project, document, settings).get(item.id, ())
    rulings = tuple(map(ruling_of, project.store.rulings.of_item(item.id)))
    material = Material(item, document.text, project.schema, works, rulings)
    merged = merge(material, settings.terms, GOLD)
    keep_gold(project, item, merged)
    return merged


def keep_gold(project: Project, item: Item, merged: Merged | None) -> bool:
    """Put what an item came to into the project; say whether that is news."""
    gold = project.store.gold
    before = gold.get(item.id)
    if merged is None:
        if before is not None:
            gold.drop(item.id)
        return before is not None
    stories = [story.parts() for story in merged.stories]
    row = GoldRow(item.id, merged.annotation, len(merged.open), stories, utc_now())
    if before is not None and replace(before, at=row.at) == row:
        return False
    gold.put(row)
    return True


def _by_item(project: Project, document: str) -> dict[str, list[Ruling]]:
    found: dict[str, list[Ruling]] = {}
    for row in project.store.rulings.of_document(document):
        found.setdefault(row.item, []).append(ruling_of(row))
    return found


def ruling_of(row: RulingRow) -> Ruling:
    """A ruling from the project."""
    ruling = Ruling.of(row.id, row.item, row.adjudicator, row.at, row.payload)
    whole = row.payload.get("annotation")
    return ruling if whole is None else replace(ruling, annotation=annotation_from(whole))


def row_of(ruling: Ruling) -> RulingRow:
    """A ruling as the project keeps it."""
    payload = ruling.parts()
    if ruling.annotation is not None:
        payload["annotation"] = annotation_parts(ruling.annotation)
    return RulingRow(ruling.id, ruling.item, ruling.by, payload, ruling.at)


def take_over(
    project: Project, annotator: str, by: str, *, make_id: NewId = new_id,
    now: Callable[[], str] = utc_now,
) -> int:  # fmt: skip
    """Take the finished work of one annotator over as gold; return how many items.

    Items whose gold a lead has ruled on, or that are taken over already, are left as they are.
    Raises `CurateError` when that annotator has finished nothing.
    """
    done = [
        (item, said)
        for item, said in project.store.annotations.all(annotator)
        if said.status is Status.DONE
    ]
    if not done:
        raise CurateError(
            f"{annotator} has finished nothing", "`curate status` says who has done how much"
        )
    ruled = {r.item for r in standing(map(ruling_of, project.store.rulings.all()))}
    group, at = make_id(), now()
    rows = [
        row_of(
            Ruling(
                make_id(), item, f"taken:{item}", Cell.ITEM, Choice.TAKEN, by, at,
                note=annotator, schema=project.schema.identity, group=group,
                annotation=replace(said, annotator=GOLD, fates={}),
            )
        )
        for item, said in done
        if item not in ruled
    ]  # fmt: skip
    with project.store.writing():
        project.store.rulings.add(rows)
        merge_project(project)
    return len(rows)


def give_up(
    project: Project, annotator: str, by: str, *, make_id: NewId = new_id,
    now: Callable[[], str] = utc_now,
) -> int:  # fmt: skip
    """Take back what was taken over from an annotator; return how many items."""
    taken = [
        r
        for r in standing(map(ruling_of, project.store.rulings.all()))
        if r.choice is Choice.TAKEN and r.note == annotator
    ]
    group, at = make_id(), now()
    back = [withdrawal(r, make_id(), by, at, group) for r in taken]
    with project.store.writing():
        project.store.rulings.add(map(row_of, back))
        merge_project(project)
    return len(back)


def withdrawal(ruling: Ruling, ruling_id: str, by: str, at: str, group: str | None) -> Ruling:
    """The ruling that takes another one back."""
    return Ruling(
        ruling_id, ruling.item, ruling.case, ruling.cell, Choice.WITHDRAWN, by, at,
        kind=ruling.kind, about=ruling.about, region=ruling.region, schema=ruling.schema,
        undoes=ruling.id, group=group,
    )  # fmt: skip


def add_conflict(project: Project, item_id: str, annotation: Annotation, source: str) -> None:
    """Keep another version of an annotator's work on an item, which came from `source`.

    In the review it is read beside the annotator's own; what differs becomes cases. Raises
    `CurateError` for a version that the schema forbids.
    """
    item = project.store.items.get(item_id)
    if item is None:
        raise CurateError(f"the project has no item {item_id}")
    text = project.store.documents.get(item.document).text
    errors = errors_in(annotation, project.schema, text)
    if errors:
        raise CurateError(f"{item_id} from {source}: {errors[0].message}")
    project.store.rulings.put_rival(Rival(item_id, source, annotation), at=utc_now())


def drop_conflict(project: Project, item_id: str, annotator: str, source: str) -> None:
    """Forget that version: both sides say the same again."""
    project.store.rulings.drop_rival(item_id, annotator, source)
