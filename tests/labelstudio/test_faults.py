"""Broken networks and busy servers lose nothing and double nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.labelstudio.conftest import program
from tests.labelstudio.faults import Trouble
from tests.labelstudio.kills import KilledCurate, KilledServer
from tests.labelstudio.proxy import FAULTS
from tests.labelstudio.server import RealServer

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

    from tests.labelstudio.server import Address

pytestmark = pytest.mark.slow


def test_200_random_faults_double_nothing_and_lose_nothing(
    label_studio: Address, api: httpx.Client, tmp_path: Path
) -> None:
    trouble = Trouble(tmp_path, label_studio, api, number=1)
    tally = trouble.run(200)
    assert tally.wrongs == [], str(tally)
    assert tally.count >= 200
    assert set(tally.faults) == {fault.name for fault in FAULTS}


def test_a_killed_curate_doubles_nothing_and_loses_nothing(
    label_studio: Address, api: httpx.Client, tmp_path: Path
) -> None:
    trouble = KilledCurate(tmp_path, label_studio, api, number=2)
    tally = trouble.run(5)
    assert tally.wrongs == [], str(tally)
    assert tally.count >= 5


def test_a_killed_server_doubles_nothing_and_loses_nothing(tmp_path: Path) -> None:
    server = RealServer(program(), tmp_path / "server")
    server.start()
    try:
        with server.address.client() as api:
            tally = KilledServer(tmp_path, server, api, number=3).run(1)
    finally:
        server.stop()
    assert tally.wrongs == [], str(tally)
    assert tally.count >= 1
