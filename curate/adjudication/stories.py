"""How each atom of gold came about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.model.annotation import Argument, Link


class Cell(StrEnum):
    """What is decided at a time."""

    MENTION = "mention"
    """A span with type, subtype and attributes."""
    EVENT = "event"
    """That there is an event: trigger and type."""
    ARGUMENT = "argument"
    """A role and its filler, in one event."""
    ATTRIBUTE = "attribute"
    """The value of one attribute of one event."""
    LINK = "link"
    """That two mentions or two frames belong together."""
    ITEM = "item"
    """The item as a whole."""


class How(StrEnum):
    """How an atom came to be gold."""

    UNANIMOUS = "unanimous"
    """Everybody who did the item said just this."""
    MAJORITY = "majority"
    """More of them said it than the project asks for."""
    RULED = "ruled"
    """A lead decided."""
    FOLLOWS = "follows"
    """Nobody said otherwise of an event that not all of them had, and that was ruled in."""
    TAKEN = "taken"
    """It was taken over as gold from one annotator's work."""


@dataclass(frozen=True, slots=True)
class Story:
    """Where one atom of gold comes from."""

    atom: str
    """Names it: see `mention_atom`, `frame_atom` and their neighbours."""
    cell: Cell
    how: How
    annotators: tuple[str, ...] = ()
    """Who said just this."""
    others: tuple[str, ...] = ()
    """Who did the item and said otherwise, or nothing."""
    sources: tuple[str, ...] = ()
    """Ids of the annotators' mentions or frames, as `annotator:id`."""
    assisted: bool = False
    """Whether one of them was made from the machine's candidate."""
    ruling: str | None = None
    """Id of the ruling that decided."""
    schema: str = ""
    """Identity of the schema that it was made gold under."""

    def parts(self) -> dict[str, object]:
        """The story as values that JSON can hold; what is empty is left out."""
        found = {
            "atom": self.atom,
            "cell": self.cell.value,
            "how": self.how.value,
            "annotators": list(self.annotators),
            "others": list(self.others),
            "sources": list(self.sources),
            "assisted": self.assisted,
            "ruling": self.ruling,
            "schema": self.schema,
        }
        return {name: value for name, value in found.items() if value}

    @classmethod
    def of(cls, parts: Mapping[str, Any]) -> Story:
        """Read what `parts` gave."""
        return cls(
            parts["atom"],
            Cell(parts["cell"]),
            How(parts["how"]),
            tuple(parts.get("annotators", ())),
            tuple(parts.get("others", ())),
            tuple(parts.get("sources", ())),
            parts.get("assisted", False),
            parts.get("ruling"),
            parts.get("schema", ""),
        )


def argument_atom(frame: str, argument: Argument) -> str:
    """The name of an argument: its frame, role and filler, as `f1.Role=m1` or `f1.Role=4-9`."""
    span = argument.span
    bare = "" if span is None else f"{span.start}-{span.end}"
    return f"{frame}.{argument.role}={argument.mention or argument.frame or bare}"


def attribute_atom(frame: str, name: str) -> str:
    """The name of an attribute of a frame, as `f1@polarity`."""
    return f"{frame}@{name}"


def link_atom(link: Link) -> str:
    """The name of a link, as `coref:m1+m2`."""
    return f"{link.kind}:{link.source}+{link.target}"
