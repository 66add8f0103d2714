"""A project in figures: its texts, and what was said of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING

from curate.corpus.statistics import Statistics, ranked
from curate.model.annotation import Status
from curate.project.curating import month_of, source_of
from curate.project.gold import gold_of_document
from curate.project.in_place import put_in_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from curate.corpus.statistics import Share
    from curate.model.annotation import Annotation
    from curate.project.opening import Project

_TRIGGERS = 30


@dataclass(frozen=True, slots=True)
class Table:
    """Some figures under a title; the first columns are words, the rest numbers."""

    title: str
    heading: tuple[str, ...]
    rows: list[tuple[str | int, ...]] = field(default_factory=list)

    @property
    def words(self) -> int:
        """How many columns are words."""
        return sum(isinstance(cell, str) for cell in self.rows[0]) if self.rows else 1

    def lines(self) -> list[str]:
        """The table for a terminal: numbers first, so that Arabic words stand at the end."""
        rows = [tuple(map(_cell, self._turned(row))) for row in (self.heading, *self.rows)]
        widths = [max(len(row[n]) for row in rows) for n in range(len(self.heading))]
        numbers = len(self.heading) - self.words
        return [
            "  "
            + "  ".join(
                cell.rjust(width) if n < numbers else cell
                for n, (cell, width) in enumerate(zip(row, widths, strict=True))
            )
            for row in rows
        ]

    def _turned(self, row: tuple[str | int, ...]) -> tuple[str | int, ...]:
        return (*row[self.words :], *row[: self.words])


def statistics(
    project: Project,
    *,
    by: frozenset[str] = frozenset(),
    gold: bool = False,
    progress: Callable[[int, int, str], None] | None = None,
) -> Statistics:
    """Count the texts, and the finished work of all annotators, of some, or the resolved gold."""
    store, found = project.store, Statistics()
    total = store.documents.count()
    for number, document in enumerate(store.documents.all(), 1):
        said: Iterable[Annotation]
        if gold:
            items = gold_of_document(project, document.id)
            said = [item.annotation for item in items if item.is_resolved]
        else:
            said = [
                a
                for a in store.annotations.of_document(document.id)
                if a.status is Status.DONE and (not by or a.annotator in by)
            ]
        found.count(document, said, source=source_of(document), month=month_of(document))
        if progress is not None:
            progress(number, total, document.id)
    return found


def tables(found: Statistics) -> list[Table]:
    """The figures as tables."""
    low, middle, high = found.quartiles()
    return [
        Table("Corpus", ("figure", "count"), [
            *found.total.as_json().items(),
            ("words of a sentence, lower quartile", round(low)),
            ("words of a sentence, median", round(middle)),
            ("words of a sentence, upper quartile", round(high)),
        ]),
        _shares("By source", "source", found.sources),
        _shares("By month", "month", dict(sorted(found.months.items()))),
        Table("Annotations", ("by", "items"), [*sorted(found.annotators.items())]),
        Table("Mentions", ("type", "subtype", "count"),
              [(t, sub, n) for (t, sub), n in ranked(found.mentions)]),
        Table("Frames", ("type", "count"), [(t, n) for t, n in ranked(found.frames)]),
        Table("Arguments", ("type", "role", "count"),
              [(t, role, n) for (t, role), n in ranked(found.roles)]),
        Table("Attributes", ("name", "value", "frames"),
              [(name, value, n) for (name, value), n in ranked(found.attributes)]),
        Table(f"The {_TRIGGERS} most frequent triggers", ("type", "trigger", "count"),
              [(t, word, n) for (t, word), n in ranked(found.triggers)[:_TRIGGERS]]),
    ]  # fmt: skip


def lines(found: Statistics) -> list[str]:
    """The tables for a terminal."""
    shown: list[str] = []
    for table in tables(found):
        if table.rows:
            shown += [table.title, *table.lines(), ""]
    return shown[:-1]


def page(found: Statistics, name: str) -> str:
    """The tables as one HTML page that needs nothing else."""
    parts = [_section(table) for table in tables(found) if table.rows]
    return (
        "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<title>{escape(name)}: the corpus in figures</title><style>{_STYLE}</style></head>\n"
        f"<body><h1>{escape(name)}</h1>\n" + "\n".join(parts) + "\n</body></html>\n"
    )


def write_page(found: Statistics, name: str, target: Path) -> None:
    """Write the page; the file is old or new, never half."""
    with put_in_place(target) as handle:
        handle.write(page(found, name).encode("utf-8", "replace"))


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1d2330;background:#fff}h2{margin-top:2rem}table{border-collapse:collapse}"
    "th,td{text-align:start;padding:.15rem 1rem .15rem 0}td.n,th.n{text-align:end;"
    "font-variant-numeric:tabular-nums}td.bar{min-width:12rem}td.bar i{display:block;height:.7em;"
    "background:#4a7db5}@media print{body{margin:0}td.bar i{print-color-adjust:exact}}"
)


def _section(table: Table) -> str:
    largest = max((row[-1] for row in table.rows if isinstance(row[-1], int)), default=0)
    has_bars = len(table.heading) - table.words == 1 and table.title != "Corpus"
    head = "".join(
        f"<th{' class=n' if n >= table.words else ''}>{escape(word)}</th>"
        for n, word in enumerate(table.heading)
    )
    body = "".join(
        "<tr>" + "".join(map(_td, row)) + (_bar(row[-1], largest) if has_bars else "") + "</tr>\n"
        for row in table.rows
    )
    return f"<h2>{escape(table.title)}</h2>\n<table><tr>{head}</tr>\n{body}</table>"


def _td(cell: str | int) -> str:
    if isinstance(cell, int):
        return f"<td class=n>{cell:,}</td>"
    return f"<td><bdi>{escape(cell) or '—'}</bdi></td>"


def _bar(value: str | int, largest: int) -> str:
    width = 100 * int(value) / largest if largest else 0
    return f"<td class=bar><i style='width:{width:.1f}%'></i></td>"


def _shares(title: str, what: str, shares: dict[str, Share]) -> Table:
    names = ("documents", "sentences", "words", "mentions", "frames")
    rows: list[tuple[str | int, ...]] = [
        (name or "—", *share.as_json().values()) for name, share in shares.items()
    ]
    return Table(title, (what, *names), rows)


def _cell(value: str | int) -> str:
    return f"{value:,}" if isinstance(value, int) else " ".join(value.split()) or "—"
