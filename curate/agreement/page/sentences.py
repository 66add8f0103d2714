"""A sentence with what each annotator says of it, one reading below the other."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.agreement.events import AttributesOf, Event, Filler, align, events_of
from curate.agreement.page.markup import Html, colour, joined, outside, shown, tag
from curate.model.annotation import Annotation
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.agreement.page.naming import Naming

_ROOM = 60
"""Code points of the text that are shown around a sentence where a span leads out of it."""

Marked = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Sentence:
    """An item and all that is said of it."""

    document: str
    span: Span
    text: str
    """Of the whole document."""
    said: Mapping[str, Annotation]
    """By annotator."""

    def words(self, start: int, end: int) -> Html:
        """A part of the text as it stands."""
        return tag("bdi", shown(self.text[start:end]), lang="ar", dir="rtl", class_="ar")


def card(sentence: Sentence, anchor: str, naming: Naming, attributes: AttributesOf | None) -> Html:
    """The sentence, its readings and where they part."""
    events = {name: events_of(a, attributes) for name, a in sentence.said.items()}
    marks = {n: {(m.span.start, m.span.end, m.type) for m in a.mentions}
             for n, a in sentence.said.items()}  # fmt: skip
    readings = []
    for name, annotation in sentence.said.items():
        others = [n for n in sentence.said if n != name]
        common = set.intersection(marks[name], *(marks[n] for n in others))
        readings.append(
            tag(
                "div",
                tag("div", outside(name), tag("small", naming.word(annotation.status)),
                    class_="name"),
                _text(sentence, marks[name], common, events[name], naming),
                _frames(sentence, events[name], [events[n] for n in others], naming),
                class_="reading",
            )
        )  # fmt: skip
    where = f"{sentence.span.start}–{sentence.span.end}"
    head = tag("h3", outside(sentence.document), " ", tag("small", where, dir="ltr"))
    return tag("article", head, *readings, id=anchor, class_="card")


def _text(
    sentence: Sentence,
    marks: set[Marked],
    common: set[Marked],
    events: Sequence[Event],
    naming: Naming,
) -> Html:
    """The words, mentions underlined and labelled, triggers in bold."""
    start, end = _window(sentence, [*marks, *((e.start, e.end, "") for e in events)])
    cuts = {start, sentence.span.start, sentence.span.end, end}
    for one in (*marks, *((e.start, e.end, "") for e in events)):
        cuts.update(one[:2])
    ordered = sorted(cuts)
    parts = list(_pieces(sentence, ordered, marks, common, events, naming))
    return tag("p", *parts, lang="ar", dir="rtl", class_="ar text")


def _pieces(
    sentence: Sentence,
    cuts: Sequence[int],
    marks: set[Marked],
    common: set[Marked],
    events: Sequence[Event],
    naming: Naming,
) -> Iterator[Html]:
    for start, end in itertools.pairwise(cuts):
        piece = shown(sentence.text[start:end])
        over = sorted(
            (m for m in marks if m[0] <= start and end <= m[1]), key=lambda m: m[1] - m[0]
        )
        classes = []
        if not (sentence.span.start <= start < sentence.span.end):
            classes.append("around")
        if any(e.start <= start and end <= e.end for e in events):
            classes.append("trigger")
        if over:
            classes += ["m", *(["d"] if over[0] not in common else [])]
        style = colour(naming.colour(over[0][2])) if over else None
        yield tag("span", piece, class_=" ".join(classes) or None, style=style)
        for mark in sorted((m for m in marks if m[1] == end), key=lambda m: -m[0]):
            label = naming.label(mark[2])
            kind = "l" if mark in common else "l d"
            yield tag("sub", outside(label), class_=kind, style=colour(naming.colour(mark[2])))


def _window(sentence: Sentence, marks: Sequence[Marked]) -> tuple[int, int]:
    """The sentence, and what spans reach out of it, as far as there is room."""
    start = min([sentence.span.start, *(m[0] for m in marks)])
    end = max([sentence.span.end, *(m[1] for m in marks)])
    return max(start, sentence.span.start - _ROOM, 0), min(end, sentence.span.end + _ROOM)


def _frames(
    sentence: Sentence, events: Sequence[Event], others: Sequence[Sequence[Event]], naming: Naming
) -> Html:
    """The frames, each on a line; what not all the others say is marked."""
    if not events:
        return tag("p", "∅ ", naming.word("nothing_marked"), class_="none")
    partners = [dict(align(events, other).pairs) for other in others]
    lines = []
    for event in events:
        like = [p[event] for p in partners if event in p]
        alone = len(like) < len(others)
        same = not alone and all((e.trigger, e.type) == (event.trigger, event.type) for e in like)
        head = _part(tag("b", outside(naming.label(event.type))), sentence, event, same=same)
        roles = [
            _part(outside(naming.label(f.role)), sentence, f, same=not alone and all(
                f in e.fillers and e.type == event.type for e in like))
            for f in event.fillers
        ]  # fmt: skip
        values = [
            tag("span", outside(naming.label(name)), "=", outside(naming.label(value)),
                class_="part" if not alone and all((name, value) in e.attributes for e in like)
                else "part d")
            for name, value in event.attributes if naming.is_set(event.type, name, value)
        ]  # fmt: skip
        lines.append(tag("li", joined([head, *roles, *values], " ")))
    return tag("ul", *lines, class_="frames")


def _part(name: Html, sentence: Sentence, place: Event | Filler, *, same: bool) -> Html:
    words = sentence.words(place.start, place.end)
    return tag("span", name, " ", words, class_="part" if same else "part d")
