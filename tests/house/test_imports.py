"""What a static import graph cannot see: what is loaded, and when."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import curate

HEAVY = {
    "textual",
    "rich",
    "sqlite_utils",
    "label_studio_sdk",
    "pandas",
    "numpy",
    "yaml",
    "msgspec",
}


def modules_after(code: str) -> set[str]:
    """Top-level names in `sys.modules` of a fresh interpreter that ran the code."""
    probe = f"{code}\nimport sys; print('MODULES', *sorted(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True
    )
    line = next(x for x in result.stdout.splitlines() if x.startswith("MODULES"))
    return {name.partition(".")[0] for name in line.split()[1:]}


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["help"]])
def test_asking_for_help_loads_nothing_heavy(arguments: list[str]) -> None:
    loaded = modules_after(f"from curate.cli.main import run\nrun({arguments!r})")
    assert not loaded & HEAVY


def test_the_workbench_loads_no_sdk_and_no_pandas() -> None:
    loaded = modules_after("import curate.tui.app")
    assert not loaded & {"label_studio_sdk", "pandas", "numpy"}


def test_making_and_opening_a_project_loads_no_pandas(tmp_path: Path) -> None:
    path = str(tmp_path / "p.curate")
    made = modules_after(
        "from pathlib import Path\nfrom curate.project.opening import create_project\n"
        f"create_project(Path({path!r})).close()"
    )
    assert "sqlite_utils" in made
    opened = modules_after(
        f"from curate.project.opening import open_project\nopen_project({path!r}).close()"
    )
    assert not made & {"label_studio_sdk", "pandas", "numpy"}
    assert not opened & {"label_studio_sdk", "pandas", "numpy", "sqlite_utils"}


def test_the_model_needs_only_python() -> None:
    for path in (Path(curate.__file__).parent / "model").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            elif isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            else:
                continue
            for name in names:
                outside = name.partition(".")[0] not in sys.stdlib_module_names
                assert not outside or name.startswith("curate.model"), f"{path.name}: {name}"


def test_knowing_every_format_loads_none_of_their_packages() -> None:
    loaded = modules_after("import curate.formats.registry, curate.project.importing")
    assert not loaded & {"spacy", "cassis", "lxml", "pyarrow", "trafilatura", "datasets", "pandas"}
