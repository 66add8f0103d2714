"""The pieces of a Label Studio answer while it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from curate.formats import label_studio_config as config
from curate.formats.label_studio import META
from curate.formats.label_studio_config import AttributeControl, Carrier
from curate.model.annotation import Argument
from curate.model.span import Span

Json = Mapping[str, Any]
"""JSON of a server or a person: nothing about it is certain."""


class Unfit(Exception):
    """A part does not fit; the text is the reason."""


@dataclass(slots=True)
class Region:
    """A labelled region, with what was said of it."""

    id: str
    control: str
    span: Span
    label: str
    content: Json
    subtype: str | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    arguments: list[Argument] = field(default_factory=list)

    @property
    def ours(self) -> Json:
        """What curate put into the region's `meta`."""
        meta = self.content.get("meta")
        kept = meta.get(META) if isinstance(meta, Mapping) else None
        return kept if isinstance(kept, Mapping) else {}


def check_carrier(control: AttributeControl, region: Region) -> None:
    """Refuse what is said of a region of another kind, or of a type it had before."""
    wanted = config.ENTITY if control.carrier is Carrier.MENTION else config.TRIGGER
    if region.control != wanted or (control.types and region.label not in control.types):
        raise Unfit(f"{region.label} has no {control.attribute or 'such subtype'}")


def value_of(entry: Json) -> Json:
    """The value of a result."""
    value = entry.get("value")
    if not isinstance(value, Mapping):
        raise Unfit("the result has no value")
    return value


def single(values: object, what: str) -> str:
    """The only entry of a list."""
    if isinstance(values, str):
        return values
    if not isinstance(values, list) or not values:
        raise Unfit(f"the result has no {what}")
    if len(values) > 1:
        raise Unfit(f"the result has more than one {what}")
    return str(values[0])
