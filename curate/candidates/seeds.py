"""Seed lists: names, nouns and vocabulary with their types, and the guards that hold them back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from curate.candidates.rules import Rules, parse_rules
from curate.candidates.scores import Scores, parse_scores
from curate.candidates.tsv import rows
from curate.errors import FormatError
from curate.shipped import shipped

COLUMNS: Final = ("name", "type", "subtype", "kind", "aliases", "wikidata", "note")
_REQUIRED: Final = ("name", "type")


class Kind(StrEnum):
    """How the forms of an entry are looked for."""

    NAME = "name"
    """A proper name: found as it is written, with or without clitics."""
    NOUN = "noun"
    """A common noun or noun phrase: found with article, cases, dual and pronoun suffix."""
    HEAD = "head"
    """A noun that announces a name of its type (`town`, `hospital`): see the note `span`."""
    WORD = "word"
    """Vocabulary of a producer (months, number words, given names); no mention by itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a seed list."""

    form: str
    type: str
    subtype: str | None = None
    kind: Kind = Kind.NAME
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    note: Mapping[str, str] = field(default_factory=dict, hash=False)

    @property
    def forms(self) -> tuple[str, ...]:
        """The display form and all other surface forms."""
        return (self.form, *self.aliases)


@dataclass(frozen=True, slots=True)
class Guard:
    """A form that is also an ordinary word, and the words before it that decide for the name."""

    form: str
    types: frozenset[str]
    """Entity types that are held back; empty for all."""
    before: frozenset[str]
    """Words of which one directly before it lets the name through."""
    quotes: bool
    """Whether quotation marks around it let the name through."""
    reading: str
    """What the ordinary word means, for the reason shown."""


@dataclass(frozen=True, slots=True)
class Seeds:
    """Everything the rule producers know besides the schema."""

    entries: tuple[Entry, ...] = ()
    guards: tuple[Guard, ...] = ()
    rules: Rules = field(default_factory=Rules)
    scores: Scores = field(default_factory=Scores)

    def with_entries(self, entries: tuple[Entry, ...]) -> Seeds:
        """These seeds and a user's own entries."""
        return replace(self, entries=(*self.entries, *entries))

    def with_scores(self, scores: Scores) -> Seeds:
        """These seeds with other scores."""
        return replace(self, scores=scores)


def parse_gazetteer(data: bytes, file: str) -> tuple[Entry, ...]:
    """Read a tab-separated seed list with a header line.

    Raises `FormatError` with file and line of the first row that does not hold.
    """
    return tuple(_entry(row, file, line) for line, row in rows(data, file, _REQUIRED))


def parse_guards(data: bytes, file: str) -> tuple[Guard, ...]:
    """Read the tab-separated list of homographs (`form types before quotes reading`)."""
    return tuple(
        Guard(
            form=row["form"],
            types=frozenset(_parts(row.get("types", ""))),
            before=frozenset(_parts(row.get("before", ""))),
            quotes=row.get("quotes", "") == "yes",
            reading=row.get("reading", ""),
        )
        for _, row in rows(data, file, ("form",))
    )


def _entry(row: Mapping[str, str], file: str, line: int) -> Entry:
    kind = row.get("kind") or Kind.NAME
    if not row["name"] or not row.get("type"):
        raise FormatError(
            f"{file}:{line}: a row needs a name and a type", "Fill both cells or delete the row."
        )
    if kind not in set(Kind):
        raise FormatError(
            f"{file}:{line}: kind {kind!r} is unknown", f"Use one of {', '.join(Kind)}."
        )
    return Entry(
        form=row["name"],
        type=row["type"],
        subtype=row.get("subtype") or None,
        kind=Kind(kind),
        aliases=tuple(_parts(row.get("aliases", ""))),
        wikidata=row.get("wikidata") or None,
        note=parse_note(row.get("note", "")),
    )


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def parse_note(cell: str) -> dict[str, str]:
    """`key=value;key=value;words` as a mapping; parts without `=` are kept under `text`."""
    found: dict[str, str] = {}
    for part in filter(None, (p.strip() for p in cell.split(";"))):
        key, sign, value = part.partition("=")
        if sign:
            found[key] = value
        else:
            found["text"] = f"{found['text']}; {part}" if "text" in found else part
    return found


@lru_cache(maxsize=1)
def shipped_seeds() -> Seeds:
    """The seeds that ship with curate."""
    folder = shipped("seeds")
    lists = sorted(
        (f for f in folder.joinpath("gazetteers").iterdir() if f.name.endswith(".tsv")),
        key=lambda f: f.name,
    )
    entries: list[Entry] = []
    for file in lists:
        entries.extend(parse_gazetteer(file.read_bytes(), file.name))
    return Seeds(
        tuple(entries),
        parse_guards(folder.joinpath("homographs.tsv").read_bytes(), "homographs.tsv"),
        parse_rules(folder.joinpath("rules.yaml").read_bytes(), "rules.yaml"),
        parse_scores(folder.joinpath("scores.tsv").read_bytes(), "scores.tsv"),
    )
