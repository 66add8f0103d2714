"""The pages of the lead's screen beside the cases: progress and agreement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.errors import CurateError
from curate.project.agreeing import AgreementOptions, compare_project
from curate.project.agreeing_figures import Report
from curate.project.reviewing_progress import standing_of
from curate.tui.review_figures import Entry, entries, figure_row
from curate.tui.review_words import say
from curate.tui.screens.review_behind import BehindScreen
from curate.tui.widgets.sheet import Part, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.project.reviewing_progress import Share, Standing
    from curate.tui.screens.review_desk import ReviewDesk
    from curate.tui.widgets.sheet import Sheet

_BAR = 20


class ProgressPage:
    """How far everybody is."""

    def __init__(self, screen: ReviewDesk) -> None:
        self._screen = screen
        self._standing: Standing | None = None

    def forget(self) -> None:
        """Count anew when it is shown next."""
        self._standing = None

    def draw(self, sheet: Sheet) -> None:
        """Show the bars."""
        self._standing = standing_of(self._screen.reviewing.project)
        sheet.show(self._rows(self._standing), rtl=self._screen.words.rtl)

    def _rows(self, standing: Standing) -> Iterator[Row]:
        words, gold = self._screen.words, standing.gold
        said = say(words, "gold_state", resolved=gold.resolved, items=gold.items, cases=gold.cases)
        yield Row((Part(f"{_bar(gold.resolved, gold.items)} ", "good"), Part(said)))
        yield from self._audit()
        yield Row()
        for share in standing.shares:
            yield self._share(share, share.annotator)
            for batch in standing.batches:
                if batch.annotator == share.annotator:
                    yield self._share(batch, "  " + say(words, "batch", name=batch.batch))
        if standing.flagged:
            yield Row()
        for left in standing.flagged:
            text = say(words, "flagged", item=left.item, annotator=left.annotator,
                       reason=left.reason)  # fmt: skip
            yield Row((Part(text, "warn"),))

    def _audit(self) -> Iterator[Row]:
        audit, words = self._screen.reviewing.audit(), self._screen.words
        left = audit.drawn - audit.checked
        if audit.interval is not None:
            low, high = (round(100 * end) for end in audit.interval)
            text = say(words, "audited", overturned=audit.overturned, checked=audit.checked,
                       low=low, high=high, left=left)  # fmt: skip
            yield Row((Part(text),))
        elif left:
            yield Row((Part(say(words, "audit_open", left=left), "dim"),))

    def _share(self, share: Share, name: str) -> Row:
        words = self._screen.words
        parts = [
            Part(f"{name[:18]:<18} ", "name"),
            Part(f"{_bar(share.done, share.total)} ", "key"),
            Part(say(words, "done_of", done=share.done, total=share.total)),
        ]
        for count, status in ((share.draft, "draft"), (share.skipped, "skipped"),
                              (share.flagged, "flagged")):  # fmt: skip
            if count:
                parts.append(Part(f" · {words(status)} {count}", "dim"))
        if share.seconds is not None:
            parts.append(Part(f" · {say(words, 'a_minute', seconds=round(share.seconds))}", "dim"))
        return Row(tuple(parts))

    def foot(self) -> Row:
        """The keys of the page."""
        return Row((Part(f" {say(self._screen.words, 'progress_keys')}", "dim"),))

    def key(self, key: str) -> bool:
        """Whether the page takes the key."""
        del key
        return False

    def pressed(self, target: str) -> bool:
        """Whether a click meant something."""
        del target
        return False


def _bar(done: int, total: int) -> str:
    full = round(_BAR * done / total) if total else 0
    return "▓" * full + "░" * (_BAR - full)


@dataclass(slots=True)
class _Figures:
    """What came of computing."""

    report: Report | None = None
    error: str = ""


class AgreementPage:
    """The figures; behind each are its sentences."""

    def __init__(self, screen: ReviewDesk) -> None:
        self._screen = screen
        self._found: _Figures | None = None
        self._under_way = False
        self._at = 0
        self._entries: list[Entry] = []
        self.only_differences = True

    def forget(self) -> None:
        """Compute anew when it is shown next."""
        self._found = None

    def draw(self, sheet: Sheet) -> None:
        """Show the figures, or that they are being computed in a thread of their own."""
        words = self._screen.words
        if self._found is None:
            self._compute()
            sheet.show([Row((Part(say(words, "computing"), "dim"),))], rtl=words.rtl)
            return
        if self._found.report is None:
            said = say(words, "no_agreement", why=self._found.error)
            sheet.show([Row((Part(said, "warn"),))], rtl=words.rtl)
            return
        self._entries = list(entries(self._found.report, words))
        self._at = min(self._at, len(self._entries) - 1)
        if self._entries and self._entries[self._at].question is None:
            self._step(1)
        width = sheet.content_size.width or self._screen.app.size.width - 2
        rows = [
            figure_row(entry, width, chosen=n == self._at, number=n)
            for n, entry in enumerate(self._entries)
        ]
        sheet.show(rows, rtl=words.rtl, keep=self._at)

    def _compute(self) -> None:
        if not self._under_way:
            self._under_way = True
            readers = self._screen.reviewing.readers
            self._screen.run_worker(lambda: self._look(readers), thread=True, group="figures")

    def _look(self, readers: frozenset[str]) -> None:
        """In a thread of its own, with a connection of its own."""
        found = _Figures()
        try:
            with self._screen.reviewing.project.for_reading() as project:
                comparison = compare_project(project, AgreementOptions(annotators=readers))
                found.report = comparison.report
                if found.report.nothing is not None:
                    found = _Figures(error=found.report.nothing.because)
        except CurateError as error:
            found.error = error.message
        self._screen.app.call_from_thread(self._take, found)

    def _take(self, found: _Figures) -> None:
        self._under_way = False
        self._found = found
        self._screen.draw()

    def foot(self) -> Row:
        """The keys of the page."""
        words = self._screen.words
        parts = [Part(f" {say(words, 'figures_keys')}", "dim")]
        if self.only_differences:
            parts.append(Part(f"  {say(words, 'only_differences')}", "good"))
        return Row(tuple(parts))

    def key(self, key: str) -> bool:
        """Whether the page takes the key."""
        steps = {"down": 1, "up": -1, "pagedown": 10, "pageup": -10}
        if key in steps:
            self._step(steps[key])
        elif key == "d":
            self.only_differences = not self.only_differences
        elif key == "enter":
            self._open()
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        """Move the choice over the rows that have sentences behind them."""
        there = [n for n, e in enumerate(self._entries) if e.question is not None]
        if not there:
            return
        now = min(range(len(there)), key=lambda n: abs(there[n] - self._at))
        if there[now] == self._at:
            now += by
        self._at = there[max(0, min(len(there) - 1, now))]

    def pressed(self, target: str) -> bool:
        """Choose a row by mouse; again opens it."""
        if int(target) == self._at:
            self._open()
        self._at = int(target)
        return True

    def _open(self) -> None:
        entry = self._entries[self._at] if self._entries else None
        if entry is None or entry.question is None:
            return
        self._screen.app.push_screen(
            BehindScreen(
                self._screen.reviewing.project, entry.question, entry.title,
                options=AgreementOptions(annotators=self._screen.reviewing.readers),
                telling=self._screen.telling, manner=self._screen.manner,
                only_differences=self.only_differences,
            )
        )  # fmt: skip
