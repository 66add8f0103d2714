"""Which words of an item the schema's trigger lexicon knows, for building a frame by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.model.schema import PartOfSpeech
from curate.model.span import Span
from curate.text.clitics import splits
from curate.text.normal import normal, normal_with_map
from curate.text.tokens import tokens

if TYPE_CHECKING:
    from curate.model.schema import EventSchema


@dataclass(frozen=True, slots=True)
class Proposal:
    """A trigger that the lexicon knows, without proclitics, and the types it may tell of."""

    span: Span
    types: tuple[str, ...]


class TriggerWords:
    """The lexicon of a schema by the normal form of each entry's first word."""

    def __init__(self, schema: EventSchema) -> None:
        self._entries: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for event in schema.event_types.values():
            for trigger in event.triggers:
                if trigger.part_of_speech is PartOfSpeech.LIGHT_VERB:
                    continue
                for form in trigger.forms:
                    parts = tuple(normal(t.text) for t in tokens(form))
                    if parts:
                        self._entries.setdefault(parts[0], []).append((parts, event.name))

    def at(self, text: str, word: Span, item: Span) -> Proposal | None:
        """What the lexicon says of the word, and of the words after it; the longest entry wins."""
        found: dict[tuple[Span, int], list[str]] = {}
        form, back = normal_with_map(word.of(text))
        following = [t.span for t in tokens(text, word.end, item.end)][:5]
        for split in splits(form):
            bare = split.stem.removeprefix("ال")
            for stem in dict.fromkeys((split.stem, bare)):
                for parts, name in self._entries.get(stem, ()):
                    rest = following[: len(parts) - 1]
                    if tuple(normal(s.of(text)) for s in rest) == parts[1:]:
                        start = word.start + back.span(split.start, split.start + 1).start
                        span = Span(start, rest[-1].end if rest else word.end)
                        found.setdefault((span, len(parts)), []).append(name)
        if not found:
            return None
        span, _ = best = max(found, key=lambda k: k[1])
        return Proposal(span, tuple(dict.fromkeys(found[best])))
