"""Seed lists and trigger forms compiled for look-up: a trie over the normal forms of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.inflection import bare_forms, noun_forms, verb_forms
from curate.candidates.rules import Adjective
from curate.candidates.seeds import Entry, Kind, Seeds
from curate.candidates.typos import redotted, swapped
from curate.model.schema import EventSchema, PartOfSpeech, Trigger
from curate.text.clitics import ARTICLE, CONJUNCTIONS, PREPOSITIONS, Split, splits
from curate.text.normal import loose, normal, normal_with_map
from curate.text.tokens import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.text.offsets import OffsetMap

NO_EVENT: Final = "no-event"
"""Vocabulary kind of phrases whose words are no triggers."""
_MOST_WORDS: Final = 200_000
"""Words kept; beyond it the cache starts anew, so that memory stays flat on any corpus."""
_LONG: Final = 5
"""Letters from which on a word may be found by its looser form."""
_NO_TAGS: Final[frozenset[str]] = frozenset()
_NUNATION: Final = "\u064b\u064c\u064d"
_PLACE: Final = "locative"
_SUPPORTED: Final = frozenset({"supported"})
_NISBA: Final = ("ي", "ية", "يون", "يين", "يات")


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
    """Whether the stem has the article or a pronoun suffix."""
    loose: bool
    """Whether ى/ي or ة/ه had to be confused to get there."""
    typo: bool = False
    """Whether a word had to be taken for a slip of writing."""


class Word:
    """All that is known of a word by its letters alone."""

    __slots__ = (
        "adjective",
        "adjective_listed",
        "bare",
        "core",
        "definite",
        "entrances",
        "form",
        "joined",
        "nunated",
        "offsets",
        "senses",
        "tags",
        "variants",
    )

    form: str
    """Normal form."""
    core: str
    """Normal form without a leading conjunction, where what is left is a function word."""
    tags: frozenset[str]
    """Names of the closed classes that the form or the core belongs to."""
    adjective: Adjective | None
    adjective_listed: bool
    """Whether the rules list it as adjective; else it only looks like one."""
    definite: bool
    """Whether it begins with the article."""
    joined: bool
    """Whether the lists know it only with proclitics cut off."""
    nunated: bool
    """Whether it is written with tanwin: no complement follows."""
    senses: frozenset[str]
    """The forms by which needs of the rules may name it: bare, and behind proclitics."""
    variants: tuple[str, ...]
    """What a word that nothing explains may have been meant to be."""

    def __init__(self, form: str, offsets: OffsetMap) -> None:
        self.form = form
        self.core = form
        self.offsets = offsets
        self.bare = bare_forms(form)
        self.definite = form.startswith(ARTICLE)
        self.entrances: tuple[Entrance, ...] = ()
        self.tags = _NO_TAGS
        self.adjective = None
        self.adjective_listed = False
        self.joined = False
        self.nunated = False
        self.senses = frozenset()
        self.variants = ()


class Lexicon:
    """Names, nouns, vocabulary and triggers, found by the words of a text."""

    def __init__(self, seeds: Seeds, schema: EventSchema) -> None:
        self._names = Node()
        self._nouns = Node()
        self._verbs = Node()
        self._loose: dict[str, Node] = {}
        self._words: dict[str, Word] = {}
        self._tags = seeds.rules.classes_of()
        self._adjectives = seeds.rules.adjectives
        self.cues = seeds.rules.cues
        for entry in seeds.entries:
            self._add_entry(entry)
        for phrase in seeds.rules.no_event:
            self._add_entry(Entry(phrase, NO_EVENT, NO_EVENT, Kind.WORD))
        for event in schema.event_types.values():
            for trigger in event.triggers:
                self._add_trigger(TriggerEntry(event.name, trigger))
        for form, node in self._names.children.items():
            if len(form) >= _LONG and loose(form) != form:
                self._loose.setdefault(loose(form), node)

    def _add_entry(self, entry: Entry) -> None:
        for form in entry.forms:
            parts = _parts(form)
            if not parts:
                continue
            if entry.kind in (Kind.NAME, Kind.WORD):
                _insert(self._names, parts, entry)
            else:
                people = entry.note.get("span") == "people"
                articles = [w.startswith(ARTICLE) for w in split(form)[1::2]]
                for inflected in noun_forms(parts, people=people, articles=articles):
                    _insert(self._nouns, inflected, entry)

    def _add_trigger(self, entry: TriggerEntry) -> None:
        verb = entry.trigger.part_of_speech in (PartOfSpeech.VERB, PartOfSpeech.LIGHT_VERB)
        for form in entry.trigger.forms:
            parts = _parts(form)
            if parts and verb and len(parts) == 1:
                for inflected in verb_forms(parts[0]):
                    _insert(self._names, [inflected], entry)
                    if entry.trigger.part_of_speech is PartOfSpeech.VERB:
                        _insert(self._verbs, [inflected], entry)
            elif parts:
                verbal = verb or "phrase_verb" in self._tags.get(parts[0], ())
                root = self._names if verbal else self._nouns
                _insert(root, parts if verbal else [bare_forms(p)[-1] for p in parts], entry)

    def word(self, surface: str) -> Word:
        """What is known of a word, by its surface form."""
        known = self._words.get(surface)
        if known is None:
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            known = self._analysed(surface)
            self._words[surface] = known
        return known

    def words(self, surfaces: Sequence[str]) -> list[Word]:
        """What is known of each of some words."""
        known = self._words.get
        return [known(surface) or self.word(surface) for surface in surfaces]

    def _analysed(self, surface: str) -> Word:
        form, offsets = normal_with_map(surface)
        word = Word(form, offsets)
        word.nunated = any(c in surface for c in _NUNATION)
        tags = self._tags.get(form)
        if tags is None and form[:1] in CONJUNCTIONS:
            tags = self._tags.get(form[1:])
            if tags is not None:
                word.core = form[1:]
        word.tags = tags or self._tags_of_verb(form)
        word.definite = word.definite and "preposition" not in word.tags
        word.entrances = tuple(self._entrances(form))
        word.adjective_listed = any(b in self._adjectives for b in word.bare)
        if word.adjective_listed or not any(e.node.items for e in word.entrances):
            word.adjective = self._adjective(word.bare)
        if not (word.entrances or word.tags or word.adjective_listed):
            self._mend(word)
        word.joined = bool(word.entrances) and all(e.split.proclitics for e in word.entrances)
        stems = {e.split.stem for e in word.entrances}
        behind = {stem.removeprefix(ARTICLE) for stem in stems}
        word.senses = frozenset({word.core, *word.bare, *stems, *behind})
        return word

    def _mend(self, word: Word) -> None:
        """Take a long unknown word for the one word of place, adjective or name it resembles.

        A word with the article is never taken for a name by itself: too many
        ordinary words are one letter away from one.
        """
        dotted = redotted(word.form)
        word.variants = (*dotted, *swapped(word.form))
        places = [v for v in dotted if _PLACE in self._tags.get(v, _NO_TAGS)]
        if len(places) == 1 and word.form[0] not in PREPOSITIONS:
            word.core, word.tags = places[0], self._tags[places[0]]
            return
        nations = [v for v in dotted if self._is_nation(v)]
        if len(nations) == 1 and word.definite:
            word.adjective = Adjective.NATION
            word.adjective_listed = True
            return
        names = {v: e for v in word.variants if (e := self._long_names(v))}
        if len(names) == 1:
            word.entrances, word.adjective = next(iter(names.values())), None

    def _is_nation(self, form: str) -> bool:
        return self._adjectives.get(bare_forms(form)[-1]) is Adjective.NATION

    def _long_names(self, form: str) -> tuple[Entrance, ...]:
        """The ways into the trie that lead to long names without article."""
        known = self._names.children
        if not (form in known or form[1:] in known or form[2:] in known):
            return ()  # no more than two letters are ever cut off before such a name
        return tuple(
            e._replace(typo=True)
            for e in self._entrances(form)
            if len(e.split.stem) > _LONG
            and not (e.split.suffix or e.loose or e.split.stem.startswith(ARTICLE))
            and any(isinstance(i, Entry) and i.kind is Kind.NAME for i in e.node.items)
        )

    def _tags_of_verb(self, form: str) -> frozenset[str]:
        """`supported` for a support verb with an object pronoun: `an attack that X launched`."""
        for reading in splits(form):
            if reading.suffix and "support" in self._tags.get(reading.stem, ()):
                return _SUPPORTED
        return _NO_TAGS

    def _adjective(self, bare: tuple[str, ...]) -> Adjective | None:
        for form in bare:
            found = self._adjectives.get(form)
            if found is not None:
                return found
        stem = bare[-1]
        looks_so = len(stem) >= _LONG and stem.endswith(_NISBA) and stem[0] not in "يتن"
        return Adjective.CLASSIFYING if looks_so else None

    def _entrances(self, form: str) -> Iterator[Entrance]:
        seen: set[tuple[int, int]] = set()
        whole: set[int] = set()
        for reading in splits(form):
            if reading.suffix and reading.start in whole:
                continue
            definite = bool(reading.suffix) or reading.stem.startswith(ARTICLE)
            for node in self._nodes(reading):
                if (id(node), reading.start) not in seen:
                    seen.add((id(node), reading.start))
                    if not reading.suffix and node.items:
                        whole.add(reading.start)
                    yield Entrance(reading, node, definite, loose=False)
        if len(form) >= _LONG and not seen:
            yield from self._loose_entrances(form)

    def _nodes(self, reading: Split) -> Iterator[Node]:
        stem = reading.stem
        if not reading.suffix:
            node = self._names.children.get(stem)
            if node is not None:
                yield node
        elif stem.startswith(ARTICLE):
            return  # no noun has both article and suffix
        else:
            node = self._verbs.children.get(stem)
            if node is not None:
                yield node
        forms = bare_forms(stem)
        if reading.suffix and stem[-1] in "ويا":
            forms = (*forms, stem + "ن")  # dual and plural lose their ن before a suffix
        for bare in forms:
            node = self._nouns.children.get(bare)
            if node is not None:
                yield node

    def _loose_entrances(self, form: str) -> Iterator[Entrance]:
        for reading in splits(form):
            if not reading.suffix and len(reading.stem) >= _LONG:
                node = self._loose.get(loose(reading.stem))
                if node is not None:
                    yield Entrance(reading, node, reading.stem.startswith(ARTICLE), loose=True)


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


def mended_step(node: Node, word: Word) -> Node | None:
    """The place one word further by what an unknown word may have been meant to be."""
    found = [n for v in word.variants if (n := node.children.get(v)) is not None]
    return found[0] if len(found) == 1 else None


def _insert(root: Node, parts: list[str], item: Item) -> None:
    node = root
    for part in parts:
        node = node.children.setdefault(part, Node())
    if item not in node.items:
        node.items = (*node.items, item)


def _parts(form: str) -> list[str]:
    """The words of a form, in normal form."""
    return [normal(word) for word in split(form)[1::2]]
