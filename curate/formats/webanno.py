"""WebAnno TSV 3.3: a token a line, spans and slots in columns.

Format: https://inception-project.github.io/releases/latest/docs/user-guide.html (appendix
"WebAnno TSV 3.3"). Offsets are UTF-16 units. The format does not hold what stands between
sentences: `x.txt` beside `x.tsv` does, and `x.json` holds metadata and items.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from curate.formats import tally as counting
from curate.formats.doors import OutFile, Setting, bytes_of
from curate.formats.layers import layers_of
from curate.formats.names import file_stem
from curate.formats.shells import write_shell
from curate.formats.tokens import BLANK, tokens_of
from curate.formats.utf16 import Units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.annotation import Frame
    from curate.model.span import Span

ENTITY: Final = "webanno.custom.CeEntity"
EVENT: Final = "webanno.custom.CeEvent"
WORDS: Final = "webanno.custom.CeSpan"
SLOTS: Final = f"ROLE_{EVENT}:arguments_webanno.custom.CeEventArgumentsLink"
HEADER: Final = (
    "#FORMAT=WebAnno TSV 3.3",
    f"#T_SP={ENTITY}|kind|subtype|attributes",
    f"#T_SP={EVENT}|{SLOTS}|uima.tcas.Annotation|etype|attributes",
    f"#T_SP={WORDS}|role",
)
NOTHING: Final = "*"
_ESCAPED: Final = {
    "\\": "\\\\", "[": "\\[", "]": "\\]", "|": "\\|", "_": "\\_", ";": "\\;", "*": "\\*",
    "\t": "\\t", "\n": "\\n", "\r": "\\r",
}  # fmt: skip


def escaped(value: str) -> str:
    """A value as it stands in a cell."""
    return "".join(_ESCAPED.get(c, c) for c in value).replace("->", "\\->")


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """Three files for each document and annotator."""
    for record in records:
        document = record.document
        for layer in layers_of(record):
            folder = f"{file_stem(layer.annotator)}/" if layer.annotator else ""
            stem = folder + file_stem(document.id)
            lines = "".join(f"{line}\n" for line in _Writer(layer, setting.tally).lines())
            yield OutFile(f"{stem}.tsv", iter([bytes_of(lines, document.id)]))
            yield OutFile(f"{stem}.txt", iter([bytes_of(document.text, document.id)]))
            yield OutFile(f"{stem}.json", iter([f"{write_shell(layer)}\n".encode()]))
        setting.tally.wrote(counting.DOCUMENTS)


class _Writer:
    """Writes one layer; every annotation carries its number."""

    def __init__(self, layer: Layer, tally: Tally) -> None:
        self._layer = layer
        self._tally = tally
        self._tokens = tokens_of(layer)
        self._numbers: dict[str, int] = {}
        self._bare: dict[Span, int] = {}
        self._cells: dict[int, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        """Column → token → values of the annotations stacked there."""

    def lines(self) -> Iterator[str]:
        """Heading, then the sentences."""
        self._place_all()
        tokens, units = self._tokens, Units.of(self._layer.document.text)
        yield from HEADER
        yield ""
        for number, (first, last) in enumerate(tokens.sentences, 1):
            yield ""
            words = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
            for line in words.split("\n"):
                yield "#Text=" + line.replace("\\", "\\\\").replace("\t", "\\t").replace(
                    "\r", "\\r"
                )
            for n in range(first, last):
                place = f"{units.to_units(tokens.starts[n])}-{units.to_units(tokens.ends[n])}"
                cells = ("|".join(self._cells[column][n]) or "_" for column in range(8))
                yield "\t".join([f"{number}-{n - first + 1}", place, tokens.word(n), *cells, ""])

    def _address(self, token: int) -> str:
        sentence = self._tokens.sentence_of(token)
        return f"{sentence + 1}-{token - self._tokens.sentences[sentence][0] + 1}"

    def _put(self, place: tuple[int, int], first: int, values: list[str]) -> None:
        for token in range(*place):
            for column, value in enumerate(values, first):
                self._cells[column][token].append(value)

    def _place_all(self) -> None:
        layer, tally = self._layer, self._tally
        numbers = iter(range(1, 10**9))
        for mention in layer.mentions:
            place = self._tokens.of(mention.span)
            if place is None:
                tally.drop(counting.MENTIONS, BLANK)
                tally.drop(counting.ATTRIBUTES, BLANK, len(mention.attributes))
                continue
            number = self._numbers[mention.id] = next(numbers)
            values = [escaped(mention.type), escaped(mention.subtype or "") or NOTHING]
            values.append(_pairs(mention.attributes))
            self._put(place, 0, [f"{value}[{number}]" for value in values])
            tally.wrote(counting.MENTIONS)
            tally.wrote(counting.ATTRIBUTES, len(mention.attributes))
        for frame in layer.frames:
            if self._tokens.of(frame.trigger) is not None:
                self._numbers[frame.id] = next(numbers)
        for span in sorted({a.span for f in layer.frames for a in f.arguments if a.span}):
            place = self._tokens.of(span)
            if place is not None:
                number = self._bare[span] = next(numbers)
                self._put(place, 7, [f"{NOTHING}[{number}]"])
        for frame in layer.frames:
            self._frame(frame)

    def _frame(self, frame: Frame) -> None:
        number, place = self._numbers.get(frame.id), self._tokens.of(frame.trigger)
        if number is None or place is None:
            self._tally.drop(counting.FRAMES, BLANK)
            left = "their frame was left out"
            self._tally.drop(counting.ARGUMENTS, left, len(frame.arguments))
            self._tally.drop(counting.ATTRIBUTES, left, len(frame.attributes))
            return
        roles: list[str] = []
        targets: list[str] = []
        for argument in frame.arguments:
            where = self._tokens.of(self._layer.filler(argument))
            named = self._numbers.get(argument.mention or argument.frame or "")
            target = self._bare.get(argument.span) if argument.span is not None else named
            if where is None or target is None:
                self._tally.drop(counting.ARGUMENTS, BLANK)
                continue
            roles.append(escaped(argument.role))
            targets.append(f"{self._address(where[0])}[{target}]")
        self._tally.wrote(counting.FRAMES)
        self._tally.wrote(counting.ARGUMENTS, len(targets))
        self._tally.wrote(counting.ATTRIBUTES, len(frame.attributes))
        said = f"{_pairs(frame.attributes)}[{number}]"
        slots = [f"{';'.join(roles) or NOTHING}[{number}]", ";".join(targets) or NOTHING]
        self._put(place, 3, [*slots, f"{escaped(frame.type)}[{number}]", said])


def _pairs(attributes: Mapping[str, str]) -> str:
    """Attributes as one value: `a=b`, a line each."""
    pairs = (
        f"{k}={v.replace(chr(92), chr(92) * 2).replace(chr(10), chr(92) + 'n')}"
        for k, v in attributes.items()
    )
    return escaped("\n".join(pairs)) or NOTHING
