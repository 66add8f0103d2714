"""Tokens of servers: kept for the user alone, sent nowhere else."""

from __future__ import annotations

import stat
import sys
from types import ModuleType, SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError, WorldError
from curate.project.syncing import log_in, log_out, open_remote
from curate.sync.access import drop_token, find_token, keep_token, servers, tokens_path
from tests.sync.studio import TOKEN, URL, studio

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "s3cret-token"  # noqa: S105


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of a user of their own, without a keyring."""
    monkeypatch.setenv("CURATE_SETTINGS", str(tmp_path / "conf" / "settings.toml"))
    monkeypatch.setattr("curate.sync.access.find_spec", lambda _: None)
    return tmp_path / "conf"


def test_without_a_keyring_the_token_lies_in_a_file_for_the_user_alone(own_settings: Path) -> None:
    login = keep_token(URL, "a@example.org", SECRET)
    assert not login.is_in_keyring
    assert find_token(URL) == SECRET
    assert stat.S_IMODE(tokens_path().stat().st_mode) == 0o600
    assert tokens_path().parent == own_settings
    keep_token("https://other.example.org", "b@example.org", "another")
    assert stat.S_IMODE(tokens_path().stat().st_mode) == 0o600
    assert [s.url for s in servers()] == [URL, "https://other.example.org"]
    assert drop_token(URL)
    assert not drop_token(URL)
    with pytest.raises(CurateError, match="not logged in"):
        find_token(URL)


def fake_keyring(monkeypatch: pytest.MonkeyPatch, *, works: bool) -> dict[tuple[str, str], str]:
    """A keyring that keeps, or one that has nothing behind it."""
    held: dict[tuple[str, str], str] = {}
    errors = ModuleType("keyring.errors")
    errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined]  # a module made here

    def put(service: str, user: str, token: str) -> None:
        if not works:
            raise errors.KeyringError
        held[service, user] = token

    keyring = SimpleNamespace(
        set_password=put,
        get_password=lambda service, user: held.get((service, user)),
        delete_password=lambda service, user: held.pop((service, user)),
        errors=errors,
    )
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    monkeypatch.setattr("curate.sync.access.find_spec", lambda _: object())
    return held


def test_with_a_keyring_the_token_is_in_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    held = fake_keyring(monkeypatch, works=True)
    assert keep_token(URL, "a@example.org", SECRET).is_in_keyring
    assert SECRET in held.values()
    assert SECRET not in tokens_path().read_text(encoding="utf-8")
    assert find_token(URL) == SECRET
    drop_token(URL)
    assert held == {}


def test_a_keyring_that_does_not_work_is_no_hindrance(monkeypatch: pytest.MonkeyPatch) -> None:
    fake_keyring(monkeypatch, works=False)
    assert not keep_token(URL, "a@example.org", SECRET).is_in_keyring
    assert find_token(URL) == SECRET


def test_a_damaged_file_is_told(own_settings: Path) -> None:
    own_settings.mkdir()
    tokens_path().write_text("{", encoding="utf-8")
    with pytest.raises(CurateError, match="is damaged"):
        servers()


def test_a_folder_that_cannot_be_made_is_told(own_settings: Path) -> None:
    own_settings.write_text("a file in its place", encoding="utf-8")
    with pytest.raises(WorldError) as caught:
        keep_token(URL, "a@example.org", SECRET)
    assert SECRET not in str(caught.value)


def test_logging_in_checks_the_token_with_the_server() -> None:
    with studio():
        done = log_in(f" {URL}/projects/3/data?tab=1 ".strip(), f" {TOKEN}\n")
        assert (done.login.url, done.login.email, done.warnings) == (URL, "admin@example.com", ())
        assert find_token(URL) == TOKEN
        with open_remote() as remote:
            assert remote.check().version == "1.23.2"
        with pytest.raises(WorldError, match="does not take the token"):
            log_in(URL, "0" * 40)
    assert find_token(URL) == TOKEN
    assert log_out() == URL
    with pytest.raises(CurateError, match="logged in with no Label Studio"):
        open_remote()


def test_plain_http_beyond_this_machine_and_another_version_are_warned_about() -> None:
    with studio(version="1.19.0"):
        done = log_in("http://label.example.org", TOKEN)
    assert "not encrypted" in done.warnings[0]
    assert "1.19.0" in done.warnings[1]


def test_of_several_servers_one_has_to_be_named() -> None:
    keep_token(URL, "a@example.org", "one")
    keep_token("https://other.example.org", "b@example.org", "two")
    with pytest.raises(CurateError, match="2 servers"):
        open_remote()
    with open_remote(url="https://other.example.org") as remote:
        assert remote.address.url == "https://other.example.org"
