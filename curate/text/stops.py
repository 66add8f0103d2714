"""Judge one stop: whether the sentence ends there, and which closing marks belong to it."""

from __future__ import annotations

import re

from curate.text.abbreviations import abbreviates, is_plain
from curate.text.beginnings import begins_anew, hangs_on
from curate.text.quotes import Quotes

INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Soft hyphen, zero-width and bidi signs, as the inside of a character class."""

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
"""Combining marks that may stray after a stop."""

STOPS = ".!?؟…۔‼⁇⁈⁉"
"""Every sign that may end a sentence, as the inside of a character class."""

_BLANK = " \t\xa0\u2000-\u200a\u202f\u205f\u3000"
_RUN = re.compile(
    rf"[{STOPS}](?:[{STOPS}{INVISIBLE}{MARKS}]"
    rf"|[{_BLANK}]{{1,3}}(?=[{STOPS}])(?!(?:\.\.+|…)\w))*+"
)
_CLOSER = re.compile(rf"[{_BLANK}]?([)\]}}»”’›\"'“″«„‟‹‘])[{INVISIBLE}{MARKS}]*+")
_GAP = re.compile(rf"[{_BLANK}{INVISIBLE}]*+")

_STRONG = frozenset("!?؟‼⁇⁈⁉")
_BRACKETS = frozenset(")]}")
_OPENERS = frozenset("([{«“„‹")
_AFTER_CLOSER = frozenset(".!?؟…۔،,؛;:)]}»”’›-–")
_GOES_ON = frozenset("،,؛;")
_LONGEST_PARENTHESIS = 240


class Stops:
    """Judges the stops of one text, from its start to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._quotes = Quotes(text)

    def begin_line(self, start: int) -> None:
        """Forget the quotation marks of the lines before."""
        self._quotes.begin(start)

    def judge(self, at: int, sentence: int, limit: int) -> tuple[int, int]:
        """Judge the stop at `at` in the sentence from `sentence` and the line up to `limit`.

        Returns where the sentence ends with its closing marks (-1 if it goes on), and how far the
        run of stops reaches, none of which needs judging again.
        """
        text = self._text
        if at + 2 < limit and at - sentence > 3:
            if is_plain(text, at):
                return at + 1, at + 1
            if text[at] == "." and text[at + 1].isdigit() and text[at - 1].isdigit():
                return -1, at + 1
        run = _RUN.match(text, at, limit)
        past = at + 1 if run is None else run.end()
        end = self._closed(past, limit)
        gap = _GAP.match(text, end, limit)
        after = end if gap is None else gap.end()
        if after >= limit:
            return limit, limit
        ends = self._ends(at, past, end, after, sentence, limit)
        return (end if ends else -1), max(past, end)

    def _closed(self, past: int, limit: int) -> int:
        """Where the closing marks after the stops end, further stops among them included."""
        text = self._text
        while past < limit:
            closer = _CLOSER.match(text, past, limit)
            if closer is None or not self._closes(closer, past, limit):
                break
            past = closer.end()
            more = _RUN.match(text, past, limit)
            past = past if more is None else more.end()
        return past

    def _closes(self, closer: re.Match[str], past: int, limit: int) -> bool:
        """Whether a mark after a stop closes something (else it opens what follows)."""
        sign, place, end = closer[1], closer.start(1), closer.end()
        if sign in _BRACKETS:
            return True
        following = self._text[end] if end < limit else ""
        apart = not following or following.isspace() or following in _AFTER_CLOSER
        glued = place == past
        if glued and apart and sign not in "«“„":
            return True
        if not glued and not apart:
            return False
        return not following or self._quotes.is_open(place)

    def _ends(self, at: int, past: int, end: int, after: int, sentence: int, limit: int) -> bool:
        """Whether the sentence ends at the stops `[at, past)` closed up to `end`."""
        text = self._text
        following = text[after]
        if following in _GOES_ON and (
            after == end or not text[after + 1 : min(after + 2, limit)].isalnum()
        ):
            return False
        if following == ":" and after == end:
            return False
        if end > past:
            if at > sentence and text[at - 1] in _OPENERS:
                return False
            if hangs_on(text, after, limit) or self._in_parenthesis(at, past, end, sentence):
                return False
        stops = text[at:past]
        if not _STRONG.isdisjoint(stops):
            return not (after == end and _in_address(text, at, after))
        if "…" in stops or stops.count(".") > 1:
            return self._ends_at_ellipsis(at, end, after, sentence, limit)
        return not abbreviates(text, at, after, sentence)

    def _in_parenthesis(self, at: int, past: int, end: int, sentence: int) -> bool:
        """Whether the stops stand in brackets that opened in the midst of the sentence."""
        text = self._text
        if text[end - 1] not in _BRACKETS or end - past > 2:
            return False
        low = max(sentence + 1, at - _LONGEST_PARENTHESIS)
        opened = max(text.rfind("(", low, at), text.rfind("[", low, at))
        closed = max(text.rfind(")", low, at), text.rfind("]", low, at))
        return opened > closed

    def _ends_at_ellipsis(self, at: int, end: int, after: int, sentence: int, limit: int) -> bool:
        """Whether dots end a sentence: only after a clause and before a plain new beginning."""
        text = self._text
        clause = text[max(sentence, at - 48) : at].rstrip()
        cut = max(clause.rfind(".."), clause.rfind("…"))
        if len(clause[cut + 1 :].split()) < 4:
            return False
        if text[after] in '«“"”' and after > end:
            return True
        ahead = text[after : min(limit, after + 24)]
        dots = ahead.find("..")
        if dots >= 0 and len(ahead[:dots].split()) < 3:
            return False
        return begins_anew(text, after, limit)


def _in_address(text: str, at: int, after: int) -> bool:
    """Whether a `?` or `!` stands between signs of an address such as `watch?v=1`."""
    before, following = text[at - 1 : at], text[after]
    return before.isascii() and before.isalnum() and following.isascii() and following.isalnum()
