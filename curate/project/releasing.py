"""Freeze the gold of a project as a release: a folder that anyone can check and rebuild.

Nothing in the folder depends on the machine or the hour: the same project gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from curate.corpus.datasheet import answers_in, form
from curate.corpus.licences import may_be_passed_on
from curate.corpus.splits import PARTS, Dated, SplitBy, split, units
from curate.errors import CurateError
from curate.formats.doors import Setting
from curate.formats.jsonl import write_record
from curate.formats.records import Record
from curate.formats.standoff import write_standoff
from curate.model.ids import new_id
from curate.project.activity import utc_now
from curate.project.copies import copies_now
from curate.project.exchanging import write_records
from curate.project.gold import GOLD, gold_of_document, gold_state
from curate.project.opening import Project
from curate.project.records import people
from curate.project.release_facts import Contents, Told, agreement_of, pages
from curate.project.release_names import Names
from curate.store.encoding import Json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from curate.model.annotation import Annotation
    from curate.model.document import Document
    from curate.project.gold import GoldItem

FORMAT = "curate-release/1"
SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
ANSWERS = "release.answers"
"""Setting: what people answered to the questions of the datasheet."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


@dataclass(frozen=True, slots=True)
class ReleaseOptions:
    """How a release is made."""

    shares: tuple[float, float, float] = (0.8, 0.1, 0.1)
    """Of train, dev and test, in items."""
    by: SplitBy | None = None
    """None for time when four documents in five have a date, else at random."""
    seed: int = 1
    allowed: tuple[str, ...] = ()
    """Licences under which texts are passed on, beside the open ones known by name."""
    formats: tuple[str, ...] = ()
    """Formats that each part is written in, beside curate JSONL."""
    pseudonyms: bool = False
    """Whether annotators stand as `annotator-1`, … instead of by their names."""


@dataclass(slots=True)
class ReleaseReport:
    """What came of it."""

    folder: Path
    contents: Contents
    is_new: bool = True
    """False when just this release was there already."""

    def as_json(self) -> dict[str, object]:
        """The report as values that JSON can hold."""
        return {"folder": str(self.folder), "new": self.is_new, **self.contents.as_json()}

    def lines(self) -> list[str]:
        """The report for a reader."""
        return [f"{self.folder}: {'made' if self.is_new else 'is there already, byte for byte'}",
                *self.contents.lines()]  # fmt: skip


def release(
    project: Project,
    name: str,
    folder: Path,
    options: ReleaseOptions | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> ReleaseReport:
    """Write the resolved gold of a project into a folder that does not exist yet.

    The folder appears whole or not at all. Raises `CurateError` when there is no gold, the name or
    folder is taken by something else, or a text would be told apart from its licence.
    """
    if not _NAME.fullmatch(name):
        raise CurateError(
            f"a release cannot be called {name!r}", "use Latin letters, digits, and . _ -"
        )
    making = _Making(project, name, options or ReleaseOptions(), progress)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as draft:
        root = Path(draft) / "release"
        root.mkdir()
        contents = making.write(root)
        sums = checksums(root)
        (root / SUMS).write_bytes(sums)
        is_new = not _is_there(folder, sums)
        if is_new:
            if folder.exists():
                raise CurateError(
                    f"{folder} is there already and holds something else",
                    "give the release another name or folder; releases are never overwritten",
                )
            _note(project, name, sums, making.manifest)
            shutil.move(root, folder)
    return ReleaseReport(folder, contents, is_new)


def checksums(folder: Path) -> bytes:
    """The SHA-256 of every file of a folder but the list itself, as `sha256sum` writes them."""
    lines = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if name == SUMS:
            continue
        with path.open("rb") as handle:
            lines.append(f"{hashlib.file_digest(handle, 'sha256').hexdigest()}  {name}\n")
    return "".join(lines).encode()


def answers(project: Project) -> dict[str, str]:
    """What people answered to the questions of the datasheet so far."""
    found = project.store.settings.get(ANSWERS)
    return {k: str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def set_answers(project: Project, given: Mapping[str, str]) -> None:
    """Keep answers to the questions of the datasheet; an empty one takes an answer away."""
    kept: dict[str, Json] = {k: v for k, v in {**answers(project), **given}.items() if v}
    project.store.settings[ANSWERS] = kept


def options(
    shares: tuple[float, float, float], by: str | None, seed: int, allowed: Sequence[str],
    formats: Sequence[str], *, pseudonyms: bool,
) -> ReleaseOptions:  # fmt: skip
    """The options as the command line gives them; FormatError for a format that is not there."""
    from curate.formats.registry import format_named

    for name in formats:
        format_named(name)
    return ReleaseOptions(
        shares, None if by is None else SplitBy(by), seed, tuple(allowed), tuple(formats),
        pseudonyms,
    )  # fmt: skip


def take_answers(project: Project, file: Path) -> None:
    """Keep the answers of a filled-in form (`question_form`)."""
    try:
        page = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CurateError(f"{file} is not UTF-8", "save it as UTF-8") from error
    set_answers(project, answers_in(page, file.name))


def question_form(project: Project) -> str:
    """The questions of the datasheet with the answers so far, to be filled in."""
    return form(answers(project))


def released(project: Project) -> list[str]:
    """The releases made of a project, one a line."""
    return [f"{at[:10]}  {name}" for name, at in project.store.releases.all()]


def _is_there(folder: Path, sums: bytes) -> bool:
    return (folder / SUMS).is_file() and (folder / SUMS).read_bytes() == sums


def _note(project: Project, name: str, sums: bytes, manifest: Mapping[str, Json]) -> None:
    """Write down in the project that there is such a release."""
    digest = hashlib.sha256(sums).hexdigest()
    known = project.store.releases.get(name)
    if known is not None and known.get("digest") != digest:
        raise CurateError(
            f"the project has another release called {name}", "choose another name for this one"
        )
    if known is None:
        entry: dict[str, Json] = {"digest": digest, "manifest": dict(manifest)}
        project.store.releases.put(new_id(), name, entry, at=utc_now())


@dataclass(slots=True)
class _Making:
    """One release on its way."""

    project: Project
    name: str
    options: ReleaseOptions
    progress: Callable[[int, int, str], None] | None
    manifest: dict[str, Json] = field(default_factory=dict)

    def write(self, root: Path) -> Contents:
        """Write every file but the checksums."""
        store = self.project.store
        names = Names(people(self.project) if self.options.pseudonyms else ())
        gold = {d.id: _resolved(self.project, d.id) for d in self._documents()}
        kept = {key: items for key, items in gold.items() if items}
        if not kept:
            raise CurateError(
                f"{self.project.path} has no resolved gold to release",
                "`curate gold merge` makes it of annotators' work, `curate review` decides the "
                "rest, `curate gold take NAME` takes one annotator's work over",
            )
        parts, by = self._parts(kept)
        contents = Contents(
            self.name, by.value, self.options.seed, gold_state(self.project).as_json()
        )
        contents.schema = f"{self.project.schema.name} {self.project.schema.version}"
        self._write_data(root, kept, parts, contents)
        self._write_provenance(root, kept, names)
        (root / "schema.yaml").write_text(store.schema_text, encoding="utf-8", newline="")
        agreement = names.told(agreement_of(self.project))
        _dump(root / "agreement.json", agreement)
        told = Told(contents, agreement, answers(self.project), tuple(names), self.options.formats)
        for file, text in pages(self.project, told).items():
            (root / file).write_text(text, encoding="utf-8", newline="")
        self._write_manifest(root, contents, told)
        return contents

    def _documents(self) -> Iterator[Document]:
        total = self.project.store.documents.count()
        for number, document in enumerate(self.project.store.documents.all(), 1):
            if self.progress is not None:
                self.progress(number, total, document.id)
            yield document

    def _parts(self, kept: Mapping[str, Sequence[GoldItem]]) -> tuple[dict[str, str], SplitBy]:
        documents = self.project.store.documents
        dated = [Dated(key, documents.get(key).date or "", len(n)) for key, n in kept.items()]
        with_date = sum(1 for d in dated if d.day)
        by = self.options.by or (SplitBy.TIME if with_date >= 0.8 * len(dated) else SplitBy.RANDOM)
        together = units(dated, copies_now(self.project))
        try:
            return split(together, self.options.shares, by=by, seed=self.options.seed), by
        except ValueError as error:
            raise CurateError(f"--shares: {error}", "such as: --shares .8,.1,.1") from error

    def _write_data(
        self, root: Path, kept: Mapping[str, Sequence[GoldItem]], parts: Mapping[str, str],
        contents: Contents,
    ) -> None:  # fmt: skip
        (root / "data").mkdir()
        originals = copies_now(self.project)
        for part in PARTS:
            whole: list[Record] = []
            withheld: list[Record] = []
            for key in (k for k in kept if parts[k] == part):
                document = self.project.store.documents.get(key)
                record = Record(document, tuple(_plain(g) for g in kept[key]))
                is_open = may_be_passed_on(document.meta.get("licence"), self.options.allowed)
                contents.count(part, record, originals.get(key), is_open=is_open)
                (whole if is_open else withheld).append(record)
            data = root / "data" / f"{part}.jsonl"
            data.write_bytes(b"".join(map(write_record, whole)))
            if withheld:
                lines = b"".join(map(write_standoff, withheld))
                (root / "data" / f"{part}.standoff.jsonl").write_bytes(lines)
            for name in self.options.formats:
                setting = Setting(self.project.schema, self.project.unit, self.name, part=part)
                write_records(name, whole, setting, _target(root, name, part))

    def _write_provenance(
        self, root: Path, kept: Mapping[str, Sequence[GoldItem]], names: Names
    ) -> None:
        with (root / "provenance.jsonl").open("wb") as handle:
            for key, items in kept.items():
                for gold in items:
                    stories = [names.story(gold.stories[atom]) for atom in sorted(gold.stories)]
                    line = {"document": key, "item": gold.item.id, "stories": stories}
                    handle.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")

    def _write_manifest(self, root: Path, contents: Contents, told: Told) -> None:
        from importlib.metadata import version

        schema = self.project.schema
        text = (root / "schema.yaml").read_bytes()
        self.manifest = {
            "format": FORMAT,
            "name": self.name,
            "curate": version("curate"),
            "schema": {
                "name": schema.name,
                "version": schema.version,
                "sha256": hashlib.sha256(text).hexdigest(),
            },
            "unit": self.project.unit.value,
            "formats": [*self.options.formats],
            "pseudonyms": self.options.pseudonyms,
            **contents.manifest(),
            "shares": [*self.options.shares],
            "open_questions": [*told.open_questions],
        }
        _dump(root / MANIFEST, self.manifest)


def _resolved(project: Project, document: str) -> list[GoldItem]:
    return [gold for gold in gold_of_document(project, document) if gold.is_resolved]


def _plain(gold: GoldItem) -> Annotation:
    """The gold annotation without a word of candidates, under the one name."""
    said = gold.annotation
    return replace(
        said,
        annotator=GOLD,
        fates={},
        mentions=tuple(replace(m, candidate=None) for m in said.mentions),
        frames=tuple(replace(f, candidate=None) for f in said.frames),
    )


def _target(root: Path, name: str, part: str) -> Path:
    from curate.formats.registry import format_named

    chosen = format_named(name)
    folder = root / "formats" / name
    if chosen.is_folder:
        return folder / part
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{part}{chosen.suffixes[0]}"


def _dump(path: Path, value: object) -> None:
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="")
