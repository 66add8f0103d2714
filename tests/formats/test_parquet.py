from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from curate.formats.doors import Setting
from curate.formats.jsonl import read_records
from curate.formats.registry import FORMATS
from curate.formats.schema_file import shipped_schema
from curate.project.exchanging import write_records
from curate.project.reading import ReadingOptions, read
from curate.project.sources import find_sources

if TYPE_CHECKING:
    from curate.formats.records import Record

EXAMPLE = Path(__file__).parents[2] / "exports" / "jsonl" / "example.jsonl"


def some(first: int, last: int) -> list[Record]:
    with EXAMPLE.open("rb") as file:
        return list(read_records(file, "x"))[first:last]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_parts_that_lie_beside_each_other_are_the_splits_of_one_data_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_DATASETS_OFFLINE", "1")
    monkeypatch.setenv("HF_HOME", str(tmp_path / "home"))
    from datasets import load_dataset

    for part, records in (("train", some(0, 3)), ("dev", some(3, 5)), ("test", some(5, 6))):
        setting = Setting(shipped_schema(), part=part)
        write_records("parquet", records, setting, tmp_path / "corpus" / part)
    loaded = load_dataset(str(tmp_path / "corpus"), cache_dir=str(tmp_path / "cache"))
    assert {name: len(rows) for name, rows in loaded.items()} == {
        "train": 3, "validation": 2, "test": 1,
    }  # fmt: skip


@pytest.mark.slow
def test_any_table_with_a_text_is_read_as_articles(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    rows = {"id": ["a", "b"], "text": ["قصفت البلدة.", "هدأت الجبهة."], "year": [2017, None]}
    parquet.write_table(pa.table(rows), tmp_path / "x.parquet")
    (source,), _ = find_sources([tmp_path / "x.parquet"])
    one, two = read(source, ReadingOptions())
    assert (one.document.id, one.document.text) == ("a", "قصفت البلدة.")
    assert one.document.meta == {"year": 2017}
    assert two.document.meta == {}
    assert one.document.sentences


@pytest.mark.slow
def test_rows_are_written_in_groups_and_read_back_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("curate.formats.parquet.GROUP", 2)
    records = some(0, 5)
    write_records("parquet", records, Setting(shipped_schema()), tmp_path)
    from pyarrow import parquet

    (file,) = tmp_path.rglob("*.parquet")
    assert parquet.ParquetFile(file).num_row_groups == 3
    (source,), _ = find_sources([file])
    assert list(read(source, ReadingOptions())) == records
    assert FORMATS["parquet"].is_lossless
