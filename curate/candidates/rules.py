"""The rules file: closed word classes and what binds the producers to the types of a schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import yaml

from curate.errors import FormatError
from curate.text.normal import normal


@dataclass(frozen=True, slots=True)
class Rules:
    """What the rules file says."""

    words: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    """Name of a closed word class → its words in normal form."""

    def word_class(self, name: str) -> frozenset[str]:
        """The words of a class in normal form; empty when the file has no such class."""
        return self.words.get(name, frozenset())


def parse_rules(data: bytes, file: str) -> Rules:
    """Read the rules file; raises `FormatError` when it does not hold together."""
    try:
        tree = yaml.safe_load(data)
    except yaml.YAMLError as error:
        raise FormatError(f"{file}: {error}", "Correct the YAML.") from error
    if not isinstance(tree, dict):
        raise FormatError(f"{file}: no mapping at the top", "Start from the shipped rules file.")
    words = cast("dict[str, list[str]]", tree.get("words", {}))
    return Rules({name: frozenset(normal(w) for w in forms) for name, forms in words.items()})
