"""Read a release back and check it."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from curate.corpus.splits import PARTS
from curate.errors import CurateError, FormatError
from curate.formats.jsonl import read_records
from curate.formats.standoff import hash_in
from curate.model.problems import errors_in
from curate.project.releasing import FORMAT, MANIFEST, SUMS, checksums

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from curate.formats.records import Record
    from curate.model.schema import EventSchema

_COUNTED = ("documents", "items", "mentions", "frames")


def read_manifest(folder: Path) -> dict[str, Any]:
    """What a release says of itself; CurateError when the folder is no release."""
    try:
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except OSError as error:
        raise CurateError(
            f"{folder} is no release: it has no {MANIFEST}", "name the folder of a release"
        ) from error
    except (ValueError, RecursionError) as error:
        raise FormatError(f"{folder / MANIFEST}: {error}", "take an unbroken copy") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise FormatError(f"{folder / MANIFEST}: not of {FORMAT}", "another curate made it")
    if not _is_whole(manifest):
        raise FormatError(f"{folder / MANIFEST}: entries are missing", "take an unbroken copy")
    return manifest


def _is_whole(manifest: Mapping[str, Any]) -> bool:
    """Whether documents and parts are there in the shape that a release gives them."""
    documents, parts, schema = (manifest.get(key) for key in ("documents", "parts", "schema"))
    return (
        isinstance(manifest.get("name"), str)
        and isinstance(schema, dict)
        and {"name", "version"} <= schema.keys()
        and isinstance(parts, dict)
        and all(_has(parts.get(part), _COUNTED) for part in PARTS)
        and isinstance(documents, dict)
        and all(_has(entry, ("part", "sha256", "copy_of")) for entry in documents.values())
    )


def _has(entry: object, keys: Iterable[str]) -> bool:
    return isinstance(entry, dict) and entry.keys() >= set(keys)


def verify(folder: Path) -> list[str]:
    """What is wrong with a release, one line each; nothing when it is as it was made."""
    manifest = read_manifest(folder)
    wrong = list(_differing_files(folder))
    if any((folder / "data" / f"{part}.jsonl").is_file() for part in PARTS):
        try:
            wrong += _wrong_contents(folder, manifest)
        except CurateError as error:
            wrong.append(error.message)
    else:
        wrong.append("data: there is no part")
    return wrong


def _differing_files(folder: Path) -> Iterator[str]:
    """Files that are missing, changed or too many."""
    try:
        told = _sums((folder / SUMS).read_text(encoding="utf-8"))
    except OSError:
        yield f"{SUMS}: the file is missing"
        return
    except (UnicodeDecodeError, ValueError):
        yield f"{SUMS}: the file is damaged"
        return
    found = _sums(checksums(folder).decode())
    for name in sorted(told.keys() | found.keys()):
        if name not in found:
            yield f"{name}: the file is missing"
        elif name not in told:
            yield f"{name}: the file does not belong to the release"
        elif told[name] != found[name]:
            yield f"{name}: the file was changed"


def _sums(text: str) -> dict[str, str]:
    pairs = (line.split("  ", 1) for line in text.splitlines())
    return {name: digest for digest, name in pairs}


def _wrong_contents(folder: Path, manifest: Mapping[str, Any]) -> Iterator[str]:
    """Counts, texts, parts and annotations that are not as the manifest and schema say."""
    schema = _schema(folder)
    documents: dict[str, Any] = manifest["documents"]
    for part in PARTS:
        counts: Counter[str] = Counter()
        for record in _records(folder, part):
            counts += _counts(record)
            yield from _wrong_record(part, record, documents.get(record.document.id), schema)
        counts += _standoff_counts(folder, part)
        told = manifest["parts"][part]
        for name in _COUNTED:
            if counts[name] != told[name]:
                yield f"{part}: {counts[name]} {name}, where the manifest says {told[name]}"
    for key, entry in documents.items():
        original = documents.get(entry["copy_of"]) if entry["copy_of"] else None
        if original is not None and original["part"] != entry["part"]:
            yield f"{key} and its copy {entry['copy_of']} are in different parts"


def _wrong_record(
    part: str, record: Record, entry: Mapping[str, Any] | None, schema: EventSchema
) -> Iterator[str]:
    key, file = record.document.id, f"data/{part}.jsonl"
    if entry is None or entry["part"] != part:
        yield f"{file}: {key} is not in this part by the manifest"
    elif entry["sha256"] != record.document.sha256:
        yield f"{file}: the text of {key} is not the one that was released"
    for annotation in record.annotations:
        for problem in errors_in(annotation, schema, record.document.text)[:1]:
            yield f"{file}: {key}: {problem.message}"


def _schema(folder: Path) -> EventSchema:
    from curate.formats.schema_file import load_schema

    return load_schema(folder / "schema.yaml")


def _records(folder: Path, part: str) -> Iterator[Record]:
    path = folder / "data" / f"{part}.jsonl"
    if not path.is_file():
        return
    with path.open("rb") as handle:
        yield from read_records(handle, f"data/{part}.jsonl")


def standoff_lines(folder: Path, part: str) -> list[bytes]:
    """What is said of the withheld texts of a part, one document a line."""
    path = folder / "data" / f"{part}.standoff.jsonl"
    return path.read_bytes().splitlines() if path.is_file() else []


def _counts(record: Record) -> Counter[str]:
    said = record.annotations
    return Counter(
        documents=1,
        items=len(said),
        mentions=sum(len(a.mentions) for a in said),
        frames=sum(len(a.frames) for a in said),
    )


def _standoff_counts(folder: Path, part: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for number, line in enumerate(standoff_lines(folder, part), 1):
        hash_in(line, f"data/{part}.standoff.jsonl", number)  # refuses what is none
        said = json.loads(line).get("annotations", [])
        counts["documents"] += 1
        counts["items"] += len(said)
        counts["mentions"] += sum(len(a.get("mentions", ())) for a in said)
        counts["frames"] += sum(len(a.get("frames", ())) for a in said)
    return counts
