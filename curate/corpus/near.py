"""Near-duplicates: wire copies and re-posts with edits, found among many texts.

Each text becomes the set of its pairs of neighbouring words in normal form. MinHash
signatures (rensa) in bands (locality-sensitive hashing, Indyk & Motwani 1998) name the
pairs of texts worth comparing; what is reported is the Jaccard index counted on the sets
themselves, so no false pair comes from hashing alone.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from curate.text.normal import normal
from curate.text.tokens import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Hashes: TypeAlias = NDArray[np.uint64]

THRESHOLD: Final = 0.4
"""Jaccard index from which two texts are copies; one word in five changed leaves about .47."""

LEAST_WORDS: Final = 6
"""Shorter texts say too little to be called copies unless they are equal in normal form."""

_ROWS: Final = 3
_BANDS: Final = 42
_PERMUTATIONS: Final = _ROWS * _BANDS
_SEED: Final = 42
_BATCH: Final = 2000
_CROWD: Final = 40
"""Texts in one bucket that are compared each with each; of a larger crowd, each with the first."""
_WORDS: Final = re.compile(WORD)


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two texts that say almost the same, by their place in the order given; `first < second`."""

    first: int
    second: int
    similarity: float
    """Jaccard index of their word pairs, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Texts that hang together by near pairs; the earliest counts as the original."""

    members: tuple[int, ...]
    """Places in the order given, ascending; at least two."""

    @property
    def original(self) -> int:
        """The first of them."""
        return self.members[0]


class Shingler:
    """Turns texts into sets of hashed word pairs; the same on any machine."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}

    def shingles(self, text: str) -> Hashes:
        """Hashes of the text's pairs of neighbouring words; of the whole where it is short."""
        codes, known = [], self._codes
        for word in _WORDS.findall(normal(text)):
            code = known.get(word)
            if code is None:
                code = known[word] = zlib.crc32(word.encode("utf-8", "surrogatepass"))
            codes.append(code)
        words = np.array(codes, dtype=np.uint64)
        if len(words) == 0:
            return words
        if len(words) < LEAST_WORDS:
            whole = zlib.crc32(words.tobytes())
            return np.array([_mixed(np.array([len(words) << 32 | whole], np.uint64))[0]], np.uint64)
        return np.unique(_mixed((words[:-1] << np.uint64(32)) | words[1:]))


class NearDuplicates:
    """Collects texts one at a time and then tells which are near copies of each other."""

    def __init__(self, threshold: float = THRESHOLD) -> None:
        if not 0 < threshold <= 1:
            raise ValueError(f"a similarity lies between 0 and 1, not {threshold}")
        self.threshold = threshold
        self._shingler = Shingler()
        self._sets: list[Hashes] = []
        self._signatures: list[NDArray[np.uint64]] = []
        self._waiting: list[Hashes] = []

    def __len__(self) -> int:
        return len(self._sets)

    def add(self, text: str) -> None:
        """Take the next text in."""
        self.add_shingles(self._shingler.shingles(text))

    def add_shingles(self, shingles: Hashes) -> None:
        """Take the next text in by what a `Shingler` made of it."""
        self._sets.append(shingles)
        self._waiting.append(shingles)
        if len(self._waiting) >= _BATCH:
            self._sign()

    def pairs(self) -> list[NearPair]:
        """Every pair found at or above the threshold, in order."""
        self._sign()
        if not self._signatures:
            return []
        found = []
        for first, second in _candidates(np.concatenate(self._signatures)):
            similarity = _jaccard(self._sets[first], self._sets[second])
            if similarity >= self.threshold:
                found.append(NearPair(first, second, similarity))
        return found

    def _sign(self) -> None:
        """Make the signatures of the texts that wait for one."""
        if not self._waiting:
            return
        from rensa import RMinHash

        offsets = np.cumsum([0, *map(len, self._waiting)], dtype=np.uint64)
        flat = np.concatenate(self._waiting)
        matrix = RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, _PERMUTATIONS, _SEED)
        rows = np.array(matrix.to_rows(), dtype=np.uint64).reshape(-1, _PERMUTATIONS)
        empty = np.diff(offsets) == 0
        rows[empty] = np.arange(len(self._sets) - len(rows), len(self._sets))[empty, None]
        self._signatures.append(rows.astype(np.uint32))
        self._waiting = []


def clusters(pairs: Iterable[NearPair]) -> list[Cluster]:
    """Texts that hang together by pairs, directly or over others; in order of their originals."""
    parent: dict[int, int] = {}

    def root(member: int) -> int:
        above = parent.setdefault(member, member)
        while above != parent[above]:
            parent[above] = parent[parent[above]]
            above = parent[above]
        return above

    for pair in pairs:
        a, b = sorted((root(pair.first), root(pair.second)))
        parent[b] = a
    together: dict[int, list[int]] = {}
    for member in sorted(parent):
        together.setdefault(root(member), []).append(member)
    return [Cluster(tuple(members)) for _, members in sorted(together.items())]


def _mixed(values: Hashes) -> Hashes:
    """Spread the bits of each value over all 64 (SplitMix64, Steele, Lea & Flood 2014)."""
    z = values + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = z ^ (z >> np.uint64(31))
    return mixed


def _candidates(signatures: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Pairs that share a band, each once, in order."""
    keys: list[NDArray[np.int64]] = []
    count = len(signatures)
    for band in range(_BANDS):
        part = signatures[:, band * _ROWS : (band + 1) * _ROWS].astype(np.uint64)
        key: Hashes = np.full(count, band, dtype=np.uint64)
        for row in part.T:
            key = _mixed(key ^ row)
        keys += _pairs_of_band(key, count)
    if keys:
        for code in np.unique(np.concatenate(keys)):
            yield int(code) // count, int(code) % count


def _pairs_of_band(key: Hashes, count: int) -> Iterator[NDArray[np.int64]]:
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    ends = np.r_[starts[1:], count]
    shared = ends - starts > 1
    for start, end in zip(starts[shared], ends[shared], strict=True):
        members = order[start:end].astype(np.int64)  # ascending: the sort is stable
        yield _pairs_of_bucket(members) @ np.array([count, 1])


def _pairs_of_bucket(members: NDArray[np.int64]) -> NDArray[np.int64]:
    if len(members) > _CROWD:
        return np.stack([np.full(len(members) - 1, members[0]), members[1:]], axis=1)
    first, second = np.triu_indices(len(members), 1)
    return np.stack([members[first], members[second]], axis=1)


def _jaccard(a: Hashes, b: Hashes) -> float:
    if len(a) == 0 or len(b) == 0:
        return 0.0
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / (len(a) + len(b) - shared)


def near_pairs(texts: Sequence[str], threshold: float = THRESHOLD) -> list[NearPair]:
    """The near pairs among some texts."""
    collected = NearDuplicates(threshold)
    for text in texts:
        collected.add(text)
    return collected.pairs()
