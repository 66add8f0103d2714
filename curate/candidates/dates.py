"""Points in time: days by date, weekday or reference, with the part of the day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from curate.candidates.calendar import day_of, hijri_to_gregorian, year_of
from curate.candidates.scan import Vocabulary, bridges

if TYPE_CHECKING:
    from collections.abc import Callable

    from curate.candidates.scan import Scan

_YEAR: Final = re.compile(r"(?:1[3-9]|20)\d\d")
_NUMERIC: Final = re.compile(r"\d{1,4}")
_MONTHS: Final = ("month-levantine", "month-gregorian", "month-maghreb", "month-hijri")
_SECOND_NAME: Final = frozenset({" (", "/", " / ", " - ", "(", " («", " ["})
_CLOSING: Final = (")", "]", "»)")
_DAY_WORDS: Final = frozenset({"يوم", "يومي"})
_MONTH_WORDS: Final = frozenset({"شهر", "شهري"})
_OF: Final = "من"
_THIS: Final = frozenset({"هذا", "العام"})
_SHORTEST_ALONE: Final = 4
_OPENING: Final = frozenset({"daypart", "day-reference", "weekday", "edge", "ordinal", *_MONTHS})
"""Kinds of words that a point in time may begin with."""


@dataclass(slots=True)
class Point:
    """A point in time as far as it was read."""

    first: int
    last: int
    cut: int
    today: date | None
    part: Vocabulary | None = None
    bare_part: bool = False
    """Whether the part of the day stands in a form that needs a day after it."""
    reference: int | None = None
    weekday: str | None = None
    day: int | None = None
    month: str | None = None
    month_alone: bool = False
    year: int | None = None
    shift: int | None = None
    edge: Vocabulary | None = None
    numeric: date | None = None

    @property
    def has_day(self) -> bool:
        """Whether a day or a month is named."""
        named = (self.reference, self.weekday, self.month, self.numeric)
        return any(x is not None for x in named)

    @property
    def enough(self) -> bool:
        """Whether what was read is a point in time by itself."""
        if self.month is not None and not self.month_alone:
            sure = (self.day, self.year, self.shift, self.weekday, self.edge)
            return any(x is not None for x in sure)
        return self.has_day or (self.part is not None and not self.bare_part)

    @property
    def meaning(self) -> str:
        """`time` with a part of the day, `relative` from today, else `date`."""
        if self.part is not None:
            return "time"
        relative = self.reference is not None or (self.shift is not None and self.day is None)
        return "relative" if relative else "date"

    def value(self) -> str:
        """The TIMEX3 value; empty when it cannot be told."""
        day = self._calendar_day()
        if day is None:
            return self._month_value()
        return day + (self.part.value if self.part is not None else "")

    def _calendar_day(self) -> str | None:
        if self.numeric is not None:
            return self.numeric.isoformat()
        if self.day is not None and self.month is not None:
            return self._full_date()
        if self.today is None:
            return None
        if self.reference is not None:
            return (self.today + timedelta(days=self.reference)).isoformat()
        if self.weekday is not None:
            return day_of(self.today, self.weekday, self.shift or 0).isoformat()
        return None

    def _full_date(self) -> str | None:
        if self.month is None or self.day is None:
            return None
        if self.month.startswith("H"):
            if self.year is None:
                return None
            return hijri_to_gregorian(self.year, int(self.month[1:]), self.day).isoformat()
        year = self._gregorian_year(int(self.month))
        return None if year is None else f"{year:04d}-{self.month}-{self.day:02d}"

    def _gregorian_year(self, month: int) -> int | None:
        if self.year is not None:
            return self.year
        return None if self.today is None else year_of(self.today, month, self.shift or 0)

    def _month_value(self) -> str:
        if self.month is None or self.month.startswith("H"):
            return self.part.value if self.part is not None and not self.has_day else ""
        year = self._gregorian_year(int(self.month))
        value = f"XXXX-{self.month}" if year is None else f"{year:04d}-{self.month}"
        return value if self.edge is None else f"{value}-{self.edge.value}"


def point_at(scan: Scan, at: int, today: date | None) -> Point | None:
    """Read as much of a point in time as begins at a word; None when nothing does."""
    if not begins_point(scan, at):
        return None
    point = Point(at, at - 1, 0, today)
    moved = True
    while moved and point.last + 1 < len(scan.reading.words):
        if point.last >= point.first and not bridges(scan.reading.gaps[point.last + 1]):
            break
        moved = any(take(scan, point) for take in _STEPS)
    return point if point.last >= point.first else None


def begins_point(scan: Scan, at: int) -> bool:
    """Whether a point in time can begin at a word at all; of most words it is soon told."""
    if at < len(scan.reading.words):
        form = scan.reading.words[at].form
        if form in _DAY_WORDS or form in _MONTH_WORDS or form.isdecimal():
            return True
    return any(v.kind in _OPENING for v in scan.vocabulary.get(at, ()))


def _take(point: Point, word: Vocabulary) -> bool:
    """Move past a word; proclitics are allowed before the first one only."""
    if word.cut and point.last >= point.first:
        return False
    if point.last < point.first:
        point.cut = word.cut
    point.last = word.last
    return True


def _numeric(scan: Scan, point: Point) -> bool:
    """A date in figures: 19/8/2019, 2019-08-19."""
    at = point.last + 1
    words, gaps = scan.reading.words, scan.reading.gaps
    if at + 2 >= len(words) or not _NUMERIC.fullmatch(words[at].form):
        return False
    if gaps[at + 1] not in ("/", "-", ".") or gaps[at + 2] != gaps[at + 1]:
        return False
    parts = [w.form for w in words[at : at + 3]]
    if not all(map(_NUMERIC.fullmatch, parts)):
        return False
    year, month, day = parts if len(parts[0]) == 4 else reversed(parts)
    try:
        point.numeric = date(int(year), int(month), int(day))
    except ValueError:
        return False
    point.last = at + 2
    return True


def _part(scan: Scan, point: Point) -> bool:
    if point.part is not None or point.month is not None:
        return False
    word = scan.word(point.last + 1, "daypart")
    if word is None or not _take(point, word):
        return False
    point.part = word
    form = scan.reading.words[word.last].form
    point.bare_part = not form.endswith("ا") and not form.startswith(("ال", "بال", "لل", "وال"))
    return True


def _after_day_word(scan: Scan, at: int) -> int:
    """Skip يوم before a weekday, a reference or a date."""
    if at + 1 < len(scan.reading.words) and scan.reading.words[at].form in _DAY_WORDS:
        return at + 1
    return at


def _begin(point: Point, at: int, word: Vocabulary) -> bool:
    """Take a word that may have a day word before it."""
    if at == point.last + 1:
        return _take(point, word)
    if word.cut:
        return False
    point.last = word.last
    return True


def _reference(scan: Scan, point: Point) -> bool:
    if point.reference is not None or point.month is not None:
        return False
    at = _after_day_word(scan, point.last + 1)
    word = scan.word(at, "day-reference")
    if word is None or not _begin(point, at, word):
        return False
    point.reference = int(word.value)
    return True


def _weekday(scan: Scan, point: Point) -> bool:
    if point.month is not None:
        return False
    at = _after_day_word(scan, point.last + 1)
    word = scan.word(at, "weekday")
    if word is None or (point.weekday is not None and point.part is None):
        return False
    if not _begin(point, at, word):
        return False
    point.weekday = point.weekday or word.value
    return True


def _dated(scan: Scan, point: Point) -> bool:
    """[Edge] [day] month [second name] [year] [era]."""
    if point.month is not None:
        return False
    at = _after_day_word(scan, point.last + 1)
    edge = scan.word(at, "edge")
    start = at if edge is None else edge.last + 1
    day, cut, start = _day_number(scan, start)
    if start < len(scan.reading.words) and scan.reading.words[start].form in _MONTH_WORDS:
        start += 1
        sure = True
    else:
        sure = False
    if start >= len(scan.reading.words) or (start > at and not bridges(scan.reading.gaps[start])):
        return False
    month = scan.word(start, *_MONTHS)
    if month is None or (month.cut and (start > at or point.last >= point.first)):
        return False
    if point.last < point.first:
        point.cut = edge.cut if edge is not None else cut or month.cut
    point.edge, point.day, point.month, point.last = edge, day, month.value, month.last
    point.month_alone = sure or _stands_alone(month)
    _month_tail(scan, point)
    return True


def _stands_alone(month: Vocabulary) -> bool:
    return (
        month.kind in ("month-levantine", "month-gregorian")
        and len(month.entry.form) >= _SHORTEST_ALONE
        and month.entry.note.get("alone") != "no"
    )


def _day_number(scan: Scan, at: int) -> tuple[int | None, int, int]:
    """The number of a day, the proclitics before it, and the word after it."""
    words = scan.reading.words
    if at >= len(words):
        return None, 0, at
    form = words[at].form
    if form.isdecimal() and 1 <= int(form) <= 31:
        second = at + 1
        if second + 1 < len(words) and words[second].form == "و":
            other = words[second + 1].form
            if other.isdecimal() and scan.reading.gaps[second + 1] == "":
                return int(form), 0, second + 2
        return int(form), 0, at + 1
    ordinal = scan.word(at, "ordinal")
    if ordinal is not None and ordinal.last + 2 < len(words):
        following = ordinal.last + 1
        tens = scan.word(following, "ordinal", "cardinal-definite")
        value = int(ordinal.value)
        if tens is not None and tens.proclitics == ("و",) and tens.last + 1 < len(words):
            value, following = value + int(tens.value), tens.last + 1
        if words[following].form == _OF:
            return value, ordinal.cut, following + 1
    return None, 0, at


def _month_tail(scan: Scan, point: Point) -> None:
    """A second name of the month, a year, an era, `of this year`."""
    words, gaps = scan.reading.words, scan.reading.gaps
    at = point.last + 1
    if at < len(words) and gaps[at] in _SECOND_NAME:
        second = scan.word(at, *_MONTHS)
        if second is not None and not second.cut:
            point.last = second.last
            point.month_alone = True
            at = point.last + 1
    closed = gaps[at].startswith(_CLOSING)
    if at < len(words) and (gaps[at] == " " or (closed and gaps[at].strip(")]» ") == "")):
        if _YEAR.fullmatch(words[at].form):
            point.year = int(words[at].form)
            point.last = at
            era = scan.word(at + 1, "era") if at + 1 < len(words) else None
            if era is not None and not era.cut and gaps[at + 1] == " ":
                point.last = era.last
        elif closed:
            shift = scan.word(at, "shift")
            if shift is not None and not shift.cut:
                point.shift = int(shift.value)
                point.last = shift.last


def _shift(scan: Scan, point: Point) -> bool:
    definite_part = point.part is not None and not point.bare_part
    dated = point.weekday is not None or point.month is not None or definite_part
    if point.shift is not None or not dated:
        return False
    word = scan.word(point.last + 1, "shift")
    if word is None or word.cut:
        return False
    point.shift = int(word.value)
    point.last = word.last
    return True


_STEPS: Final[tuple[Callable[[Scan, Point], bool], ...]] = (
    _numeric,
    _part,
    _reference,
    _weekday,
    _dated,
    _shift,
)
"""What may come next in a point in time, tried in this order."""
