"""The long run: `python -m tests.chaos [--kills N] [--minutes M] [--seed S]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.crowd import gather
from tests.chaos.disks import fill_the_disk, forbid_to_write
from tests.chaos.kills import kill, make_project
from tests.chaos.power import cut_the_power


def main() -> int:
    """Run everything and print what came of it; 0 when nothing went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="how many (default 1000)")
    parser.add_argument("--minutes", type=float, default=120.0, help="stop killing after so many")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other moments")
    parser.add_argument("--seconds", type=float, default=30.0, help="how long 4 programs write")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = time.monotonic()
        tally = kill(folder, given.kills, seed=given.seed, minutes=given.minutes)
        print(f"kill -9:   {tally} ({time.monotonic() - start:.0f} s)", flush=True)
        crowd = gather(make_project(folder / "crowd.curate", 3), given.seconds)
        print(f"crowd:     {crowd}", flush=True)
        full = fill_the_disk(folder)
        print(f"full disk: {full}", flush=True)
        power = cut_the_power(folder, given.kills // 2, 4, given.seed)
        print(f"power:     {power}", flush=True)
        (folder / "closed").mkdir()
        closed = forbid_to_write(folder / "closed")
        print(f"read-only: {closed}", flush=True)
    fine = tally.is_clean and crowd.is_clean and power.is_clean
    return 0 if fine and full.is_honest and closed.is_honest else 1


if __name__ == "__main__":
    sys.exit(main())
