"""One pass of look-up over a sentence, sorted for the producers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.lexicon import TriggerEntry, mended_step, step
from curate.candidates.seeds import Entry, Kind
from curate.model.schema import PartOfSpeech

if TYPE_CHECKING:
    from curate.candidates.lexicon import Entrance, Node
    from curate.candidates.reading import Reading

_BRIDGES: Final = frozenset(" \u00a0\t\"“”„«»‹›'‘’-–—/.")
"""Characters that may part two words of one name; quotation marks are often misplaced."""
QUOTES: Final = frozenset("\"“”„«»‹›'‘’")


_PHRASE: Final = "phrase_verb"
"""Tag of words that begin a verbal phrase."""
_CLAUSE: Final = "complementizer"
_STOPS: Final = "؛:.!؟"
_FURTHEST: Final = 9
"""Words in which the rest of a parted phrase must begin."""
_IMPERFECT: Final = ("ي", "ت", "ن")
_VERBS: Final = (PartOfSpeech.VERB, PartOfSpeech.LIGHT_VERB)


class Found(NamedTuple):
    """An entry of a seed list found over words `first` to `last`."""

    first: int
    last: int
    entrance: Entrance
    entry: Entry


class FoundTrigger(NamedTuple):
    """A trigger form found over words `first` to `last`."""

    first: int
    last: int
    entrance: Entrance
    entry: TriggerEntry


class Vocabulary(NamedTuple):
    """A word of a producer's vocabulary found over words `first` to `last`."""

    first: int
    last: int
    kind: str
    """The vocabulary's name: the subtype of the entry."""
    value: str
    cut: int
    """Letters of proclitics before it, in the normal form of its first word."""
    proclitics: tuple[str, ...]
    entry: Entry


class Scan:
    """What the lexicon knows of each word of a sentence."""

    __slots__ = (
        "cues",
        "found",
        "nominal_triggers",
        "reading",
        "tails",
        "triggers",
        "verbs",
        "vocabulary",
    )

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.cues = reading.cues
        self.found: dict[int, list[Found]] = {}
        self.vocabulary: dict[int, list[Vocabulary]] = {}
        self.triggers: list[FoundTrigger] = []
        self.nominal_triggers: set[int] = set()
        """Words at which a trigger ends that is no verb."""
        self.verbs: set[int] = set()
        """Words that are listed as verbs, bare or after a conjunction."""
        self.tails: dict[int, range] = {}
        """First word of a verbal phrase that its subject parts → the words of the rest."""
        words, gaps = reading.words, reading.gaps
        count = len(words)
        for first, word in enumerate(words):
            for entrance in word.entrances:
                node, slipped = entrance.node, False
                last = first
                if node.items:
                    self._add(first, last, entrance)
                while node.children and last + 1 < count and bridges(gaps[last + 1]):
                    further = step(node, words[last + 1])
                    if further is None and words[last + 1].variants:
                        further = mended_step(node, words[last + 1])
                        slipped = True
                    if further is None:
                        break
                    node, last = further, last + 1
                    if node.items:
                        typo = slipped or entrance.typo
                        self._add(first, last, entrance._replace(node=node, typo=typo))
                if last == first and entrance.node.children and _PHRASE in word.tags:
                    self._add_parted(first, entrance)

    def _add_parted(self, first: int, entrance: Entrance) -> None:
        """Find the rest of a verbal phrase further on: `took fifteen people's *lives*`."""
        words, gaps = self.reading.words, self.reading.gaps
        for start in range(first + 2, min(first + _FURTHEST, len(words))):
            if any(c in _STOPS for c in gaps[start - 1]) or _CLAUSE in words[start].tags:
                return
            node: Node | None = entrance.node
            for last in range(start, len(words)):
                node = step(node, words[last]) if node is not None else None
                if node is None:
                    break
                if any(isinstance(item, TriggerEntry) for item in node.items):
                    self._add(first, first, entrance._replace(node=node))
                    self.tails[first] = range(start, last + 1)
                    return

    def _add(self, first: int, last: int, entrance: Entrance) -> None:
        for item in entrance.node.items:
            if isinstance(item, TriggerEntry):
                if item.trigger.part_of_speech in _VERBS and not _may_be_verb(entrance):
                    continue
                self.triggers.append(FoundTrigger(first, last, entrance, item))
                if item.trigger.part_of_speech not in _VERBS:
                    self.nominal_triggers.add(last)
                elif first == last:
                    self.verbs.add(first)
            elif item.kind is Kind.WORD:
                split = entrance.split
                self.vocabulary.setdefault(first, []).append(
                    Vocabulary(
                        first,
                        last,
                        item.subtype or "",
                        item.note.get("value", ""),
                        split.start,
                        split.proclitics,
                        item,
                    )
                )
            else:
                self.found.setdefault(first, []).append(Found(first, last, entrance, item))

    def word(self, at: int, *kinds: str) -> Vocabulary | None:
        """The longest vocabulary word of one of the kinds that begins at a word."""
        best: Vocabulary | None = None
        for one in self.vocabulary.get(at, ()):
            if one.kind in kinds and (best is None or one.last > best.last):
                best = one
        return best


def _may_be_verb(entrance: Entrance) -> bool:
    """Whether what is written before a verb form leaves it a verb: no preposition does."""
    cut = [c for c in entrance.split.proclitics if c not in ("و", "ف", "س")]
    return not cut or (cut == ["ل"] and entrance.split.stem[:1] in _IMPERFECT)


def bridges(gap: str) -> bool:
    """Whether two words with that between them can belong to one name."""
    return gap == " " or not gap or (len(gap) <= 4 and all(c in _BRIDGES for c in gap))
