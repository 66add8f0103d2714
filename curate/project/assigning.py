"""Give items to annotators: new ones, some to several, some again, and what was abandoned."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from curate.errors import CurateError
from curate.model.annotation import Annotation, Status
from curate.model.change import difference
from curate.project.activity import utc_now
from curate.project.assigning_plan import (
    Given,
    Offered,
    Wish,
    plan_new,
    plan_repeats,
    plan_takeover,
)
from curate.project.copies import copies_now
from curate.project.gold import GOLD
from curate.store.journal import Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from curate.project.opening import Project
    from curate.store.encoding import Json
    from curate.store.rounds import Assigned

AFTER: Final = 14
"""Days before an item may be given to its annotator again."""
STRATA: Final = ("source", "date")


@dataclass(frozen=True, slots=True)
class AssignOptions:
    """What is given to whom."""

    to: tuple[str, ...]
    each: int = 1
    """Annotators for every item."""
    overlap: float = 0.0
    """Share of items that two annotators read."""
    batch: str | None = None
    size: int | None = None
    """New items; None for all, 0 for none."""
    seed: int | None = None
    """Draw by lot with this seed."""
    by: str | None = None
    """Draw of every `source` or month (`date`) its share."""
    whole_documents: bool = False
    second_of: str | None = None
    """Instead of new items those that this annotator has done, and nobody else has."""
    repeat: float | None = None
    """Share of what each has done that is given to them again."""
    after: int = AFTER
    abandoned: int | None = None
    """Take over what people who did nothing for so many days left open."""
    sample: str | None = None
    """Only the items of this sample, in the order they were drawn."""
    with_copies: bool = False
    """Give near copies of earlier documents too."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be given, and how it was drawn."""

    options: AssignOptions
    seed: int
    given: tuple[Given, ...]
    left: tuple[str, ...] = ()
    """Abandoned items that nobody can take over."""

    def counts(self) -> dict[str, Counter[str]]:
        """By annotator: items by reason."""
        found: dict[str, Counter[str]] = {name: Counter() for name in self.options.to}
        for given in self.given:
            found[given.annotator][given.reason.partition(" ")[0]] += 1
        return found

    @property
    def items(self) -> int:
        """How many different items."""
        return len({given.item for given in self.given})

    def lines(self) -> list[str]:
        """The plan as a table for a reader."""
        kinds = {"new": "alone", "shared": "shared", "repeat": "again", "from": "taken over"}
        lines = [f"{'annotator':<24}" + "".join(f"{t:>12}" for t in kinds.values()) + f"{'all':>8}"]
        for name, counts in self.counts().items():
            cells = "".join(f"{counts[kind]:>12,}" for kind in kinds)
            lines.append(f"  {name:<22}{cells}{counts.total():>8,}")
        shared = {g.item for g in self.given if g.reason == "shared"}
        lines.append(f"{self.items:,} items, {len(shared):,} of them by several; seed {self.seed}")
        if not self.given:
            lines.append(
                "nothing is left to give: --second-reading-of NAME gives what NAME has done"
            )
        if self.left:
            lines.append(f"{len(self.left):,} abandoned items: nobody named has not had them")
        return lines

    def as_json(self) -> dict[str, object]:
        """The plan as values that JSON can hold."""
        return {
            "seed": self.seed,
            "items": self.items,
            "annotators": {name: dict(counts) for name, counts in self.counts().items()},
            "given": [given._asdict() for given in self.given],
            "left": list(self.left),
        }


def make_plan(
    project: Project, options: AssignOptions, *, now: Callable[[], str] = utc_now
) -> Plan:
    """Say who would get what; nothing is written.

    Raises `CurateError` for wishes that cannot be met.
    """
    _check(options)
    seed = secrets.randbits(31) if options.seed is None else options.seed
    random = Random(seed)  # noqa: S311  # a lot that can be drawn again, no secret
    rows = project.store.rounds.assigned()
    given: list[Given] = []
    left: list[str] = []
    if options.abandoned is not None:
        given, left = _takeover(project, options, rows, now())
    if options.size != 0 and not _only_old(options):
        given += plan_new(_offered(project, options, rows), _wish(options), random)
    if options.repeat is not None:
        given += plan_repeats(_repeatable(project, options, now()), options.repeat, random)
    return Plan(options, seed, tuple(given), tuple(left))


def assign(project: Project, plan: Plan, *, now: Callable[[], str] = utc_now) -> None:
    """Carry a plan out, whole or not at all, and note how it was drawn.

    An earlier answer to an item that is given again is kept before the item is opened.
    """
    store, at, batch = project.store, now(), plan.options.batch
    closed = store.rounds.closed()
    fresh: dict[str, list[str]] = defaultdict(list)
    with store.writing():
        for given in plan.given:
            if given.reason == "repeat":
                _give_again(
                    project, given, closed.get((given.item, given.annotator), ""), at, batch
                )
            elif given.reason.startswith("from "):
                old = given.reason.removeprefix("from ")
                number = store.items.number(given.item)
                store.rounds.hand_over(number, old, given.annotator, at=at)
            else:
                fresh[given.annotator].append(given.item)
        for name, items in fresh.items():
            store.items.assign(name, items, at=at, batch=batch)
        store.rounds.note_lot(_how(plan), at=at)


def _give_again(project: Project, given: Given, closed: str, at: str, batch: str | None) -> None:
    """Keep what was said and open the item anew, in one go with the plan."""
    store = project.store
    before = store.annotations.get(given.item, given.annotator)
    number = store.items.number(given.item)
    which = store.rounds.keep(number, before, closed=closed, at=at)
    change = difference(before, Annotation(before.annotator, before.item))
    row = f"again-{given.annotator}-{given.item}-{which}-{secrets.token_hex(4)}"
    store.journal.write(
        Decision(row, given.annotator, given.item, "give again", change, 0.0, 0, at,
                 undoable=False)
    )  # fmt: skip
    store.rounds.give_again(given.annotator, number, batch, at=at)


def _how(plan: Plan) -> dict[str, Json]:
    how: dict[str, Json] = {**asdict(plan.options), "to": list(plan.options.to), "seed": plan.seed}
    how["items"] = plan.items
    how["counts"] = {name: dict(counts) for name, counts in plan.counts().items()}
    return how


def _check(options: AssignOptions) -> None:
    names = options.to
    if not names or any(not name.strip() for name in names):
        raise CurateError("nobody is named", "name annotators with --to ANN,BEA")
    if len(set(names)) < len(names):
        raise CurateError("an annotator is named twice", "name each once in --to")
    if GOLD in names:
        raise CurateError(f"{GOLD} is no person", "choose another name for the annotator")
    if options.each > len(names):
        raise CurateError(
            f"{options.each} annotators for each item, and {len(names)} are named",
            "name more with --to, or ask for fewer with --k",
        )
    if not 0 <= options.overlap <= 1 or not 0 <= (options.repeat or 0) <= 1:
        raise CurateError("a share lies between 0 and 1", "write 0.2 for a fifth")
    if options.overlap > 0 and len(names) < 2:
        raise CurateError("an overlap needs two annotators", "name more with --to")
    if options.second_of in names:
        raise CurateError(
            f"{options.second_of} cannot read for a second time what they have done",
            "that is --repeat; name others with --to",
        )
    if options.by is not None and options.by not in STRATA:
        raise CurateError(f"items cannot be drawn by {options.by}", f"use {' or '.join(STRATA)}")


def _only_old(options: AssignOptions) -> bool:
    """Whether only repeats or abandoned items are asked for."""
    wants_new = options.size is not None or options.overlap > 0 or options.each > 1
    wants_new = wants_new or options.second_of is not None
    return not wants_new and (options.repeat is not None or options.abandoned is not None)


def _wish(options: AssignOptions) -> Wish:
    return Wish(
        options.to, options.each, options.overlap, options.size, options.whole_documents,
        is_drawn=options.seed is not None or options.by is not None,
    )  # fmt: skip


def _offered(project: Project, options: AssignOptions, rows: Sequence[Assigned]) -> list[Offered]:
    """Items that nobody has been given and nobody has begun."""
    store = project.store
    if options.second_of is None:
        taken = {row.item for row in rows} | store.rounds.touched(but=GOLD)
    else:
        done = {i for i, a in store.annotations.all(options.second_of) if a.status is Status.DONE}
        others = store.rounds.touched(but=options.second_of)
        others |= {row.item for row in rows if row.annotator != options.second_of}
        taken = {item for item, *_ in store.rounds.pool() if item not in done} | others
    copies = {} if options.with_copies or options.sample else copies_now(project, keep=False)
    offered = {
        item: Offered(item, document, _stratum(options.by, source, date))
        for item, document, source, date in store.rounds.pool()
        if item not in taken and document not in copies
    }
    if options.sample is None:
        return list(offered.values())
    return [offered[item] for item in store.samples.items(options.sample) if item in offered]


def _stratum(by: str | None, source: str | None, date: str | None) -> str:
    if by == "source":
        return source or ""
    return (date or "")[:7] if by == "date" else ""


def _repeatable(project: Project, options: AssignOptions, now: str) -> Mapping[str, Sequence[str]]:
    """By annotator: items that they did long enough ago, and once."""
    before = _days_ago(now, options.after)
    store = project.store
    again, closed = store.rounds.given_again(), store.rounds.closed()
    found: dict[str, list[str]] = defaultdict(list)
    for name in options.to:
        done = {item for item, a in store.annotations.all(name) if a.status is Status.DONE}
        found[name] = sorted(
            item
            for (item, annotator), at in closed.items()
            if annotator == name and at <= before and item in done and (item, name) not in again
        )
    return found


def _takeover(
    project: Project, options: AssignOptions, rows: Sequence[Assigned], now: str
) -> tuple[list[Given], list[str]]:
    """What was given long ago to people who did nothing since."""
    before = _days_ago(now, options.abandoned or 0)
    active = project.store.rounds.last_active()
    holders: dict[str, set[str]] = defaultdict(set)
    loads: Counter[str] = Counter()
    for row in rows:
        holders[row.item].add(row.annotator)
        loads[row.annotator] += row.is_open
    for item, annotator in project.store.rounds.closed():
        holders[item].add(annotator)
    abandoned = [
        (row.annotator, row.item)
        for row in rows
        if row.is_open and row.at <= before and active.get(row.annotator, "") <= before
    ]
    known = {item: frozenset(names) for item, names in holders.items()}
    return plan_takeover(abandoned, options.to, known, loads)


def _days_ago(now: str, days: int) -> str:
    """The moment so many days before, in the form that times are kept in."""
    moment = datetime.fromisoformat(now).astimezone(UTC) - timedelta(days=days)
    return moment.isoformat(timespec="milliseconds")


@dataclass(frozen=True, slots=True)
class Share:
    """What one annotator has of one batch."""

    annotator: str
    batch: str | None
    items: int
    open: int
    shared: int
    """Items that others have too."""
    again: int
    """Items that they read before."""


def shares(project: Project) -> list[Share]:
    """What has been given to whom, by annotator and batch."""
    rows = project.store.rounds.assigned()
    readers = Counter(row.item for row in rows)
    groups: dict[tuple[str, str | None], list[Assigned]] = defaultdict(list)
    for row in rows:
        groups[row.annotator, row.batch].append(row)
    return [
        Share(
            name, batch, len(found), sum(r.is_open for r in found),
            sum(readers[r.item] > 1 for r in found), sum(r.readings > 0 for r in found),
        )
        for (name, batch), found in sorted(groups.items(), key=lambda p: (p[0][0], p[0][1] or ""))
    ]  # fmt: skip


def share_lines(found: Sequence[Share]) -> list[str]:
    """What has been given, as a table for a reader."""
    if not found:
        return ["nothing is assigned: everybody takes the items in their order"]
    heads = ("items", "open", "shared", "again")
    lines = [f"{'annotator':<20}{'batch':<20}" + "".join(f"{h:>8}" for h in heads)]
    for s in found:
        cells = "".join(f"{n:>8,}" for n in (s.items, s.open, s.shared, s.again))
        lines.append(f"{s.annotator:<20}{s.batch or '–':<20}{cells}")
    return lines


def assignments_as_json(project: Project) -> dict[str, object]:
    """Everything that has been given, item by item, and how it was drawn."""
    return {
        "shares": [asdict(share) for share in shares(project)],
        "items": [
            {
                "annotator": row.annotator, "item": row.item, "document": row.document,
                "start": row.span.start, "end": row.span.end, "batch": row.batch, "at": row.at,
                "open": row.is_open, "readings": row.readings,
            }
            for row in project.store.rounds.assigned()
        ],
        "lots": project.store.rounds.lots(),
    }  # fmt: skip
