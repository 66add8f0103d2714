"""UIMA CAS as XMI, with the layers that INCEpTION asks for: spans with features, slots as links.

Format: https://uima.apache.org/d/uimaj-current/ref.html#ugr.ref.xmi. Offsets in the file are
UTF-16 units, which dkpro-cassis converts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from curate.errors import FormatError
from curate.formats import tally as counting
from curate.formats.doors import OutFile, Setting, needed
from curate.formats.layers import layers_of
from curate.formats.names import file_stem
from curate.formats.shells import write_shell
from curate.formats.tokens import tokens_of
from curate.model.annotation import LinkKind
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.annotation import Argument, Frame, Mention

PACKAGE: Final = "dkpro-cassis"
_DKPRO: Final = "de.tudarmstadt.ukp.dkpro.core.api."
SENTENCE: Final = f"{_DKPRO}segmentation.type.Sentence"
TOKEN: Final = f"{_DKPRO}segmentation.type.Token"
NAMED: Final = f"{_DKPRO}ner.type.NamedEntity"
META: Final = f"{_DKPRO}metadata.type.DocumentMetaData"
ENTITY: Final = "webanno.custom.CeEntity"
EVENT: Final = "webanno.custom.CeEvent"
SLOT: Final = "webanno.custom.CeEventArgumentsLink"
WORDS: Final = "webanno.custom.CeSpan"
LINKS: Final = {
    LinkKind.COREF: "webanno.custom.CeCoreference",
    LinkKind.SAME_EVENT: "webanno.custom.CeSameEvent",
}
SHELL: Final = "curate.Shell"
TYPES: Final = "TypeSystem.xml"
_ANNOTATION: Final = "uima.tcas.Annotation"
_STRING: Final = "uima.cas.String"
_STRINGS: Final = "uima.cas.StringArray"
NO_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def typesystem() -> Any:
    """The types of the layers."""
    cassis = needed("cassis", PACKAGE)
    system = cassis.TypeSystem(add_document_annotation_type=False)
    for name in (SENTENCE, TOKEN):
        system.create_type(name, supertypeName=_ANNOTATION)
    meta = system.create_type(META, supertypeName=_ANNOTATION)
    for name in ("documentId", "documentTitle"):
        system.create_feature(meta, name, _STRING)
    entity = system.create_type(ENTITY, supertypeName=_ANNOTATION)
    event = system.create_type(EVENT, supertypeName=_ANNOTATION)
    slot = system.create_type(SLOT, supertypeName="uima.cas.TOP")
    system.create_type(WORDS, supertypeName=_ANNOTATION)
    for name in ("kind", "subtype", "identifier"):
        system.create_feature(entity, name, _STRING)
    for name in ("etype", "identifier"):
        system.create_feature(event, name, _STRING)
    for kind in (entity, event):
        system.create_feature(kind, "attributes", _STRINGS)
    system.create_feature(slot, "role", _STRING)
    system.create_feature(slot, "target", _ANNOTATION)
    system.create_feature(event, "arguments", "uima.cas.FSArray", elementType=SLOT)
    for kind_name, ends in ((LINKS[LinkKind.COREF], ENTITY), (LINKS[LinkKind.SAME_EVENT], EVENT)):
        link = system.create_type(kind_name, supertypeName=_ANNOTATION)
        system.create_feature(link, "Governor", ends)
        system.create_feature(link, "Dependent", ends)
    shell = system.create_type(SHELL, supertypeName="uima.cas.TOP")
    system.create_feature(shell, "json", _STRING)
    return system


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """The type system, and an `.xmi` file for each document and annotator."""
    system = typesystem()
    yield OutFile(TYPES, iter([system.to_xml().encode()]))
    for record in records:
        for layer in layers_of(record):
            folder = f"{file_stem(layer.annotator)}/" if layer.annotator else ""
            content = cas_of(layer, system, setting.tally).to_xmi().encode()
            yield OutFile(f"{folder}{file_stem(record.document.id)}.xmi", iter([content]))
        setting.tally.wrote(counting.DOCUMENTS)


def cas_of(layer: Layer, system: Any, tally: Tally) -> Any:
    """A layer as a CAS; counts what stands in it."""
    cassis = needed("cassis", PACKAGE)
    document = layer.document
    found = NO_XML.search(document.text)
    if found is not None:
        raise FormatError(
            f"document {document.id} holds U+{ord(found[0]):04X} at {found.start()}, which XML "
            "cannot hold",
            "another format can: curate formats lists them",
        )
    cas = cassis.Cas(typesystem=system)
    cas.sofa_string, cas.sofa_mime = document.text, "text/plain"
    _Filler(layer, system, cas).fill()
    tally.wrote(counting.MENTIONS, len(cas.select(ENTITY)))
    events = cas.select(EVENT)
    tally.wrote(counting.FRAMES, len(events))
    tally.wrote(counting.ARGUMENTS, sum(len(e.arguments.elements) for e in events))
    said = [*cas.select(ENTITY), *events]
    tally.wrote(counting.ATTRIBUTES, sum(len(a.attributes.elements) for a in said))
    tally.wrote(counting.LINKS, sum(len(cas.select(name)) for name in LINKS.values()))
    return cas


class _Filler:
    """Puts the atoms of a layer into a CAS."""

    def __init__(self, layer: Layer, system: Any, cas: Any) -> None:
        self._layer = layer
        self._system = system
        self._cas = cas

    def _add(self, name: str, span: Span, **features: Any) -> Any:
        made = self._system.get_type(name)(begin=span.start, end=span.end, **features)
        self._cas.add(made)
        return made

    def _strings(self, values: list[str]) -> Any:
        return self._system.get_type(_STRINGS)(elements=values)

    def fill(self) -> None:
        """Document, sentences and tokens, then atoms, then what joins them."""
        layer, document = self._layer, self._layer.document
        self._add(META, layer.whole, documentId=document.id, documentTitle=document.id)
        shell = self._system.get_type(SHELL)(json=_escaped(write_shell(layer)))
        self._cas.add(shell)
        tokens = tokens_of(layer)
        for first, last in tokens.sentences:
            self._add(SENTENCE, Span(tokens.starts[first], tokens.ends[last - 1]))
        for start, end in zip(tokens.starts, tokens.ends, strict=True):
            self._add(TOKEN, Span(start, end))
        made = {m.id: self._mention(m) for m in layer.mentions}
        events = {f.id: self._event(f) for f in layer.frames}
        for frame in layer.frames:
            slots = [self._slot(a, made, events) for a in frame.arguments]
            array = self._system.get_type("uima.cas.FSArray")(elements=slots)
            events[frame.id].arguments = array
        for link in layer.links:
            ends = made if link.kind is LinkKind.COREF else events
            there = ends[link.target]
            where = Span(there.begin, there.end)
            self._add(LINKS[link.kind], where, Governor=ends[link.source], Dependent=there)

    def _mention(self, mention: Mention) -> Any:
        return self._add(
            ENTITY,
            mention.span,
            kind=mention.type,
            subtype=mention.subtype,
            identifier=mention.id,
            attributes=self._strings([f"{k}={_escaped(v)}" for k, v in mention.attributes.items()]),
        )

    def _event(self, frame: Frame) -> Any:
        said = [f"{k}={_escaped(v)}" for k, v in frame.attributes.items()]
        identity = {"etype": frame.type, "identifier": frame.id}
        return self._add(EVENT, frame.trigger, attributes=self._strings(said), **identity)

    def _slot(self, argument: Argument, made: dict[str, Any], events: dict[str, Any]) -> Any:
        if argument.span is not None:
            target = self._add(WORDS, argument.span)
        elif argument.mention is not None:
            target = made[argument.mention]
        else:
            target = events[argument.frame or ""]
        return self._system.get_type(SLOT)(role=argument.role, target=target)


def _escaped(words: str) -> str:
    """Words without what XML cannot hold; a backslash stands for itself twice."""
    doubled = words.replace("\\", "\\\\")
    return NO_XML.sub(lambda m: f"\\x{ord(m[0]):06x}", doubled)
