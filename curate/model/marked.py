"""Example texts in which braces mark the trigger, the fillers and the mentions."""

from __future__ import annotations

from dataclasses import dataclass

from curate.model.span import Span

TRIGGER = "!"
"""The name that marks the trigger."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked part of an example: what it is, and where it stands in the plain text."""

    name: str
    span: Span


@dataclass(frozen=True, slots=True)
class MarkedText:
    """An example without its braces, and what they marked, outer marks before inner ones."""

    text: str
    marks: tuple[Mark, ...]


def parse_marked(source: str) -> MarkedText:
    """Read `… {!:hit} {Place:in the {GPE:town}}`; marks may nest.

    Raises ValueError that says what is wrong with the braces.
    """
    text: list[str] = []
    opened: list[tuple[str, int]] = []
    marks: list[Mark] = []
    position = 0
    while position < len(source):
        character = source[position]
        if character == "{":
            name, colon, _ = source[position + 1 :].partition(":")
            if not colon or not name or "{" in name or "}" in name:
                raise ValueError("`{` has no `Name:` after it")
            opened.append((name, len(text)))
            position += len(name) + 2
            continue
        if character == "}":
            if not opened:
                raise ValueError("`}` closes nothing")
            name, start = opened.pop()
            if start == len(text):
                raise ValueError(f"the mark `{name}` holds no text")
            marks.append(Mark(name, Span(start, len(text))))
        else:
            text.append(character)
        position += 1
    if opened:
        raise ValueError(f"the mark `{opened[-1][0]}` is not closed")
    ordered = sorted(marks, key=lambda m: (m.span.start, -m.span.end))
    return MarkedText("".join(text), tuple(ordered))
