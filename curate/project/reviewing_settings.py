"""How a project comes to gold: a setting of the project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.adjudication.bench import Terms
from curate.errors import CurateError
from curate.project.gold import GOLD

if TYPE_CHECKING:
    from curate.project.opening import Project

SETTING = "review"
"""Name of the project's setting that holds `ReviewSettings`."""


@dataclass(frozen=True, slots=True)
class ReviewSettings:
    """How a project comes to gold."""

    required: int = 2
    """How many annotators must have done an item."""
    majority: int = 0
    """How many must say the same where not all do; 0: every difference is a case."""
    readers: tuple[str, ...] = ()
    """Whose work is merged; empty: everybody's but that under the name `gold`."""
    seed: int = 20060704
    """Of everything that is drawn by chance: sides, and what is audited."""
    audit: float = 0.05
    """Share of what was merged without a ruling that is drawn to be checked."""

    @property
    def terms(self) -> Terms:
        """What it takes for a cell to be gold without a ruling."""
        return Terms(self.required, self.majority)

    def reads(self, annotator: str) -> bool:
        """Whether that annotator's work is merged."""
        return annotator in self.readers if self.readers else annotator != GOLD


def review_settings(project: Project) -> ReviewSettings:
    """The project's own settings, the usual ones for what it does not say."""
    kept = project.store.settings.get(SETTING)
    if not isinstance(kept, dict):
        return ReviewSettings()
    usual = ReviewSettings()
    readers = kept.get("readers")
    return ReviewSettings(
        required=_whole(kept.get("required"), usual.required),
        majority=_whole(kept.get("majority"), usual.majority),
        readers=tuple(map(str, readers)) if isinstance(readers, list) else (),
        seed=_whole(kept.get("seed"), usual.seed),
        audit=_share(kept.get("audit"), usual.audit),
    )


def keep_review_settings(project: Project, settings: ReviewSettings) -> None:
    """Keep them in the project.

    Raises `CurateError` for numbers that make no sense, and for a reader that nobody is.
    """
    if settings.required < 1:
        raise CurateError("gold needs at least one annotator", "--required 1 or more")
    if settings.majority and settings.majority < settings.required / 2:
        raise CurateError(
            f"{settings.majority} of {settings.required} annotators are no majority",
            "--majority takes more than half of --required, or 0 for none",
        )
    known = project.store.annotations.annotators()
    for name in settings.readers:
        if name not in known:
            raise CurateError(f"there is no annotator {name}", f"there are: {', '.join(known)}")
    project.store.settings[SETTING] = {
        "required": settings.required,
        "majority": settings.majority,
        "readers": list(settings.readers),
        "seed": settings.seed,
        "audit": settings.audit,
    }


def with_settings(
    project: Project, *, required: int | None, majority: int | None, readers: tuple[str, ...]
) -> None:
    """Change what is given, and keep it; `all` among the readers stands for everybody."""
    before = review_settings(project)
    after = ReviewSettings(
        before.required if required is None else required,
        before.majority if majority is None else majority,
        () if "all" in readers else readers or before.readers,
        before.seed,
        before.audit,
    )
    if after != before:
        keep_review_settings(project, after)


def _whole(value: object, usual: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else usual


def _share(value: object, usual: float) -> float:
    return float(value) if isinstance(value, float | int) else usual
