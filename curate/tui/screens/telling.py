"""Deeds that tell something about the work itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.project.muting import mute as set_muted
from curate.project.muting import source_of
from curate.tui.arabic import reason
from curate.tui.editor import CannotDo

if TYPE_CHECKING:
    from curate.project.muting import Source
    from curate.project.today import Progress
    from curate.tui.editor import Editor
    from curate.tui.screens.desk import Desk
    from curate.tui.words import Words


def progress(screen: Desk) -> str:
    """Say how far the day's work and the batch are."""
    return progress_line(screen.progress, screen.words)


def progress_line(made: Progress, words: Words) -> str:
    """Items and speed of today, and what is left of the batch and of all."""
    said = [words("progress_today", items=made.items, decisions=made.decisions)]
    if made.seconds:
        minutes = f"{made.seconds / 60:.1f}" if made.seconds < 600 else round(made.seconds / 60)
        said.append(words("progress_speed", speed=f"{made.speed:.1f}", minutes=minutes))
    if made.batch is not None:
        done = made.batch_total - made.batch_left
        said.append(words("progress_batch", batch=made.batch, done=done, total=made.batch_total))
    said.append(words("progress_left", left=made.left, total=made.total))
    return " · ".join(said)


def mute(screen: Desk) -> str:
    """Mute what proposed the focus; its open candidates go from every item."""
    editor, words = screen.editor, screen.words
    source = source_of_focus(editor)
    if source is None:
        raise CannotDo("this comes from no list entry or rule that could be muted")
    following = editor.atoms.next_open(editor.focus)
    set_muted(editor.session.project, source, editor.session.annotator)
    screen.muted = source
    editor.session.refresh()
    editor.look(following)
    return words(
        "muted",
        source=reason(source.name, words.language),
        type=source.type,
        key=screen.keyboard.cap("u"),
    )


def source_of_focus(editor: Editor) -> Source | None:
    """What proposed the focus, if it can be muted."""
    value = None if editor.focus is None else editor.focus.value
    if isinstance(value, MentionCandidate | FrameCandidate):
        return source_of(value)
    return None


def take_back_mute(screen: Desk) -> str | None:
    """Let what was muted last propose again, when nothing was decided since."""
    source, screen.muted = screen.muted, None
    if source is None:
        return None
    editor, words = screen.editor, screen.words
    set_muted(editor.session.project, source, editor.session.annotator, is_muted=False)
    editor.session.refresh()
    editor.look()
    return words("unmuted", source=reason(source.name, words.language), type=source.type)


TELLING = (progress, mute)
"""The deeds of this file, by the names that `commands` uses."""
