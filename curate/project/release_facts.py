"""What a project knows of its own release: counts, agreement, the answers to the datasheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from curate.corpus.datasheet import datasheet, open_questions
from curate.corpus.splits import PARTS
from curate.project.gold import GOLD, How, gold_items

if TYPE_CHECKING:
    from curate.formats.records import Record
    from curate.project.opening import Project
    from curate.store.encoding import Json


@dataclass(slots=True)
class Part:
    """One of train, dev and test."""

    documents: int = 0
    items: int = 0
    mentions: int = 0
    frames: int = 0
    withheld: int = 0
    """Documents whose text may not be passed on."""

    def as_json(self) -> dict[str, Json]:
        """The counts by name."""
        return {
            "documents": self.documents,
            "items": self.items,
            "mentions": self.mentions,
            "frames": self.frames,
            "withheld": self.withheld,
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a release."""

    id: str
    part: str
    sha256: str
    length: int
    original: str | None
    source: str
    date: str
    url: str
    licence: str
    is_open: bool


@dataclass(slots=True)
class Contents:
    """What is in a release."""

    name: str
    by: str
    seed: int
    gold: Mapping[str, int]
    schema: str = ""
    parts: dict[str, Part] = field(default_factory=lambda: {part: Part() for part in PARTS})
    documents: list[Entry] = field(default_factory=list)

    def count(self, part: str, record: Record, original: str | None, *, is_open: bool) -> None:
        """Add a document."""
        document = record.document
        share = self.parts[part]
        share.documents += 1
        share.items += len(record.annotations)
        share.mentions += sum(len(a.mentions) for a in record.annotations)
        share.frames += sum(len(a.frames) for a in record.annotations)
        share.withheld += not is_open
        source, date, url, licence = (
            str(document.meta.get(key) or "") for key in ("source", "date", "url", "licence")
        )
        self.documents.append(
            Entry(
                document.id, part, document.sha256, len(document.text), original, source, date,
                url, licence, is_open,
            )
        )  # fmt: skip

    def total(self, name: str) -> int:
        """The sum of a count over the parts."""
        return sum(int(getattr(part, name)) for part in self.parts.values())

    def as_json(self) -> dict[str, object]:
        """The counts as values that JSON can hold."""
        return {"name": self.name, "parts": {n: p.as_json() for n, p in self.parts.items()},
                "gold": dict(self.gold)}  # fmt: skip

    def manifest(self) -> dict[str, Json]:
        """What the manifest says of the parts and documents."""
        return {
            "parts": {name: part.as_json() for name, part in self.parts.items()},
            "split": {"by": self.by, "seed": self.seed},
            "gold": dict(self.gold),
            "documents": {
                e.id: {
                    "part": e.part,
                    "sha256": e.sha256,
                    "length": e.length,
                    "copy_of": e.original,
                    "text": "included" if e.is_open else "withheld",
                }
                for e in self.documents
            },
        }

    def lines(self) -> list[str]:
        """The counts for a reader."""
        shown = [
            f"  {name}: {p.documents:,} documents, {p.items:,} items, {p.mentions:,} mentions, "
            f"{p.frames:,} frames" + (f", {p.withheld:,} texts withheld" if p.withheld else "")
            for name, p in self.parts.items()
        ]
        waiting = self.gold["partly"] + self.gold["missing"]
        if waiting:
            shown.append(
                f"  left out: {self.gold['partly']:,} items with open cases, "
                f"{self.gold['missing']:,} without gold"
            )
        return shown


@dataclass(frozen=True, slots=True)
class Told:
    """All that the pages of a release are written from."""

    contents: Contents
    agreement: Mapping[str, Any]
    answers: Mapping[str, str]
    pseudonyms: tuple[str, ...]
    formats: tuple[str, ...] = ()
    """Formats that the parts are written in, beside curate JSONL."""
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def open_questions(self) -> list[str]:
        """Ids of the questions that nobody has answered."""
        return [q.id for q in open_questions(self.answers, self.facts)]


def agreement_of(project: Project) -> dict[str, object]:
    """The agreement of the annotators behind the gold."""
    from curate.project import agreeing

    people = frozenset(project.store.annotations.annotators()) - {GOLD}
    if not people:
        return {"not_computable": "nobody's work but the gold's is in the project"}
    options = agreeing.AgreementOptions(annotators=people)
    return agreeing.as_json(agreeing.agreement_of_project(project, options))


def pages(project: Project, told: Told) -> dict[str, str]:
    """README, datasheet and list of licences."""
    told.facts.update(_facts(project, told))
    return {
        "README.md": _readme(told),
        "datasheet.md": datasheet(told.contents.name, told.answers, told.facts),
        "LICENCES.tsv": _licences(told.contents),
    }


def _licences(contents: Contents) -> str:
    out = io.StringIO()
    table = csv.writer(out, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    table.writerow(("document", "text", "licence", "source", "date", "url", "sha256", "length"))
    for e in contents.documents:
        text = "included" if e.is_open else "withheld"
        said = (" ".join(s.split()) for s in (e.licence, e.source, e.date, e.url))
        table.writerow((e.id, text, *said, e.sha256, e.length))
    return out.getvalue()


def _facts(project: Project, told: Told) -> dict[str, str]:
    contents, total = told.contents, told.contents.total
    licences = Counter(e.licence or "none given" for e in contents.documents)
    withheld = total("withheld")
    facts = {
        "instances": f"One instance is one {project.unit.value}. There are {total('items'):,}, in "
        f"{total('documents'):,} documents, with {total('mentions'):,} mentions and "
        f"{total('frames'):,} event frames.",
        "selection": _selection(project, contents),
        "sources": _sources(contents),
        "labels": f"Mentions, event frames with arguments and attributes, and links, by the schema "
        f"{contents.schema}, which is in `schema.yaml` with its guidelines.",
        "splits": _splits(contents),
        "errors": _copies(contents),
        "dependence": f"{withheld:,} texts are not included; see LICENCES.tsv."
        if withheld
        else "No: all texts are included.",
        "preprocessing": "None: texts are stored as they were imported, and all positions count "
        "their Unicode code points. Sentences are spans beside the text.",
        "annotation": _annotation(project),
        "agreement": _agreement(told.agreement),
        "adjudication": _adjudication(project),
        "raw": "The texts are the raw data." if not withheld else "",
        "licence": "Texts: " + "; ".join(f"{n}: {c:,} documents" for n, c in licences.most_common())
        + ".",
        "withheld": f"{withheld:,} texts, by the licence given for them. Who has them puts them "
        "back with `curate release rehydrate`." if withheld else "None.",
        "updates": f"This is the release {contents.name}; `curate diff` lists what changed between "
        "two releases.",
    }  # fmt: skip
    return {key: text for key, text in facts.items() if text}


def _selection(project: Project, contents: Contents) -> str:
    names = ", ".join(project.store.samples.names())
    waiting = contents.gold["items"] - contents.gold["resolved"]
    drawn = f" Samples were drawn ({names}); how is in the project." if names else ""
    return (
        f"Of {contents.gold['items']:,} items in the project, the {contents.gold['resolved']:,} "
        f"whose gold is complete are included, {waiting:,} are not.{drawn}"
    )


def _sources(contents: Contents) -> str:
    counts = Counter(e.source or "no source given" for e in contents.documents)
    days = sorted(e.date for e in contents.documents if e.date)
    period = f" Their dates run from {days[0]} to {days[-1]}." if days else ""
    named = "; ".join(f"{name} ({n:,})" for name, n in counts.most_common(20))
    return f"{named}.{period}"


def _splits(contents: Contents) -> str:
    sizes = ", ".join(f"{name} {p.items:,}" for name, p in contents.parts.items())
    how = (
        "The parts follow each other in time, and no day is cut."
        if contents.by == "time"
        else f"Documents were dealt out at random with seed {contents.seed}."
    )
    return f"Items: {sizes}. {how} Near copies of a text stand in the same part."


def _copies(contents: Contents) -> str:
    copies = sum(1 for e in contents.documents if e.original is not None)
    return f"{copies:,} documents are near copies of others; the manifest says of which."


def _annotation(project: Project) -> str:
    stories = Counter(
        story.assisted for gold in gold_items(project) for story in gold.stories.values()
    )
    total = sum(stories.values())
    if not total:
        return ""
    share = stories[True] / total
    return (
        "Annotators worked in curate on texts with the machine's proposals marked; "
        f"{share:.0%} of the atoms of gold were made from a proposal."
    )


def _agreement(agreement: Mapping[str, Any]) -> str:
    measures = agreement.get("measures")
    if not isinstance(measures, dict):
        return ""
    shown = []
    for key, words in (("mentions", "mentions, strict F1"), ("tri_c", "triggers with type, F1"),
                       ("arg_c_attached", "arguments with role, F1")):  # fmt: skip
        figure = measures.get(key, {})
        value, low, high = (figure.get(k) for k in ("value", "low", "high"))
        if value is not None:
            between = "" if low is None else f" [{low:.2f}, {high:.2f}]"
            shown.append(f"{words} {value:.2f}{between}")
    return f"{'; '.join(shown)}. Everything is in `agreement.json`." if shown else ""


def _adjudication(project: Project) -> str:
    counts = Counter(story.how for gold in gold_items(project) for story in gold.stories.values())
    words = {
        How.UNANIMOUS: "agreed by all annotators",
        How.MAJORITY: "by a majority",
        How.RULED: "ruled by a lead",
        How.FOLLOWS: "following from a ruling",
        How.TAKEN: "taken over from one annotator",
    }
    said = ", ".join(f"{counts[how]:,} {text}" for how, text in words.items() if counts[how])
    return f"Atoms of gold: {said}. The story of each is in `provenance.jsonl`." if said else ""


def _path(told: Told, part: str) -> str:
    """What `datasets` loads a part from: Parquet knows its types, JSONL has to be guessed."""
    if "parquet" in told.formats:
        return f"formats/parquet/{part}/data/*.parquet"
    return f"data/{part}.jsonl"


def _readme(told: Told) -> str:
    contents = told.contents
    files = "\n".join(
        f"  - split: {'validation' if part == 'dev' else part}\n    path: {_path(told, part)}"
        for part in PARTS
        if contents.parts[part].documents > contents.parts[part].withheld
    )
    rows = "\n".join(
        f"| {name} | {p.documents:,} | {p.items:,} | {p.mentions:,} | {p.frames:,} |"
        for name, p in contents.parts.items()
    )
    standoff = (
        "\nTexts that may not be passed on are missing: `data/*.standoff.jsonl` holds what was "
        "said of them. With the texts at hand, `curate release rehydrate FOLDER TEXTS` puts them "
        "back.\n"
        if contents.total("withheld")
        else ""
    )
    return f"""---
language:
- ar
task_categories:
- token-classification
configs:
- config_name: default
  data_files:
{files}
---
# {contents.name}

A gold corpus of event frames in Arabic news, by the schema {contents.schema}.

| part | documents | items | mentions | frames |
|---|---|---|---|---|
{rows}

`data/` holds one document a line in curate JSONL: all positions are Unicode code points of its
`text`. `datasheet.md` says how the corpus was made, `LICENCES.tsv` what each text's licence is,
`agreement.json` how far annotators agreed, `provenance.jsonl` where each atom comes from, and
`manifest.json` which document is in which part. `curate release verify FOLDER` checks it all.
{standoff}"""
