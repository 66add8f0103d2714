"""What a Label Studio server answers, as far as it is read."""

from __future__ import annotations

from typing import Any, Final

import msgspec


class Account(msgspec.Struct, frozen=True):
    """The user that a token stands for."""

    id: int
    email: str
    version: str = ""
    """Of the server."""


class User(msgspec.Struct, frozen=True):
    """Somebody who has an account on the server."""

    id: int
    email: str = ""


class ProjectInfo(msgspec.Struct, frozen=True):
    """A project on the server."""

    id: int
    title: str | None = None
    label_config: str | None = None
    description: str | None = None
    model_version: str | None = None


class Projects(msgspec.Struct, frozen=True):
    """A page of projects."""

    results: list[ProjectInfo] = []


class Numbered(msgspec.Struct, frozen=True):
    """Anything of which only the number is read."""

    id: int


class Predicted(msgspec.Struct, frozen=True):
    """A prediction."""

    id: int
    model_version: str | None = None


class Row(msgspec.Struct, frozen=True):
    """A task in a listing: what tells whether it changed."""

    id: int
    updated_at: str
    data: dict[str, Any] = {}
    total_annotations: int = 0
    cancelled_annotations: int = 0
    total_predictions: int = 0

    @property
    def key(self) -> str | None:
        """Our key of the task, if it is one of ours."""
        key = self.data.get("key")
        return key if isinstance(key, str) and key else None

    @property
    def answers(self) -> int:
        """Annotations of it, skipped ones too."""
        return self.total_annotations + self.cancelled_annotations


class Answered(msgspec.Struct, frozen=True):
    """An annotation on the server."""

    id: int
    result: Any = None
    updated_at: str = ""
    completed_by: Any = None
    was_cancelled: bool = False
    ground_truth: bool = False

    @property
    def user(self) -> int | None:
        """Number of the user who gave it."""
        who = self.completed_by
        if isinstance(who, dict):
            who = who.get("id")
        return who if isinstance(who, int) else None


class Task(msgspec.Struct, frozen=True):
    """A task with its annotations; drafts are never read."""

    id: int
    updated_at: str
    data: dict[str, Any]
    annotations: list[Answered] = []


class PredictedTask(msgspec.Struct, frozen=True):
    """A task with its predictions."""

    id: int
    predictions: list[Predicted] = []


class Page(msgspec.Struct, frozen=True):
    """One page of a listing; the totals are of the whole listing."""

    total: int = 0
    total_annotations: int = 0
    total_predictions: int = 0
    tasks: list[msgspec.Raw] = []


class Imported(msgspec.Struct, frozen=True):
    """What the server says of an import."""

    task_count: int = 0
    annotation_count: int = 0
    prediction_count: int = 0
    task_ids: list[int] = []


class Created(msgspec.Struct, frozen=True):
    """What the server says of predictions that were brought in."""

    created: int = 0


class Released(msgspec.Struct, frozen=True):
    """What a server says of its version."""

    release: str


class Told(msgspec.Struct, frozen=True):
    """What the server says of an error."""

    detail: Any = None
    validation_errors: Any = None


class Stamp(msgspec.Struct, frozen=True):
    """A task as briefly as possible: whether anybody touched it since it was made."""

    id: int
    created_at: str
    updated_at: str


class Stamps(msgspec.Struct, frozen=True):
    """Tasks as briefly as possible; the totals are of all of them."""

    tasks: list[Stamp] = []
    total_annotations: int = 0
    total_predictions: int = 0


PREDICTED: Final = "id,predictions,model_version"
"""Fields of a `PredictedTask`."""
STAMPED: Final = "id,created_at,updated_at"
"""Fields of a `Stamp`."""
BRIEF: Final = "id,updated_at,total_annotations,cancelled_annotations,total_predictions"
"""Fields of a `Row` but its data, which are most of it."""
LISTED: Final = "id,data,updated_at,total_annotations,cancelled_annotations,total_predictions"
"""Fields of a `Row`."""
ANSWERED: Final = "id,data,updated_at,annotations,result,completed_by,was_cancelled,ground_truth"
"""Fields of a `Task` and its annotations."""
