"""Names of another schema as ours: `--map old=new`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from curate.errors import CurateError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.formats.records import Record
    from curate.model.annotation import Annotation, Frame, Mention

WHAT: Final = ("entity", "event", "role", "subtype", "attribute", "value")


@dataclass(frozen=True, slots=True)
class Renames:
    """Old name → new name, for each of `WHAT`."""

    of: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def name(self, what: str, old: str) -> str:
        """What a name is called here."""
        return self.of.get(what, {}).get(old, old)


def renames(pairs: Iterable[str]) -> Renames:
    """Read `old=new` for any kind of name, `role:old=new` for one; raises CurateError."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for pair in pairs:
        left, sign, new = pair.partition("=")
        what, colon, old = left.partition(":")
        kinds = (what,) if colon else WHAT
        old = old if colon else left
        if not (sign and old and new) or (colon and what not in WHAT):
            raise CurateError(
                f"--map {pair!r} is not OLD=NEW",
                f"or KIND:OLD=NEW, where KIND is one of {', '.join(WHAT)}",
            )
        for kind in kinds:
            found[kind][old] = new
    return Renames(found)


def renamed_record(record: Record, names: Renames) -> Record:
    """The record with our names in its annotations; candidates stay as they are."""
    if not names.of:
        return record
    return replace(record, annotations=tuple(_annotation(a, names) for a in record.annotations))


def _annotation(annotation: Annotation, names: Renames) -> Annotation:
    return replace(
        annotation,
        mentions=tuple(_mention(m, names) for m in annotation.mentions),
        frames=tuple(_frame(f, names) for f in annotation.frames),
    )


def _mention(mention: Mention, names: Renames) -> Mention:
    subtype = mention.subtype
    return replace(
        mention,
        type=names.name("entity", mention.type),
        subtype=None if subtype is None else names.name("subtype", subtype),
        attributes=_attributes(mention.attributes, names),
    )


def _frame(frame: Frame, names: Renames) -> Frame:
    return replace(
        frame,
        type=names.name("event", frame.type),
        arguments=tuple(replace(a, role=names.name("role", a.role)) for a in frame.arguments),
        attributes=_attributes(frame.attributes, names),
    )


def _attributes(attributes: Mapping[str, str], names: Renames) -> dict[str, str]:
    return {
        names.name("attribute", name): names.name("value", value)
        for name, value in attributes.items()
    }
