"""Annotation files of several formats, brought together document by document to be compared."""

from __future__ import annotations

import itertools
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from curate.agreement.states import Work
from curate.errors import CurateError, FormatError
from curate.formats.jsonl import read_records
from curate.formats.layers import divided
from curate.formats.registry import FORMATS, Setting, format_of
from curate.project.importing_files import records_in
from curate.project.sources import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from curate.formats.records import Record
    from curate.model.annotation import Annotation
    from curate.model.schema import EventSchema
    from curate.model.span import Span

_VERSIONS: Final = ("schema", "guidelines")
"""Metadata that say under which version a document was annotated."""
_IN: Final = " in "
"""Stands between an annotator's name and the file, where two files have the name."""


@dataclass(slots=True)
class Text:
    """A document, and all that was said of it, with the file that said it."""

    text: str
    said: list[tuple[str, Work]] = field(default_factory=list)

    def works(
        self, twofold: frozenset[str], wanted: frozenset[str] = frozenset()
    ) -> Iterator[Work]:
        """What the wanted annotators said, everybody if none is named.

        A name that stands for different people is told apart by the file.
        """
        for file, work in self.said:
            name = work.annotation.annotator
            if wanted and name not in wanted:
                continue
            if name in twofold:
                called = replace(work.annotation, annotator=f"{name}{_IN}{file}")
                yield replace(work, annotation=called)
            else:
                yield work


@dataclass(slots=True)
class Gathered:
    """What the files say, by document, and what did not fit together."""

    texts: dict[str, Text] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    _ids: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """Hash of the text → ids."""
    _twins: dict[tuple[str, str], str | None] = field(default_factory=dict)
    """File and id → the id that its text goes under in files before it."""
    _sources: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Id → files that hold the document."""

    def take(self, file: str, record: Record) -> None:
        """Put a document with the one of its id, or of its text, and keep what is said of it."""
        document = record.document
        name = document.id
        if name in self.texts and self.texts[name].text != document.text:
            raise CurateError(
                f"{file}: document {name} has another text here than in the files before it",
                "offsets into two texts cannot be compared: export both from one project",
            )
        if name not in self.texts:
            name = self._twin(file, record) or name
            self.texts.setdefault(name, Text(document.text))
        self._say(file, name, record, 0)

    def _twin(self, file: str, record: Record) -> str | None:
        """The document of another file with the same text, if this one has none of that yet."""
        document = record.document
        if (file, document.id) not in self._twins:
            known = self._ids[document.sha256]
            twin = next((name for name in known if file not in self._sources[name]), None)
            known += [document.id] if twin is None else []
            self._twins[file, document.id] = twin
        return self._twins[file, document.id]

    def take_part(self, file: str, record: Record) -> None:
        """Put a part of a document into its place in the whole, or take it for one of its own."""
        meta = record.document.meta
        name, start = meta.get("document"), meta.get("start")
        whole = self.texts.get(name) if isinstance(name, str) else None
        if (
            whole is not None
            and isinstance(name, str)
            and isinstance(start, int)
            and whole.text.startswith(record.document.text, start)
        ):
            self._say(file, name, record, start)
        else:
            self.take(file, record)

    def _say(self, file: str, name: str, record: Record, start: int) -> None:
        meta = record.document.meta
        version = " ".join(f"{k}={meta.get(k)}" for k in _VERSIONS if meta.get(k))
        self._sources[name].add(file)
        self.texts[name].said += [
            (file, Work(moved(annotation, start), version)) for annotation in record.annotations
        ]
        if record.misfits:
            first = record.misfits[0].reason
            self.notes.append(f"{file}: {len(record.misfits)} things were not read: {first}")

    def tell_alone(self, files: Sequence[str]) -> None:
        """Note the documents that one file alone holds."""
        if len(files) < 2:
            return
        for file in files:
            alone = [name for name, sources in self._sources.items() if sources == {file}]
            if alone:
                shown = ", ".join(alone[:3]) + (" …" if len(alone) > 3 else "")
                self.notes.append(f"{file}: {len(alone):,} documents are in no other file: {shown}")


def gather_files(paths: Sequence[Path], schema: EventSchema) -> Gathered:
    """Read every file or folder; documents belong together by id, or by their text.

    Raises `CurateError` for what cannot be read, and for one id with two texts.
    """
    names = Counter(path.name for path in paths)
    read = [
        (file if names[path.name] == 1 else f"{path.parent.name}/{file}", record)
        for path in paths
        for file, record in _records(path, schema)
    ]
    found = Gathered()
    for file, record in read:
        if not _is_part(record):
            found.take(file, record)
    for file, record in read:
        if _is_part(record):
            found.take_part(file, record)
    if not found.texts:
        raise CurateError(
            f"there is no document in {', '.join(str(path) for path in paths)}",
            "write one with `curate export jsonl`",
        )
    found.tell_alone(list(dict.fromkeys(file for file, _ in read)))
    for name, text in found.texts.items():
        _align(name, text, found.notes)
    return found


def _is_part(record: Record) -> bool:
    return isinstance(record.document.meta.get("document"), str)


def _records(path: Path, schema: EventSchema) -> Iterator[tuple[str, Record]]:
    if str(path) == "-":
        for record in read_records(sys.stdin.buffer, STANDARD_INPUT):
            yield STANDARD_INPUT, record
        return
    for file, name in _files(path):
        setting = Setting(schema, name=file.name)
        for record in records_in(FORMATS[name], file, setting):
            yield file.name, record


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """Each file, or folder of files that belong together, with its format."""
    if not path.is_dir():
        chosen = format_of(path.name)
        if chosen is None or chosen.name not in _TAKEN:
            raise FormatError(
                f"{path.name} is not curate JSONL, Label Studio JSON or brat",
                "write it with `curate export jsonl`",
            )
        yield path, chosen.name
        return
    if any(path.rglob("*.ann")):
        yield path, "brat"
        return
    inside = [p for p in sorted(path.rglob("*")) if p.suffix.lower() in {".jsonl", ".json"}]
    if not inside:
        raise FormatError(
            f"there are no annotations in {path.name}", "name a folder with .jsonl, .json or .ann"
        )
    for file in inside:
        yield from _files(file)


_TAKEN: Final = frozenset({"jsonl", "label-studio", "brat"})


def moved(annotation: Annotation, by: int) -> Annotation:
    """The annotation so many code points further on."""
    if by == 0:
        return annotation
    return replace(
        annotation,
        item=annotation.item.shifted(by),
        mentions=tuple(replace(m, span=m.span.shifted(by)) for m in annotation.mentions),
        frames=tuple(
            replace(
                f,
                trigger=f.trigger.shifted(by),
                arguments=tuple(
                    a if a.span is None else replace(a, span=a.span.shifted(by))
                    for a in f.arguments
                ),
            )
            for f in annotation.frames
        ),
    )


def _align(name: str, text: Text, notes: list[str]) -> None:
    """Cut annotations that span several items of the others, where theirs is one large one."""
    spans = {work.annotation.item for _, work in text.said}
    small = [s for s in sorted(spans) if not any(o != s and s.covers(o) for o in spans)]
    if len(small) == len(spans) or _overlap(small):
        return
    aligned: list[tuple[str, Work]] = []
    for file, work in text.said:
        inside = [s for s in small if work.annotation.item.covers(s)]
        if work.annotation.item in small or not inside:
            aligned.append((file, work))
            continue
        parts, strays = divided(work.annotation, inside)
        aligned += [(file, replace(work, annotation=part)) for part in parts]
        if strays:
            notes.append(
                f"{file}: {len(strays)} things of {name} lie in no item of the other files, "
                f"or reach out of one: {strays[0].reason}"
            )
    text.said = aligned


def _overlap(spans: Sequence[Span]) -> bool:
    return any(one.overlaps(other) for one, other in itertools.pairwise(spans))


def twofold_names(texts: Mapping[str, Text]) -> frozenset[str]:
    """Annotators whose name stands for different work on one item in two files."""
    found = set()
    for text in texts.values():
        seen: dict[tuple[str, Span], tuple[str, Annotation]] = {}
        for file, work in text.said:
            annotation = work.annotation
            key = (annotation.annotator, annotation.item)
            before = seen.setdefault(key, (file, annotation))
            if before[0] != file and before[1] != annotation:
                found.add(annotation.annotator)
    return frozenset(found)


def types_in(annotations: Iterable[Annotation]) -> frozenset[str]:
    """The types of mentions and frames that occur."""
    found: set[str] = set()
    for annotation in annotations:
        found.update(mention.type for mention in annotation.mentions)
        found.update(frame.type for frame in annotation.frames)
    return frozenset(found)
