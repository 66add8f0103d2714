"""Take the pictures of the README and the manual from the real workbench, in a real browser.

Needs Chromium. The demo project is made afresh, so that the pictures show what a newcomer sees.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

from curate.project.demo import make_demo
from curate.tui.serve import LOOPBACK, Doors, address, application, serving
from tests.pictures.browser import browsing

FOLDER = Path(__file__).parents[2] / "curate" / "manual" / "pictures"
COLOURS = 64
"""As many as keep the edges of letters smooth and the files small."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what to press on the first open item of the demo, and what it shows."""

    name: str
    keys: tuple[str, ...]
    width: int = 1000
    height: int = 560


THERE = ("g", "1", "2", "Enter")
"""An item with several frames proposed."""

SHOTS = (
    Shot("annotate", THERE),
    Shot("fill", (*THERE, "i")),
    Shot("new-frame", (*THERE, "e")),
    Shot("arabic", (*THERE, "F3")),
    Shot("light", (*THERE, "F2")),
    Shot("guideline", (*THERE, "?")),
    Shot("wide", THERE, 1720, 860),
)


def take(shot: Shot, folder: Path) -> int:
    """Take one picture of a demo made afresh; return its size in bytes."""
    with tempfile.TemporaryDirectory() as home:
        project = make_demo(Path(home, "demo.curate"))
        settings = Path(home, "settings.toml")
        settings.touch()
        os.environ["CURATE_SETTINGS"] = str(settings)
        picture = asyncio.run(_seen(shot, project))
    return _write(picture, folder / f"{shot.name}.png")


async def _seen(shot: Shot, project: Path) -> bytes:
    """Serve the workbench, press the keys and look; RuntimeError where the page looks elsewhere."""
    command = (sys.executable, "-m", "curate", "-p", str(project), "annotate", "--as", "reader")
    doors = Doors(LOOPBACK)
    async with (
        serving(application(command, doors), LOOPBACK, 0) as (_, port),
        browsing(shot.width, shot.height, scale=1.5) as page,
    ):
        await page.open(address(doors, port))
        await page.press(*shot.keys)
        foreign = [url for url in page.requested if f"//{LOOPBACK}:{port}/" not in url]
        if foreign or page.told:
            raise RuntimeError(f"the page asked for {foreign} and said {page.told}")
        return await page.picture()


def _write(picture: bytes, file: Path) -> int:
    few = Image.open(BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    return file.stat().st_size


def main(names: list[str]) -> None:
    """Take the pictures of these names, or all."""
    FOLDER.mkdir(exist_ok=True)
    for shot in SHOTS:
        if not names or shot.name in names:
            size = take(shot, FOLDER)
            print(f"{shot.name}.png  {size / 1000:.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
