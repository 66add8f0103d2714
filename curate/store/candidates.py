"""What the machine proposed for each document: one row per run, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from curate.errors import ProjectError
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.span import Span
from curate.store.encoding import argument_from, argument_parts, from_json, to_json
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


class CandidateRows:
    """The candidates of a document as they are kept: made ready where they are wanted."""

    def __init__(self, payloads: Iterable[str]) -> None:
        self._runs = [from_json(payload) for payload in payloads]

    def within(self, span: Span | None) -> tuple[list[MentionCandidate], list[FrameCandidate]]:
        """Those that start inside a span, or all; what came first stands for its id."""
        mentions: dict[str, MentionCandidate] = {}
        frames: dict[str, FrameCandidate] = {}
        for run in self._runs:
            known = frozenset((*mentions, *frames))
            names: list[str] = run["producers"]
            for row in _starting(run["mentions"], span):
                if row[0] not in known:
                    mentions.setdefault(row[0], _mention(row, names))
            for row in _starting(run["frames"], span):
                if row[0] not in known and row[0] not in mentions:
                    frames.setdefault(row[0], _frame(row, names))
        return list(mentions.values()), list(frames.values())


def _starting(rows: list[list[Any]], span: Span | None) -> list[list[Any]]:
    """The rows whose candidate, or its trigger, starts inside a span."""
    if span is None:
        return rows
    first, end = span.start, span.end
    return [row for row in rows if first <= row[1] < end]


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
    parts = from_json(text)
    producers: list[str] = parts["producers"]
    found: list[Candidate] = [_mention(row, producers) for row in parts["mentions"]]
    found += [_frame(row, producers) for row in parts["frames"]]
    return found


def _mention(row: list[Any], producers: list[str]) -> MentionCandidate:
    key, start, end, kind, subtype, score, producer, reason, *rest = row
    return MentionCandidate(
        key, Span(start, end), kind, subtype, score, producers[producer], reason, *rest
    )


def _frame(row: list[Any], producers: list[str]) -> FrameCandidate:
    key, start, end, kind, arguments, score, producer, reason, *rest = row
    fillers = tuple(argument_from(a) for a in arguments)
    trigger = Span(start, end)
    return FrameCandidate(key, kind, trigger, fillers, score, producers[producer], reason, *rest)


def _closed(row: list[object], attributes: Mapping[str, str]) -> list[object]:
    return [*row, dict(attributes)] if attributes else row
