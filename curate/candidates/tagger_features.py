"""What the tagger sees of each word of a sentence, as named features.

A feature is a string `name=value`; one that describes a neighbour begins with
its distance (`-1:`, `+1:` …). What depends on the letters of a word alone are
its traits, worked out once for each surface form; what lists, rules and signs
say of it in its sentence are its findings.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.lexicon import TriggerEntry
from curate.candidates.seeds import Kind
from curate.text.clitics import ARTICLE, CONJUNCTIONS, PREPOSITIONS, splits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.candidates.lexicon import Word
    from curate.candidates.sights import Sight

NEAR: Final = (-1, 1)
FAR: Final = (-2, 2)
_LONGEST_AFFIX: Final = 4
_LONG: Final = 8
_MOST_WORDS: Final = 100_000
_MARKS: Final = {
    **dict.fromkeys('"“”„«»‹›', "quote"),
    **dict.fromkeys("()[]{}", "bracket"),
    **dict.fromkeys("،,;؛", "comma"),
    **dict.fromkeys(".!?؟…", "stop"),
    **dict.fromkeys(":", "colon"),
    **dict.fromkeys("-–—/", "dash"),
}


class Traits(NamedTuple):
    """The features of a word by its letters: as it, the words beside it and the next ones see."""

    own: tuple[str, ...]
    near: tuple[str, ...]
    far: tuple[str, ...]


class Features:
    """Makes features; keeps the traits of words it has met."""

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[str, Traits] = {}

    def traits(self, surface: str, word: Word) -> Traits:
        """The features of a word by its letters."""
        found = self._known.get(surface)
        if found is None:
            if len(self._known) >= _MOST_WORDS:
                self._known.clear()
            found = _traits(word)
            self._known[surface] = found
        return found

    def of_word(self, sight: Sight, at: int) -> list[str]:
        """All features of one word of a sentence."""
        return _row(self._traits_of(sight), findings_of(sight), at)

    def _traits_of(self, sight: Sight) -> list[Traits]:
        reading = sight.scan.reading
        return [
            self.traits(surface, word)
            for surface, word in zip(reading.surfaces, reading.words, strict=True)
        ]


def _row(traits: Sequence[Traits], findings: Sequence[Sequence[str]], at: int) -> list[str]:
    row = [*traits[at].own, *findings[at]]
    for distance in NEAR:
        if 0 <= at + distance < len(traits):
            row += [named(f, distance) for f in traits[at + distance].near]
            row += [named(f, distance) for f in findings[at + distance]]
    for distance in FAR:
        if 0 <= at + distance < len(traits):
            row += [named(f, distance) for f in traits[at + distance].far]
    return row


def named(feature: str, distance: int) -> str:
    """The name of a feature of the word at that distance."""
    return feature if distance == 0 else f"{distance:+d}:{feature}"


def parted(feature: str) -> tuple[str, int]:
    """A feature's own name and the distance, from what `named` made of them."""
    if feature[0] in "+-" and feature[2:3] == ":":
        return feature[3:], int(feature[:2])
    return feature, 0


def _traits(word: Word) -> Traits:
    form, stem = word.form, stem_of(word)
    known = sorted(_entries(word))
    base = [f"word={form}", *(f"class={tag}" for tag in sorted(word.tags)), *known]
    own = ["always", *base, f"shape={_shape(form)}"]
    if stem != form:
        own.append(f"stem={stem}")
    sizes = range(1, min(_LONGEST_AFFIX, len(form)) + 1)
    own += [f"begins={form[:n]}" for n in sizes]
    own += [f"ends={form[-n:]}" for n in sizes]
    if word.adjective is not None:
        own.append(f"adjective={word.adjective}")
    near = [*base, f"stem={stem}", f"begins={form[:2]}", f"ends={form[-2:]}"]
    far = [f"word={form}", *(f"class={tag}" for tag in sorted(word.tags))]
    return Traits(tuple(own), tuple(near), tuple(far))


def stem_of(word: Word) -> str:
    """A word without what is written together with it, as far as the lists or its article tell."""
    if word.entrances:
        return word.entrances[0].split.stem
    form = word.form
    for split in splits(form):
        if split.proclitics and not split.suffix and split.stem.startswith(ARTICLE):
            return split.stem[len(ARTICLE) :]
    return form[len(ARTICLE) :] if form.startswith(ARTICLE) and len(form) > 3 else form


def _entries(word: Word) -> set[str]:
    """What the lists call a word that stands alone in them, or what begins with it."""
    found: set[str] = set()
    for entrance in word.entrances:
        cut = "+" if entrance.split.start else ""
        for item in entrance.node.items:
            if isinstance(item, TriggerEntry):
                found.add(f"trigger{cut}={item.event}/{item.trigger.part_of_speech}")
            elif item.kind is Kind.WORD:
                found.add(f"listed{cut}=word/{item.subtype}")
            else:
                found.add(f"listed{cut}={item.kind}/{item.type}")
    return found


def _shape(form: str) -> str:
    """Kind of letters, and for Arabic words the length and how they begin."""
    if form[0].isdecimal():
        return f"digits{min(len(form), 5)}"
    if form[0].isascii():
        return "latin"
    start = "al" if form.startswith(ARTICLE) else ""
    if form[0] in CONJUNCTIONS or form[0] in PREPOSITIONS:
        start = "joined"
    return f"{start}{min(len(form), _LONG)}"


def findings_of(sight: Sight) -> list[list[str]]:
    """What lists of several words, the rule producers and punctuation say of each word."""
    scan = sight.scan
    found: list[list[str]] = [[] for _ in scan.reading.words]
    for first in sorted(scan.found):
        for one in scan.found[first]:
            if one.last > one.first:
                _over(found, one.first, one.last, f"list={one.entry.kind}/{one.entry.type}")
    for match in scan.triggers:
        if match.last > match.first:
            _over(found, match.first, match.last, f"phrase={match.entry.event}")
    for trigger in sight.triggers:
        sort = "light" if trigger.light else "sure" if trigger.sure else "shared"
        _over(found, trigger.first, trigger.last, f"event={trigger.event}/{sort}")
    for index, hit in enumerate(sight.hits):
        part = "filler" if index in sight.fillers else "no-filler"
        _over(found, hit.first, hit.last, f"rule={hit.type}")
        _over(found, hit.first, hit.last, f"{part}={hit.type}")
        found[hit.first].append(f"by={hit.rule}/{hit.type}/{part}")
    _punctuate(found, scan.reading.gaps)
    return found


def _punctuate(found: list[list[str]], gaps: Sequence[str]) -> None:
    """Tell each word of the punctuation beside it; most words have a space and nothing else."""
    for at, row in enumerate(found):
        if at == 0:
            row.append("first")
        elif gaps[at] != " ":
            row.extend([f"before={m}" for m in _marks(gaps[at])])
        if gaps[at + 1] != " ":
            row.extend([f"after={m}" for m in _marks(gaps[at + 1])])


def _over(found: list[list[str]], first: int, last: int, feature: str) -> None:
    found[first].append(f"{feature}:B")
    for at in range(first + 1, last + 1):
        found[at].append(f"{feature}:I")


def _marks(gap: str) -> list[str]:
    return sorted({_MARKS[c] for c in gap if c in _MARKS})
