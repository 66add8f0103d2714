from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.errors import SchemaError
from curate.formats.schema_file import (
    load_schema,
    self_contained,
    shipped_schema,
    shipped_schema_text,
    shipped_schemas,
)
from curate.model.schema import Cardinality, PartOfSpeech

if TYPE_CHECKING:
    from pathlib import Path

SMALL = """\
format: curate-schema/1
name: small
version: 1.2.0
title: {en: Small, ar: صغير}
groups:
  acts: {label: {en: Acts, ar: أفعال}, colour: "#112233"}
entity_types:
  Person:
    label: {en: Person, ar: شخص}
    key: Digit1
    subtypes:
      no: {en: nobody, ar: لا أحد}
      on: {en: on, ar: على}
roles:
  Doer: {label: Doer, fillers: [Person]}
  What: {label: What, fillers: [EVENT.Say, SPAN]}
common_roles: {Doer: "?"}
attributes:
  sure:
    label: Sure
    default: no
    values: {no: No, yes: Yes, "1.0": Half}
event_types:
  Say:
    label: {en: Say, ar: قول}
    group: acts
    key: KeyA
    roles: {What: "*"}
    triggers:
      - {lemma: قال, pos: V, forms: [قال, قالت]}
    guidelines:
      - {en: Rule, ar: قاعدة, example: "{!:قال} {Person:رجل}"}
      - A rule in one language
    example: "{!:قال} {Doer:رجل} إن {What:شيئا}"
"""

PACK = """\
format: curate-schema/1
name: more
version: 0.1.0
extends: small@^1.1
roles:
  Doer: {label: Doer, fillers: [Person, Thing]}
entity_types:
  Thing: {label: Thing, key: Digit2}
event_types:
  Do:
    label: Do
    group: acts
    roles: {Doer: "+"}
overrides:
  entity_types:
    Person: {key: Digit3, subtypes: {maybe: {en: maybe, ar: ربما}}}
  event_types:
    Say:
      roles: {Doer: "1"}
      triggers: [{lemma: ذكر, pos: V, forms: [ذكر]}]
"""


def problems(source: str | bytes, name: str = "s.yaml") -> list[str]:
    """What loading complains of, line by line, with places and remedies."""
    with pytest.raises(SchemaError) as caught:
        load_schema(source.encode() if isinstance(source, str) else source, name)
    assert caught.value.remedy
    return [str(flaw) for flaw in caught.value.flaws] or [caught.value.message]


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def test_a_schema_is_read_as_it_is_written() -> None:
    schema = load_schema(SMALL.encode())
    say = schema.event_types["Say"]
    assert list(say.roles.items()) == [("What", Cardinality.ANY), ("Doer", Cardinality.OPTIONAL)]
    assert say.triggers[0].part_of_speech is PartOfSpeech.VERB
    assert say.guidelines[1].rule.ar == "A rule in one language"
    assert schema.roles["What"].takes_event("Say")
    assert schema.roles["What"].bare_span
    assert not schema.roles["What"].any_event
    assert schema.identity == "small@1.2.0"


def test_no_word_becomes_a_truth_value_or_a_number() -> None:
    schema = load_schema(SMALL.encode())
    assert list(schema.entity_types["Person"].subtypes) == ["no", "on"]
    assert schema.attributes["sure"].default == "no"
    assert list(schema.attributes["sure"].values) == ["no", "yes", "1.0"]


SPOILT = [
    (
        "  Person:\n",
        "  Person: {label: P}\n  Person:\n",
        "s.yaml:9:3: `Person` stands twice",
    ),
    (
        "    group: acts",
        "    groupp: acts",
        "s.yaml:26:5: event type `Say` has no field `groupp` → did you mean `group`?",
    ),
    (
        "    group: acts",
        "    group: akts",
        "s.yaml:26:12: there is no group `akts` → did you mean `acts`?",
    ),
    (
        "[Person]",
        "[Persn]",
        "there is no entity type `Persn` → did you mean `Person`?",
    ),
    (
        "EVENT.Say",
        "EVENT.Sya",
        "there is no event type `Sya` → did you mean `Say`?",
    ),
    (
        '{What: "*"}',
        '{Whatt: "*"}',
        "there is no role `Whatt` → did you mean `What`?",
    ),
    (
        '{What: "*"}',
        '{What: "2"}',
        "`What` cannot take `2` fillers",
    ),
    (
        "pos: V",
        "pos: verb",
        "`verb` is no part of speech",
    ),
    (
        "forms: [قال, قالت]",
        "forms: [قال, قال]",
        "`قال` stands twice in the forms of قال",
    ),
    (
        "forms: [قال, قالت]",
        "forms: [قال ]x",
        "this is not YAML",
    ),
    (
        "forms: [قال, قالت]",
        'forms: ["قال "]',
        "`قال ` has blanks to spare",
    ),
    (
        "default: no",
        "default: never",
        "`never` is no value of `sure`",
    ),
    (
        "key: Digit1",
        "key: One",
        "`key` cannot be `One`",
    ),
    (
        'colour: "#112233"',
        "colour: blue",
        "`colour` cannot be `blue`",
    ),
    (
        "version: 1.2.0",
        "version: 1.2",
        "`version` cannot be `1.2`",
    ),
    (
        "format: curate-schema/1",
        "format: curate-schema/9",
        "this format is unknown",
    ),
    (
        "name: small\n",
        "",
        "the schema lacks `name`",
    ),
    (
        "{!:قال} {Person:رجل}",
        "{!:قال} {Persona:رجل}",
        "no role, entity type or event type `Persona`",
    ),
    (
        "{!:قال} {Person:رجل}",
        "{!:قال رجل",
        "the mark `!` is not closed",
    ),
    (
        "{!:قال} {Doer:رجل}",
        "{!:قال} {Nobody:رجل}",
        "`Nobody`",
    ),
    (
        "  Doer: {label: Doer",
        "  EVENT: {label: Doer",
        "`EVENT` cannot be a name here",
    ),
    (
        "  Doer: {label: Doer",
        "  Do er: {label: Doer",
        "`Do er` cannot be a name here",
    ),
    (
        "  Doer: {label: Doer",
        "  Do__er: {label: Doer",
        "`Do__er` cannot be a name here",
    ),
    (
        "fillers: [Person]",
        "fillers: Person",
        "`fillers` is a text, not a list",
    ),
    (
        "fillers: [Person]",
        "fillers: []",
        "nothing may fill `Doer`",
    ),
    (
        "    key: KeyA",
        "    key: ",
        "`key` is empty",
    ),
    (
        "    key: KeyA",
        "    key: !!int 5",
        "the tag `tag:yaml.org,2002:int` is not allowed",
    ),
    (
        "    key: KeyA",
        "    key: &k KeyA\n    example: *k",
        "aliases",
    ),
    (
        "label: {en: Say, ar: قول}",
        "label: {en: Say}",
        "this text lacks `ar`",
    ),
    (
        "common_roles:",
        "extends: nothing@1.0\ncommon_roles:",
        "no schema called nothing",
    ),
    (
        "event_types:\n",
        "event_types:\n  Ask: {label: Ask, group: acts, roles: {}, key: KeyA}\n",
        "`Say` has the key KeyA, which `Ask` has already",
    ),
    (
        "    key: KeyA",
        "    attributes: {sure: {label: Sure}}",
        "an attribute `sure`, which every frame has already",
    ),
    (
        "    key: KeyA",
        "    require_any: [[What, Placee]]",
        "there is no role of this event type of `Say` `Placee`",
    ),
    (
        "    key: KeyA",
        "    mapping_if: [{when: {sure: perhaps}, x: [y]}]",
        "`sure` is never `perhaps`",
    ),
    (
        "    key: KeyA",
        "    mapping_if: [{when: {Doer.type: Ghost}, x: [y]}]",
        "`Doer.type` is never `Ghost`",
    ),
    (
        "    key: KeyA",
        "    mapping_if: [{when: {Doer.colour: red}, x: [y]}]",
        "is no condition",
    ),
    (
        "    key: KeyA",
        "    overrides: {}",
        "no field `overrides`",
    ),
    (
        "common_roles:",
        "overrides: {}\ncommon_roles:",
        "only a pack may have `overrides`",
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), SPOILT, ids=[str(n) for n in range(len(SPOILT))])
def test_a_problem_is_told_with_its_place_and_remedy(old: str, new: str, told: str) -> None:
    assert any(told in line for line in problems(changed(old, new)))


def test_every_problem_is_told_at_once_in_the_order_of_the_file() -> None:
    spoilt = (
        changed("key: Digit1", "key: One")
        .replace("pos: V", "pos: X")
        .replace("group: acts", "group: x")
    )
    told = problems(spoilt)
    assert [line.partition(" ")[0] for line in told] == [
        "s.yaml:10:10:",
        "s.yaml:26:12:",
        "s.yaml:30:27:",
    ]


def test_a_text_that_is_no_yaml_is_told_with_line_and_column() -> None:
    (told,) = problems("format: curate-schema/1\nname: a: b\n")
    assert told.startswith("s.yaml:2:8: ")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (b"", "s.yaml is empty"),
        (b"# nothing\n", "s.yaml is empty"),
        (b"- a\n", "the schema is a list, not a mapping"),
        (b"name: \xe9\n", "s.yaml:1: byte 6 (0xe9) is not UTF-8"),
        (b"a: \x07", "a control character stands at character 3"),
        (b"[" * 100_000, "nested more than"),
        (b"- " * 100_000, "nested more than"),
        (b"{a: " * 50_000, "nested more than"),
        (b'["]", ' * 50_000, "nested more than"),
        (b"\n".join(b" " * n + b"a:" for n in range(3000)), "nested more than"),
    ],
    ids=map(str, range(10)),
)
def test_what_is_no_schema_at_all_is_refused_before_it_does_harm(source: bytes, told: str) -> None:
    assert told in problems(source)[0]


def test_a_bomb_of_aliases_is_defused() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert "aliases" in problems("\n".join(rows))[0]


def test_a_huge_file_is_refused() -> None:
    assert "too many" in problems("x" * 8_000_001)[0]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="no such file"):
        load_schema(tmp_path / "gone.yaml")


def test_a_byte_order_mark_is_no_matter() -> None:
    assert load_schema(b"\xef\xbb\xbf" + SMALL.encode()).name == "small"


# ---------------------------------------------------------------- packs


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A pack beside the schema it extends."""
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    path = tmp_path / "more.yaml"
    path.write_text(PACK, encoding="utf-8")
    return path


def test_a_pack_adds_widens_and_overrides(pack: Path) -> None:
    schema = load_schema(pack)
    assert schema.identity == "small@1.2.0+more@0.1.0"
    assert list(schema.entity_types) == ["Person", "Thing"]
    assert schema.entity_types["Person"].key == "Digit3"
    assert "maybe" in schema.entity_types["Person"].subtypes
    assert schema.roles["Doer"].takes_entity("Thing")
    assert schema.event_types["Say"].roles["Doer"] is Cardinality.ONE
    assert [t.lemma for t in schema.event_types["Say"].triggers] == ["قال", "ذكر"]
    assert list(schema.event_types["Do"].roles) == ["Doer"]


def test_a_self_contained_text_needs_no_other_file(pack: Path) -> None:
    assert load_schema(self_contained(pack)) == load_schema(pack)
    assert self_contained(SMALL.encode()) == SMALL.encode()
    whole = self_contained(shipped_schema_text("conflict-events-ext"))
    assert self_contained(whole) == whole


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("small@^1.1", "small@^1.3", "but the schema is 1.2.0"),
        ("small@^1.1", "small@~1.1", "but the schema is 1.2.0"),
        ("small@^1.1", "small@2", "but the schema is 1.2.0"),
        ("fillers: [Person, Thing]", "fillers: [Thing]", "role `Doer` would no longer take"),
        ("  Thing: {label", "  Person: {label", "`Person` is defined in the schema"),
        ("    Say:\n", "    Sey:\n", "nothing called `Sey` to override"),
        ("key: Digit2", "key: Digit3", "which `Person` has already"),
    ],
)
def test_what_a_pack_may_not_do_is_told(pack: Path, old: str, new: str, told: str) -> None:
    pack.write_text(PACK.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SchemaError, match=r"more\.yaml") as caught:
        load_schema(pack)
    assert told in caught.value.message


@pytest.mark.parametrize(
    "wanted", ["small@^1.2", "small@~1.2.0", "small@1", "small@1.2.0", "small@^1"]
)
def test_a_pack_names_the_versions_it_fits(pack: Path, wanted: str) -> None:
    pack.write_text(PACK.replace("small@^1.1", wanted, 1), encoding="utf-8")
    assert load_schema(pack).packs == ("more@0.1.0",)


def test_a_second_document_has_to_extend_the_first() -> None:
    told = problems(f"{SMALL}---\n{SMALL}")
    assert "extends none" in told[0]


def test_a_pack_whose_own_name_it_extends_is_refused() -> None:
    assert "extends itself" in problems(PACK.replace("name: more", "name: small"))[0]


# ---------------------------------------------------------------- what ships


def test_shipped_schemas_are_known_by_name() -> None:
    assert "conflict-events" in shipped_schemas()
    assert shipped_schema().name == "conflict-events"


def test_an_unknown_name_is_told_with_what_was_meant() -> None:
    with pytest.raises(SchemaError) as caught:
        shipped_schema_text("conflict-event")
    assert "conflict-events" in (caught.value.remedy or "")
