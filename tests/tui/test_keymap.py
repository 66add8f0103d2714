from __future__ import annotations

import pytest

from curate.errors import CurateError
from curate.tui.commands import COMMANDS
from curate.tui.keymap import checked


def test_every_key_that_ships_may_be_put_into_the_settings() -> None:
    keys = {c.id: c.keys for c in COMMANDS}
    assert checked(keys) == keys


def test_a_command_that_there_is_not_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(CurateError) as refused:
        checked({"annotate.acept": "enter"})
    assert "annotate.acept" in refused.value.message
    assert "annotate.accept" in str(refused.value.remedy)


@pytest.mark.parametrize("key", ["entre", "contrl+a", "", "enter,,x"])
def test_a_key_that_there_is_not_is_refused(key: str) -> None:
    with pytest.raises(CurateError, match="cannot be put on"):
        checked({"annotate.accept": key})
