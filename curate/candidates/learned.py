"""A trained model as a value: what was learned, from what, how well, as bytes and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import msgspec

from curate.errors import FormatError

FORMAT: Final = "curate-tagger/1"
"""Changes when features or their meaning change: older models are trained anew."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """How well a model trained without them did on lessons kept aside."""

    lessons: int
    """Items kept aside."""
    mentions_f1: float
    """Exact span and type."""
    triggers_f1: float
    """Exact span and type."""
    mentions: int
    """Gold mentions in those items."""
    triggers: int
    """Gold triggers in those items."""


@dataclass(frozen=True, slots=True)
class Model:
    """What the tagger knows."""

    format: str
    version: str
    """Of this model in its project: a number, or a name for one that ships."""
    schema: str
    """Identity of the schema whose types it knows."""
    lessons: int
    """Confirmed items it learned from."""
    source: str
    """SHA-256 over the ids of the lessons and what was said there."""
    parameters: dict[str, float]
    held_out: HeldOut | None
    """None when there were too few lessons to keep any aside."""
    tags: tuple[str, ...]
    weights: dict[str, tuple[int, ...]]
    """Feature → place of a tag, thousandths of its weight, place of the next tag, …"""
    transitions: tuple[tuple[int, int, int], ...]
    """Places of a tag and of the tag after it, thousandths of the weight."""
    calibration: dict[str, tuple[float, float]]
    """Group of claims → slope and shift from log-odds to a probability."""
    cuts: dict[str, float]
    """Weights for telling where in its first word a span begins."""
    subtypes: dict[str, str]
    """Type and stem of the first word → the subtype it was given."""

    @property
    def places(self) -> dict[str, int]:
        """The place of each tag."""
        return {tag: place for place, tag in enumerate(self.tags)}

    @property
    def producer(self) -> str:
        """Name and version of candidates it proposes."""
        return f"tagger/{self.version}"


_ENCODER: Final = msgspec.json.Encoder(order="deterministic")
_DECODER: Final = msgspec.json.Decoder(Model)


def model_to_bytes(model: Model) -> bytes:
    """The same model always gives the same bytes."""
    return _ENCODER.encode(model) + b"\n"


def model_from_bytes(data: bytes, name: str) -> Model:
    """Read a model; raises `FormatError` for what is none, or of another format."""
    try:
        model = _DECODER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise FormatError(f"{name} is no model: {error}", "Run `curate learn` again.") from error
    count = len(model.tags)
    places = [p for row in model.weights.values() for p in row[::2]]
    places += [p for a, b, _ in model.transitions for p in (a, b)]
    uneven = any(len(row) % 2 for row in model.weights.values())
    if model.format != FORMAT or uneven or not all(0 <= p < count for p in places):
        raise FormatError(f"{name} does not fit this curate", "Run `curate learn` again.")
    return model
