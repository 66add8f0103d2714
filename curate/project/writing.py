"""Write a file so that it is there whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from curate.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write_text(target: Path, pieces: Iterable[str]) -> None:
    """Write text beside its target as UTF-8 and rename it; a file that is there is replaced.

    Raises `WorldError` where the folder cannot be written to.
    """
    draft = target.with_name(f".{target.name}.part{os.getpid()}")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
        draft.replace(target)
    except OSError as error:
        raise WorldError(
            f"{target} cannot be written: {error.strerror}", "name a folder that you may write to"
        ) from error
    finally:
        draft.unlink(missing_ok=True)
