"""Files that are written side by side from one pass: the later ones wait on disk."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from typing import TYPE_CHECKING, Final

from curate.formats.doors import OutFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_IN_MEMORY: Final = 4_000_000
"""Bytes of a waiting file that are kept in memory."""
_PIECE: Final = 1 << 16


def side_by_side(names: Sequence[str], rows: Iterable[tuple[int, bytes]]) -> Iterator[OutFile]:
    """Files from (number of the file, bytes) pairs: the pairs are gone through once.

    The first file is given its bytes at once, the others wait until it is written.
    """
    with ExitStack() as stack:
        waiting = [
            stack.enter_context(tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))
            for _ in names[1:]
        ]

        def first() -> Iterator[bytes]:
            for number, content in rows:
                if number == 0:
                    yield content
                else:
                    waiting[number - 1].write(content)

        yield OutFile(names[0], first())
        for name, file in zip(names[1:], waiting, strict=True):
            file.seek(0)
            yield OutFile(name, iter(lambda file=file: file.read(_PIECE), b""))  # type: ignore[misc]  # mypy: a default in a lambda
