"""Spans of a sentence as one tag a word, and back.

A tag is `O`, or `B-` or `I-` with a layer (`m` for mentions, `t` for triggers)
and a type of the schema, as in `B-m:TYPE`. One sequence holds both layers, so
that each helps to decide the other; the few triggers inside a mention give way
to it. Of nested mentions the outermost is kept: schemas of this project mark
names whole, and what lies inside is found by the seed lists.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from curate.candidates.reading import Reading
    from curate.model.annotation import Annotation
    from curate.model.span import Span

OUTSIDE: Final = "O"
MENTION: Final = "m"
TRIGGER: Final = "t"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A typed run of words of a sentence."""

    first: int
    last: int
    kind: str
    """Layer and type, as in `m:TYPE`."""
    cut: int = 0
    """Letters of proclitics before it, in the normal form of its first word."""

    @property
    def is_trigger(self) -> bool:
        """Whether it is a trigger and no mention."""
        return self.kind.startswith(f"{TRIGGER}:")

    @property
    def type(self) -> str:
        """The type of the schema."""
        return self.kind.partition(":")[2]


def chunks_of(reading: Reading, annotations: Iterable[Annotation]) -> list[Chunk]:
    """What annotations say of the words of a sentence, in reading order, without overlaps."""
    wanted: list[Chunk] = []
    for annotation in annotations:
        spans = [(m.span, f"{MENTION}:{m.type}") for m in annotation.mentions]
        spans += [(f.trigger, f"{TRIGGER}:{f.type}") for f in annotation.frames]
        wanted += [c for c in (_chunk(reading, *s) for s in spans) if c is not None]
    kept: list[Chunk] = []
    taken: set[int] = set()
    for chunk in sorted(wanted, key=_outermost_first):
        words = range(chunk.first, chunk.last + 1)
        if taken.isdisjoint(words):
            kept.append(chunk)
            taken.update(words)
    return sorted(kept, key=lambda c: c.first)


def _outermost_first(chunk: Chunk) -> tuple[bool, int, int, str]:
    return chunk.is_trigger, chunk.first - chunk.last, chunk.first, chunk.kind


def _chunk(reading: Reading, span: Span, kind: str) -> Chunk | None:
    """The words a span covers; None when they are none of this sentence."""
    starts, ends = reading.starts, reading.ends
    if not starts or span.end <= starts[0] or span.start >= ends[-1]:
        return None
    first = max(bisect_right(starts, span.start) - 1, 0)
    if ends[first] <= span.start:
        first += 1
    last = bisect_right(starts, span.end - 1) - 1
    if first > last:
        return None
    word = reading.words[first]
    into = max(span.start - starts[first], 0)
    return Chunk(first, last, kind, word.offsets.normal_offset(into) if into else 0)


def tags_of(chunks: Sequence[Chunk], words: int) -> list[str]:
    """One tag a word."""
    tags = [OUTSIDE] * words
    for chunk in chunks:
        tags[chunk.first] = f"B-{chunk.kind}"
        for at in range(chunk.first + 1, chunk.last + 1):
            tags[at] = f"I-{chunk.kind}"
    return tags


def runs(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """First word, last word and kind of each run; an `I-` without its `B-` begins one."""
    found: list[tuple[int, int, str]] = []
    for at, tag in enumerate(tags):
        if tag == OUTSIDE:
            continue
        mark, kind = tag[0], tag[2:]
        if mark == "I" and found and found[-1][1] == at - 1 and found[-1][2] == kind:
            found[-1] = (found[-1][0], at, kind)
        else:
            found.append((at, at, kind))
    return found
