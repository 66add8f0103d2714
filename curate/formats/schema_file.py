"""Event schemas as YAML files: load them, whole or as packs that extend another.

A file holds one schema, or a schema and the packs that extend it as YAML
documents of one stream; `self_contained` makes such a stream, so that a project
that keeps it needs no other file ever again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from curate.errors import SchemaError
from curate.formats.schema_packs import assembled
from curate.formats.schema_reading import EXTENDS, PartsReader
from curate.formats.yaml_nodes import YamlReader, decoded, near
from curate.shipped import shipped

if TYPE_CHECKING:
    from curate.formats.schema_parts import SchemaParts
    from curate.model.schema import EventSchema

DEFAULT_SCHEMA = "conflict-events"
_SUFFIX = ".yaml"


def shipped_schemas() -> list[str]:
    """Names of the schemas and packs that come with curate."""
    files = shipped("schemas").iterdir()
    return sorted(f.name.removesuffix(_SUFFIX) for f in files if f.name.endswith(_SUFFIX))


def shipped_schema_text(name: str = DEFAULT_SCHEMA) -> bytes:
    """The file of a shipped schema."""
    if name not in shipped_schemas():
        raise SchemaError(
            f"no schema called {name} comes with curate",
            near(name, shipped_schemas()) or f"there are {', '.join(shipped_schemas())}",
        )
    return shipped("schemas").joinpath(name + _SUFFIX).read_bytes()


def shipped_schema(name: str = DEFAULT_SCHEMA) -> EventSchema:
    """A schema that comes with curate."""
    return load_schema(shipped_schema_text(name), name + _SUFFIX)


def load_schema(source: Path | bytes, name: str | None = None) -> EventSchema:
    """Load a schema from a file, or from the bytes of one; `name` is what messages call it.

    A pack is put onto the schema it extends: an earlier document of the stream,
    else a file beside it, else one that comes with curate. Raises SchemaError
    with every problem and its place.
    """
    return assembled(_all_parts(source, name))


def self_contained(source: Path | bytes, name: str | None = None) -> bytes:
    """The text of a schema with the one it extends before it, as one YAML stream."""
    own, file = _read(source, name)
    missing = _missing_base(_parts(own, file), file)
    if missing is None:
        return own
    base, _ = _found_base(missing, source)
    return base.removesuffix(b"\n") + b"\n---\n" + own.removeprefix(b"\xef\xbb\xbf")


def _read(source: Path | bytes, name: str | None) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, name or "schema"
    try:
        return source.read_bytes(), name or str(source)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SchemaError(f"{source}: {reason}", "give the path of a schema file") from error


def _parts(source: bytes, file: str) -> list[SchemaParts]:
    reader = YamlReader(file)
    roots = reader.documents(decoded(source, file))
    if not roots:
        raise SchemaError(f"{file} is empty", "a schema starts with `format: curate-schema/1`")
    return [PartsReader(reader, root).read() for root in roots]


def _all_parts(source: Path | bytes, name: str | None) -> list[SchemaParts]:
    own, file = _read(source, name)
    parts = _parts(own, file)
    missing = _missing_base(parts, file)
    if missing is not None:
        parts = [*_parts(*_found_base(missing, source)), *parts]
    return parts


def _missing_base(parts: list[SchemaParts], file: str) -> str | None:
    """The name of the schema that the first document extends; flaws elsewhere are raised."""
    for position, part in enumerate(parts):
        if position > 0 and part.extends is None:
            part.reader.flaw(
                part.root, f"`{part.name}` stands behind another schema but extends none",
                "write `extends: name@^1.0`, or give it a file of its own",
            )  # fmt: skip
    if parts[0].extends is None:
        return None
    wanted = EXTENDS.fullmatch(parts[0].extends)
    if wanted is None:
        parts[0].reader.raise_flaws()
        return None
    if wanted["name"] == parts[0].name:
        raise SchemaError(f"{file}: `{parts[0].name}` extends itself", "name another schema")
    return wanted["name"]


def _found_base(name: str, source: Path | bytes) -> tuple[bytes, str]:
    """The text of the schema of that name, beside the file or from those that ship."""
    if isinstance(source, Path):
        beside = source.with_name(name + _SUFFIX)
        if beside.is_file():
            return beside.read_bytes(), str(beside)
    return shipped_schema_text(name), name + _SUFFIX
