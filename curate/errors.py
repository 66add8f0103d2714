"""What can go wrong for a user, as one small tree.

CurateError            the user's input is wrong                       exit 1
├── ProjectError       the project file cannot be used
│   ├── NotAProject    it is something else
│   ├── NewerProject   a newer curate made it
│   └── Busy           another program holds it for too long            exit 3
├── SchemaError        a schema file has problems (all of them, with their places)
├── TextError          a text cannot be read as text
├── FormatError        a file of a known format does not hold together
└── WorldError         disk, network or terminal failed                 exit 3
"""

from __future__ import annotations

from dataclasses import dataclass

_CONTROLS = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)}
_CONTROLS |= dict.fromkeys(
    (0x7F, *range(0x80, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    0xFFFD,
)
"""What would steer a terminal, or turn a line around, becomes a sign that shows."""


_LONGEST = 20_000
"""Characters of a message: hundreds of problems of a file are told, an endless line is not."""


def _harmless(text: str) -> str:
    """The text as it can be sent to a terminal: messages quote input, which may be endless."""
    shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return shown.translate(_CONTROLS)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands; line and column count from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        parts = [self.file, *(str(n) for n in (self.line, self.column) if n is not None)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Flaw:
    """One thing that is wrong in a file, where it stands, and the way out."""

    place: Place
    message: str
    remedy: str | None = None

    def __str__(self) -> str:
        line = f"{self.place}: {self.message}"
        return line if self.remedy is None else f"{line} → {self.remedy}"


class CurateError(Exception):
    """The user's input is wrong: `message` says what and where, `remedy` the way out."""

    exit_code = 1

    def __init__(self, message: str, remedy: str | None = None) -> None:
        super().__init__(message)
        self.message = _harmless(message)
        self.remedy = None if remedy is None else _harmless(remedy)

    def __str__(self) -> str:
        return self.message if self.remedy is None else f"{self.message}\n{self.remedy}"


class ProjectError(CurateError):
    """The project file cannot be used."""


class NotAProject(ProjectError):
    """The file is not a curate project."""


class NewerProject(ProjectError):
    """The project was made by a newer curate."""


class Busy(ProjectError):
    """Another program holds the project for longer than a moment."""

    exit_code = 3


class SchemaError(CurateError):
    """A schema file has problems: `flaws` holds every one of them, in the order of the file."""

    def __init__(
        self, message: str, remedy: str | None = None, flaws: tuple[Flaw, ...] = ()
    ) -> None:
        super().__init__(message, remedy)
        self.flaws = flaws


class TextError(CurateError):
    """A file or stream cannot be read as text."""


class FormatError(CurateError):
    """A file of a known format does not hold together."""


class WorldError(CurateError):
    """Disk, network or terminal failed: nothing is wrong with the input."""

    exit_code = 3
