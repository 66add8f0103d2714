"""Rooms stay small, and no tracked file names a machine."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGER_WITH_REASON = {
    "curate/text/bidi_data.py": "generated from the Unicode files",
    "curate/text/shaping_data.py": "generated from the Unicode files",
}


def tracked(pattern: str) -> list[str]:
    """Names of tracked files that match."""
    listing = subprocess.run(
        ["git", "ls-files", pattern], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return listing.stdout.splitlines()


def test_no_file_is_longer_than_400_lines() -> None:
    long = [
        name
        for name in tracked("curate/*.py")
        if name not in LONGER_WITH_REASON
        and (ROOT / name).read_text(encoding="utf-8").count("\n") > 400
    ]
    assert not long


def test_no_python_hides_in_the_data_folders() -> None:
    assert not [n for f in ("schemas", "exports", "seeds") for n in tracked(f"{f}/*.py")]


def test_locks_name_no_addresses() -> None:
    for name in tracked("requirements/*.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text


def test_no_tracked_text_names_a_folder_of_one_machine() -> None:
    found = []
    for name in tracked("*"):
        if Path(name).suffix in {".xz", ".woff2", ".png", ".parquet"} or not (ROOT / name).exists():
            continue
        text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
        if re.search(r"(?<![\w.])/(?:home|root|Users)/\w+/", text):
            found.append(name)
    assert not found
