"""Columns of BIO tags: CoNLL-2003 for entities alone, and a table with a column for each frame.

Tags are IOB2: every span begins with `B-`. Format of the first:
https://aclanthology.org/W03-0419/; of the second: token, start, end, columns of entities and
triggers, and for each frame of a sentence a column with the roles of its fillers and `*` for its
trigger. Each sentence has a heading of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from curate.formats import tally as counting
from curate.formats.dealing import drop_attributes
from curate.formats.doors import NO_CANDIDATES, OutFile, Setting, bytes_of
from curate.formats.layers import NOBODY, layers_of
from curate.formats.shells import write_shell
from curate.formats.tokens import BLANK, Tokens, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.formats.tally import Tally
    from curate.model.span import Span

OUTSIDE: Final = "O"
TRIGGER: Final = "*"
"""The tag of a trigger in the column of its frame: no role is called so."""
_CROSSING: Final = "it reaches over the end of a sentence"
_OVERLAPPING: Final = "a longer one covers or crosses it"


@dataclass(frozen=True, slots=True)
class Tagged:
    """A run of tokens `[first, last)` with a label."""

    first: int
    last: int
    label: str


def tagged(tokens: Tokens, span: Span, label: str) -> Tagged | str:
    """The run of a span, or why it has none."""
    found = tokens.of(span)
    if found is None:
        return BLANK
    if found[1] > tokens.sentences[tokens.sentence_of(found[0])][1]:
        return _CROSSING
    return Tagged(*found, label)


def columns_of(runs: Iterable[Tagged], size: int) -> list[list[str]]:
    """As many columns as it takes for no two runs of a column to overlap, longest runs first."""
    columns: list[list[str]] = []
    for run in sorted(runs, key=lambda r: (r.first - r.last, r.first, r.label)):
        place = range(run.first, run.last)
        column = next((c for c in columns if all(c[n] == OUTSIDE for n in place)), None)
        if column is None:
            column = [OUTSIDE] * size
            columns.append(column)
        for n in place:
            column[n] = f"{'B' if n == run.first else 'I'}-{run.label}"
    return columns


def runs_of(column: Sequence[str], breaks: Iterable[int] = ()) -> list[Tagged]:
    """The runs that a column of tags holds, be it IOB1, IOB2 or BIOES; `breaks` end every run."""
    ends = set(breaks)
    found: list[Tagged] = []
    begun: tuple[int, str] | None = None
    for n, tag in enumerate([*column, OUTSIDE]):
        kind, _, label = tag.partition("-")
        goes_on = kind in ("I", "E") and begun is not None and begun[1] == label and n not in ends
        if begun is not None and not goes_on:
            found.append(Tagged(begun[0], n, begun[1]))
            begun = None
        if label and not goes_on:
            begun = (n, label)
        if kind in ("E", "S") and begun is not None:
            found.append(Tagged(begun[0], n + 1, begun[1]))
            begun = None
    return found


def write_conll2003(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """One file of four columns, entities alone."""
    yield OutFile("corpus.conll", _conll2003(records, setting.tally))


def _conll2003(records: Iterable[Record], tally: Tally) -> Iterator[bytes]:
    for record in records:
        for layer in layers_of(record):
            yield bytes_of("".join(_conll2003_lines(layer, tally)), record.document.id)
        tally.wrote(counting.DOCUMENTS)


def _conll2003_lines(layer: Layer, tally: Tally) -> Iterator[str]:
    tokens = tokens_of(layer)
    runs = _runs(tokens, [(m.span, m.type) for m in layer.mentions], tally)
    column, *others = columns_of(runs, len(tokens)) or [[OUTSIDE] * len(tokens)]
    kept = sum(tag.startswith("B-") for tag in column)
    tally.wrote(counting.MENTIONS, kept)
    tally.drop(counting.MENTIONS, _OVERLAPPING, sum(t[0] == "B" for c in others for t in c))
    drop_attributes(layer, tally)
    yield "-DOCSTART- -X- -X- O\n\n"
    for first, last in tokens.sentences:
        for n in range(first, last):
            yield f"{tokens.word(n)} -X- -X- {column[n]}\n"
        yield "\n"


def _runs(
    tokens: Tokens, spans: Iterable[tuple[Span, str]], tally: Tally, kind: str = counting.MENTIONS
) -> list[Tagged]:
    found = []
    for span, label in spans:
        run = tagged(tokens, span, label)
        if isinstance(run, str):
            tally.drop(kind, run)
        else:
            found.append(run)
    return found


def write_bio(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """One table, frames included."""
    yield OutFile("corpus.bio.tsv", _bio(records, setting.tally))


def _bio(records: Iterable[Record], tally: Tally) -> Iterator[bytes]:
    for record in records:
        for layer in layers_of(record):
            yield bytes_of("".join(_bio_lines(layer, tally)), record.document.id)
        tally.wrote(counting.DOCUMENTS)


def _bio_lines(layer: Layer, tally: Tally) -> Iterator[str]:
    tokens = tokens_of(layer)
    drop_attributes(layer, tally)
    entities, triggers, frames = _runs_by_sentence(layer, tokens, tally)
    yield f"# newdoc id = {_one_line(layer.document.id)}\n"
    if layer.annotator != NOBODY:
        yield f"# annotator = {_one_line(layer.annotator)}\n"
    yield f"# curate = {write_shell(layer)}\n"
    yield f"# doc_text = {msgspec.json.encode(layer.document.text).decode()}\n"
    for number, (first, last) in enumerate(tokens.sentences):
        size = last - first
        empty = [[OUTSIDE] * size]
        named = [("NER", column) for column in columns_of(entities[number], size) or empty]
        named += [("TRIGGER", c) for c in columns_of(triggers[number], size)[:1] or empty]
        tally.wrote(counting.MENTIONS, sum(t[0] == "B" for h, c in named if h == "NER" for t in c))
        for head, runs in frames[number].items():
            for column in columns_of(runs, size):
                named.append((head, column))
                begun = [tag for tag in column if tag[0] == "B"]
                tally.wrote(counting.FRAMES, begun.count(f"B-{TRIGGER}"))
                tally.wrote(counting.ARGUMENTS, len(begun) - begun.count(f"B-{TRIGGER}"))
        yield "\t".join(["# token", "start", "end", *(head for head, _ in named)]) + "\n"
        for n in range(size):
            at = first + n
            place = [tokens.word(at), str(tokens.starts[at]), str(tokens.ends[at])]
            yield "\t".join([*place, *(column[n] for _, column in named)]) + "\n"
        yield "\n"


Runs = dict[int, list[Tagged]]
"""Number of the sentence → runs in it, counted from its first token."""


def _runs_by_sentence(
    layer: Layer, tokens: Tokens, tally: Tally
) -> tuple[Runs, Runs, dict[int, dict[str, list[Tagged]]]]:
    """Entities, triggers, and for each frame its trigger and fillers, by sentence."""
    kinds = [(m.span, m.type, m.subtype) for m in layer.mentions]
    labelled = [(span, kind if sub is None else f"{kind}:{sub}") for span, kind, sub in kinds]
    entities = _sorted_in(tokens, _runs(tokens, labelled, tally))
    triggers: list[Tagged] = []
    frames: dict[int, dict[str, list[Tagged]]] = defaultdict(dict)
    for number, frame in enumerate(layer.frames, 1):
        trigger = tagged(tokens, frame.trigger, TRIGGER)
        if isinstance(trigger, str):
            tally.drop(counting.FRAMES, trigger)
            tally.drop(counting.ARGUMENTS, "their frame was left out", len(frame.arguments))
            continue
        triggers.append(Tagged(trigger.first, trigger.last, frame.type))
        fillers = [(layer.filler(a), a.role) for a in frame.arguments]
        roles = _runs(tokens, fillers, tally, counting.ARGUMENTS)
        for sentence, runs in _sorted_in(tokens, [trigger, *roles]).items():
            frames[sentence][f"V{number}:{frame.type}"] = runs
    return entities, _sorted_in(tokens, triggers), frames


def _sorted_in(tokens: Tokens, runs: Iterable[Tagged]) -> Runs:
    found: Runs = defaultdict(list)
    for run in runs:
        sentence = tokens.sentence_of(run.first)
        first = tokens.sentences[sentence][0]
        found[sentence].append(Tagged(run.first - first, run.last - first, run.label))
    return found


def _one_line(words: str) -> str:
    return " ".join(words.split())


NO_FRAMES: Final = {
    **NO_CANDIDATES,
    counting.FRAMES: "the format has entities alone",
    counting.ARGUMENTS: "the format has entities alone",
    counting.LINKS: "the format has entities alone",
}
