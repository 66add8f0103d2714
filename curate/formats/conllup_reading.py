"""CoNLL-U Plus read back, ours or another's with columns of these names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import msgspec

from curate.errors import FormatError
from curate.formats import tally as counting
from curate.formats.brat_files import STRANGER
from curate.formats.conllup import ARGUMENTS, COLUMNS, ENTITY, OMITS, TRIGGER, write
from curate.formats.doors import Format
from curate.formats.layers import record_of, sorted_layer
from curate.formats.records import Misfit
from curate.formats.schema_parts import BARE_SPAN
from curate.formats.shells import clothed, read_shell
from curate.model.annotation import Argument, Frame, Mention
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.doors import Setting
    from curate.formats.records import Record

_COMMENT: Final = re.compile(r"#\s*([^=]+?)\s*=\s*(.*)")
_RANGE: Final = re.compile(r"(?:^|\|)TokenRange=(\d+):(\d+)(?:\||$)")
_FEW: Final = "each row has a cell for each of `# global.columns`, parted by tabs"


@dataclass(slots=True)
class _Word:
    """A token: where it stands, and its cells of ours."""

    start: int
    end: int
    cells: Mapping[str, str]


@dataclass(slots=True)
class _Document:
    """A document on its way in."""

    place: str
    said: dict[str, str] = field(default_factory=dict)
    words: list[_Word] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    """The text as far as it is known, where the file does not give it whole."""
    size: int = 0
    covered: tuple[int, int] = (0, 0)
    """Numbers of the words that a surface token stands for, and …"""
    surface: tuple[int, int] = (0, 0)
    """… where it stands."""

    def put(self, words: str) -> tuple[int, int]:
        """Add to the text; return where it stands."""
        self.parts.append(words)
        self.size += len(words)
        return self.size - len(words), self.size


def read(lines: Iterable[bytes], setting: Setting) -> Iterator[Record]:
    """Read documents; raises FormatError with the line."""
    columns: tuple[str, ...] = COLUMNS
    current: _Document | None = None
    for number, raw in enumerate(lines, 1):
        place = f"{setting.name}:{number}"
        try:
            line = raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise FormatError(f"{place}: this is not UTF-8", "save the file as UTF-8") from error
        comment = _COMMENT.fullmatch(line) if line.startswith("#") else None
        if comment is not None and comment[1] == "global.columns":
            columns = tuple(comment[2].split())
        elif comment is not None and comment[1] == "newdoc id":
            if current is not None:
                yield from _records(current, setting)
            current = _Document(place, {"newdoc id": comment[2]})
        elif line:
            current = current or _Document(place)
            _take(current, line, comment, (columns, place))
        elif current is not None:
            current.put("\n")
            current.covered = (0, 0)
    if current is not None:
        yield from _records(current, setting)


def _take(
    current: _Document,
    line: str,
    comment: re.Match[str] | None,
    about: tuple[tuple[str, ...], str],
) -> None:
    columns, place = about
    if comment is not None:
        current.said.setdefault(comment[1], comment[2])
    elif not line.startswith("#"):
        cells = line.split("\t")
        if len(cells) != len(columns):
            raise FormatError(f"{place}: {len(cells)} cells, not {len(columns)}", _FEW)
        _word(current, dict(zip(columns, cells, strict=True)), place)


def _word(current: _Document, cells: dict[str, str], place: str) -> None:
    """Take a token; words of a surface token stand where that stands."""
    number, form, misc = cells.get("ID", ""), cells.get("FORM", ""), cells.get("MISC", "_")
    if "." in number:
        return
    first, dash, last = number.partition("-")
    if not first.isdecimal() or (dash and not last.isdecimal()) or not form:
        raise FormatError(f"{place}: {number!r} {form!r} is no token", _FEW)
    inside = current.covered[0] <= int(first) <= current.covered[1]
    if inside and not dash:
        start, end = current.surface
    else:
        start, end = current.put(form)
        if "SpaceAfter=No" not in misc.split("|"):
            current.put(" ")
    given = _RANGE.search(misc)
    if given is not None:
        start, end = int(given[1]), int(given[2])
    if dash:
        current.covered, current.surface = (int(first), int(last)), (start, end)
        return
    own = {
        c: cells[c] for c in (ENTITY, TRIGGER, ARGUMENTS) if cells.get(c) not in (None, "_", "*")
    }
    current.words.append(_Word(start, end, own))


def _records(current: _Document, setting: Setting) -> Iterator[Record]:
    said = current.said
    text = "".join(current.parts).rstrip("\n")
    if "doc_text" in said:
        try:
            text = msgspec.json.decode(said["doc_text"], type=str)
        except msgspec.MsgspecError as error:
            raise FormatError(f"{current.place}: {error}", "`# doc_text` is JSON") from error
    if not text:
        return
    shell = read_shell(said["curate"], current.place) if "curate" in said else None
    if shell is not None and setting.annotator and shell.annotator:
        shell.annotator = setting.annotator
    annotator = setting.annotator or said.get("annotator") or STRANGER
    misfits: list[Misfit] = []
    mentions, frames = _atoms(current, len(text), misfits)
    identity = said.get("newdoc id")
    made = clothed(shell, text, (identity, annotator), (mentions, frames, ()), tuple(misfits))
    yield record_of(sorted_layer(made))


def _atoms(
    current: _Document, size: int, misfits: list[Misfit]
) -> tuple[tuple[Mention, ...], tuple[Frame, ...]]:
    """The entities and frames that the cells of a document tell of."""
    entities = _spans(current, ENTITY, size)
    triggers = _spans(current, TRIGGER, size)
    slots: dict[str, list[Argument]] = {}
    for word in current.words:
        for cell in filter(None, word.cells.get(ARGUMENTS, "").split(";")):
            frame, role, filler = (*cell.split(":"), "", "")[:3]
            named = filler or _first_at(word, entities) or _first_at(word, triggers)
            argument = _argument(role, named, entities, triggers)
            if argument is None or frame not in triggers:
                misfits.append(Misfit(f"{cell} names what is not there", cell))
            else:
                slots.setdefault(frame, []).append(argument)
    mentions = tuple(
        Mention(f"m{name}", span, *_kind(kind))
        for name, (kind, span) in entities.items()
        if kind != BARE_SPAN
    )
    frames = tuple(
        Frame(name, kind, span, tuple(slots.get(name, ())))
        for name, (kind, span) in triggers.items()
    )
    return mentions, frames


def _kind(label: str) -> tuple[str, str | None]:
    kind, _, subtype = label.partition(":")
    return kind, subtype or None


def _spans(current: _Document, column: str, size: int) -> dict[str, tuple[str, Span]]:
    """Number → type and span, from its first token to its last."""
    kinds: dict[str, str] = {}
    places: dict[str, tuple[int, int]] = {}
    for word in current.words:
        for cell in filter(None, word.cells.get(column, "").split(";")):
            name, _, kind = cell.partition(":")
            kinds.setdefault(name, kind)
            start, end = places.get(name, (word.start, word.end))
            places[name] = min(start, word.start), max(end, word.end)
    for start, end in places.values():
        if not 0 <= start < end <= size:
            raise FormatError(
                f"{current.place}: {start}–{end} is no part of a text of {size}", "see TokenRange"
            )
    return {name: (kinds[name], Span(*place)) for name, place in places.items()}


def _first_at(word: _Word, entities: Mapping[str, tuple[str, Span]]) -> str:
    """What begins at a token, where a cell does not name its filler."""
    return next((name for name, (_, span) in entities.items() if span.start == word.start), "")


def _argument(
    role: str,
    filler: str,
    entities: Mapping[str, tuple[str, Span]],
    triggers: Mapping[str, tuple[str, Span]],
) -> Argument | None:
    if not role:
        return None
    if filler in triggers:
        return Argument(role, frame=filler)
    if filler not in entities:
        return None
    kind, span = entities[filler]
    return Argument(role, span=span) if kind == BARE_SPAN else Argument(role, mention=f"m{filler}")


FORMAT = Format(
    "conllup",
    "CoNLL-U Plus with columns for entities, triggers and slots",
    (".conllup", ".conllu"),
    is_lossless=False,
    read=read,
    write=write,
    keeps=frozenset({counting.DOCUMENTS}),
    omits=OMITS,
    loses=(
        "blanks at the edges of spans",
        "ids, attributes and what became of candidates",
    ),
)
