"""The rules file: what the producers know of Arabic, and how they bind to a schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final, cast

import yaml

from curate.candidates.cues import Cues, parse_cues
from curate.candidates.frame_rules import EventRules, parse_event_rules
from curate.errors import FormatError
from curate.text.letters import TEH_MARBUTA, YEH
from curate.text.normal import normal

if TYPE_CHECKING:
    from collections.abc import Iterable


class Adjective(StrEnum):
    """What an adjective does to the span of the noun before it."""

    CLASSIFYING = "classifying"
    """Says what kind of thing: belongs to the span."""
    NATION = "nation"
    """Says whose: belongs to the span of groups, not of things."""
    OFFICE = "office"
    """Says how an office is held: belongs to the span of titles."""
    DESCRIPTIVE = "descriptive"
    """Says what it is like: stays outside."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules file says."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    """Name of a closed word class → its words in normal form."""
    adjectives: Mapping[str, Adjective] = field(default_factory=dict, hash=False)
    """Adjectives in all their forms, without article and in normal form."""
    cues: Cues = field(default_factory=Cues)
    """Words that decide how a sentence is read."""
    events: EventRules = field(default_factory=EventRules)
    no_event: tuple[str, ...] = ()
    """Phrases whose words trigger nothing."""
    bindings: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What an expression means → `TYPE/subtype` of the schema."""

    def word_class(self, name: str) -> frozenset[str]:
        """The words of a class in normal form; empty when the file has no such class."""
        return self.words.get(name, frozenset())

    def classes_of(self) -> dict[str, frozenset[str]]:
        """For each word of a closed class, the names of its classes."""
        found: dict[str, set[str]] = {}
        for name, forms in self.words.items():
            for form in forms:
                found.setdefault(form, set()).add(name)
        return {form: frozenset(names) for form, names in found.items()}


def parse_rules(data: bytes, file: str) -> Rules:
    """Read the rules file; raises `FormatError` when it does not hold together."""
    try:
        tree = yaml.safe_load(data)
    except yaml.YAMLError as error:
        raise FormatError(f"{file}: {error}", "Correct the YAML.") from error
    if not isinstance(tree, dict):
        raise FormatError(f"{file}: no mapping at the top", "Start from the shipped rules file.")
    words = cast("dict[str, list[str]]", tree.get("words", {}))
    return Rules(
        words={name: frozenset(normal(w) for w in forms) for name, forms in words.items()},
        adjectives=_adjectives(tree.get("adjectives", {}), file),
        cues=parse_cues(tree.get("cues", {}), file),
        events=parse_event_rules(tree, file),
        no_event=tuple(tree.get("no_event", ())),
        bindings=tree.get("bindings", {}),
    )


def _adjectives(tree: Mapping[str, list[str]], file: str) -> dict[str, Adjective]:
    found: dict[str, Adjective] = {}
    for name, words in tree.items():
        if name not in set(Adjective):
            raise FormatError(
                f"{file}: adjectives of the kind {name!r} are unknown",
                f"Use {', '.join(Adjective)}.",
            )
        for word in words:
            for form in _inflected(normal(word)):
                found.setdefault(form, Adjective(name))
    return found


_ENDINGS: Final = ("", TEH_MARBUTA, "ون", "ين", "ات", "ان", "تان", "تين", "ا")


def _inflected(word: str) -> Iterable[str]:
    """The forms of an adjective from its masculine singular."""
    if word.endswith(TEH_MARBUTA):
        return (word,)
    stem = word
    forms = [stem + ending for ending in _ENDINGS]
    if not word.endswith(YEH):
        return forms
    return [*forms, word + "و"]
