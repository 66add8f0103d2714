"""Keys of services: from the environment, else from the system's keyring if it has one."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from curate.errors import WorldError

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE: Final = "CURATE_LANGUAGE_MODEL_KEY"
"""Environment variable with the key; its name is fixed, so that no project can ask for another."""
SERVICE: Final = "curate"
"""What keys are filed under in the keyring; the user name there is the server's address."""


def find_key(url: str, environment: Mapping[str, str] = os.environ) -> str | None:
    """The key for a server, or None. Raises `WorldError` for one that cannot be sent."""
    key = environment.get(VARIABLE) or _from_keyring(url)
    if key is None:
        return None
    key = key.strip()
    if not key.isascii() or not key.isprintable():
        raise WorldError(
            "the key of the language model holds letters that no key has", "set it anew"
        )
    return key or None


def _from_keyring(url: str) -> str | None:
    if find_spec("keyring") is None:
        return None
    keyring = import_module("keyring")
    errors = import_module("keyring.errors")
    try:
        found = keyring.get_password(SERVICE, url)
    except errors.KeyringError:
        return None  # locked, or there is none behind it
    return found if isinstance(found, str) else None
