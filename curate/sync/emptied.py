"""When a side has lost everything at once, something else is wrong than a deletion."""

from __future__ import annotations

from typing import Final

from curate.errors import CurateError

FEW: Final = 3
"""So many, if there are no more, may be gone at once without it being an error."""


class SuddenlyEmpty(CurateError):
    """One side lost everything at once: nothing is done."""

    @classmethod
    def of_tasks(cls, count: int) -> SuddenlyEmpty:
        """All tasks there are gone."""
        return cls(
            f"all {count:,} tasks of this project are gone from Label Studio at once",
            "check that it is the right project there; if it was emptied on purpose, "
            "`curate sync push --anew` pushes everything again",
        )

    @classmethod
    def of_answers(cls, count: int) -> SuddenlyEmpty:
        """All annotations there are gone."""
        return cls(
            f"all {count:,} annotations are gone from Label Studio at once",
            "check that it is the right project there; if they were deleted on purpose, "
            "`curate sync push --anew` pushes them again",
        )

    @classmethod
    def of_work(cls, count: int) -> SuddenlyEmpty:
        """All annotations here are gone."""
        return cls(
            f"all {count:,} annotations that were synced are gone from this project at once",
            "check that it is the right file; if they were deleted on purpose, "
            "`curate sync pull --anew` brings them back",
        )
