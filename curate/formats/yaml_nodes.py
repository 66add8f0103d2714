"""YAML as a tree of nodes that know their place: every problem is collected, none is guessed away.

Scalars are read as the text that was written, so `no`, `on` and `1.0` keep their
spelling. Aliases, tags and deep nesting are refused before they can do harm.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

import yaml

from curate.errors import Flaw, Place, SchemaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MAX_CHARACTERS = 8_000_000
MAX_DEPTH = 40
SAFE_BRACKETS = 5_000
_DEEP_BLOCK = re.compile(rf"^[ ?:-]{{{2 * MAX_DEPTH},}}", re.MULTILINE)
_STARTS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


_KINDS: Final[dict[type[yaml.Node], str]] = {
    yaml.MappingNode: "tag:yaml.org,2002:map",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.ScalarNode: "tag:yaml.org,2002:str",
}
"""What a node without a tag is: no scalar is ever a number, a date or a truth value."""


class _Untyped(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]  # C or Python
    """A loader that guesses no types, which also makes it a third faster."""

    def resolve(self, kind: type[yaml.Node], _value: object, _implicit: object) -> str:
        """The tag of a node that has none."""
        return _KINDS[kind]

    def descend_resolver(self, _parent: object, _index: object) -> None:
        """Nothing depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """Nothing depends on where a node stands."""


def decoded(source: bytes, file: str) -> str:
    """The text of a UTF-8 file; a SchemaError names the first byte that is not UTF-8."""
    try:
        return source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise SchemaError(
            f"{file}:{line}: byte {error.start} ({source[error.start]:#04x}) is not UTF-8",
            "save the file as UTF-8",
        ) from error


def near(name: str, known: Iterable[str]) -> str | None:
    """A remedy that names what was probably meant, or None when nothing is near."""
    folded = {k.casefold(): k for k in known}
    found = get_close_matches(name.casefold(), folded, n=2, cutoff=0.6)
    return f"did you mean {' or '.join(f'`{folded[f]}`' for f in found)}?" if found else None


class YamlReader:
    """Reads nodes of one file and collects what is wrong with them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.flaws: list[Flaw] = []

    def flaw(self, node: yaml.Node, message: str, remedy: str | None = None) -> None:
        """Note that something is wrong at that node."""
        mark = node.start_mark
        self.flaws.append(Flaw(Place(self.file, mark.line + 1, mark.column + 1), message, remedy))

    def raise_flaws(self) -> None:
        """Raise one SchemaError with everything that was noted, if anything was."""
        if not self.flaws:
            return
        ordered = sorted(self.flaws, key=lambda f: (f.place.line or 0, f.place.column or 0))
        told = [str(f) for f in ordered[:50]]
        if len(ordered) > len(told):
            told.append(f"… and {len(ordered) - len(told)} more")
        many = "1 problem" if len(ordered) == 1 else f"{len(ordered)} problems"
        raise SchemaError(
            "\n  ".join((f"{self.file} has {many}:", *told)),
            "mend the file; `curate schema check FILE` reads it again",
            tuple(ordered),
        )

    def documents(self, text: str) -> list[yaml.Node]:
        """The root nodes of the YAML documents in the text.

        Raises SchemaError where the text is no YAML, or holds what could do harm.
        """
        if len(text) > MAX_CHARACTERS:
            raise SchemaError(
                f"{self.file} has {len(text):,} characters: too many for a schema",
                f"a schema has at most {MAX_CHARACTERS:,}",
            )
        try:
            _refuse_depth(text, self.file)
            roots = list(yaml.compose_all(text, Loader=_Untyped))
        except yaml.MarkedYAMLError as error:
            raise self._syntax_error(error) from error
        except yaml.reader.ReaderError as error:
            line = text.count("\n", 0, error.position) + 1
            raise SchemaError(
                f"{self.file}:{line}: a control character stands at character {error.position}",
                "take it out",
            ) from error
        except UnicodeEncodeError as error:
            line = text.count("\n", 0, error.start) + 1
            raise SchemaError(
                f"{self.file}:{line}: half of a surrogate pair stands at character {error.start}",
                "take it out",
            ) from error
        self._refuse_aliases(roots, text)
        return roots

    def _syntax_error(self, error: yaml.MarkedYAMLError) -> SchemaError:
        mark = error.problem_mark or error.context_mark
        place = (
            Place(self.file) if mark is None else Place(self.file, mark.line + 1, mark.column + 1)
        )
        context = f" {error.context}" if error.context else ""
        message = f"this is not YAML: {error.problem}{context}"
        remedy = "put texts that hold `: `, ` #`, or start with a sign, into double quotes"
        return SchemaError(f"{place}: {message}", remedy, (Flaw(place, message, remedy),))

    def _refuse_aliases(self, roots: list[yaml.Node], text: str) -> None:
        """Refuse nodes that stand in two places: a few of them can stand for millions."""
        if "&" not in text:
            return
        seen: set[int] = set()
        waiting = list(roots)
        while waiting:
            node = waiting.pop()
            if id(node) in seen:
                self.flaw(node, "aliases (`*name`) are not allowed here", "write the value out")
                continue
            seen.add(id(node))
            if isinstance(node, yaml.MappingNode):
                waiting.extend(part for pair in node.value for part in pair)
            elif isinstance(node, yaml.SequenceNode):
                waiting.extend(node.value)
        self.raise_flaws()

    def mapping(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        """The entries of a mapping by key, in order; each key that comes again is a flaw."""
        if not isinstance(node, yaml.MappingNode):
            self.flaw(node, f"{what} is {_kind(node)}, not a mapping", "write `name: value` lines")
            return {}
        self._check_tag(node)
        entries: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = self.text(key, f"a key of {what}")
            if name in entries:
                first = self._first_line(node, name)
                self.flaw(
                    key,
                    f"`{name}` stands twice in {what}; the first is on line {first}",
                    "keep one of the two",
                )
            else:
                entries[name] = value
        return entries

    @staticmethod
    def _first_line(node: yaml.MappingNode, name: str) -> int:
        return next(int(k.start_mark.line) + 1 for k, _ in node.value if k.value == name)

    def fields(
        self, node: yaml.Node, what: str, required: Sequence[str], optional: Sequence[str] = ()
    ) -> dict[str, yaml.Node]:
        """The known entries of a mapping; unknown and missing ones are flaws."""
        before = len(self.flaws)
        entries = self.mapping(node, what)
        known = (*required, *optional)
        for name in [n for n in entries if n not in known]:
            value = entries.pop(name)
            remedy = near(name, known) or f"{what} has: {', '.join(known)}"
            self.flaw(self._key_of(node, name) or value, f"{what} has no field `{name}`", remedy)
        missing = [n for n in required if n not in entries]
        if missing and (entries or len(self.flaws) == before):
            self.flaw(node, f"{what} lacks {_listed(missing)}", "add what is missing")
        return entries

    @staticmethod
    def _key_of(node: yaml.Node, name: str) -> yaml.Node | None:
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        return next((k for k, _ in pairs if k.value == name), None)

    def sequence(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        """The nodes of a list."""
        if not isinstance(node, yaml.SequenceNode):
            self.flaw(node, f"{what} is {_kind(node)}, not a list", "write `[one, two]`")
            return []
        self._check_tag(node)
        return list(node.value)

    def text(self, node: yaml.Node, what: str) -> str:
        """A scalar as it was written, without quotes; empty text is a flaw."""
        if not isinstance(node, yaml.ScalarNode):
            self.flaw(node, f"{what} is {_kind(node)}, not a text", "put it into double quotes")
            return ""
        self._check_tag(node)
        value = str(node.value)
        if not value.strip():
            self.flaw(node, f"{what} is empty", "write it, or take the line out")
        return value

    def texts(self, node: yaml.Node, what: str) -> tuple[str, ...]:
        """A list of texts; one that comes again is a flaw."""
        found: dict[str, None] = {}
        for part in self.sequence(node, what):
            value = self.text(part, f"an entry of {what}")
            if value in found:
                self.flaw(part, f"`{value}` stands twice in {what}", "keep one of the two")
            found[value] = None
        return tuple(found)

    def plain(self, node: yaml.Node, depth: int = 0) -> object:
        """Any node as dictionaries, tuples and texts."""
        if depth > MAX_DEPTH:
            self.flaw(node, f"this is nested more than {MAX_DEPTH} deep", "make it flatter")
        elif isinstance(node, yaml.MappingNode):
            entries = self.mapping(node, "this mapping")
            return {name: self.plain(value, depth + 1) for name, value in entries.items()}
        elif isinstance(node, yaml.SequenceNode):
            parts = self.sequence(node, "this list")
            return tuple(self.plain(part, depth + 1) for part in parts)
        return str(node.value)

    def _check_tag(self, node: yaml.Node) -> None:
        if node.tag not in _TAGS:
            self.flaw(node, f"the tag `{node.tag}` is not allowed here", "take it out")


_TAGS = frozenset(_KINDS.values())


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a text"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _refuse_depth(text: str, file: str) -> None:
    """Refuse nesting that would overflow the C stack of the parser's composer.

    A text with few opening brackets cannot nest that deep (20,000 levels were
    fine, 40,000 crashed); only one with many has its events walked, which counts
    exactly but takes longer than composing.
    """
    if text.count("[") + text.count("{") < SAFE_BRACKETS and not _DEEP_BLOCK.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Untyped):
        if isinstance(event, _STARTS):
            depth += 1
            if depth > MAX_DEPTH:
                mark = event.start_mark
                place = Place(file) if mark is None else Place(file, mark.line + 1, mark.column + 1)
                raise SchemaError(
                    f"{place}: lists and mappings are nested more than {MAX_DEPTH} deep",
                    "a schema needs a handful of levels",
                )
        elif isinstance(event, _ENDS):
            depth -= 1
