"""Every format has its folder, and its example is what the demo project exports, byte for byte."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sized
from functools import partial
from pathlib import Path

import pytest

from curate.formats.doors import Format, InFile
from curate.formats.layers import layers_of
from curate.formats.registry import FORMATS, Setting
from curate.formats.schema_file import shipped_schema
from curate.project.manual import page
from tests.formats.same import said
from tests.house.golden import CARDED, EXAMPLES, ROOT, write_examples

SHIPPED = ROOT / "exports"


def test_every_format_that_is_written_has_an_example() -> None:
    assert set(EXAMPLES) == {f.name for f in FORMATS.values() if f.write is not None}
    for name in EXAMPLES:
        assert (SHIPPED / name / "README.md").is_file()


def test_the_list_of_examples_names_every_format() -> None:
    text = (SHIPPED / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| \[([\w-]+)\]", text, re.MULTILINE)
    assert set(listed) == set(EXAMPLES)
    assert len(listed) == len(set(listed))


@pytest.mark.slow
def test_the_examples_are_what_the_demo_exports(tmp_path: Path) -> None:
    write_examples(tmp_path)
    made = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    assert made
    for file in made:
        shipped = SHIPPED / file
        assert shipped.is_file(), f"{file} is missing: python -m tests.house.golden"
        if FORMATS[file.parts[0]].has_stable_bytes or file.suffix not in BINARY:
            assert shipped.read_bytes() == (tmp_path / file).read_bytes(), file
    for name in (n for n in EXAMPLES if not FORMATS[n].has_stable_bytes):
        assert contents(FORMATS[name], SHIPPED / name) == contents(FORMATS[name], tmp_path / name)


BINARY = {".parquet", ".spacy", ".xmi", ".xml"}


def contents(chosen: Format, folder: Path) -> list[object]:
    """What a folder of a format says, whatever its bytes."""
    assert chosen.read_files is not None
    files = [
        InFile(p.relative_to(folder).as_posix(), partial(Path.read_bytes, p))
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    ]
    records = sorted(
        chosen.read_files(files, Setting(shipped_schema())), key=lambda r: r.document.id
    )
    assert len(records) == 3
    return [(r.document, said(layer)) for r in records for layer in layers_of(r)]


def snippet(name: str) -> str:
    """The lines of Python at the end of a format's README."""
    text = (SHIPPED / name / "README.md").read_text(encoding="utf-8")
    return blocks(text)[-1]


def blocks(text: str) -> list[str]:
    """The indented blocks of a page."""
    found = re.findall(r"(?:^    .*\n)+", text, re.MULTILINE)
    return [re.sub(r"^    ", "", block, flags=re.MULTILINE) for block in found]


def run_offline(lines: str, folder: Path, patch: pytest.MonkeyPatch, scratch: Path) -> object:
    """Run lines of Python in a folder; return the last value that they name."""
    assert len(lines.splitlines()) == 3
    patch.setenv("HF_DATASETS_OFFLINE", "1")
    patch.setenv("HF_HOME", str(scratch))
    patch.setenv("HF_DATASETS_CACHE", str(scratch / "cache"))
    patch.chdir(folder)
    values: dict[str, object] = {}
    exec(lines, values)  # noqa: S102 (our own pages)
    *_, last = (v for k, v in values.items() if not k.startswith("__"))
    return last


QUIET = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.mark.parametrize("name", [pytest.param(n, marks=QUIET) for n in EXAMPLES])
def test_the_three_lines_of_a_readme_load_its_example(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = snippet(name).replace('"FOLDER"', '"example"')
    last = run_offline(lines, SHIPPED / name, monkeypatch, tmp_path)
    assert isinstance(last, Sized)
    assert len(last) > 0


@pytest.mark.parametrize(
    "name", [pytest.param(n, marks=QUIET) for n in ("parquet", "spacy", "csv")]
)
def test_the_three_lines_of_the_manual_load_every_frame(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    example = SHIPPED / name / ("example" if name in CARDED else "")
    shutil.copytree(example, tmp_path / f"corpus-{name}")
    (lines,) = (
        b
        for b in blocks(page("export"))
        if "import" in b and f"corpus-{name}" in b and "curate" not in b
    )
    last = run_offline(lines, tmp_path, monkeypatch, tmp_path)
    assert isinstance(last, Sized)
    table = (SHIPPED / "csv" / ("arguments.csv" if name == "csv" else "frames.csv")).read_text(
        "utf-8"
    )
    assert len(last) == len(list(csv.reader(io.StringIO(table)))) - 1


@pytest.mark.slow
def test_every_export_is_the_same_in_another_run(tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        command = [sys.executable, "-m", "tests.house.golden", str(folder)]
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed})
        files = (p for p in sorted(folder.rglob("*")) if p.is_file())
        made.append({p.relative_to(folder): p.read_bytes() for p in files})
    assert made[0] == made[1]
