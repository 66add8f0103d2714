"""What stands behind a number, as lines for a reader and as values that JSON can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curate.agreement.evidence import Instance
    from curate.agreement.pairing import Atom


def instance_as_json(found: Instance, text: str) -> dict[str, object]:
    """The place, and what each annotator marked there; `text` is that of the document."""
    return {
        "item": found.item,
        "document": found.document,
        "start": found.span.start,
        "end": found.span.end,
        "annotators": list(found.annotators),
        "outcome": found.outcome.value,
        "difference": found.difference.value,
        "matched": found.tally.matched,
        "first": _atom(found.first, text),
        "second": _atom(found.second, text),
    }


def instance_line(found: Instance, text: str) -> str:
    """The place in one line."""
    sides = " | ".join(
        f"{name}: {_said(atom, text)}"
        for name, atom in zip(found.annotators, (found.first, found.second), strict=True)
    )
    return f"{found.item}  {found.outcome}, {found.difference}  {sides}"


def _atom(atom: Atom | None, text: str) -> dict[str, object] | None:
    if atom is None:
        return None
    parts: dict[str, object] = {
        "start": atom.start,
        "end": atom.end,
        "label": atom.label,
        "text": text[atom.start : atom.end],
    }
    if atom.event is not None:
        event = atom.event
        parts["frame"] = {"type": event.type, "start": event.start, "end": event.end}
    return parts


def _said(atom: Atom | None, text: str) -> str:
    if atom is None:
        return "nothing"
    words = " ".join(text[atom.start : atom.end].split())
    return f"{words} [{atom.label}] {atom.start}-{atom.end}"
