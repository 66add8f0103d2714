"""The snippets of the manual load the release of the demo project, with the field's own readers."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from curate.project.adding import AddOptions, add
from curate.project.manual import page
from curate.project.opening import create_project
from curate.project.releasing import ReleaseOptions, release
from curate.project.reviewing import take_over
from curate.shipped import shipped

DEMO = Path(str(shipped("seeds"))) / "demo" / "demo.jsonl"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("loading")
    with create_project(made / "demo.curate") as project:
        add(project, [DEMO], AddOptions(candidates=False))
        take_over(project, "gold", by="lead")
        options = ReleaseOptions(formats=("parquet", "spacy", "csv"))
        report = release(project, "v1", made / "v1", options)
    (made / "frames.txt").write_text(str(report.contents.parts["train"].frames))
    return made


def snippets() -> dict[str, str]:
    """The indented blocks under "Loading a release", by the package they import first."""
    section = page("release").partition("## Loading a release")[2].partition("\n## ")[0]
    blocks = re.findall(r"(?:^    .+\n)+", section, re.MULTILINE)
    found = {}
    for block in blocks:
        code = re.sub(r"^    ", "", block, flags=re.MULTILINE)
        package = re.match(r"(?:from|import) (\w+)", code)
        assert package is not None
        found[package.group(1)] = code
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "count"),
    [
        ("datasets", "len(frames)"),
        ("spacy", "len(docs)"),
        ("pandas", "int(by_type.sum())"),
    ],
)
def test_a_snippet_of_the_manual_loads_the_demo_release(
    folder: Path, package: str, count: str
) -> None:
    code = f"{snippets()[package]}\nprint('counted', {count})\n"
    home = {"HF_HOME": str(folder / "home"), "HF_HUB_OFFLINE": "1", "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=home,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-800:]
    counted = int(done.stdout.split("counted ")[1])
    frames = int((folder / "frames.txt").read_text())
    if package == "spacy":
        assert 20 < counted < frames
    else:
        assert counted == frames
