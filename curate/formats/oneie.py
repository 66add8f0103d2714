"""ACE as OneIE reads it: a sentence a line, arguments are entity mentions of the sentence.

Format: https://blender.cs.illinois.edu/software/oneie/; token numbers count from the start of
the sentence, ends are exclusive.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.formats import tally as counting
from curate.formats.dealing import (
    NO_ATTRIBUTES,
    NO_BARE_FILLER,
    NO_FRAME_FILLER,
    Json,
    keyed_layers,
    line,
)
from curate.formats.doors import NO_CANDIDATES, Format, OutFile, Setting
from curate.formats.tokens import BLANK, Tokens, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.annotation import Frame, Mention
    from curate.model.span import Span

_CROSSING = "it reaches over the end of a sentence"
_FAR = "the filler stands in another sentence"


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """One file with a line for each sentence."""
    yield OutFile("corpus.oneie.json", _lines(records, setting.tally))


def _lines(records: Iterable[Record], tally: Tally) -> Iterator[bytes]:
    for record in records:
        for key, layer in keyed_layers(record):
            for sentence in sentences_of(key, layer, tally):
                yield line(sentence)
        tally.wrote(counting.DOCUMENTS)


def sentences_of(key: str, layer: Layer, tally: Tally) -> Iterator[Json]:
    """The sentences of a layer as OneIE holds them; counts what stands in them."""
    tokens = tokens_of(layer)
    inside = _Inside(key, layer, tokens, tally)
    text = layer.document.text
    for number, (first, last) in enumerate(tokens.sentences):
        start, end = tokens.starts[first], tokens.ends[last - 1]
        made: Json = {
            "doc_id": key,
            "sent_id": f"{key}-{number}",
            "sentence": text[start:end],
            "tokens": tokens.words(first, last),
            "entity_mentions": inside.mentions(number, first),
            "relation_mentions": [],
            "event_mentions": inside.events(number, first),
        }
        if layer.annotator:
            made["annotator"] = layer.annotator
        yield made


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an atom stands: its sentence and its tokens, counted through the document."""

    sentence: int
    first: int
    last: int


class _Inside:
    """The atoms of a layer by the sentence that holds them whole."""

    def __init__(self, key: str, layer: Layer, tokens: Tokens, tally: Tally) -> None:
        self._key = key
        self._layer = layer
        self._tokens = tokens
        self._tally = tally
        self._mentions = {
            m.id: place
            for m in layer.mentions
            if (place := self._place(m.span, counting.MENTIONS)) is not None
        }
        self._frames = {
            f.id: place
            for f in layer.frames
            if (place := self._place(f.trigger, counting.FRAMES)) is not None
        }
        self._in: dict[int, tuple[list[Mention], list[Frame]]] = defaultdict(lambda: ([], []))
        for mention in layer.mentions:
            if mention.id in self._mentions:
                self._in[self._mentions[mention.id].sentence][0].append(mention)
        for frame in layer.frames:
            if frame.id in self._frames:
                self._in[self._frames[frame.id].sentence][1].append(frame)
        for frame in layer.frames:
            tally.drop(counting.ATTRIBUTES, NO_ATTRIBUTES, len(frame.attributes))
            if frame.id not in self._frames:
                tally.drop(counting.ARGUMENTS, "their frame was left out", len(frame.arguments))
        for mention in layer.mentions:
            tally.drop(counting.ATTRIBUTES, NO_ATTRIBUTES, len(mention.attributes))

    def _place(self, span: Span, kind: str) -> _Place | None:
        found = self._tokens.of(span)
        if found is None:
            self._tally.drop(kind, BLANK)
            return None
        sentence = self._tokens.sentence_of(found[0])
        if found[1] > self._tokens.sentences[sentence][1]:
            self._tally.drop(kind, _CROSSING)
            return None
        return _Place(sentence, *found)

    def mentions(self, sentence: int, first: int) -> list[Json]:
        """The entity mentions of a sentence."""
        text = self._layer.document.text
        places = self._mentions
        made: list[Json] = [
            {
                "id": f"{self._key}-{m.id}",
                "text": m.span.of(text),
                "entity_type": m.type,
                "entity_subtype": m.subtype or "",
                "mention_type": "UNK",
                "start": places[m.id].first - first,
                "end": places[m.id].last - first,
            }
            for m in self._in[sentence][0]
        ]
        self._tally.wrote(counting.MENTIONS, len(made))
        return made

    def events(self, sentence: int, first: int) -> list[Json]:
        """The event mentions of a sentence."""
        made: list[Json] = []
        for frame in self._in[sentence][1]:
            place = self._frames[frame.id]
            arguments = list(self._arguments(frame, sentence))
            self._tally.wrote(counting.ARGUMENTS, len(arguments))
            trigger: Json = {
                "text": frame.trigger.of(self._layer.document.text),
                "start": place.first - first,
                "end": place.last - first,
            }
            made.append(
                {
                    "id": f"{self._key}-{frame.id}",
                    "event_type": frame.type,
                    "trigger": trigger,
                    "arguments": arguments,
                }
            )
        self._tally.wrote(counting.FRAMES, len(made))
        return made

    def _arguments(self, frame: Frame, sentence: int) -> Iterator[Json]:
        for argument in frame.arguments:
            if argument.mention is None:
                reason = NO_FRAME_FILLER if argument.frame else NO_BARE_FILLER
                self._tally.drop(counting.ARGUMENTS, reason)
                continue
            place = self._mentions.get(argument.mention)
            if place is None or place.sentence != sentence:
                self._tally.drop(counting.ARGUMENTS, BLANK if place is None else _FAR)
                continue
            words = self._layer.filler(argument).of(self._layer.document.text)
            yield {
                "entity_id": f"{self._key}-{argument.mention}",
                "text": words,
                "role": argument.role,
            }


FORMAT = Format(
    "oneie",
    "ACE events as OneIE reads them: a sentence a line",
    (".oneie.json",),
    is_lossless=False,
    write=write,
    keeps=frozenset({counting.DOCUMENTS}),
    omits={**NO_CANDIDATES, counting.LINKS: "the format has no links"},
    loses=("the text between sentences", "metadata", "status, notes and items"),
)
