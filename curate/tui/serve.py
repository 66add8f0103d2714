"""The workbench in a browser: textual-serve with our own page, font and locks on the door.

Everything comes from this machine, and a browser gets in only with the key of the printed
address: other users of the machine, and pages of other sites, do not have it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
import signal
import socket
import sys
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from hmac import compare_digest
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from aiohttp import web

from curate.errors import WorldError
from curate.model.schema import Label

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from aiohttp.typedefs import Handler, Middleware

LOOPBACK: Final = "127.0.0.1"
PORT: Final = 8600

WARNING: Final = Label(
    "Whoever can reach this address and knows the link can annotate as you, and nothing is "
    "encrypted on the way: use it in a network you trust, or over an SSH tunnel.",
    "كل من يصل إلى هذا العنوان ويعرف الرابط يستطيع أن يوسم باسمك، ولا شيء مشفّر في الطريق: "
    "استعمله في شبكة تثق بها أو عبر نفق SSH.",
)
"""Said when the page can be reached from other machines."""

_PAGE: Final = {
    "/": ("curate.tui", "serve_assets/index.html", "text/html"),
    "/assets/page.css": ("curate.tui", "serve_assets/page.css", "text/css"),
    "/assets/start.js": ("curate.tui", "serve_assets/start.js", "text/javascript"),
    "/assets/dejavu-sans-mono-regular.woff2": (
        "curate.tui", "serve_assets/fonts/dejavu-sans-mono-regular.woff2", "font/woff2",
    ),
    "/assets/dejavu-sans-mono-bold.woff2": (
        "curate.tui", "serve_assets/fonts/dejavu-sans-mono-bold.woff2", "font/woff2",
    ),
    "/static/textual.js": ("textual_serve", "static/js/textual.js", "text/javascript"),
    "/static/xterm.css": ("textual_serve", "static/css/xterm.css", "text/css"),
}  # fmt: skip
"""Address → package, file and type of everything that is served."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Who may come in: which names the server answers to, and with which key."""

    host: str
    """The address it is bound to."""
    names: frozenset[str] = frozenset()
    """More names, such as the machine's, by which browsers may call it."""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def answers_to(self, host: str) -> bool:
        """Tell whether a request may call us so; a name of another site (rebinding) may not."""
        name = _hostname(host)
        if name in {"localhost", self.host, *self.names}:
            return True
        with suppress(ValueError):
            address = ipaddress.ip_address(name)
            return address.is_loopback or not self.is_private
        return False

    @property
    def is_private(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    def opens_for(self, key: str | None) -> bool:
        """Tell whether that is the key."""
        return key is not None and compare_digest(key.encode(), self.key.encode())


def _hostname(host: str) -> str:
    """Return the name in a Host header, without port and brackets, in small letters."""
    name = host.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.rpartition(":")[0] if name.count(":") == 1 else name


def application(command: Sequence[str], doors: Doors) -> web.Application:
    """Return the web application that runs `command`, a Textual app, for each browser tab."""
    from curate.tui.serve_session import connect

    async def websocket(request: web.Request) -> web.StreamResponse:
        return await connect(request, command)

    app = web.Application(middlewares=[_guard(doors)])
    for address, (package, name, kind) in _PAGE.items():
        app.router.add_get(address, _file(files(package).joinpath(name).read_bytes(), kind))
    app.router.add_get("/ws", websocket)
    return app


def _file(content: bytes, kind: str) -> Handler:
    async def answer(_request: web.Request) -> web.Response:
        charset = None if kind == "font/woff2" else "utf-8"
        return web.Response(body=content, content_type=kind, charset=charset)

    return answer


def _guard(doors: Doors) -> Middleware:
    """Return the middleware that lets in only our own page in a browser that has the key."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        if not doors.answers_to(request.headers.get("Host", "")):
            raise web.HTTPMisdirectedRequest(text="this server does not answer to that name\n")
        if not _same_origin(request):
            raise web.HTTPForbidden(text="requests of other sites are refused\n")
        cookie = f"curate-{request.url.port}"
        if request.path == "/" and doors.opens_for(request.query.get("key")):
            entered = web.HTTPSeeOther("/")
            entered.set_cookie(cookie, doors.key, httponly=True, samesite="Lax", path="/")
            raise entered
        if not doors.opens_for(request.cookies.get(cookie)):
            raise web.HTTPForbidden(text="open the whole address that `curate serve` printed\n")
        response = await handler(request)
        if not response.prepared:
            response.headers.update(_headers(request.host))
        return response

    return guard


def _same_origin(request: web.Request) -> bool:
    """Tell whether our own page asks; for a WebSocket, which any site may try, it must say so."""
    origin = request.headers.get("Origin")
    if origin is None:
        return request.path != "/ws"
    return origin in {f"http://{request.host}", f"https://{request.host}"}


def _headers(host: str) -> dict[str, str]:
    """Return the headers that keep the page from fetching anything from anywhere else."""
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",  # xterm.js makes style elements for its sizes
        "font-src 'self'",
        "img-src data:",
        f"connect-src 'self' ws://{host} wss://{host}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "Cache-Control": "no-store",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


def serve(
    command: Sequence[str],
    *,
    host: str = LOOPBACK,
    port: int = PORT,
    say: Callable[[str], None],
) -> None:
    """Serve `command` until Ctrl+C; `say` gets the address to open, and warnings.

    WorldError when the address cannot be had.
    """
    doors = Doors(host, frozenset({socket.gethostname().lower()}))
    with suppress(KeyboardInterrupt):
        asyncio.run(_serve(application(command, doors), doors, port, say))


@asynccontextmanager
async def serving(app: web.Application, host: str, port: int) -> AsyncIterator[tuple[str, int]]:
    """Listen while the context lasts; give the address and port it is bound to."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            raise WorldError(
                f"port {port} of {host} cannot be had: {error.strerror or error}",
                "choose another one with --port, or end the program that holds it",
            ) from error
        yield runner.addresses[0][0], runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def _serve(app: web.Application, doors: Doors, port: int, say: Callable[[str], None]) -> None:
    async with serving(app, doors.host, port) as (_, bound):
        say(address(doors, bound))
        if not doors.is_private:
            say(WARNING.en)
            say(WARNING.ar)
        await _told_to_stop()


def address(doors: Doors, port: int) -> str:
    """Return what to open in a browser."""
    host = doors.host
    with suppress(ValueError):
        bound = ipaddress.ip_address(host)
        host = socket.gethostname() if bound.is_unspecified else host
        host = f"[{host}]" if bound.version == 6 and not bound.is_unspecified else host
    return f"http://{host}:{port}/?key={doors.key}"


async def _told_to_stop() -> None:
    """Wait for SIGTERM or Ctrl+C."""
    stop = asyncio.Event()
    if sys.platform != "win32":
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
    await stop.wait()
