"""A server on this machine that answers as a test wants, faults included."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class Reply:
    """One answer of the server."""

    body: bytes = b"{}"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0.0
    """Seconds before it."""
    breaks_off: bool = False
    """Whether the connection ends before the whole body came."""

    @classmethod
    def of(cls, value: object, status: int = 200) -> Reply:
        """An answer in JSON."""
        return cls(json.dumps(value).encode(), status)


@dataclass(slots=True)
class Fake:
    """What was asked, and what is answered: each reply once, the last for ever."""

    replies: list[Reply | Callable[[Any], Reply]]
    url: str = ""
    asked: list[tuple[str, dict[str, str], Any]] = field(default_factory=list)

    def reply(self, body: Any) -> Reply:
        """The next answer."""
        found = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return found if isinstance(found, Reply) else found(body)


@contextmanager
def fake_server(*replies: Reply | Callable[[Any], Reply]) -> Iterator[Fake]:
    """The server while it runs, on 127.0.0.1."""
    fake = Fake(list(replies))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers["Content-Length"])
            body = json.loads(self.rfile.read(size))
            fake.asked.append((self.path, dict(self.headers), body))
            reply = fake.reply(body)
            time.sleep(reply.after)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                extra = 100 if reply.breaks_off else 0
                self.send_header("Content-Length", str(len(reply.body) + extra))
                self.end_headers()
                self.wfile.write(reply.body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client had enough
            self.close_connection = reply.breaks_off

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield fake
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
