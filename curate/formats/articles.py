"""Articles as JSON objects, one a line: any object with a `text` that is no curate JSONL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from curate.errors import FormatError
from curate.formats.jsonl import read_record
from curate.formats.records import Record
from curate.model.document import Document, document_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.model.document import MetaValue


class _Probe(msgspec.Struct):
    """Just enough of a line to tell what it is."""

    format: object = msgspec.UNSET


_PROBE = msgspec.json.Decoder(_Probe)


def read_lines(lines: Iterable[bytes], name: str) -> Iterator[Record]:
    """Read curate JSONL and articles, line by line; blank lines are skipped.

    Raises FormatError with the line.
    """
    for number, line in enumerate(lines, 1):
        content = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        if content.strip():
            yield read_line(content, f"{name}:{number}")


def read_line(line: bytes, place: str) -> Record:
    """Read one line, be it a record of curate JSONL or an article."""
    try:
        is_record = _PROBE.decode(line).format is not msgspec.UNSET
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        is_record = True  # its reader says what is wrong
    return read_record(line, place) if is_record else read_article(line, place)


def read_article(line: bytes, place: str) -> Record:
    """Read an article: `text` is kept as it is, every other field becomes metadata.

    A title stays beside the text: it is not known whether the text begins with it.
    """
    return article_of(msgspec.json.decode(line, type=dict[str, Any]), place)


def article_of(values: Mapping[str, Any], place: str) -> Record:
    """An article from its fields, as `read_article` takes them."""
    article = dict(values)
    text = article.pop("text", None)
    if not isinstance(text, str):
        raise FormatError(
            f"{place}: the article has no text",
            'each line is an object with a "text" that is a string',
        )
    identity = article.pop("id", None)
    nested = article.pop("meta", None)
    if isinstance(nested, Mapping):
        article = {**nested, **article}
    return Record(
        Document(
            id=document_id(text) if identity in (None, "") else str(identity),
            text=text,
            meta={k: _meta(v) for k, v in article.items() if v is not None},
        )
    )


def _meta(value: object) -> MetaValue:
    """A value as metadata: what is nested becomes JSON text."""
    if isinstance(value, str | int | float | bool):
        return value
    return msgspec.json.encode(value).decode()
