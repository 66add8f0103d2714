"""The fault proxy does what it says, so that what survives it means something."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar

import httpx
import pytest

from tests.labelstudio.proxy import FAULTS, Fault, FaultProxy, at_random, script

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWER = json.dumps({"said": "نعم" * 50}).encode()


class _Counting(BaseHTTPRequestHandler):
    """Counts the whole requests that reach it."""

    seen: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if len(body) == int(self.headers["Content-Length"]):
            self.seen.append(body)
        self.do_GET()

    def do_GET(self) -> None:
        self.send_response(201)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (named by the base)
        pass


@pytest.fixture
def server() -> Iterator[str]:
    """A server that counts."""
    _Counting.seen.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), _Counting) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{httpd.server_port}"
        httpd.shutdown()
        thread.join()


def asked(url: str) -> httpx.Response:
    """One write with a body."""
    return httpx.post(f"{url}/x", content=b"{}" * 20, timeout=1.0, trust_env=False)


BROKEN = {
    Fault.DROP: 0, Fault.HALF: 0, Fault.LATER: 1, Fault.LOSE: 1, Fault.CUT: 1, Fault.TOO_LATE: 1,
}  # fmt: skip
SAID = {
    Fault.SAY_409: (0, 409), Fault.SAY_429: (0, 429), Fault.SAY_500: (0, 500),
    Fault.SAY_503: (0, 503), Fault.DONE_500: (1, 500), Fault.DONE_503: (1, 503),
    Fault.LATE: (1, 201), Fault.DOUBLE: (2, 201), Fault.NONE: (1, 201), Fault.SHORT: (1, 201),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_connection_breaks_before_or_after_the_server_did_it(
    server: str, fault: Fault
) -> None:
    with FaultProxy(server, script(fault)) as proxy:
        with pytest.raises(httpx.TransportError):
            asked(proxy.url)
        assert asked(proxy.url).content == ANSWER, "only the first request has a fault"
        proxy.settle()
    assert len(_Counting.seen) == BROKEN[fault] + 1
    assert [d.fault for d in proxy.log] == [fault, Fault.NONE]


@pytest.mark.parametrize("fault", SAID)
def test_an_error_comes_with_or_without_the_deed(server: str, fault: Fault) -> None:
    count, status = SAID[fault]
    with FaultProxy(server, script(fault)) as proxy:
        answer = asked(proxy.url)
    assert (len(_Counting.seen), answer.status_code) == (count, status)
    whole = {Fault.LATE, Fault.DOUBLE, Fault.NONE}
    assert (answer.content == ANSWER) is (fault in whole)


def test_every_fault_is_tried() -> None:
    assert set(BROKEN) | set(SAID) == set(Fault)
    choose = at_random(1, writes=1.0, reads=0.0)
    assert {choose("POST", "/") for _ in range(500)} == set(FAULTS)
    assert {choose("GET", "/") for _ in range(50)} == {Fault.NONE}


def test_a_seed_says_all() -> None:
    first, second = at_random(7), at_random(7)
    assert [first("POST", "/") for _ in range(99)] == [second("POST", "/") for _ in range(99)]
