"""Annotators' names as a release tells them: as they are, or as pseudonyms."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.project.gold import Story


class Names:
    """Gives each annotator another name; names that are not known stay."""

    def __init__(self, annotators: Iterable[str]) -> None:
        mixed = sorted(annotators, key=lambda name: hashlib.sha256(name.encode()).digest())
        self._told = {name: f"annotator-{n}" for n, name in enumerate(mixed, 1)}

    def __iter__(self) -> Iterator[str]:
        return iter(self._told.values())

    def of(self, name: str) -> str:
        """What an annotator is called."""
        return self._told.get(name, name)

    def story(self, story: Story) -> dict[str, object]:
        """The story of an atom."""
        parts = story.parts()
        for key in ("annotators", "others"):
            if key in parts:
                parts[key] = sorted(map(self.of, getattr(story, key)))
        if "sources" in parts:
            parts["sources"] = [self._source(source) for source in story.sources]
        return parts

    def told(self, value: Any) -> Any:
        """A JSON value with the names in it replaced, as keys and as values."""
        if isinstance(value, dict):
            return {self.of(key): self.told(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.told(inner) for inner in value]
        return self.of(value) if isinstance(value, str) else value

    def _source(self, source: str) -> str:
        for name, told in self._told.items():
            if source.startswith(f"{name}:"):
                return told + source[len(name) :]
        return source
