"""Mentions from seed lists: names, nouns and what heads announce, homographs held back."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from curate.candidates.hits import Hit, by_place
from curate.candidates.phrases import Phrases
from curate.candidates.scan import QUOTES
from curate.candidates.seeds import Entry, Kind
from curate.model.span import Span
from curate.text.letters import strip_vowel_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from curate.candidates.scan import Found, Scan
    from curate.candidates.seeds import Guard
    from curate.model.schema import EventSchema

_AND: Final = "و"
_MOST_LISTED: Final = 8
_COUNTING: Final = frozenset({"cardinal", "scale", "vague"})


class Gazetteer:
    """Finds mentions in the scan of one sentence."""

    __slots__ = ("_guards", "_harms", "_scan", "_schema", "phrases")

    def __init__(
        self,
        scan: Scan,
        schema: EventSchema,
        guards: Mapping[str, Guard],
        harms: frozenset[str] = frozenset(),
    ) -> None:
        self._harms = harms
        self._scan = scan
        self._schema = schema
        self._guards = guards
        self.phrases = Phrases(scan)

    def hits(self) -> Iterator[Hit]:
        """All mentions that entries of the lists give, overlapping ones included."""
        for first in sorted(self._scan.found):
            for found in self._scan.found[first]:
                if found.entry.type not in self._schema.entity_types or self.misread(found):
                    continue
                if found.entry.kind is Kind.HEAD:
                    yield from self._announced(found)
                elif found.entry.kind is Kind.NAME:
                    if not self.held_back(found):
                        yield self._hit(found, found.last, "name")
                else:
                    yield from self._noun(found)

    def _noun(self, found: Found) -> Iterator[Hit]:
        note = found.entry.note
        if note.get("span") == "title":
            return
        last, extended = self.phrases.end_of_noun(found)
        if not extended and (self._is_verb(found) or not self._alone(found)):
            return
        if note.get("adj") == "yes" and self._qualifies(found):
            return
        if not extended and self.held_back(found):
            return
        kind = note.get("construct") if extended or found.entrance.split.suffix else None
        if self._counted(found):
            kind = note.get("counted") or kind
        yield self._hit(found, last, "phrase" if extended else "noun", kind)

    def misread(self, found: Found) -> bool:
        """Whether the word is a function word or adverb that only its signs tell from the entry."""
        word = self._scan.reading.words[found.first]
        if word.nunated and found.entry.kind is Kind.NAME and found.first == found.last:
            return True
        if not word.tags or word.core != word.form or found.first != found.last:
            return False
        return strip_vowel_marks(self._scan.reading.surfaces[found.first]) not in found.entry.forms

    def _is_verb(self, found: Found) -> bool:
        """Whether a word that may be noun or verb opens a clause: then it is the verb."""
        if found.first not in self._scan.verbs or found.entrance.definite:
            return False
        before = self._scan.reading.gaps[found.first]
        return found.entrance.split.proclitics in (("و",), ("ف",)) or before != " "

    def _qualifies(self, found: Found) -> bool:
        """Whether a word that may be adjective qualifies the one before: the terrorist act."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        at = found.first
        if at == 0 or gaps[at] != " " or found.entrance.split.proclitics:
            return False
        before = words[at - 1]
        if words[at].definite != before.definite or before.tags:
            return False
        return before.definite or at - 1 in self._scan.nominal_triggers

    def _alone(self, found: Found) -> bool:
        """Whether a noun without complement is a mention."""
        alone = found.entry.note.get("alone", "yes")
        if alone in ("definite", "marked") and found.entrance.definite:
            return True
        if alone in ("counted", "marked"):
            return self._counted(found)
        return alone == "yes"

    def _counted(self, found: Found) -> bool:
        """Whether a number or a noun of the trigger lexicon stands directly before."""
        before = found.first - 1
        if before < 0 or found.entrance.split.proclitics:
            return False
        form = self._scan.reading.words[before].form
        number = any(v.kind in _COUNTING for v in self._scan.vocabulary.get(before, ()))
        return form.isdecimal() or number or self._harmed(before)

    def _harmed(self, at: int) -> bool:
        """Whether a noun ends there that does something to people (`killing of`)."""
        return at in self._scan.nominal_triggers and any(
            t.last == at and t.entry.event in self._harms for t in self._scan.triggers
        )

    def _announced(self, found: Found) -> Iterator[Hit]:
        """The names that follow a head, or the head itself where it is definite."""
        names = list(self._names_after(found))
        for first, cut, last, entry in names:
            if first < last or cut < len(self._scan.reading.words[first].form):
                yield self._name_hit(found, first, cut, last, entry)
        if names:
            return
        adjectives = self.phrases.adjectives(
            found.last, definite=found.entrance.definite, nation=True
        )
        alone = found.entry.note.get("alone")
        if found.entrance.split.suffix:
            return
        if found.entrance.definite and (
            alone == "definite" or (alone == "definite-adj" and adjectives > found.last)
        ):
            yield self._hit(found, adjectives, "head")

    def _names_after(self, found: Found) -> Iterator[tuple[int, int, int, Entry | None]]:
        """Names listed after a head: first word, letters cut off it, last word, entry if known."""
        if found.entrance.definite:
            return
        at = found.last + 1
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        in_quotes = at < len(words) and not QUOTES.isdisjoint(gaps[at])
        for number in range(_MOST_LISTED):
            ended = at >= len(words) or not _opens(gaps[at], listed=number > 0)
            if ended or (number and in_quotes and _closes(gaps[at])):
                return
            cut = 0 if number == 0 else 1
            quoted = self.phrases.quoted(at) if number == 0 else None
            if quoted is not None and self._whole_quote(found, at, quoted):
                yield at, 0, quoted, None
                return
            if cut and not words[at].form.startswith(_AND):
                return
            known = self._known(at, cut, found.entry.type)
            if known is not None and known.entry.type != found.entry.type:
                if not self._described(known.last):
                    return
                known = None
            if known is None and not self._may_announce(found, at, cut, listed=number > 0):
                return
            last = known.last if known is not None else self._unknown(at, cut)
            if last is None:
                return
            yield at, cut, last, known.entry if known is not None else None
            at = last + 1

    def _may_announce(self, head: Found, at: int, cut: int, *, listed: bool) -> bool:
        """Whether a head may have an unlisted name there."""
        named = "place_part" in self._scan.reading.words[at].tags
        if self._is_noun(at, cut) and not named:
            return False
        if listed:
            return head.entry.note.get("many") == "yes"
        return head.entry.note.get("quoted-only") != "yes"

    def _whole_quote(self, head: Found, first: int, last: int) -> bool:
        """Whether what is quoted after a head is one name, not a list of names."""
        many = head.entry.note.get("many") == "yes"
        joined = any(
            w.form.startswith(_AND) for w in self._scan.reading.words[first + 1 : last + 1]
        )
        return not many and not joined

    def _is_noun(self, at: int, cut: int) -> bool:
        """Whether an indefinite noun of the lists stands there: a phrase of its own, no name."""
        return any(
            f.entry.kind is not Kind.NAME
            and not f.entrance.definite
            and f.entrance.split.start == cut
            for f in self._scan.found.get(at, ())
        )

    def _known(self, at: int, cut: int, wanted: str) -> Found | None:
        """The longest name of the lists at a word, those of the wanted type first."""
        best: Found | None = None
        for one in self._scan.found.get(at, ()):
            if one.entry.kind is not Kind.NAME or one.entrance.split.start != cut:
                continue
            rank = (one.entry.type == wanted, one.last)
            if best is None or rank > (best.entry.type == wanted, best.last):
                best = one
        return best

    def _unknown(self, at: int, cut: int) -> int | None:
        """The last word of a place name that is in no list."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        form = words[at].form[cut:]
        nearby = at + 1 < len(words) and gaps[at + 1] == " "
        if "place_part" in words[at].tags and (cut == 0 or words[at].core == form):
            return at + 1 if nearby else None
        event = at in self._scan.nominal_triggers or at in self._scan.verbs
        if form.isdecimal() or (event if cut else not self.phrases.may_be_name(at)):
            return None
        following = words[at + 1] if nearby else None
        if following is None or words[at].definite or at + 1 in self.phrases.verbs:
            return at
        construct = following.definite and following.adjective is None and not following.tags
        return at + 1 if construct else at

    def _name_hit(self, head: Found, first: int, cut: int, last: int, entry: Entry | None) -> Hit:
        reading = self._scan.reading
        rule = "announced-known" if entry is not None else "announced"
        if entry is None and self._is_quoted(first):
            rule = "announced-quoted"
        if self._described(last):
            first, cut, last = head.first, head.entrance.split.start, last + 1
        return Hit(
            first,
            last,
            Span(reading.start_of(first, cut), reading.end_of(last)),
            head.entry.type,
            self._subtype(head.entry),
            rule,
            f"after {head.entry.form}" + (f", seed list: {entry.form}" if entry else ""),
            entry or head.entry,
        )

    def _hit(self, found: Found, last: int, rule: str, kind: str | None = None) -> Hit:
        reading = self._scan.reading
        entry = found.entry
        if found.entrance.loose:
            rule += "-loose"
        if found.entrance.typo:
            rule += "-typo"
        named = kind if kind in self._schema.entity_types else entry.type
        return Hit(
            found.first,
            last,
            Span(reading.start_of(found.first, found.entrance.split.start), reading.end_of(last)),
            named or entry.type,
            self._subtype(entry) if named == entry.type else None,
            rule,
            "slip of writing: " * found.entrance.typo + f"seed list: {entry.form}",
            entry,
            found.entrance.definite,
            listed=found.last - found.first,
        )

    def _described(self, last: int) -> bool:
        """Whether `for news` or the like follows: then the head is part of the name."""
        at = last + 1
        words = self._scan.reading.words
        return at < len(words) and words[at].form in self._scan.cues.describing

    def _subtype(self, entry: Entry) -> str | None:
        subtypes = self._schema.entity_types[entry.type].subtypes
        return entry.subtype if entry.subtype in subtypes else None

    def held_back(self, found: Found) -> bool:
        """Whether the form is an ordinary word here as far as its surroundings tell."""
        if found.first != found.last:
            return False
        guard = self._guards.get(found.entrance.split.stem)
        if guard is None or (guard.types and found.entry.type not in guard.types):
            return False
        if guard.quotes and self._is_quoted(found.first):
            return False
        before = self._scan.reading.words[found.first - 1].form if found.first else ""
        return before not in guard.before

    def _is_quoted(self, word: int) -> bool:
        gaps = self._scan.reading.gaps
        return not QUOTES.isdisjoint(gaps[word]) or not QUOTES.isdisjoint(gaps[word + 1])


def _opens(gap: str, *, listed: bool) -> bool:
    """Whether a name may begin after that: a space, quotation marks, in a list a comma."""
    allowed = " \u00a0،" if listed else " \u00a0"
    return bool(gap) and all(c in allowed or c in QUOTES for c in gap)


def _closes(gap: str) -> bool:
    """Whether quotation marks end and no others begin between two words."""
    before, _, after = gap.partition(" ")
    return not QUOTES.isdisjoint(before) and QUOTES.isdisjoint(after)


def resolved(found: list[Hit]) -> list[Hit]:
    """Keep, of overlapping hits, the longest and then those of the surer rule."""
    kept: list[Hit] = []
    taken: set[int] = set()
    for hit in sorted(found, key=_rank):
        if taken.isdisjoint(hit.words):
            kept.append(hit)
            taken.update(hit.words)
    return sorted(kept, key=by_place)


_SURER: Final = (
    "time",
    "name-after-title",
    "title",
    "announced-known",
    "announced-quoted",
    "name",
    "kunya",
    "given-name",
    "name-after-verb",
    "title-alone",
    "announced",
    "phrase",
    "noun",
)


@lru_cache(maxsize=256)
def _rank_of_rule(rule: str) -> int:
    if rule.startswith("time"):
        return -1
    return _SURER.index(rule) if rule in _SURER else len(_SURER)


def _rank(hit: Hit) -> tuple[int, int, int, int, int, int, str]:
    """Longer first, then by rule, then the entry that lists more words."""
    start, end = hit.span.start, hit.span.end
    lead = hit.first - hit.lead[0] if hit.lead is not None else 0
    rule = _rank_of_rule(hit.rule)
    return hit.first - hit.last, rule, -hit.listed - lead, start - end, start, end, hit.type
