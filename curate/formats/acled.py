"""Events in the columns of ACLED: a table derived from frames. It is not ACLED's data.

A frame becomes a row where the schema maps its type to ACLED, it is not denied or negated, and the
table of columns (`exports/acled-csv/columns.tsv`: which role and attribute feeds which column)
knows its roles. Nothing is guessed: what the text does not say stays empty.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from curate.formats import tally as counting
from curate.formats.dealing import keyed_layers
from curate.formats.doors import NO_CANDIDATES, Format, OutFile, Setting, bytes_of
from curate.formats.tables import csv_line
from curate.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from curate.formats.layers import Layer
    from curate.formats.records import Record
    from curate.model.annotation import Argument, Frame, Mention

COLUMNS: Final = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type"),
    *("sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2"),
    *("interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2"),
    *("admin3", "location", "latitude", "longitude", "geo_precision", "source", "source_scale"),
    *("notes", "fatalities", "tags", "timestamp"),
)
"""The columns of ACLED in their order."""
_JOIN: Final = "; "
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_TYPE: Final = "the schema maps their type to no type of ACLED"
_NOT_SO: Final = "the text says that it was not, or not yet"
_NO_COLUMN: Final = "no column takes the role"


@cache
def _rules() -> dict[str, dict[str, str]]:
    """What feeds which column: (kind → name → column or value), from the table that ships."""
    rules: dict[str, dict[str, str]] = {}
    path = shipped("exports").joinpath("acled-csv", "columns.tsv")
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        kind, name, column = line.split("\t")
        rules.setdefault(kind, {})[name] = column
    return rules


def write(records: Iterable[Record], setting: Setting) -> Iterator[OutFile]:
    """One table."""
    yield OutFile("events.acled.csv", _lines(records, setting))


def _lines(records: Iterable[Record], setting: Setting) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf" + csv_line(COLUMNS).encode()
    for record in records:
        for key, layer in keyed_layers(record):
            for row in _Writer(key, layer, setting).rows():
                yield bytes_of(csv_line([row.get(c, "") for c in COLUMNS]), record.document.id)
        setting.tally.wrote(counting.DOCUMENTS)


class _Writer:
    """Writes one layer."""

    def __init__(self, key: str, layer: Layer, setting: Setting) -> None:
        self._key = key
        self._layer = layer
        self._schema = setting.schema
        self._tally = setting.tally
        self._mentions = {m.id: m for m in layer.mentions}
        self._frames = {f.id: f for f in layer.frames}
        self._held: set[str] = set()

    def rows(self) -> Iterator[dict[str, str]]:
        """A row for each frame that ACLED has a type for."""
        for frame in self._layer.frames:
            kind = self._kind(frame)
            reason = _NO_TYPE if kind is None else _NOT_SO if self._is_denied(frame) else None
            if kind is None or reason is not None:
                self._tally.drop(counting.FRAMES, reason or _NO_TYPE)
                self._tally.drop(
                    counting.ARGUMENTS, "their frame was left out", len(frame.arguments)
                )
                self._tally.drop(
                    counting.ATTRIBUTES, "their frame was left out", len(frame.attributes)
                )
                continue
            yield self._row(frame, kind)
            self._tally.wrote(counting.FRAMES)
        self._tally.wrote(counting.MENTIONS, len(self._held))
        for mention in self._layer.mentions:
            self._tally.drop(counting.ATTRIBUTES, "words are all it holds", len(mention.attributes))
        left = len(self._layer.mentions) - len(self._held)
        self._tally.drop(counting.MENTIONS, "no row names them", left)

    def _kind(self, frame: Frame) -> tuple[str, str] | None:
        """ACLED's event type and sub-event type of a frame."""
        event = self._schema.event_types.get(frame.type)
        if event is None:
            return None
        codes: object = event.mapping.get("acled")
        for rule in event.conditional_mapping:
            when = rule.get("when")
            if "acled" in rule and isinstance(when, dict) and self._holds(frame, when):
                codes = rule["acled"]
                break
        first = codes[0] if isinstance(codes, list | tuple) and codes else codes
        if not isinstance(first, str) or ">" not in first:
            return None
        above, _, below = first.partition(">")
        return above, below

    def _holds(self, frame: Frame, when: Mapping[str, object]) -> bool:
        """Whether every condition holds: of an attribute, or of a filler's type or subtype."""
        for name, wanted in when.items():
            values = set(wanted) if isinstance(wanted, list | tuple) else {wanted}
            role, dot, part = name.partition(".")
            fillers = [a for a in frame.arguments if a.role == role] if dot else []
            found = (
                {self._part_of(a, part) for a in fillers} if dot else {frame.attributes.get(name)}
            )
            if not found & values:
                return False
        return True

    def _part_of(self, argument: Argument, part: str) -> str | None:
        mention = self._mentions.get(argument.mention or "")
        if mention is not None:
            return mention.type if part == "type" else mention.subtype
        frame = self._frames.get(argument.frame or "")
        return frame.type if frame is not None and part == "type" else None

    def _is_denied(self, frame: Frame) -> bool:
        left_out = _rules().get("without", {})
        return any(
            value in left_out.get(name, "").split("|") for name, value in frame.attributes.items()
        )

    def _row(self, frame: Frame, kind: tuple[str, str]) -> dict[str, str]:
        text, meta = self._layer.document.text, self._layer.document.meta
        row = {
            "event_id_cnty": f"{self._key}-{frame.id}",
            "time_precision": "",
            "event_type": kind[0],
            "sub_event_type": kind[1],
            "disorder_type": _rules().get("disorder", {}).get(kind[0], ""),
            "source": str(meta.get("source") or ""),
            "notes": " ".join(self._sentence(frame).split()),
        }
        others: list[str] = []
        for argument in frame.arguments:
            column = _rules().get("role", {}).get(argument.role)
            words = self._layer.filler(argument).of(text)
            if column is None:
                self._tally.drop(counting.ARGUMENTS, _NO_COLUMN)
                continue
            if column == "event_date":
                if not _fill_date(row, self._mentions.get(argument.mention or "")):
                    others.append(f"{argument.role}={words}")
            elif column == "tags" or row.get(column):
                others.append(f"{argument.role}={words}")
            else:
                row[column] = words
                self._fill_type(row, column, self._mentions.get(argument.mention or ""))
            self._tally.wrote(counting.ARGUMENTS)
            if argument.mention is not None:
                self._held.add(argument.mention)
        row["fatalities"] = self._fatalities(frame)
        row["interaction"] = "-".join(row[c] for c in ("inter1", "inter2") if row.get(c))
        said = [f"{name}={value}" for name, value in frame.attributes.items()]
        self._tally.wrote(counting.ATTRIBUTES, len(said))
        row["tags"] = _JOIN.join(
            [f"published={meta['date']}" if meta.get("date") else "", *others, *said]
        ).removeprefix(_JOIN)
        return row

    def _fill_type(self, row: dict[str, str], column: str, mention: Mention | None) -> None:
        """What kind of actor it is, where the schema maps the subtype."""
        inter = {"actor1": "inter1", "actor2": "inter2"}.get(column)
        entity = None if mention is None else self._schema.entity_types.get(mention.type)
        if inter is None or entity is None or mention is None:
            return
        codes = entity.mapping.get("acled_inter")
        if isinstance(codes, dict) and mention.subtype in codes:
            code = str(codes[mention.subtype])
            row[inter] = _rules().get("inter", {}).get(code, code)

    def _fatalities(self, frame: Frame) -> str:
        """The deaths that are told as effects of a frame, where every number is plain digits."""
        roles = _rules().get("fatalities", {})
        words = [
            self._layer.filler(a).of(self._layer.document.text)
            for other in self._layer.frames
            if self._counts_dead(other) and any(a.frame == frame.id for a in other.arguments)
            for a in other.arguments
            if a.role in roles
        ]
        if not words or not all(w.isdecimal() for w in words):
            return ""
        return str(sum(int(w) for w in words))

    def _counts_dead(self, frame: Frame) -> bool:
        event = self._schema.event_types.get(frame.type)
        codes = None if event is None else event.mapping.get("acled")
        return isinstance(codes, list | tuple) and "@fatalities" in codes

    def _sentence(self, frame: Frame) -> str:
        document = self._layer.document
        for sentence in document.sentences:
            if sentence.span.covers(frame.trigger):
                return sentence.span.of(document.text)
        return frame.trigger.of(document.text)


def _fill_date(row: dict[str, str], mention: Mention | None) -> bool:
    """Put the day that an annotator gave a time in; words are no date."""
    attribute = _rules().get("value", {}).get("event_date", "")
    value = "" if mention is None else mention.attributes.get(attribute, "")
    if row.get("event_date") or not _DAY.fullmatch(value):
        return False
    row |= {"event_date": value, "year": value[:4], "time_precision": "1"}
    return True


FORMAT = Format(
    "acled-csv",
    "a table of events in ACLED's columns; derived, not ACLED's own data",
    (".acled.csv",),
    is_lossless=False,
    write=write,
    keeps=frozenset({counting.DOCUMENTS}),
    omits={**NO_CANDIDATES, counting.LINKS: "a row is one frame"},
    loses=(
        "frames of types that ACLED does not have",
        "dates, places and numbers as values: they stand as the text says them",
        "everything but words: no offsets, entity types or frames in slots",
    ),
)
