"""Look at a running workbench: what its screen shows, cell by cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.text.layout import visual
from curate.tui.app import Workbench
from curate.tui.pacing import Pace

if TYPE_CHECKING:
    from rich.style import Style
    from textual.pilot import Pilot

    from curate.project.annotating import Annotating
    from curate.tui.pacing import Press, Sight
    from curate.tui.screens.annotate import AnnotateScreen


class Unhurried(Pace):
    """Lets every press decide."""

    def allows(self, deed: str, sight: Sight, press: Press) -> bool:
        """Always."""
        return True


SMALL, LARGE = (80, 24), (200, 60)


def workbench(session: Annotating, **settings: object) -> Workbench:
    """The app on a session; it takes keys as fast as a test presses them."""
    settings.setdefault("pace", Unhurried())
    return Workbench(session, project="work", **settings)  # type: ignore[arg-type]  # by name


def annotate(pilot: Pilot[None]) -> AnnotateScreen:
    """The annotator's screen."""
    from curate.tui.screens.annotate import AnnotateScreen

    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, AnnotateScreen)
    return screen


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys and wait until each was answered."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


def rows(pilot: Pilot[None]) -> list[str]:
    """The screen as text, row by row."""
    strips = pilot.app.screen._compositor.render_strips()
    return ["".join(segment.text for segment in strip) for strip in strips]


def cells(pilot: Pilot[None], row: int) -> list[tuple[str, Style | None]]:
    """The characters of a row with their styles."""
    strip = pilot.app.screen._compositor.render_strips()[row]
    return [(c, segment.style) for segment in strip for c in segment.text]


def shows(pilot: Pilot[None], words: str) -> bool:
    """Whether the screen shows these words, Arabic in visual order."""
    return any(visual(words) in row for row in rows(pilot))
