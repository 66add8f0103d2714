"""Attributes of frames, guessed from lexicon notes, the rules' hints and cue words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.candidates.surroundings import met
from curate.candidates.triggers import notes_of
from curate.text.normal import normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curate.candidates.fillers import Draft
    from curate.candidates.frame_rules import Content, EventRules
    from curate.candidates.hits import Hit
    from curate.candidates.scan import Scan
    from curate.candidates.structure import Structure
    from curate.model.schema import Attribute, EventSchema

_BEFORE: Final = 4
"""Words before a trigger in which a cue of the schema counts."""
_FAR: Final = 8
"""Words before a trigger in which a hint of the rules counts."""
_FUTURE: Final = "س"
_IMPERFECT: Final = frozenset("يتن")

Known = dict[str, "Attribute"]


class AttributeTeller:
    """Guesses attribute values; made once for a schema."""

    def __init__(self, schema: EventSchema, rules: EventRules) -> None:
        self._schema = schema
        self._hints = rules.hints
        cues = {name: _cues(attribute) for name, attribute in schema.attributes.items()}
        self._cues = {name: own for name, own in cues.items() if own}

    def tell(
        self,
        scan: Scan,
        hits: Sequence[Hit],
        structure: Structure,
        drafts: Sequence[Draft],
    ) -> None:
        """Set attributes on all drafts; what is default stays unset."""
        for draft in drafts:
            known = self._schema.frame_attributes(draft.trigger.event)
            self._of_trigger(scan, hits, draft, known)
            self._of_place(scan, structure, draft, known)
        for draft in drafts:
            content = draft.rules.content
            inner = [drafts[i] for role, i in draft.events if content and role == content.role]
            for held in inner:
                self._as_content(held, content)

    def _of_trigger(self, scan: Scan, hits: Sequence[Hit], draft: Draft, known: Known) -> None:
        """What the trigger's entry, its lemma and the mentions around it say."""
        told = notes_of(draft.trigger, known)
        told = {**self._hints.lemmas.get(draft.trigger.lemma, {}), **told}
        for near in self._hints.near:
            if near.attribute in known and met(near.need, scan, hits, draft.trigger.found):
                told.setdefault(near.attribute, near.value)
        if _FUTURE in draft.trigger.found.entrance.split.proclitics:
            told.update(self._hints.future)
        for name, value in told.items():
            self._set(draft, known, name, value)

    def _of_place(self, scan: Scan, structure: Structure, draft: Draft, known: Known) -> None:
        """What words before the trigger and a named source say."""
        speech = draft.rules.content is not None and draft.rules.content.bare
        for name, cues in self._cues.items():
            cued = _cued(scan, draft, cues)
            if cued is not None and not (speech and cued in self._hints.sourced.values()):
                self._set(draft, known, name, cued)
        for name, value in self._hinted(scan, structure, draft).items():
            self._set(draft, known, name, value)
        if any(draft.has(role) for role in draft.rules.source):
            for name, value in self._hints.sourced.items():
                self._set(draft, known, name, value)

    def _hinted(self, scan: Scan, structure: Structure, draft: Draft) -> Mapping[str, str]:
        """The nearest hint of the rules before the trigger; `that` may stand between."""
        words = scan.reading.words
        stem = draft.trigger.found.entrance.split.stem
        imperfect = draft.trigger.verbal and stem[0] in _IMPERFECT
        opened = structure.clauses[draft.clause].first
        for at in range(draft.start - 1, max(draft.start - _FAR, opened - 3, -1), -1):
            found = self._hints.before.get(words[at].core)
            if found is None and imperfect:
                found = self._hints.before_imperfect.get(words[at].core)
            if found is not None:
                return found
        return {}

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
    for at in range(draft.start - 1, max(draft.start - _BEFORE, -1), -1):
        value = cues.get(words[at].core)
        if value is not None:
            return value
    return None
