"""CoNLL-U Plus with columns for entities, triggers and the slots of frames.

Format: https://universaldependencies.org/ext-format.html. An entity is `n:TYPE` on its first token
and `n` on the others, a trigger `Vn:TYPE`, a filler `Vn:ROLE:m` where m names the entity or frame;
words that fill a slot without a type are an entity of the type `SPAN`. Offsets stand in MISC as
`TokenRange`; the comments `# curate` and `# doc_text` keep the rest of the document.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final

import msgspec

from curate.formats import tally as counting
from curate.formats.dealing import drop_attributes
from curate.formats.doors import NO_CANDIDATES, OutFile, Setting, bytes_of
from curate.formats.layers import NOBODY, layers_of
from curate.formats.schema_parts import BARE_SPAN
from curate.formats.shells import write_shell
from curate.formats.tokens import BLANK, Tokens, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.annotation import Argument, Frame
    from curate.model.span import Span

ENTITY: Final = "CE:ENTITY"
TRIGGER: Final = "CE:TRIGGER"
ARGUMENTS: Final = "CE:ARGS"
COLUMNS: Final = (
    *("ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"),
    *(ENTITY, TRIGGER, ARGUMENTS),
)
NOTHING: Final = "*"
"""An annotated column without a value."""


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """One file, a document after the other."""
    yield OutFile("corpus.conllup", _lines(records, setting.tally))


def _lines(records: Iterable[Record], tally: Tally) -> Iterator[bytes]:
    yield f"# global.columns = {' '.join(COLUMNS)}\n".encode()
    for record in records:
        for layer in layers_of(record):
            content = "".join(_Writer(layer, tally).lines())
            yield bytes_of(content, record.document.id)
        tally.wrote(counting.DOCUMENTS)


class _Writer:
    """Writes one layer."""

    def __init__(self, layer: Layer, tally: Tally) -> None:
        self._layer = layer
        self._tally = tally
        self._tokens: Tokens = tokens_of(layer)
        self._cells: dict[str, dict[int, list[str]]] = {
            name: defaultdict(list) for name in (ENTITY, TRIGGER, ARGUMENTS)
        }
        self._names: dict[str, str] = {}
        self._bare: dict[Span, str] = {}
        self._count = 0

    def lines(self) -> Iterator[str]:
        """The sentences of the layer."""
        self._place_all()
        layer, tokens = self._layer, self._tokens
        said = [f"# newdoc id = {one_line(layer.document.id)}"]
        if layer.annotator != NOBODY:
            said.append(f"# annotator = {one_line(layer.annotator)}")
        said.append(f"# curate = {write_shell(layer)}")
        said.append(f"# doc_text = {msgspec.json.encode(layer.document.text).decode()}")
        for number, (first, last) in enumerate(tokens.sentences or [(0, 0)], 1):
            yield from (f"{line}\n" for line in said)
            said = []
            yield f"# sent_id = {one_line(layer.document.id)}-{number}\n"
            if first < last:
                words = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
                yield f"# text = {one_line(words)}\n"
            for n in range(first, last):
                yield self._row(n, n - first + 1, is_last=n + 1 == last)
            yield "\n"

    def _row(self, n: int, number: int, *, is_last: bool) -> str:
        tokens = self._tokens
        where = f"TokenRange={tokens.starts[n]}:{tokens.ends[n]}"
        misc = where if is_last or tokens.is_spaced(n) else f"SpaceAfter=No|{where}"
        own = (";".join(self._cells[c][n]) or NOTHING for c in (ENTITY, TRIGGER, ARGUMENTS))
        return "\t".join([str(number), tokens.word(n), *"_" * 7, misc, *own]) + "\n"

    def _place_all(self) -> None:
        layer, tally = self._layer, self._tally
        drop_attributes(layer, tally)
        for mention in layer.mentions:
            kind = mention.type if mention.subtype is None else f"{mention.type}:{mention.subtype}"
            name = self._entity(mention.span, kind)
            if name is None:
                tally.drop(counting.MENTIONS, BLANK)
            else:
                self._names[mention.id] = name
                tally.wrote(counting.MENTIONS)
        for number, frame in enumerate(layer.frames, 1):
            place = self._tokens.of(frame.trigger)
            if place is None:
                tally.drop(counting.FRAMES, BLANK)
                continue
            self._names[frame.id] = f"V{number}"
            self._mark(TRIGGER, place, f"V{number}", frame.type)
            tally.wrote(counting.FRAMES)
        for frame in layer.frames:
            self._slots(frame)

    def _mark(self, column: str, place: tuple[int, int], name: str, kind: str) -> None:
        for n in range(*place):
            self._cells[column][n].append(f"{name}:{kind}" if n == place[0] else name)

    def _entity(self, span: Span, kind: str) -> str | None:
        """Mark a span as an entity; None for nothing but blanks."""
        place = self._tokens.of(span)
        if place is None:
            return None
        self._count += 1
        self._mark(ENTITY, place, str(self._count), kind)
        return str(self._count)

    def _slots(self, frame: Frame) -> None:
        name = self._names.get(frame.id)
        if name is None:
            number = len(frame.arguments)
            self._tally.drop(counting.ARGUMENTS, "their frame was left out", number)
            return
        for argument in frame.arguments:
            filler = self._filler(argument)
            place = self._tokens.of(self._layer.filler(argument))
            if filler is None or place is None:
                self._tally.drop(counting.ARGUMENTS, BLANK)
                continue
            self._cells[ARGUMENTS][place[0]].append(f"{name}:{argument.role}:{filler}")
            self._tally.wrote(counting.ARGUMENTS)

    def _filler(self, argument: Argument) -> str | None:
        if argument.span is None:
            return self._names.get(argument.mention or argument.frame or "")
        if argument.span not in self._bare:
            name = self._entity(argument.span, BARE_SPAN)
            if name is None:
                return None
            self._bare[argument.span] = name
        return self._bare[argument.span]


def one_line(words: str) -> str:
    """Words without line ends, for a comment."""
    return re.sub(r"\s+", " ", words).strip()


OMITS: Final = {**NO_CANDIDATES, counting.LINKS: "the format has no links"}
