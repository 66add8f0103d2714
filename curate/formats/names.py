"""File names for ids: readable, safe on every system, and two ids never share one."""

from __future__ import annotations

import hashlib
import re
from typing import Final
from urllib.parse import unquote_to_bytes

_SAFE: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.")
_DEVICES: Final = re.compile(
    r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$)(?:\.|$)", re.IGNORECASE
)
_LONGEST: Final = 120
_HASHED: Final = "~~"


def file_stem(identity: str) -> str:
    """A file name without ending for an id; `id_of_stem` gives the id back.

    Letters, digits, `_`, `-` and inner dots stay. Other bytes are percent-encoded, so that no
    path, device name or hidden file comes about. Where letters are capital, `~` and a number
    that tells which follow, for file systems that know no case. What is too long ends in a hash.
    """
    written = "".join(c if c in _SAFE else _encoded(c) for c in identity)
    if not written or written[0] == "." or _DEVICES.match(written):
        written = _encoded(identity[0]) + written[1:] if identity else "%"
    if written.endswith("."):
        written = written[:-1] + "%2e"
    capitals = sum(1 << n for n, c in enumerate(_letters(written)) if c.isupper())
    if capitals:
        written += f"~{capitals:x}"
    if len(written) > _LONGEST:
        digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return re.sub(r"%[0-9a-f]?$", "", written[:60]).rstrip(".") + _HASHED + digest
    return written


def id_of_stem(stem: str) -> str | None:
    """The id that a name was made for; None where only its hash is left."""
    if _HASHED in stem:
        return None
    if stem == "%":
        return ""
    return unquote_to_bytes(stem.partition("~")[0]).decode("utf-8", "surrogatepass")


def _letters(written: str) -> str:
    """What may be capital of its own: not the digits of a percent-encoding, which are small."""
    return re.sub(r"%[0-9a-f]{2}", "%", written)


def _encoded(character: str) -> str:
    return "".join(f"%{byte:02x}" for byte in character.encode("utf-8", "surrogatepass"))
