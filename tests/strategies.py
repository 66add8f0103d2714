"""Hypothesis strategies: Arabic texts with everything that moves offsets, and work done on them.

All that is drawn fits the schema and the text it is drawn for: `errors_in` finds nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from curate.formats.records import Record
from curate.model.annotation import (
    Annotation,
    Argument,
    Fate,
    Frame,
    Link,
    LinkKind,
    Mention,
    Status,
    frame_order,
    link_order,
    mention_order,
)
from curate.model.candidate import Candidate, FrameCandidate, MentionCandidate
from curate.model.comment import Comment, CommentKind, Thread
from curate.model.document import Document, MetaValue, Origin, Sentence, SentenceKind
from curate.model.item import item_id
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from curate.model.schema import Attribute, EventSchema

PIECES = (
    "قصف", "وقُتِلَ", "مُسَلَّحُونَ", "البلـــدة", "لِلْفِرْقَةِ", "«المدينة»", "”النهر“", "آذار", "إلى",
    "ؤئء", "١٢", "۱۴٫۵", "12", "14.5", "T-72", "BM‑21", "كم²", "ﷺ", "ﻻ", "لا", "لآ", "\u0651\u064b",
    "ـ", "ــــ", "\u200c", "\u200d", "\u200f", "\u200e", "\u2067س\u2069", "\u061c", "\ufeff",
    "😀", "👨‍👩‍👧", "🇸🇾", "👩🏽‍🚒", "𐤀", "e\u0301", "한", "\u0600١",
    " ", " ", " ", "\u00a0", "\t", "\n", "\r\n", "\r", "\u2028", "، ", "؛ ", "؟", ".", "…", ":",
    "(", ")", "\\n", '"', "<b>", "&amp;", "{", "}", "[/x]", "$text",
)  # fmt: skip
"""Letters with marks, joined emoji, line ends, blanks, bidi controls, markup and brackets."""

_any_character = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
names = st.text(st.sampled_from("abcdefgh0123456789-"), min_size=1, max_size=8)
"""Ids and names."""


_said = st.sampled_from(("نعم", "هل هذا مكان؟ [b]", "e\u0301 \u202e"))


def texts(min_pieces: int = 1, max_pieces: int = 40) -> st.SearchStrategy[str]:
    """Texts that are never empty."""
    pieces = st.one_of(st.sampled_from(PIECES), _any_character)
    joined = st.lists(pieces, min_size=min_pieces, max_size=max_pieces).map("".join)
    return joined.filter(bool)


@st.composite
def spans_in(draw: st.DrawFn, within: Span) -> Span:
    """Any span inside another; short ones more often, and edges too."""
    start = draw(st.integers(within.start, within.end - 1))
    longest = within.end - start
    return Span(
        start, start + draw(st.one_of(st.integers(1, min(5, longest)), st.integers(1, longest)))
    )


@st.composite
def documents(draw: st.DrawFn, text: str | None = None) -> Document:
    """Documents with sentences, metadata and sometimes an origin."""
    text = draw(texts()) if text is None else text
    values: st.SearchStrategy[MetaValue] = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
        texts(0, 5),
    )  # fmt: skip
    meta = draw(
        st.dictionaries(
            st.one_of(st.sampled_from(["source", "date", "url"]), names), values, max_size=3
        )
    )
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    kinds = st.sampled_from(list(SentenceKind))
    sentences = tuple(
        Sentence(Span(start, end), draw(kinds))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    )
    origin = draw(
        st.none()
        | st.builds(
            lambda f, s, n: Origin(f, s, s + n), names, st.integers(0, 99), st.integers(0, 99)
        )
    )
    return Document(draw(names), text, meta, sentences, origin)


def attributes_of(known: Mapping[str, Attribute]) -> st.SearchStrategy[dict[str, str]]:
    """Some of the attributes, each with a value it may have."""
    options: dict[str, st.SearchStrategy[str]] = {
        name: st.sampled_from(list(attribute.values)) if attribute.values else texts(1, 3)
        for name, attribute in known.items()
    }
    return st.fixed_dictionaries({}, optional=options)


@st.composite
def mentions_of(draw: st.DrawFn, schema: EventSchema, item: Span, atom: str) -> Mention:
    """A mention inside the item."""
    entity = schema.entity_types[draw(st.sampled_from(list(schema.entity_types)))]
    return Mention(
        id=atom,
        span=draw(spans_in(item)),
        type=entity.name,
        subtype=draw(st.sampled_from([None, *entity.subtypes])),
        attributes=draw(attributes_of(schema.attributes_of_mention(entity.name))),
        candidate=draw(st.none() | names),
    )


@st.composite
def _arguments(
    draw: st.DrawFn,
    schema: EventSchema,
    event_type: str,
    item: Span,
    fillers: tuple[Mapping[str, str], Mapping[str, str]],
) -> tuple[Argument, ...]:
    """Arguments over (mention id → type) and (frame id → type), and bare spans."""
    choices: list[Argument] = []
    for atom, entity_type in fillers[0].items():
        roles = schema.roles_for(event_type, entity_type=entity_type)
        choices += [Argument(role, mention=atom) for role in roles]
    for atom, filler_type in fillers[1].items():
        roles = schema.roles_for(event_type, filler_event=filler_type)
        choices += [Argument(role, frame=atom) for role in roles]
    choices += [Argument(r, span=draw(spans_in(item))) for r in schema.roles_for(event_type)[:2]]
    if not choices:
        return ()
    wanted = draw(st.lists(st.sampled_from(choices), max_size=5, unique=True))
    kept: list[Argument] = []
    for argument in wanted:
        many = schema.event_types[event_type].roles[argument.role].takes_many
        if many or all(a.role != argument.role for a in kept):
            kept.append(argument)
    return tuple(kept)


@st.composite
def annotations_of(
    draw: st.DrawFn, schema: EventSchema, text: str, item: Span | None = None
) -> Annotation:
    """Work on one item: nested mentions, shared triggers, frames in frames, bare spans, links."""
    item = item or draw(st.one_of(st.just(Span(0, len(text))), spans_in(Span(0, len(text)))))
    ids = draw(st.lists(names, unique=True, max_size=9))
    cut = draw(st.integers(0, len(ids)))
    found = [draw(mentions_of(schema, item, atom)) for atom in ids[:cut]]
    frames: list[Frame] = []
    for atom in ids[cut:]:
        triggers = st.one_of(
            spans_in(item), *([st.sampled_from([f.trigger for f in frames])] if frames else [])
        )
        event_type = draw(st.sampled_from(list(schema.event_types)))
        fillers = ({m.id: m.type for m in found}, {f.id: f.type for f in frames})
        frames.append(
            Frame(
                id=atom,
                type=event_type,
                trigger=draw(triggers),
                arguments=draw(_arguments(schema, event_type, item, fillers)),
                attributes=draw(attributes_of(schema.frame_attributes(event_type))),
                candidate=draw(st.none() | names),
            )
        )
    links = {
        *draw(_links(LinkKind.COREF, [m.id for m in found])),
        *draw(_links(LinkKind.SAME_EVENT, [f.id for f in frames])),
    }
    words = st.none() | texts(1, 4)
    return Annotation(
        annotator=draw(names),
        item=item,
        status=draw(st.sampled_from(list(Status))),
        mentions=tuple(sorted(found, key=mention_order)),
        frames=tuple(sorted(frames, key=frame_order)),
        links=tuple(sorted(links, key=link_order)),
        note=draw(words),
        reason=draw(words),
        fates=draw(st.dictionaries(names, st.sampled_from(list(Fate)), max_size=2)),
    )


def _links(kind: LinkKind, ids: Sequence[str]) -> st.SearchStrategy[list[Link]]:
    if len(ids) < 2:
        return st.just([])
    pairs = st.lists(st.sampled_from(list(ids)), min_size=2, max_size=2, unique=True).map(sorted)
    return st.lists(pairs.map(lambda p: Link(kind, p[0], p[1])), max_size=2)


@st.composite
def candidates_of(draw: st.DrawFn, schema: EventSchema, text: str) -> tuple[Candidate, ...]:
    """Proposals for a document; frames name other proposals."""
    whole = draw(annotations_of(schema, text, Span(0, len(text))))
    scores = st.floats(0, 1)
    proposed: list[Candidate] = [
        MentionCandidate(
            m.id, m.span, m.type, m.subtype, draw(scores), "test/1", draw(texts(0, 2)), m.attributes
        )
        for m in whole.mentions
    ]
    proposed += [
        FrameCandidate(
            f.id,
            f.type,
            f.trigger,
            f.arguments,
            draw(scores),
            "test/1",
            draw(texts(0, 2)),
            f.attributes,
        )
        for f in whole.frames
    ]
    return tuple(proposed)


@st.composite
def records_of(draw: st.DrawFn, schema: EventSchema) -> Record:
    """A document with annotations of its sentences, or of the whole, and candidates."""
    document = draw(documents())
    items = [s.span for s in document.sentences] or [Span(0, len(document.text))]
    chosen = draw(st.lists(st.sampled_from(items), max_size=2, unique=True))
    done = [draw(annotations_of(schema, document.text, item)) for item in chosen]
    done = [replace(a, annotator=f"a{i}") for i, a in enumerate(done)]
    threads = draw(st.lists(threads_of(document, items), max_size=2, unique_by=lambda t: t.id))
    return Record(document, tuple(done), draw(candidates_of(schema, document.text)), tuple(threads))


@st.composite
def threads_of(draw: st.DrawFn, document: Document, items: Sequence[Span]) -> Thread:
    """What people said of an item, or of a place in it."""
    item, key = draw(st.sampled_from(items)), draw(names)
    said = draw(st.lists(st.sampled_from(CommentKind), min_size=1, max_size=4))
    entries = tuple(
        Comment(f"{key}-{n}", key, draw(names), f"2024-05-0{n + 1}", draw(_said), kind)
        for n, kind in enumerate(said)
    )
    first = replace(
        entries[0], about=draw(st.none() | names), span=draw(st.none() | spans_in(item))
    )
    return Thread(item_id(document.id, item), (first, *entries[1:]))
