"""What stands around a trigger form: whether a need is met, and whether it is noun or verb."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from curate.model.schema import PartOfSpeech
from curate.text.normal import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.candidates.frame_rules import Need
    from curate.candidates.hits import Hit
    from curate.candidates.scan import FoundTrigger, Scan

_COORDINATE: Final = 6
_CONJUNCTIONS: Final = ("و", "ف")
_NUMBERS: Final = ("cardinal", "scale", "vague")
_NOUNS: Final = (PartOfSpeech.MASDAR, PartOfSpeech.NOUN)
_BEFORE_VERB: Final = frozenset(
    {"complementizer", "pronoun", "auxiliary", "negation", "relative", "conjunction", "particle"}
)


def met(need: Need, scan: Scan, hits: Sequence[Hit], found: FoundTrigger) -> bool:
    """Whether the surroundings of a trigger hold what a need asks for."""
    if need.is_empty:
        return True
    low, high = found.first - need.before, found.last + need.after
    if need.words:
        words = scan.reading.words
        window = range(max(low, 0), min(high + 1, len(words)))
        for at in window:
            inside = found.first <= at <= found.last
            if not (inside or need.words.isdisjoint(words[at].senses)):
                return True
    if not need.types:
        return False
    return any(
        (hit.type in need.types or f"{hit.type}/{hit.subtype}" in need.types)
        and low <= hit.last
        and hit.first <= high
        and not found.first <= hit.first <= found.last
        for hit in hits
    )


def told_apart(scan: Scan, options: list[FoundTrigger]) -> list[FoundTrigger]:
    """Of a verb and a noun that are written alike, keep what the place in the sentence wants."""
    parts = {o.entry.trigger.part_of_speech for o in options}
    if PartOfSpeech.VERB not in parts or parts.isdisjoint(_NOUNS):
        return options
    noun = _is_noun_here(scan, options[0])
    return [o for o in options if (o.entry.trigger.part_of_speech in _NOUNS) == noun]


def _is_noun_here(scan: Scan, found: FoundTrigger) -> bool:
    words, gaps = scan.reading.words, scan.reading.gaps
    cut = [c for c in found.entrance.split.proclitics if c not in _CONJUNCTIONS]
    if cut:
        return cut[0] in "بلك"
    if words[found.first].nunated or _is_counted(scan, found.first):
        return True
    following = words[found.last + 1] if found.last + 1 < len(words) else None
    if following is not None and gaps[found.last + 1] == " ":
        if any(v.kind == "bound" for v in scan.vocabulary.get(found.last + 1, ())):
            return False  # about so many
        noun = scan.found.get(found.last + 1)
        qualified = following.adjective_listed and not following.definite and not noun
        if qualified or ("preposition" in following.tags and not found.first):
            return True
    if found.first == 0 or gaps[found.first] != " ":
        return False
    before = words[found.first - 1]
    if found.entrance.split.proclitics:
        nominal = [t for t in scan.triggers if t.last < found.first]
        return (
            bool(nominal)
            and nominal[-1].last in scan.nominal_triggers
            and (found.first - nominal[-1].last <= _COORDINATE)
        )
    if not _BEFORE_VERB.isdisjoint(before.tags):
        return False
    return "preposition" in before.tags or (
        not before.definite
        and not scan.found.get(found.first - 1)
        and found.first - 1 not in scan.vocabulary
    )


def _is_counted(scan: Scan, at: int) -> bool:
    """Whether a number stands directly before a word."""
    return any(v.kind in _NUMBERS for v in scan.vocabulary.get(at - 1, ()))


def lemma_of(found: FoundTrigger) -> str:
    """The lemma of a lexicon entry in normal form."""
    return _normal_form(found.entry.trigger.lemma)


def forms_of(found: FoundTrigger) -> tuple[str, ...]:
    """The forms that the lexicon itself lists for a trigger, in normal form."""
    return _normal_forms(found.entry.trigger.forms)


@lru_cache(maxsize=8192)
def _normal_form(form: str) -> str:
    return normal(form)


@lru_cache(maxsize=8192)
def _normal_forms(forms: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(normal(form) for form in forms)
