"""Addresses of servers: which are this machine, and which may be used at all."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from curate.errors import CurateError

UNENCRYPTED: Final = "is not encrypted: whoever is on the way can read and change what is sent"
"""Said of http beyond this machine."""


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a server, checked; it holds no secret."""

    url: str
    """Without a slash at its end."""
    host: str
    is_encrypted: bool

    @property
    def is_local(self) -> bool:
        """Whether it is this machine."""
        return is_this_machine(self.host)

    @property
    def warning(self) -> str | None:
        """What a user should know before texts go there."""
        if self.is_encrypted or self.is_local:
            return None
        return f"{self.url} {UNENCRYPTED}"


def parse_address(url: str) -> Address:
    """Check the address of a server.

    Raises `CurateError` for what is none, and for one with a password in it,
    which would end up in files and messages.
    """
    remedy = "give it as https://HOST/PATH"
    try:
        parts = urlsplit(url.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise CurateError(f"this is no address of a server: {error}", remedy) from error
    if parts.username is not None or parts.password is not None:
        raise CurateError(
            "an address may hold no user name or password",
            "take it out; keys belong into the environment or the keyring",
        )
    if parts.scheme not in {"http", "https"} or not host:
        raise CurateError(f"{_shown(url)} is no address of a server", remedy)
    if parts.query or parts.fragment or not url.isprintable() or any(c.isspace() for c in url):
        raise CurateError(f"{_shown(url)} has parts that an address of a server has not", remedy)
    return Address(url.strip().rstrip("/"), host, parts.scheme == "https")


def _shown(url: str) -> str:
    """An address for a message: without a query, in which a key may stand."""
    return repr(url.partition("?")[0][:100])


def is_this_machine(host: str) -> bool:
    """Whether a host can only be this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def host_name(header: str) -> str:
    """The name in a Host header, without port and brackets, in small letters."""
    name = header.strip().lower()
    if name.startswith("["):
        return name[1:].partition("]")[0]
    return name.rpartition(":")[0] if name.count(":") == 1 else name
