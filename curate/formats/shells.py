"""What the formats of the field have no place for, kept beside them: all but the atoms.

A shell is a JSON object with a document's id, metadata, origin and sentences, and the items of
an annotator with their status, note and reason. With it a foreign file becomes the document it
was written from; without it, a document is made from the text alone.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from curate.errors import FormatError
from curate.formats.layers import Layer
from curate.model.annotation import Annotation, Status
from curate.model.document import (
    Document,
    MetaValue,
    Origin,
    Sentence,
    SentenceKind,
    document_id,
    text_hash,
)
from curate.model.span import Span

if TYPE_CHECKING:
    from curate.formats.records import Misfit
    from curate.model.annotation import Frame, Link, Mention

FORMAT: Final = "curate-shell/1"


class _Sentence(msgspec.Struct, array_like=True):
    start: int
    end: int
    kind: SentenceKind = SentenceKind.BODY


class _Origin(msgspec.Struct, array_like=True):
    file: str
    start: int
    end: int


class _Part(msgspec.Struct, omit_defaults=True):
    start: int
    end: int
    status: Status = Status.DONE
    note: str | None = None
    reason: str | None = None


class Shell(msgspec.Struct, omit_defaults=True):
    """The shell as it stands in a file."""

    format: Literal["curate-shell/1"]
    id: str
    sha256: str | None = None
    """Of the text that it belongs to."""
    annotator: str = ""
    meta: dict[str, MetaValue] = {}
    origin: _Origin | None = None
    sentences: list[_Sentence] = []
    items: list[_Part] = []


_ENCODER = msgspec.json.Encoder(order="deterministic")
_DECODER = msgspec.json.Decoder(Shell)


def shell_of(layer: Layer) -> Shell:
    """The shell of a layer."""
    document, origin = layer.document, layer.document.origin
    return Shell(
        format=FORMAT,
        id=document.id,
        sha256=document.sha256,
        annotator=layer.annotator,
        meta=dict(document.meta),
        origin=None if origin is None else _Origin(origin.file, origin.start, origin.end),
        sentences=[_Sentence(s.span.start, s.span.end, s.kind) for s in document.sentences],
        items=[_Part(p.item.start, p.item.end, p.status, p.note, p.reason) for p in layer.parts],
    )


def write_shell(layer: Layer) -> str:
    """The shell of a layer as one line of JSON."""
    return _ENCODER.encode(shell_of(layer)).decode()


def read_shell(content: bytes | str, place: str) -> Shell:
    """Read a shell; raises FormatError that names the place."""
    try:
        return _DECODER.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FormatError(
            f"{place}: what curate keeps beside the text is broken: {error}",
            "export anew, or take it out: text and annotations can be read without it",
        ) from error


def clothed(
    shell: Shell | None,
    text: str,
    fallback: tuple[str | None, str],
    atoms: tuple[tuple[Mention, ...], tuple[Frame, ...], tuple[Link, ...]],
    misfits: tuple[Misfit, ...] = (),
) -> Layer:
    """A layer from a shell, a text and the atoms; `fallback` is id and annotator without a shell.

    A shell that was made for another text keeps only its id and metadata.
    """
    mentions, frames, links = atoms
    if shell is None:
        identity, annotator = fallback
        document = Document(identity or document_id(text), text)
        return Layer(document, annotator, (), mentions, frames, links, misfits)
    fits = shell.sha256 in (None, text_hash(text))
    origin = shell.origin
    document = Document(
        shell.id,
        text,
        shell.meta,
        _sentences(shell, text) if fits else (),
        None if origin is None or not fits else Origin(origin.file, origin.start, origin.end),
    )
    parts = tuple(
        Annotation(shell.annotator, Span(p.start, p.end), p.status, note=p.note, reason=p.reason)
        for p in shell.items
        if fits and 0 <= p.start < p.end <= len(text)
    )
    annotator = shell.annotator or (fallback[1] if mentions or frames else "")
    return Layer(document, annotator, parts, mentions, frames, links, misfits)


def _sentences(shell: Shell, text: str) -> tuple[Sentence, ...]:
    kept = [s for s in shell.sentences if 0 <= s.start < s.end <= len(text)]
    ordered = all(a.end <= b.start for a, b in pairwise(kept))
    return tuple(Sentence(Span(s.start, s.end), s.kind) for s in kept) if ordered else ()
