"""The workbench in a browser: from this machine only, to whoever has the key only."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from aiohttp import ClientSession, CookieJar, WSMsgType, WSServerHandshakeError

from curate.errors import WorldError
from curate.tui.serve import LOOPBACK, Doors, address, application, serve, serving

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

EVERYWHERE = "0.0.0.0"  # noqa: S104 (nothing is bound to it)
KEY = "the-key-of-the-test"
DOORS = Doors(LOOPBACK, key=KEY)
APP = """
from textual.app import App
from textual.widgets import Static
class Hello(App):
    def compose(self):
        yield Static("served")
    def on_key(self, event):
        self.query_one(Static).update("<" + event.key + ">")
Hello().run()
"""
HELLO = (sys.executable, "-c", APP)


@asynccontextmanager
async def visited(doors: Doors = DOORS, *, entered: bool = True) -> AsyncIterator[ClientSession]:
    """Serve, and give a browser, which has been let in if `entered`."""
    async with serving(application(HELLO, doors), LOOPBACK, 0) as (host, port):
        browser = ClientSession(f"http://{host}:{port}", cookie_jar=CookieJar(unsafe=True))
        async with browser:
            if entered:
                async with browser.get(f"/?key={doors.key}") as page:
                    assert page.status == 200
            yield browser


async def status(browser: ClientSession, path: str = "/", **headers: str) -> int:
    async with browser.get(path, headers=headers) as answer:
        return answer.status


def origin(browser: ClientSession) -> str:
    return str(browser._base_url).rstrip("/")


async def test_it_listens_on_this_machine_only() -> None:
    async with serving(application(HELLO, DOORS), DOORS.host, 0) as (host, port):
        assert host == "127.0.0.1"
        with socket.socket() as other:
            other.settimeout(2)
            assert other.connect_ex(("127.0.0.2", port)) != 0


def test_a_port_that_is_taken_is_told_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(WorldError, match=str(port)) as error:
            serve(HELLO, port=port, say=lambda _: None)
        assert error.value.remedy is not None
        assert "--port" in error.value.remedy


async def test_without_the_key_nothing_is_given_out() -> None:
    async with visited(entered=False) as browser:
        for path in ("/", "/static/textual.js", "/assets/start.js", "/ws", "/?key=guessed"):
            assert await status(browser, path) == 403


async def test_the_key_lets_in_once_and_disappears_from_the_address() -> None:
    async with visited(entered=False) as browser:
        async with browser.get(f"/?key={KEY}", allow_redirects=False) as entered:
            assert (entered.status, entered.headers["Location"]) == (303, "/")
            cookie = next(iter(entered.cookies.values()))
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"
        assert await status(browser) == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil", "10.0.0.7"],
)
async def test_a_name_that_is_not_ours_is_not_answered(host: str) -> None:
    """DNS rebinding: a foreign name that points at this machine."""
    async with visited() as browser:
        assert await status(browser, Host=host) == 421


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST:9"])
def test_this_machine_is_answered_by_all_its_names(host: str) -> None:
    assert DOORS.answers_to(host)


def test_a_public_server_answers_to_its_name_and_to_addresses() -> None:
    doors = Doors(EVERYWHERE, frozenset({"lab-server"}))
    assert not doors.is_private
    for host in ("lab-server:8000", "192.168.1.5:8000", "[fd00::5]:8000", "localhost"):
        assert doors.answers_to(host)
    assert not doors.answers_to("evil.example")


@pytest.mark.parametrize("foreign", ["http://evil.example", "null", "http://127.0.0.1:1", ""])
async def test_requests_of_other_sites_are_refused(foreign: str) -> None:
    async with visited() as browser:
        assert await status(browser, Origin=foreign) == 403
        with pytest.raises(WSServerHandshakeError) as refused:
            await browser.ws_connect("/ws", headers={"Origin": foreign})
        assert refused.value.status == 403


async def test_a_websocket_that_hides_its_origin_is_refused() -> None:
    async with visited() as browser:
        with pytest.raises(WSServerHandshakeError) as refused:
            await browser.ws_connect("/ws")
        assert refused.value.status == 403


async def test_our_own_page_gets_the_app_and_sends_it_keys() -> None:
    async with visited() as browser:
        async with browser.ws_connect(
            "/ws?width=40&height=5", headers={"Origin": origin(browser)}
        ) as screen:
            shown = b""
            while b"served" not in shown:
                message = await screen.receive(timeout=20)
                assert message.type is WSMsgType.BINARY
                shown += message.data
            await screen.send_json(["stdin", "k"])
            while b"<k>" not in shown:
                shown += (await screen.receive(timeout=20)).data
        assert b"\x1b[8l" not in shown, "a browser needs no switch"


async def test_no_address_outside_this_machine_stands_in_what_is_served() -> None:
    async with visited() as browser:
        page = await (await browser.get("/")).text()
        parts = re.findall(r'(?:src|href)="([^"]+)"', page)
        assert len(parts) >= 6
        assert all(
            part.startswith(("/static/", "/assets/", "data:,")) or part == "/" for part in parts
        )
        for part in ["/", *(part for part in parts if part.startswith("/"))]:
            async with browser.get(part) as answer:
                assert answer.status == 200
                content = await answer.read()
            if "font" not in answer.content_type:
                text = re.sub(r"/\*.*?\*/", "", content.decode(), flags=re.DOTALL)
                assert not re.findall(r"(?:https?|wss?)://[\w.]|url\(\s*[\"']?//", text), part


async def test_the_browser_is_forbidden_to_fetch_anything_from_elsewhere() -> None:
    async with visited() as browser, browser.get("/") as page:
        rules = dict(
            rule.strip().split(" ", 1)
            for rule in page.headers["Content-Security-Policy"].split(";")
        )
        assert rules["default-src"] == "'none'"
        host = origin(browser).removeprefix("http://")
        allowed = {"'none'", "'self'", "'unsafe-inline'", "data:", f"ws://{host}", f"wss://{host}"}
        assert {source for sources in rules.values() for source in sources.split()} <= allowed
        assert "unsafe-inline" not in rules["script-src"]
        assert page.headers["Referrer-Policy"] == "no-referrer"


async def test_the_font_comes_in_both_weights_under_the_name_the_terminal_asks_for() -> None:
    async with visited() as browser:
        sheet = await (await browser.get("/assets/page.css")).text()
        script = await (await browser.get("/static/textual.js")).text()
        faces = re.findall(r'font-family: "([^"]+)";\s+font-weight: (\d+)', sheet)
        assert faces == [("Roboto Mono", "400"), ("Roboto Mono", "700")]
        assert "fontFamily:\"'Roboto Mono'" in script, "else textual-serve asks for another font"
        for font in re.findall(r'url\("([^"]+)"\)', sheet):
            content = await (await browser.get(font)).read()
            assert content[:4] == b"wOF2"
            assert len(content) < 200_000
        assert re.search(r"\.xterm-rows span \{\s+unicode-bidi: bidi-override", sheet)


def test_the_address_to_open_holds_the_key_and_can_be_opened() -> None:
    assert address(DOORS, 8600) == f"http://127.0.0.1:8600/?key={KEY}"
    assert address(Doors("::1", key=KEY), 8600) == f"http://[::1]:8600/?key={KEY}"
    assert address(Doors(EVERYWHERE, key=KEY), 1).startswith(f"http://{socket.gethostname()}:1/")


def test_every_server_has_a_key_of_its_own() -> None:
    assert len({Doors(LOOPBACK).key for _ in range(50)}) == 50
    assert len(Doors(LOOPBACK).key) >= 32
    assert not DOORS.opens_for(None)
    assert not DOORS.opens_for("ключ")


async def test_an_app_that_hangs_ends_with_its_tab(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("curate.tui.serve_session.GRACE", 0.2)
    note = tmp_path / "process"
    hangs = f"""
import os, pathlib, time
print("__GANGLION__", flush=True)
pathlib.Path({str(note)!r}).write_text(str(os.getpid()))
print("D", end="", flush=True)
time.sleep(600)
"""
    doors = Doors(LOOPBACK, key=KEY)
    app = application((sys.executable, "-c", hangs), doors)
    async with (
        serving(app, LOOPBACK, 0) as (host, port),
        ClientSession(f"http://{host}:{port}", cookies={f"curate-{port}": KEY}) as browser,
    ):
        async with browser.ws_connect("/ws", headers={"Origin": origin(browser)}):
            while not note.exists() or not note.read_text(encoding="ascii"):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        process = int(note.read_text(encoding="ascii"))
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
