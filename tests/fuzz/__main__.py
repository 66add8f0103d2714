"""The long run: `python -m tests.fuzz [--seconds N] [--seed S] [--door NAME]`."""

from __future__ import annotations

import argparse
import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.doors import doors, expected, show
from tests.fuzz.mutating import mutant

if TYPE_CHECKING:
    from types import FrameType

    from tests.fuzz.doors import Door

PATIENCE = 20
"""Seconds after which a door counts as hanging."""


class Hang(BaseException):
    """A door did not come back; no `except Exception` may swallow it."""


def attack(name: str, door: Door, seed: str, folder: Path) -> str | None:
    """Enter a door once with damaged input; what went wrong, or None."""
    data = mutant(door.seeds, random.Random(f"{name} {seed}"))
    signal.signal(signal.SIGALRM, _ring)
    signal.alarm(PATIENCE)
    try:
        door.enter(data, folder)
    except Hang:
        return f"{name} (seed {seed}) hangs on {show(data)}"
    except Exception as error:  # noqa: BLE001 (any other than ours is what we look for)
        if not expected(error):
            return f"{name} (seed {seed}): {type(error).__name__}: {error!s:.300} on {show(data)}"
    finally:
        signal.alarm(0)
    return None


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise Hang


def main() -> int:
    """Attack every door for its share of the time; 0 when nothing went wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600.0, help="in all (default 600)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other damage")
    parser.add_argument("--door", action="append", help="only this door")
    given = parser.parse_args()
    chosen = {n: d for n, d in doors().items() if not given.door or n in given.door}
    total = sum(door.weight for door in chosen.values())
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, door in chosen.items():
            end = time.monotonic() + given.seconds * door.weight / total
            tries = failures = 0
            while time.monotonic() < end:
                failure = attack(name, door, f"{given.seed}.{tries}", Path(folder))
                tries += 1
                if failure is not None:
                    failures += 1
                    print(failure, flush=True)
            print(f"{name}: {tries:,} attacks, {failures} wrong", flush=True)
            wrong += failures
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
