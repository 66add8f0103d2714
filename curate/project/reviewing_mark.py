"""What the last merge had seen, so that the next one need not look at everything again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from curate.model.document import text_hash

if TYPE_CHECKING:
    from curate.project.opening import Project
    from curate.project.reviewing_settings import ReviewSettings

_SETTING: Final = "review.mark"
_MERGE: Final = 1
"""Version of the merge; another one has everything merged anew."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the project had come when everything was merged last."""

    journal: int
    rulings: int
    """Number of the last row."""
    rivals: Mapping[str, str]
    """Versions in conflict, and when each came."""
    terms: str
    """Schema, settings and version of the merge, as one hash."""


def mark_of(project: Project, settings: ReviewSettings) -> Mark:
    """How far the project is now."""
    _, journal, rulings = project.store.gold.touched(1 << 62, 1 << 62)
    readers = " ".join(settings.readers)
    said = (str(_MERGE), project.store.schema_text, str(settings.terms), readers)
    rivals = project.store.rulings.rival_times()
    return Mark(journal, rulings, rivals, text_hash("\x1f".join(said)))


def keep_mark(project: Project, mark: Mark) -> None:
    """Remember that everything up to there is merged."""
    if project.store.settings.get(_SETTING) != asdict(mark):
        project.store.settings[_SETTING] = asdict(mark)


def unmerged(project: Project, settings: ReviewSettings) -> frozenset[str] | None:
    """Items that may come to something else since the last merge; None: any of them."""
    kept = project.store.settings.get(_SETTING)
    now = mark_of(project, settings)
    if not isinstance(kept, dict) or kept.get("terms") != now.terms:
        return None
    journal, rulings, rivals = kept.get("journal"), kept.get("rulings"), kept.get("rivals")
    if not (isinstance(journal, int) and isinstance(rulings, int) and isinstance(rivals, dict)):
        return None
    if journal > now.journal or rulings > now.rulings:  # an older copy was put in its place
        return None
    touched, _, _ = project.store.gold.touched(journal, rulings)
    changed = set(rivals.items()) ^ set(now.rivals.items())
    return frozenset(touched | {name.split(" ")[0] for name, _ in changed})
