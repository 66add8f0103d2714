"""Reads event types and their trigger lexicons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.formats.schema_parts import Kind
from curate.formats.schema_words import WordReader
from curate.formats.yaml_nodes import near
from curate.model.schema import EventType, PartOfSpeech, Trigger

if TYPE_CHECKING:
    from collections.abc import Mapping

    import yaml

_PARTS_OF_SPEECH = {p.value: p for p in PartOfSpeech}


class EventReader(WordReader):
    """Reads event types; common roles are added when the parts are put together."""

    def event_type(self, name: str, node: yaml.Node) -> EventType:
        """Read an event type."""
        fields = self.reader.fields(
            node,
            f"event type `{name}`",
            ("label", "group", "roles"),
            ("definition", "key", "attributes", "require_any", "triggers", "guidelines",
             "example", "mapping", "mapping_if"),
        )  # fmt: skip
        group = self.optional_text(fields, "group")
        if group:
            self.refer(fields["group"], Kind.GROUP, group)
        own = (
            self.reader.mapping(fields["attributes"], "`attributes`")
            if "attributes" in fields
            else {}
        )
        rules = fields.get("guidelines")
        return EventType(
            name=name,
            label=self.label_of(fields, name),
            definition=self.definition(fields),
            group=group,
            key=self.key(fields),
            roles=self.cardinalities(fields["roles"]) if "roles" in fields else {},
            attributes={a: self.attribute(a, n) for a, n in own.items()},
            triggers=self.triggers(fields["triggers"]) if "triggers" in fields else (),
            guidelines=self.guidelines(rules) if rules else (),
            require_any=self._require_any(fields, name),
            example=self.example(fields, name),
            mapping=self.mapping(fields),
            conditional_mapping=self._conditional_mapping(fields, name),
        )

    def _require_any(
        self, fields: Mapping[str, yaml.Node], name: str
    ) -> tuple[frozenset[str], ...]:
        if "require_any" not in fields:
            return ()
        sets = []
        for node in self.reader.sequence(fields["require_any"], "`require_any`"):
            roles = self.reader.texts(node, "a set of `require_any`")
            for role in roles:
                self.refer(node, Kind.ROLE_OF_TYPE, role, name)
            sets.append(frozenset(roles))
        return tuple(sets)

    def triggers(self, node: yaml.Node) -> tuple[Trigger, ...]:
        """Read a lexicon; an entry with the lemma and part of speech of another is a flaw."""
        found: dict[tuple[str, str], Trigger] = {}
        for entry in self.reader.sequence(node, "`triggers`"):
            trigger = self._trigger(entry)
            if trigger is None:
                continue
            key = (trigger.lemma, trigger.part_of_speech)
            if key in found:
                self.reader.flaw(
                    entry, f"the trigger {trigger.lemma} ({key[1]}) stands twice", "join the two"
                )
            found[key] = trigger
        return tuple(found.values())

    def _trigger(self, node: yaml.Node) -> Trigger | None:
        fields = self.reader.fields(
            node, "this trigger", ("lemma", "pos", "forms"), ("note", "ambiguous_with")
        )
        if not {"lemma", "pos", "forms"} <= fields.keys():
            return None
        lemma = self.reader.text(fields["lemma"], "`lemma`")
        written = self.reader.text(fields["pos"], "`pos`")
        part_of_speech = _PARTS_OF_SPEECH.get(written)
        if part_of_speech is None:
            known = ", ".join(_PARTS_OF_SPEECH)
            self.reader.flaw(
                fields["pos"], f"`{written}` is no part of speech",
                near(written, _PARTS_OF_SPEECH) or f"one of {known}",
            )  # fmt: skip
            return None
        forms = self.reader.texts(fields["forms"], f"the forms of {lemma}")
        for form in forms:
            if form != " ".join(form.split()):
                self.reader.flaw(fields["forms"], f"`{form}` has blanks to spare", "take them out")
        others: tuple[str, ...] = ()
        if "ambiguous_with" in fields:
            others = self.reader.texts(fields["ambiguous_with"], "`ambiguous_with`")
            for other in others:
                self.refer(fields["ambiguous_with"], Kind.EVENT_TYPE, other)
        return Trigger(
            lemma=lemma,
            part_of_speech=part_of_speech,
            forms=forms,
            note=self.optional_text(fields, "note") or None,
            ambiguous_with=others,
        )

    def _conditional_mapping(
        self, fields: Mapping[str, yaml.Node], name: str
    ) -> tuple[Mapping[str, object], ...]:
        if "mapping_if" not in fields:
            return ()
        found = []
        for node in self.reader.sequence(fields["mapping_if"], "`mapping_if`"):
            entries = self.reader.mapping(node, "an entry of `mapping_if`")
            if "when" not in entries:
                self.reader.flaw(node, "this entry has no `when`", "say when it holds")
                continue
            for condition, value in self.reader.mapping(entries["when"], "`when`").items():
                plain = self.reader.plain(value)
                wanted = plain if isinstance(plain, tuple) else (plain,)
                texts = tuple(str(w) for w in wanted)
                self.refer(value, Kind.CONDITION, condition, name, texts)
            found.append({key: self.reader.plain(value) for key, value in entries.items()})
        return tuple(found)
