"""The user's settings: a small TOML file, every value checked."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path

from curate.errors import CurateError

VARIABLE = "CURATE_SETTINGS"
"""Environment variable that names another settings file."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose; the file holds only what differs."""

    annotator: str = ""
    """Your name in annotations; empty: the name you are logged in with."""
    language: str = "auto"
    """Of the interface: `en`, `ar`, or `auto` for that of the locale."""
    theme: str = "curate-dark"
    """`curate-dark`, `curate-light`, or any theme of Textual."""
    keyboard: str = "auto"
    """Layout that is switched on: `auto`, `arabic`, `arabic-mac`, `french`."""
    bidi: str = "auto"
    """Who puts Arabic in visual order: `visual` curate, `terminal` the terminal."""
    marks: str = "auto"
    """Whether vowel marks are drawn: `show`, `hide`, or as the terminal can."""
    pull: str = "off"
    """Minutes between fetches from Label Studio while you annotate; `off`: only when asked."""
    keys: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Command id → keys, such as `"annotate.accept" = "enter,space"`."""


CHOICES: Mapping[str, tuple[str, ...]] = {
    "language": ("auto", "en", "ar"),
    "keyboard": ("auto", "arabic", "arabic-mac", "french"),
    "bidi": ("auto", "visual", "terminal"),
    "marks": ("auto", "show", "hide"),
    "pull": ("off", "5", "15", "30", "60"),
}


def settings_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the settings are read from."""
    if environment.get(VARIABLE):
        return Path(environment[VARIABLE])
    from platformdirs import user_config_path

    return user_config_path("curate", appauthor=False) / "settings.toml"


def load_settings(path: Path | None = None) -> Settings:
    """Read the settings; without a file all are at their defaults.

    Raises `CurateError` naming the file and the setting that does not hold.
    """
    file = settings_path() if path is None else path
    try:
        given = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CurateError(f"{file}: {error}", "mend the file, or move it away") from error
    known = {f.name for f in fields(Settings)}
    for name, value in given.items():
        _check(file, name, value, known)
    return Settings(**given)


def _check(file: Path, name: str, value: object, known: set[str]) -> None:
    if name not in known:
        near = get_close_matches(name, known, n=1)
        raise CurateError(
            f"{file}: there is no setting {name!r}",
            f"did you mean {near[0]}?" if near else f"there are: {', '.join(sorted(known))}",
        )
    if name == "keys":
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise CurateError(f"{file}: keys is a table of command = keys", "as [keys] with text")
    elif not isinstance(value, str):
        raise CurateError(f"{file}: {name} takes text, not {value!r}", "put it into quotes")
    elif name in CHOICES and value not in CHOICES[name]:
        raise CurateError(f"{file}: {name} cannot be {value!r}", f"use {', '.join(CHOICES[name])}")


def interface_language(chosen: str, environment: Mapping[str, str] = os.environ) -> str:
    """`en` or `ar`: as chosen, or as the locale says."""
    if chosen != "auto":
        return chosen
    locale = next(
        (environment[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(n)), ""
    )
    return "ar" if locale.startswith("ar") else "en"
