"""The story of an atom of gold, for a reader: whose it is, who decided, when and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.adjudication.rulings import Choice, Ruling
from curate.adjudication.stories import Cell, How, Story, argument_atom, attribute_atom
from curate.errors import CurateError
from curate.project.gold import GoldItem, gold_of
from curate.project.reviewing import ruling_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from curate.model.annotation import Annotation, Frame
    from curate.project.opening import Project


@dataclass(frozen=True, slots=True)
class Told:
    """One atom of gold with its story."""

    item: str
    what: str
    """The atom in words."""
    story: Story
    ruling: Ruling | None = None

    def lines(self) -> Iterator[str]:
        """The story for a reader."""
        story = self.story
        yield f"{story.atom}  {self.what}"
        yield f"  {_how(story, self.ruling)}"
        if self.ruling is not None:
            yield from _ruling_lines(self.ruling)
        if story.sources:
            made = "made from a candidate" if story.assisted else "no candidate was used"
            yield f"  from {', '.join(story.sources)}; {made}"
        yield f"  schema {story.schema}"

    def as_json(self) -> dict[str, object]:
        """The story as values that JSON can hold."""
        found: dict[str, object] = {"item": self.item, "what": self.what, **self.story.parts()}
        if self.ruling is not None:
            ruling = self.ruling
            found["ruling"] = {
                "id": ruling.id, "by": ruling.by, "at": ruling.at, **ruling.parts(),
            }  # fmt: skip
        return found


def why(project: Project, where: str) -> list[Told]:
    """The stories of `ITEM`, all of them, or of `ITEM/ATOM`, with those of its parts.

    Raises `CurateError` for an item without gold, and for an atom that it does not have.
    """
    item_id, _, atom = where.partition("/")
    gold = gold_of(project, item_id)
    if gold is None:
        known = project.store.items.get(item_id)
        remedy = "`curate gold merge` makes gold of what enough annotators have done"
        if known is None:
            raise CurateError(f"there is no item {item_id}", "`curate gold list` names them")
        raise CurateError(f"{item_id} has no gold", remedy)
    rulings = {row.id: ruling_of(row) for row in project.store.rulings.of_item(item_id)}
    text = project.store.documents.get(gold.document).text
    told = [
        Told(item_id, what, gold.stories[name], rulings.get(gold.stories[name].ruling or ""))
        for name, what in _atoms(gold.annotation, text)
        if name in gold.stories and _is_part(name, atom)
    ]
    if atom and not told:
        raise CurateError(f"the gold of {item_id} has no {atom}", _names(gold))
    return told


def _names(gold: GoldItem) -> str:
    names = [*(m.id for m in gold.annotation.mentions), *(f.id for f in gold.annotation.frames)]
    return f"it has {', '.join(names)}" if names else "it is empty"


def _is_part(name: str, atom: str) -> bool:
    """Whether it is the atom, or an argument or attribute of it."""
    return not atom or name == atom or name.startswith((f"{atom}.", f"{atom}@"))


def _atoms(annotation: Annotation, text: str) -> Iterator[tuple[str, str]]:
    """Every atom's name, and the atom in words."""
    words = {m.id: m.span.of(text) for m in annotation.mentions}
    words |= {f.id: f.trigger.of(text) for f in annotation.frames}
    for mention in annotation.mentions:
        subtype = f"/{mention.subtype}" if mention.subtype else ""
        yield mention.id, f"{mention.type}{subtype} «{words[mention.id]}»"
    for frame in annotation.frames:
        yield from _frame_atoms(frame, words, text)
    for link in annotation.links:
        name = f"{link.kind}:{link.source}+{link.target}"
        ends = " = ".join(f"«{words.get(e, '?')}»" for e in (link.source, link.target))
        yield name, f"{link.kind} {ends}"


def _frame_atoms(frame: Frame, words: Mapping[str, str], text: str) -> Iterator[tuple[str, str]]:
    yield frame.id, f"{frame.type} «{words[frame.id]}»"
    for argument in frame.arguments:
        filler = words.get(argument.mention or argument.frame or "")
        shown = argument.span.of(text) if argument.span is not None else filler
        yield argument_atom(frame.id, argument), f"{argument.role} = «{shown}»"
    for name, value in frame.attributes.items():
        yield attribute_atom(frame.id, name), f"{name} = {value}"


def _how(story: Story, ruling: Ruling | None) -> str:
    said = ", ".join(story.annotators) or "nobody"
    against = f"; not {', '.join(story.others)}" if story.others else ""
    if story.how is How.TAKEN:
        return f"taken over from {said}"
    if story.how is How.MAJORITY:
        count = len(story.annotators) + len(story.others)
        return f"majority {len(story.annotators)}/{count}: {said}{against}"
    if story.how is How.FOLLOWS:
        return f"comes with its event, as {said} said it"
    if ruling is None:
        return f"{story.how.value}: {said}{against}"
    part = "" if story.cell is not Cell.EVENT else " (its parts have stories of their own)"
    return f"ruled; said by {said}{against}{part}"


def _ruling_lines(ruling: Ruling) -> Iterator[str]:
    how = {
        Choice.READING: "one of the readings",
        Choice.BOTH: "all of the readings",
        Choice.EDITED: "edited",
        Choice.NEW: "added by the lead",
        Choice.CONFIRMED: "checked in an audit, and it holds",
        Choice.TAKEN: "the whole item was taken over",
    }.get(ruling.choice, ruling.choice.value)
    kind = f" of a case of kind {ruling.kind}" if ruling.kind else ""
    sight = "blind" if ruling.blind else "seeing the names"
    yield f"  by {ruling.by}, {ruling.at}, {sight}: {how}{kind}"
    if ruling.reason is not None or ruling.note:
        reason = ruling.reason.value if ruling.reason is not None else ""
        yield f"  because: {' · '.join(part for part in (reason, ruling.note or '') if part)}"
