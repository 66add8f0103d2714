"""Every format has its folder, and its example is what the demo project exports, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.formats.registry import FORMATS
from tests.house.golden import EXAMPLES, ROOT, write_examples

if TYPE_CHECKING:
    from pathlib import Path


def test_every_format_that_is_written_has_an_example() -> None:
    assert set(EXAMPLES) == {f.name for f in FORMATS.values() if f.write is not None}
    for name in EXAMPLES:
        assert (ROOT / "exports" / name / "README.md").is_file()


@pytest.mark.slow
def test_the_examples_are_what_the_demo_exports(tmp_path: Path) -> None:
    write_examples(tmp_path)
    made = sorted(p.relative_to(tmp_path) for p in tmp_path.rglob("*") if p.is_file())
    assert made
    for file in made:
        shipped = ROOT / "exports" / file
        assert shipped.is_file(), f"{file} is missing: python -m tests.house.golden"
        assert shipped.read_bytes() == (tmp_path / file).read_bytes(), file
