"""Reads the small pieces that every part of a schema file is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from curate.formats.schema_parts import DEFAULT_COLOUR, Kind, Reference, SchemaParts
from curate.formats.yaml_nodes import YamlReader, near
from curate.model.marked import TRIGGER, parse_marked
from curate.model.schema import Attribute, Cardinality, Guideline, Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    import yaml

NAME = re.compile(r"(?!.*__)[A-Za-z][A-Za-z0-9_-]{0,63}")
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_KEY = re.compile(
    r"Key[A-Z]|Digit[0-9]|F([1-9]|1[0-2])|Bracket(Left|Right)"
    r"|Minus|Equal|Semicolon|Quote|Comma|Period|Slash|Backslash|Backquote"
)
_MAPPING = "tag:yaml.org,2002:map"


class WordReader:
    """Reads labels, guidelines, attributes and the like; problems go to the reader."""

    def __init__(self, reader: YamlReader, root: yaml.Node) -> None:
        self.reader = reader
        self.parts = SchemaParts(reader, root)

    def label(self, node: yaml.Node) -> Label:
        """A text for people: `{en: …, ar: …}`, or one text for both."""
        if node.tag != _MAPPING:
            text = self.reader.text(node, "this text")
            return Label(text, text)
        fields = self.reader.fields(node, "this text", ("en", "ar"))
        return Label(*(self.optional_text(fields, tongue) for tongue in ("en", "ar")))

    def optional_text(self, fields: Mapping[str, yaml.Node], name: str) -> str:
        """The text of a field, or nothing where there is no such field."""
        return self.reader.text(fields[name], f"`{name}`") if name in fields else ""

    def labels(self, node: yaml.Node, what: str) -> dict[str, Label]:
        """Named values with their labels."""
        found = {}
        for name, value in self.reader.mapping(node, what).items():
            if not _VALUE.fullmatch(name):
                self.reader.flaw(
                    value,
                    f"`{name}` cannot be a name here",
                    "use ASCII letters, digits, ., - and _",
                )
            found[name] = self.label(value)
        return found

    def guidelines(self, node: yaml.Node) -> tuple[Guideline, ...]:
        """Rules for annotators, each with an optional example."""
        return tuple(
            self._guideline(bullet) for bullet in self.reader.sequence(node, "`guidelines`")
        )

    def _guideline(self, node: yaml.Node) -> Guideline:
        if node.tag != _MAPPING:
            return Guideline(self.label(node))
        fields = self.reader.fields(node, "this guideline", ("en", "ar"), ("example",))
        rule = Label(*(self.optional_text(fields, tongue) for tongue in ("en", "ar")))
        return Guideline(rule, self.example(fields, "") if "example" in fields else None)

    def example(self, fields: Mapping[str, yaml.Node], scope: str) -> str | None:
        """An example as it is written; its marks are checked once all names are known."""
        node = fields.get("example")
        if node is None:
            return None
        source = self.reader.text(node, "`example`")
        try:
            marks = parse_marked(source).marks
        except ValueError as error:
            self.reader.flaw(node, f"in this example {error}", "mark with {!:trigger} {Role:words}")
            return source
        for name in dict.fromkeys(m.name for m in marks if m.name != TRIGGER):
            self.refer(node, Kind.MARK, name, scope)
        return source

    def refer(
        self, node: yaml.Node, kind: Kind, name: str, scope: str = "", values: tuple[str, ...] = ()
    ) -> None:
        """Note a name that has to exist in the end."""
        reference = Reference(self.reader, node, kind, name, scope, values)
        self.parts.references.append(reference)

    def colour(self, fields: Mapping[str, yaml.Node]) -> str:
        """The colour given, or grey."""
        if "colour" not in fields:
            return DEFAULT_COLOUR
        return self.matching(fields["colour"], "`colour`", _COLOUR, 'a colour such as "#c2185b"')

    def key(self, fields: Mapping[str, yaml.Node]) -> str | None:
        """The physical key given."""
        if "key" not in fields:
            return None
        return self.matching(
            fields["key"], "`key`", _KEY, "a physical key such as KeyA, Digit1 or Minus"
        )

    def matching(self, node: yaml.Node, what: str, pattern: re.Pattern[str], remedy: str) -> str:
        """A text that has to match a pattern whole; `remedy` says what it looks like."""
        value = self.reader.text(node, what)
        if value and not pattern.fullmatch(value):
            self.reader.flaw(node, f"{what} cannot be `{value}`", f"write {remedy}")
        return value

    def label_of(self, fields: Mapping[str, yaml.Node], name: str) -> Label:
        """The label of an entry; its name stands in for a missing one."""
        return self.label(fields["label"]) if "label" in fields else Label(name, name)

    def definition(self, fields: Mapping[str, yaml.Node]) -> Label:
        """The definition of an entry, empty where there is none."""
        return self.label(fields["definition"]) if "definition" in fields else Label("", "")

    def mapping(self, fields: Mapping[str, yaml.Node]) -> Mapping[str, object]:
        """Codes in other ontologies."""
        if "mapping" not in fields:
            return {}
        entries = self.reader.mapping(fields["mapping"], "`mapping`")
        return {name: self.reader.plain(node) for name, node in entries.items()}

    def attribute(self, name: str, node: yaml.Node) -> Attribute:
        """Read an attribute: named values with a default, or free text."""
        fields = self.reader.fields(
            node, f"attribute `{name}`", ("label",), ("values", "default", "cues", "on")
        )
        values = self.labels(fields["values"], "`values`") if "values" in fields else {}
        default = self.reader.text(fields["default"], "`default`") if "default" in fields else None
        if default is not None and values and default not in values:
            self.reader.flaw(
                fields["default"], f"`{default}` is no value of `{name}`",
                near(default, values) or f"one of {', '.join(values)}",
            )  # fmt: skip
        cues = self.reader.mapping(fields["cues"], "`cues`") if "cues" in fields else {}
        for value in [v for v in cues if v not in values]:
            self.reader.flaw(cues[value], f"`{value}` is no value of `{name}`", near(value, values))
        carriers = self.reader.texts(fields["on"], "`on`") if "on" in fields else ()
        for carrier in carriers:
            self.refer(fields["on"], Kind.ENTITY_TYPE, carrier)
        return Attribute(
            name=name,
            label=self.label_of(fields, name),
            values=values,
            default=default,
            cues={value: self.reader.texts(forms, "`cues`") for value, forms in cues.items()},
            on=frozenset(carriers),
        )

    def cardinalities(self, node: yaml.Node, scope: str = "") -> dict[str, Cardinality]:
        """Roles with the number of fillers each takes."""
        found = {}
        for role, how_many in self.reader.mapping(node, "`roles`").items():
            self.refer(how_many, Kind.ROLE, role, scope)
            written = self.reader.text(how_many, f"the number of `{role}`")
            known = {c.value for c in Cardinality}
            if written not in known:
                self.reader.flaw(
                    how_many, f"`{role}` cannot take `{written}` fillers",
                    'write "1" one, "?" none or one, "*" any number, "+" one or more',
                )  # fmt: skip
            found[role] = Cardinality(written if written in known else "*")
        return found
