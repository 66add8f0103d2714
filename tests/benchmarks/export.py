"""How fast annotated sentences go out, and in how much memory, beside Label Studio's converter.

Each conversion runs in a process of its own. Ours begins with records in memory, makes all of the
format and puts it in place; the converter begins with Label Studio's JSON, which it would get from
its server, and writes JSON_MIN (its export called JSON only copies) or CoNLL.
`python -m tests.benchmarks.export NUMBER` measures with that many sentences.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import warnings
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from curate.formats.label_studio_config import label_config
from curate.formats.registry import Setting
from curate.formats.schema_file import shipped_schema
from curate.model.document import Document
from curate.project.exchanging import write_records
from tests.benchmarks.formats import _record
from tests.benchmarks.measure import Row, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.formats.records import Record

SENTENCES = 20_000
PER_ARTICLE = 40
PEER = {
    "label-studio": "json_min",
    "jsonl": "json_min",
    "parquet": "json_min",
    "conll2003": "conll2003",
}
"""Our format → the conversion of the SDK that is nearest to it; our JSON keeps the frames too."""


def records(sentences: int) -> Iterator[Record]:
    """Articles of forty sentences, each with two mentions and a frame."""
    plain = _record(PER_ARTICLE)
    for number in range(sentences // PER_ARTICLE):
        text = plain.document.text
        yield replace(plain, document=Document(f"d{number}", text, {}, plain.document.sentences))


def _write(name: str, sentences: int, folder: Path) -> None:
    setting = Setting(shipped_schema())
    report = write_records(name, records(sentences), setting, folder / "out")
    assert report.tally.written["mentions"] == 2 * sentences


def _convert(name: str, folder: Path) -> float:
    """Convert, and return the seconds that it took without the import of the SDK."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sdk: Any = import_module("label_studio_sdk.converter")
        converter = sdk.Converter(label_config(shipped_schema()), str(folder))
    source, target = str(folder / "tasks" / "tasks.json"), str(folder / "sdk")
    begun = time.perf_counter()
    getattr(converter, f"convert_to_{name}")(source, target, is_dir=False)
    return time.perf_counter() - begun


def _as_from_the_server(path: Path) -> None:
    """Give tasks and annotations the ids that the server gives: the converter asks for them."""
    tasks = json.loads(path.read_bytes())
    for number, task in enumerate(tasks, 1):
        task["id"] = number
        for answer in task["annotations"]:
            answer |= {"id": number, "completed_by": {"email": "a@example.org"}}
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")


def child(what: str, name: str, sentences: int, folder: Path) -> None:
    """Do one conversion and print its seconds and the process's largest memory in MB."""
    begun = time.perf_counter()
    if what == "ours":
        _write(name, sentences, folder)
        seconds = time.perf_counter() - begun
    else:
        seconds = _convert(name, folder)
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = next(int(x.split()[1]) for x in status.splitlines() if x.startswith("VmHWM"))
    print(json.dumps([seconds, peak / 1000]))


def _measured(what: str, name: str, sentences: int, folder: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", __spec__.name, what, name, str(sentences), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), float(peak)


def run(sentences: int = SENTENCES) -> list[Row]:
    """Measure each format beside the SDK."""
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        setting = Setting(shipped_schema())
        write_records("label-studio", records(sentences), setting, folder / "tasks")
        _as_from_the_server(folder / "tasks" / "tasks.json")
        peers = {name: _measured("sdk", name, sentences, folder) for name in set(PEER.values())}
        for name, other in PEER.items():
            ours, theirs = _measured("ours", name, sentences, folder), peers[other]
            rows.append(
                Row(
                    f"{sentences:,} sentences to {name}",
                    f"{ours[0]:.1f} s, {ours[1]:.0f} MB",
                    f"SDK to {other} {theirs[0]:.1f} s, {theirs[1]:.0f} MB",
                    ours[0] / theirs[0],
                    limit="100,000 in ≤ 300 MB, faster than the SDK",
                )
            )
    return rows


if __name__ == "__main__":
    if len(sys.argv) == 5:
        child(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
    else:
        print(table(run(int(sys.argv[1]) if len(sys.argv) > 1 else SENTENCES)))
