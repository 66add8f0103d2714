"""What a Label Studio server refuses, and why: each kind with its message and its way out."""

from __future__ import annotations

from typing import Final

import msgspec

from curate.errors import WorldError
from curate.sync.answers import Told
from curate.sync.http import BUSY, Answer
from curate.sync.tokens import NoAccess

UNSURE: Final = BUSY | {409, 425, 500}
"""Answers after which nobody knows whether a write was done."""
_CHECK: Final = "check the project with `curate sync status`"


class Unsure(WorldError):
    """Nobody knows whether the server did what was asked: look before asking again."""

    def __init__(self, message: str, after: float = 0.0) -> None:
        super().__init__(message, "run the command again: it goes on where it stopped")
        self.after = after
        """Seconds that the server wants us to wait."""


class NotThere(WorldError):
    """The server has no such project, task or annotation."""


class Rejected(WorldError):
    """The server looked at what was sent and does not want it; nothing was written."""


class TooLarge(Rejected):
    """The server takes only smaller requests."""


def checked(answer: Answer, where: str) -> Answer:
    """The answer, if it is a good one."""
    status = answer.status
    if 200 <= status < 300:
        return answer
    said = _said(answer)
    if status in UNSURE:
        raise Unsure(f"{where}: it answers with the error {status}{said}", answer.after)
    if status == 401:
        raise NoAccess(
            f"{where} does not take the token{said}", "get a new one: `curate sync login`"
        )
    if status == 403:
        raise NoAccess(
            f"{where}: the token does not allow this{said}",
            "ask who runs the server for the right to change this project",
        )
    if status == 404:
        raise NotThere(f"{where}: there is no such project, task or annotation", _CHECK)
    if status == 413:
        raise TooLarge(f"{where}: the request is too large for the server", _CHECK)
    if 300 <= status < 400:
        raise WorldError(
            f"{where}: it sends us elsewhere ({status})",
            "give the address where the server really is",
        )
    raise Rejected(f"{where}: it refuses ({status}){said}", _CHECK)


def _said(answer: Answer) -> str:
    """The server's own words about an error, short."""
    try:
        told = msgspec.json.decode(answer.content, type=Told)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    reasons = told.validation_errors or told.detail
    if not reasons:
        return ""
    words = reasons if isinstance(reasons, str) else msgspec.json.encode(reasons).decode()
    return f": {words[:300]}"
