"""Label Studio's two kinds of tokens, as headers of a request.

A personal access token buys access tokens that hold for five minutes; a legacy
token is sent as it is.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from curate.errors import CurateError, WorldError
from curate.sync.http import BUSY, Lost

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.sync.http import Server

HOLDS: Final = 240.0
"""Seconds that an access token is used; the server takes it for 300."""
_REFRESH: Final = "api/token/refresh/"


class NoAccess(WorldError):
    """The server does not let us in, or not do this."""


class _Access(msgspec.Struct):
    """What the server answers to a personal access token."""

    access: str


@dataclass(slots=True)
class Token:
    """The token of a user, never shown; belongs to one server."""

    secret: str = field(repr=False)
    clock: Callable[[], float] = time.monotonic
    _access: str | None = field(default=None, init=False, repr=False)
    _until: float = field(default=0.0, init=False, repr=False)

    def __post_init__(self) -> None:
        self.secret = self.secret.strip()
        if not self.secret or not self.secret.isascii() or not self.secret.isprintable():
            raise CurateError(
                "this is no token of Label Studio", "copy it from Account & Settings there"
            )

    @property
    def is_personal(self) -> bool:
        """Whether it is a personal access token, which has three parts."""
        return self.secret.count(".") == 2

    def headers(self, server: Server) -> Mapping[str, str]:
        """What to send with a request; asks the server for an access token when one is due.

        Raises `NoAccess` when the server does not take the token, `WorldError` when
        it cannot be asked.
        """
        if not self.is_personal:
            return {"Authorization": f"Token {self.secret}"}
        if self._access is None or self.clock() >= self._until:
            self._access = self._bought(server)
            self._until = self.clock() + HOLDS
        return {"Authorization": f"Bearer {self._access}"}

    def renew(self) -> bool:
        """Drop the access token; whether another try with a new one may help."""
        had, self._access = self._access, None
        return had is not None

    def _bought(self, server: Server) -> str:
        answer = server.ask("POST", _REFRESH, body={"refresh": self.secret})
        if answer.status in {400, 401, 403}:
            raise NoAccess(
                f"{server.address.url} does not take the token: it is wrong, was revoked or "
                "has expired",
                "make a new one in Label Studio (Account & Settings) and run `curate sync login`",
            )
        if answer.status in BUSY or answer.status >= 500:
            raise Lost(
                f"{server.address.url} gives no access at the moment ({answer.status})",
                "try again later",
            )
        try:
            return msgspec.json.decode(answer.content, type=_Access).access
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise WorldError(
                f"{server.address.url} gives no access for the token (it answers with "
                f"{answer.status})",
                "check the address, and try again",
            ) from None
