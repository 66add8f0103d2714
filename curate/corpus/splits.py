"""Train, dev and test parts of a corpus that do not leak into each other."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

PARTS = ("train", "dev", "test")
"""In the order of time: what is tested on is the latest."""


class SplitBy(StrEnum):
    """What decides in which part a document comes."""

    TIME = "time"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class Unit:
    """Documents that must stay together: a text and its near copies."""

    documents: tuple[str, ...]
    day: str
    """The latest date among them, ISO 8601; '' if none is known."""
    size: int
    """Items of the gold in them."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A document to be put into a part."""

    id: str
    day: str
    size: int


def units(documents: Iterable[Dated], originals: Mapping[str, str]) -> list[Unit]:
    """Put documents together that are copies of one text (`originals`: copy → original)."""
    together: dict[str, list[Dated]] = {}
    for document in documents:
        together.setdefault(originals.get(document.id, document.id), []).append(document)
    return [
        Unit(
            tuple(sorted(d.id for d in members)),
            max(d.day for d in members),
            sum(d.size for d in members),
        )
        for members in together.values()
    ]


def split(
    units: Iterable[Unit], shares: Sequence[float], *, by: SplitBy, seed: int
) -> dict[str, str]:
    """Document → part, near to the shares of train, dev and test (which add up to 1).

    By time, days are never cut, the parts follow each other, and what has no date comes first. At
    random, units are dealt out in an order that the seed decides. The order of the units given
    plays no part. Raises ValueError for shares that do not add up.
    """
    if len(shares) != len(PARTS) or any(s < 0 for s in shares) or abs(sum(shares) - 1) > 1e-6:
        raise ValueError("give three shares, for train, dev and test, that add up to 1")
    if by is SplitBy.TIME:
        blocks = _blocks(units, lambda u: u.day)
    else:
        blocks = _blocks(units, lambda u: _drawn(u, seed))
    total = sum(unit.size for block in blocks for unit in block)
    ends = [total * sum(shares[: n + 1]) for n in range(len(shares))]
    parts: dict[str, str] = {}
    done = 0
    for block in blocks:
        size = sum(unit.size for unit in block)
        part = _part_at(done + size / 2, ends, shares)
        parts |= {document: part for unit in block for document in unit.documents}
        done += size
    return parts


def _part_at(middle: float, ends: Sequence[float], shares: Sequence[float]) -> str:
    """The part in which the middle of a block lies."""
    for part, end, share in zip(PARTS, ends, shares, strict=True):
        if share and middle <= end:
            return part
    return next(part for part, share in reversed(list(zip(PARTS, shares, strict=True))) if share)


def _blocks(units: Iterable[Unit], key: Callable[[Unit], str]) -> list[list[Unit]]:
    ordered = sorted(units, key=lambda unit: (key(unit), unit.documents))
    return [list(block) for _, block in groupby(ordered, key=key)]


def _drawn(unit: Unit, seed: int) -> str:
    words = "\0".join((str(seed), *unit.documents))
    return hashlib.blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
