"""One sync of a project at a time on this machine."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from curate.errors import Busy, WorldError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def alone(project: Path) -> Iterator[None]:
    """Hold the right to sync a project; it ends with the process, however that ends.

    The lock is a file of its own: one on the project would undo SQLite's. Raises
    `Busy` while another sync of the project runs.
    """
    digest = hashlib.sha256(bytes(project.resolve())).hexdigest()[:24]
    path = Path(tempfile.gettempdir()) / f"curate-sync-{os.getuid()}-{digest}"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise WorldError(
            f"{path} cannot be made: {error.strerror}", "check the folder for temporary files"
        ) from error
    with os.fdopen(handle):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Busy(
                f"another sync of {project} is running", "wait until it is done, or stop it"
            ) from None
        yield
