"""The tables are what the generator writes."""

from __future__ import annotations

import lzma

import pytest

from curate.text import bidi_data, cells_data, shaping_data
from tests.unicode.generate import CONFORMANCE, DEBIAN, HERE, TABLES, TEXT, version

needs_unicode_data = pytest.mark.skipif(
    not (DEBIAN / "UnicodeData.txt").exists() or version(DEBIAN) != bidi_data.UNICODE_VERSION,
    reason=f"Debian's unicode-data {bidi_data.UNICODE_VERSION} is not installed",
)


@pytest.mark.slow
@needs_unicode_data
@pytest.mark.parametrize("name", TABLES)
def test_the_table_is_what_the_files_of_unicode_give(name: str) -> None:
    assert (TEXT / name).read_text("utf-8") == TABLES[name](DEBIAN)


@needs_unicode_data
@pytest.mark.parametrize("name", CONFORMANCE)
def test_the_conformance_test_is_untouched(name: str) -> None:
    packed = (HERE / f"{name}.xz").read_bytes()
    assert lzma.decompress(packed) == (DEBIAN / name).read_bytes()


def test_all_tables_are_of_one_version() -> None:
    versions = {data.UNICODE_VERSION for data in (bidi_data, shaping_data, cells_data)}
    assert versions == {"15.0.0"}


@pytest.mark.parametrize("name", CONFORMANCE)
def test_the_conformance_test_is_of_the_same_version(name: str) -> None:
    with lzma.open(HERE / f"{name}.xz", "rt", encoding="utf-8") as file:
        assert bidi_data.UNICODE_VERSION in file.readline()
