"""Numbers in digits and words, vague counts, ranges and measures, with their values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.scan import bridges

if TYPE_CHECKING:
    from curate.candidates.scan import Scan, Vocabulary

_DIGITS: Final = re.compile(r"\d+(?:[.,\u066b\u066c]\d+)*")
_RANGE_GAPS: Final = frozenset({"-", "–", " - ", " – ", "—", " — "})
_PERCENT_GAPS: Final = ("%", "٪", " %", " ٪")
_LIST_MARKS: Final = frozenset({"-", "–", ".", ")", "-)"})
_AND: Final = ("و",)
_THOUSAND: Final = 1000


class Number(NamedTuple):
    """A quantity over words `first` to `last`."""

    first: int
    last: int
    cut: int
    """Letters of proclitics before it."""
    value: str
    """`20`, `>20`, `~60`, `20-99`, `14.5`, with a unit after a space: `60 km`."""
    meaning: str
    """`count`, `approx`, `measure`, `money`, `percent`: a key of the bindings."""
    tail: int = 0
    """Characters after the last word that belong to it (a percent sign)."""


class _Part(NamedTuple):
    last: int
    cut: int
    value: str
    vague: bool


def number_at(scan: Scan, at: int) -> Number | None:
    """The longest quantity that begins at a word, bounds and unit included."""
    bound = scan.word(at, "bound")
    if bound is not None:
        inner = _core(scan, bound.last + 1) if bound.last + 1 < len(scan.reading.words) else None
        if inner is None or inner.cut:
            return None
        return _finished(scan, at, bound.cut, inner, bound.value)
    if at == 0 and scan.reading.gaps[1].strip() in _LIST_MARKS:
        return None
    core = _core(scan, at)
    return None if core is None else _finished(scan, at, core.cut, core, "")


def _finished(scan: Scan, first: int, cut: int, core: _Part, bound: str) -> Number:
    """Add what follows the core: a second bound, a unit, a percent sign."""
    last = core.last
    value = bound + core.value if not core.vague else core.value
    meaning = "approx" if bound or core.vague else "count"
    after = scan.reading.gaps[last + 1]
    unit = _next(scan, last, "unit", "money", "percent", "times")
    if after.startswith(_PERCENT_GAPS):
        return Number(first, last, cut, f"{value} %", "percent", 1 + after.startswith(" "))
    if unit is not None and not _is_time(unit):
        last = unit.last
        if unit.kind != "times":
            meaning = "measure" if unit.kind == "unit" else unit.kind
            value = f"{value} {unit.value}"
    closing = _next(scan, last, "bound-after")
    if closing is not None:
        return Number(first, closing.last, cut, closing.value + value, "approx")
    return Number(first, last, cut, value, meaning)


def _is_time(unit: Vocabulary) -> bool:
    """Whether a unit measures time, as ISO 8601 periods tell."""
    return unit.value.startswith("P")


def _next(scan: Scan, last: int, *kinds: str) -> Vocabulary | None:
    """A vocabulary word directly after a word, without proclitics."""
    at = last + 1
    if at >= len(scan.reading.words) or not bridges(scan.reading.gaps[at]):
        return None
    found = scan.word(at, *kinds)
    return found if found is not None and not found.cut else None


def _core(scan: Scan, at: int) -> _Part | None:
    """A number without bound and unit."""
    if _DIGITS.fullmatch(scan.reading.words[at].form):
        return _digits(scan, at)
    vague = scan.word(at, "vague")
    if vague is not None:
        return _Part(vague.last, vague.cut, vague.value, vague=True)
    fraction = scan.word(at, "fraction")
    if fraction is not None:
        scale = _next(scan, fraction.last, "scale")
        if scale is None:
            return None
        value = int(float(fraction.value) * int(scale.value))
        return _Part(scale.last, fraction.cut, str(value), vague=True)
    return _words(scan, at)


def _digits(scan: Scan, at: int) -> _Part:
    form = scan.reading.words[at].form.replace("\u066b", ".").replace("\u066c", "")
    value = form.replace(",", "") if re.fullmatch(r"\d{1,3}(,\d{3})+", form) else form
    last = at
    gaps, words = scan.reading.gaps, scan.reading.words
    ranged = last + 2 < len(gaps) and gaps[last + 1] in _RANGE_GAPS
    if ranged and _DIGITS.fullmatch(words[last + 1].form):
        return _Part(last + 1, 0, f"{value}-{words[last + 1].form}", vague=True)
    scale = _next(scan, last, "scale")
    if scale is not None:
        last = scale.last
        value = _times(value, scale.value)
    half = _and(scan, last, "fraction")
    if scale is not None and half is not None:
        value = str(int(float(value) + float(half.value) * int(scale.value)))
        last = half.last
    return _Part(last, 0, value, vague=False)


def _times(value: str, scale: str) -> str:
    return str(round(float(value.replace(",", ".")) * int(scale)))


def _and(scan: Scan, last: int, *kinds: str) -> Vocabulary | None:
    """A vocabulary word joined by و directly after a word."""
    at = last + 1
    if at >= len(scan.reading.words) or scan.reading.gaps[at] != " ":
        return None
    found = scan.word(at, *kinds)
    return found if found is not None and found.proclitics == _AND else None


def _words(scan: Scan, at: int) -> _Part | None:
    """A number written out; a lone form of `one` is no count."""
    head = scan.word(at, "cardinal", "scale")
    if head is None:
        return None
    total, part, last = 0, 0, at - 1
    count = 0
    one: Vocabulary | None = head
    while one is not None:
        value, last, count = int(one.value), one.last, count + 1
        if one.kind == "scale" and one.value[0] == "1":
            total += max(part, 1) * value
            part = 0
        elif one.kind == "scale":
            total += value
        else:
            part += value
        one = _next(scan, last, "scale") if part else None
        one = one or _and(scan, last, "cardinal", "scale")
    if count == 1 and total + part == 1:
        return None
    return _Part(last, head.cut, str(total + part), vague=False)
