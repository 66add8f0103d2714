"""What changed from one release to another."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curate.corpus.splits import PARTS
from curate.project.release_reading import read_manifest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(slots=True)
class Difference:
    """What changed from one release to another."""

    first: str
    second: str
    schema: tuple[str, str]
    documents: Counter[str] = field(default_factory=Counter)
    """`kept`, `added`, `removed`, `moved` (into another part)."""
    items: Counter[str] = field(default_factory=Counter)
    mentions: Counter[str] = field(default_factory=Counter)
    """`kept`, `added`, `removed`."""
    frames: Counter[str] = field(default_factory=Counter)
    """`kept`, `changed` (same trigger and type, other arguments or attributes), …"""
    by_type: dict[str, Counter[str]] = field(default_factory=dict)
    """Type → the same counts for mentions and frames of it."""
    changed_items: list[str] = field(default_factory=list)
    """`document:start-end` of each item whose annotation is another."""

    def as_json(self) -> dict[str, object]:
        """The difference as values that JSON can hold."""
        return {
            "first": self.first,
            "second": self.second,
            "schema": list(self.schema),
            "documents": dict(self.documents),
            "items": dict(self.items),
            "mentions": dict(self.mentions),
            "frames": dict(self.frames),
            "by_type": {name: dict(counts) for name, counts in sorted(self.by_type.items())},
            "changed_items": self.changed_items,
        }

    def lines(self) -> list[str]:
        """The difference for a reader."""
        shown = [f"{self.first} → {self.second}"]
        if self.schema[0] != self.schema[1]:
            shown.append(f"  schema: {self.schema[0]} → {self.schema[1]}")
        for what, counts in (("documents", self.documents), ("items", self.items),
                             ("mentions", self.mentions), ("frames", self.frames)):  # fmt: skip
            said = ", ".join(f"{count:,} {how}" for how, count in sorted(counts.items()))
            shown.append(f"  {what}: {said or 'none'}")
        for name, counts in sorted(self.by_type.items()):
            changes = {how: n for how, n in sorted(counts.items()) if how != "kept"}
            if changes:
                said = ", ".join(f"{n:,} {how}" for how, n in changes.items())
                shown.append(f"    {name}: {said}")
        return shown


def compare(first: Path, second: Path) -> Difference:
    """What changed from one release to another, atom by atom; ids of atoms play no part."""
    one, two = read_manifest(first), read_manifest(second)
    told = tuple(f"{m['schema']['name']} {m['schema']['version']}" for m in (one, two))
    found = Difference(one["name"], two["name"], (told[0], told[1]))
    before, after = _items(first), _items(second)
    _compare_documents(found, one["documents"], two["documents"])
    for key in sorted(before.keys() | after.keys()):
        a, b = before.get(key), after.get(key)
        how = "added" if a is None else "removed" if b is None else "kept"
        mentions_a, frames_a = a or (Counter(), Counter())
        mentions_b, frames_b = b or (Counter(), Counter())
        if how == "kept" and (mentions_a != mentions_b or frames_a != frames_b):
            how = "changed"
            found.changed_items.append(f"{key[0]}:{key[1]}-{key[2]}")
        found.items[how] += 1
        _compare_mentions(found, mentions_a, mentions_b)
        _compare_frames(found, frames_a, frames_b)
    return found


_Atoms = tuple[Counter[tuple[Any, ...]], Counter[tuple[Any, ...]]]


def _items(folder: Path) -> dict[tuple[str, int, int], _Atoms]:
    """Each item's mentions and frames as values without ids, of whole and withheld texts."""
    found: dict[tuple[str, int, int], _Atoms] = {}
    for part in PARTS:
        for file in (f"{part}.jsonl", f"{part}.standoff.jsonl"):
            path = folder / "data" / file
            for line in path.read_bytes().splitlines() if path.is_file() else ():
                document = json.loads(line)
                for said in document.get("annotations", ()):
                    span = said["item"]
                    found[document["id"], span["start"], span["end"]] = _atoms(said)
    return found


def _atoms(said: Mapping[str, Any]) -> _Atoms:
    """Mentions and frames of an annotation in the shape of curate JSONL."""
    mentions = {m["id"]: _mention(m) for m in said.get("mentions", ())}
    frames = said.get("frames", ())
    heads = {f["id"]: (f["type"], f["trigger"]["start"], f["trigger"]["end"]) for f in frames}

    def filler(argument: Mapping[str, Any]) -> tuple[Any, ...]:
        span = argument.get("span")
        bare = None if span is None else (span["start"], span["end"])
        named = mentions.get(argument.get("mention", "")) or heads.get(argument.get("frame", ""))
        return argument["role"], named or bare

    def frame(one: Mapping[str, Any]) -> tuple[Any, ...]:
        arguments = tuple(sorted(map(filler, one.get("arguments", ())), key=repr))
        return (*heads[one["id"]], arguments, tuple(sorted(one.get("attributes", {}).items())))

    return Counter(mentions.values()), Counter(map(frame, frames))


def _mention(mention: Mapping[str, Any]) -> tuple[Any, ...]:
    attributes = tuple(sorted(mention.get("attributes", {}).items()))
    subtype = mention.get("subtype")
    return mention["type"], mention["start"], mention["end"], subtype, attributes


def _compare_documents(
    found: Difference, first: Mapping[str, Any], second: Mapping[str, Any]
) -> None:
    for key in first.keys() | second.keys():
        if key not in first:
            found.documents["added"] += 1
        elif key not in second:
            found.documents["removed"] += 1
        elif first[key]["part"] != second[key]["part"]:
            found.documents["moved"] += 1
        else:
            found.documents["kept"] += 1


def _compare_mentions(
    found: Difference, first: Counter[tuple[Any, ...]], second: Counter[tuple[Any, ...]]
) -> None:
    for how, atoms in (("kept", first & second), ("removed", first - second),
                       ("added", second - first)):  # fmt: skip
        for atom, count in atoms.items():
            found.mentions[how] += count
            found.by_type.setdefault(atom[0], Counter())[how] += count


def _compare_frames(
    found: Difference, first: Counter[tuple[Any, ...]], second: Counter[tuple[Any, ...]]
) -> None:
    heads_first = Counter(a[:3] for a in (first - second).elements())
    heads_second = Counter(a[:3] for a in (second - first).elements())
    for how, atoms in (("kept", Counter(a[:3] for a in (first & second).elements())),
                       ("changed", heads_first & heads_second),
                       ("removed", heads_first - heads_second),
                       ("added", heads_second - heads_first)):  # fmt: skip
        for head, count in atoms.items():
            found.frames[how] += count
            found.by_type.setdefault(head[0], Counter())[how] += count
