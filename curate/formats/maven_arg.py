"""MAVEN-ARG: a document a line, offsets in code points, an event is a group of mentions.

Format: https://github.com/THU-KEG/MAVEN-Argument. Frames of one type that are linked as the same
event are one event with several mentions; mentions linked as coreferent are one entity.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.formats import tally as counting
from curate.formats.dealing import AS_WORDS, Json, clusters, drop_attributes, keyed_layers, line
from curate.formats.doors import NO_CANDIDATES, Format, OutFile, Setting
from curate.model.annotation import LinkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.annotation import Argument, Frame, Link, Mention
    from curate.model.schema import EventSchema

_TWICE = "another mention of the event has the same filler in the slot"
_TYPES = "it joins two types"


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """One file with a line for each document."""
    yield OutFile("corpus.maven.jsonl", _lines(records, setting))


def _lines(records: Iterable[Record], setting: Setting) -> Iterator[bytes]:
    for record in records:
        for key, layer in keyed_layers(record):
            yield line(document_of(key, layer, setting.schema, setting.tally))
        setting.tally.wrote(counting.DOCUMENTS)


def document_of(key: str, layer: Layer, schema: EventSchema, tally: Tally) -> Json:
    """A layer as MAVEN-ARG holds it; counts what stands in it."""
    mentions = {m.id: m for m in layer.mentions}
    frames = {f.id: f for f in layer.frames}
    text = layer.document.text
    drop_attributes(layer, tally)
    links = [x for x in layer.links if _alike(x, mentions, frames)]
    tally.wrote(counting.LINKS, len(links))
    tally.drop(counting.LINKS, _TYPES, len(layer.links) - len(links))
    entities = clusters([m.id for m in layer.mentions], links, LinkKind.COREF)
    owner = {atom: f"ENTITY_{group[0]}" for group in entities for atom in group}
    groups = clusters([f.id for f in layer.frames], links, LinkKind.SAME_EVENT)
    numbers = {name: n for n, name in enumerate(schema.event_types)}
    events = [_event([frames[i] for i in g], layer, owner, (numbers, tally)) for g in groups]
    made: Json = {
        "id": key,
        "title": str(layer.document.meta.get("title") or ""),
        "document": text,
        "events": events,
        "entities": [
            {
                "id": owner[group[0]],
                "type": mentions[group[0]].type,
                "mention": [
                    {"id": i, "mention": mentions[i].span.of(text), "offset": _offset(mentions[i])}
                    for i in group
                ],
            }
            for group in entities
        ],
        "negative_triggers": [],
    }
    tally.wrote(counting.MENTIONS, sum(map(len, entities)))
    tally.wrote(counting.FRAMES, sum(map(len, groups)))
    return made


def _offset(mention: Mention) -> list[int]:
    return [mention.span.start, mention.span.end]


def _alike(link: Link, mentions: Mapping[str, Mention], frames: Mapping[str, Frame]) -> bool:
    """Whether a link joins two of one type: an entity or event of the format has one."""
    if link.kind is LinkKind.COREF:
        return mentions[link.source].type == mentions[link.target].type
    return frames[link.source].type == frames[link.target].type


def _event(
    group: Sequence[Frame],
    layer: Layer,
    owner: Mapping[str, str],
    about: tuple[Mapping[str, int], Tally],
) -> Json:
    numbers, tally = about
    slots: dict[str, list[Json]] = {}
    for frame in group:
        for argument in frame.arguments:
            filler = _filler(argument, layer, owner)
            held = slots.setdefault(argument.role, [])
            if filler in held:
                tally.drop(counting.ARGUMENTS, _TWICE)
            else:
                held.append(filler)
    tally.wrote(counting.ARGUMENTS, sum(map(len, slots.values())))
    text = layer.document.text
    return {
        "id": f"EVENT_{group[0].id}",
        "type": group[0].type,
        "type_id": numbers.get(group[0].type, -1),
        "mention": [
            {
                "id": frame.id,
                "trigger_word": frame.trigger.of(text),
                "offset": [frame.trigger.start, frame.trigger.end],
            }
            for frame in group
        ],
        "argument": slots,
    }


def _filler(argument: Argument, layer: Layer, owner: Mapping[str, str]) -> Json:
    """An entity, or the words of anything else."""
    if argument.mention is not None:
        return {"entity_id": owner[argument.mention]}
    span = layer.filler(argument)
    return {"content": span.of(layer.document.text), "offset": [span.start, span.end]}


FORMAT = Format(
    "maven-arg",
    "MAVEN-ARG: a document a line, events and entities as groups of mentions",
    (".maven.jsonl",),
    is_lossless=False,
    write=write,
    keeps=frozenset({counting.DOCUMENTS, counting.MENTIONS, counting.FRAMES}),
    omits=NO_CANDIDATES,
    loses=(
        AS_WORDS,
        "subtypes",
        "which mention of an event had which filler",
        "which mentions of a group were linked to which",
        "metadata, status, notes and items",
    ),
)
