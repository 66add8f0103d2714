"""A headless Chromium, driven over its debugging protocol: enough to type and take pictures."""

from __future__ import annotations

import asyncio
import base64
import shutil
import tempfile
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)
GPU_FLAGS = {
    "webgl": ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"),
    "none": ("--disable-gpu",),
}
"""What xterm.js draws with: WebGL in software, or (without a GPU) canvas."""

NAMED = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39,
         "ArrowDown": 40, "PageUp": 33, "PageDown": 34,
         "F1": 112, "F2": 113, "F3": 114}  # fmt: skip
"""Keys that are no characters, with the number browsers give them."""

PATIENCE = 30.0


def program() -> str | None:
    """Where Chromium is; None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass(slots=True)
class Browser:
    """One page."""

    socket: ClientWebSocketResponse
    requested: list[str] = field(default_factory=list)
    """Every address the page asked for, also where it was refused."""
    told: list[str] = field(default_factory=list)
    """What the page wrote to its console, and its errors."""
    _answers: dict[int, asyncio.Future[dict[str, Any]]] = field(default_factory=dict)
    _number: int = 0

    async def do(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        self._number += 1
        answer = asyncio.get_running_loop().create_future()
        self._answers[self._number] = answer
        await self.socket.send_json({"id": self._number, "method": method, "params": parameters})
        return await asyncio.wait_for(answer, PATIENCE)

    async def listen(self) -> None:
        """Take answers and events until the page is closed."""
        async for message in self.socket:
            if message.type is not WSMsgType.TEXT:
                continue
            said = message.json()
            if "id" in said:
                self._answers.pop(said["id"]).set_result(said.get("result", said))
            elif said["method"] == "Network.requestWillBeSent":
                self.requested.append(said["params"]["request"]["url"])
            elif said["method"] == "Network.webSocketCreated":
                self.requested.append(said["params"]["url"])
            elif said["method"] in {"Runtime.exceptionThrown", "Log.entryAdded"}:
                self.told.append(str(said["params"]))

    async def evaluate(self, script: str) -> Any:
        """Run a script in the page and return its value."""
        said = await self.do("Runtime.evaluate", expression=script, returnByValue=True,
                             awaitPromise=True)  # fmt: skip
        return said.get("result", {}).get("value")

    async def go(self, url: str, condition: str) -> None:
        """Go to a page and wait until a condition of it holds."""
        await self.do("Page.navigate", url=url)
        await self.until(condition)

    async def open(self, url: str) -> None:
        """Go to a page and wait until its terminal has drawn something."""
        await self.do("Page.navigate", url=url)
        await self.until("document.body?.classList.contains('-first-byte')")
        await asyncio.sleep(1.5)  # fonts, glyph textures and the first frames

    async def until(self, condition: str) -> None:
        """Wait until a condition of the page holds."""
        for _ in range(int(PATIENCE * 10)):
            if await self.evaluate(condition):
                return
            await asyncio.sleep(0.1)
        raise TimeoutError(f"{condition} never held; the page said {self.told}")

    async def press(self, *keys: str) -> None:
        """Press keys one after another: characters, or names as in `NAMED`."""
        for key in keys:
            named = key in NAMED
            event = {"key": key, "windowsVirtualKeyCode": NAMED.get(key, ord(key[0].upper()))}
            text = {} if named and key != "Enter" else {"text": "\r" if key == "Enter" else key}
            await self.do("Input.dispatchKeyEvent", type="keyDown", **event, **text)
            await self.do("Input.dispatchKeyEvent", type="keyUp", **event)
            await asyncio.sleep(0.15)
        await asyncio.sleep(0.4)

    async def press_with_alt(self, key: str) -> None:
        """Press a letter key while Alt is held."""
        event = {"key": key, "code": f"Key{key.upper()}", "modifiers": 1,
                 "windowsVirtualKeyCode": ord(key.upper())}  # fmt: skip
        await self.do("Input.dispatchKeyEvent", type="rawKeyDown", **event)
        await self.do("Input.dispatchKeyEvent", type="keyUp", **event)
        await asyncio.sleep(0.2)

    async def write(self, words: str) -> None:
        """Put words into what has the focus, as pasting does."""
        await self.do("Input.insertText", text=words)

    async def click(self, x: float, y: float) -> None:
        """Click on a point of the page, in CSS pixels."""
        await self.drag((x, y))

    async def hover(self, x: float, y: float) -> None:
        """Move the mouse to a point of the page."""
        await self._mouse("mouseMoved", x, y, is_down=False)
        await asyncio.sleep(0.2)

    async def drag(self, *points: tuple[float, float]) -> None:
        """Press the mouse on the first point, move it over the others, let it go on the last."""
        await self.hover(*points[0])
        await self._mouse("mousePressed", *points[0])
        for x, y in points[1:]:
            await self._mouse("mouseMoved", x, y)
        await self._mouse("mouseReleased", *points[-1])
        await asyncio.sleep(0.2)

    async def _mouse(self, kind: str, x: float, y: float, *, is_down: bool = True) -> None:
        button = {"button": "left", "buttons": 1} if is_down else {"button": "none", "buttons": 0}
        if kind == "mouseReleased":
            button["buttons"] = 0
        await self.do("Input.dispatchMouseEvent", type=kind, x=x, y=y, clickCount=1, **button)

    async def picture(self) -> bytes:
        """Return what the page looks like, as PNG."""
        said = await self.do("Page.captureScreenshot", format="png")
        return base64.b64decode(said["data"])


@asynccontextmanager
async def browsing(
    width: int, height: int, *, scale: float = 1.0, gpu: str = "webgl"
) -> AsyncIterator[Browser]:
    """Start Chromium with an empty profile and one page of that size in CSS pixels."""
    chromium = program()
    if chromium is None:
        raise FileNotFoundError("chromium is not installed")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            chromium, *FLAGS, *GPU_FLAGS[gpu], f"--user-data-dir={profile}",
            f"--window-size={width},{height}",
            f"--force-device-scale-factor={scale}", "about:blank",
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            port = await _debugging_port(Path(profile, "DevToolsActivePort"))
            async with ClientSession(f"http://127.0.0.1:{port}") as session:
                pages = await (await session.get("/json/list")).json()
                address = next(
                    page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page"
                )
                async with session.ws_connect(address, max_msg_size=0) as socket:
                    page = Browser(socket)
                    listener = asyncio.create_task(page.listen())
                    for domain in ("Page", "Network", "Runtime", "Log"):
                        await page.do(f"{domain}.enable")
                    await page.do("Emulation.setDeviceMetricsOverride", width=width,
                                  height=height, deviceScaleFactor=0, mobile=False)  # fmt: skip
                    yield page
                    listener.cancel()
        finally:
            with suppress(ProcessLookupError):
                process.terminate()
            await process.wait()


async def _debugging_port(note: Path) -> int:
    for _ in range(int(PATIENCE * 10)):
        if port := _noted(note):
            return port
        await asyncio.sleep(0.1)
    raise TimeoutError("chromium did not start")


def _noted(note: Path) -> int | None:
    """Return the port Chromium wrote down; None while it has not."""
    with suppress(FileNotFoundError, IndexError, ValueError):
        return int(note.read_text(encoding="ascii").splitlines()[0])
    return None
