"""Tab-separated lists with a header line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows(data: bytes, file: str, required: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Line numbers and rows by column name; raises `FormatError` for what does not hold."""
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise FormatError(
            f"{file}: byte {error.start} is no UTF-8", "Save the list as UTF-8 text."
        ) from error
    header = lines[0].split("\t") if lines else []
    missing = [name for name in required if name not in header]
    if missing:
        raise FormatError(
            f"{file}:1: the header has no column {', '.join(missing)}",
            f"Start the list with a line of column names, tab-separated: {' '.join(required)} …",
        )
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) > len(header):
            raise FormatError(
                f"{file}:{number}: {len(cells)} cells under {len(header)} column names",
                "Take out the extra tabs.",
            )
        yield number, dict(zip(header, (cell.strip() for cell in cells), strict=False))
