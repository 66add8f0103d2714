"""WebAnno TSV 3 read back: span layers, slots, and the text put together again."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from curate.errors import FormatError
from curate.formats import tally as counting
from curate.formats.brat_files import STRANGER
from curate.formats.doors import NO_CANDIDATES, Format, InFile, Setting, gap_of, joined, text_of
from curate.formats.layers import record_of, sorted_layer
from curate.formats.names import id_of_stem
from curate.formats.records import Misfit
from curate.formats.shells import clothed, read_shell
from curate.formats.utf16 import Units
from curate.formats.webanno import EVENT, NOTHING, WORDS, write
from curate.model.annotation import Argument, Frame, Mention
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.formats.records import Record

_HEAD: Final = "#FORMAT=WebAnno TSV 3"
_ROW: Final = re.compile(r"(\d+)-(\d+)(?:\.\d+)?")
_VALUE: Final = re.compile(r"((?:\\.|[^\\\[])*)(?:\[(\d+)\])?", re.DOTALL)
_REMEDY: Final = "export it as WebAnno TSV 3.3"


@dataclass(slots=True)
class _Atom:
    """An annotation: its layer, place, values by feature, and slots."""

    layer: str
    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict)
    roles: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Column:
    layer: str
    feature: str


def read_files(files: Iterable[InFile], setting: Setting) -> Iterator[Record]:
    """Read every `.tsv`, with `.txt` and `.json` of the same name where they lie beside it."""
    listed = {f.name: f for f in files}
    stems = [n.removesuffix(".tsv") for n in listed if n.endswith(".tsv")]
    by_document = sorted(stems, key=lambda stem: (stem.rpartition("/")[2], stem))
    yield from joined(_record(stem, listed, setting) for stem in by_document)


def _record(stem: str, files: Mapping[str, InFile], setting: Setting) -> Record:
    name = f"{stem}.tsv"
    lines = text_of(files[name].content(), name).removeprefix("\ufeff").split("\n")
    reader = _Reader(name, lines)
    text = reader.text()
    if f"{stem}.txt" in files:
        text = text_of(files[f"{stem}.txt"].content(), f"{stem}.txt")
    if not text:
        raise FormatError(f"{name} holds no text", _REMEDY)
    shell = None
    if f"{stem}.json" in files:
        shell = read_shell(files[f"{stem}.json"].content(), f"{stem}.json")
        if setting.annotator and shell.annotator:
            shell.annotator = setting.annotator
    folder, _, own = stem.rpartition("/")
    annotator = setting.annotator or folder.rpartition("/")[2] or STRANGER
    mentions, frames = reader.atoms(text)
    fallback = (id_of_stem(own) or own, annotator)
    made = clothed(shell, text, fallback, (mentions, frames, ()), tuple(reader.misfits))
    return record_of(sorted_layer(made))


class _Reader:
    """Reads one file."""

    def __init__(self, name: str, lines: list[str]) -> None:
        self._name = name
        self._columns: list[_Column] = []
        self._words: list[tuple[int, int, str]] = []
        self._atoms: dict[tuple[str, str], _Atom] = {}
        self._texts: list[tuple[int, list[str]]] = []
        """First token and lines of each sentence."""
        self.misfits: list[Misfit] = []
        if not lines[0].startswith(_HEAD):
            raise FormatError(f"{name}:1: this is no WebAnno TSV 3: {lines[0][:60]!r}", _REMEDY)
        for number, line in enumerate(lines[1:], 2):
            self._take(line.rstrip("\r"), f"{name}:{number}")

    def _take(self, line: str, place: str) -> None:
        if line.startswith("#T_SP="):
            self._layer(line.removeprefix("#T_SP=").split("|"))
        elif line.startswith(("#T_CH=", "#T_RL=")):
            raise FormatError(
                f"{place}: chains and relations are not read", "export it as UIMA XMI instead"
            )
        elif line.startswith("#Text="):
            words = line.removeprefix("#Text=")
            if self._texts and self._texts[-1][0] == len(self._words):
                self._texts[-1][1].append(words)
            else:
                self._texts.append((len(self._words), [words]))
        elif line and not line.startswith("#"):
            self._row(line.split("\t"), place)

    def _layer(self, parts: list[str]) -> None:
        layer, *features = parts
        targets = False
        for feature in features or [""]:
            if targets:  # the type of what the slot points to
                self._columns.append(_Column(layer, "targets"))
                targets = False
            elif feature.startswith("ROLE_"):
                self._columns.append(_Column(layer, "roles"))
                targets = True
            else:
                self._columns.append(_Column(layer, feature))

    def _row(self, cells: list[str], place: str) -> None:
        offsets = re.fullmatch(r"(\d+)-(\d+)", cells[1]) if len(cells) > 2 else None
        number = _ROW.fullmatch(cells[0])
        own = cells[3 : 3 + len(self._columns)]
        if number is None or offsets is None or len(own) < len(self._columns):
            raise FormatError(f"{place}: this is no token with all its columns", _REMEDY)
        start, end = int(offsets[1]), int(offsets[2])
        if "." not in cells[0]:
            self._words.append((start, end, cells[2]))
        hosts: dict[str, list[str]] = {}
        for column, cell in zip(self._columns, own, strict=True):
            if cell == "_":
                continue
            if column.feature == "targets":
                self._targets(hosts.get(column.layer, []), cell, column.layer)
                continue
            names = [
                self._value(column, part, (start, end), (cells[0], n))
                for n, part in enumerate(_parted(cell, "|"))
            ]
            hosts[column.layer] = names

    def _value(
        self, column: _Column, part: str, place: tuple[int, int], unnumbered: tuple[str, int]
    ) -> str:
        """Take the value of an annotation; return the annotation's name in its layer."""
        match = _VALUE.fullmatch(part)
        written, number = (match[1], match[2]) if match else (part, None)
        name = number or f"{unnumbered[0]}/{unnumbered[1]}"
        atom = self._atoms.setdefault((column.layer, name), _Atom(column.layer, *place))
        atom.end = max(atom.end, place[1])
        if column.feature == "roles":
            roles = _parted(written, ";")
            atom.roles = [] if written == NOTHING else [_plain(r) for r in roles]
        elif written != NOTHING:
            atom.values[column.feature] = _plain(written)
        return name

    def _targets(self, hosts: list[str], cell: str, layer: str) -> None:
        for name, part in zip(hosts, _parted(cell, "|"), strict=False):
            targets = [] if part == NOTHING else _parted(part, ";")
            self._atoms[layer, name].targets = targets

    def text(self) -> str:
        """The text: sentences as they are told, blanks for what is not."""
        parts: list[str] = []
        at = 0
        for first, lines in self._texts:
            if first >= len(self._words):
                continue
            start = self._words[first][0]
            parts.append("\n" * gap_of(start, at, self._name))
            words = "\n".join(_unescaped_text(line) for line in lines)
            parts.append(words)
            at = start + len(words.encode("utf-16-le", "surrogatepass")) // 2
        return "".join(parts)

    def atoms(self, text: str) -> tuple[tuple[Mention, ...], tuple[Frame, ...]]:
        """Mentions and frames; a layer that is neither ours nor has a value is a misfit."""
        units = Units.of(text)
        spans = {key: self._span(atom, units, len(text)) for key, atom in self._atoms.items()}
        by_number = {key[1]: key for key in self._atoms}
        by_token: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key in self._atoms:
            by_token[key[1].partition("/")[0]].append(key)
        mentions: list[Mention] = []
        frames: list[Frame] = []
        for key, atom in self._atoms.items():
            if atom.layer == EVENT:
                held = [
                    self._argument(role, target, by_number, (by_token, spans))
                    for role, target in zip(atom.roles, atom.targets, strict=False)
                ]
                arguments = tuple(a for a in held if a is not None)
                kind = atom.values.get("etype", "")
                frames.append(Frame(_id(key), kind, spans[key], arguments, _attributes(atom)))
            elif atom.layer != WORDS:
                kind = atom.values.get("kind") or atom.values.get("value") or ""
                if not kind:
                    reason = f"{self._name}: the layer {atom.layer} has no value to go by"
                    self.misfits.append(Misfit(reason, repr(atom)))
                subtype = atom.values.get("subtype")
                mentions.append(Mention(_id(key), spans[key], kind, subtype, _attributes(atom)))
        return tuple(m for m in mentions if m.type), tuple(frames)

    def _span(self, atom: _Atom, units: Units, size: int) -> Span:
        start, end = units.to_points(atom.start), units.to_points(atom.end)
        if not 0 <= start < end <= size:
            raise FormatError(
                f"{self._name}: {atom.start}–{atom.end} is no part of the text", _REMEDY
            )
        return Span(start, end)

    def _argument(
        self,
        role: str,
        target: str,
        by_number: Mapping[str, tuple[str, str]],
        about: tuple[Mapping[str, list[tuple[str, str]]], Mapping[tuple[str, str], Span]],
    ) -> Argument | None:
        by_token, spans = about
        match = re.fullmatch(r"([\d.-]+)(?:\[(\d+)\])?", target)
        key = None
        if match is not None and match[2]:
            key = by_number.get(match[2])
        elif match is not None and by_token.get(match[1]):
            key = by_token[match[1]][0]
        if key is None:
            self.misfits.append(Misfit(f"{self._name}: {role} points to nothing", target))
            return None
        if key[0] == WORDS:
            return Argument(role, span=spans[key])
        if key[0] == EVENT:
            return Argument(role, frame=_id(key))
        return Argument(role, mention=_id(key))


def _id(key: tuple[str, str]) -> str:
    return f"{'f' if key[0] == EVENT else 'm'}{key[1]}"


def _parted(cell: str, sign: str) -> list[str]:
    """A cell cut at a sign that no backslash stands before."""
    return re.findall(rf"((?:\\.|[^\\{re.escape(sign)}])+)", cell, re.DOTALL)


def _plain(value: str) -> str:
    """A value as it was before it was escaped."""
    signs = {"t": "\t", "n": "\n", "r": "\r"}
    return re.sub(r"\\(->|.)", lambda m: signs.get(m[1], m[1]), value, flags=re.DOTALL)


def _unescaped_text(words: str) -> str:
    return re.sub(r"\\([\\tr])", lambda m: {"t": "\t", "r": "\r"}.get(m[1], m[1]), words)


_NAMES: Final = frozenset({"kind", "value", "etype", "subtype", "attributes", "roles", "targets"})


def _attributes(atom: _Atom) -> dict[str, str]:
    """The pairs of `attributes`, and features of other names."""
    pairs = (p.partition("=") for p in atom.values.get("attributes", "").split("\n") if p)
    found = {
        name: re.sub(r"\\(.)", lambda m: "\n" if m[1] == "n" else m[1], value)
        for name, _, value in pairs
    }
    return {k: v for k, v in atom.values.items() if k not in _NAMES} | found


FORMAT = Format(
    "webanno-tsv",
    "WebAnno TSV 3.3, for WebAnno and INCEpTION: a token a line, slots in columns",
    (".tsv",),
    is_lossless=False,
    read_files=read_files,
    write=write,
    is_folder=True,
    keeps=frozenset({counting.DOCUMENTS}),
    omits={**NO_CANDIDATES, counting.LINKS: "only XMI holds them"},
    loses=("blanks at the edges of spans", "ids, and what became of candidates"),
)
