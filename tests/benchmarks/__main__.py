"""Print the comparison: `python -m tests.benchmarks [SUBJECT…]`."""

from __future__ import annotations

import platform
import sys
from importlib import import_module
from pathlib import Path

from tests.benchmarks.measure import table

NOT_SUBJECTS = {"__init__", "__main__", "measure"}


def main(wanted: list[str]) -> None:
    """Run the subjects named, or all."""
    here = Path(__file__).parent
    subjects = sorted(p.stem for p in here.glob("*.py") if p.stem not in NOT_SUBJECTS)
    unknown = set(wanted) - set(subjects)
    if unknown:
        sys.exit(f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(subjects)}")
    print(f"{platform.platform()} · Python {platform.python_version()}")
    for subject in wanted or subjects:
        print(f"\n== {subject}")
        print(table(import_module(f"tests.benchmarks.{subject}").run()), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
