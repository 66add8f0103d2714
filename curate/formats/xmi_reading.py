"""UIMA CAS read back: our own layers and named entities, with nothing trusted in the XML.

A file that declares a document type is refused: XMI needs none, and entities in it could reach
out or grow without end.
"""

from __future__ import annotations

import io
import re
import xml.parsers.expat
from typing import TYPE_CHECKING, Any, Final

from curate.errors import FormatError
from curate.formats.brat_files import STRANGER
from curate.formats.doors import FRAMES_WHOLE, NO_CANDIDATES, Format, needed
from curate.formats.layers import NOBODY, record_of, sorted_layer
from curate.formats.records import Misfit
from curate.formats.shells import clothed, read_shell
from curate.formats.xmi import (
    ENTITY,
    EVENT,
    LINKS,
    META,
    NAMED,
    PACKAGE,
    SENTENCE,
    SHELL,
    SLOT,
    TOKEN,
    TYPES,
    WORDS,
    write,
)
from curate.model.annotation import Argument, Frame, Link, Mention
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.doors import InFile, Setting
    from curate.formats.layers import Layer
    from curate.formats.records import Record

_BROKEN: Final = (ValueError, KeyError, AttributeError, TypeError, IndexError, SyntaxError)
"""What the reader of XMI raises for files that are no CAS."""
LARGEST: Final = 256_000_000
"""Bytes of XML that are read."""


def read_files(files: Iterable[InFile], setting: Setting) -> Iterator[Record]:
    """Read every `.xmi` with the type system that lies beside or above it."""
    listed = list(files)
    systems = {
        f.name.rpartition("/")[0]: f for f in listed if f.name.lower().endswith(TYPES.lower())
    }
    loaded: dict[str, Any] = {}
    wanted = [f for f in listed if f.name.lower().endswith(".xmi")]
    for file in sorted(wanted, key=lambda f: (f.name.rpartition("/")[2], f.name)):
        folder = file.name.rpartition("/")[0]
        while folder not in systems and folder:
            folder = folder.rpartition("/")[0]
        if folder not in systems:
            raise FormatError(
                f"{file.name}: there is no {TYPES} beside or above it", "put it there"
            )
        if folder not in loaded:
            loaded[folder] = _loaded(systems[folder])
        yield record_of(_layer(file, loaded[folder], setting.annotator))


def check_xml(content: bytes, name: str) -> None:
    """Refuse XML that is broken, too large, or declares a document type."""
    if len(content) > LARGEST:
        raise FormatError(f"{name} has {len(content):,} bytes", f"at most {LARGEST:,} are read")
    parser = xml.parsers.expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise FormatError(
            f"{name}:{parser.CurrentLineNumber}: it declares a document type",
            "entities are not read: write the file without <!DOCTYPE …>",
        )

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 (the parser's own face)
    except xml.parsers.expat.ExpatError as error:
        raise FormatError(f"{name}:{error.lineno}: {error}", "write the file anew") from error


def _unknown_type() -> type[Exception]:
    """What dkpro-cassis raises for a type that the type system does not have."""
    kind: type[Exception] = needed("cassis.typesystem", PACKAGE).TypeNotFoundError
    return kind


def _loaded(file: InFile) -> Any:
    cassis = needed("cassis", PACKAGE)
    content = file.content()
    check_xml(content, file.name)
    try:
        return cassis.load_typesystem(io.BytesIO(content))
    except (*_BROKEN, _unknown_type()) as error:
        raise FormatError(f"{file.name} is no type system: {error}", "export it anew") from error


def _layer(file: InFile, system: Any, annotator: str | None) -> Layer:
    cassis = needed("cassis", PACKAGE)
    content = file.content()
    check_xml(content, file.name)
    try:
        cas = cassis.load_cas_from_xmi(io.BytesIO(content), typesystem=system, lenient=True)
        return _Reader(cas, file.name, annotator).layer()
    except (*_BROKEN, _unknown_type()) as error:
        raise FormatError(f"{file.name} is no CAS: {error}", "export it anew") from error


_READ: Final = frozenset(
    {ENTITY, EVENT, NAMED, META, SHELL, SLOT, WORDS, TOKEN, SENTENCE, *LINKS.values()}
)


class _Reader:
    """Reads the layers of a CAS."""

    def __init__(self, cas: Any, name: str, annotator: str | None) -> None:
        self._cas = cas
        self._name = name
        self._annotator = annotator
        self._ids: dict[int, str] = {}
        self._taken: set[str] = set()
        self._misfits: list[Misfit] = []

    def _all(self, name: str) -> list[Any]:
        known = self._cas.typesystem.contains_type(name)
        return list(self._cas.select(name)) if known else []

    def layer(self) -> Layer:
        """The document and what is said of it."""
        text = self._cas.sofa_string or ""
        if not text:
            raise FormatError(f"{self._name} holds no text", "export it anew")
        mentions = tuple(self._mention(e) for e in self._all(ENTITY))
        mentions += tuple(self._named(e) for e in self._all(NAMED) if getattr(e, "value", None))
        events = self._all(EVENT)
        for event in events:
            self._name_of(event, "f")
        frames = tuple(self._frame(event) for event in events)
        links = tuple(
            Link(kind, self._ids[id(x.Governor)], self._ids[id(x.Dependent)])
            for kind, name in LINKS.items()
            for x in self._all(name)
            if id(x.Governor) in self._ids and id(x.Dependent) in self._ids
        )
        self._tell_others()
        return sorted_layer(self._clothed(text, (mentions, frames, links)))

    def _tell_others(self) -> None:
        """Tell of layers that are not read."""
        for kind in self._cas.typesystem.get_types():
            number = 0 if kind.name in _READ else len(list(self._cas.select(kind.name)))
            if number:
                reason = f"the layer {kind.name} is not read"
                self._misfits.append(Misfit(reason, f"{self._name}: {number} annotations"))

    def _clothed(self, text: str, atoms: Any) -> Layer:
        shell = next(iter(self._all(SHELL)), None)
        meta = next(iter(self._all(META)), None)
        identity = None if meta is None else meta.documentId or meta.documentTitle
        read = None if shell is None else read_shell(_unescaped(shell.json), self._name)
        if read is not None and self._annotator and read.annotator:
            read.annotator = self._annotator
        folder, _, file = self._name.rpartition("/")
        stem = file.rpartition(".")[0]
        told = stem if identity and stem != identity else folder.rpartition("/")[2]
        annotator = self._annotator or told or STRANGER
        fallback = (identity or stem, annotator if any(atoms) else NOBODY)
        return clothed(read, text, fallback, atoms, tuple(self._misfits))

    def _name_of(self, atom: Any, letter: str) -> str:
        """The id of an atom: its own, if no other has it."""
        wanted = getattr(atom, "identifier", None) or f"{letter}{len(self._taken) + 1}"
        while wanted in self._taken:
            wanted += "-"
        self._taken.add(wanted)
        self._ids[id(atom)] = wanted
        return wanted

    def _mention(self, entity: Any) -> Mention:
        span = Span(entity.begin, entity.end)
        name = self._name_of(entity, "m")
        return Mention(name, span, entity.kind or "", entity.subtype, _attributes(entity))

    def _named(self, entity: Any) -> Mention:
        return Mention(self._name_of(entity, "m"), Span(entity.begin, entity.end), entity.value)

    def _frame(self, event: Any) -> Frame:
        slots = event.arguments.elements if event.arguments is not None else []
        arguments = tuple(
            self._argument(s) for s in slots if s is not None and s.target is not None
        )
        span = Span(event.begin, event.end)
        return Frame(self._ids[id(event)], event.etype or "", span, arguments, _attributes(event))

    def _argument(self, slot: Any) -> Argument:
        target, role = slot.target, slot.role or ""
        named = self._ids.get(id(target))
        if named is None:
            return Argument(role, span=Span(target.begin, target.end))
        if target.type.name == EVENT:
            return Argument(role, frame=named)
        return Argument(role, mention=named)


_NAMES: Final = frozenset(
    {"begin", "end", "sofa", "kind", "etype", "subtype", "identifier", "attributes", "arguments"}
)


def _attributes(atom: Any) -> dict[str, str]:
    """The pairs that stand as `name=value`, and features of other names."""
    array = getattr(atom, "attributes", None)
    values = (array.elements if array is not None else None) or []
    pairs = (value.partition("=") for value in values if value)
    found = {name: _unescaped(value) for name, _, value in pairs}
    for feature in atom.type.all_features:
        value = None if feature.name in _NAMES else getattr(atom, feature.name, None)
        if isinstance(value, str) and value:
            found.setdefault(feature.name, value)
    return found


def _unescaped(words: str) -> str:
    return re.sub(r"\\(\\|x([0-9a-f]{6}))", lambda m: chr(int(m[2], 16)) if m[2] else "\\", words)


FORMAT = Format(
    "xmi",
    "UIMA CAS as XMI, for INCEpTION and UIMA: a file a document and annotator",
    (".xmi",),
    is_lossless=False,
    read_files=read_files,
    write=write,
    is_folder=True,
    keeps=FRAMES_WHOLE,
    omits=NO_CANDIDATES,
    loses=("what became of candidates", "texts with control characters, which XML cannot hold"),
    needs=PACKAGE,
    has_stable_bytes=False,
)
