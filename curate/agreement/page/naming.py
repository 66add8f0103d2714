"""What things are called on the page: our words, and the schema's labels, in one language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.agreement.page.markup import Html, html, outside
from curate.agreement.page.words import KINDS, MEASURES_AR, REASONS_AR, SHORT, WORDS
from curate.agreement.report import MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.agreement.score import NotComputable
    from curate.model.schema import Attribute, EventSchema, Label


class Naming:
    """Names in one language."""

    def __init__(self, schema: EventSchema, language: str) -> None:
        self.language = language
        self._schema = schema
        self._labels: dict[str, Label] = {
            **{name: role.label for name, role in schema.roles.items()},
            **{name: kind.label for name, kind in schema.entity_types.items()},
            **{name: kind.label for name, kind in schema.event_types.items()},
        }
        for attributes in (schema.attributes, schema.mention_attributes):
            self._add(attributes)
        for event in schema.event_types.values():
            self._add(event.attributes)

    def _add(self, attributes: Mapping[str, Attribute]) -> None:
        for name, attribute in attributes.items():
            self._labels.setdefault(name, attribute.label)
            for value, label in attribute.values.items():
                self._labels.setdefault(value, label)

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, of the page."""
        return "rtl" if self.language == "ar" else "ltr"

    def word(self, name: str, **given: object) -> str:
        """A word or sentence of ours."""
        label = WORDS.get(name) or SHORT.get(name) or KINDS[name]
        text = label.in_language(self.language)
        return text.format(**given) if given else text

    def measure(self, name: str) -> str:
        """A measure's title."""
        if name in MEASURES:
            return MEASURES_AR[name] if self.language == "ar" else MEASURES[name]
        return self.word(name)

    def label(self, name: str) -> str:
        """What a type, role, attribute or value is called."""
        if self.language != "ar" or name not in self._labels:
            return name
        return self._labels[name].ar

    def or_nothing(self, name: str) -> Html:
        """A label, or that there is none."""
        return outside(self.label(name)) if name else html(f"∅ {self.word('nothing')}")

    def colour(self, kind: str) -> str | None:
        """The colour of a type of mention."""
        entity = self._schema.entity_types.get(kind)
        return None if entity is None else entity.colour

    def is_set(self, event_type: str, attribute: str, value: str) -> bool:
        """Whether a value is worth a word: it is not what the schema takes for granted."""
        if event_type not in self._schema.event_types:
            return bool(value)
        known = self._schema.frame_attributes(event_type).get(attribute)
        return known is None or known.default != value

    def reason(self, missing: NotComputable) -> str:
        """Why there is no figure."""
        if self.language == "ar":
            return REASONS_AR.get(missing.because, missing.because)
        return missing.because
