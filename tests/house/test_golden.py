"""Every format has its folder, and its example is what the demo project exports, byte for byte."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from curate.formats.doors import Format, InFile
from curate.formats.layers import layers_of
from curate.formats.registry import FORMATS, Setting
from curate.formats.schema_file import shipped_schema
from tests.formats.same import said
from tests.house.golden import EXAMPLES, ROOT, write_examples

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
    (*_, last) = re.findall(r"(?:^    .*\n)+", text, re.MULTILINE)
    return re.sub(r"^    ", "", last, flags=re.MULTILINE)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_three_lines_of_a_readme_load_its_example(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = snippet(name)
    assert len(lines.splitlines()) == 3
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    monkeypatch.setenv("HF_DATASETS_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(SHIPPED / name)
    values: dict[str, object] = {}
    exec(lines.replace('"FOLDER"', '"example"'), values)  # noqa: S102 (our own README)
    loaded = {k: v for k, v in values.items() if not k.startswith("__")}
    *_, last = loaded.values()
    assert len(last) > 0  # type: ignore[arg-type]  # every snippet ends in something with a length
