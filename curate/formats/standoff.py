"""Annotations without their texts: for texts that may not be passed on.

One document a line, as in curate JSONL, but with hash and length in the place of the text, and no
text of any span. Who has the text puts it back (`restored`); a text that is not the same to the
last code point is refused.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec

from curate.errors import FormatError
from curate.formats.jsonl import read_record
from curate.formats.jsonl_writing import shape_of
from curate.model.document import text_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.formats.records import Record

FORMAT = "curate-standoff/1"


def write_standoff(record: Record) -> bytes:
    """One line without a word of the text; ends in a line feed."""
    shape = msgspec.to_builtins(shape_of(replace(record, candidates=(), threads=())))
    text = record.document.text
    told: dict[str, Any] = {
        "format": FORMAT,
        "id": record.document.id,
        "sha256": record.document.sha256,
        "length": len(text),
    }
    told |= {key: value for key, value in shape.items() if key not in ("format", "id", "text")}
    return msgspec.json.encode(_without_text(told)) + b"\n"


def hash_in(line: bytes, name: str, number: int) -> str:
    """Which text a line is about; FormatError for a line that is not stand-off."""
    return str(_parsed(line, name, number)["sha256"])


def restored(line: bytes, text: str, name: str, number: int) -> Record:
    """The document with its text put back; FormatError when it is another text."""
    told = _parsed(line, name, number)
    if text_hash(text) != told["sha256"]:
        raise FormatError(
            f"{name}:{number}: this is not the text that {told.get('id')} was annotated on",
            "curate needs it unchanged, to the last character",
        )
    whole = {key: value for key, value in told.items() if key not in ("sha256", "length")}
    whole |= {"format": "curate/1", "text": text}
    return read_record(msgspec.json.encode(whole), f"{name}:{number}")


def _parsed(line: bytes, name: str, number: int) -> Mapping[str, Any]:
    try:
        told = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise FormatError(f"{name}:{number}: no JSON: {error}", "take an unbroken copy") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise FormatError(f"{name}:{number}: no line of {FORMAT}", "it begins with its format")
    if not isinstance(told.get("sha256"), str):
        raise FormatError(f"{name}:{number}: the hash of the text is missing", "take another copy")
    return told


def _without_text(value: Any) -> Any:
    """The value without the texts of spans and triggers."""
    if isinstance(value, dict):
        is_span = {"start", "end"} <= value.keys()
        return {
            key: _without_text(inner)
            for key, inner in value.items()
            if not (is_span and key == "text")
        }
    if isinstance(value, list):
        return [_without_text(inner) for inner in value]
    return value
