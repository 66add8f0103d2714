"""Noun phrases: how far a noun from the seed lists reaches to the right.

Into a span belong the noun's classifying adjectives and, where its entry says
so, a complement: a name, a definite noun, a quoted name, `ل` with a definite
noun. Heads that only announce a name (town, quarter) stay outside.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from curate.candidates.rules import Adjective
from curate.candidates.scan import QUOTES
from curate.candidates.seeds import Kind

if TYPE_CHECKING:
    from curate.candidates.lexicon import Word
    from curate.candidates.scan import Found, Scan

_ANY: Final = "*"
_NOUN: Final = "noun"
_AND: Final = "و"
_LAM: Final = "ل"
_DOUBLE_LAM: Final = "لل"
_DASHES: Final = frozenset({" - ", " – ", " -", "-", "–"})
_LATIN: Final = re.compile(r"[A-Za-z]+")
_LONGEST_QUOTE: Final = 5
_SHORTEST_NAME: Final = 3
_CLOSED: Final = ("ون", "ين", "ان")
"""Endings with ن, which a complement would take off."""
_JOINED: Final = ("ب", "ل", "ك", "و", "ف")
_TENTH: Final = "است"
"""How verbs of the tenth form begin."""
_LONG: Final = 4
_VERBAL: Final = re.compile(r"(?:[يتن]|سي|ست).{2,}|.{2,}(?:ته|تها|تهم|تهما|وا|نا)|.{3,}ت")
"""What an unknown word looks like when it is rather a verb than a name."""


def looks_verbal(form: str) -> bool:
    """Whether a word that no list knows is rather a verb, or has a pronoun, than a name."""
    return bool(_VERBAL.fullmatch(form)) or (form.startswith(_TENTH) and len(form) > _LONG)


class Phrases:
    """Reads noun phrases off a scan."""

    __slots__ = ("_gaps", "_scan", "_words", "verbs")

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._words = scan.reading.words
        self._gaps = scan.reading.gaps
        self.verbs = scan.verbs

    def end_of_noun(self, found: Found) -> tuple[int, bool]:
        """Where a noun phrase ends, and whether the noun got a complement or adjective."""
        entry, last = found.entry, found.last
        definite = found.entrance.definite or self._words[last].definite
        mode = entry.note.get("span", "noun")
        nation = entry.note.get("nation") != "out"
        office = mode in ("title", "people")
        further = self.adjectives(last, definite=definite, nation=nation, office=office)
        if mode in ("inside", "title", "people") and further == last:
            suffixed = bool(found.entrance.split.suffix)
            inner = None if suffixed else self.complement(last, found, definite=definite)
            if inner is not None:
                last = inner
                further = self.adjectives(inner, definite=True, nation=nation)
        lam = entry.note.get("lam")
        if lam == "all" or (lam == "yes" and not definite):
            further = self._lam(further, definite=lam == "all")
        if entry.note.get("model") == "yes":
            further = self._model(further)
        return further, further > found.first

    def adjectives(self, last: int, *, definite: bool, nation: bool, office: bool = False) -> int:
        """The last of the classifying adjectives that follow a noun and agree with it."""
        while last + 1 < len(self._words) and self._gaps[last + 1] == " ":
            word = self._words[last + 1]
            if definite and word.definite and self._scan.word(last + 1, "ordinal") is not None:
                last += 1
                continue
            kind = word.adjective
            if kind is None or kind is Adjective.DESCRIPTIVE or word.definite != definite:
                break
            if kind is Adjective.OFFICE and not office:
                break
            if (kind is Adjective.NATION and not nation) or (last + 1) in self.verbs:
                break
            if word.joined or (
                (last + 1) in self._scan.vocabulary and kind is not Adjective.NATION
            ):
                break
            last += 1
        return last

    def complement(self, last: int, found: Found, *, definite: bool) -> int | None:
        """Where the complement ends that follows a noun directly; None without one."""
        at = last + 1
        if at >= len(self._words) or definite:
            return None
        if self._words[last].nunated or self._words[last].form.endswith(_CLOSED):
            return None
        allowed = found.entry.note.get("with", "").split(",")
        quoted = self.quoted(at)
        if quoted is not None and (_ANY in allowed or self._quoted_type(at) in allowed):
            return None if found.entry.note.get("quoted") == "out" else quoted
        if self._gaps[at] != " ":
            return None
        named = self._named(at, allowed)
        if named is not None:
            return self._endpoint(named)
        word = self._words[at]
        if word.definite and not word.tags and (_NOUN in allowed or _ANY in allowed):
            return self.adjectives(at, definite=True, nation=True)
        if _ANY in allowed:
            end = self._construct(at)
            return None if end is None else self._endpoint(end)
        return None

    def _endpoint(self, last: int) -> int:
        """Take in the other end of a road: `Homs – Hama`."""
        at = last + 1
        if at >= len(self._words) or self._gaps[at] not in _DASHES:
            return last
        ends = [f.last for f in self._scan.found.get(at, ()) if f.entry.kind is Kind.NAME]
        if ends:
            return max(ends)
        word = self._words[at]
        return last if word.tags or word.joined or at in self.verbs else at

    def _quoted_type(self, at: int) -> str:
        return next((f.entry.type for f in self._scan.found.get(at, ())), "")

    def _named(self, at: int, allowed: list[str]) -> int | None:
        """The end of a name or noun of the lists at a word, if its type may follow."""
        best: int | None = None
        for found in self._scan.found.get(at, ()):
            if found.entrance.split.proclitics:
                continue
            if _ANY not in allowed and found.entry.type not in allowed:
                continue
            if found.entry.kind is Kind.NAME:
                end: int | None = found.last
            elif found.entry.kind is Kind.HEAD and not found.entrance.definite:
                end = self._headed(found.last + 1)
            elif found.entrance.definite or found.entry.kind is Kind.NOUN:
                end = self.end_of_noun(found)[0]
            else:
                continue
            if end is not None:
                best = end if best is None else max(best, end)
        return best

    def _headed(self, at: int) -> int | None:
        """The end of the name that a head inside the phrase announces."""
        if at >= len(self._words) or self._gaps[at] != " ":
            return None
        ends = [f.last for f in self._scan.found.get(at, ()) if f.entry.kind is Kind.NAME]
        if ends:
            return max(ends)
        return at if self.may_be_name(at) else None

    def _construct(self, at: int) -> int | None:
        """A name that is in no list, or an indefinite noun with a definite one after it."""
        if "place_part" in self._words[at].tags and not self._words[at].joined:
            following = at + 1
            near = following < len(self._words) and self._gaps[following] == " "
            return following if near and not self._words[following].tags else None
        if not self.may_be_name(at) or self._words[at].form.startswith(_JOINED):
            return None
        following = at + 1
        if following < len(self._words) and self._gaps[following] == " ":
            word = self._words[following]
            if word.definite and word.adjective is None and following not in self.verbs:
                return self.adjectives(following, definite=True, nation=True)
        return at

    def may_be_name(self, at: int) -> bool:
        """Whether a word that no list explains could be a proper name."""
        word = self._words[at]
        if word.tags or word.joined or at in self.verbs or len(word.form) < _SHORTEST_NAME:
            return False
        if word.adjective is not None and not word.definite:
            return False
        if at in self._scan.nominal_triggers:
            return False
        if self._explained(at, word):
            return False
        return word.definite or not _VERBAL.fullmatch(word.form)

    def _explained(self, at: int, word: Word) -> bool:
        """Whether the word is vocabulary, a noun of the lists or a number."""
        if word.form[0].isascii() or at in self._scan.vocabulary:
            vocabulary = self._scan.vocabulary.get(at, ())
            return not any(v.entry.note.get("name") for v in vocabulary) or word.form[0].isascii()
        return any(
            not f.entrance.split.proclitics and f.entry.kind is not Kind.NAME
            for f in self._scan.found.get(at, ())
        )

    def quoted(self, at: int) -> int | None:
        """The last word of a short quotation that opens before a word."""
        opening = self._gaps[at]
        if not opening.startswith(" ") or QUOTES.isdisjoint(opening):
            return None
        if len(opening.strip()) > 1:
            return None
        for last in range(at, min(at + _LONGEST_QUOTE, len(self._words))):
            gap = self._gaps[last + 1]
            if not QUOTES.isdisjoint(gap):
                stray = last > at and self._words[last].form == _AND
                return last - 1 if stray else last
            if gap.strip():
                return None
        return None

    def _lam(self, last: int, *, definite: bool) -> int:
        """Take in `ل` with a definite noun: for human rights, of the federal police."""
        at = last + 1
        if at >= len(self._words) or self._gaps[at] != " ":
            return last
        form = self._words[at].form
        if form.startswith(_DOUBLE_LAM) and len(form) > _SHORTEST_NAME + 1:
            return self.adjectives(at, definite=True, nation=True)
        following = at + 1
        if definite and form.startswith(_LAM) and following < len(self._words):
            word = self._words[following]
            about = form.removeprefix(_LAM) in self._scan.cues.concerns
            if about and word.definite and not word.tags and self._gaps[following] == " ":
                return self.adjectives(following, definite=True, nation=True)
        return last

    def _model(self, last: int) -> int:
        """Take in a model: Latin letters and figures, a quoted name, a calibre."""
        words, gaps = self._words, self._gaps
        at = last + 1
        if at < len(words) and gaps[at] == " " and _LATIN.fullmatch(words[at].form):
            last = at
            while (
                last + 1 < len(words)
                and gaps[last + 1] in ("-", " ", "")
                and (words[last + 1].form[0].isascii())
            ):
                last += 1
        quoted = self.quoted(last + 1) if last + 1 < len(words) else None
        if quoted is not None:
            last = quoted
        return self._calibre(last)

    def _calibre(self, last: int) -> int:
        words, gaps = self._words, self._gaps
        at = last + 1
        if at + 1 < len(words) and gaps[at] == " " and words[at].form == "من":
            at += 1
        calibre = self._scan.word(at, "calibre") if at < len(words) else None
        if calibre is None or at + 1 >= len(words) or gaps[at] != " ":
            return last
        if not words[at + 1].form[0].isdecimal():
            return last
        unit = self._scan.word(at + 2, "unit") if at + 2 < len(words) else None
        return unit.last if unit is not None and gaps[at + 2] == " " else at + 1
