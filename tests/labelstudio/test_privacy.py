"""The token is nowhere but where it is kept: not in files, messages, arguments or exports."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.labelstudio.server import TOKEN

if TYPE_CHECKING:
    from tests.labelstudio.server import Address

pytestmark = pytest.mark.slow
TEXT = "قصفت المدفعية بلدة النهرين صباح اليوم فقتل مدنيان. وقال ناطق إن القصف مستمر."


class Desk:
    """A user's folder, home and terminal: every command's output and arguments are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.said: list[str] = []
        self.arguments: set[bytes] = set()
        self.environment = {
            **os.environ,
            "HOME": str(folder / "home"),
            "XDG_CONFIG_HOME": str(folder / "home" / "config"),
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }
        self.environment.pop("CURATE_SETTINGS", None)
        (folder / "home").mkdir()

    def curate(self, *arguments: str, given: str = "") -> int:
        """Run a command and watch it."""
        command = [sys.executable, "-m", "curate", *arguments]
        process = subprocess.Popen(
            command, cwd=self.folder, env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        watching = threading.Thread(target=self._watch, args=(process,))
        watching.start()
        said, _ = process.communicate(given)
        watching.join()
        self.said.append(said)
        return process.returncode

    def _watch(self, process: subprocess.Popen[str]) -> None:
        """What anyone on the machine can see of the process while it runs."""
        while process.poll() is None:
            try:
                self.arguments.add(Path(f"/proc/{process.pid}/cmdline").read_bytes())
            except OSError:
                return
            time.sleep(0.02)

    def files_with(self, secret: bytes) -> list[str]:
        """Every file below the folder that holds it."""
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file() and secret in path.read_bytes()
        )


def test_the_token_stays_where_it_is_kept(label_studio: Address, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    assert desk.curate("init", "work") == 0
    assert desk.curate("add", "one.txt") == 0
    assert desk.curate("sync", "login", label_studio.url, given=f"{TOKEN}\n") == 0
    assert desk.curate("sync", "push", "--create", "Privacy") == 0
    assert desk.curate("sync", "status") == 0
    assert desk.curate("sync", "pull", "--dry-run") == 0
    assert desk.curate("export", "jsonl", "-o", "all.jsonl") == 0
    assert desk.curate("export", "label-studio", "-o", "tasks") == 0
    assert desk.curate("backup", "copy.curate") == 0
    # errors that quote what they can
    assert desk.curate("sync", "login", f"{label_studio.url}/nowhere", given=f"{TOKEN}\n") != 0
    assert desk.curate("sync", "login", label_studio.url, given=f"{TOKEN[:-1]}x\n") != 0
    assert desk.curate("sync", "push", "--project", "999999") != 0
    said = "\n".join(desk.said)
    assert TOKEN not in said
    assert "Traceback" not in said
    assert not [line for line in desk.arguments if TOKEN.encode() in line]
    kept = desk.files_with(TOKEN.encode())
    assert len(kept) == 1, kept
    path = tmp_path / kept[0]
    assert kept[0].startswith("home/")
    assert path.stat().st_mode & 0o077 == 0
    assert desk.curate("sync", "logout", label_studio.url) == 0
    assert desk.files_with(TOKEN.encode()) == []
