"""Charts as SVG, drawn here: bars with their intervals, lines over time, shares of kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.agreement.intervals import Interval
from curate.agreement.page.markup import Html, tag
from curate.agreement.score import NotComputable, Score

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDE: Final = 200
HIGH: Final = 16


def bar(value: Score, interval: Interval | NotComputable, *, signed: bool = False) -> Html:
    """A value from 0 to 1 (or, `signed`, from −1 to 1) as a point, with its interval as a line."""
    if isinstance(value, NotComputable):
        return tag("svg", viewBox=f"0 0 {WIDE} {HIGH}", class_="bar", aria_hidden="true")
    parts = [tag("line", class_="track", x1="4", x2=str(WIDE - 4), y1="8", y2="8")]
    ticks = (-0.5, 0, 0.5) if signed else (0.25, 0.5, 0.75)
    for at in ticks:
        x = _place(at, signed=signed)
        parts.append(tag("line", class_="tick", x1=x, x2=x, y1="4", y2="12"))
    said = f"{value:.3f}"
    if isinstance(interval, Interval):
        low, high = (_place(v, signed=signed) for v in (interval.low, interval.high))
        parts.append(tag("line", class_="range", x1=low, x2=high, y1="8", y2="8"))
        said += f" ({interval.low:.3f} – {interval.high:.3f})"
    parts.append(tag("circle", class_="dot", cx=_place(value, signed=signed), cy="8", r="4"))
    return tag("svg", *parts, viewBox=f"0 0 {WIDE} {HIGH}", class_="bar", role="img",
               aria_label=said)  # fmt: skip


def _place(value: float, *, signed: bool = False) -> str:
    share = (value + 1) / 2 if signed else value
    return f"{4 + (WIDE - 8) * min(1.0, max(0.0, share)):.1f}"


class Point:
    """A value in a line over time."""

    __slots__ = ("interval", "is_sure", "label", "value")

    def __init__(
        self, label: str, value: Score, interval: Interval | NotComputable, *, is_sure: bool
    ) -> None:
        self.label = label
        self.value = value
        self.interval = interval
        self.is_sure = is_sure


def trend(points: Sequence[Point], title: str) -> Html:
    """Values over time from left to right, each with its interval; a ring where one has changed."""
    width, height, left, low, top = 640, 190, 34, 160, 12
    step = (width - left - 60) / max(1, len(points) - 1)

    def x(place: int) -> float:
        return left + 24 + step * place

    def y(value: float) -> float:
        return low - (low - top) * min(1.0, max(0.0, value))

    parts = []
    for tenth in range(0, 11, 2):
        at = f"{y(tenth / 10):.1f}"
        parts.append(tag("line", class_="tick", x1=str(left), x2=str(width - 6), y1=at, y2=at))
        parts.append(tag("text", f"{tenth / 10:.1f}", x=str(left - 6), y=at, class_="y"))
    known = [
        (n, p, p.value) for n, p in enumerate(points) if not isinstance(p.value, NotComputable)
    ]
    path = " ".join(f"{x(n):.1f},{y(value):.1f}" for n, _, value in known)
    parts.append(tag("polyline", points=path, class_="line"))
    for n, point, value in known:
        if isinstance(point.interval, Interval):
            ends = {"y1": f"{y(point.interval.low):.1f}", "y2": f"{y(point.interval.high):.1f}"}
            parts.append(tag("line", class_="range", x1=f"{x(n):.1f}", x2=f"{x(n):.1f}", **ends))
        sure = "dot sure" if point.is_sure else "dot"
        said = tag("title", f"{point.label}: {value:.3f}")
        parts.append(
            tag("circle", said, class_=sure, cx=f"{x(n):.1f}", cy=f"{y(value):.1f}", r="5")
        )
    every = max(1, len(points) // 6)
    for n, point in list(enumerate(points))[::every]:
        parts.append(tag("text", point.label, x=f"{x(n):.1f}", y=str(low + 22), class_="x"))
    return tag("svg", *parts, viewBox=f"0 0 {width} {height}", class_="trend", role="img",
               aria_label=title)  # fmt: skip


def shares(counts: Sequence[tuple[str, str, int]], title: str) -> Html:
    """Parts of a whole side by side: the class of each, its name and its size."""
    whole = sum(count for _, _, count in counts)
    parts, at = [], 0.0
    for kind, name, count in counts:
        width = 640 * count / whole if whole else 0.0
        said = tag("title", f"{name}: {count:,} ({count / whole:.0%})" if whole else name)
        parts.append(
            tag("rect", said, x=f"{at:.1f}", y="0", width=f"{width:.1f}", height="22",
                class_=kind)
        )  # fmt: skip
        at += width
    return tag("svg", *parts, viewBox="0 0 640 22", class_="shares", role="img",
               aria_label=title, preserveAspectRatio="none")  # fmt: skip
