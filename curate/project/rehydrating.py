"""Put the texts of a release back that may not be passed on with it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from curate.corpus.splits import PARTS
from curate.formats.jsonl import write_record
from curate.formats.standoff import hash_in, restored
from curate.model.document import text_hash
from curate.project.in_place import put_in_place
from curate.project.reading import ReadingOptions, read
from curate.project.release_reading import read_manifest, standoff_lines
from curate.project.sources import find_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(slots=True)
class Rehydrated:
    """What came of putting texts back."""

    written: list[str] = field(default_factory=list)
    """Ids of the documents that are whole now."""
    missing: list[str] = field(default_factory=list)
    """Ids of the documents whose text was not among those given."""

    def lines(self) -> list[str]:
        """The outcome for a reader."""
        said = f"{len(self.written):,} texts put back, {len(self.missing):,} not found"
        return [said, *(f"  {key}" for key in self.missing[:20])]


def rehydrate(folder: Path, texts: Sequence[Path], out: Path) -> Rehydrated:
    """Write the withheld documents whole to a curate JSONL file, from the texts that are at hand.

    A text is known by its hash, so it must be the same to the last character.
    """
    read_manifest(folder)
    known = {text_hash(text): text for text in _given(texts)}
    done = Rehydrated()
    with put_in_place(out) as handle:
        for part in PARTS:
            name = f"data/{part}.standoff.jsonl"
            for number, line in enumerate(standoff_lines(folder, part), 1):
                text = known.get(hash_in(line, name, number))
                if text is None:
                    done.missing.append(str(json.loads(line).get("id")))
                    continue
                record = restored(line, text, name, number)
                handle.write(write_record(record))
                done.written.append(record.document.id)
    return done


def _given(paths: Sequence[Path]) -> Iterator[str]:
    """Every text that the files hold, cut as `curate add` cuts them, and each file as a whole."""
    sources, _ = find_sources(paths)
    for source in sources:
        for way in ("auto", "never"):
            for record in read(source, ReadingOptions(None, way, None, {})):
                yield record.document.text
