"""Words that decide how a sentence is read: the part `cues` of the rules file.

Unlike the word classes, a cue says nothing of a word elsewhere: `after` leads
to a cause, but is a preposition all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from curate.errors import FormatError
from curate.text.normal import normal

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Cues:
    """Words in normal form, by what they are a cue for."""

    because: frozenset[str] = _NONE
    """Lead from an effect to its cause."""
    leads_to: frozenset[str] = _NONE
    """Verbs that lead from a cause to its effect."""
    into: frozenset[str] = _NONE
    """Stand between such a verb and the effect."""
    order: frozenset[str] = _NONE
    """Say that what follows was before or after."""
    since: frozenset[str] = _NONE
    """Open a clause that tells the cause."""
    but: frozenset[str] = _NONE
    """Open, with `that`, a clause of their own."""
    nobody: frozenset[str] = _NONE
    """Say that no one did it."""
    this: frozenset[str] = _NONE
    """Point at a noun."""
    as_told: frozenset[str] = _NONE
    """Close a report: `as X said`."""
    according: frozenset[str] = _NONE
    """Lead to whom a report is owed."""
    of_many: frozenset[str] = _NONE
    """Stand between a number and what is counted."""
    ways: frozenset[str] = _NONE
    """Prepositions that go with a verb of motion rather than with whom it moves."""
    setting: frozenset[str] = _NONE
    """Lead to the place of an event even ahead of the noun that names it."""
    lasting_since: frozenset[str] = _NONE
    """Says since when a state holds."""
    belonging: frozenset[str] = _NONE
    """Make what follows stand for the thing before."""
    backed: frozenset[str] = _NONE
    """Say of a force that somebody supports it."""
    backing: frozenset[str] = _NONE
    """Lead to who supports a force."""
    one_side: frozenset[str] = _NONE
    """May stand between two mentions of a list: `X on one side and Y`."""
    pairs: frozenset[str] = _NONE
    """Two words that govern as one preposition."""
    past_title: frozenset[str] = _NONE
    """May stand between a title and the name, with the place of the office."""
    in_name_of: frozenset[str] = _NONE
    """Lead from a spokesman to whom he speaks for."""
    named: frozenset[str] = _NONE
    """Announce a name."""
    concerns: frozenset[str] = _NONE
    """What a body is for: `for the rights of …`."""
    describing: frozenset[str] = _NONE
    """Make the head before a name part of it: `X for news`."""
    lasting: frozenset[str] = _NONE
    """After them a bare unit of time is a duration."""
    late: frozenset[str] = _NONE
    """Phrases that open a time of night or day."""
    few: frozenset[str] = _NONE
    """Stand between a unit of time and `past`."""
    long: frozenset[str] = _NONE
    """Make a bare unit of time a duration."""
    resumed: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Preposition with a pronoun that takes up the word before → the preposition."""


def parse_cues(tree: Mapping[str, Any], file: str) -> Cues:
    """Read the cues; raises `FormatError` for a kind that nothing asks for."""
    known = {f.name for f in fields(Cues)}
    unknown = sorted(set(tree) - known)
    if unknown:
        raise FormatError(
            f"{file}: cues of the kind {unknown[0]!r} are unknown",
            f"Use {', '.join(sorted(known))}.",
        )
    try:
        words = {
            name: frozenset(_phrase(w) for w in own)
            for name, own in tree.items()
            if name != "resumed"
        }
        resumed = {
            normal(form): normal(preposition)
            for preposition, forms in tree.get("resumed", {}).items()
            for form in forms
        }
    except (TypeError, AttributeError) as error:
        raise FormatError(
            f"{file}: the part on cues does not hold together ({error})",
            "Compare it with the shipped rules file.",
        ) from error
    return Cues(**words, resumed=resumed)


def _phrase(words: str) -> str:
    return " ".join(normal(word) for word in words.split())
