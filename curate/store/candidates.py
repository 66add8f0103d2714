"""What the machine proposed for each document: one row per run, never overwritten."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from curate.errors import ProjectError
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.span import Span
from curate.store.encoding import argument_from, argument_parts, to_json
from curate.store.queue import rank_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from curate.model.candidate import Candidate
    from curate.store.database import Connection


@dataclass(frozen=True, slots=True)
class Run:
    """When a producer proposed something for a document."""

    producer: str
    """Name and version, such as `engine/1`."""
    at: str


class Candidates:
    """Candidates by document; the latest run of each producer holds."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(
        self, document_id: str, producer: str, candidates: Iterable[Candidate], *, at: str
    ) -> None:
        """Keep what a producer (name and version) proposes; older runs stay in the file."""
        with self._connection.writing():
            number = self._connection.value(
                "SELECT number FROM documents WHERE id = ?", (document_id,)
            )
            if number is None:
                raise ProjectError(f"{self._connection.path} has no document {document_id}")
            self._connection.run(
                "INSERT INTO candidates (document, producer, at, payload) VALUES (?, ?, ?, ?)",
                (number, producer, at, candidates_to_json(candidates)),
            )
            rank_document(self._connection, number)

    def of(
        self, document_id: str, producer: str | None = None
    ) -> tuple[list[MentionCandidate], list[FrameCandidate]]:
        """The latest candidates of a document, or of one producer (its name, without version).

        What two producers propose under one id is the same proposal: the
        producer that came first stands for it.
        """
        return CandidateRows(self._latest(document_id, producer)).within(None)

    def rows(self, document_id: str) -> CandidateRows:
        """The latest candidates of a document as they are kept, to be made ready in parts."""
        return CandidateRows(self._latest(document_id, None))

    def runs(self, document_id: str) -> list[Run]:
        """Who proposed when, oldest first."""
        rows = self._connection.rows(
            "SELECT c.producer, c.at FROM candidates c JOIN documents d ON d.number = c.document "
            "WHERE d.id = ? ORDER BY c.number",
            (document_id,),
        )
        return [Run(producer, at) for producer, at in rows]

    def _latest(self, document_id: str, only: str | None) -> list[str]:
        """The last payload of each producer, whatever its version, in the order they came."""
        runs = self._connection.rows(
            "SELECT c.producer, c.number FROM candidates c "
            "JOIN documents d ON d.number = c.document WHERE d.id = ? ORDER BY c.number",
            (document_id,),
        )
        last = {name_of(producer): number for producer, number in runs}
        return [
            self._connection.value("SELECT payload FROM candidates WHERE number = ?", (number,))
            for name, number in last.items()
            if only is None or name == only
        ]


class _MentionRow(msgspec.Struct, array_like=True, gc=False):
    """A mention candidate as it is kept."""

    key: str
    start: int
    end: int
    type: str
    subtype: str | None
    score: float
    producer: int
    """Its place in the list of producers."""
    reason: str
    attributes: dict[str, str] = {}

    def made(self, producers: list[str]) -> MentionCandidate:
        """The candidate."""
        return MentionCandidate(
            self.key,
            Span(self.start, self.end),
            self.type,
            self.subtype,
            self.score,
            producers[self.producer],
            self.reason,
            self.attributes,
        )


class _FrameRow(msgspec.Struct, array_like=True, gc=False):
    """A frame candidate as it is kept; its arguments are read when it is made."""

    key: str
    start: int
    end: int
    type: str
    arguments: msgspec.Raw
    score: float
    producer: int
    reason: str
    attributes: dict[str, str] = {}

    def made(self, producers: list[str]) -> FrameCandidate:
        """The candidate."""
        fillers = tuple(argument_from(a) for a in msgspec.json.decode(self.arguments))
        return FrameCandidate(
            self.key,
            self.type,
            Span(self.start, self.end),
            fillers,
            self.score,
            producers[self.producer],
            self.reason,
            self.attributes,
        )


class _Run(msgspec.Struct):
    """What one producer proposed for a document, as it is kept."""

    producers: list[str]
    mentions: list[_MentionRow]
    frames: list[_FrameRow]


_decode: Final = msgspec.json.Decoder(_Run).decode
"""Rows that the garbage collector need not look at: a document may have tens of thousands."""


class CandidateRows:
    """The candidates of a document as they are kept: made ready where they are wanted."""

    def __init__(self, payloads: Iterable[str]) -> None:
        self._runs = [_decode(payload) for payload in payloads]

    def within(self, span: Span | None) -> tuple[list[MentionCandidate], list[FrameCandidate]]:
        """Those that start inside a span, or all; what came first stands for its id."""
        mentions: dict[str, MentionCandidate] = {}
        frames: dict[str, FrameCandidate] = {}
        first, end = (0, sys.maxsize) if span is None else (span.start, span.end)
        for run in self._runs:
            for row in run.mentions:
                if first <= row.start < end and row.key not in mentions and row.key not in frames:
                    mentions[row.key] = row.made(run.producers)
            for said in run.frames:
                if first <= said.start < end and said.key not in mentions:
                    frames.setdefault(said.key, said.made(run.producers))
        return list(mentions.values()), list(frames.values())


def name_of(producer: str) -> str:
    """The name of a producer, without its version."""
    return producer.partition("/")[0]


def candidates_to_json(candidates: Iterable[Candidate]) -> str:
    """Compact JSON: each candidate as an array, producers by their place in a list."""
    producers: dict[str, int] = {}
    mentions: list[list[object]] = []
    frames: list[list[object]] = []
    for c in candidates:
        producer = producers.setdefault(c.producer, len(producers))
        if isinstance(c, MentionCandidate):
            row = [c.id, c.span.start, c.span.end, c.type, c.subtype, c.score, producer, c.reason]
            mentions.append(_closed(row, c.attributes))
        else:
            arguments = [argument_parts(a) for a in c.arguments]
            start, end = c.trigger.start, c.trigger.end
            row = [c.id, start, end, c.type, arguments, c.score, producer, c.reason]
            frames.append(_closed(row, c.attributes))
    return to_json({"producers": list(producers), "mentions": mentions, "frames": frames})


def candidates_from_json(text: str) -> list[Candidate]:
    """Read what `candidates_to_json` wrote: mentions first, then frames."""
    run = _decode(text)
    found: list[Candidate] = [row.made(run.producers) for row in run.mentions]
    found += [row.made(run.producers) for row in run.frames]
    return found


def _closed(row: list[object], attributes: Mapping[str, str]) -> list[object]:
    return [*row, dict(attributes)] if attributes else row
