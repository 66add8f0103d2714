from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError
from curate.settings import Settings, interface_language, load_settings

if TYPE_CHECKING:
    from pathlib import Path


def test_without_a_file_all_is_at_its_default(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "none.toml") == Settings()


def test_the_file_overrides_what_it_names(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('language = "ar"\n[keys]\nundo = "z"\n', encoding="utf-8")
    assert load_settings(file) == Settings(language="ar", keys={"undo": "z"})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('langage = "ar"', "language"),
        ('language = "fr"', "en, ar"),
        ("theme = 3", "quotes"),
        ("keys = 3", "table"),
        ("[keys]\nundo = 3", "table"),
        ("theme = =", "line 1"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CurateError) as caught:
        load_settings(file)
    assert str(file) in str(caught.value)
    assert named in str(caught.value)


@pytest.mark.parametrize(
    ("chosen", "environment", "language"),
    [
        ("auto", {"LANG": "ar_SY.UTF-8"}, "ar"),
        ("auto", {"LANG": "ar_SY.UTF-8", "LC_ALL": "C"}, "en"),
        ("auto", {}, "en"),
        ("en", {"LANG": "ar_SY.UTF-8"}, "en"),
    ],
)
def test_the_interface_follows_setting_then_locale(
    chosen: str, environment: dict[str, str], language: str
) -> None:
    assert interface_language(chosen, environment) == language
