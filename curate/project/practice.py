"""A practice item that is nobody's work: the tour's sentence in a project that is thrown away."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from curate.model.annotation import Annotation
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.span import Span
from curate.project.activity import utc_now
from curate.project.annotating import Annotating
from curate.project.opening import SUFFIX, create_project
from curate.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.model.annotation import Argument, Frame

PRODUCER: Final = "tour/1"
OFFERS: Final = 3
"""So many times the tour is offered to somebody who does not take it."""


@dataclass(frozen=True, slots=True)
class Practice:
    """A session on the practice item, and how the item looks when all is done."""

    session: Annotating
    goal: Annotation
    """What a careful reader says of it."""
    proposed: Mapping[Span, set[tuple[str, Span | None]]]
    """Trigger of each proposed frame → roles and places of its fillers."""

    def filler(self, annotation: Annotation, argument: Argument) -> Span | None:
        """Where the filler of an argument of an annotation stands."""
        if argument.mention is not None:
            mention = annotation.mention(argument.mention)
            return None if mention is None else mention.span
        frame = annotation.frame(argument.frame or "")
        return argument.span if frame is None else frame.trigger

    def fillers(self, annotation: Annotation, frame: Frame) -> set[tuple[str, Span | None]]:
        """Role and place of every filler of a frame."""
        return {(a.role, self.filler(annotation, a)) for a in frame.arguments}

    def reached(self, wanted: Frame) -> bool:
        """Whether the annotator has this frame of the goal, with its fillers."""
        said = self.session.view.annotation
        goal = self.fillers(self.goal, wanted)
        return any(
            (f.type, f.trigger) == (wanted.type, wanted.trigger) and self.fillers(said, f) == goal
            for f in said.frames
        )


@contextmanager
def practice(annotator: str = "you") -> Iterator[Practice]:
    """A practice project in a folder of its own, which is gone at the end."""
    from curate.formats.jsonl import read_record

    with tempfile.TemporaryDirectory(prefix="curate-tour-") as folder:
        path = Path(folder) / f"practice{SUFFIX}"
        line = shipped("seeds").joinpath("tour", "practice.jsonl").read_bytes()
        record = read_record(line, "practice.jsonl")
        with create_project(path) as project:
            now = utc_now()
            project.store.documents.add([record.document], project.unit, at=now)
            key = record.document.id
            project.store.candidates.put(key, PRODUCER, record.candidates, at=now)
            spans = {c.id: c.span for c in record.candidates if isinstance(c, MentionCandidate)}
            proposed = {
                c.trigger: {(a.role, spans.get(a.mention or "")) for a in c.arguments}
                for c in record.candidates
                if isinstance(c, FrameCandidate)
            }
            yield Practice(Annotating(project, annotator), record.annotations[0], proposed)


def _marker() -> Path:
    from platformdirs import user_data_path

    return user_data_path("curate", appauthor=False) / "tour-offers"


def offer_tour() -> bool:
    """Whether to offer the tour now; each offer is counted, and a few are enough."""
    marker = _marker()
    count = 0
    with suppress(OSError, ValueError):
        count = int(marker.read_text(encoding="utf-8"))
    if count >= OFFERS:
        return False
    _write(marker, count + 1)
    return True


def tour_taken() -> None:
    """Note that the tour need not be offered any more."""
    _write(_marker(), OFFERS)


def _write(marker: Path, count: int) -> None:
    with suppress(OSError):  # where nothing can be kept, the offer only comes again
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.write_text(str(count), encoding="utf-8")
