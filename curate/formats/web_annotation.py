"""W3C Web Annotation: a collection a document, as JSON-LD that finds its words again.

Format: https://www.w3.org/TR/annotation-model/. Positions are code points, as the model asks;
beside each stands the quotation with what is before and after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import msgspec

from curate.formats import tally as counting
from curate.formats.doors import FRAMES_WHOLE, NO_CANDIDATES, Format, OutFile, Setting
from curate.formats.layers import layers_of
from curate.formats.names import file_stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.annotation import Argument, Frame, Mention
    from curate.model.schema import EventSchema
    from curate.model.span import Span

Json = dict[str, object]
AROUND: Final = 20
"""Characters quoted before and after."""
CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """A `.jsonld` file for each document and annotator."""
    for record in records:
        for layer in layers_of(record):
            folder = f"{file_stem(layer.annotator)}/" if layer.annotator else ""
            made = collection_of(layer, setting.schema, setting.tally)
            content = msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"
            yield OutFile(f"{folder}{file_stem(record.document.id)}.jsonld", iter([content]))
        setting.tally.wrote(counting.DOCUMENTS)


def collection_of(layer: Layer, schema: EventSchema, tally: Tally) -> Json:
    """A layer as a collection of annotations; counts what stands in it."""
    writer = _Writer(layer, f"urn:curate:{quote(schema.name)}:{quote(schema.version)}:")
    made = writer.collection()
    tally.wrote(counting.MENTIONS, writer.counts[counting.MENTIONS])
    tally.wrote(counting.FRAMES, writer.counts[counting.FRAMES])
    tally.wrote(counting.ARGUMENTS, writer.counts[counting.ARGUMENTS])
    tally.wrote(counting.LINKS, writer.counts[counting.LINKS])
    tally.wrote(counting.ATTRIBUTES, writer.counts[counting.ATTRIBUTES])
    return made


class _Writer:
    """Writes one layer; `names` begins the address of every type and role."""

    def __init__(self, layer: Layer, names: str) -> None:
        self._layer = layer
        self._text = layer.document.text
        self._names = names
        self._source = f"urn:curate:text:{layer.document.sha256}"
        self._base = f"urn:curate:document:{quote(layer.document.id)}"
        if layer.annotator:
            self._base += f":{quote(layer.annotator)}"
        self.counts = dict.fromkeys(FRAMES_WHOLE, 0)

    def collection(self) -> Json:
        """The collection with its one page."""
        items = list(self._items())
        layer = self._layer
        made: Json = {
            "@context": [CONTEXT, {"curate": self._names}],
            "id": self._base,
            "type": "AnnotationCollection",
            "label": layer.document.id,
        }
        if layer.annotator:
            made["creator"] = {"type": "Person", "nickname": layer.annotator}
        page = {"id": f"{self._base}:1", "type": "AnnotationPage", "startIndex": 0, "items": items}
        return {**made, "total": len(items), "first": page}

    def _items(self) -> Iterator[Json]:
        for mention in self._layer.mentions:
            self.counts[counting.MENTIONS] += 1
            yield self._mention(mention)
        for frame in self._layer.frames:
            self.counts[counting.FRAMES] += 1
            yield self._frame(frame)
            for number, argument in enumerate(frame.arguments, 1):
                self.counts[counting.ARGUMENTS] += 1
                yield self._argument(frame, argument, number)
        for number, link in enumerate(self._layer.links, 1):
            self.counts[counting.LINKS] += 1
            ends = [self._address(link.source), self._address(link.target)]
            body: Json = {"type": "SpecificResource", "purpose": "linking", "source": ends[1]}
            yield self._annotation(
                f"link-{number}", "linking", [body, self._named(link.kind)], ends[0]
            )

    def _mention(self, mention: Mention) -> Json:
        kind = mention.type if mention.subtype is None else f"{mention.type}:{mention.subtype}"
        bodies = [self._named(f"entity:{kind}"), *self._attributes(mention.attributes)]
        return self._annotation(mention.id, "classifying", bodies, self._target(mention.span))

    def _frame(self, frame: Frame) -> Json:
        bodies = [self._named(f"event:{frame.type}"), *self._attributes(frame.attributes)]
        return self._annotation(frame.id, "classifying", bodies, self._target(frame.trigger))

    def _argument(self, frame: Frame, argument: Argument, number: int) -> Json:
        named = argument.mention or argument.frame
        body: Json = {"type": "SpecificResource", "purpose": "linking"}
        if named is not None:
            body["source"] = self._address(named)
        else:
            body |= self._target(self._layer.filler(argument))
        bodies = [body, self._named(f"role:{argument.role}")]
        return self._annotation(
            f"{frame.id}:argument-{number}", "linking", bodies, self._address(frame.id)
        )

    def _annotation(self, name: str, why: str, bodies: list[Json], target: object) -> Json:
        return {
            "id": self._address(name),
            "type": "Annotation",
            "motivation": why,
            "body": bodies,
            "target": target,
        }

    def _address(self, name: str) -> str:
        return f"{self._base}#{quote(name)}"

    def _named(self, name: str) -> Json:
        return {
            "type": "SpecificResource",
            "purpose": "classifying",
            "source": f"{self._names}{quote(name, safe=':')}",
        }

    def _attributes(self, attributes: Mapping[str, str]) -> Iterator[Json]:
        for name, value in attributes.items():
            self.counts[counting.ATTRIBUTES] += 1
            yield {
                "type": "TextualBody",
                "purpose": "tagging",
                "curate:attribute": name,
                "value": value,
            }

    def _target(self, span: Span) -> Json:
        before = self._text[max(0, span.start - AROUND) : span.start]
        after = self._text[span.end : span.end + AROUND]
        quoted = {"exact": span.of(self._text), "prefix": before, "suffix": after}
        return {
            "source": self._source,
            "selector": [
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                {"type": "TextQuoteSelector", **quoted},
            ],
        }


FORMAT = Format(
    "web-annotation",
    "W3C Web Annotation: JSON-LD with positions and quotations, a file a document",
    (".jsonld",),
    is_lossless=False,
    write=write,
    is_folder=True,
    keeps=FRAMES_WHOLE,
    omits=NO_CANDIDATES,
    loses=(
        "the text itself: annotations point into it by its hash and quote their words",
        "sentences, metadata, status, notes and items",
    ),
)
