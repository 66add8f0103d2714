"""Judge one stop: whether the sentence ends there, and which closing marks belong to it."""

from __future__ import annotations

import re

INVISIBLE = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Soft hyphen, zero-width and bidi signs, as the inside of a character class."""

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
"""Combining marks that may stand on a letter or stray after a stop."""

_RUN = re.compile(
    rf"[.!?؟…۔‼⁇⁈⁉](?:[.!?؟…۔‼⁇⁈⁉{INVISIBLE}{MARKS}]|[ \t\xa0]{{1,3}}(?=[.!?؟…۔‼⁇⁈⁉]))*+"
)
_CLOSERS = re.compile(
    rf"(?:[ \t\xa0]?[)\]}}»”’›\"'“″](?=[\s)\]}}»”’›\"'“.!?؟،,؛;:{INVISIBLE}]|\Z)[{INVISIBLE}{MARKS}]*+"
    rf"|[)\]}}»”’›][{INVISIBLE}{MARKS}]*+)*+"
)
_GAP = re.compile(r"[ \t\xa0\u2000-\u200a\u202f\u3000]*+")
_STRONG = frozenset("!?؟‼⁇⁈⁉")
_CONTINUES = frozenset("،,؛;:")
_LATIN_ABBREVIATIONS = frozenset(
    "mr mrs ms dr st prof gen col sgt lt capt maj no vs vol pp fig inc ltd co corp jr sr".split()
)
_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"


def cut_after(text: str, at: int, sentence: int) -> tuple[int, int]:
    """Judge the stop at `at` in the sentence that began at `sentence`.

    Returns where the sentence ends (closing marks included; -1 if it goes on) and up to where the
    run of stops reaches, so that none of its stops is judged twice.
    """
    run = _RUN.match(text, at)
    past = at + 1 if run is None else run.end()
    closers = _CLOSERS.match(text, past)
    end = past if closers is None else closers.end()
    gap = _GAP.match(text, end)
    after = end if gap is None else gap.end()
    following = text[after : after + 1]
    if not following or following in _LINE_ENDS:
        return end, max(end, past)
    if following in _CONTINUES:
        return -1, past
    stops = text[at:past]
    glued = after == end
    if end > past and at > sentence and text[at - 1] in "([{":
        return -1, past
    if any(stop in _STRONG for stop in stops):
        if glued and _latin(text[at - 1 : at]) and _latin(following):
            return -1, past
        return end, end
    if stops.count(".") > 1 or "…" in stops:
        return -1, past
    if _abbreviates(text, at, after, sentence, glued=glued):
        return -1, past
    return end, end


def _latin(sign: str) -> bool:
    return sign != "" and sign < "\x80" and not sign.isspace()


def _abbreviates(text: str, at: int, after: int, sentence: int, *, glued: bool) -> bool:
    """Whether a single full stop belongs to a number, an initial, an abbreviation or a name."""
    before, following = text[at - 1 : at] if at > sentence else "", text[after]
    if not before or before.isspace():
        return glued and _latin(following) and following.isalnum()
    if glued and before.isdigit() and following.isdigit():
        return True
    if glued and _latin(before) and _latin(following) and following.isalnum():
        return True
    word = re.split(r"[\s(\[«»“”\"'.]", text[max(sentence, at - 20) : at])[-1]
    word = word.strip("ـ")
    if word.isdigit():
        return at - len(word) == sentence and len(word) < 4
    if len(word) == 1:
        return True
    return word.lower() in _LATIN_ABBREVIATIONS
