"""The figures on the demo's test part that may not fall: `python -m tests.candidates.ratchet`.

They are what `curate evaluate seeds/demo/demo.jsonl --by gold --only <the test part>`
prints. Nothing may be tuned on these articles; the file only records how good
candidates were when it was last written.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from curate.project.headless import evaluated

if TYPE_CHECKING:
    from collections.abc import Mapping

SEEDS: Final = Path(__file__).parents[2] / "seeds" / "demo"
FILE: Final = Path(__file__).with_name("ratchet.json")
PROMISED: Final = ("GPE", "ARM", "TIME", "NUM")
"""Types whose recall is promised."""
_DIGITS: Final = 4


def figures() -> dict[str, float]:
    """The figures as they are now; more is better, for the errors less."""
    part = json.loads((SEEDS / "split.json").read_text(encoding="utf-8"))["test"]
    with tempfile.TemporaryDirectory() as folder:
        only = Path(folder) / "test.txt"
        only.write_text("\n".join(part), encoding="utf-8")
        report = evaluated([SEEDS / "demo.jsonl"], annotator="gold", only=only).as_json()
    tables = cast("Mapping[str, Mapping[str, Mapping[str, float]]]", report)
    errors = cast("Mapping[str, float]", report["calibration_error"])
    found = {
        f"{name} {measure}": tables[name]["all"][measure]
        for name in tables
        if isinstance(tables[name], dict) and "all" in tables[name]
        for measure in ("precision", "recall", "f1")
    }
    found.update(
        (f"mentions_strict {kind} recall", tables["mentions_strict"][kind]["recall"])
        for kind in PROMISED
    )
    found.update((f"calibration_error {name}", value) for name, value in errors.items())
    return {name: round(value, _DIGITS) for name, value in found.items()}


def fallen(kept: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    """Which figures are worse than those kept."""
    return [
        f"{name}: {value} → {now[name]}"
        for name, value in kept.items()
        if (now[name] > value if name.startswith("calibration") else now[name] < value)
    ]


def main() -> None:
    """Write the figures of this checkout."""
    now = figures()
    FILE.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write("".join(f"{name:<48}{value:.3f}\n" for name, value in now.items()))


if __name__ == "__main__":
    main()
