"""RAMS: an event a line, with the sentences around it; ends inclusive.

Format: https://nlp.jhu.edu/rams/. Token numbers count from the first sentence of the window.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.formats import tally as counting
from curate.formats.dealing import AS_WORDS, NO_ATTRIBUTES, Json, keyed_layers, line
from curate.formats.doors import NO_CANDIDATES, Format, OutFile, Setting
from curate.formats.tokens import BLANK, Tokens, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.annotation import Frame
    from curate.model.schema import EventSchema

AROUND: Final = 2
"""Sentences before and after the trigger's own: five in all, as in RAMS."""
_FAR = "the filler stands more than two sentences away"
LANGUAGE = "ara"


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """One file with a line for each frame."""
    yield OutFile("corpus.rams.jsonl", _lines(records, setting))


def _lines(records: Iterable[Record], setting: Setting) -> Iterator[bytes]:
    for record in records:
        for key, layer in keyed_layers(record):
            yield from map(line, events_of(key, layer, setting.schema, setting.tally))
        setting.tally.wrote(counting.DOCUMENTS)


def events_of(key: str, layer: Layer, schema: EventSchema, tally: Tally) -> Iterator[Json]:
    """The frames of a layer as RAMS holds them; counts what stands in them."""
    tokens = tokens_of(layer)
    numbers = {name: n for n, name in enumerate(schema.event_types, 1)}
    held: set[str] = set()
    for mention in layer.mentions:
        tally.drop(counting.ATTRIBUTES, NO_ATTRIBUTES, len(mention.attributes))
    for frame in layer.frames:
        tally.drop(counting.ATTRIBUTES, NO_ATTRIBUTES, len(frame.attributes))
        trigger = tokens.of(frame.trigger)
        if trigger is None:
            tally.drop(counting.FRAMES, BLANK)
            tally.drop(counting.ARGUMENTS, "their frame was left out", len(frame.arguments))
            continue
        yield _event(key, layer, frame, (tokens, trigger, numbers), (held, tally))
        tally.wrote(counting.FRAMES)
    tally.wrote(counting.MENTIONS, len(held))
    tally.drop(counting.MENTIONS, "no frame here holds them", len(layer.mentions) - len(held))


def _event(
    key: str,
    layer: Layer,
    frame: Frame,
    place: tuple[Tokens, tuple[int, int], dict[str, int]],
    counts: tuple[set[str], Tally],
) -> Json:
    tokens, trigger, numbers = place
    held, tally = counts
    home = tokens.sentence_of(trigger[0])
    window = tokens.sentences[max(0, home - AROUND) : home + AROUND + 1]
    first, last = window[0][0], window[-1][1]
    slots: dict[str, int] = {}
    spans: list[object] = []
    links: list[object] = []
    here = [trigger[0] - first, min(trigger[1], last) - 1 - first]
    for argument in frame.arguments:
        found = tokens.of(layer.filler(argument))
        if found is None or found[0] < first or found[1] > last:
            tally.drop(counting.ARGUMENTS, BLANK if found is None else _FAR)
            continue
        slot = slots.setdefault(argument.role, len(slots) + 1)
        name = f"evt{numbers.get(frame.type, 0):03d}arg{slot:02d}{argument.role.lower()}"
        span = [found[0] - first, found[1] - 1 - first]
        spans.append([*span, [[name, 1.0]]])
        links.append([here, span, name])
        if argument.mention is not None:
            held.add(argument.mention)
    tally.wrote(counting.ARGUMENTS, len(links))
    meta = layer.document.meta
    return {
        "doc_key": f"{key}-{frame.id}",
        "sentences": [tokens.words(a, b) for a, b in window],
        "evt_triggers": [[*here, [[frame.type, 1.0]]]],
        "ent_spans": spans,
        "gold_evt_links": links,
        "split": str(meta.get("split") or "train"),
        "source_url": str(meta.get("url") or ""),
        "language_id": LANGUAGE,
    }


FORMAT = Format(
    "rams",
    "RAMS: an event a line, with five sentences around it",
    (".rams.jsonl",),
    is_lossless=False,
    write=write,
    keeps=frozenset({counting.DOCUMENTS}),
    omits={**NO_CANDIDATES, counting.LINKS: "the format has no links"},
    loses=(
        AS_WORDS,
        "entity types and subtypes",
        "capital letters in the names of roles",
        "the text between tokens, metadata, status, notes and items",
    ),
)
