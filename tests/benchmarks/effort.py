"""Keys per frame and mention: a scripted expert annotates the demo's held-out articles.

Every key goes through the real workbench. What the expert wants is the demo's gold; what the
machine proposes comes from the candidates that ship, which never saw these articles. Attributes
and links are left out. The peers' figures are analytic: key-equivalents of one frame with a
trigger and three arguments, for an expert who makes no error (Label Studio's labels and
relations 86.9, INCEpTION's constraint slots 37.8, a field of typed prefixes 26.0).
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from curate.model.annotation import Annotation, Status
from curate.project.adding import AddOptions, add
from curate.project.annotating import Annotating
from curate.project.opening import create_project
from tests.benchmarks.measure import Row
from tests.tui.comparing import said
from tests.tui.expert import Expert
from tests.tui.watching import workbench

if TYPE_CHECKING:
    from curate.project.opening import Project

SEEDS = Path(__file__).parents[2] / "seeds" / "demo"
PROMISES = {
    "frame: proposed and right": (1, "Label Studio 86.9"),
    "frame: one slot wrong": (3, "Label Studio 86.9"),
    "frame: from nothing, 3 arguments": (6, "INCEpTION 37.8"),
    "accept a mention": (1, "YEDDA: a click and a key"),
}
"""Case → keys promised, and what a peer needs."""


class Replay:
    """What the expert's work came to."""

    def __init__(self) -> None:
        self.costs: dict[str, list[int]] = defaultdict(list)
        self.items = 0
        self.equal = 0
        """Items that say in the end just what gold says."""
        self.keys = 0
        self.frames = 0
        self.mentions = 0
        self.frame_keys = 0
        self.unreached = 0

    async def item(self, expert: Expert, session: Annotating, gold: Annotation) -> None:
        """Let the expert do one item."""
        keys, item = expert.keys, session.view.item.id
        spent = await expert.work(gold)
        done = session.project.store.annotations.get(item, session.annotator)
        self.items += 1
        self.equal += said(done) == said(gold)
        self.frames += len(gold.frames)
        self.mentions += len(gold.mentions)
        self.keys += expert.keys - keys
        self.frame_keys += sum(spent.values())


def _held_out() -> list[str]:
    split = json.loads((SEEDS / "split.json").read_text(encoding="utf-8"))
    with (SEEDS / "demo.jsonl").open(encoding="utf-8") as lines:
        return [line for line in lines if json.loads(line)["id"] in split["test"]]


def _gold(project: Project) -> dict[str, Annotation]:
    """What gold says of each item that it closed."""
    found = project.store.annotations.all("gold")
    return {item: a for item, a in found if a.status is Status.DONE}


async def _replayed(project: Project, most: int | None) -> Replay:
    replay = Replay()
    gold = _gold(project)
    session = Annotating(project, "expert")
    async with workbench(session).run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        expert = Expert(pilot)
        for item in list(gold)[:most]:
            session.go_to(item)
            expert.editor.enter_item()
            await replay.item(expert, session, gold[item])
        replay.costs, replay.unreached = expert.costs, expert.unreached
    return replay


def replayed(most: int | None = None) -> Replay:
    """Replay the held-out articles, or the first so many items of them."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "held-out.jsonl"
        source.write_text("".join(_held_out()), encoding="utf-8")
        with create_project(Path(name) / "effort.curate") as project:
            add(project, [source])
            return asyncio.run(_replayed(project, most))


async def _built(project: Project, most: int | None) -> dict[str, list[int]]:
    gold = _gold(project)
    session = Annotating(project, "expert")
    async with workbench(session).run_test(size=(160, 50)) as pilot:
        await pilot.pause()
        expert = Expert(pilot)
        for item in list(gold)[:most]:
            session.go_to(item)
            for mention in gold[item].mentions:
                session.add_mention(mention.span, mention.type, mention.subtype)
            expert.editor.enter_item()
            await expert.build_all(gold[item])
        return expert.costs


def built(most: int | None = None) -> dict[str, list[int]]:
    """Keys of frames built from nothing, with all mentions there and nothing proposed."""
    with tempfile.TemporaryDirectory() as name:
        source = Path(name) / "held-out.jsonl"
        source.write_text("".join(_held_out()), encoding="utf-8")
        with create_project(Path(name) / "effort.curate") as project:
            add(project, [source], AddOptions(candidates=False))
            return asyncio.run(_built(project, most))


def run() -> list[Row]:
    """One row for each case, then what a frame of gold cost on average."""
    return [*_cold(), *_assisted()]


def _cold() -> list[Row]:
    rows = []
    for case, costs in sorted(built().items()):
        promise = PROMISES.get(case)
        mean = statistics.mean(costs)
        ours = f"{len(costs)} times, {mean:.2f} keys (median {statistics.median(costs):.0f})"
        name = case.replace("from nothing", "all mentions there, nothing proposed")
        limit = None if promise is None else f"≤ {promise[0]}"
        peer = "" if promise is None else promise[1]
        rows.append(Row(name, ours, peer, None, (min(costs), max(costs)), limit))
    return rows


def _assisted() -> list[Row]:
    replay = replayed()
    rows = []
    for case, costs in sorted(replay.costs.items()):
        promise, peer = PROMISES.get(case, (None, ""))
        mean = statistics.mean(costs)
        ours = f"{len(costs)} times, {mean:.2f} keys (median {statistics.median(costs):.0f})"
        limit = None if promise is None else f"≤ {promise}"
        rows.append(Row(case, ours, peer, None, (min(costs), max(costs)), limit))
    share = f"{replay.equal} of {replay.items} items equal gold; {replay.unreached} out of reach"
    rows += [
        Row("a frame of gold, all cases", f"{replay.frame_keys / replay.frames:.2f} keys",
            "Label Studio 86.9, best peer 26.0", None),
        Row("everything, by frame of gold", f"{replay.keys / replay.frames:.2f} keys",
            f"{replay.frames} frames, {replay.mentions} mentions", None),
        Row("everything, by item", f"{replay.keys / replay.items:.2f} keys", share, None),
    ]  # fmt: skip
    return rows
