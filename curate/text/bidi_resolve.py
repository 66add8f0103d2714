"""UAX #9, second half: weak types, paired brackets, neutrals and implicit levels (W1–I2)."""

from __future__ import annotations

import re
from typing import Final

from curate.text.bidi_data import BRACKETS

MAX_OPEN_BRACKETS: Final = 63
"""How deep paired brackets are followed (BD16)."""


def _bracket_tables() -> tuple[dict[str, str], dict[str, str]]:
    """Opening bracket → its closing one, closing bracket → itself, both in canonical form."""
    opening: dict[str, str] = {}
    closing: dict[str, str] = {}
    for entry in BRACKETS.split("; "):
        first, last, *canonical = (chr(int(point, 16)) for point in entry.split())
        opening[first] = closing[last] = canonical[0] if canonical else last
    return opening, closing


_OPENING, _CLOSING = _bracket_tables()
_BRACKETS = frozenset(_OPENING) | frozenset(_CLOSING)

_MARKS = re.compile("M+")
_AFTER_ARABIC = re.compile("A[^LRAE]*+E[^LRA]*")
_EUROPEAN_SEPARATOR = re.compile("(?<=E)[PC](?=E)")
_ARABIC_SEPARATOR = re.compile("(?<=N)C(?=N)")
_TERMINATORS = re.compile("T+")
_AFTER_LEFT = re.compile("L[^LRE]*+E[^LR]*")
_BEFORE_STRONG = re.compile("[^LR]*")
_NEUTRALS = re.compile("O+")
_WEAK = re.compile("[MENA]")
_TO_NEUTRAL = str.maketrans("BSWPTCfghi", "OOOOOOOOOO")
_STRONG_OF = {"L": "L", "R": "R", "E": "R", "N": "R"}
_IMPLICIT = [
    str.maketrans(
        {
            "L": chr(level + (level & 1)),
            "R": chr(level + 1 - (level & 1)),
            "E": chr(level + 2 - (level & 1)),
            "N": chr(level + 2 - (level & 1)),
        }
    )
    for level in range(126)
]


def resolve(classes: str, characters: str, level: int, start: str, end: str) -> bytes:
    """The level of each code point of one isolating run sequence.

    `start` and `end` are the directions around it (sos and eos); X9 has taken out what it does.
    """
    settled = _weak(classes, start) if _WEAK.search(classes) else classes
    settled = settled.translate(_TO_NEUTRAL)
    embedding = "R" if level & 1 else "L"
    if not _BRACKETS.isdisjoint(characters):
        settled = _paired_brackets(settled, classes, characters, start, embedding)
    settled = _neutrals(settled, start, end, embedding)
    return settled.translate(_IMPLICIT[level]).encode("latin-1")


def _weak(classes: str, start: str) -> str:
    """W1–W7, where W6 comes last."""
    if "M" in classes:
        classes = _marks(classes, start)
    if "A" in classes:
        if "E" in classes:
            classes = _AFTER_ARABIC.sub(_european_to_arabic, classes)
        classes = classes.replace("A", "R")
    if "C" in classes or "P" in classes:
        classes = _EUROPEAN_SEPARATOR.sub("E", classes)
        classes = _ARABIC_SEPARATOR.sub("N", classes)
    if "T" in classes:
        classes = _terminators(classes)
    if "E" in classes:
        if start == "L":
            classes = _BEFORE_STRONG.sub(_european_to_left, classes, count=1)
        if "L" in classes:
            classes = _AFTER_LEFT.sub(_european_to_left, classes)
    return classes


def _european_to_left(run: re.Match[str]) -> str:
    return run[0].replace("E", "L")


def _european_to_arabic(run: re.Match[str]) -> str:
    return run[0].replace("E", "N")


def _marks(classes: str, start: str) -> str:
    """W1: marks take the class of what they stand on."""

    def settle(marks: re.Match[str]) -> str:
        at = marks.start()
        on = classes[at - 1] if at else start
        return ("O" if on in "fghi" else on) * (marks.end() - at)

    return _MARKS.sub(settle, classes)


def _terminators(classes: str) -> str:
    """W5: terminators beside a European number become part of it."""

    def settle(run: re.Match[str]) -> str:
        first, last = run.span()
        beside = classes[max(0, first - 1) : first] + classes[last : last + 1]
        return "E" * (last - first) if "E" in beside else run[0]

    return _TERMINATORS.sub(settle, classes)


def _neutrals(classes: str, start: str, end: str, embedding: str) -> str:
    """N1, N2: neutrals go with what is on both sides, or else with the embedding."""
    classes = classes.replace("ROR", "RRR").replace("LOL", "LLL")  # nearly all there is
    length = len(classes)

    def settle(run: re.Match[str]) -> str:
        first, last = run.span()
        before = start if first == 0 else _STRONG_OF[classes[first - 1]]
        after = end if last == length else _STRONG_OF[classes[last]]
        return (before if before == after else embedding) * (last - first)

    return _NEUTRALS.sub(settle, classes)


def _bracket_pairs(classes: str, characters: str) -> list[tuple[int, int]]:
    """BD16: positions of opening and closing brackets that belong together, in order."""
    opened: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for i, character in enumerate(characters):
        if character not in _BRACKETS or classes[i] != "O":
            continue
        if character in _OPENING:
            if len(opened) == MAX_OPEN_BRACKETS:
                return []
            opened.append((_OPENING[character], i))
            continue
        closing = _CLOSING[character]
        for k in range(len(opened) - 1, -1, -1):
            if opened[k][0] == closing:
                pairs.append((opened[k][1], i))
                del opened[k:]
                break
    return sorted(pairs)


def _paired_brackets(
    classes: str, original: str, characters: str, start: str, embedding: str
) -> str:
    """N0: brackets take the direction of what they enclose, or of what is before them."""
    settled = list(classes)
    for opening, closing in _bracket_pairs(classes, characters):
        inside = {_STRONG_OF[c] for c in set(classes[opening + 1 : closing]) & _STRONG_OF.keys()}
        if not inside:
            continue
        direction = embedding
        if embedding not in inside:
            direction = _strong_before(settled, opening, start)
        for bracket in (opening, closing):
            settled[bracket] = direction
            for i in range(bracket + 1, len(original)):
                if original[i] != "M":
                    break
                settled[i] = direction
    return "".join(settled)


def _strong_before(classes: list[str], position: int, start: str) -> str:
    for i in range(position - 1, -1, -1):
        if classes[i] in _STRONG_OF:
            return _STRONG_OF[classes[i]]
    return start
