"""Write records in a format and read them back, files in memory."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from curate.formats.doors import Format, InFile, Setting, joined
from curate.formats.tally import Tally, counted

if TYPE_CHECKING:
    from curate.formats.records import Record
    from curate.model.schema import EventSchema


def written(
    chosen: Format, records: list[Record], schema: EventSchema
) -> tuple[dict[str, bytes], Tally]:
    """Name → bytes of every file, and the counts, which add up."""
    assert chosen.write is not None
    tally = Tally()
    setting = Setting(schema, tally=tally)
    files = chosen.write(counted(records, tally, chosen.omits), setting)
    made = {file.name: b"".join(file.content) for file in files}
    tally.check(chosen.name, chosen.keeps)
    return made, tally


def read_back(chosen: Format, files: dict[str, bytes], schema: EventSchema) -> list[Record]:
    """The records of the files."""
    setting = Setting(schema, name="x")
    if chosen.read_files is not None:
        listed = [InFile(name, partial(_same, content)) for name, content in files.items()]
        return list(joined(chosen.read_files(listed, setting)))
    assert chosen.read is not None
    content = next(iter(files.values()))
    return list(joined(chosen.read(content.splitlines(keepends=True), setting)))


def _same(content: bytes) -> bytes:
    return content
