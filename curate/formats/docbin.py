"""spaCy: a DocBin whose documents carry mentions and triggers as spans, frames as user data.

`doc.text` is the text to the letter: blanks that spaCy does not imply are tokens. Span groups
`mentions` and `triggers` hold the spans with their type as label and their id as `span_id`;
`doc.ents` holds mentions that do not overlap; `doc.user_data["curate"]` holds the rest.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Any, Final

import msgspec

from curate.errors import FormatError
from curate.formats import tally as counting
from curate.formats.brat_files import STRANGER
from curate.formats.doors import (
    FRAMES_WHOLE,
    NO_CANDIDATES,
    Format,
    InFile,
    OutFile,
    Setting,
    bytes_of,
    needed,
)
from curate.formats.layers import NOBODY, Layer, layers_of, record_of, sorted_layer
from curate.formats.records import Misfit
from curate.formats.shells import clothed, read_shell, write_shell
from curate.formats.tokens import tokens_of
from curate.model.annotation import Argument, Frame, Link, LinkKind, Mention
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.records import Record
    from curate.formats.tally import Tally

Json = dict[str, Any]
PACKAGE: Final = "spaCy"
KEY: Final = "curate"
MENTIONS: Final = "mentions"
TRIGGERS: Final = "triggers"
SHARD: Final = 2000
"""Documents in a file."""


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """Files of up to `SHARD` documents, one `Doc` for each document and annotator."""
    tokens, spacy_vocab = needed("spacy.tokens", PACKAGE), needed("spacy.vocab", PACKAGE)
    vocabulary = spacy_vocab.Vocab()
    bin_, number = tokens.DocBin(store_user_data=True), 1
    for record in records:
        for layer in layers_of(record):
            bytes_of(record.document.text, record.document.id)
            bin_.add(doc_of(layer, vocabulary, setting.tally))
        setting.tally.wrote(counting.DOCUMENTS)
        if len(bin_) >= SHARD:
            yield _file(bin_, number)
            bin_, number = tokens.DocBin(store_user_data=True), number + 1
    if len(bin_) or number == 1:
        yield _file(bin_, number)


def _file(bin_: Any, number: int) -> OutFile:
    return OutFile(f"corpus-{number:05d}.spacy", iter([bin_.to_bytes()]))


def doc_of(layer: Layer, vocabulary: Any, tally: Tally) -> Any:
    """A layer as a `Doc`; counts what stands in it."""
    tokens = needed("spacy.tokens", PACKAGE)
    words, spaces, starts, ends = _pieces(layer)
    doc = tokens.Doc(vocabulary, words=words, spaces=spaces)
    if doc.text != layer.document.text:
        raise FormatError(
            f"spaCy gives another text back for document {layer.document.id}", "report this"
        )
    first = {start: n for n, start in enumerate(starts)}
    last = {end: n + 1 for n, end in enumerate(ends)}

    def span(where: Span, label: str, atom: str) -> Any:
        return tokens.Span(doc, first[where.start], last[where.end], label=label, span_id=atom)

    doc.spans[MENTIONS] = [span(m.span, m.type, m.id) for m in layer.mentions]
    doc.spans[TRIGGERS] = [span(f.trigger, f.type, f.id) for f in layer.frames]
    doc.ents = _apart(doc.spans[MENTIONS])
    doc.user_data[KEY] = _rest(layer)
    _count(doc, tally)
    return doc


def _pieces(layer: Layer) -> tuple[list[str], list[bool], list[int], list[int]]:
    """Words that make up the text, whether a blank follows each, and where they stand."""
    text, tokens = layer.document.text, tokens_of(layer)
    spans = [m.span for m in layer.mentions] + [f.trigger for f in layer.frames]
    begins = {span.start for span in spans}
    finishes = {span.end for span in spans}
    words: list[str] = []
    spaces: list[bool] = []
    starts: list[int] = []
    ends: list[int] = []

    def add(start: int, end: int) -> None:
        words.append(text[start:end])
        spaces.append(False)
        starts.append(start)
        ends.append(end)

    def blanks(start: int, end: int) -> None:
        implied = words and start not in begins and start + 1 not in finishes
        if implied and start < end and text[start] == " ":
            spaces[-1] = True
            start += 1
        cuts = sorted(e for e in begins | finishes if start < e < end) if start < end else []
        for cut in cuts:
            add(start, cut)
            start = cut
        if start < end:
            add(start, end)

    done = 0
    for start, end in zip(tokens.starts, tokens.ends, strict=True):
        blanks(done, start)
        add(start, end)
        done = end
    blanks(done, len(text))
    return words, spaces, starts, ends


def _apart(spans: Iterable[Any]) -> list[Any]:
    """The longest spans that do not overlap, earlier ones first among equals."""
    kept: list[Any] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda s: (s.start - s.end, s.start, s.label_)):
        here = set(range(span.start, span.end))
        if not here & taken:
            taken |= here
            kept.append(span)
    return sorted(kept, key=lambda s: s.start)


def _rest(layer: Layer) -> Json:
    """What spans cannot hold, as plain values."""
    return {
        "shell": write_shell(layer),
        "document": layer.document.id,
        "annotator": layer.annotator,
        "mentions": {
            m.id: {"subtype": m.subtype, "attributes": dict(m.attributes)} for m in layer.mentions
        },
        "frames": [
            {
                "id": f.id,
                "type": f.type,
                "arguments": [_argument(a) for a in f.arguments],
                "attributes": dict(f.attributes),
            }
            for f in layer.frames
        ],
        "links": [[x.kind.value, x.source, x.target] for x in layer.links],
    }


def _argument(argument: Argument) -> Json:
    """Role and filler; a bare span by its characters."""
    if argument.span is not None:
        return {"role": argument.role, "start": argument.span.start, "end": argument.span.end}
    if argument.mention is not None:
        return {"role": argument.role, "mention": argument.mention}
    return {"role": argument.role, "frame": argument.frame}


def _count(doc: Any, tally: Tally) -> None:
    """Count what stands in a document."""
    rest = doc.user_data[KEY]
    tally.wrote(counting.MENTIONS, len(doc.spans[MENTIONS]))
    tally.wrote(counting.FRAMES, len(doc.spans[TRIGGERS]))
    tally.wrote(counting.ARGUMENTS, sum(len(f["arguments"]) for f in rest["frames"]))
    pairs = [*rest["mentions"].values(), *rest["frames"]]
    tally.wrote(counting.ATTRIBUTES, sum(len(a["attributes"]) for a in pairs))
    tally.wrote(counting.LINKS, len(rest["links"]))


def read_files(files: Iterable[InFile], setting: Setting) -> Iterator[Record]:
    """Read every `.spacy` file: documents of curate, or any with entities or span groups."""
    for file in files:
        if file.name.lower().endswith(".spacy"):
            yield from read(file.content(), file.name, setting.annotator)


def read(content: bytes, name: str, annotator: str | None = None) -> Iterator[Record]:
    """Read one file; raises FormatError."""
    tokens, spacy_vocab = needed("spacy.tokens", PACKAGE), needed("spacy.vocab", PACKAGE)
    try:
        docs = list(
            tokens.DocBin(store_user_data=True).from_bytes(content).get_docs(spacy_vocab.Vocab())
        )
    except (ValueError, TypeError, KeyError, IndexError, EOFError, zlib.error) as error:
        raise FormatError(
            f"{name} is no DocBin: {error}", "write it with DocBin.to_disk"
        ) from error
    for number, doc in enumerate(docs, 1):
        if doc.text:
            yield record_of(_layer(doc, f"{name}: document {number}", annotator))


def _layer(doc: Any, place: str, annotator: str | None) -> Layer:
    rest = doc.user_data.get(KEY)
    if not isinstance(rest, dict) or not isinstance(rest.get("shell"), str):
        return _foreign(doc, annotator or STRANGER)
    shell = read_shell(rest["shell"], place)
    shell.annotator = annotator if annotator and shell.annotator else shell.annotator
    misfits: list[Misfit] = []
    try:
        frames = _frames(doc, rest, misfits)
        mentions = tuple(_mention(span, rest) for span in doc.spans.get(MENTIONS, ()))
        links = tuple(Link(LinkKind(kind), a, b) for kind, a, b in rest["links"])
    except (KeyError, ValueError, TypeError, msgspec.MsgspecError) as error:
        raise FormatError(f"{place}: {error}", "leave user_data as curate wrote it") from error
    made = clothed(shell, doc.text, (None, NOBODY), (mentions, frames, links), tuple(misfits))
    return sorted_layer(made)


def _where(span: Any) -> Span:
    return Span(span.start_char, span.end_char)


def _name(span: Any) -> str:
    return span.id_ or f"{span.label_}-{span.start_char}-{span.end_char}"


def _mention(span: Any, rest: Json) -> Mention:
    more = rest["mentions"].get(span.id_, {})
    attributes = dict(more.get("attributes", {}))
    return Mention(_name(span), _where(span), span.label_, more.get("subtype"), attributes)


def _frames(doc: Any, rest: Json, misfits: list[Misfit]) -> tuple[Frame, ...]:
    """A frame for each trigger; what is said of a frame without one is a misfit."""
    said = {frame["id"]: frame for frame in rest["frames"]}
    found = []
    for span in doc.spans.get(TRIGGERS, ()):
        more = said.pop(span.id_, {})
        arguments = tuple(_read_argument(a) for a in more.get("arguments", ()))
        attributes = dict(more.get("attributes", {}))
        found.append(Frame(_name(span), span.label_, _where(span), arguments, attributes))
    misfits += [
        Misfit(f"frame {atom} has no trigger any more", repr(m)) for atom, m in said.items()
    ]
    return tuple(found)


def _read_argument(value: Json) -> Argument:
    if "start" in value:
        return Argument(value["role"], span=Span(value["start"], value["end"]))
    return Argument(value["role"], value.get("mention"), value.get("frame"))


def _foreign(doc: Any, annotator: str) -> Layer:
    """A document that curate did not write: entities and the spans of every group as mentions."""
    spans = [*doc.ents, *(span for group in doc.spans.values() for span in group)]
    unique = {(_where(s), s.label_): s for s in spans if s.end_char > s.start_char}
    mentions = tuple(Mention(f"m{n}", where, label) for n, (where, label) in enumerate(unique, 1))
    made = clothed(None, doc.text, (None, annotator), (mentions, (), ()))
    return sorted_layer(made)


FORMAT = Format(
    "spacy",
    "spaCy DocBin: mentions and triggers as span groups, frames in user data",
    (".spacy",),
    is_lossless=False,
    read_files=read_files,
    write=write,
    is_folder=True,
    keeps=FRAMES_WHOLE,
    omits=NO_CANDIDATES,
    loses=(
        "what became of candidates",
        "in `doc.ents`: mentions that overlap a longer one (`doc.spans` has them all)",
    ),
    needs=PACKAGE,
    has_stable_bytes=False,
)
