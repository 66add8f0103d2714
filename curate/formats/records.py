"""What an interchange file says of one document: the value that formats read and write."""

from __future__ import annotations

from dataclasses import dataclass

from curate.model.annotation import Annotation
from curate.model.candidate import Candidate
from curate.model.comment import Thread
from curate.model.document import Document


@dataclass(frozen=True, slots=True)
class Misfit:
    """A part of what was read that could not be taken over, and why."""

    reason: str
    content: object
    """The part as it came."""


@dataclass(frozen=True, slots=True)
class Record:
    """A document with all that people and machines say of it."""

    document: Document
    annotations: tuple[Annotation, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    threads: tuple[Thread, ...] = ()
    """What people said to each other of the document's items."""
    misfits: tuple[Misfit, ...] = ()
    """What a foreign file said that has no place here; never written."""
