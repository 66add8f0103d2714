"""JSON to a server and back, within limits: the only door to httpx.

Nothing that this raises holds a key: messages name the server's address and
what went wrong, never a header.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import httpx
import msgspec

from curate.errors import WorldError
from curate.sync.addresses import Address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Self

CONNECT_WITHIN: Final = 10.0
"""Seconds for a connection to be made."""
LONGEST_PAUSE: Final = 30.0
"""Seconds to wait at most before asking again, whatever the server wishes."""
BUSY: Final = frozenset({408, 429, 502, 503, 504})
"""Answers after which asking again may help."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long an answer may take, and how large it may be."""

    seconds: float = 60.0
    """For the whole of one answer."""
    size: int = 8 * 1024 * 1024
    """Bytes."""
    attempts: int = 3


class Refused(WorldError):
    """The server answered, but with an error; asking for something else may work."""


class Lost(WorldError):
    """No whole answer came: whether the server did what was asked is not known."""


class Broken(Lost):
    """The connection could not be made, or broke."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, whatever it is."""

    status: int
    content: bytes = field(repr=False)
    after: float = 0.0
    """Seconds that it wants us to wait before asking again."""


@dataclass(slots=True)
class Server:
    """A server that answers JSON with JSON, asked again when it is busy."""

    address: Address
    limits: Limits = field(default_factory=Limits)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    pause: Callable[[float], None] = time.sleep
    _client: httpx.Client = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._client = httpx.Client(
            timeout=httpx.Timeout(self.limits.seconds, connect=CONNECT_WITHIN),
            headers=dict(self.headers),
            trust_env=not self.address.is_local,  # a proxy cannot reach this machine
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let its connections go."""
        self._client.close()

    def post(self, path: str, body: object) -> object:
        """Send JSON, return the JSON of the answer.

        Asking twice must do no harm: a busy server and a broken connection are
        tried again. Raises `WorldError`.
        """
        wait = 1.0
        for attempt in range(1, self.limits.attempts + 1):
            is_last = attempt == self.limits.attempts
            try:
                answer = self.ask("POST", path, body=body)
            except Broken:
                if is_last:
                    raise
            else:
                if answer.status not in BUSY or is_last:
                    return self._content(answer)
                wait = max(wait, answer.after)
            self.pause(min(wait, LONGEST_PAUSE))
            wait *= 2
        raise self._failed("it was never asked")

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        body: object = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask once, whatever comes of it.

        Raises `Lost` when no whole answer came, so that nobody knows what the
        server did: its kind `Broken` when the connection failed.
        """
        try:
            return self._once(method, path, query, body, headers)
        except (httpx.NetworkError, httpx.ProtocolError) as error:
            raise self._lost(_why(error), Broken) from None
        except httpx.TimeoutException:
            raise self._lost(f"no answer within {self.limits.seconds:g} seconds") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise self._lost(_why(error)) from None

    def _once(
        self,
        method: str,
        path: str,
        query: Mapping[str, str] | None,
        body: object,
        headers: Mapping[str, str] | None,
    ) -> Answer:
        """One answer, whole and in time."""
        until = time.monotonic() + self.limits.seconds
        kind = {
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # what is small on the way is small here
            **(headers or {}),
        }
        content = None
        if body is not None:
            kind["Content-Type"] = "application/json"
            content = msgspec.json.encode(body)
        with self._client.stream(
            method, f"{self.address.url}/{path}", params=query, content=content, headers=kind
        ) as answer:
            whole = b"".join(self._within(answer.iter_raw(), until))
            return Answer(answer.status_code, whole, _seconds(answer.headers.get("Retry-After")))

    def _within(self, parts: Iterator[bytes], until: float) -> Iterator[bytes]:
        """The parts of an answer, as long as it is neither too large nor too slow."""
        size = 0
        for part in parts:
            size += len(part)
            if size > self.limits.size:
                raise self._lost(f"its answer has more than {self.limits.size:,} bytes")
            if time.monotonic() > until:
                raise self._lost(f"no whole answer within {self.limits.seconds:g} seconds")
            yield part

    def _content(self, answer: Answer) -> object:
        status = answer.status
        if status in {401, 403}:
            raise self._failed(f"it refuses access ({status})", "check the key, and what it allows")
        if 300 <= status < 400:
            raise self._failed(
                f"it sends us elsewhere ({status})", "give the address where the server really is"
            )
        if status != 200:
            raise Refused(f"{self.address.url}: it answers with the error {status}", _TRY)
        try:
            return msgspec.json.decode(answer.content)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise self._failed("its answer is no JSON", "check the address") from None

    def _lost(self, what: str, kind: type[Lost] | None = None) -> Lost:
        return (kind or Lost)(f"{self.address.url}: {what}", _TRY)

    def _failed(self, what: str, remedy: str | None = None) -> WorldError:
        return WorldError(f"{self.address.url}: {what}", remedy or _TRY)


_TRY: Final = "check that the server runs and is reached from here, then try again"


def _why(error: Exception) -> str:
    """What went wrong, without the parts of a message that may hold what was sent."""
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return "its certificate cannot be verified"
    kinds: Mapping[type[Exception], str] = {
        httpx.ConnectError: "it cannot be connected to",
        httpx.RemoteProtocolError: "it broke off, or speaks something else than HTTP",
        httpx.ReadError: "the connection broke",
        httpx.WriteError: "the connection broke",
        httpx.ProxyError: "the proxy on the way refuses",
        httpx.DecodingError: "its answer is damaged",
    }
    return kinds.get(type(error), "it cannot be spoken to")


def _seconds(header: str | None) -> float:
    """Seconds in a Retry-After header; a date counts as none."""
    if header is None or not header.strip().isdigit():
        return 0.0
    return float(min(int(header.strip()[:6]), int(LONGEST_PAUSE)))
