"""Every door of curate that takes bytes from outside, as a function that takes bytes."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from curate.candidates.warm import producer_for
from curate.corpus.datasheet import answers_in
from curate.corpus.near import near_pairs
from curate.corpus.quality import quality
from curate.errors import CurateError
from curate.formats.doors import InFile, Setting
from curate.formats.registry import FORMATS
from curate.formats.schema_file import load_schema, shipped_schema, shipped_schema_text
from curate.formats.standoff import hash_in
from curate.model.document import Document
from curate.project.adding import AddOptions, add
from curate.project.auditing import audit
from curate.project.opening import create_project, open_project
from curate.project.release_reading import verify
from curate.settings import load_settings
from curate.shipped import shipped
from curate.text.articles import articles
from curate.text.decoding import decode
from curate.text.layout import Layout, visual
from curate.text.sentences import segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.candidates.engine import Producer
    from curate.formats.records import Record

SCHEMA = shipped_schema()


@dataclass(frozen=True, slots=True)
class Door:
    """A way in, and sound input to damage."""

    enter: Callable[[bytes, Path], object]
    """Takes bytes and a folder for files; may raise only `CurateError`."""
    seeds: tuple[bytes, ...]
    weight: float = 1.0
    """How much of the time it gets."""


@cache
def _producer() -> Producer:
    return producer_for(SCHEMA)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def decoding(data: bytes, _: Path) -> None:
    """Bytes to text, articles, sentences."""
    text = decode(data).text
    for article in articles(text):
        words = article.span.of(text)
        covered = "".join(s.span.of(words) for s in segment(words))
        assert "".join(covered.split()) == "".join(words.split())


def proposing(data: bytes, _: Path) -> None:
    """Candidates for any text."""
    text = _text(data)[:20_000]
    for candidate in _producer().propose(Document("d", text, {}, segment(text))):
        assert 0 <= candidate.score <= 1


def drawing(data: bytes, _: Path) -> None:
    """Layout of any text, with surrogates and controls."""
    text = _text(data)[:20_000] + ("\ud800" if b"\xed\xa0" in data else "")
    shown = visual(text.partition("\n")[0], width=60)
    laid = Layout(text, 40)
    for row in (shown, *(laid.row_text(n) for n in range(laid.height))):
        assert "\x1b" not in row
        assert "\x00" not in row


def curating(data: bytes, _: Path) -> None:
    """Quality, near copies, answers to the datasheet."""
    text = _text(data)
    quality(Document("d", text, {}, segment(text[:50_000])))
    near_pairs([text, text[: len(text) // 2], "كلام آخر تماما"])
    answers_in(text, "answers.md")


def schema(data: bytes, _: Path) -> None:
    """A schema file."""
    load_schema(data, "mine.yaml")


def configured(data: bytes, folder: Path) -> None:
    """A settings file."""
    path = folder / "settings.toml"
    path.write_bytes(data)
    load_settings(path)


def standoff(data: bytes, _: Path) -> None:
    """A line of stand-off."""
    hash_in(data, "x", 1)


def release(data: bytes, folder: Path) -> None:
    """A release whose files were damaged."""
    (folder / "data").mkdir(exist_ok=True)
    (folder / "manifest.json").write_bytes(data)
    (folder / "data" / "train.jsonl").write_bytes(data)
    (folder / "schema.yaml").write_bytes(shipped_schema_text())
    verify(folder)


def added(data: bytes, folder: Path) -> None:
    """A JSONL file on its way into a project."""
    path = folder / "in.jsonl"
    path.write_bytes(data)
    project = folder / "p.curate"
    project.unlink(missing_ok=True)
    with create_project(project) as opened:
        try:
            add(opened, [path], AddOptions(candidates=False))
        finally:
            assert not list(audit(opened))


def opened(data: bytes, folder: Path) -> None:
    """A project file with damaged pages."""
    path = folder / "damaged.curate"
    for old in folder.glob("damaged.curate*"):
        old.unlink()
    path.write_bytes(data)
    with open_project(path) as project:
        for _ in project.store.items.all():
            pass
        for who in project.store.annotations.annotators():
            list(project.store.annotations.all(who))
        list(audit(project))


def reader(name: str) -> Callable[[bytes, Path], None]:
    """A format that is read."""

    def enter(data: bytes, _: Path) -> None:
        chosen = FORMATS[name]
        setting = Setting(SCHEMA, name=f"in{chosen.suffixes[0]}", annotator="a1")
        found: Iterable[Record]
        if chosen.read is not None:
            found = chosen.read(BytesIO(data), setting)
        else:
            assert chosen.read_files is not None
            found = chosen.read_files([InFile(f"in{chosen.suffixes[0]}", lambda: data)], setting)
        for record in found:
            for annotation in record.annotations:
                for mention in annotation.mentions:
                    assert mention.span.end <= len(record.document.text)

    return enter


def doors() -> dict[str, Door]:
    """Every door by name."""
    texts = tuple(_articles())
    lines = tuple(_demo_lines())
    found = {
        "decoding": Door(decoding, (*texts, *_otherwise_encoded(texts[:2])), 2),
        "proposing": Door(proposing, texts, 3),
        "drawing": Door(drawing, texts, 2),
        "curating": Door(curating, texts),
        "schema": Door(schema, (shipped_schema_text(),), 2),
        "settings": Door(configured, ((b'language = "ar"\nannotator = "amal"\n'
                                      b'[keys]\n"annotate.accept" = "enter,space"\n'),)),
        "standoff": Door(standoff, (b'{"format":"curate-standoff/1","id":"d","sha256":"0"}',)),
        "release": Door(release, (*lines, (b'{"format":"curate-release/1","documents":{},'
                                          b'"parts":{}}'))),
        "added": Door(added, lines, 3),
        "opened": Door(opened, (_small_project(),), 4),
    }  # fmt: skip
    for name, chosen in FORMATS.items():
        if chosen.reads:
            found[f"read {name}"] = Door(reader(name), tuple(_examples(name)) or lines)
    return found


def _otherwise_encoded(texts: tuple[bytes, ...]) -> Iterator[bytes]:
    for text in texts:
        yield text.decode().encode("utf-16")
        yield text.decode().encode("cp1256", "replace")


def _articles() -> Iterator[bytes]:
    folder = shipped("seeds").joinpath("articles")
    for path in sorted(Path(str(folder)).rglob("*.txt"))[:6]:
        yield path.read_bytes()


def _demo_lines() -> Iterator[bytes]:
    demo = shipped("seeds").joinpath("demo", "demo.jsonl").read_bytes().splitlines(keepends=True)
    yield from sorted(demo, key=len)[:4]


def _examples(name: str) -> Iterator[bytes]:
    folder = Path(str(shipped("exports").joinpath(name)))
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.is_file() and path.suffix not in (".md", ".conf"):
            yield path.read_bytes()[:60_000]


@cache
def _small_project() -> bytes:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "p.curate"
        source = Path(name) / "in.jsonl"
        source.write_bytes(b"".join(_demo_lines()))
        with create_project(path) as project:
            add(project, [source], AddOptions(candidates=False))
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
        return path.read_bytes()


def expected(error: Exception) -> bool:
    """Whether a door may answer so: a message with a remedy, and no escape to the terminal."""
    if not isinstance(error, CurateError):
        return False
    said = str(error)
    return bool(error.message) and "\x1b" not in said and len(said) < 50_000


def show(data: bytes) -> str:
    """Some bytes for a person."""
    return json.dumps(data[:400].decode("latin-1"))
