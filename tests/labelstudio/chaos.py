"""The long run: `python -m tests.labelstudio.chaos [--faults N] [--kills N] [--ends N] [--seed S]`.

Needs the real Label Studio that `make label-studio` sets up; takes a server of its own.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.labelstudio.faults import Tally, Trouble
from tests.labelstudio.kills import KilledCurate, KilledServer
from tests.labelstudio.server import VARIABLE, RealServer


def main() -> int:
    """Run everything and print what came of it; 0 when nothing went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.labelstudio.chaos", description=__doc__)
    parser.add_argument("--faults", type=int, default=2000, help="how many (default 2000)")
    parser.add_argument("--kills", type=int, default=60, help="of curate (default 60)")
    parser.add_argument("--ends", type=int, default=10, help="of the server (default 10)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other moments")
    given = parser.parse_args()
    program = Path(os.environ[VARIABLE]).absolute()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = RealServer(program, folder / "server")
        server.start()
        try:
            with server.address.client() as api:
                faults = Trouble(folder, server.address, api, given.seed)
                kills = KilledCurate(folder, server.address, api, given.seed + 1)
                ends = KilledServer(folder, server, api, given.seed + 2)
                whole = [
                    _told("faults", faults, given.faults),
                    _told("kill -9 of curate", kills, given.kills),
                    _told("kill -9 of the server", ends, given.ends),
                ]
        finally:
            server.stop()
    return int(any(tally.wrongs for tally in whole))


def _told(name: str, trouble: Trouble, count: int) -> Tally:
    """Run one kind of trouble, and print what came of it."""
    start = time.monotonic()
    tally = trouble.run(count)
    print(f"{name}: {tally} ({time.monotonic() - start:.0f} s)", flush=True)
    for wrong in tally.wrongs:
        print(f"  {wrong}", flush=True)
    return tally


if __name__ == "__main__":
    sys.exit(main())
