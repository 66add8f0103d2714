"""Seed lists and trigger forms compiled for look-up: a trie over the normal forms of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.inflection import bare_forms, noun_forms
from curate.candidates.seeds import Entry, Kind
from curate.model.schema import EventSchema, PartOfSpeech, Trigger
from curate.text.clitics import Split, splits
from curate.text.normal import loose, normal, normal_with_map
from curate.text.tokens import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.text.offsets import OffsetMap

_MOST_WORDS: Final = 200_000
"""Words kept; beyond it the cache starts anew, so that memory stays flat on any corpus."""


class TriggerEntry(NamedTuple):
    """A lexicon entry of the schema and the event type it belongs to."""

    event: str
    trigger: Trigger


Item = Entry | TriggerEntry


class Node:
    """A place in the trie."""

    __slots__ = ("children", "items")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.items: tuple[Item, ...] = ()


class Entrance(NamedTuple):
    """A way into the trie from the first word of a name."""

    split: Split
    node: Node
    definite: bool
    """Whether the article was taken off to get there."""
    loose: bool
    """Whether ى/ي or ة/ه had to be confused to get there."""


class Word:
    """All that is known of a word by its letters alone."""

    __slots__ = ("bare", "entrances", "form", "offsets")

    def __init__(self, form: str, offsets: OffsetMap, entrances: tuple[Entrance, ...]) -> None:
        self.form = form
        self.offsets = offsets
        self.entrances = entrances
        self.bare = bare_forms(form)


class Lexicon:
    """Names, nouns, vocabulary and triggers, found by the words of a text."""

    def __init__(self, entries: Iterable[Entry], schema: EventSchema) -> None:
        self._names = Node()
        self._nouns = Node()
        self._loose: dict[str, Node] = {}
        self._words: dict[str, Word] = {}
        for entry in entries:
            self._add_entry(entry)
        for event in schema.event_types.values():
            for trigger in event.triggers:
                self._add_trigger(TriggerEntry(event.name, trigger))
        self._add_loose()

    def _add_entry(self, entry: Entry) -> None:
        for form in entry.forms:
            parts = _parts(form)
            if not parts:
                continue
            if entry.kind in (Kind.NAME, Kind.WORD):
                _insert(self._names, parts, entry)
            else:
                for inflected in noun_forms(parts):
                    _insert(self._nouns, inflected, entry)

    def _add_trigger(self, entry: TriggerEntry) -> None:
        for form in entry.trigger.forms:
            parts = _parts(form)
            if not parts:
                continue
            if entry.trigger.part_of_speech in (PartOfSpeech.VERB, PartOfSpeech.LIGHT_VERB):
                _insert(self._names, parts, entry)
            else:
                _insert(
                    self._nouns,
                    [bare_forms(p)[-1] if p.startswith("ال") else p for p in parts],
                    entry,
                )

    def _add_loose(self) -> None:
        for form, node in self._names.children.items():
            if len(form) > 4 and loose(form) != form:
                self._loose.setdefault(loose(form), node)

    def word(self, surface: str) -> Word:
        """What is known of a word, by its surface form."""
        known = self._words.get(surface)
        if known is None:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            form, offsets = normal_with_map(surface)
            known = Word(form, offsets, tuple(self._entrances(form)))
            self._words[surface] = known
        return known

    def _entrances(self, form: str) -> Iterator[Entrance]:
        for reading in splits(form):
            if not reading.suffix:
                node = self._names.children.get(reading.stem)
                if node is not None:
                    yield Entrance(reading, node, definite=False, loose=False)
            for bare in bare_forms(reading.stem):
                node = self._nouns.children.get(bare)
                if node is not None:
                    definite = reading.stem.startswith("ال") and not bare.startswith("ال")
                    yield Entrance(reading, node, definite=definite, loose=False)
            if not reading.suffix and len(reading.stem) > 4:
                node = self._loose.get(loose(reading.stem))
                if node is not None and self._names.children.get(reading.stem) is not node:
                    yield Entrance(reading, node, definite=False, loose=True)


def step(node: Node, word: Word) -> Node | None:
    """The place one word further, by its form or by its form without article and case ending."""
    children = node.children
    found = children.get(word.form)
    if found is None:
        for bare in word.bare:
            found = children.get(bare)
            if found is not None:
                break
    return found


def _insert(root: Node, parts: list[str], item: Item) -> None:
    node = root
    for part in parts:
        node = node.children.setdefault(part, Node())
    if item not in node.items:
        node.items = (*node.items, item)


def _parts(form: str) -> list[str]:
    """The words of a form, in normal form."""
    return [normal(word) for word in split(form)[1::2]]
