"""A server that fails in any way is one clear message, within time and size."""

from __future__ import annotations

import socket

import pytest

from curate.errors import CurateError, WorldError
from curate.sync.addresses import is_this_machine, parse_address
from curate.sync.http import Limits, Refused, Server
from tests.sync.fake import Reply, fake_server

KEY = "a-key-nobody-may-see"


def server(url: str, **limits: float) -> Server:
    given = Limits(**{"seconds": 5.0, **limits})  # type: ignore[arg-type]  # counts too
    return Server(
        parse_address(url), given, {"Authorization": f"Bearer {KEY}"}, pause=lambda _: None
    )


def test_json_goes_and_json_comes() -> None:
    with fake_server(Reply.of({"a": "ب"})) as fake, server(fake.url) as there:
        assert there.post("x", {"q": "س"}) == {"a": "ب"}
        path, headers, body = fake.asked[0]
    assert (path, headers["Authorization"], body) == ("/x", f"Bearer {KEY}", {"q": "س"})


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"<html>", 200), "no JSON"),
        (Reply(b"\xff\xfe", 200), "no JSON"),
        (Reply(b"{}", 401), "refuses access"),
        (Reply(b"{}", 302, {"Location": "http://evil.example/"}), "sends us elsewhere"),
        (Reply(b"{}", 500), "error 500"),
        (Reply(b"x" * 5000, 200), "more than 2,000 bytes"),
        (Reply(b'{"a":', breaks_off=True), "broke"),
        (Reply(b"{}", 200, after=1.0), "within 0.3 seconds"),
    ],
)
def test_a_fault_is_one_message_without_the_key(reply: Reply, said: str) -> None:
    with (
        fake_server(reply) as fake,
        server(fake.url, size=2000, seconds=0.3) as there,
        pytest.raises(WorldError, match=said) as caught,
    ):
        there.post("x", {})
    shown: BaseException | None = caught.value
    while shown is not None:
        assert KEY not in str(shown)
        shown = shown.__cause__
    assert KEY not in repr(there)


def test_a_busy_server_is_asked_again_but_not_for_ever() -> None:
    replies = [Reply(status=503), Reply(status=429), Reply.of([1])]
    with fake_server(*replies) as fake, server(fake.url) as there:
        assert there.post("x", {}) == [1]
    with fake_server(Reply(status=503)) as fake, server(fake.url) as there:
        with pytest.raises(Refused):
            there.post("x", {})
        assert len(fake.asked) == 3


def test_it_waits_as_long_as_the_server_wishes_but_no_longer_than_it_may() -> None:
    waits: list[float] = []
    replies = [Reply(status=429, headers={"Retry-After": n}) for n in ("7", "99999", "soon")]
    with fake_server(*replies, Reply.of(1)) as fake:
        there = Server(parse_address(fake.url), Limits(attempts=4), pause=waits.append)
        assert there.post("x", {}) == 1
        there.close()
    assert waits[:2] == [7.0, 30.0]


def test_where_nobody_listens_is_one_message() -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    with server(f"http://127.0.0.1:{port}") as there, pytest.raises(WorldError, match="connected"):
        there.post("x", {})


@pytest.mark.parametrize(
    "url",
    [
        "", "localhost:1", "ftp://x/", "http://", "http://u:secret@host/", "http://h:99999/",
        "http://h/?key=secret", "http://h/#x", "http://h /", "http://[::1",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_without_showing_a_secret(url: str) -> None:
    with pytest.raises(CurateError) as caught:
        parse_address(url)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "is_warned"),
    [
        ("http://127.0.0.1:1/v1", False), ("http://localhost", False), ("http://[::1]:1", False),
        ("https://far.example/v1", False), ("http://far.example", True),
        ("http://192.168.0.2", True), ("http://localhost.evil.example", True),
    ],
)  # fmt: skip
def test_http_beyond_this_machine_is_warned_about(url: str, *, is_warned: bool) -> None:
    assert (parse_address(url).warning is not None) is is_warned


def test_only_this_machine_is_this_machine() -> None:
    assert all(map(is_this_machine, ["localhost", "LOCALHOST", "127.9.9.9", "::1"]))
    assert not any(map(is_this_machine, ["0.0.0.0", "example.org", "", "10.0.0.1"]))  # noqa: S104
