"""Columns of BIO tags read back: entities of CoNLL-2003, and tables with frames."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

from curate.errors import FormatError
from curate.formats import tally as counting
from curate.formats.bio import NO_FRAMES, TRIGGER, Tagged, runs_of, write_bio, write_conll2003
from curate.formats.brat_files import STRANGER
from curate.formats.doors import NO_CANDIDATES, Format, gap_of
from curate.formats.layers import Layer, record_of, sorted_layer
from curate.formats.shells import clothed, read_shell
from curate.model.annotation import Argument, Frame, Mention
from curate.model.document import Sentence
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.formats.doors import Setting
    from curate.formats.records import Record
    from curate.model.schema import EventSchema

_COMMENT: Final = re.compile(r"# (newdoc id|annotator|curate|doc_text) = (.*)")
_HEADING: Final = re.compile(r"# ?tok(?:en)?\tstart\tend\t")


def _decoded(lines: Iterable[bytes], name: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        try:
            yield number, line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise FormatError(f"{name}:{number}: this is not UTF-8", "save it as UTF-8") from error


@dataclass(slots=True)
class _Words:
    """The sentences of a document on their way in: words, and the tag of each."""

    sentences: list[list[tuple[str, str]]] = field(default_factory=lambda: [[]])

    def add(self, word: str, tag: str) -> None:
        """Take a token."""
        self.sentences[-1].append((word, tag))

    def end(self) -> None:
        """End the sentence."""
        if self.sentences[-1]:
            self.sentences.append([])

    def layer(self, annotator: str) -> Layer | None:
        """The document: words parted by blanks, sentences by line ends."""
        starts: list[int] = []
        ends: list[int] = []
        tags: list[str] = []
        breaks: list[int] = []
        parts: list[str] = []
        at = 0
        for sentence in filter(None, self.sentences):
            breaks.append(len(tags))
            for word, tag in sentence:
                starts.append(at)
                at += len(word)
                ends.append(at)
                at += 1
                tags.append(tag)
            parts.append(" ".join(word for word, _ in sentence))
        if not parts:
            return None
        mentions = tuple(
            Mention(f"m{n}", Span(starts[run.first], ends[run.last - 1]), *_kind(run.label))
            for n, run in enumerate(runs_of(tags, breaks), 1)
        )
        made = clothed(None, "\n".join(parts), (None, annotator), (mentions, (), ()))
        sentences = (
            Sentence(Span(starts[a], ends[b - 1])) for a, b in pairwise([*breaks, len(tags)])
        )
        return replace(made, document=replace(made.document, sentences=tuple(sentences)))


def _kind(label: str) -> tuple[str, str | None]:
    kind, _, subtype = label.partition(":")
    return kind, subtype or None


def read_conll2003(lines: Iterable[bytes], setting: Setting) -> Iterator[Record]:
    """Read columns parted by blanks or tabs: the first is the word, the last its tag."""
    annotator = setting.annotator or STRANGER
    words = _Words()
    for number, line in _decoded(lines, setting.name):
        cells = line.split()
        if line.startswith("-DOCSTART-"):
            layer = words.layer(annotator)
            if layer is not None:
                yield record_of(layer)
            words = _Words()
        elif not cells:
            words.end()
        elif line.startswith("# "):
            continue
        elif len(cells) < 2 or not re.fullmatch(r"O|[BIES]-\S+", cells[-1]):
            raise FormatError(
                f"{setting.name}:{number}: the last column is no tag: {line[:60]}",
                "each line is a word and its tag, O, B-TYPE or I-TYPE, with columns between",
            )
        else:
            words.add(cells[0], cells[-1])
    layer = words.layer(annotator)
    if layer is not None:
        yield record_of(layer)


@dataclass(slots=True)
class _Table:
    """One document of a table with frames, as it stands in the file."""

    place: str
    said: dict[str, str] = field(default_factory=dict)
    heads: list[tuple[int, list[str]]] = field(default_factory=list)
    """Headings, each with the number of the row from which it holds."""
    rows: list[list[str]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)

    def take(self, line: str, place: str) -> None:
        """Take a heading, a row or the end of a sentence."""
        if _HEADING.match(line):
            self.heads.append((len(self.rows), line.split("\t")[3:]))
        elif not line.strip():
            self.breaks.append(len(self.rows))
        else:
            cells = line.split("\t")
            wanted = len(self.heads[-1][1]) + 3 if self.heads else 0
            if len(cells) != wanted or not (cells[1] + cells[2]).isdecimal():
                raise FormatError(
                    f"{place}: the row does not fit its heading", "give every column a cell"
                )
            self.rows.append(cells)


def read_bio(lines: Iterable[bytes], setting: Setting) -> Iterator[Record]:
    """Read the table that `write_bio` writes; raises FormatError with the line."""
    current: _Table | None = None
    for number, line in _decoded(lines, setting.name):
        place = f"{setting.name}:{number}"
        comment = _COMMENT.fullmatch(line)
        if comment is not None and comment[1] == "newdoc id":
            if current is not None and current.rows:
                yield _record(current, setting)
            current = _Table(place)
        if current is None:
            if line.strip() and not _HEADING.match(line):
                raise FormatError(f"{place}: no document has begun", "begin with `# newdoc id = …`")
            if line.strip():
                current = _Table(place)
                current.take(line, place)
        elif comment is not None:
            current.said[comment[1]] = comment[2]
        else:
            current.take(line, place)
    if current is not None and (current.rows or "doc_text" in current.said):
        yield _record(current, setting)


def _record(table: _Table, setting: Setting) -> Record:
    try:
        told = table.said.get("doc_text")
        text = _rebuilt(table) if told is None else msgspec.json.decode(told, type=str)
    except msgspec.MsgspecError as error:
        raise FormatError(
            f"{table.place}: the document has no text", "keep the line `# doc_text = …`"
        ) from error
    shell = read_shell(table.said["curate"], table.place) if "curate" in table.said else None
    if shell is not None and setting.annotator and shell.annotator:
        shell.annotator = setting.annotator
    annotator = setting.annotator or table.said.get("annotator") or STRANGER
    identity = table.said.get("newdoc id")
    mentions, frames = _Reader(table, text, setting.schema).atoms()
    layer = clothed(shell, text, (identity, annotator), (mentions, frames, ()))
    return record_of(sorted_layer(layer))


def _rebuilt(table: _Table) -> str:
    """The text as its tokens and offsets tell it: blanks between, line ends between sentences."""
    parts: list[str] = []
    at = 0
    for number, (word, start, *_) in enumerate(table.rows):
        gap = gap_of(int(start), at, table.place)
        if int(start) < at:
            raise FormatError(f"{table.place}: {word} at {start} overlaps", "keep the offsets")
        parts += [("\n" if number in table.breaks else " ") * gap, word]
        at = int(start) + len(word)
    return "".join(parts)


class _Reader:
    """Turns columns into mentions and frames."""

    def __init__(self, table: _Table, text: str, schema: EventSchema) -> None:
        self._table = table
        self._text = text
        self._schema = schema
        self._mentions: dict[Span, list[Mention]] = {}
        self._frames: dict[Span, list[Frame]] = {}

    def atoms(self) -> tuple[tuple[Mention, ...], tuple[Frame, ...]]:
        """Mentions, then frames with their fillers found by their place."""
        named: dict[str, list[tuple[Span, str]]] = {}
        kinds: list[tuple[Span, str]] = []
        waiting: list[tuple[Span, str]] = []
        """Triggers, for columns of frames that do not say which is theirs."""
        for head, runs in self._columns():
            if head == "NER":
                kinds += runs
            elif head == "TRIGGER":
                waiting += runs
            elif not all(head.partition(":")):
                raise FormatError(
                    f"{self._table.place}: the column {head!r} is no frame",
                    "columns are called NER, TRIGGER, or V1:TYPE",
                )
            else:
                named.setdefault(head, []).extend(runs)
        kinds.sort()
        for n, (span, label) in enumerate(kinds, 1):
            self._mentions.setdefault(span, []).append(Mention(f"m{n}", span, *_kind(label)))
        heads = [f for head, runs in named.items() if (f := _head(head, runs, waiting)) is not None]
        for frame in heads:
            self._frames.setdefault(frame.trigger, []).append(frame)
        mentions = tuple(m for there in self._mentions.values() for m in there)
        return mentions, tuple(replace(f, arguments=self._arguments(f, named)) for f in heads)

    def _columns(self) -> Iterator[tuple[str, list[tuple[Span, str]]]]:
        """Name and runs of every column of every heading."""
        table = self._table
        ends = [*(begin for begin, _ in table.heads), len(table.rows)][1:]
        for (begin, heads), end in zip(table.heads, ends, strict=True):
            breaks = [n - begin for n in table.breaks if begin < n < end] if end > begin else []
            for number, head in enumerate(heads, 3):
                runs = runs_of([row[number] for row in table.rows[begin:end]], breaks)
                moved = (Tagged(r.first + begin, r.last + begin, r.label) for r in runs)
                yield head, [(self._span(run), run.label) for run in moved]

    def _span(self, run: Tagged) -> Span:
        start, end = self._table.rows[run.first][1], self._table.rows[run.last - 1][2]
        are_numbers = all(n.isdecimal() and len(n) < 12 for n in (start, end))
        if not are_numbers or not 0 <= int(start) < int(end) <= len(self._text):
            raise FormatError(
                f"{self._table.place}: {start}–{end} is no part of the text", "keep the offsets"
            )
        return Span(int(start), int(end))

    def _arguments(
        self, frame: Frame, named: dict[str, list[tuple[Span, str]]]
    ) -> tuple[Argument, ...]:
        fillers = sorted(r for r in named[f"{frame.id}:{frame.type}"] if r[1] != TRIGGER)
        return tuple(self._argument(role, span, frame) for span, role in fillers)

    def _argument(self, role: str, span: Span, frame: Frame) -> Argument:
        """What stands at the place, and best what the role takes."""
        about = self._schema.roles.get(role)
        there = self._mentions.get(span, [])
        events = [f for f in self._frames.get(span, []) if f is not frame]
        if about is not None:
            there = [m for m in there if about.takes_entity(m.type)] or (
                [] if events or about.bare_span else there
            )
            events = [f for f in events if about.takes_event(f.type)]
        if there:
            return Argument(role, mention=there[0].id)
        return Argument(role, frame=events[0].id) if events else Argument(role, span=span)


def _head(head: str, runs: list[tuple[Span, str]], waiting: list[tuple[Span, str]]) -> Frame | None:
    """The frame of a column: its trigger is marked in it, or the next of its type."""
    name, _, kind = head.partition(":")
    own = [span for span, label in runs if label == TRIGGER]
    if not own:
        own = [span for span, label in waiting if label == kind][:1]
        waiting[:] = [w for w in waiting if w not in {(span, kind) for span in own}]
    return Frame(name, kind, own[0]) if own else None


CONLL2003 = Format(
    "conll2003",
    "CoNLL-2003: a word a line with its entity as IOB2; reads IOB1 and BIOES too",
    (".conll", ".conll2003", ".iob", ".iob2"),
    is_lossless=False,
    read=read_conll2003,
    write=write_conll2003,
    keeps=frozenset({counting.DOCUMENTS}),
    omits=NO_FRAMES,
    loses=(
        "the text: words are parted by one blank when it is read again",
        "entities inside others, subtypes, ids, metadata, status, notes and items",
    ),
)
BIO = Format(
    "bio",
    "a table of BIO tags with a column for each frame",
    (".bio.tsv",),
    is_lossless=False,
    read=read_bio,
    write=write_bio,
    keeps=frozenset({counting.DOCUMENTS}),
    omits={**NO_CANDIDATES, counting.LINKS: "the format has no links"},
    loses=(
        "blanks at the edges of spans",
        "which of several mentions at one place fills a slot",
        "ids, attributes and what became of candidates",
    ),
)
