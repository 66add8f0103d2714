"""Event frames of one sentence: triggers chosen, roles filled, frames linked, attributes told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.candidates.attributes import AttributeTeller
from curate.candidates.fillers import Filler
from curate.candidates.links import Linker
from curate.candidates.structure import Structure
from curate.candidates.triggers import Told, Trigger, TriggerFinder
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.candidates.fillers import Draft
    from curate.candidates.frame_rules import EventRules
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.model.schema import EventSchema

PRODUCER: Final = "frames/1"


@dataclass(frozen=True, slots=True)
class FrameHit:
    """A frame found; fillers are indices of mentions, events indices of frames."""

    trigger: Trigger
    fillers: tuple[tuple[str, int], ...]
    events: tuple[tuple[str, int], ...]
    spans: tuple[tuple[str, Span], ...]
    attributes: Mapping[str, str]
    rule: str
    reason: str


class FrameFinder:
    """Finds frames; made once for a schema and its rules."""

    def __init__(self, schema: EventSchema, rules: EventRules) -> None:
        self._schema = schema
        self._rules = rules
        self._finder = TriggerFinder(schema, rules)
        self._teller = AttributeTeller(schema, rules)

    def triggers(self, scan: Scan, hits: Sequence[Hit], told: Told | None = None) -> list[Trigger]:
        """The triggers and light verbs of a sentence, in reading order.

        `told` remembers what the document's sentences before this one spoke of.
        """
        return self._finder.find(scan, hits, told)

    def find(
        self, scan: Scan, hits: Sequence[Hit], triggers: list[Trigger] | None = None
    ) -> list[FrameHit]:
        """The frames of a sentence, in the order of their triggers; the rules' own if not given."""
        if triggers is None:
            triggers = self._finder.find(scan, hits)
        if not any(not t.light for t in triggers):
            return []
        structure = Structure(scan, hits, triggers)
        filler = Filler(scan, hits, triggers, structure, self._schema)
        drafts = filler.drafts(self._rules)
        Linker(scan, hits, structure, self._schema, drafts).link(filler)
        self._teller.tell(scan, hits, structure, drafts)
        return [_frame(scan, d) for d in drafts]


def _frame(scan: Scan, draft: Draft) -> FrameHit:
    trigger = draft.trigger
    lemma = trigger.found.entry.trigger.lemma
    return FrameHit(
        trigger,
        tuple(draft.fillers),
        tuple(draft.events),
        tuple(
            (role, Span(scan.reading.start_of(first, cut), scan.reading.end_of(last)))
            for role, first, last, cut in draft.spans
        ),
        draft.attributes,
        "sure" if trigger.sure else "shared",
        f"trigger: {lemma}",
    )
