"""What was searched last: all that the annotator's screen keeps of a search."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Searched:
    """What was searched last, to go on from there."""

    line: str = ""
    at: int = 0
