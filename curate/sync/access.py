"""Tokens of Label Studio servers: in the system's keyring if one works, else in a file of ours.

The file lies beside the user's settings, readable by the user alone. A token
goes to the server that it was given for and nowhere else; it is never in a
project, a log, an argument or a message.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final

import msgspec

from curate.errors import CurateError, WorldError
from curate.settings import settings_path

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "servers.json"
SERVICE: Final = "curate Label Studio"
"""What tokens are filed under in the keyring; the user name there is the server's address."""
VARIABLE: Final = "CURATE_LABEL_STUDIO_TOKEN"
"""Environment variable that `curate sync login` takes the token from."""


class _Entry(msgspec.Struct, omit_defaults=True):
    """What is kept of a server; without a token, the keyring has it."""

    email: str = ""
    token: str | None = None


@dataclass(frozen=True, slots=True)
class Login:
    """A server that the user is logged in with."""

    url: str
    email: str
    is_in_keyring: bool


def servers() -> list[Login]:
    """The servers that the user is logged in with."""
    return [Login(url, e.email, e.token is None) for url, e in _read().items()]


def keep_token(url: str, email: str, token: str) -> Login:
    """Keep a token for a server."""
    is_in_keyring = _to_keyring(url, token)
    held = _read()
    held[url] = _Entry(email, None if is_in_keyring else token)
    _write(held)
    return Login(url, email, is_in_keyring)


def find_token(url: str) -> str:
    """The token for a server. Raises `CurateError` when there is none."""
    entry = _read().get(url)
    token = None if entry is None else entry.token or _from_keyring(url)
    if token is None:
        raise CurateError(f"you are not logged in with {url}", f"`curate sync login {url}`")
    return token


def drop_token(url: str) -> bool:
    """Forget the token for a server; whether there was one."""
    held = _read()
    if held.pop(url, None) is None:
        return False
    _write(held)
    keyring = _keyring()
    if keyring is not None:
        with suppress(*_errors()):
            keyring.delete_password(SERVICE, url)
    return True


def tokens_path() -> Path:
    """Where the servers, and the tokens that no keyring took, are kept."""
    return settings_path().with_name(FILE)


def _read() -> dict[str, _Entry]:
    path = tokens_path()
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise WorldError(
            f"{path} cannot be read: {error.strerror}", "check the folder and its permissions"
        ) from error
    try:
        return msgspec.json.decode(content, type=dict[str, _Entry])
    except msgspec.DecodeError as error:
        raise CurateError(
            f"{path} is damaged", "remove it and log in again: `curate sync login URL`"
        ) from error


def _write(held: dict[str, _Entry]) -> None:
    """Put the file in its place whole; from its first moment nobody else may read it."""
    path = tokens_path()
    draft = path.with_name(f".{FILE}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            draft.unlink()
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.encode(held))
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        raise WorldError(
            f"{path} cannot be written: {error.strerror}", "check the folder and the disk"
        ) from error


def _keyring() -> Any:
    return import_module("keyring") if find_spec("keyring") is not None else None


def _errors() -> tuple[type[Exception], ...]:
    error: type[Exception] = import_module("keyring.errors").KeyringError
    return (error, OSError, RuntimeError)


def _to_keyring(url: str, token: str) -> bool:
    """Whether the keyring took the token, and gives it back."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(SERVICE, url, token)
        return bool(keyring.get_password(SERVICE, url) == token)
    except _errors():
        return False


def _from_keyring(url: str) -> str | None:
    keyring = _keyring()
    if keyring is None:
        return None
    try:
        found = keyring.get_password(SERVICE, url)
    except _errors():
        return None
    return found if isinstance(found, str) else None
