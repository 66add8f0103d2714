"""What a sync works with: both sides, and what was seen of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final
from uuid import UUID

from curate.errors import CurateError
from curate.formats.records import Misfit
from curate.model.annotation import Annotation
from curate.model.document import Document
from curate.model.item import Item
from curate.model.schema import EventSchema
from curate.store.remote import RemoteAnswer, RemoteProject, RemoteTask
from curate.store.store import Store
from curate.sync.answers import Answered, Row
from curate.sync.plan import GOLD, Base, Here, Key, There
from curate.sync.remote import Remote

Json = dict[str, object]
NAMES: Final = UUID("5b7c0f0e-6f0f-4d0b-9d1c-6a3f2d1e8c55")
"""What is made under a name of it is made once: annotations there, comments here."""
SOURCE: Final = "Label Studio"
"""Where versions in conflict come from."""


@dataclass(slots=True)
class People:
    """Which annotator here is which user there."""

    emails: Mapping[str, str]
    """Annotator → e-mail address of the user there."""
    ask: Callable[[], Mapping[int, str]]
    """Asks the server for its users: number → e-mail address."""
    _users: Mapping[int, str] | None = None

    def user_of(self, annotator: str) -> int | None:
        """The number of the user that an annotator is; None: whoever's token it is.

        Raises `CurateError` when the server does not know the address.
        """
        email = self.emails.get(annotator)
        if email is None:
            return None
        for number, known in self._known().items():
            if known.casefold() == email.casefold():
                return number
        raise CurateError(
            f"Label Studio has no user {email}, whom {annotator} is mapped to",
            f"invite them there, or map anew: `curate sync map {annotator}=ADDRESS`",
        )

    def annotator_of(self, user: int | None) -> str:
        """The annotator that a user is: by the map, else the address."""
        email = self._known().get(user) if user is not None else None
        if email is None:
            return "unknown" if user is None else f"user-{user}"
        by_email = {e.casefold(): annotator for annotator, e in self.emails.items()}
        return by_email.get(email.casefold(), email)

    def _known(self) -> Mapping[int, str]:
        if self._users is None:
            self._users = self.ask()
        return self._users


@dataclass(slots=True)
class Job:
    """One project here, one there, and how to speak with both."""

    store: Store
    schema: EventSchema
    remote: Remote
    link: RemoteProject
    people: People
    now: Callable[[], str]
    """The time, ISO 8601, UTC."""
    decided: Callable[[str, Annotation], Annotation] = lambda _, annotation: annotation
    """Adds to an annotation that was made there what became of the candidates of its document."""

    @property
    def project(self) -> int:
        """Number of the project there."""
        return self.link.project

    def save(self, **changes: object) -> None:
        """Keep what changed about the link."""
        self.link = replace(self.link, **changes)  # type: ignore[arg-type]  # names of its fields
        self.store.remotes.save(self.link)


@dataclass(frozen=True, slots=True)
class Theirs:
    """An annotation on the server, understood."""

    number: int
    updated_at: str
    mark: str
    annotation: Annotation
    misfits: tuple[Misfit, ...]
    answer: Answered
    is_ours: bool = False
    """Whether it went there from here, and says whose it is."""
    errors: tuple[str, ...] = ()
    """Why it cannot be taken over at all."""


@dataclass(frozen=True)
class View:
    """All that is known of some items on both sides at one moment."""

    items: Mapping[str, Item]
    texts: Mapping[str, Document]
    """Item id → its document."""
    known_tasks: Mapping[str, RemoteTask]
    known: Mapping[Key, RemoteAnswer]
    mine: Mapping[Key, Annotation]
    predictions: Mapping[str, Json]
    """Item id → what the machine proposes for it, as the server takes it."""
    proposed: Mapping[str, str]
    """Item id → fingerprint of that; empty for nothing."""
    rows: Mapping[str, Row]
    """Item id → its task there."""
    theirs: Mapping[Key, Theirs]
    base: Base = field(default_factory=Base)
    here: Here = field(default_factory=Here)
    there: There = field(default_factory=There)
    extra: tuple[Row, ...] = ()
    """Tasks that are there twice: those too many."""
    problems: Mapping[str, str] = field(default_factory=dict)
    """Item id → why nothing can be done about it."""

    @cached_property
    def asked(self) -> frozenset[str]:
        """Items of which something was asked or answered."""
        tasks = (t.item for t in self.known_tasks.values() if t.question or t.keep)
        answers = (a.item for a in self.known.values() if a.question or a.keep)
        return frozenset((*tasks, *answers))

    def seen_there(self, key: Key) -> tuple[int | None, str | None]:
        """Number of an annotation there, and the time of its last change that was seen."""
        theirs, known = self.theirs.get(key), self.known.get(key)
        if theirs is not None:
            return theirs.number, theirs.updated_at
        return (None, None) if known is None else (known.annotation, known.updated_at)


def shown(key: Key) -> str:
    """An annotation in a message."""
    who = "gold" if key.annotator == GOLD else key.annotator or "the task"
    return f"{who} on {key.item}"
