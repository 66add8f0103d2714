"""Figures of agreement as rows, each with the question that leads to its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.project.agreeing import Question
from curate.project.agreeing_figures import MEASURES, Interval, NotComputable
from curate.tui.review_words import say
from curate.tui.widgets.sheet import Part, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.project.agreeing_figures import Figure, Report
    from curate.tui.words import Words

HEADLINES: Final = (
    "mentions", "mentions_forgiving", "tri_c", "tri_c_forgiving", "events", "arg_c_attached",
    "frames_exact",
)  # fmt: skip
BY_LABEL: Final = ("mentions", "tri_c", "arg_c_attached")
"""Measures that are told by type or role too."""
_BAR = 20
_SIGNS: Final = "▏▎▍▌▋▊▉█"
_LEVELS: Final = "▁▂▃▄▅▆▇█"
MOST_CONFUSED: Final = 12
"""Pairs of labels that are listed as confused."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the page."""

    title: str
    value: str = ""
    bar: str = ""
    interval: str = ""
    made: str = ""
    question: Question | None = None
    """What is behind it; None for a heading."""
    is_heading: bool = False


def entries(report: Report, words: Words) -> Iterator[Entry]:
    """The headline figures, then types and roles, the most frequent first."""
    shared = say(words, "shared", items=report.items, documents=report.documents,
                 badge=report.help.badge)  # fmt: skip
    small = f" · {say(words, 'small')}" if report.is_small else ""
    yield Entry(shared + small, is_heading=True)
    yield Entry(
        say(words, "pooled"), "F1", "", say(words, "interval"), say(words, "matched"),
        is_heading=True,
    )  # fmt: skip
    for name in HEADLINES:
        yield _entry(MEASURES[name], report.figures[name], Question(name))
    yield from _over_time(report, words)
    for measure in BY_LABEL:
        found = report.by_label.get(measure, {})
        if not found:
            continue
        yield Entry("", is_heading=True)
        yield Entry(MEASURES[measure], is_heading=True)
        order = sorted(found.items(), key=lambda p: (-p[1].tally.first - p[1].tally.second, p[0]))
        for label, figure in order:
            yield _entry(f"  {label}", figure, Question(measure, label))
    yield from _pairs(report, words)
    yield from _confused(report, words)


def _over_time(report: Report, words: Words) -> Iterator[Entry]:
    """How the headlines went, and what the machine's candidates do to them."""
    for measure, (value, interval) in report.help.differences.items():
        if isinstance(value, NotComputable):
            continue
        title = say(words, "assisted_less", what=MEASURES[measure])
        yield Entry(title, f"{value:+.2f}", "", _ends(interval))
    measures = report.windows[0].values if report.windows else ()
    for measure in measures:
        found = [window.values[measure][0] for window in report.windows]
        line = "".join("·" if isinstance(v, NotComputable) else spark(v) for v in found)
        sure = any(w.changes[measure].is_sure for w in report.windows[1:])
        sign = f" ({say(words, 'changed')})" if sure else ""
        yield Entry(say(words, "drift", what=MEASURES[measure]) + sign, made=line)


def _pairs(report: Report, words: Words) -> Iterator[Entry]:
    """Each pair of annotators, where there are several."""
    if len(report.pairs) < 2:
        return
    for measure in BY_LABEL:
        yield Entry("", is_heading=True)
        yield Entry(f"{say(words, 'by_pair')}: {MEASURES[measure]}", is_heading=True)
        for pair in report.pairs:
            tally = pair.tallies[measure]
            value = "–" if isinstance(tally.f1, NotComputable) else f"{tally.f1:.2f}"
            share = 0.0 if isinstance(tally.f1, NotComputable) else tally.f1
            names = (pair.first, pair.second)
            made = f"{tally.matched:,.4g} / {tally.first:,} · {tally.second:,}"
            yield Entry(f"  {pair.first} × {pair.second}", value, bar(share), "", made,
                        Question(measure, pair=names))  # fmt: skip


def _confused(report: Report, words: Words) -> Iterator[Entry]:
    """What is most often called something else, or missed; ∅ stands for nothing."""
    for name, found in report.confusion.items():
        differ = [(cell, n) for cell, n in found.most_common() if cell[0] != cell[1]][
            :MOST_CONFUSED
        ]
        if not differ:
            continue
        yield Entry("", is_heading=True)
        yield Entry(say(words, f"confused_{name}"), is_heading=True)
        for cell, count in differ:
            title = f"  {cell[0] or '∅'} | {cell[1] or '∅'}"
            yield Entry(title, str(count), question=Question(f"confusion_{name}", cell=cell))


def _entry(title: str, figure: Figure, question: Question) -> Entry:
    tally = figure.tally
    made = f"{tally.matched:,.4g} / {tally.first:,} · {tally.second:,}"
    if isinstance(figure.value, NotComputable):
        return Entry(title, "–", made=figure.value.because, question=question)
    ends = _ends(figure.interval)
    return Entry(title, f"{figure.value:.2f}", bar(figure.value), ends, made, question)


def _ends(interval: Interval | NotComputable) -> str:
    return f"[{interval.low:.2f} {interval.high:.2f}]" if isinstance(interval, Interval) else "–"


def spark(share: float) -> str:
    """A share as one cell of a line."""
    return _LEVELS[min(7, int(max(0.0, share) * 8))]


def bar(share: float) -> str:
    """A bar of eighths of a cell."""
    eighths = round(max(0.0, min(1.0, share)) * _BAR * 8)
    full, rest = divmod(eighths, 8)
    drawn = "█" * full + (_SIGNS[rest - 1] if rest else "")
    return drawn.ljust(_BAR, "░")


def figure_row(entry: Entry, width: int, *, chosen: bool, number: int) -> Row:
    """One row; on a narrow screen without the bar."""
    room = max(20, width - (50 if width < 100 else 50 + _BAR))
    title = entry.title if len(entry.title) <= room else entry.title[: room - 1] + "…"
    look = "heading" if entry.is_heading else "plain"
    parts = [
        Part("▸ " if chosen else "  ", "key"),
        Part(title.ljust(room), look),
        Part(f" {entry.value:>5} ", "name"),
    ]
    if width >= 100:
        parts.append(Part(f"{entry.bar:<{_BAR}} ", "key"))
    parts += [Part(f"{entry.interval:<12} ", "dim"), Part(entry.made, "dim")]
    target = None if entry.question is None else str(number)
    return Row(tuple(parts), target=target, chosen=chosen)
