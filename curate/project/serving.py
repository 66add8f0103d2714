"""Serve the candidates of a project, or of a schema, to Label Studio."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.candidates.engine import Producer
from curate.project.learning import project_producer
from curate.project.opening import open_project, read_schema
from curate.project.proposing import producer_of
from curate.project.shortening import within_reason
from curate.sync.addresses import is_this_machine
from curate.sync.backend import USER, Backend, application, serving

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from curate.model.candidate import Candidate
    from curate.model.document import Document

TOKEN_VARIABLE: Final = "CURATE_BACKEND_TOKEN"  # noqa: S105 (the variable's name)
"""Environment variable with the token that Label Studio must know."""

EXPOSED: Final = (
    "whoever can reach this address and knows the token can ask for candidates, and nothing is "
    "encrypted on the way: use it in a network you trust, or behind a proxy that speaks https"
)


@dataclass(frozen=True, slots=True)
class Within:
    """A producer that leaves out what is too long to be a sentence."""

    inner: Producer

    @property
    def version(self) -> str:
        """That of the producer."""
        return self.inner.version

    def propose(self, document: Document) -> tuple[Candidate, ...]:
        """The candidates of a document."""
        return self.inner.propose(within_reason(document))


def backend_for(project: str | None, schema: Path | None, token: str | None = None) -> Backend:
    """What a project proposes; with a schema, what is proposed for it without a project."""
    if schema is not None:
        loaded = read_schema(schema)
        return Backend(loaded, Within(project_producer(loaded, None)), token)
    with open_project(project, read_only=True) as opened:
        return Backend(opened.schema, Within(producer_of(opened)), token)


def serve_candidates(
    project: str | None,
    schema: Path | None,
    *,
    host: str,
    port: int,
    say: Callable[[str], None],
) -> None:
    """Serve until stopped. Beyond this machine a token is asked for, made here if none is given."""
    token = os.environ.get(TOKEN_VARIABLE) or None
    is_private = is_this_machine(host)
    if token is None and not is_private:
        token = secrets.token_urlsafe(24)
        say(f"user {USER}, password {token} (set {TOKEN_VARIABLE} to choose it)")
    if not is_private:
        say(EXPOSED)
    asyncio.run(_serve(backend_for(project, schema, token), host, port, say))


async def _serve(backend: Backend, host: str, port: int, say: Callable[[str], None]) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopped.set)
    async with serving(application(backend), host, port) as (bound, number):
        shown = f"[{bound}]" if ":" in bound else bound
        say(
            f"candidates for {backend.schema.identity} at http://{shown}:{number}; in Label "
            "Studio: Settings → Model → Connect Model. Ctrl-C ends it."
        )
        await stopped.wait()
