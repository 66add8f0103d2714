"""DyGIE++: a document a line, token numbers through the document, ends inclusive.

Format: https://github.com/dwadden/dygiepp/blob/master/doc/data.md. Keys that begin with `_` are
for people: readers pass over them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.formats import tally as counting
from curate.formats.dealing import (
    NO_ATTRIBUTES,
    NO_FRAME_FILLER,
    Json,
    clusters,
    keyed_layers,
    line,
)
from curate.formats.doors import NO_CANDIDATES, Format, OutFile, Setting
from curate.formats.tokens import BLANK, tokens_of
from curate.model.annotation import LinkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.annotation import Argument, Frame
    from curate.model.span import Span

_CROSSING = "it reaches over the end of a sentence"
_FAR = "the filler stands in another sentence"


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """One file with a line for each document."""
    yield OutFile("corpus.dygie.jsonl", _lines(records, setting))


def _lines(records: Iterable[Record], setting: Setting) -> Iterator[bytes]:
    for record in records:
        for key, layer in keyed_layers(record):
            yield line(document_of(key, layer, setting.schema.name, setting.tally))
        setting.tally.wrote(counting.DOCUMENTS)


def document_of(key: str, layer: Layer, dataset: str, tally: Tally) -> Json:
    """A layer as DyGIE++ holds it; counts what stands in it."""
    return _Writer(layer, tally).document(key, dataset)


class _Writer:
    """Puts the atoms of a layer into lists parallel to its sentences."""

    def __init__(self, layer: Layer, tally: Tally) -> None:
        self._layer = layer
        self._tally = tally
        self._tokens = tokens_of(layer)
        count = len(self._tokens.sentences)
        self._ner: list[list[list[object]]] = [[] for _ in range(count)]
        self._events: list[list[list[list[object]]]] = [[] for _ in range(count)]
        self._triggers: list[list[list[int]]] = [[] for _ in range(count)]
        self._spans: dict[str, list[int]] = {}

    def document(self, key: str, dataset: str) -> Json:
        """The line of the document."""
        tokens, layer = self._tokens, self._layer
        for mention in layer.mentions:
            self._tally.drop(counting.ATTRIBUTES, NO_ATTRIBUTES, len(mention.attributes))
            place = self._place(mention.span, counting.MENTIONS)
            if place is not None:
                self._ner[place[0]].append([*place[1], mention.type])
                self._spans[mention.id] = place[1]
        for frame in layer.frames:
            self._frame(frame)
        self._tally.wrote(counting.MENTIONS, sum(map(len, self._ner)))
        self._tally.wrote(counting.FRAMES, sum(map(len, self._events)))
        held = sum(len(event) - 1 for events in self._events for event in events)
        self._tally.wrote(counting.ARGUMENTS, held)
        made: Json = {
            "doc_key": key,
            "dataset": dataset,
            "sentences": [tokens.words(a, b) for a, b in tokens.sentences],
            "ner": self._ner,
            "relations": [[] for _ in tokens.sentences],
            "events": self._events,
            "clusters": self._clusters([m.id for m in layer.mentions], LinkKind.COREF),
            "event_clusters": self._clusters([f.id for f in layer.frames], LinkKind.SAME_EVENT),
            "_char_offsets": [
                [[tokens.starts[n], tokens.ends[n]] for n in range(a, b)]
                for a, b in tokens.sentences
            ],
            "_trigger_spans": self._triggers,
        }
        if layer.annotator:
            made["_annotator"] = [layer.annotator for _ in tokens.sentences]
        return made

    def _place(self, span: Span, kind: str) -> tuple[int, list[int]] | None:
        """Sentence and inclusive tokens of a span, or None where it has no such place."""
        found = self._tokens.of(span)
        if found is None:
            self._tally.drop(kind, BLANK)
            return None
        sentence = self._tokens.sentence_of(found[0])
        if found[1] > self._tokens.sentences[sentence][1]:
            self._tally.drop(kind, _CROSSING)
            return None
        return sentence, [found[0], found[1] - 1]

    def _frame(self, frame: Frame) -> None:
        self._tally.drop(counting.ATTRIBUTES, NO_ATTRIBUTES, len(frame.attributes))
        place = self._place(frame.trigger, counting.FRAMES)
        if place is None:
            self._tally.drop(counting.ARGUMENTS, "their frame was left out", len(frame.arguments))
            return
        sentence, tokens = place
        event: list[list[object]] = [[tokens[-1], frame.type]]
        for argument in frame.arguments:
            filler = self._filler(argument, sentence)
            if filler is not None:
                event.append([*filler, argument.role])
        self._events[sentence].append(event)
        self._triggers[sentence].append(tokens)
        self._spans[frame.id] = tokens

    def _filler(self, argument: Argument, sentence: int) -> list[int] | None:
        if argument.frame is not None:
            self._tally.drop(counting.ARGUMENTS, NO_FRAME_FILLER)
            return None
        place = self._place(self._layer.filler(argument), counting.ARGUMENTS)
        if place is not None and place[0] != sentence:
            self._tally.drop(counting.ARGUMENTS, _FAR)
            return None
        return None if place is None else place[1]

    def _clusters(self, ids: list[str], kind: LinkKind) -> list[list[list[int]]]:
        """Spans that links join; what stands alone is in none."""
        links = [x for x in self._layer.links if x.kind is kind]
        there = [x for x in links if x.source in self._spans and x.target in self._spans]
        self._tally.wrote(counting.LINKS, len(there))
        self._tally.drop(counting.LINKS, "one end was left out", len(links) - len(there))
        groups = clusters([i for i in ids if i in self._spans], there, kind)
        return [[self._spans[i] for i in group] for group in groups if len(group) > 1]


FORMAT = Format(
    "dygie",
    "DyGIE++: a document a line, with events, entities and coreference",
    (".dygie.jsonl",),
    is_lossless=False,
    write=write,
    keeps=frozenset({counting.DOCUMENTS}),
    omits=NO_CANDIDATES,
    loses=(
        "all but the last token of a trigger (`_trigger_spans` has them)",
        "subtypes",
        "which mentions of a group were linked to which",
        "the text between tokens, metadata, status, notes and items",
    ),
)
