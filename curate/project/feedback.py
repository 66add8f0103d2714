"""What gold says otherwise than an annotator did: for the annotator, if the lead allows it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from curate.adjudication.stories import How
from curate.agreement.collect import HEADLINES, Selection
from curate.agreement.evidence import Instance, Outcome, Question, evidence
from curate.agreement.score import NotComputable, Tally
from curate.agreement.showing import number
from curate.agreement.states import DocumentWork, Work
from curate.errors import CurateError
from curate.model.annotation import Status
from curate.project.agreeing import effective_attributes
from curate.project.gold import GOLD, GoldItem, gold_items, gold_of
from curate.text.same_words import same_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from curate.agreement.pairing import Atom
    from curate.agreement.score import Score
    from curate.project.opening import Project

ALLOWED: Final = "feedback.allowed"
"""Setting: whether annotators may see where gold differs from them."""
_NEVER_FIRST: Final = "\uffff"
"""Stands behind every name, so that the annotator always comes first of the two."""


@dataclass(slots=True)
class Against:
    """How an annotator stands to gold in one measure."""

    all: Tally = field(default_factory=Tally)
    """Over all items of theirs whose gold is settled: matched, marked by them, in gold."""
    disputed: Tally = field(default_factory=Tally)
    """Over those items alone in which annotators differed."""


def precision(tally: Tally) -> Score:
    """The share of what they marked that is gold."""
    return tally.matched / tally.first if tally.first else NotComputable("they marked nothing")


def recall(tally: Tally) -> Score:
    """The share of gold that they marked."""
    return tally.matched / tally.second if tally.second else NotComputable("gold has nothing")


@dataclass(slots=True)
class Feedback:
    """One annotator against gold."""

    annotator: str
    items: int = 0
    """Items that they have done and whose gold is settled."""
    disputed: int = 0
    figures: dict[str, Against] = field(
        default_factory=lambda: {measure: Against() for measure in HEADLINES}
    )
    differences: list[Instance] = field(default_factory=list)
    """Where gold says otherwise; the annotator is the first of the two."""


def is_allowed(project: Project) -> bool:
    """Whether annotators may see where gold differs from them."""
    return project.store.settings.get(ALLOWED) is True


def allow(project: Project, *, allowed: bool) -> None:
    """Let annotators see where gold differs from them, or not."""
    project.store.settings[ALLOWED] = allowed


def feedback_for(project: Project, annotator: str) -> Feedback:
    """Where gold says otherwise than this annotator.

    Raises `CurateError` while the lead does not allow it, and for a name that is not there.
    """
    _check_allowed(project)
    known = project.store.annotations.annotators()
    if annotator not in known:
        raise CurateError(
            f"there is no annotator {annotator}", f"--as takes one of: {', '.join(known) or '–'}"
        )
    return against_gold(project, annotator)


def _check_allowed(project: Project) -> None:
    if not is_allowed(project):
        raise CurateError(
            "the lead has not opened feedback in this project",
            "a lead opens it with `curate feedback on`",
        )


def everybody(project: Project) -> list[Feedback]:
    """Every annotator against gold, for the lead."""
    names = (n for n in project.store.annotations.annotators() if n != GOLD)
    found = (against_gold(project, name) for name in names)
    return [feedback for feedback in found if feedback.items]


def against_gold(project: Project, annotator: str) -> Feedback:
    """Hold one annotator's work against what gold settled."""
    found = Feedback(annotator)
    selection = _selection(project)
    for gold in gold_items(project):
        if not _is_held(project, gold, annotator):
            continue
        is_disputed = _is_disputed(gold)
        found.items += 1
        found.disputed += is_disputed
        for measure, instance in _instances(project, selection, gold, annotator):
            figure = found.figures[measure]
            figure.all += instance.tally
            if is_disputed:
                figure.disputed += instance.tally
            if instance.outcome is not Outcome.MATCHED:
                found.differences.append(instance)
    return found


@dataclass(frozen=True, slots=True)
class Differing:
    """An item in which gold says otherwise than an annotator."""

    position: int
    """Of the item, counted from 1."""
    gold: GoldItem
    text: str
    """Of the item."""
    places: tuple[Instance, ...]
    """Where they differ, in the order of the measures; the annotator is the first of the two."""


def differing(
    project: Project, annotator: str, *, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Differing]:
    """The annotator's items in which gold says otherwise, what was settled last first.

    Ends early when `stopped` says so. Raises `CurateError` while the lead does not allow it.
    """
    _check_allowed(project)
    selection = _selection(project)
    settled = [(row.at, row.item) for row in project.store.gold.all() if not row.open]
    for _, item in sorted(settled, key=itemgetter(0), reverse=True):
        if stopped():
            return
        gold = gold_of(project, item)
        if gold is None or not _is_held(project, gold, annotator):
            continue
        compared = _instances(project, selection, gold, annotator)
        places = tuple(i for _, i in compared if i.outcome is not Outcome.MATCHED)
        if places:
            position, _ = project.store.items.position(item)
            text = project.store.documents.get(gold.document).text
            yield Differing(position, gold, gold.item.span.of(text), places)


def _selection(project: Project) -> Selection:
    return Selection(attributes=partial(effective_attributes, project.schema))


def _is_held(project: Project, gold: GoldItem, annotator: str) -> bool:
    """Whether there is something to hold against something settled."""
    theirs = project.store.annotations.get(gold.item.id, annotator)
    return gold.is_resolved and theirs.status is Status.DONE


def _instances(
    project: Project, selection: Selection, gold: GoldItem, annotator: str
) -> Iterator[tuple[str, Instance]]:
    """What an annotator and gold say of an item, with the measure that it counts for."""
    theirs = project.store.annotations.get(gold.item.id, annotator)
    settled = replace(gold.annotation, annotator=_NEVER_FIRST, status=Status.DONE)
    text = project.store.documents.get(gold.document).text
    work = DocumentWork(gold.document, (Work(theirs), Work(settled)), partial(same_words, text))
    for measure in HEADLINES:
        for instance in evidence([work], selection, Question(measure)):
            yield measure, replace(instance, annotators=(annotator, GOLD))


def _is_disputed(gold: GoldItem) -> bool:
    """Whether a lead or a majority had to decide anything."""
    return any(story.how in {How.RULED, How.MAJORITY} for story in gold.stories.values())


def summary_lines(found: Sequence[Feedback]) -> Iterator[str]:
    """Annotators against gold, as a table for a reader."""
    if not found:
        yield "there is no gold yet that anybody's work could be held against"
        return
    heads = ("mentions", "triggers", "arguments")
    yield f"{'annotator':<20}{'items':>7}" + "".join(f"{h + ' P / R':>20}" for h in heads)
    for one in found:
        yield _row(one.annotator, one.items, [a.all for a in one.figures.values()])
        if one.disputed:
            tallies = [a.disputed for a in one.figures.values()]
            yield _row("  disputed items", one.disputed, tallies)
    yield "gold was made from this work: where annotators agreed it is right by construction"


def _row(title: str, items: int, tallies: Sequence[Tally]) -> str:
    cells = (f"{number(precision(t))} / {number(recall(t))}" for t in tallies)
    return f"{title:<20}{items:>7,}" + "".join(f"{cell:>20}" for cell in cells)


def difference_lines(project: Project, found: Feedback, limit: int | None = None) -> Iterator[str]:
    """Where gold says otherwise, sentence by sentence."""
    texts: dict[str, str] = {}
    by_item: dict[str, list[Instance]] = defaultdict(list)
    for instance in found.differences:
        by_item[instance.item].append(instance)
    for name, instances in list(by_item.items())[:limit]:
        document = instances[0].document
        if document not in texts:
            texts = {document: project.store.documents.get(document).text}
        text = texts[document]
        yield ""
        yield name
        yield "  " + " ".join(instances[0].span.of(text).split())
        for instance in instances:
            yield f"    {_said('you', instance.first, text)}"
            yield f"    {_said('gold', instance.second, text)}"
    left = len(by_item) - (limit or len(by_item))
    if left > 0:
        yield f"… and {left:,} more sentences: --limit shows more"


def _said(who: str, atom: Atom | None, text: str) -> str:
    if atom is None:
        return f"{who:<5} nothing"
    words = " ".join(text[atom.start : atom.end].split())
    event = atom.event
    where = "" if event is None or event.trigger == atom.extent else f" of {event.type}"
    return f"{who:<5} {words} [{atom.label}{where}]"


def feedback_as_json(found: Feedback) -> dict[str, object]:
    """The figures and differences as values that JSON can hold."""
    return {
        "annotator": found.annotator,
        "items": found.items,
        "disputed_items": found.disputed,
        "measures": {
            measure: {"all": _tally(a.all), "disputed": _tally(a.disputed)}
            for measure, a in found.figures.items()
        },
        "differences": [
            {
                "item": i.item, "document": i.document, "difference": i.difference.value,
                "yours": _atom(i.first), "gold": _atom(i.second),
            }
            for i in found.differences
        ],
    }  # fmt: skip


def _tally(tally: Tally) -> Mapping[str, object]:
    values = {"precision": precision(tally), "recall": recall(tally), "f1": tally.f1}
    return {
        **{name: None if isinstance(v, NotComputable) else v for name, v in values.items()},
        "matched": tally.matched, "marked": tally.first, "gold": tally.second,
    }  # fmt: skip


def _atom(atom: Atom | None) -> Mapping[str, object] | None:
    if atom is None:
        return None
    return {"start": atom.start, "end": atom.end, "label": atom.label}
