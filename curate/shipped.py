"""Find the folders that ship with curate, in a wheel or in a checkout."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def shipped(folder: Literal["schemas", "exports", "seeds"]) -> Traversable:
    """Return the shipped folder of that name.

    Read it only through `iterdir`, `read_text` and `read_bytes`: in a zipped
    wheel it is no path of the file system.
    """
    packaged = files("curate").joinpath("_data", folder)
    return packaged if packaged.is_dir() else Path(__file__).parents[1] / folder
