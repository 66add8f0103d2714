"""A minute of hostile input at every door; ten minutes of it are in `make chaos`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fuzz.__main__ import attack
from tests.fuzz.doors import Door, doors

if TYPE_CHECKING:
    from pathlib import Path

ATTACKS = 60
"""On a door of weight 1."""
SLOW = {"proposing": 20, "added": 15, "opened": 40, "drawing": 40, "curating": 30, "schema": 25}
"""Doors that take their time, and how many attacks they get."""
DOORS = doors()


@pytest.mark.slow
@pytest.mark.parametrize("name", DOORS)
def test_no_damage_gets_past_a_door_without_a_clear_word(name: str, tmp_path: Path) -> None:
    wrong = [
        failure
        for number in range(SLOW.get(name, ATTACKS))
        if (failure := attack(name, DOORS[name], f"test.{number}", tmp_path)) is not None
    ]
    assert not wrong, wrong[:3]


def test_a_door_that_raises_something_else_is_caught(tmp_path: Path) -> None:
    def careless(data: bytes, _: Path) -> None:
        data.decode("ascii")

    failures = [
        attack("careless", Door(careless, ("نص".encode(),)), str(n), tmp_path) for n in range(5)
    ]
    assert any(f is not None and "UnicodeDecodeError" in f for f in failures)
