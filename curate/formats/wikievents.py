"""WikiEvents: a document a line, token numbers through the document, ends exclusive.

Format: https://github.com/raspberryice/gen-arg. Coreference is a second file whose lines follow
those of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.formats import tally as counting
from curate.formats.dealing import (
    NO_BARE_FILLER,
    NO_FRAME_FILLER,
    Json,
    clusters,
    drop_attributes,
    keyed_layers,
    line,
)
from curate.formats.doors import NO_CANDIDATES, Format, OutFile, Setting
from curate.formats.spooled import side_by_side
from curate.formats.tokens import BLANK, Tokens, tokens_of
from curate.model.annotation import LinkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.span import Span


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """The documents and, line by line beside them, their coreference."""
    names = ("corpus.wikievents.jsonl", "coref.jsonl")
    return side_by_side(names, _lines(records, setting.tally))


def _lines(records: Iterable[Record], tally: Tally) -> Iterator[tuple[int, bytes]]:
    for record in records:
        for key, layer in keyed_layers(record):
            writer = _Writer(key, layer, tally)
            yield 0, line(writer.document())
            yield 1, line(writer.coreference())
        tally.wrote(counting.DOCUMENTS)


def document_of(key: str, layer: Layer, tally: Tally) -> tuple[Json, Json]:
    """A layer as WikiEvents holds it, and its coreference; counts what stands in them."""
    writer = _Writer(key, layer, tally)
    return writer.document(), writer.coreference()


class _Writer:
    """Writes one layer."""

    def __init__(self, key: str, layer: Layer, tally: Tally) -> None:
        self._key = key
        self._layer = layer
        self._tally = tally
        self._tokens = tokens_of(layer)
        self._there: set[str] = set()

    def document(self) -> Json:
        """The line of the document."""
        tokens, layer = self._tokens, self._layer
        drop_attributes(layer, self._tally)
        mentions = list(self._mentions())
        events = list(self._events())
        self._tally.wrote(counting.MENTIONS, len(mentions))
        self._tally.wrote(counting.FRAMES, len(events))
        return {
            "doc_id": self._key,
            "tokens": tokens.words(0, len(tokens)),
            "text": layer.document.text,
            "sentences": [_sentence(tokens, a, b) for a, b in tokens.sentences],
            "entity_mentions": mentions,
            "relation_mentions": [],
            "event_mentions": events,
        }

    def coreference(self) -> Json:
        """The line of the second file: every entity mention is in one cluster."""
        layer = self._layer
        ids = [m.id for m in layer.mentions if m.id in self._there]
        groups = clusters(ids, list(layer.links), LinkKind.COREF)
        kept = sum(
            x.kind is LinkKind.COREF and {x.source, x.target} <= self._there for x in layer.links
        )
        events = sum(x.kind is not LinkKind.COREF for x in layer.links)
        self._tally.wrote(counting.LINKS, kept)
        self._tally.drop(counting.LINKS, "the format joins entities, not events", events)
        left = len(layer.links) - kept - events
        self._tally.drop(counting.LINKS, "one end was left out", left)
        words = {m.id: m.span.of(layer.document.text) for m in layer.mentions}
        return {
            "doc_key": self._key,
            "clusters": [[self._name(i) for i in group] for group in groups],
            "informative_mentions": [max((words[i] for i in g), key=len) for g in groups],
        }

    def _name(self, atom: str) -> str:
        return f"{self._key}-{atom}"

    def _place(self, span: Span, kind: str) -> Json | None:
        found = self._tokens.of(span)
        if found is None:
            self._tally.drop(kind, BLANK)
            return None
        sentence = self._tokens.sentence_of(found[0])
        words = span.of(self._layer.document.text)
        return {"sent_idx": sentence, "start": found[0], "end": found[1], "text": words}

    def _mentions(self) -> Iterator[Json]:
        for mention in self._layer.mentions:
            place = self._place(mention.span, counting.MENTIONS)
            if place is not None:
                self._there.add(mention.id)
                kind = {"entity_type": mention.type, "mention_type": "UNK"}
                yield {"id": self._name(mention.id), **place, **kind}

    def _events(self) -> Iterator[Json]:
        for frame in self._layer.frames:
            place = self._place(frame.trigger, counting.FRAMES)
            if place is None:
                number = len(frame.arguments)
                self._tally.drop(counting.ARGUMENTS, "their frame was left out", number)
                continue
            arguments: list[Json] = []
            for argument in frame.arguments:
                if argument.mention in self._there:
                    words = self._layer.filler(argument).of(self._layer.document.text)
                    named = self._name(argument.mention or "")
                    arguments.append({"entity_id": named, "role": argument.role, "text": words})
                    continue
                reason = NO_FRAME_FILLER if argument.frame else NO_BARE_FILLER
                self._tally.drop(counting.ARGUMENTS, BLANK if argument.mention else reason)
            self._tally.wrote(counting.ARGUMENTS, len(arguments))
            yield {
                "id": self._name(frame.id),
                "event_type": frame.type,
                "trigger": place,
                "arguments": arguments,
            }


def _sentence(tokens: Tokens, first: int, last: int) -> list[object]:
    words = [[tokens.word(n), tokens.starts[n], tokens.ends[n]] for n in range(first, last)]
    return [words, tokens.text[tokens.starts[first] : tokens.ends[last - 1]]]


FORMAT = Format(
    "wikievents",
    "WikiEvents: a document a line, and coreference in a second file",
    (".wikievents.jsonl",),
    is_lossless=False,
    write=write,
    is_folder=True,
    has_fixed_files=True,
    keeps=frozenset({counting.DOCUMENTS}),
    omits=NO_CANDIDATES,
    loses=(
        "subtypes",
        "which mentions of a group were linked to which",
        "metadata, status, notes and items",
    ),
)
