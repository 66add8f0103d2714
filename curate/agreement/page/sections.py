"""The sections of the page that hold figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.agreement.collect import ASSISTED, HEADLINES, UNAIDED
from curate.agreement.evidence import Difference
from curate.agreement.gathering import Number
from curate.agreement.page.charts import Point, bar, shares, trend
from curate.agreement.page.markup import Content, Html, joined, outside, tag
from curate.agreement.report import MEASURES
from curate.agreement.score import NotComputable
from curate.agreement.showing import digits
from curate.model.annotation import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curate.agreement.gathering import Behind
    from curate.agreement.intervals import Interval
    from curate.agreement.page.links import Links
    from curate.agreement.page.naming import Naming
    from curate.agreement.report import Figure, Report
    from curate.agreement.score import Score

HEADLINE: Final = (*HEADLINES, "frames_exact")


class Sections:
    """Makes the sections of one report."""

    def __init__(
        self, report: Report, behind: Mapping[Number, Behind], links: Links, naming: Naming
    ) -> None:
        self._report = report
        self._behind = behind
        self._links = links
        self._naming = naming

    def all(self) -> Iterator[tuple[str, Html]]:
        """Names and contents, in the order of the page; what there is nothing to say of is left."""
        yield "headline", self._headline()
        yield "kinds", self._kinds()
        yield "types", joined(self._types())
        if len(self._report.pairs) > 1:
            yield "pairs", self._pairs()
        yield "confusion", joined(self._confusions())
        yield "attributes", self._attributes()
        if self._report.help.differences:
            yield "help", self._help()
        if self._report.windows:
            yield "time", self._time()
        if self._report.again:
            yield "again", self._again()
        yield "measures", self._measures()

    def who(self) -> Html:
        """Who has done how much, and what was left out."""
        word, out = self._naming.word, self._report.attendance
        statuses = [s for s in Status if any(c[s] for c in out.statuses.values())]
        rows = [
            [outside(name), *(f"{counts[s]:,}" for s in statuses)]
            for name, counts in sorted(out.statuses.items())
        ]
        notes = [
            tag("li", f"{count:,} {word(name)}")
            for name in ("single", "versions_differ", "repeated")
            if (count := getattr(out, name))
        ]
        skips = [
            tag("li", joined([outside(s.annotator), outside(s.document)], ": "),
                f" {s.item.start}–{s.item.end} ", outside(s.reason or ""))
            for s in out.skipped[:50]
        ]  # fmt: skip
        if skips:
            notes.append(tag("li", word("skipped_list"), tag("ul", *skips)))
        heads = [word("annotator"), *(word(s) for s in statuses)]
        return joined([tag("p", word("who_how"), class_="how"), table(heads, rows),
                       tag("ul", *notes) if notes else None])  # fmt: skip

    def _value(self, value: Score, number: Number | None = None) -> Html:
        """A figure with three digits, linked to what stands behind it, or a dash and why."""
        if isinstance(value, NotComputable):
            why = self._naming.word("not_computable", because=self._naming.reason(value))
            return tag("span", "–", title=why, class_="missing")
        text = digits(value)
        return self._links.to(text, number) if number is not None else tag("span", text)

    def _interval(self, interval: Interval | NotComputable) -> Html:
        if isinstance(interval, NotComputable):
            return tag("span", "–", title=self._naming.reason(interval), class_="missing")
        return tag("span", f"{digits(interval.low)}–{digits(interval.high)}", dir="ltr")

    def _headline(self) -> Html:
        cards = []
        for measure in HEADLINE:
            figure = self._report.figures[measure]
            cards.append(
                tag("div", tag("h3", self._naming.word(measure)),
                    tag("p", self._value(figure.value, Number(measure)), class_="big"),
                    bar(figure.value, figure.interval), self._because(figure.value)
                    or tag("small", self._interval(figure.interval)), class_="figure")
            )  # fmt: skip
        found = self._report.presence.all
        cards.append(
            tag("div", tag("h3", self._naming.word("presence"), " (α)"),
                tag("p", self._value(found.alpha, Number("presence")), class_="big"),
                bar(found.alpha, found.interval), self._because(found.alpha)
                or tag("small", self._interval(found.interval)), class_="figure")
        )  # fmt: skip
        return tag("div", *cards, class_="figures")

    def _because(self, value: Score) -> Html | None:
        return (
            tag("small", self._naming.reason(value)) if isinstance(value, NotComputable) else None
        )

    def _kinds(self) -> Html:
        """How annotators differ, as shares of all differences."""
        blocks = []
        for measure in HEADLINES:
            kinds = [
                (kind, sum(self._behind[number].outcomes.values()))
                for kind in Difference
                if (number := Number(measure, kind=kind)) in self._behind
            ]
            if not kinds:
                continue
            parts = [(f"k-{kind}", self._naming.word(kind), count) for kind, count in kinds]
            items = [
                tag("li", tag("i", class_=f"swatch {class_}"), " ", name, " ",
                    self._links.to(f"{count:,}", Number(measure, kind=kind)))
                for (kind, count), (class_, name, _) in zip(kinds, parts, strict=True)
            ]  # fmt: skip
            title = self._naming.word(measure)
            blocks += [tag("h3", title), shares(parts, title), tag("ul", *items, class_="legend")]
        return joined(blocks) if blocks else tag("p", "–")

    def _figures(self, head: Content, rows: Iterable[tuple[Content, Number, Figure]]) -> Html:
        word = self._naming.word
        heads = [head, word("value"), "", word("interval"), word("made_of")]
        lines = []
        for title, number, figure in rows:
            tally = figure.tally
            counts = f"{tally.matched:,.6g}", f"{tally.first:,}", f"{tally.second:,}"
            made = joined(map(outside, counts), " · ")
            lines.append([title, self._value(figure.value, number),
                          bar(figure.value, figure.interval), self._interval(figure.interval),
                          made])  # fmt: skip
        return table(heads, lines)

    def _types(self) -> Iterator[Html]:
        for measure in HEADLINES:
            labels = self._report.by_label.get(measure, {})
            order = sorted(
                labels, key=lambda n: (-labels[n].tally.first - labels[n].tally.second, n)
            )
            if order:
                yield tag("h3", self._naming.word(measure))
                yield self._figures("", (
                    (outside(self._naming.label(n)), Number(measure, n), labels[n]) for n in order
                ))  # fmt: skip

    def _measures(self) -> Html:
        figures = self._report.figures
        return self._figures(self._naming.word("measure"), (
            (tag("span", self._naming.measure(name), title=name), Number(name), figures[name])
            for name in MEASURES if name in figures
        ))  # fmt: skip

    def _pairs(self) -> Html:
        names = sorted({n for p in self._report.pairs for n in (p.first, p.second)})
        known = {(p.first, p.second): p for p in self._report.pairs}
        blocks = [tag("p", self._naming.word("pairs_how"), class_="how")]
        for measure in HEADLINES:
            rows: list[list[Content]] = []
            for row in names:
                cells: list[Content] = [tag("b", outside(row))]
                for column in names:
                    pair = known.get((min(row, column), max(row, column)))
                    if row == column or pair is None:
                        cells.append("" if row == column else "–")
                    elif row > column:
                        cells.append(f"n {pair.items:,}")
                    else:
                        number = Number(measure, pair=(row, column))
                        cells.append(self._value(pair.tallies[measure].f1, number))
                rows.append(cells)
            blocks += [tag("h3", self._naming.word(measure)),
                       table(["", *map(outside, names)], rows)]  # fmt: skip
        return joined(blocks)

    def _confusions(self) -> Iterator[Html]:
        word = self._naming.word
        yield tag("p", word("confusion_how", nothing="∅"), class_="how")
        for kind, cells in self._report.confusion.items():
            measure = f"confusion_{kind}"
            labels = sorted({name for cell in cells for name in cell} - {""})
            if not labels:
                continue
            yield tag("h3", word(measure))
            rows: list[list[Content]] = []
            for row in (*labels, ""):
                whole = sum(cells[row, column] for column in (*labels, ""))
                counts = (
                    self._cell(measure, (row, column), cells[row, column], whole)
                    for column in (*labels, "")
                )
                rows.append([tag("b", self._naming.or_nothing(row)), *counts])
            heads = ["", *(self._naming.or_nothing(name) for name in (*labels, ""))]
            yield table(heads, rows, class_="confusion")

    def _cell(self, measure: str, cell: tuple[str, str], count: int, whole: int) -> Html:
        if cell == ("", "") or not count:
            return tag("span", "" if cell == ("", "") else "·", class_="zero")
        where = "same" if cell[0] == cell[1] else "other"
        style = f"--share:{100 * count / whole:.0f}%"
        return tag("span", self._links.to(f"{count:,}", Number(measure, cell=cell)),
                   class_=f"heat {where}", style=style)  # fmt: skip

    def _attributes(self) -> Html:
        word, report = self._naming.word, self._report
        blocks = [tag("p", word("attributes_how"), class_="how")]
        rows: list[list[Content]] = [
            [outside(self._naming.label(name)),
             self._value(found.percent, Number("attributes", name)),
             self._value(found.kappa), self._value(found.alpha), f"{found.pairs:,}"]
            for name, found in report.attributes.items()
        ]  # fmt: skip
        if rows:
            blocks.append(
                table([word("attribute"), word("percent"), "κ", "α", word("frames")], rows)
            )
        rows = []
        for name, one in (("", report.presence.all), *report.presence.by_type.items()):
            title = outside(self._naming.label(name)) if name else word("all_types")
            rows.append([title, self._value(one.alpha, Number("presence", name)),
                         bar(one.alpha, one.interval), self._interval(one.interval),
                         self._value(one.ac1), f"{one.prevalence:.1%}"])  # fmt: skip
        heads = [word("event"), "α", "", word("interval"), "AC1", word("present")]
        return joined([*blocks, table(heads, rows)])

    def _help(self) -> Html:
        word, found = self._naming.word, self._report.help
        how = word("help_shown" if found.is_controlled else "help_told")
        rows: list[list[Content]] = []
        for measure, (value, interval) in found.differences.items():
            for condition in (ASSISTED, UNAIDED):
                figure = found.figures[measure][condition]
                rows.append([word(measure), word(condition),
                             self._value(figure.value, Number(measure, condition=condition)),
                             bar(figure.value, figure.interval),
                             self._interval(figure.interval)])  # fmt: skip
            rows.append([word(measure), tag("b", word("difference")), self._value(value),
                         bar(value, interval, signed=True), self._interval(interval)])  # fmt: skip
        heads = ["", "", word("value"), "", word("interval")]
        return joined([tag("p", how, class_="how"), table(heads, rows)])

    def _time(self) -> Html:
        word, found = self._naming.word, self._report.windows
        blocks = [tag("p", word("time_how"), class_="how")]
        for measure in HEADLINES:
            points = [
                Point(w.last[:10], *w.values[measure][:2],
                      is_sure=measure in w.changes and w.changes[measure].is_sure)
                for w in found
            ]  # fmt: skip
            title = word(measure)
            blocks += [tag("h3", title), trend(points, title)]
        rows: list[list[Content]] = []
        for place, window in enumerate(found):
            when = tag("span", f"{window.first[:10]} – {window.last[:10]}", dir="ltr")
            line: list[Content] = [when, f"{window.items:,}"]
            for measure in HEADLINES:
                change = window.changes.get(measure)
                star = "*" if change is not None and change.is_sure else ""
                value = self._value(window.values[measure][0], Number(measure, window=place))
                line.append(joined([value, star]))
            rows.append(line)
        blocks.append(table(["", word("items"), *map(word, HEADLINES)], rows))
        return joined(blocks)

    def _again(self) -> Html:
        word = self._naming.word
        rows: list[list[Content]] = [
            [outside(name), f"{again.items:,}",
             *(self._value(again.figures[m].value) for m in HEADLINES)]
            for name, again in self._report.again.items()
        ]  # fmt: skip
        heads = [word("annotator"), word("items"), *map(word, HEADLINES)]
        return joined([tag("p", word("again_how"), class_="how"), table(heads, rows)])


def table(
    heads: Sequence[Content], rows: Iterable[Sequence[Content]], class_: str | None = None
) -> Html:
    """A table that can be wider than the page: it scrolls by itself."""
    head = tag("thead", tag("tr", *(tag("th", h, scope="col") for h in heads)))
    body = tag("tbody", *(
        tag("tr", *(tag("th" if n == 0 else "td", c, scope="row" if n == 0 else None)
                    for n, c in enumerate(row)))
        for row in rows
    ))  # fmt: skip
    return tag("div", tag("table", head, body, class_=class_), class_="wide")
