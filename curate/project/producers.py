"""Producers of candidates from outside: found by entry point, switched on for a project.

A project says which are on, but only what was switched on *on this machine*
runs: a project file that somebody sends cannot start a program here, nor have
texts sent anywhere.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.errors import CurateError, WorldError
from curate.project.activity import utc_now
from curate.project.checking import checked
from curate.project.reproposing import repropose_document
from curate.settings import settings_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.metadata import EntryPoint
    from pathlib import Path

    from curate.model.candidate import Candidate
    from curate.model.document import Document
    from curate.project.opening import Project
    from curate.store.encoding import Json

GROUP: Final = "curate.producers"
"""Entry points of a plug-in: each a function `make(schema, options) -> Producer`."""
SETTING: Final = "producers"
"""Setting of a project: name → options of the producers that are on."""
ALLOWED: Final = "producers.json"
"""File beside the user's settings with what may run on this machine."""
RULES: Final = "rules"
_RESERVED: Final = frozenset({RULES, "given"})
_SHIPPED: Final = {
    "label-studio-backend": "curate.sync.label_studio_backend:make",
    "language-model": "curate.sync.language_model:make",
}
_PATIENCE: Final = 3
"""Documents in a row that may fail before a producer is given up."""


@dataclass(frozen=True, slots=True)
class Known:
    """A producer that could be switched on."""

    name: str
    source: str
    """Who brings it: `curate`, or the package of a plug-in."""


@dataclass(frozen=True, slots=True)
class On:
    """A producer that a project has switched on."""

    name: str
    options: Mapping[str, str]
    is_allowed: bool
    """Whether it was switched on on this machine, with just these options."""


@dataclass(slots=True)
class Ran:
    """What came of asking one producer."""

    name: str
    documents: int = 0
    changed: int = 0
    candidates: int = 0
    failed: int = 0
    dropped: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """What happened, for a reader."""
        first = (
            f"{self.name}: {self.candidates:,} candidates, something new in "
            f"{self.changed:,} of {self.documents:,} documents"
        )
        lost = [f"  {self.failed:,} documents got no answer"] if self.failed else []
        why = [f"  {count:,} dropped: {reason}" for reason, count in self.dropped.most_common(10)]
        return [first, *lost, *why]


def known_producers() -> list[Known]:
    """All producers that are installed, those of curate first."""
    own = [Known(RULES, "curate"), *(Known(name, "curate") for name in _SHIPPED)]
    plugins = {
        point.name: point for point in _entry_points() if point.name not in {*_SHIPPED, *_RESERVED}
    }
    found = [
        Known(name, point.dist.name if point.dist is not None else "unknown")
        for name, point in sorted(plugins.items())
    ]
    return [*own, *found]


def producers_on(project: Project) -> list[On]:
    """The producers that the project has switched on beside the rules."""
    held = project.store.settings.get(SETTING)
    if not isinstance(held, dict):
        return []
    allowed = _allowed()
    return [
        On(name, options, _mark(name, options) in allowed)
        for name, given in held.items()
        if isinstance(given, dict)
        for options in [{str(k): str(v) for k, v in given.items()}]
    ]


def switch_on(project: Project, name: str, options: Mapping[str, str]) -> str | None:
    """Switch a producer on for the project, here and now; return a warning if there is one.

    Raises `CurateError` if there is none of that name, it cannot be made, or an option is wrong.
    """
    made = Outside.of(project, name, options)
    project.store.settings[SETTING] = {**_held(project), name: {**options}}
    _allow(_mark(name, options))
    return made.warning


def switch_off(project: Project, name: str) -> None:
    """Switch a producer off; what it proposed stays."""
    held = _held(project)
    if name not in held:
        known = ", ".join(held) or "only the rules, which stay"
        raise CurateError(f"{name} is not on in this project", f"on are: {known}")
    del held[name]
    project.store.settings[SETTING] = held


def _held(project: Project) -> dict[str, Json]:
    return {on.name: {**on.options} for on in producers_on(project)}


class Outside:
    """A plug-in as a producer that gives only what fits, and fails only with `CurateError`."""

    def __init__(self, project: Project, name: str, inner: object) -> None:
        self._schema = project.schema
        self.name = name
        self._inner = inner
        self.dropped: Counter[str] = Counter()
        self.count = 0

    @classmethod
    def of(cls, project: Project, name: str, options: Mapping[str, str]) -> Outside:
        """Make the producer of that name."""
        point = _point(name)
        try:
            make = point.load()
            inner = make(project.schema, dict(options))
        except CurateError:
            raise
        except Exception as error:
            raise _broken(name, error) from error
        if not callable(getattr(inner, "propose", None)):
            raise CurateError(f"the producer {name} has no `propose`", _MEND)
        return cls(project, name, inner)

    @property
    def version(self) -> str:
        """The plug-in's name with the version that it gives."""
        given = str(getattr(self._inner, "version", "1")).rpartition("/")[2]
        kept = "".join(c for c in given if c.isalnum() or c in ".-_+")[:40]
        return f"{self.name}/{kept or '1'}"

    @property
    def warning(self) -> str | None:
        """What the plug-in wants users to know before it is asked."""
        warning = getattr(self._inner, "warning", None)
        return warning if isinstance(warning, str) else None

    def propose(self, document: Document) -> tuple[Candidate, ...]:
        """Its candidates that fit the schema and the text."""
        try:
            found = tuple(self._inner.propose(document))  # type: ignore[attr-defined]  # looked at
            fitting = checked(found, self._schema, document, self.version)
        except CurateError:
            raise
        except Exception as error:
            raise _broken(self.name, error) from error
        self.dropped += fitting.dropped
        self.count += len(fitting.candidates)
        return fitting.candidates

    def all_dropped(self) -> Counter[str]:
        """What was dropped here and, where it counts, by the plug-in itself."""
        own = getattr(self._inner, "dropped", None)
        return self.dropped + own if isinstance(own, Counter) else self.dropped


def ask_producers(
    project: Project,
    progress: Callable[[int, int, str], None],
    say: Callable[[str], None],
) -> list[Ran]:
    """Ask every producer that is on for candidates for open items, one document after the other.

    What was answered before a failure stays. Raises the error of a producer that keeps failing.
    """
    ran: list[Ran] = []
    for on in producers_on(project):
        if not on.is_allowed:
            say(
                f"{on.name} is on in this project but was not switched on on this machine: "
                f"`curate producers on {on.name}` with its options, if you trust it"
            )
            continue
        made = Outside.of(project, on.name, on.options)
        if made.warning is not None:
            say(made.warning)
        ran.append(_asked(project, made, progress))
    return ran


def _asked(project: Project, made: Outside, progress: Callable[[int, int, str], None]) -> Ran:
    ran = Ran(made.name)
    total, in_a_row = project.store.documents.count(), 0
    for done, document in enumerate(project.store.documents.all(), 1):
        try:
            ran.changed += repropose_document(project, made, document, at=utc_now())
        except WorldError as error:
            ran.failed, in_a_row = ran.failed + 1, in_a_row + 1
            if in_a_row >= _PATIENCE or done == total == ran.failed:
                raise type(error)(
                    f"{error.message} ({ran.documents:,} documents were answered before)",
                    error.remedy,
                ) from error
        else:
            ran.documents, in_a_row = ran.documents + 1, 0
        progress(done, total, made.name)
    ran.candidates, ran.dropped = made.count, made.all_dropped()
    return ran


_MEND: Final = "switch it off with `curate producers off`, or ask who made it"


def _broken(name: str, error: Exception) -> CurateError:
    return CurateError(
        f"the producer {name} is broken: {type(error).__name__}: {str(error)[:200]}", _MEND
    )


def _entry_points() -> list[EntryPoint]:
    from importlib.metadata import entry_points  # slow, and seldom needed

    return list(entry_points(group=GROUP))


def _point(name: str) -> EntryPoint:
    from importlib.metadata import EntryPoint

    if name in _SHIPPED:
        return EntryPoint(name, _SHIPPED[name], GROUP)
    found = [p for p in _entry_points() if p.name == name and name not in _RESERVED]
    if not found:
        known = ", ".join(k.name for k in known_producers() if k.name != RULES)
        raise CurateError(f"there is no producer {name}", f"there are: {known}")
    return found[0]


def _mark(name: str, options: Mapping[str, str]) -> str:
    """What stands for a producer with its options in the list of what may run."""
    said = json.dumps([name, sorted(options.items())], ensure_ascii=True)
    return hashlib.sha256(said.encode()).hexdigest()


def _file() -> Path:
    return settings_path().with_name(ALLOWED)


def _allowed() -> set[str]:
    try:
        held = json.loads(_file().read_text(encoding="utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, json.JSONDecodeError):
        return set()
    return {mark for mark in held if isinstance(mark, str)} if isinstance(held, list) else set()


def _allow(mark: str) -> None:
    file = _file()
    marks = sorted({*_allowed(), mark})
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.write_text(json.dumps(marks, indent=1), encoding="utf-8")
    draft.replace(file)
