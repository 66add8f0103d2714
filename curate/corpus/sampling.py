"""Draw items for annotation so that anyone can draw them again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Draw:
    """An item that may be drawn."""

    item: str
    stratum: str = ""
    """What it is drawn in proportion to: its source, its month."""
    uncertainty: float = 0.0
    """How unsure its candidates are, 0 to 1."""


def sample(
    draws: Iterable[Draw], size: int, *, seed: int, most_uncertain: bool = False
) -> list[str]:
    """At most `size` item ids, in the order they were drawn; the order of `draws` plays no part.

    Each stratum gets its share of the size by the method of largest remainders (Hamilton); inside
    a stratum the items are drawn at random by seed, or the most uncertain ones first. The strata
    are mixed in the result, so that the first half of a sample is spread like the whole.
    """
    strata: dict[str, list[Draw]] = {}
    for draw in draws:
        strata.setdefault(draw.stratum, []).append(draw)
    shares = allotted({name: len(members) for name, members in strata.items()}, size)
    placed: list[tuple[float, str]] = []
    for name, members in strata.items():
        ranked = sorted(members, key=lambda d: _rank(d, seed, most_uncertain=most_uncertain))
        chosen = ranked[: shares[name]]
        placed += [((n + 0.5) / len(chosen), draw.item) for n, draw in enumerate(chosen)]
    return [item for _, item in sorted(placed, key=lambda p: (p[0], _drawn(p[1], seed)))]


def allotted(sizes: dict[str, int], total: int) -> dict[str, int]:
    """Seats for each stratum in proportion to its size; together `total`, or all there are."""
    available = sum(sizes.values())
    total = min(total, available)
    if not available:
        return dict.fromkeys(sizes, 0)
    exact = {name: total * size / available for name, size in sizes.items()}
    seats = {name: int(share) for name, share in exact.items()}
    rest = total - sum(seats.values())
    by_remainder: Sequence[str] = sorted(sizes, key=lambda n: (seats[n] - exact[n], n))
    for name in by_remainder[:rest]:
        seats[name] += 1
    return seats


def _rank(draw: Draw, seed: int, *, most_uncertain: bool) -> tuple[float, bytes]:
    return (-draw.uncertainty if most_uncertain else 0.0, _drawn(draw.item, seed))


def _drawn(item: str, seed: int) -> bytes:
    """A number that is random but the same on every machine."""
    return hashlib.blake2b(f"{seed}\0{item}".encode("utf-8", "surrogatepass")).digest()[:16]
