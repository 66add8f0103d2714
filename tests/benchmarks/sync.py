"""Pushing 10,000 tasks with predictions, one SDK call per task beside it; nothing to do; memory.

Needs a real Label Studio: `make bench` sets it up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from curate.formats.label_studio import task_of
from curate.model.item import ItemUnit, items_of
from curate.project.opening import create_project, read_schema
from tests.benchmarks.measure import Row, seconds
from tests.labelstudio.server import VARIABLE, Address, RealServer
from tests.tui.projects import AT, long_document

TASKS, FEW, BY_ONE = 10_000, 2_000, 200
_EACH = 20
"""Items of a document."""


def run() -> list[Row]:
    """Measure against a server of its own."""
    program = Path(os.environ.get(VARIABLE, ".venv-labelstudio/bin/label-studio")).absolute()
    if not program.is_file():
        return [Row("sync", "no Label Studio here: `make label-studio` sets one up", "", None)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        server = RealServer(program, folder / "server")
        server.start()
        try:
            return _measured(folder, server.address)
        finally:
            server.stop()


def _measured(folder: Path, address: Address) -> list[Row]:
    few = _child(_project(folder / "few.curate", FEW), address.url)
    many = _child(_project(folder / "many.curate", TASKS), address.url)
    one, page = _by_sdk(address, many["project"])
    mine = many["push"] / TASKS
    return [
        Row(
            f"push {TASKS:,} tasks with predictions",
            f"curate sync {mine * 1e3:.2f} ms a task ({many['push']:.1f} s)",
            f"SDK, one import call a task {one * 1e3:.1f} ms a task (of {BY_ONE})",
            mine / one,
            limit="≤ 1/30",
        ),
        Row(
            f"first sync after it of {TASKS:,} tasks",
            f"curate sync {many['first']:.2f} s",
            f"SDK, the tasks listed {page:.1f} s",
            many["first"] / page,
        ),
        Row(
            f"sync of {TASKS:,} tasks, nothing changed",
            f"curate sync {many['again']:.2f} s",
            f"SDK, the tasks listed {page:.1f} s",
            many["again"] / page,
            limit="≤ 3 s",
        ),
        Row(
            f"peak memory of a push of {TASKS:,} tasks",
            f"{many['memory'] / 1024:.0f} MB",
            f"of {FEW:,} tasks {few['memory'] / 1024:.0f} MB",
            many["memory"] / few["memory"],
            limit="flat",
        ),
    ]


def _project(path: Path, tasks: int) -> Path:
    """A project of so many items, each with two mentions and a frame proposed."""
    document, found = long_document(_EACH)
    with create_project(path) as made:
        for number in range(tasks // _EACH):
            text = f"{document.text}\n{number}"
            copy = replace(document, id=f"d{number}", text=text)
            made.store.documents.add([copy], ItemUnit.SENTENCE, at=AT)
            made.store.candidates.put(copy.id, "test/1", found, at=AT)
    return path


def _child(project: Path, url: str) -> dict[str, Any]:
    """Push and sync again in a process of its own, which tells its figures."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.sync", project, url],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def _push(path: Path, url: str) -> dict[str, Any]:
    """Seconds of a push and of syncs after it; the peak of memory of the push in kilobytes."""
    from curate.project.opening import open_project
    from curate.project.syncing import Direction, Remote, link, sync
    from curate.sync.addresses import parse_address

    with (
        open_project(path) as project,
        Remote(parse_address(url), Address(url).token) as remote,
    ):
        number = link(project, remote, create=path.stem).project
        start = time.perf_counter()  # with the garbage collector on: memory is measured too
        sync(project, remote, Direction.PUSH)
        push = time.perf_counter() - start
        memory = _peak()
        first = seconds(lambda: sync(project, remote))
        again = min(seconds(lambda: sync(project, remote)) for _ in range(3))
    return {
        "project": number, "push": push, "first": first, "again": again, "memory": memory
    }  # fmt: skip


def _peak() -> int:
    """The most memory this program had so far, in kilobytes; `ru_maxrss` counts its parent's."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def _by_sdk(address: Address, project: int) -> tuple[float, float]:
    """Seconds of the SDK for a task that is imported alone, and to list a whole project."""
    from label_studio_sdk import LabelStudio

    made: Any = LabelStudio  # its constructor is not typed
    client = made(base_url=address.url, api_key=address.token)
    document, found = long_document(BY_ONE)
    schema = read_schema()
    tasks = [
        task_of(document, item, schema, candidates=found)
        for item in items_of(document, ItemUnit.SENTENCE)
    ]
    config = client.projects.get(project).label_config
    alone = client.projects.create(title="one by one", label_config=config)
    one = seconds(lambda: _import(client, alone.id, tasks)) / len(tasks)
    return one, seconds(lambda: _list(client, project))


def _import(client: Any, project: int, tasks: list[dict[str, object]]) -> None:
    for task in tasks:
        client.projects.import_tasks(project, request=[task])


def _list(client: Any, project: int) -> None:
    listed = client.tasks.list(
        project=project, page_size=1_000, fields="task_only", include="id,data,updated_at"
    )
    assert sum(1 for _ in listed) == TASKS


if __name__ == "__main__":
    print(json.dumps(_push(Path(sys.argv[1]), sys.argv[2])))
