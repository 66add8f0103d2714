"""The bones of a sentence: clauses, and what governs each mention.

There is no parser here. Clauses open at conjunctions with verbs, at
complementizers, relative pronouns and a few adverbs; a mention is governed by
the preposition before it, or by the one before the first conjunct of its list.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.candidates.hits import Hit
    from curate.candidates.lexicon import Word
    from curate.candidates.scan import Scan
    from curate.candidates.triggers import Trigger

TAIL: Final = "@tail"
"""Marker of what follows the rest of a verbal phrase: `took the lives *of five*`."""
_LETTERS: Final = frozenset("بلك")
_REACHED: Final = "@reach"
_BY_TAG: Final = (
    ("ride", "@ride"),
    ("witness", "في"),
    ("supported", "@support"),
    ("reach", _REACHED),
)
"""What verbs before a mention make of it: passengers ride, places see, attackers launch."""
_SUBJECTS: Final = ("هما", "هم", "هن", "ها", "ه", "ني", "نا")
_COMMAS: Final = frozenset("،,؛;")
_STOPS: Final = frozenset("؛;:.!؟…\n")
_AND: Final = "و"
_TRANSPARENT: Final = ("outside", "genitive", "adj-only")
"""Nouns that only announce the mention after them (`the town of`, `the area of`)."""
_BACK: Final = 3
"""Words back at which a light verb still belongs to the noun before it."""
_REACH: Final = 4
"""Words and mentions to look back over for the mention that a list goes on from."""


@dataclass(frozen=True, slots=True)
class Marker:
    """What governs a mention."""

    word: str
    """Preposition in normal form; empty for a bare mention."""
    lead: int
    """First word of the phrase: heads, numbers and titles before the mention included."""
    previous: int | None = None
    """Index of the mention before it in a list."""
    comma: bool = False
    """Whether a comma parts it from the word before."""
    wide: str = ""
    """The preposition with the word before it, or with `#` for a number."""
    local: bool = False
    """Whether the word is an adverb of place or a noun that works as one."""
    beside: bool = False
    """Whether it only says on which side of the mention before it something lies."""

    @property
    def bare(self) -> bool:
        """Whether no preposition governs it."""
        return not self.word


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `first` up to the next clause."""

    first: int
    kind: str
    """`main`, `that`, `which`, `and` or `while`."""
    parent: int | None
    """Index of the clause it depends on."""


class Structure:
    """Clauses and markers of one sentence."""

    __slots__ = ("_clause_of", "_hits", "_scan", "_triggers", "clauses", "markers")

    def __init__(self, scan: Scan, hits: Sequence[Hit], triggers: Sequence[Trigger]) -> None:
        self._scan = scan
        self._hits = hits
        self._triggers = triggers
        self.clauses: list[Clause] = [Clause(0, "main", None)]
        self._clause_of = self._cut()
        self.markers: list[Marker] = []
        ends = {h.last: i for i, h in enumerate(hits)}
        for hit in hits:
            self.markers.append(self._marker(hit, ends))

    def has_verb_before(self, word: int) -> bool:
        """Whether a verbal trigger stands before a word."""
        return any(t.verbal and t.first < word for t in self._triggers)

    def pronoun_of(self, clause: int) -> str:
        """The pronoun on the word that opens a clause (`that they …`); empty without one."""
        word = self._scan.reading.words[self.clauses[clause].first]
        if "complementizer" not in word.tags:
            return ""
        return next((p for p in _SUBJECTS if word.form.endswith(p)), "")

    def clause(self, word: int) -> int:
        """Index of the clause a word stands in."""
        return self._clause_of[word]

    def _cut(self) -> list[int]:
        """Open clauses from left to right; the clause of each word."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        inside = {w for h in self._hits for w in h.words}
        topics = self._topics()
        verbs = {t.first: t for t in self._triggers if t.opens}
        found: list[int] = []
        current = 0
        for at, word in enumerate(words):
            kind = None
            if at in topics:
                kind = "and"
            elif at and at not in inside:
                kind = self._opens(at, verbs)
            if at and kind is None and not _STOPS.isdisjoint(gaps[at]):
                kind = "that" if ":" in gaps[at] else "and"
            if kind is not None:
                parent = self._parent(kind, current)
                self.clauses.append(Clause(at, kind, parent))
                current = len(self.clauses) - 1
            del word
            found.append(current)
        return found

    def _topics(self) -> set[int]:
        """Mentions with `and` before a verb, after another verb: each opens a clause."""
        verbs = {t.first for t in self._triggers if t.verbal or t.light}
        found: set[int] = set()
        words = self._scan.reading.words
        for hit in self._hits:
            joined = words[hit.first].form.startswith(_AND)
            follows = hit.last + 1 in verbs and self._scan.reading.gaps[hit.last + 1] == " "
            follows = follows and not words[hit.last + 1].form.startswith(_AND)
            topic = joined and follows and self._cut_of(hit, hit.first) > 0
            said = (i for i in range(hit.first) if "complementizer" in words[i].tags)
            opened = max(said, default=-1)
            if topic and any(opened < t.first < hit.first for t in self._triggers):
                found.add(hit.first)
        return found

    def _opens(self, at: int, verbs: dict[int, Trigger]) -> str | None:
        word = self._scan.reading.words[at]
        if "complementizer" in word.tags:
            return "that"
        if "relative" in word.tags and word.core.startswith(("الذ", "الت", "اللو", "الل")):
            return "which"
        if "pronoun" in word.tags and word.core != word.form and word.form.startswith(_AND):
            return "while"
        if "boundary" in word.tags and (word.form == word.core or word.core != "ما"):
            return "while"
        trigger = verbs.get(at)
        if trigger is not None:
            return None if self._carries_back(trigger) else self._opened_by_verb(at, trigger)
        joined = word.form.startswith(_AND) and word.core != word.form
        if joined and "auxiliary" in word.tags:
            return "and"
        return None

    def _carries_back(self, trigger: Trigger) -> bool:
        """Whether a light verb only carries on the event noun before it: `clashes go on`."""
        return trigger.light and any(
            not t.verbal and not t.light and 0 < trigger.first - t.last <= _BACK
            for t in self._triggers
        )

    def _opened_by_verb(self, at: int, trigger: Trigger) -> str | None:
        comma = not _COMMAS.isdisjoint(self._scan.reading.gaps[at])
        if trigger.joined or comma:
            return "and"
        if self._scan.reading.words[at - 1].tags or self._starts_phrase(at):
            return None
        return None if self._topic(at) or not self._indefinite(at - 1) else "which"

    def _indefinite(self, word: int) -> bool:
        """Whether a noun without article stands there: only such takes a bare relative clause."""
        if self._scan.reading.words[word].definite or word in self._scan.verbs:
            return False
        hit = next((h for h in self._hits if h.last == word), None)
        return hit is None or not hit.rule.startswith(("name", "announced", "kunya", "given"))

    def _starts_phrase(self, at: int) -> bool:
        """Whether a verb is the first word of its clause so far."""
        return self.clauses[-1].first == at

    def _topic(self, at: int) -> bool:
        """Whether the clause has no verb yet, so that what stands before is the topic."""
        start = self.clauses[-1].first
        return not any(
            start <= t.first < at and (t.verbal or t.light) for t in self._triggers
        ) and not any(
            "auxiliary" in self._scan.reading.words[i].tags and i > start
            for i in range(start, at - 1)
        )

    def _parent(self, kind: str, current: int) -> int:
        """The clause a new one depends on: a coordinate one shares its neighbour's parent."""
        here = self.clauses[current]
        if kind != "and":
            return current
        while here.kind in ("which", "and", "while") and here.parent is not None:
            current = here.parent
            here = self.clauses[current]
        return current

    def _marker(self, hit: Hit, ends: dict[int, int]) -> Marker:
        lead, cut = self._lead(hit)
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        letters = words[lead].form[:cut]
        comma = lead > 0 and not _COMMAS.isdisjoint(gaps[lead])
        preposition = next((c for c in letters if c in _LETTERS), "")
        if preposition:
            return Marker(preposition, lead, comma=comma)
        if letters.startswith(_AND) or (comma and lead - 1 in ends):
            previous = self._previous(lead, ends, hit)
            joined = letters.startswith(_AND)
            if previous is not None and (joined or self._hits[previous].type == hit.type):
                return Marker(self.markers[previous].word, lead, previous, comma)
        if lead == 0 or (letters and letters[0] in "وف"):
            return Marker("", lead, comma=comma)
        return Marker("", lead, comma=True) if comma else self._by_word(lead, ends)

    def _by_word(self, lead: int, ends: dict[int, int]) -> Marker:
        """The preposition, adverb of place or verb that governs a phrase by standing before it."""
        words = self._scan.reading.words
        at = lead - 1
        place = ""
        beside = False
        while at >= 0 and "locative" in words[at].tags and at not in ends:
            place = words[at].core
            cut = words[at].form[: len(words[at].form) - len(words[at].core)]
            letter = next((c for c in cut if c in _LETTERS), "")
            if letter or cut:
                return Marker(letter or place, at, local=not letter)
            beside = "direction" in words[at].tags
            at -= 1
        beside = beside and at in ends
        before = words[at] if at >= 0 else None
        if before is None:
            return Marker(place, lead, local=bool(place))
        if any(at == tail[-1] for tail in self._scan.tails.values()):
            return Marker(TAIL, lead)
        named = any(t.first == at and not t.light for t in self._triggers)
        for tag, word in _BY_TAG:
            if tag in before.tags and not (named and word == _REACHED):
                return Marker(word, lead)
        stuck = self._unstuck(before.form)
        if "preposition" not in before.tags and not stuck:
            pair = self._pair(at)
            return Marker(pair or place, at + 1, beside=beside, local=bool(place and not pair))
        pair = self._pair(at)
        if pair:
            return Marker(pair, at + 1)
        wide = self._widened(stuck or before.core, at, ends)
        return Marker(stuck or before.core, at + 1, wide=wide)

    def _pair(self, at: int) -> str:
        """`by the hand of`, `on the part of`, when its second word stands there."""
        words = self._scan.reading.words
        pair = f"{words[at - 1].core} {words[at].form}" if at else ""
        return pair if pair in self._scan.cues.pairs else ""

    def _widened(self, preposition: str, at: int, ends: dict[int, int]) -> str:
        """A preposition with the word before it, where rules may ask for both."""
        if at == 0:
            return ""
        index = ends.get(at - 1)
        if index is not None and self._hits[index].rule.startswith("number"):
            return f"# {preposition}"
        before = self._scan.reading.words[at - 1]
        if before.definite or before.adjective is not None:
            return f"{before.bare[-1]} {preposition}"
        return f"{before.form} {preposition}"

    @staticmethod
    def _unstuck(form: str) -> str:
        """A preposition letter that stands alone before quotation marks."""
        letters = form.removeprefix(_AND)
        return letters if len(letters) == 1 and letters in _LETTERS else ""

    def _previous(self, lead: int, ends: dict[int, int], hit: Hit) -> int | None:
        """The mention that a list goes on from: directly before, or past adjectives."""
        words = self._scan.reading.words
        at = lead - 1
        first: int | None = None
        for _ in range(_REACH):
            index = ends.get(at)
            if index is not None and index < len(self.markers):
                if not self._alike(self._hits[index], hit):
                    return first
                if self._hits[index].type == hit.type:
                    return index
                first = index if first is None else first
                at = self._hits[index].first
            elif at < 0 or not self._passes(words[at]):
                return first
            at -= 1
        return first

    def _passes(self, word: Word) -> bool:
        """Whether a word may stand between two mentions of a list: `X on one side and Y`."""
        sided = word.form in self._scan.cues.one_side
        return sided or word.adjective is not None or "particle" in word.tags

    def _alike(self, first: Hit, second: Hit) -> bool:
        """Whether two mentions can be conjuncts: no verb begins after the second."""
        following = second.last + 1
        verbs = self._scan.verbs
        opens = following in verbs and first.type != second.type
        return not opens and first.rule.split("-")[0] not in ("time", "number")

    def _lead(self, hit: Hit) -> tuple[int, int]:
        """First word of a mention's phrase, and the letters of proclitics on it."""
        reading = self._scan.reading
        if hit.lead is not None:
            return hit.lead
        lead = hit.first
        cut = self._cut_of(hit, lead)
        while lead > 0 and cut == 0 and reading.gaps[lead].strip(' \u00a0"“”„«»') == "":
            step = self._transparent(lead - 1)
            if step is None:
                break
            lead, cut = step
        return lead, cut

    def _cut_of(self, hit: Hit, lead: int) -> int:
        reading = self._scan.reading
        offsets = reading.words[lead].offsets
        raw = hit.span.start - reading.starts[lead]
        return offsets.normal_offset(raw)

    def _transparent(self, at: int) -> tuple[int, int] | None:
        """A head, number or title that ends at a word: where it begins, letters cut off it."""
        for hit in self._hits:
            if hit.last == at and hit.rule.startswith("number"):
                return hit.first, self._cut_of(hit, hit.first)
        for first in range(max(at - 1, 0), at + 1):
            if "locative" in self._scan.reading.words[first].tags:
                continue
            for found in self._scan.found.get(first, ()):
                if found.last == at and found.entry.note.get("span") in _TRANSPARENT:
                    return first, found.entrance.split.start
        return None
