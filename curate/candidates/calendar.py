"""Dates as values: Gregorian and Hijri, and what relative expressions mean on a given day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_EPOCH: Final = date(622, 7, 19).toordinal()
"""The first of Muharram of the year 1, in the tabular (civil) calendar, proleptic Gregorian."""
_DAYS: Final = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
_MONTHS_OF_YEAR: Final = 12


def parse_day(text: str | None) -> date | None:
    """The day that metadata give as `YYYY-MM-DD…`; None when they give none."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def hijri_to_gregorian(year: int, month: int, day: int) -> date:
    """The Gregorian day of a Hijri one by the tabular calendar (a sighting may differ by a day).

    The cycle of 30 years with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29.
    """
    days = day - 1 + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(_EPOCH + days)


def day_of(reference: date, weekday: str, shift: int) -> date:
    """The weekday before (shift ≤ 0, the day itself included at 0) or after a day."""
    wanted = _DAYS.index(weekday)
    if shift > 0:
        return reference + timedelta(days=(wanted - reference.weekday() - 1) % 7 + 1)
    first = reference - timedelta(days=1) if shift < 0 else reference
    return first - timedelta(days=(first.weekday() - wanted) % 7)


def weekday_name(day: date) -> str:
    """The weekday as a three-letter name."""
    return _DAYS[day.weekday()]


def period(reference: date, unit: str, shift: int) -> str:
    """The week, month or year that lies `shift` periods from a day, in ISO 8601."""
    if unit == "PD":
        return (reference + timedelta(days=shift)).isoformat()
    if unit == "PW":
        year, week, _ = (reference + timedelta(weeks=shift)).isocalendar()
        return f"{year}-W{week:02d}"
    if unit == "PM":
        months = reference.year * _MONTHS_OF_YEAR + reference.month - 1 + shift
        return f"{months // _MONTHS_OF_YEAR:04d}-{months % _MONTHS_OF_YEAR + 1:02d}"
    return f"{reference.year + shift:04d}"


def year_of(reference: date, month: int, shift: int) -> int:
    """The year a month without one belongs to: the latest past one, or the next at shift > 0."""
    if shift > 0:
        return reference.year + (month <= reference.month)
    return reference.year - (month > reference.month or (shift < 0 and month == reference.month))
