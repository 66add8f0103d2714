"""A report as values that JSON can hold, and as a table for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.agreement.report import MEASURES
from curate.agreement.score import NotComputable
from curate.model.annotation import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from curate.agreement.compare import Confusion
    from curate.agreement.drift import Change, Window
    from curate.agreement.intervals import Interval
    from curate.agreement.presence import Presence
    from curate.agreement.report import Again, Figure, Report
    from curate.agreement.score import Score, Tally

FORMAT: Final = "curate-agreement/1"
_SHOWN: Final = (
    ("mentions", "mentions_overlap", "mentions_dice", "mentions_forgiving"),
    ("tri_i", "tri_c", "tri_c_dice", "tri_c_forgiving"),
    ("arg_i_attached", "arg_c_attached", "arg_c_attached_overlap", "arg_c"),
    ("events", "frames_exact"),
)
"""What the table holds, in groups; JSON has everything."""
_BY_LABEL: Final = {
    "mentions": "mentions by type",
    "tri_c": "triggers by type",
    "arg_c_attached": "arguments by role",
}


def as_json(report: Report) -> dict[str, object]:
    """The report in the shape that the manual's page on agreement describes."""
    return {
        "format": FORMAT,
        "documents": report.documents,
        "items": report.items,
        "small_sample": report.is_small,
        "not_computable": None if report.nothing is None else report.nothing.because,
        "interval": {"resamples": report.drawing.resamples, "seed": report.drawing.seed},
        **_who(report),
        "measures": {name: _figure(figure) for name, figure in report.figures.items()},
        "by_label": {
            measure: {label: _figure(figure) for label, figure in labels.items()}
            for measure, labels in report.by_label.items()
        },
        "pairs": [
            {
                "annotators": [pair.first, pair.second], "items": pair.items,
                "measures": {
                    name: {**_score(t.f1), **_tally(t)} for name, t in pair.tallies.items()
                },
            }
            for pair in report.pairs
        ],
        "attributes": _attribute_figures(report),
        "presence": {
            "all": _presence(report.presence.all),
            "by_type": {name: _presence(p) for name, p in report.presence.by_type.items()},
            "alpha_masi": _score(report.presence.masi),
        },
        "confusion": {name: _confusion(found) for name, found in report.confusion.items()},
        "candidates": _help(report),
        "over_time": [_window(window) for window in report.windows],
        "again": {name: _again_figures(again) for name, again in report.again.items()},
    }  # fmt: skip


def _again_figures(again: Again) -> dict[str, object]:
    figures = {measure: _figure(figure) for measure, figure in again.figures.items()}
    return {"items": again.items, "measures": figures}


def _who(report: Report) -> dict[str, object]:
    return {
        "annotators": {
            name: {status.value: counts[status] for status in Status if counts[status]}
            for name, counts in sorted(report.attendance.statuses.items())
        },
        "left_out": {
            "single": report.attendance.single,
            "versions_differ": report.attendance.versions_differ,
            "repeated": report.attendance.repeated,
            "skipped": [
                {
                    "document": s.document, "start": s.item.start, "end": s.item.end,
                    "annotator": s.annotator, "reason": s.reason,
                }
                for s in report.attendance.skipped
            ],
        },
    }  # fmt: skip


def _attribute_figures(report: Report) -> dict[str, object]:
    return {
        name: {
            "pairs": found.pairs, "percent": _score(found.percent),
            "kappa": _score(found.kappa), "alpha": _score(found.alpha),
        }
        for name, found in report.attributes.items()
    }  # fmt: skip


def _window(window: Window) -> dict[str, object]:
    return {
        "first": window.first,
        "last": window.last,
        "items": window.items,
        "measures": {
            measure: {**_score(value), **_interval(interval), **_tally(tally)}
            for measure, (value, interval, tally) in window.values.items()
        },
        "changes": {
            measure: {**_score(c.value), **_interval(c.interval), "sure": c.is_sure}
            for measure, c in window.changes.items()
        },
    }


def _score(value: Score) -> dict[str, object]:
    if isinstance(value, NotComputable):
        return {"value": None, "because": value.because}
    return {"value": value}


def _interval(interval: Interval | NotComputable) -> dict[str, object]:
    if isinstance(interval, NotComputable):
        return {"low": None, "high": None, "no_interval_because": interval.because}
    return {"low": interval.low, "high": interval.high}


def _tally(tally: Tally) -> dict[str, object]:
    return {"matched": tally.matched, "first": tally.first, "second": tally.second}


def _figure(figure: Figure) -> dict[str, object]:
    return {**_score(figure.value), **_interval(figure.interval), **_tally(figure.tally)}


def _presence(found: Presence) -> dict[str, object]:
    return {
        "alpha": {**_score(found.alpha), **_interval(found.interval)},
        "ac1": _score(found.ac1),
        "percent": _score(found.percent),
        "prevalence": found.prevalence,
    }


def _confusion(found: Confusion) -> list[dict[str, object]]:
    return [
        {"first": first or None, "second": second or None, "count": count}
        for (first, second), count in sorted(found.items())
    ]


def _help(report: Report) -> dict[str, object]:
    return {
        "badge": report.help.badge,
        "controlled": report.help.is_controlled,
        "assisted_items": report.help.assisted,
        "measures": {
            measure: {condition: _figure(figure) for condition, figure in found.items()}
            for measure, found in report.help.figures.items()
        },
        "differences": {
            measure: {**_score(value), **_interval(interval)}
            for measure, (value, interval) in report.help.differences.items()
        },
    }


def table(report: Report) -> str:
    """The report for a reader: what counts, the measures, then types, roles and attributes."""
    lines = [*_head(report)]
    if report.nothing is not None:
        return "\n".join([*lines, "", str(report.nothing)])
    lines += _measures(report)
    for measure, title in _BY_LABEL.items():
        lines += _labels(title, report.by_label.get(measure, {}))
    lines += _presences(report)
    lines += _attributes(report)
    lines += _pairs(report)
    lines += _help_rows(report)
    lines += _windows(report)
    lines += _again(report)
    return "\n".join(lines)


def _head(report: Report) -> Iterator[str]:
    yield (
        f"{report.items:,} items in {report.documents:,} documents that several annotators "
        f"have done ({report.help.badge})"
    )
    for name, counts in sorted(report.attendance.statuses.items()):
        said = ", ".join(f"{counts[s]:,} {s.value}" for s in Status if counts[s])
        yield f"  {name}: {said}"
    out = report.attendance
    for count, what in (
        (out.single, "items that one annotator alone has done"),
        (out.versions_differ, "items done under different versions: not compared across them"),
        (out.repeated, "annotations replaced by later ones of the same annotator"),
    ):
        if count:
            yield f"  left out: {count:,} {what}"
    for skip in out.skipped[:10]:
        reason = f" ({skip.reason})" if skip.reason else ""
        where = f"{skip.document}:{skip.item.start}-{skip.item.end}"
        yield f"  skipped by {skip.annotator}: {where}{reason}"
    if len(out.skipped) > 10:
        yield f"  … and {len(out.skipped) - 10:,} more skipped"
    if report.items and report.is_small:
        yield "  a small sample: fewer than 20 documents or 50 items"


def _measures(report: Report) -> Iterator[str]:
    yield ""
    yield _row("pooled over all pairs", "F1", "95 %", "matched of marked")
    for place, group in enumerate(_SHOWN):
        if place:
            yield ""
        for name in group:
            yield _figure_row(MEASURES[name], report.figures[name])


def _figure_row(title: str, figure: Figure) -> str:
    if isinstance(figure.value, NotComputable):
        return f"  {title:<46} {figure.value}"
    made = f"{figure.tally.matched:,.6g} of {figure.tally.first:,} and {figure.tally.second:,}"
    return _row(f"  {title}", number(figure.value), span(figure.interval), made)


def _row(title: str, value: str, interval: str, made: str) -> str:
    return f"{title:<48} {value:>5}  {interval:<11}  {made}".rstrip()


def digits(value: float) -> str:
    """Three digits; nothing is less than zero by less than that."""
    return f"{round(value, 3) + 0.0:.3f}"


def number(value: Score) -> str:
    """Three digits, or a dash."""
    return "–" if isinstance(value, NotComputable) else digits(value)


def span(interval: Interval | NotComputable) -> str:
    """Both ends of an interval, or a dash."""
    if isinstance(interval, NotComputable):
        return "–"
    return f"{digits(interval.low)}–{digits(interval.high)}"


def _labels(title: str, figures: Mapping[str, Figure]) -> Iterator[str]:
    if not figures:
        return
    yield ""
    yield title
    order = sorted(figures.items(), key=lambda p: (-p[1].tally.first - p[1].tally.second, p[0]))
    for label, figure in order:
        yield _figure_row(label, figure)


def _presences(report: Report) -> Iterator[str]:
    found = report.presence
    yield ""
    yield f"{'does an item tell such an event':<48} {'α':>5}  {'95 %':<11}  {'AC1':>5}  present"
    for name, one in (("all types", found.all), *found.by_type.items()):
        title = f"  {name}"
        if isinstance(one.alpha, NotComputable):
            yield f"{title:<48} {one.alpha}"
            continue
        rare = " (rare: read F1 and AC1 beside α)" if one.prevalence < 0.1 else ""
        yield (
            f"{title:<48} {number(one.alpha):>5}  {span(one.interval):<11}  "
            f"{number(one.ac1):>5}  {one.prevalence:.1%}{rare if name == 'all types' else ''}"
        )
    yield f"{'  set of types, MASI':<48} {number(found.masi):>5}"


def _attributes(report: Report) -> Iterator[str]:
    if not report.attributes:
        return
    yield ""
    title = "attributes of frames that tell the same event"
    yield f"{title:<48} {'κ':>5}  {'α':>5}  percent  frames"
    for name, found in report.attributes.items():
        yield (
            f"  {name:<46} {number(found.kappa):>5}  {number(found.alpha):>5}  "
            f"{number(found.percent):>7}  {found.pairs:,}"
        )


def _pairs(report: Report) -> Iterator[str]:
    if len(report.pairs) < 2:
        return
    yield ""
    heads = ("mentions", "Tri-C", "Arg-C+")
    yield f"{'pairs of annotators':<36} {'items':>7}" + "".join(f"{h:>10}" for h in heads)
    for pair in report.pairs:
        values = (pair.tallies[m].f1 for m in ("mentions", "tri_c", "arg_c_attached"))
        names = f"  {pair.first} × {pair.second}"
        yield f"{names:<36} {pair.items:>7,}" + "".join(f"{number(v):>10}" for v in values)


_HEADS: Final = {"mentions": "mentions", "tri_c": "Tri-C", "arg_c_attached": "Arg-C+"}


def _help_rows(report: Report) -> Iterator[str]:
    """With and without the machine's candidates, and the difference."""
    if not report.help.differences:
        return
    yield ""
    what = "candidates shown and hidden" if report.help.is_controlled else "with help and without"
    yield f"{what:<36} {'with':>9} {'without':>9}  difference"
    for measure, (value, interval) in report.help.differences.items():
        found = report.help.figures[measure]
        sides = (number(found[name].value) for name in ("assisted", "unaided"))
        row = f"  {_HEADS[measure]:<34}" + "".join(f"{side:>10}" for side in sides)
        yield f"{row}  {number(value):>6}  {span(interval)}"


def _windows(report: Report) -> Iterator[str]:
    if not report.windows:
        return
    yield ""
    yield f"{'over time':<36} {'items':>7}" + "".join(f"{h:>10}" for h in _HEADS.values())
    for window in report.windows:
        cells = (_moved(number(window.values[m][0]), window.changes.get(m)) for m in _HEADS)
        when = f"  {window.first[:10]} to {window.last[:10]}"
        yield f"{when:<36} {window.items:>7,}" + "".join(f"{cell:>10}" for cell in cells)
    if any(change.is_sure for w in report.windows for change in w.changes.values()):
        yield "  * differs from the first window: the interval of the difference leaves out zero"


def _moved(value: str, change: Change | None) -> str:
    return f"{value}*" if change is not None and change.is_sure else value


def _again(report: Report) -> Iterator[str]:
    if not report.again:
        return
    yield ""
    title = "annotators with themselves, later"
    yield f"{title:<36} {'items':>7}" + "".join(f"{h:>10}" for h in _HEADS.values())
    for name, again in report.again.items():
        values = (number(again.figures[m].value) for m in _HEADS)
        yield f"  {name:<34} {again.items:>7,}" + "".join(f"{v:>10}" for v in values)
