"""Persons: names after titles and verbs of saying, kunyas, known given names, quoted names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from curate.candidates.hits import Hit
from curate.candidates.phrases import looks_verbal
from curate.candidates.scan import QUOTES
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.candidates.gazetteer import Gazetteer
    from curate.candidates.phrases import Phrases
    from curate.candidates.scan import Found, Scan
    from curate.candidates.seeds import Entry
    from curate.model.schema import EventSchema

_GIVEN: Final = ("first-m", "first-f", "kunya")
_FAMILY: Final = ("last", "nisba", "foreign", *_GIVEN)
_LONGEST_NAME: Final = 4
_LONGEST_QUOTED: Final = 2
_SHORTEST: Final = 4
_LIKE: Final = "ك"
"""A preposition that hardly ever follows a name."""
_JOINED: Final = ("ب", "ل", _LIKE)
_BARE: Final = "title-bare"
"""Rule of a title without name or complement, which only counts as a filler."""
_LATIN_GAPS: Final = frozenset({" ", ". ", "-", "'", "’"})
"""What may stand between the words of a name in Latin letters: `K. Ahmadi`, `O'Neill`."""


class People:
    """Finds titles and the names that go with them in one sentence."""

    __slots__ = ("_binding", "_held_back", "_misread", "_phrases", "_scan", "_schema")

    def __init__(
        self, scan: Scan, gazetteer: Gazetteer, schema: EventSchema, binding: str | None
    ) -> None:
        self._scan = scan
        self._phrases: Phrases = gazetteer.phrases
        self._held_back = gazetteer.held_back
        self._misread = gazetteer.misread
        self._schema = schema
        self._binding = binding
        """`TYPE` or `TYPE/subtype` of a person; None keeps names silent."""

    def hits(self, groups: list[Hit]) -> Iterator[Hit]:
        """Titles and person names; `groups` are the mentions already found."""
        by_first = {h.first: h for h in groups}
        for first in sorted(self._scan.found):
            for found in self._scan.found[first]:
                if found.entry.note.get("span") == "title":
                    yield from self._titled(found, by_first)
        if self._binding is not None:
            for first in sorted(self._scan.vocabulary):
                yield from self._known(first)
            yield from self._said()

    def _titled(self, found: Found, groups: dict[int, Hit]) -> Iterator[Hit]:
        """A title with its complement, and the name after it."""
        if found.entry.type not in self._schema.entity_types or self._misread(found):
            return
        last, extended = self._phrases.end_of_noun(found)
        if not extended and self._held_back(found):
            return
        name = self._name_after(last, groups)
        if name is not None and not found.entrance.definite and not extended:
            name = name if self._speaks_for_itself(name) else None
        loose = name is None and found.entry.note.get("alone") == "no"
        bare = loose or (name is None and not extended and found.first == found.last)
        if bare and not self._stands_alone(found):
            return
        yield self._title_hit(found, last, "title" if name else _BARE if bare else "title-alone")
        if name is not None and self._binding is not None:
            person = self._person(
                *name, "name-after-title", f"after {found.entry.form}", found.entry
            )
            yield replace(person, lead=(found.first, found.entrance.split.start))

    def _stands_alone(self, found: Found) -> bool:
        """Whether an indefinite title is governed by a verb, an event noun or a preposition."""
        at = found.first
        if found.entrance.definite or found.entrance.split.suffix or at in self._scan.verbs:
            return False
        if at == 0 or self._scan.reading.gaps[at] != " ":
            return False
        before = self._scan.reading.words[at - 1]
        governed = at - 1 in self._scan.verbs or at - 1 in self._scan.nominal_triggers
        return governed or "preposition" in before.tags

    def _title_hit(self, found: Found, last: int, rule: str) -> Hit:
        reading = self._scan.reading
        entry = found.entry
        subtypes = self._schema.entity_types[entry.type].subtypes
        start = reading.start_of(found.first, found.entrance.split.start)
        return Hit(
            found.first,
            last,
            Span(start, reading.end_of(last)),
            entry.type,
            entry.subtype if entry.subtype in subtypes else None,
            rule,
            f"seed list: {entry.form}",
            entry,
            found.entrance.definite,
        )

    def _name_after(self, last: int, groups: dict[int, Hit]) -> tuple[int, int] | None:
        """The name after a title: directly, in quotes, after a comma, or past `في X`."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        at = last + 1
        if at >= len(words):
            return None
        cues = self._scan.cues
        past = words[at].form in cues.past_title or words[at].form in cues.in_name_of
        group = (groups.get(at + 1) or groups.get(at + 2)) if past else None
        if group is not None and gaps[at] == " ":
            at = group.last + 1
        elif words[at].form in cues.in_name_of and at + 2 < len(words) and words[at + 1].definite:
            at = self._phrases.adjectives(at + 1, definite=True, nation=True) + 1
            if "،" not in gaps[at] and not self._is_family(at):
                return None
        at = self._past_adjectives(at)
        if at >= len(words) or not _parts_name(gaps[at]):
            return None
        if self._is_title(at):
            return self._name_after_titles(at, groups)
        latin = self._latin(at)
        if latin is not None:
            return at, latin
        return self._name_at(at, listed="،" in gaps[at])

    def _latin(self, at: int) -> int | None:
        """The last word of a name in Latin letters that begins at a word."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        last = at - 1
        for following in range(at, min(at + _LONGEST_NAME, len(words))):
            if not words[following].form[0].isascii() or words[following].form[0].isdecimal():
                break
            if following > at and gaps[following] not in _LATIN_GAPS:
                break
            last = following
        return last if last >= at else None

    def _past_adjectives(self, at: int) -> int:
        """Skip what only describes the office: definite words with a listed name after them."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        for name in range(at + 1, min(at + 3, len(words))):
            if not words[name - 1].definite or gaps[name] != " " or self._is_family(name - 1):
                return at
            if any(v.kind in (*_GIVEN, "foreign") for v in self._scan.vocabulary.get(name, ())):
                return name
        return at

    def _is_family(self, at: int) -> bool:
        return any(v.kind in _FAMILY and not v.cut for v in self._scan.vocabulary.get(at, ()))

    def _name_after_titles(self, at: int, groups: dict[int, Hit]) -> tuple[int, int] | None:
        """The name after a second title: `the spokesman of X, Colonel Y`."""
        for found in self._scan.found.get(at, ()):
            if found.entry.note.get("span") == "title" and not found.entrance.split.proclitics:
                last, _ = self._phrases.end_of_noun(found)
                if last + 1 < len(self._scan.reading.words) and not self._is_title(last + 1):
                    return self._name_after(last, groups)
        return None

    def _speaks_for_itself(self, name: tuple[int, int]) -> bool:
        """Whether a name holds up after an indefinite title: listed, or of two words."""
        vocabulary = self._scan.vocabulary.get(name[0], ())
        return name[1] > name[0] or any(v.kind in _FAMILY and not v.cut for v in vocabulary)

    def _is_title(self, at: int) -> bool:
        return any(
            f.entry.note.get("span") == "title" and not f.entrance.split.proclitics
            for f in self._scan.found.get(at, ())
        ) and not any(v.kind in _GIVEN for v in self._scan.vocabulary.get(at, ()))

    def _name_at(self, at: int, *, listed: bool) -> tuple[int, int] | None:
        """Read a person name; after a comma it needs a known given name or two words."""
        end = self._read_name(at)
        if end is None:
            return None
        known = any(v.kind in _FAMILY and not v.cut for v in self._scan.vocabulary.get(at, ()))
        if end == at and listed and not known:
            return None
        return at, end

    def _read_name(self, at: int, *, count: int = 0) -> int | None:
        """The last word of the name that begins at a word; `count` words of it came before."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        last = at - 1
        while last + 1 < len(words) and count < _LONGEST_NAME:
            following = last + 1
            if self._is_joined(following, count) or (
                count and gaps[following] not in (" ", "-", " - ")
            ):
                break
            if not self._name_word(following, first=count == 0):
                break
            last, count = self._compound(following), count + 1
            if last > following:
                continue
            if "name_part" in words[following].tags:
                if following + 1 < len(words) and gaps[following + 1] == " ":
                    last = following + 1
            elif count > 1 and words[following].definite:
                break
        return last if last >= at else None

    def _is_joined(self, at: int, count: int) -> bool:
        """Whether a word after two of a name looks as if it began something new."""
        form = self._scan.reading.words[at].form
        return count > 1 and not self._is_family(at) and _looks_joined(form)

    def _compound(self, at: int) -> int:
        """The last word of a listed name of several words that begins at a word."""
        known = self._scan.vocabulary.get(at, ())
        return max((v.last for v in known if v.kind in _FAMILY and not v.cut), default=at)

    def _name_word(self, at: int, *, first: bool) -> bool:
        """Whether a word may be part of a person name."""
        word = self._scan.reading.words[at]
        if "name_part" in word.tags and word.core == word.form:
            return True
        if any(v.kind in _FAMILY and not v.cut for v in self._scan.vocabulary.get(at, ())):
            return True
        if word.adjective_listed and (first or not word.definite):
            return False
        known = [f for f in self._scan.found.get(at, ()) if not f.entrance.split.proclitics]
        if known:
            return word.definite and not first and word.adjective is not None
        if word.form.startswith(_JOINED) and len(word.form) > _SHORTEST and first:
            return False
        if not first:
            return self._may_follow(at) and not (word.form[0] == "و" and _looks_joined(word.form))
        return self._phrases.may_be_name(at) or self._foreign(at)

    def _foreign(self, at: int) -> bool:
        """Whether two words that no list knows stand between a title and the end of a phrase."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        if at + 2 >= len(words) or gaps[at + 1] != " ":
            return False
        forms = (words[at].form, words[at + 1].form)
        if any(looks_verbal(form) for form in forms):
            return False
        return self._closes(at + 2) and self._may_follow(at) and self._may_follow(at + 1)

    def _closes(self, at: int) -> bool:
        """Whether a phrase ends before a word: at a sign, a function word, a verb."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        if at >= len(words) or gaps[at] != " ":
            return True
        return bool(words[at].tags) or at in self._scan.verbs or words[at].joined

    def _may_follow(self, at: int) -> bool:
        """Whether a word may be a second name: anything that nothing else explains."""
        word = self._scan.reading.words[at]
        joined = word.joined and not word.form.startswith(_LIKE)
        explained = at in self._scan.vocabulary or at in self._scan.verbs or joined
        alone = len(word.form) == 1 or word.form[0].isdecimal()
        return not word.tags and not explained and not alone

    def _known(self, first: int) -> Iterator[Hit]:
        """A known given name with another name after it, or a kunya."""
        for one in self._scan.vocabulary[first]:
            if one.kind not in _GIVEN:
                continue
            if one.kind == "kunya":
                further = self._read_name(one.last + 1) if self._follows(one.last) else None
                yield self._person(first, further or one.last, "kunya", "kunya", cut=one.cut)
                continue
            end = self._read_name(first) if not one.cut else self._rest(first)
            if end is not None and end > first and self._second_is_name(first):
                yield self._person(first, end, "given-name", "given name", cut=one.cut)

    def _rest(self, first: int) -> int | None:
        """The end of a name whose first word has proclitics."""
        return self._read_name(first + 1) if self._follows(first) else None

    def _follows(self, last: int) -> bool:
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        return last + 1 < len(words) and gaps[last + 1] == " "

    def _second_is_name(self, first: int) -> bool:
        """Whether the word after a given name speaks for a name: listed, or with the article."""
        word = self._scan.reading.words[first + 1]
        vocabulary = self._scan.vocabulary.get(first + 1, ())
        if any(v.kind in _FAMILY and not v.cut for v in vocabulary):
            return True
        if "name_part" in word.tags or (word.definite and word.adjective is None):
            return True
        return self._phrases.may_be_name(first + 1) and self._closes(first + 2)

    def _said(self) -> Iterator[Hit]:
        """A name that nothing else explains, directly after a verb of saying or `named`."""
        words, gaps = self._scan.reading.words, self._scan.reading.gaps
        for at in range(len(words) - 1):
            if "say_verb" in words[at].tags:
                quoted = self._phrases.quoted(at + 1)
                if quoted is not None and quoted - at <= _LONGEST_QUOTED:
                    named = range(at + 1, quoted + 1)
                    if all(self._is_family(i) or self._may_follow(i) for i in named):
                        yield self._person(at + 1, quoted, "name-quoted", "quoted after a verb")
                    continue
            if words[at].form in self._scan.cues.named or "quote_verb" in words[at].tags:
                name = self._name_at(at + 1, listed=True) if gaps[at + 1] == " " else None
                if name is not None and name[1] > name[0]:
                    yield self._person(*name, "name-after-verb", f"after {words[at].form}")

    def _person(
        self,
        first: int,
        last: int,
        rule: str,
        reason: str,
        entry: Entry | None = None,
        *,
        cut: int = 0,
    ) -> Hit:
        reading = self._scan.reading
        kind, _, subtype = (self._binding or "").partition("/")
        return Hit(
            first,
            last,
            Span(reading.start_of(first, cut), reading.end_of(last)),
            kind,
            subtype or None,
            rule,
            f"person: {reason}",
            entry,
        )


def _looks_joined(form: str) -> bool:
    """Whether an unknown word may begin with a conjunction or preposition."""
    return form.startswith(("و", "ف", *_JOINED)) and len(form) > _SHORTEST


def _parts_name(gap: str) -> bool:
    """What may stand between a title and the name: space, comma, opening quotation marks."""
    return bool(gap) and len(gap) <= 4 and all(c in " \u00a0،" or c in QUOTES for c in gap)
