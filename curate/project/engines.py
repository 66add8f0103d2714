"""Who does the work of a stage: this process, or workers of Dask here or on a cluster."""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from curate.errors import CurateError, WorldError
from curate.project.proposing import batches, document_of, proposed, task_of
from curate.store.intake import Proposed

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from typing import Self

    from curate.candidates.engine import Producer
    from curate.project.proposing import Offer, Recipe, Task

Job = TypeVar("Job")
Done = TypeVar("Done")

ENGINES = ("here", "dask")
RETRIES = 2
"""How often a job is tried again that failed for a reason other than its own input."""
_AHEAD = 4
"""Batches on their way for each worker: enough that none waits for the next."""


class Engine(Protocol):
    """Does jobs that have nothing to do with each other."""

    def each(self, function: Callable[[Job], Done], jobs: Sequence[Job]) -> Iterator[Done]:
        """Results in the order of the jobs; a `CurateError` of a job is raised as it is."""
        ...


class Here:
    """One job after the other, in this process."""

    def each(self, function: Callable[[Job], Done], jobs: Sequence[Job]) -> Iterator[Done]:
        """Results in the order of the jobs."""
        return map(function, jobs)


class OnDask:
    """Jobs on the workers of a Dask cluster."""

    def __init__(self, client: Any, retries: int = RETRIES) -> None:
        self._client = client
        self._retries = retries

    def each(self, function: Callable[[Job], Done], jobs: Sequence[Job]) -> Iterator[Done]:
        """Results in the order of the jobs; a job whose worker was lost is given to another."""
        futures = deque(
            self._client.map(_guarded, [(function, job) for job in jobs], pure=False,
                             retries=self._retries)
        )  # fmt: skip
        try:
            while futures:
                yield _received(futures.popleft())
        finally:
            self._client.cancel(list(futures))

    def proposer(self, recipe: Recipe) -> DaskProposer:
        """Propose candidates on the workers."""
        return DaskProposer(self._client, recipe, self._retries)


class DaskProposer:
    """Proposes on the workers of a cluster; results keep their order."""

    def __init__(self, client: Any, recipe: Recipe, retries: int) -> None:
        self._client = client
        self._recipe = recipe
        self._retries = retries

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """The cluster is let go by whoever started it."""

    def each(self, documents: Iterable[Offer]) -> Generator[Offer]:
        """Give every document back, in order, with what is proposed for it."""
        ahead = _AHEAD * max(1, len(self._client.nthreads()))
        waiting: deque[tuple[Any, list[Offer]]] = deque()
        for batch in batches(documents):
            if len(waiting) >= ahead:
                yield from _offers(*waiting.popleft())
            tasks = [task_of(document) for document, known in batch if known is None]
            job = (_propose, (self._recipe, tasks))
            future = self._client.submit(_guarded, job, pure=False, retries=self._retries)
            waiting.append((future, batch))
        while waiting:
            yield from _offers(*waiting.popleft())


@contextmanager
def dask(
    *, workers: int = 2, scheduler: str | None = None, retries: int = RETRIES
) -> Iterator[OnDask]:
    """A cluster on this machine with that many worker processes, or the one at an address.

    Raises `CurateError` where Dask is not installed, `WorldError` where no cluster answers.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise CurateError(
            "this needs Dask, which is not installed", "pip install 'curate[engine]'"
        ) from error
    if scheduler is not None:
        try:
            client = distributed.Client(scheduler, timeout="10s")
        except (OSError, ValueError) as error:
            raise WorldError(
                f"no Dask scheduler answers at {scheduler}",
                "start one with `dask scheduler`, and give its address",
            ) from error
        with client:
            yield OnDask(client, retries)
        return
    with (
        distributed.LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address=None,
            scheduler_kwargs={"dashboard": False},
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield OnDask(client, retries)


@contextmanager
def engine(name: str, *, workers: int = 2, scheduler: str | None = None) -> Iterator[Engine]:
    """The engine of that name."""
    if name == "dask" or scheduler is not None:
        with dask(workers=workers, scheduler=scheduler) as cluster:
            yield cluster
    else:
        yield Here()


def _guarded(call: tuple[Callable[[Job], Done], Job]) -> tuple[Done | None, CurateError | None]:
    """What a job gives, or the error in its input, which trying again would not mend."""
    function, job = call
    try:
        return function(job), None
    except WorldError:
        raise  # the world may be kinder the next time
    except CurateError as error:
        return None, error


def _received(future: Any) -> Any:
    distributed: Any = import_module("distributed")
    try:
        result, error = future.result()
    except distributed.KilledWorker as lost:
        raise WorldError(
            "a job ended several workers one after the other",
            "give the workers more memory, or make the parts smaller",
        ) from lost
    if error is not None:
        raise error
    return result


def _offers(future: Any, batch: list[Offer]) -> Iterator[Offer]:
    results = iter(_received(future))
    for document, known in batch:
        yield document, Proposed(*next(results)) if known is None else known


def _propose(job: tuple[Recipe, list[Task]]) -> list[tuple[str, str, int]]:
    recipe, tasks = job
    producer = _producer(recipe)
    results = [proposed(producer, document_of(task)) for task in tasks]
    return [(r.producer, r.payload, r.count) for r in results]


@lru_cache(maxsize=2)
def _producer(recipe: Recipe) -> Producer:
    return recipe()
