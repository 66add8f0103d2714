"""Attributes of frames, guessed from lexicon notes and from cue words near the trigger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.candidates.triggers import notes_of
from curate.text.normal import normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curate.candidates.fillers import Draft
    from curate.candidates.frame_rules import Content, EventRules
    from curate.candidates.scan import Scan
    from curate.model.schema import Attribute, EventSchema

_BEFORE: Final = 4
"""Words before a trigger in which a cue counts."""


class AttributeTeller:
    """Guesses attribute values; made once for a schema."""

    def __init__(self, schema: EventSchema, rules: EventRules) -> None:
        self._schema = schema
        self._rules = rules
        self._cues = {name: _cues(attribute) for name, attribute in schema.attributes.items()}

    def tell(self, scan: Scan, drafts: Sequence[Draft]) -> None:
        """Set attributes on all drafts; what is default stays unset."""
        for draft in drafts:
            self._by_words(scan, draft)
        for draft in drafts:
            content = draft.rules.content
            inner = [drafts[i] for role, i in draft.events if content and role == content.role]
            for held in inner:
                self._as_content(held, content)

    def _by_words(self, scan: Scan, draft: Draft) -> None:
        known = self._schema.frame_attributes(draft.trigger.event)
        for name, value in notes_of(draft.trigger, known).items():
            self._set(draft, known, name, value)
        for name, cues in self._cues.items():
            cued = _cued(scan, draft, cues)
            if cued is not None:
                self._set(draft, known, name, cued)

    def _as_content(self, draft: Draft, content: Content | None) -> None:
        known = self._schema.frame_attributes(draft.trigger.event)
        for name, value in content.attributes.items() if content else ():
            if name not in draft.attributes:
                self._set(draft, known, name, value)

    @staticmethod
    def _set(draft: Draft, known: Mapping[str, Attribute], name: str, value: str) -> None:
        attribute = known.get(name)
        if attribute is not None and attribute.allows(value) and value != attribute.default:
            draft.attributes[name] = value


def _cues(attribute: Attribute) -> dict[str, str]:
    """Cue word in normal form → value."""
    return {normal(cue): value for value, cues in attribute.cues.items() for cue in cues}


def _cued(scan: Scan, draft: Draft, cues: Mapping[str, str]) -> str | None:
    words = scan.reading.words
    first = draft.carrier.first if draft.carrier is not None else draft.trigger.first
    for at in range(first - 1, max(first - _BEFORE, -1), -1):
        value = cues.get(words[at].core)
        if value is not None:
            return value
    return None
