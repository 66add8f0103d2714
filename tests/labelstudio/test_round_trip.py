"""What is pushed to the real server and pulled into another copy of the project is the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from curate.project.syncing import Direction, Remote, link, look, sync
from curate.sync.addresses import parse_address
from tests.labelstudio.sides import drawn, made, said, say, wrongs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import httpx

    from curate.sync.answers import Row
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


class _Miscounting(Remote):
    """The server as it is after two changes at once: its counts say -1 and 1."""

    def listing(
        self,
        project: int,
        since: str | None = None,
        *,
        keys: Sequence[str] | None = None,
        numbers: Sequence[int] | None = None,
        brief: bool = False,
    ) -> Iterator[Row]:
        """Every second task seems changed, and without answers."""
        found = super().listing(project, since, keys=keys, numbers=numbers, brief=brief)
        for row in found:
            yield (
                row
                if row.id % 2
                else msgspec.structs.replace(row, total_annotations=-1, cancelled_annotations=1)
            )


def test_counts_that_went_wrong_on_the_server_delete_nothing(
    label_studio: Address, tmp_path: Path
) -> None:
    cases = drawn(5)
    with (
        made(tmp_path / "a.curate", cases) as ours,
        remote_of(label_studio) as remote,
        _Miscounting(parse_address(label_studio.url), label_studio.token) as wrong,
    ):
        link(ours, remote, create="miscounting")
        for case in cases:
            say(ours, case.item, case.readings[0])
        sync(ours, remote)
        assert len(said(ours)) == 5
        assert sync(ours, wrong, full=True).open == []
        assert look(ours, remote).is_empty
