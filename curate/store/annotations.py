"""The current state of annotations: what every annotator says now."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from curate.errors import ProjectError
from curate.model.annotation import (
    Annotation,
    Argument,
    Fate,
    Frame,
    Link,
    LinkKind,
    Mention,
    Status,
    frame_order,
    link_order,
    mention_order,
)
from curate.model.span import Span
from curate.store.encoding import from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.store.database import Connection

_HEAD = """
SELECT a.number, a.annotator, i.start, i.end, a.status, a.note, a.reason, i.id
FROM annotations a JOIN items i ON i.number = a.item
"""
_CHUNK = 500


class Annotations:
    """Annotations by item and annotator."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, item_id: str, annotator: str) -> Annotation:
        """What an annotator says of an item; a new, empty annotation if nothing yet."""
        found = self._found("WHERE i.id = ? AND a.annotator = ?", (item_id, annotator))
        if found:
            return found[0][1]
        row = self._connection.row("SELECT start, end FROM items WHERE id = ?", (item_id,))
        if row is None:
            raise ProjectError(f"{self._connection.path} has no item {item_id}")
        return Annotation(annotator, Span(*row))

    def of_item(self, item_id: str) -> list[Annotation]:
        """What all annotators say of an item, by name."""
        found = self._found("WHERE i.id = ? ORDER BY a.annotator", (item_id,))
        return [annotation for _, annotation in found]

    def of_document(self, document_id: str) -> list[Annotation]:
        """What all annotators say of a document's items, in the order of the items."""
        found = self._found(
            "JOIN documents d ON d.number = i.document WHERE d.id = ? "
            "ORDER BY i.number, a.annotator",
            (document_id,),
        )
        return [annotation for _, annotation in found]

    def near(self, item_id: str, annotator: str, reach: int) -> list[Annotation]:
        """What an annotator says of the items before and after one, so many each way."""
        found = self._found(
            "JOIN items here ON here.id = ? AND here.document = i.document "
            "WHERE a.annotator = ? AND a.item <> here.number "
            "AND a.item BETWEEN here.number - ? AND here.number + ? ORDER BY a.item",
            (item_id, annotator, reach, reach),
        )
        return [annotation for _, annotation in found]

    def roles_filled(self, latest: int) -> list[tuple[str, str, str, bool, int]]:
        """How often which kind of filler plays which role, in so many annotations begun last.

        Event type, type of the filler, role, whether the filler stands before the trigger, times.
        """
        rows = self._connection.rows(
            "SELECT f.type, coalesce(m.type, g.type) AS kind, a.role, "
            "coalesce(m.start, g.start) < f.start, count(*) FROM arguments a "
            "JOIN frames f ON f.annotation = a.annotation AND f.id = a.frame "
            "LEFT JOIN mentions m ON m.annotation = a.annotation AND m.id = a.mention "
            "LEFT JOIN frames g ON g.annotation = a.annotation AND g.id = a.filler_frame "
            "WHERE a.annotation > (SELECT max(number) FROM annotations) - ? "
            "AND kind IS NOT NULL GROUP BY 1, 2, 3, 4",
            (latest,),
        )
        return [
            (event, kind, role, bool(before), times) for event, kind, role, before, times in rows
        ]

    def all(self, annotator: str) -> Iterator[tuple[str, Annotation]]:
        """Everything an annotator said, with the item's id, in the order of the items."""
        last = 0
        while found := self._found(
            "WHERE a.annotator = ? AND a.item > ? ORDER BY a.item LIMIT ?",
            (annotator, last, _CHUNK),
        ):
            yield from found
            last = self._connection.value("SELECT number FROM items WHERE id = ?", found[-1][:1])

    def annotators(self) -> list[str]:
        """Everyone who said anything or was assigned anything, by name."""
        rows = self._connection.rows(
            "SELECT annotator FROM progress UNION SELECT annotator FROM assignments ORDER BY 1"
        )
        return [name for (name,) in rows]

    def _found(self, where: str, values: Sequence[Any]) -> list[tuple[str, Annotation]]:
        """Item id and annotation of every row that the condition names."""
        loaded: list[tuple[str, Annotation]] = []
        with self._connection.reading():  # several tables, of one moment
            heads = self._connection.rows(_HEAD + where, values)
            for start in range(0, len(heads), _CHUNK):
                chunk = heads[start : start + _CHUNK]
                parts = _Parts(self._connection, [head[0] for head in chunk])
                loaded += [(head[7], parts.annotation(head)) for head in chunk]
        return loaded


class _Parts:
    """Mentions, frames, links and fates of some annotations, read table by table."""

    def __init__(self, connection: Connection, numbers: list[int]) -> None:
        self._connection = connection
        self._wanted = (to_json(numbers),)
        self.mentions = self._mentions()
        self.frames = self._frames()
        self.links = self._links()
        self.fates = self._fates()

    def annotation(self, head: tuple[Any, ...]) -> Annotation:
        """Put one annotation together."""
        number, annotator, start, end, status, note, reason, _ = head
        return Annotation(
            annotator=annotator,
            item=Span(start, end),
            status=Status(status),
            mentions=tuple(sorted(self.mentions[number], key=mention_order)),
            frames=tuple(sorted(self.frames[number], key=frame_order)),
            links=tuple(sorted(self.links[number], key=link_order)),
            note=note,
            reason=reason,
            fates=self.fates[number],
        )

    def _mentions(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = defaultdict(list)
        for number, key, start, end, kind, subtype, attributes, candidate in self._connection.each(
            "SELECT annotation, id, start, end, type, subtype, attributes, candidate "
            "FROM mentions WHERE annotation IN (SELECT value FROM json_each(?))",
            self._wanted,
        ):
            found[number].append(
                Mention(key, Span(start, end), kind, subtype, _attributes(attributes), candidate)
            )
        return found

    def _frames(self) -> dict[int, list[Frame]]:
        arguments = self._arguments()
        found: dict[int, list[Frame]] = defaultdict(list)
        for number, key, kind, start, end, attributes, candidate in self._connection.each(
            "SELECT annotation, id, type, start, end, attributes, candidate "
            "FROM frames WHERE annotation IN (SELECT value FROM json_each(?))",
            self._wanted,
        ):
            trigger, fillers = Span(start, end), tuple(arguments[number, key])
            found[number].append(
                Frame(key, kind, trigger, fillers, _attributes(attributes), candidate)
            )
        return found

    def _arguments(self) -> dict[tuple[int, str], list[Argument]]:
        found: dict[tuple[int, str], list[Argument]] = defaultdict(list)
        for number, frame, role, mention, filler, start, end in self._connection.each(
            "SELECT annotation, frame, role, mention, filler_frame, start, end FROM arguments "
            "WHERE annotation IN (SELECT value FROM json_each(?)) ORDER BY place",
            self._wanted,
        ):
            span = None if start is None else Span(start, end)
            found[number, frame].append(Argument(role, mention, filler, span))
        return found

    def _links(self) -> dict[int, list[Link]]:
        found: dict[int, list[Link]] = defaultdict(list)
        for number, kind, source, target in self._connection.each(
            "SELECT annotation, kind, source, target FROM links "
            "WHERE annotation IN (SELECT value FROM json_each(?))",
            self._wanted,
        ):
            found[number].append(Link(LinkKind(kind), source, target))
        return found

    def _fates(self) -> dict[int, dict[str, Fate]]:
        found: dict[int, dict[str, Fate]] = defaultdict(dict)
        for number, candidate, fate in self._connection.each(
            "SELECT annotation, candidate, fate FROM fates "
            "WHERE annotation IN (SELECT value FROM json_each(?))",
            self._wanted,
        ):
            found[number][candidate] = Fate(fate)
        return found


def _attributes(text: str) -> dict[str, str]:
    attributes: dict[str, str] = {} if text == "{}" else from_json(text)
    return attributes
