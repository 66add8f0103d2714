"""A proxy on this machine that does to requests what networks and busy servers do.

It stands between a client and a real server, chooses a `Fault` for each
request, and keeps a log of what it did, so that a failing run can be told.
"""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

PATIENCE: Final = 120.0
"""Seconds that the server may take for an answer."""
_OWN: Final = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}
"""Headers that belong to one stretch of the way."""


class Fault(StrEnum):
    """What is done to a request."""

    NONE = "passed on"
    DROP = "never sent"
    HALF = "half of it sent"
    """The connection breaks while the server still reads the request."""
    LOSE = "answer lost"
    """The server did it, and the connection breaks before the answer."""
    CUT = "answer cut short"
    """The connection breaks in the middle of the answer."""
    SHORT = "answer short but whole"
    """Half of the answer comes as if it were all of it."""
    LATE = "delayed"
    TOO_LATE = "delayed for longer than the client waits"
    LATER = "sent after the client gave up"
    """The connection breaks at once, and the request reaches the server a little later."""
    DOUBLE = "sent twice"
    """Two copies reach the server; the answer is that to the second."""
    SAY_409 = "answered 409"
    SAY_429 = "answered 429"
    SAY_500 = "answered 500"
    SAY_503 = "answered 503"
    DONE_500 = "done, but answered 500"
    DONE_503 = "done, but answered 503"


FAULTS: Final = tuple(f for f in Fault if f not in {Fault.NONE, Fault.TOO_LATE})
"""All that cost no time to wait for."""
_SAID: Final = {
    Fault.SAY_409: 409, Fault.SAY_429: 429, Fault.SAY_500: 500, Fault.SAY_503: 503,
    Fault.DONE_500: 500, Fault.DONE_503: 503,
}  # fmt: skip
_REACH: Final = frozenset({
    Fault.LOSE, Fault.CUT, Fault.SHORT, Fault.TOO_LATE, Fault.DOUBLE, Fault.DONE_500,
    Fault.DONE_503, Fault.LATE, Fault.NONE,
})  # fmt: skip
"""Faults after which the server did what was asked."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done to one request."""

    method: str
    path: str
    fault: Fault
    status: int | None
    """What the server answered; None where it was not asked, or did not answer."""

    @property
    def is_write(self) -> bool:
        """Whether it was to change something."""
        return self.method != "GET"

    def __str__(self) -> str:
        return f"{self.method} {self.path}: {self.fault} (server: {self.status})"


def script(*faults: Fault) -> Callable[[str, str], Fault]:
    """Faults for the writes that come, one after another; then none."""
    waiting = list(faults)

    def choose(method: str, path: str) -> Fault:
        return waiting.pop(0) if waiting and method != "GET" else Fault.NONE

    return choose


def at_random(
    seed: int, *, writes: float = 0.5, reads: float = 0.1, faults: tuple[Fault, ...] = FAULTS
) -> Callable[[str, str], Fault]:
    """Faults with that chance for a write and for a read."""
    chance = random.Random(seed)

    def choose(method: str, path: str) -> Fault:
        if chance.random() < (reads if method == "GET" else writes):
            return chance.choice(faults)
        return Fault.NONE

    return choose


def never(method: str, path: str) -> Fault:
    """No faults."""
    return Fault.NONE


class FaultProxy:
    """The proxy: runs in a thread of its own while it is used as a context manager."""

    def __init__(self, target: str, choose: Callable[[str, str], Fault] = never) -> None:
        self.target = target
        """Address of the real server."""
        self.choose = choose
        """Tells the fault for a method and path; may be changed at any time."""
        self.delay = 0.05
        """Seconds of a `LATE` request."""
        self.later = 0.3
        """Seconds until a `LATER` request reaches the server."""
        self.too_long = 2.0
        """Seconds until the answer of a `TOO_LATE` request: more than the client waits."""
        self.log: list[Done] = []
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._end = asyncio.Event()
        self._thread = threading.Thread(target=self._work, name="fault proxy", daemon=True)
        self._session: ClientSession | None = None
        self._under_way: set[asyncio.Task[object]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(20), "the proxy did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(PATIENCE)
        self._loop.close()

    @property
    def faults(self) -> Counter[Fault]:
        """How often each fault was done."""
        return Counter(d.fault for d in self.log if d.fault is not Fault.NONE)

    def settle(self) -> None:
        """Wait until everything that is still under way has reached the server."""
        while self._under_way:
            time.sleep(0.02)

    # ------------------------------------------------------------ inside the thread

    def _work(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        application = web.Application(client_max_size=1 << 30)
        application.router.add_route("*", "/{path:.*}", self._handle)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        timeout = ClientTimeout(total=PATIENCE)
        async with ClientSession(
            connector=TCPConnector(force_close=True), timeout=timeout, auto_decompress=False
        ) as self._session:
            self._ready.set()
            await self._end.wait()
            await runner.cleanup()
            await asyncio.gather(*self._under_way)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        fault = self.choose(request.method, request.path)
        status: int | None = None
        try:
            if fault is Fault.HALF:
                await self._send_half(request, body)
            if fault is Fault.LATE:
                await asyncio.sleep(self.delay)
            if fault is Fault.LATER:
                self._send_later(request, body)
            if fault is Fault.DOUBLE:
                await self._forward(request, body)
            if fault not in _REACH:
                return self._unasked(request, fault)
            status, headers, content = await self._forward(request, body)
        except (ClientError, TimeoutError, OSError):
            return self._broken(request)  # the server itself is away
        finally:
            self.log.append(Done(request.method, request.path, fault, status))
        return await self._answer(request, fault, web.Response(
            status=status, headers=headers, body=content
        ))  # fmt: skip

    async def _forward(
        self, request: web.Request, body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask the server; its status, headers and whole answer."""
        assert self._session is not None
        headers = {n: v for n, v in request.headers.items() if n.lower() not in _OWN}
        async with self._session.request(
            request.method, f"{self.target}{request.raw_path}", data=body or None,
            headers=headers, allow_redirects=False,
        ) as answer:  # fmt: skip
            content = await answer.read()
            kept = {n: v for n, v in answer.headers.items() if n.lower() not in _OWN}
            return answer.status, kept, content

    def _send_later(self, request: web.Request, body: bytes) -> None:
        """Send it a little later, and let nobody have the answer."""

        async def send() -> None:
            await asyncio.sleep(self.later)
            with suppress(ClientError, TimeoutError, OSError):
                await self._forward(request, body)

        task: asyncio.Task[object] = asyncio.create_task(send())
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _send_half(self, request: web.Request, body: bytes) -> None:
        """Send the head and half of the body, and hang up."""
        parts = urlsplit(self.target)
        assert parts.hostname is not None
        _, writer = await asyncio.open_connection(parts.hostname, parts.port)
        lines = [f"{request.method} {request.raw_path} HTTP/1.1", f"Host: {parts.netloc}"]
        lines += [f"{n}: {v}" for n, v in request.headers.items() if n.lower() not in _OWN]
        head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""])
        writer.write(head.encode() + body[: len(body) // 2])
        await writer.drain()
        writer.transport.abort()

    def _unasked(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        """What the client gets where the server was not asked."""
        if fault not in _SAID:
            return self._broken(request)
        headers = {"Retry-After": "1"} if fault in {Fault.SAY_429, Fault.SAY_503} else {}
        return web.json_response({"detail": "not now"}, status=_SAID[fault], headers=headers)

    async def _answer(
        self, request: web.Request, fault: Fault, answer: web.Response
    ) -> web.StreamResponse:
        """What the client gets where the server did it."""
        if fault is Fault.LOSE:
            return self._broken(request)
        if fault is Fault.TOO_LATE:
            await asyncio.sleep(self.too_long)
        if fault in _SAID:
            return web.json_response({"detail": "something went wrong"}, status=_SAID[fault])
        content = answer.body
        if not isinstance(content, bytes) or len(content) < 2:
            return answer
        if fault is Fault.SHORT:
            answer.body = content[: len(content) // 2]
        if fault is not Fault.CUT:
            return answer
        cut = web.StreamResponse(status=answer.status, headers=answer.headers)
        cut.content_length = len(content)
        await cut.prepare(request)
        await cut.write(content[: len(content) // 2])
        return self._broken(request, cut)

    def _broken(
        self, request: web.Request, begun: web.StreamResponse | None = None
    ) -> web.StreamResponse:
        """Hang up without another word."""
        if request.transport is not None:
            request.transport.abort()
        return begun or web.Response(status=502)
