"""Small works on one invented sentence, and the gold they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.adjudication.bench import Material, Terms
from curate.adjudication.merging import Merged, merge
from curate.model.annotation import Annotation, Argument, Frame, Mention, Status
from curate.model.item import Item, item_id
from curate.model.span import Span
from tests.small import TEXT, small_schema, span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.adjudication.rulings import Ruling

SCHEMA = small_schema()
WHOLE = Span(0, len(TEXT))
ITEM = Item(item_id("d", WHOLE), "d", WHOLE)


def work(name: str, *atoms: Mention | Frame) -> Annotation:
    """What an annotator has done."""
    mentions = tuple(a for a in atoms if isinstance(a, Mention))
    frames = tuple(a for a in atoms if isinstance(a, Frame))
    return Annotation(name, WHOLE, Status.DONE, mentions, frames)


def gun(name: str = "g", words: str = "المدفعية", kind: str = "Group") -> Mention:
    """A mention of the guns."""
    return Mention(name, span(words), kind)


def town(name: str = "t", words: str = "الريحانية") -> Mention:
    """A mention of the town."""
    return Mention(name, span(words), "Site")


def fire(*arguments: Argument, words: str = "قصفت", kind: str = "Fire", **set_: str) -> Frame:
    """A frame on the first word."""
    return Frame("f", kind, span(words), arguments, set_)


def material(*works: Annotation, rulings: Iterable[Ruling] = ()) -> Material:
    """What the gold of the sentence is made from."""
    return Material(ITEM, TEXT, SCHEMA, works, tuple(rulings))


def gold(*works: Annotation, rulings: Iterable[Ruling] = (), terms: Terms | None = None) -> Merged:
    """The gold of the sentence."""
    merged = merge(material(*works, rulings=rulings), terms or Terms(), "gold")
    assert merged is not None
    return merged
