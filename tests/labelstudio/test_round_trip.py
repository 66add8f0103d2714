"""What is pushed to the real server and pulled into another copy of the project is the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.project.syncing import Direction, Remote, link, look, sync
from curate.sync.addresses import parse_address
from tests.labelstudio.sides import drawn, made, said, say, wrongs

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from tests.labelstudio.server import Address

pytestmark = pytest.mark.slow
ITEMS = 250
"""Each is read by two annotators: 500 cases."""


def remote_of(address: Address, url: str | None = None) -> Remote:
    """The server as curate speaks to it."""
    return Remote(parse_address(url or address.url), address.token)


def test_500_random_annotations_come_back_as_they_went(
    label_studio: Address, api: httpx.Client, tmp_path: Path
) -> None:
    cases = drawn(ITEMS)
    with (
        made(tmp_path / "a.curate", cases) as ours,
        made(tmp_path / "b.curate", cases) as copy,
        remote_of(label_studio) as remote,
    ):
        number = link(ours, remote, create="round trip").project
        for case in cases:
            for reading in case.readings:
                say(ours, case.item, reading)
        outcome = sync(ours, remote, Direction.PUSH)
        assert not (outcome.refused)
        assert not (outcome.open)
        assert not outcome.warnings
        assert look(ours, remote).is_empty
        assert wrongs(ours, api, number) == []

        link(copy, remote, number=number)
        sync(copy, remote, Direction.PULL)
        assert len(said(copy)) == 2 * ITEMS
        assert said(copy) == said(ours)
        assert look(copy, remote).is_empty
        assert look(ours, remote, full=True).is_empty

        for case in cases[::25]:  # the second annotator's readings change places
            say(copy, case.item, replace(case.readings[1], annotator="a1"))
        sync(copy, remote)
        sync(ours, remote)
        assert said(copy) == said(ours)
        assert look(copy, remote).is_empty
        assert look(ours, remote).is_empty
        assert wrongs(copy, api, number) == []
