"""Expressions of time: dates, parts of the day, periods, durations, with normalised values.

Values follow TIMEX3: `2018-04-20`, `2018-04-20TMO`, `2018-W16`, `P3D`,
`PAST_REF`. What is relative gets its value from the document's day; without
one only what is absolute gets a value.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.calendar import period
from curate.candidates.dates import Point, begins_point, point_at
from curate.candidates.numbers import Number, number_at
from curate.candidates.scan import bridges

if TYPE_CHECKING:
    from datetime import date

    from curate.candidates.scan import Scan, Vocabulary

_ARTICLE: Final = "ال"
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
_EVERY: Final = "كل"
_THIS: Final = frozenset({"هذا", "هذه"})
_AGO: Final = "قبل"
_OPENING_WORDS: Final = frozenset({_EVERY, _AGO, *_THIS})
_OPENING: Final = frozenset(
    {
        *("edge", "unit", "unit-dual", "bound", "ordinal", "vague", "fraction"),
        *("cardinal", "scale", "set", "now", "holiday"),
    }
)
"""Kinds of words that an expression of time may begin with, beside those of points in time."""


class Time(NamedTuple):
    """An expression of time over words `first` to `last`."""

    first: int
    last: int
    cut: int
    """Letters of proclitics before it."""
    value: str
    """Empty when it cannot be told."""
    meaning: str
    """`date`, `time`, `duration`, `relative` or `set`: a key of the bindings."""


def time_at(scan: Scan, at: int, day: date | None) -> Time | None:
    """The longest expression of time that begins at a word."""
    if not _may_open(scan, at):
        return _late(scan, at, day)
    found = [
        t
        for t in (
            _late(scan, at, day),
            _of_point(point_at(scan, at, day)),
            _period(scan, at, day),
            _this(scan, at, day),
            _clock(scan, at),
            _duration(scan, at),
            _set(scan, at),
            _now(scan, at),
        )
        if t is not None
    ]
    return max(found, key=lambda t: t.last, default=None)


def _may_open(scan: Scan, at: int) -> bool:
    """Whether a word can begin an expression of time that is no fixed phrase."""
    word = scan.reading.words[at]
    if word.core in _OPENING_WORDS or word.form == _ARTICLE or word.form[0].isdecimal():
        return True
    return any(v.kind in _OPENING for v in scan.vocabulary.get(at, ())) or begins_point(scan, at)


def _of_point(point: Point | None) -> Time | None:
    if point is None or not point.enough:
        return None
    return Time(point.first, point.last, point.cut, point.value(), point.meaning)


def _form(scan: Scan, at: int) -> str:
    return scan.reading.words[at].form if at < len(scan.reading.words) else ""


def _plain(scan: Scan, at: int, *kinds: str) -> Vocabulary | None:
    """A vocabulary word inside an expression: no proclitics, nothing but space before it."""
    if at >= len(scan.reading.words) or not bridges(scan.reading.gaps[at]):
        return None
    found = scan.word(at, *kinds)
    return found if found is not None and not found.cut else None


def _late(scan: Scan, at: int, day: date | None) -> Time | None:
    """Late at night, in the first hours of …."""
    words = scan.reading.words
    if at + 3 >= len(words):
        return None
    phrase = " ".join(w.form for w in words[at : at + 3])
    if phrase not in scan.cues.late:
        return None
    inner = _of_point(point_at(scan, at + 3, day))
    return None if inner is None else Time(at, inner.last, 0, inner.value, "time")


def _period(scan: Scan, at: int, day: date | None) -> Time | None:
    """The past week, the start of the month, the last 24 hours, the year 2015."""
    edge = scan.word(at, "edge")
    start = at if edge is None else edge.last + 1
    unit = scan.word(start, "unit", "unit-dual") if start < len(scan.reading.words) else None
    if unit is None:
        return _counted_period(scan, at)
    if edge is not None and (unit.cut or not bridges(scan.reading.gaps[start])):
        return None
    cut = unit.cut if edge is None else edge.cut
    return _with_shift(scan, (at, cut), edge, unit, day)


def _with_shift(
    scan: Scan,
    head: tuple[int, int],
    edge: Vocabulary | None,
    unit: Vocabulary,
    day: date | None,
) -> Time | None:
    first, cut = head
    last = unit.last
    definite = _stem(scan, unit).startswith(_ARTICLE)
    if unit.value == "PY" and _YEAR.fullmatch(_form(scan, last + 1)):
        return Time(first, last + 1, cut, _form(scan, last + 1), "date")
    count = _counter(scan, last + 1)
    after = last + 1 if count is None else count.last + 1
    few = _form(scan, after) in scan.cues.few
    shift = _plain(scan, after + few, "shift") if definite else None
    if shift is not None:
        value = _shifted(unit.value, int(shift.value), count, edge, day)
        return Time(first, shift.last, cut, value, "relative")
    if definite and few:
        return Time(first, after, cut, "", "relative")
    if edge is not None and definite:
        value = _shifted(unit.value, 0, None, edge, day)
        return Time(first, last, cut, value, "relative")
    return None


def _stem(scan: Scan, word: Vocabulary) -> str:
    return scan.reading.words[word.first].form[word.cut :] if not word.cut else _uncut(scan, word)


def _uncut(scan: Scan, word: Vocabulary) -> str:
    """The stem behind proclitics; after `لل` the article is restored."""
    form = scan.reading.words[word.first].form
    stem = form[word.cut :]
    doubled = stem.startswith("ل") and form[word.cut - 1] == "ل"
    return _ARTICLE + stem[1:] if doubled else stem


def _counter(scan: Scan, at: int) -> Number | None:
    """A number between a unit and its adjective, the article written apart (الـ 24)."""
    if at >= len(scan.reading.words):
        return None
    start = at + 1 if _form(scan, at) == _ARTICLE else at
    if start >= len(scan.reading.words):
        return None
    found = number_at(scan, start)
    definite = scan.word(start, "cardinal-definite")
    if found is None and definite is not None and not definite.cut:
        return Number(start, definite.last, 0, definite.value, "count")
    return found if found is not None and not found.cut and found.meaning == "count" else None


def _counted_period(scan: Scan, at: int) -> Time | None:
    """الـ 24 ساعة الماضية."""
    if _form(scan, at) != _ARTICLE:
        return None
    count = _counter(scan, at)
    unit = _plain(scan, count.last + 1, "unit") if count is not None else None
    if count is None or unit is None:
        return None
    shift = _plain(scan, unit.last + 1, "shift")
    if shift is None:
        return None
    return Time(at, shift.last, 0, _length(count.value, unit.value), "relative")


def _shifted(
    unit: str, shift: int, count: Number | None, edge: Vocabulary | None, day: date | None
) -> str:
    if count is not None:
        return _length(count.value, unit)
    if unit not in ("PD", "PW", "PM", "PY") or day is None:
        return {-1: "PAST_REF", 0: "PRESENT_REF", 1: "FUTURE_REF"}[shift]
    value = period(day, unit, shift)
    return value if edge is None else f"{value}-{edge.value}"


def _length(count: str, unit: str) -> str:
    """`P3D`, `PT72H`: a number and the ISO 8601 letters of a unit."""
    known = re.fullmatch(r"(PT?)(\d*)([A-Z])", unit)
    if known is None or known[3] == "X":
        return ""
    if known[2]:
        count = str(int(known[2]) * int(count)) if count.isdecimal() else count
    return f"{known[1]}{count}{known[3]}"


def _this(scan: Scan, at: int, day: date | None) -> Time | None:
    """The year or season that `this` points at."""
    if scan.reading.words[at].core not in _THIS:
        return None
    unit = _plain(scan, at + 1, "unit", "season")
    if unit is None or not _stem(scan, unit).startswith(_ARTICLE):
        return None
    cut = len(scan.reading.words[at].form) - len(scan.reading.words[at].core)
    value = _shifted(unit.value, 0, None, None, day) if unit.kind == "unit" else ""
    return Time(at, unit.last, cut, value, "relative")


def _clock(scan: Scan, at: int) -> Time | None:
    """At eight in the evening, at 10:40."""
    bound = scan.word(at, "bound")
    start = at if bound is None else bound.last + 1
    unit = scan.word(start, "unit") if start < len(scan.reading.words) else None
    hour = unit is not None and unit.value == "PTH" and _stem(scan, unit).startswith(_ARTICLE)
    cut = bound.cut if bound else unit.cut if unit and hour else 0
    number = start + 1 if hour else start
    found = _hour(scan, number)
    if found is None:
        return None
    value, last, ordinal_cut = found
    part = _plain(scan, last + 1, "daypart")
    if not hour and (part is None or (value.isdecimal() and not _is_ordinal(scan, number))):
        return None
    if not hour and bound is None:
        cut = ordinal_cut
    if _form(scan, last + 1) == "والنصف" and hour:
        last += 1
    end = last if part is None else part.last
    suffix = part.value if part is not None else ""
    return Time(at, end, cut, f"T{value}{suffix}", "time")


def _is_ordinal(scan: Scan, at: int) -> bool:
    return scan.word(at, "ordinal") is not None


def _hour(scan: Scan, at: int) -> tuple[str, int, int] | None:
    """The hour (and minutes) named at a word: value, last word, letters of proclitics."""
    words, gaps = scan.reading.words, scan.reading.gaps
    if at >= len(words):
        return None
    ordinal = scan.word(at, "ordinal")
    if ordinal is not None:
        return f"{int(ordinal.value):02d}", ordinal.last, ordinal.cut
    form = words[at].form
    if not form.isdecimal() or int(form) > 24:
        return None
    if at + 1 < len(words) and gaps[at + 1] == ":" and words[at + 1].form.isdecimal():
        return f"{int(form):02d}:{words[at + 1].form}", at + 1, 0
    return f"{int(form):02d}", at, 0


def _duration(scan: Scan, at: int) -> Time | None:
    """Three hours, two days, about a month, three days ago."""
    before = scan.reading.words[at - 1].core if at else ""
    if scan.reading.words[at].core == _AGO and at + 1 < len(scan.reading.words):
        inner = _lasting(scan, at + 1, after=_AGO)
        if inner is not None and _form(scan, inner.last + 1) != "من" and not inner.cut:
            cut = len(scan.reading.words[at].form) - len(_AGO)
            return Time(at, inner.last, cut, inner.value, "relative")
        return None
    return _lasting(scan, at, after=before)


def _lasting(scan: Scan, at: int, *, after: str) -> Time | None:
    number = number_at(scan, at)
    if number is not None:
        unit = _plain(scan, number.last + 1, "unit")
        dated = unit is not None and _YEAR.fullmatch(_form(scan, unit.last + 1))
        if unit is not None and unit.value.startswith("P") and not dated:
            return _rounded(scan, at, number.cut, _length(number.value, unit.value), unit.last)
    bound = scan.word(at, "bound", "fraction")
    if bound is not None:
        unit = _plain(scan, bound.last + 1, "unit-dual", "unit")
        if unit is not None and unit.value.startswith("P"):
            return Time(at, unit.last, bound.cut, bound.value + unit.value, "duration")
        return None
    dual = scan.word(at, "unit-dual")
    if dual is not None:
        return _rounded(scan, at, dual.cut, dual.value, dual.last)
    return _bare_unit(scan, at, after)


def _rounded(scan: Scan, at: int, cut: int, value: str, last: int) -> Time:
    """Add what may follow a duration: and a half; each day; long."""
    every = _set(scan, last + 1) if last + 1 < len(scan.reading.words) else None
    if every is not None and scan.reading.gaps[last + 1] == " ":
        return Time(at, every.last, cut, value, "set")
    if _form(scan, last + 1) == "ونصف" and scan.reading.gaps[last + 1] == " ":
        last += 1
        if _plain(scan, last + 1, "unit") is not None:
            last += 1
    return Time(at, last, cut, value, "duration")


def _bare_unit(scan: Scan, at: int, after: str) -> Time | None:
    """A week, months, long years: only where a word before says that something lasts."""
    unit = scan.word(at, "unit")
    if unit is None or not unit.value.startswith("P") or _stem(scan, unit).startswith(_ARTICLE):
        return None
    if _form(scan, unit.last + 1) == "ونصف" and scan.reading.gaps[unit.last + 1] == " ":
        return _rounded(scan, at, unit.cut, _length("1", unit.value), unit.last)
    adjective = _form(scan, unit.last + 1) in scan.cues.long
    lasting = after in scan.cues.lasting and not unit.cut
    if not lasting and not (adjective and unit.value != "PX"):
        return None
    if unit.value == "PX" and not adjective:
        return None
    last = unit.last + 1 if adjective else unit.last
    return Time(at, last, unit.cut, _length("1", unit.value), "duration")


def _set(scan: Scan, at: int) -> Time | None:
    """Each day, daily."""
    if scan.reading.words[at].core == _EVERY:
        unit = _plain(scan, at + 1, "unit", "daypart", "weekday")
        if unit is None:
            return None
        cut = len(scan.reading.words[at].form) - len(_EVERY)
        return Time(at, unit.last, cut, unit.value, "set")
    found = scan.word(at, "set")
    return None if found is None else Time(at, found.last, found.cut, found.value, "set")


def _now(scan: Scan, at: int) -> Time | None:
    found = scan.word(at, "now", "holiday")
    return None if found is None else Time(at, found.last, found.cut, found.value, "relative")
