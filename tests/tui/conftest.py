from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.project.annotating import Annotating
from tests.small import TEXT
from tests.tui.projects import SECOND, project_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Annotating]:
    """A session on two documents of one sentence each; the first has candidates."""
    with project_of(tmp_path / "work.curate", TEXT, SECOND) as project:
        yield Annotating(project, "a1")
