"""What the writers of lines of JSON share: a line an object, keys of layers, counted losses."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import msgspec

from curate.formats import tally as counting
from curate.formats.layers import layers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.annotation import Link, LinkKind

Json = dict[str, object]
AS_WORDS: Final = "the format holds the words of a frame that fills a slot, not the frame"
NO_FRAME_FILLER: Final = "the format has no frames in slots"
NO_BARE_FILLER: Final = "the format has no fillers without an entity type"
NO_ATTRIBUTES: Final = "the format has no attributes"
_ENCODER: Final = msgspec.json.Encoder()


def line(value: Json) -> bytes:
    """A value as one line of JSON."""
    return _ENCODER.encode(value) + b"\n"


def keyed_layers(record: Record) -> Iterator[tuple[str, Layer]]:
    """Each layer with its document's key; where there are several, with the annotator's name."""
    layers = layers_of(record)
    for layer in layers:
        several = f"{record.document.id}#{layer.annotator}"
        yield (record.document.id if len(layers) == 1 else several), layer


def drop_attributes(layer: Layer, tally: Tally) -> None:
    """Count the attributes of a layer as left out."""
    for mention in layer.mentions:
        tally.drop(counting.ATTRIBUTES, NO_ATTRIBUTES, len(mention.attributes))
    for frame in layer.frames:
        tally.drop(counting.ATTRIBUTES, NO_ATTRIBUTES, len(frame.attributes))


def clusters(ids: list[str], links: list[Link], kind: LinkKind) -> list[list[str]]:
    """Ids that links of a kind join, each group in the order of `ids`; every id is in one."""
    parent = {atom: atom for atom in ids}

    def root(atom: str) -> str:
        while parent[atom] != atom:
            atom = parent[atom]
        return atom

    for link in links:
        if link.kind is kind and link.source in parent and link.target in parent:
            one, other = sorted((root(link.source), root(link.target)), key=ids.index)
            parent[other] = one
    groups: dict[str, list[str]] = defaultdict(list)
    for atom in ids:
        groups[root(atom)].append(atom)
    return list(groups.values())
