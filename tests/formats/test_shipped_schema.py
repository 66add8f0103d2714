"""What holds of the schema and pack that ship, beyond what the loader checks of every schema."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from curate.formats.schema_file import shipped_schema, shipped_schema_text, shipped_schemas
from curate.model.marked import TRIGGER, parse_marked
from curate.model.schema import EventSchema, Guideline, Label, PartOfSpeech
from curate.text.clitics import splits
from curate.text.normal import normal

SCHEMA = shipped_schema("conflict-events-ext")
"""The default schema with the pack on it."""
ARABIC = re.compile("[\u0621-\u064a]")


def labels(schema: EventSchema) -> dict[str, Label]:
    """Every text for people, by where it stands."""
    found = {"title": schema.title}
    for group in schema.groups.values():
        found[group.name] = group.label
    for entity in schema.entity_types.values():
        found[entity.name] = entity.label
        found[f"{entity.name} definition"] = entity.definition
        found |= {f"{entity.name}/{n}": label for n, label in entity.subtypes.items()}
    for role in schema.roles.values():
        found[role.name] = role.label
        found[f"{role.name} definition"] = role.definition
    attributes = [*schema.attributes.values(), *schema.mention_attributes.values()]
    for event in schema.event_types.values():
        found[event.name] = event.label
        found[f"{event.name} definition"] = event.definition
        attributes += event.attributes.values()
    for attribute in attributes:
        found[attribute.name] = attribute.label
        found |= {f"{attribute.name}={n}": label for n, label in attribute.values.items()}
    return found | {g.rule.en[:60]: g.rule for g in guidelines(schema)}


def guidelines(schema: EventSchema) -> list[Guideline]:
    entities = (g for entity in schema.entity_types.values() for g in entity.guidelines)
    events = (g for event in schema.event_types.values() for g in event.guidelines)
    return [*schema.guidelines, *entities, *events]


def test_every_text_is_there_in_both_languages() -> None:
    for where, label in labels(SCHEMA).items():
        assert re.search("[A-Za-z]{2}", label.en), where
        assert ARABIC.search(label.ar), where
        assert label.en != label.ar, where


def test_every_type_has_a_key_and_guidelines() -> None:
    for event in SCHEMA.event_types.values():
        assert event.key, event.name
        assert len(event.guidelines) >= 3, event.name
        assert event.example, event.name
    for entity in SCHEMA.entity_types.values():
        assert entity.key, entity.name
        assert entity.guidelines, entity.name


def test_most_guidelines_have_an_example() -> None:
    rules = guidelines(SCHEMA)
    assert sum(r.example is not None for r in rules) >= 0.7 * len(rules)


def forms_of(name: str) -> set[str]:
    """Normal forms that may be the trigger of an event type."""
    triggers = SCHEMA.event_types[name].triggers
    return {
        normal(f)
        for t in triggers
        if t.part_of_speech is not PartOfSpeech.LIGHT_VERB
        for f in t.forms
    }


def bare(word: str) -> set[str]:
    """Ways to read a word without what is written onto it."""
    found = set()
    for split in splits(normal(word)):
        stem = split.stem.removeprefix("ال")
        found |= {stem, stem.removesuffix("ا")}
    return found


@pytest.mark.parametrize("name", list(SCHEMA.event_types))
def test_the_example_shows_the_type_with_a_trigger_of_its_lexicon(name: str) -> None:
    event = SCHEMA.event_types[name]
    marked = parse_marked(event.example or "")
    (trigger,) = (m.span.of(marked.text) for m in marked.marks if m.name == TRIGGER)
    forms = forms_of(name)
    words = trigger.split()
    assert " ".join(map(normal, words)) in forms or bare(words[0]) & forms
    shown = {m.name for m in marked.marks}
    wanted = {role for role, how_many in event.roles.items() if how_many.is_required}
    assert wanted <= shown


def test_forms_are_written_without_the_article_where_that_is_enough() -> None:
    for event in SCHEMA.event_types.values():
        for trigger in event.triggers:
            bare_forms = set(trigger.forms)
            assert not [f for f in trigger.forms if f.startswith("ال") and f[2:] in bare_forms]


def test_forms_that_several_types_share_say_so() -> None:
    owners: dict[tuple[str, bool], set[str]] = {}
    entries = [(e.name, t) for e in shipped_schema().event_types.values() for t in e.triggers]
    entries = [(n, t) for n, t in entries if t.part_of_speech is not PartOfSpeech.LIGHT_VERB]
    for name, trigger in entries:
        for form in trigger.forms:
            verb = trigger.part_of_speech is PartOfSpeech.VERB
            owners.setdefault((normal(form), verb), set()).add(name)
    for name, trigger in entries:
        verb = trigger.part_of_speech is PartOfSpeech.VERB
        sharing = set().union(*(owners[normal(f), verb] for f in trigger.forms)) - {name}
        assert sharing == set(trigger.ambiguous_with), (name, trigger.lemma)


def test_a_type_has_no_lemma_twice() -> None:
    for event in SCHEMA.event_types.values():
        twice = Counter((normal(t.lemma), t.part_of_speech) for t in event.triggers)
        assert max(twice.values()) == 1, event.name


def test_every_mapping_names_the_same_ontologies() -> None:
    for event in SCHEMA.event_types.values():
        assert set(event.mapping) >= {"ace", "ere", "aida", "kairos", "acled", "plover", "cameo"}


def test_everything_is_given_away() -> None:
    for name in shipped_schemas():
        assert shipped_schema(name).licence == "CC0-1.0"
        assert "http" not in shipped_schema_text(name).decode()
