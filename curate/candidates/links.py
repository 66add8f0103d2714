"""Frames that fill roles of other frames: causes, and what is said, agreed or discussed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from curate.candidates.causes import Causes
from curate.candidates.contents import Contents
from curate.candidates.sharing import Sharing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.candidates.fillers import Draft, Filler
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.candidates.structure import Structure
    from curate.model.schema import EventSchema


class Linker:
    """Links the drafts of one sentence."""

    def __init__(
        self,
        scan: Scan,
        hits: Sequence[Hit],
        structure: Structure,
        schema: EventSchema,
        drafts: Sequence[Draft],
    ) -> None:
        self._scan = scan
        self._hits = hits
        self._structure = structure
        self._schema = schema
        self._drafts = drafts
        self._sharing = Sharing(scan, hits, schema)
        self._causes = Causes(scan, structure, schema, drafts)
        self._contents = Contents(scan, hits, structure, schema, drafts)

    def link(self, filler: Filler) -> None:
        """Fill the event roles of all drafts, and what follows from them."""
        for index, draft in enumerate(self._drafts):
            cause = self._causes.of(index, draft)
            for role in draft.rules.cause if cause is not None else ():
                if cause is not None and draft.takes(role, self._drafts[cause], self._schema):
                    draft.events.append((role, cause))
                    self._sharing.of_cause(draft, self._drafts[cause])
        self._share_causes()
        self._sharing.of_met(self._drafts)
        self._sharing.of_title(self._drafts)
        for index in range(len(self._drafts) - 1, -1, -1):
            draft = self._drafts[index]
            if draft.rules.content is not None:
                self._contents.link(index, draft, draft.rules.content, filler)

    def _share_causes(self) -> None:
        """Coordinate effects have one cause: `killed and wounded in an attack`."""
        for first, second in pairwise(self._drafts):
            goes_on = second.trigger.joined or self._contents.elsewhere(second)
            if not (first.rules.share and second.rules.share and goes_on):
                continue
            for source, target in ((first, second), (second, first)):
                causes = [
                    (role, event)
                    for role, event in source.events
                    if role in source.rules.cause
                    and target.takes(role, self._drafts[event], self._schema)
                ]
                if causes and not any(r in target.rules.cause for r, _ in target.events):
                    target.events.extend(causes)
                    self._sharing.of_cause(target, self._drafts[causes[0][1]])
