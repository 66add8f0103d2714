"""Which texts may be passed on, by what their licence is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_FREE: Final = re.compile(
    r"cc0|cc-by(?:-sa)?|creative commons (?:zero|attribution(?: share ?alike)?)|public domain"
    r"|pddl|odc-by|odbl|mit|apache|bsd|gpl|gfdl|ogl|open government licen[cs]e"
)
_FORBIDDEN: Final = re.compile(r"\b(?:nd|no ?derivatives|nc|non ?commercial)\b")


def may_be_passed_on(licence: object, allowed: Iterable[str] = ()) -> bool:
    """Whether texts under this licence may stand in a release.

    Known are the open licences by their usual names (in any version); licences that forbid
    derivatives or commercial use, unknown ones and none at all are not passed on unless they are
    in `allowed`.
    """
    if not isinstance(licence, str) or not licence.strip():
        return False
    name = _plain(licence)
    if any(name == _plain(one) for one in allowed):
        return True
    found = _FREE.match(name)
    if found is None or _FORBIDDEN.search(name):
        return False
    return (
        re.fullmatch(r"(?:[- ]?v?\d+(?:\.\d+)*(?:[- ].*)?|[ ,(].*|)", name[found.end() :])
        is not None
    )


def _plain(licence: str) -> str:
    return re.sub(r"\s+", " ", licence.strip().lower().replace("_", "-")).replace("cc by", "cc-by")
