"""Propose candidates for many documents, on every processor when there is much to do."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from curate.candidates.muting import Source
from curate.errors import WorldError
from curate.formats.schema_file import load_schema
from curate.model.document import Document, Sentence, SentenceKind
from curate.model.span import Span
from curate.project.muting import muted, producer_without
from curate.project.shortening import within_reason
from curate.store.intake import Proposed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from types import TracebackType
    from typing import Any, Self, TypeAlias

    from curate.candidates.engine import Producer
    from curate.project.opening import Project

    Pipe: TypeAlias = Connection[Any, Any]

MUCH = 2_000_000
"""Bytes of sources from which on other processes help: below, starting them takes longer."""

BULK = 8_000_000
"""Bytes of sources from which on only the rules propose: the learned tagger takes as long again."""

_MOST_HELPERS = 3
"""Each takes some 130 MB."""
_BATCH = 20_000
"""Code points of documents that go to a helper at a time: some hundredths of a second of work."""

Task = tuple[str, str, dict[str, object], list[tuple[int, int, str]]]
"""A document as plain values, which travel fast: id, text, metadata, sentences."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a process of its own needs to make the project's producer."""

    schema_text: str
    model_text: str | None = None
    """What the project learned; without it, what ships is used."""
    seeds_text: str | None = None
    """The project's own lists; without them, only what ships is used."""
    rules_only: bool = False
    sources: frozenset[Source] = frozenset()
    """What the project has muted."""

    def __call__(self) -> Producer:
        """Make the producer."""
        schema = load_schema(self.schema_text.encode())
        if self.rules_only:
            from curate.candidates.engine import rule_engine
            from curate.project.own_seeds import seeds_of

            rules = rule_engine(schema, seeds_of(self.seeds_text))
            return producer_without(rules, self.sources)
        from curate.project.learning import project_producer

        return project_producer(schema, self.model_text, self.seeds_text, self.sources)


def producer_of(project: Project) -> Producer:
    """The producer of a project's candidates."""
    from curate.project.learning import model_text, project_producer
    from curate.project.own_seeds import seeds_text

    store = project.store
    return project_producer(project.schema, model_text(store), seeds_text(store), muted(store))


Offer = tuple[Document, Proposed | None]
"""A document, and what is proposed for it if that is known."""


class Proposer(Protocol):
    """Proposes for document after document."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def each(self, documents: Iterable[Offer]) -> Generator[Offer]:
        """Give every document back, in order, with what is proposed for it.

        Close it before the next call when it is not gone through to its end.
        """
        ...


class Here:
    """Proposes in this process; without a producer, nothing."""

    def __init__(self, producer: Producer | None) -> None:
        self._producer = producer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to tidy up."""

    def each(self, documents: Iterable[Offer]) -> Generator[Offer]:
        """Give every document back, in order, with what is proposed for it."""
        for document, known in documents:
            if known is None and self._producer is not None:
                yield document, proposed(self._producer, document)
            else:
                yield document, known


class Helpers:
    """Proposes in processes of its own, one for each processor; results keep their order.

    A helper gets a batch only after it gave back the one before, so that neither side ever waits
    for the other to read, and ends by itself when this process is gone.
    """

    def __init__(self, recipe: Callable[[], Producer], count: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipes: list[Pipe] = []
        self._processes: list[BaseProcess] = []
        for _ in range(count):
            here, there = context.Pipe()
            process = context.Process(target=_help, args=(there, recipe), daemon=True)
            process.start()
            there.close()
            self._pipes.append(here)
            self._processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Let the helpers go."""
        for pipe in self._pipes:
            pipe.close()
        for process in self._processes:
            process.terminate()
            process.join()

    def each(self, documents: Iterable[Offer]) -> Generator[Offer]:
        """Give every document back, in order, with what is proposed for it."""
        idle = deque(self._pipes)
        busy: deque[tuple[Pipe, list[Offer]]] = deque()
        try:
            for batch in batches(documents):
                if not idle:
                    yield from self._received(busy, idle)
                pipe = idle.popleft()
                self._send(pipe, batch)
                busy.append((pipe, batch))
            while busy:
                yield from self._received(busy, idle)
        finally:
            for pipe, _ in busy:  # broken off: nobody wants these any more
                self._receive(pipe)

    def _received(
        self, busy: deque[tuple[Pipe, list[Offer]]], idle: deque[Pipe]
    ) -> Iterator[Offer]:
        """Results of the oldest batch."""
        pipe, batch = busy.popleft()
        results = iter(self._receive(pipe))
        idle.append(pipe)
        for document, known in batch:
            yield document, next(results) if known is None else known

    def _send(self, pipe: Pipe, batch: list[Offer]) -> None:
        try:
            pipe.send([task_of(document) for document, known in batch if known is None])
        except OSError as error:
            raise _gone() from error

    def _receive(self, pipe: Pipe) -> list[Proposed]:
        try:
            return [Proposed(*result) for result in pipe.recv()]
        except (EOFError, OSError) as error:
            raise _gone() from error


def proposer(project: Project, size: int) -> Proposer:
    """Whatever is faster for sources of that many bytes."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else None
    count = min(processors or os.cpu_count() or 1, _MOST_HELPERS)
    if size < MUCH:
        return Here(producer_of(project))
    recipe = recipe_of(project, size)
    return Helpers(recipe, count) if count > 1 else Here(recipe())


def recipe_of(project: Project, size: int) -> Recipe:
    """What other processes need to propose for sources of that many bytes."""
    from curate.project.learning import model_text
    from curate.project.own_seeds import seeds_text

    store = project.store
    return Recipe(
        store.schema_text, model_text(store), seeds_text(store), size >= BULK, muted(store)
    )


def proposed(producer: Producer, document: Document) -> Proposed:
    """What a producer proposes for a document, but for sentences too long to be any."""
    return Proposed.of(producer.version, producer.propose(within_reason(document)))


def _help(pipe: Pipe, recipe: Callable[[], Producer]) -> None:
    """What a helper does until its pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that reads
    producer = recipe()
    while True:
        try:
            tasks = pipe.recv()
        except EOFError:
            return
        results = [proposed(producer, document_of(task)) for task in tasks]
        pipe.send([(r.producer, r.payload, r.count) for r in results])


def batches(documents: Iterable[Offer]) -> Iterator[list[Offer]]:
    """Documents in batches of some hundredths of a second of work."""
    batch: list[Offer] = []
    length = 0
    for document, known in documents:
        batch.append((document, known))
        length += len(document.text)
        if length >= _BATCH:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch


def task_of(document: Document) -> Task:
    """A document as plain values."""
    sentences = [(s.span.start, s.span.end, s.kind.value) for s in document.sentences]
    return document.id, document.text, dict(document.meta), sentences


def document_of(task: Task) -> Document:
    """The document that `task_of` took apart."""
    key, text, meta, sentences = task
    spans = tuple(Sentence(Span(a, b), SentenceKind(kind)) for a, b, kind in sentences)
    return Document(key, text, meta, spans)  # type: ignore[arg-type]  # came from metadata


def _gone() -> WorldError:
    return WorldError(
        "a process that proposes candidates ended by itself",
        "try again; if it happens again, add fewer files at a time or use --no-candidates",
    )
