"""One browser tab: a workbench of its own behind a WebSocket, ended with it."""

from __future__ import annotations

import asyncio
import shlex
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GRACE: Final = 3.0
"""Seconds the app has to end after its tab was closed, before it is made to."""

WIDEST, TALLEST = 500, 300
"""The largest terminal that a browser may ask for, in cells."""


class _App(AppService):
    """The app behind a tab, started without a shell, and gone for certain when it was stopped."""

    def __init__(self, words: Sequence[str], socket: web.WebSocketResponse) -> None:
        super().__init__(
            shlex.join(words),
            write_bytes=socket.send_bytes,
            write_str=socket.send_str,
            close=_closing(socket),
            download_manager=DownloadManager(),
        )
        self._words = words

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start the app with its words as they are, whatever the shell of the system."""
        self._process = process = await asyncio.create_subprocess_exec(
            *self._words,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._build_environment(width=width, height=height),
        )
        self._stdin = process.stdin
        return process

    async def stop(self) -> None:
        """Ask the app to end, then make it, and wait until it has."""
        with suppress(TimeoutError, ConnectionError):
            await asyncio.wait_for(super().stop(), GRACE)
        process = self._process
        if process is None:
            return
        try:
            await asyncio.wait_for(process.wait(), GRACE)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def connect(request: web.Request, words: Sequence[str]) -> web.WebSocketResponse:
    """Run the command `words` for as long as the tab is open."""
    socket = web.WebSocketResponse(heartbeat=15)
    await socket.prepare(request)
    app = _App(words, socket)
    await app.start(
        _cells(request.query.get("width"), 80, WIDEST),
        _cells(request.query.get("height"), 24, TALLEST),
    )
    try:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                await _obey(message.json(), app, socket)
    finally:
        await app.stop()
    return socket


async def _obey(envelope: Any, app: AppService, socket: web.WebSocketResponse) -> None:
    """Pass on what the page says; what it never says is ignored."""
    match envelope:
        case ["stdin", str(keys)]:
            await app.send_bytes(keys.encode())
        case ["resize", {"width": int(width), "height": int(height)}]:
            await app.set_terminal_size(
                _cells(width, 80, WIDEST),
                _cells(height, 24, TALLEST),
            )
        case ["ping", value]:
            await socket.send_json(["pong", value])
        case ["blur"]:
            await app.blur()
        case ["focus"]:
            await app.focus()


def _cells(asked: str | int | None, default: int, most: int) -> int:
    """Return a size that a terminal can have."""
    try:
        return min(max(int(asked or default), 1), most)
    except ValueError:
        return default


def _closing(socket: web.WebSocketResponse) -> Callable[[], Any]:
    async def close() -> None:
        await socket.close()

    return close
