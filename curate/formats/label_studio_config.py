"""The Label Studio labelling config of a schema, and the names of its controls.

An entity type and an event type are labels of two controls, a role is a
relation, an attribute or subtype is a choice on the region that has it. The
style makes Arabic read right to left in Label Studio's editor, whose own
defaults put the words around every highlight out of order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from curate.model.annotation import LinkKind
from curate.model.schema import Label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from curate.model.schema import Attribute, EventSchema

TEXT: Final = "text"
ENTITY: Final = "entity"
TRIGGER: Final = "trigger"
BARE: Final = "words"
BARE_LABEL: Final = "words"
STATE: Final = "item_state"
NOTE: Final = "item_note"
REASON: Final = "item_reason"
HOLD: Final = "item_curate"
RELATIONS: Final = "relations"
UNFINISHED: Final = "unfinished"
FLAGGED: Final = "flagged"
LINK_SIGN: Final = "="
"""Stands before the kind of a link: no role's name can begin so."""

_STYLE = """
    .curate .lsf-richtext__container {
      direction: rtl; text-align: right; white-space: pre-wrap;
      font-size: 20px !important; line-height: 2.6 !important;
    }
    .curate .lsf-richtext__container * {
      font-family: "Noto Naskh Arabic", "Noto Sans Arabic", "Amiri", sans-serif !important;
    }
    .curate .lsf-richtext__line { padding-left: 0; padding-right: 8px; }
    .curate .htx-highlight::after { unicode-bidi: isolate; direction: ltr; }
    .curate .context .lsf-richtext__container {
      font-size: 15px !important; line-height: 1.8 !important; opacity: 0.7;
    }
  """


class Carrier(StrEnum):
    """What a control's values are said of."""

    MENTION = "mention"
    FRAME = "frame"


@dataclass(frozen=True, slots=True)
class AttributeControl:
    """A control whose value is an attribute, or the subtype, of a region."""

    name: str
    carrier: Carrier
    types: tuple[str, ...]
    """Entity or event types that have it; empty: all."""
    attribute: str | None
    """None for the subtype."""
    label: Label
    values: Mapping[str, Label]
    """Empty: any text."""


def attribute_controls(schema: EventSchema) -> dict[str, AttributeControl]:
    """The controls for subtypes and attributes, by name; names in a schema hold no `__`."""
    made = [
        AttributeControl(
            name=f"subtype__{entity.name}",
            carrier=Carrier.MENTION,
            types=(entity.name,),
            attribute=None,
            label=entity.label,
            values=entity.subtypes,
        )
        for entity in schema.entity_types.values()
        if entity.subtypes
    ]
    for attribute in schema.mention_attributes.values():
        types = tuple(t for t in schema.entity_types if t in attribute.on)
        made.append(_control(f"mention__{attribute.name}", Carrier.MENTION, types, attribute))
    made += [_control(f"frame__{a.name}", Carrier.FRAME, (), a) for a in schema.attributes.values()]
    made += [
        _control(f"frame__{event.name}__{a.name}", Carrier.FRAME, (event.name,), a)
        for event in schema.event_types.values()
        for a in event.attributes.values()
    ]
    return {control.name: control for control in made}


def _control(
    name: str, carrier: Carrier, types: tuple[str, ...], attribute: Attribute
) -> AttributeControl:
    return AttributeControl(name, carrier, types, attribute.name, attribute.label, attribute.values)


def relation_label(kind: LinkKind) -> str:
    """The relation that stands for a link."""
    return LINK_SIGN + kind


def label_config(schema: EventSchema, in_use: Mapping[str, Collection[str]] | None = None) -> str:
    """The labelling config as XML.

    `in_use` names values that annotations on the server hold, by control
    (`relations` for relations): they stay, even where the schema has dropped them.
    """
    kept = {name: list(values) for name, values in (in_use or {}).items()}
    root = ET.Element("View", className="curate")
    ET.SubElement(root, "Style").text = _STYLE
    relations = ET.SubElement(root, "Relations", choice="multiple")
    links = [relation_label(kind) for kind in LinkKind]
    for value in _with_kept([*schema.roles, *links], kept.pop(RELATIONS, ())):
        ET.SubElement(relations, "Relation", value=value)
    _labels(root, TRIGGER, _trigger_labels(schema), kept.pop(TRIGGER, ()))
    _labels(root, ENTITY, _entity_labels(schema), kept.pop(ENTITY, ()))
    kept.pop(BARE, None)
    _labels(root, BARE, {BARE_LABEL: ("#9e9e9e", "كلمات بلا نوع")}, ())
    ET.SubElement(
        root, "Text", name=TEXT, value="$text", granularity="symbol", showLabels="true",
        saveTextResult="yes",
    )  # fmt: skip
    for control in attribute_controls(schema).values():
        _attribute(root, control, kept.pop(control.name, ()))
    _item_controls(root)
    for name in (STATE, NOTE, REASON, HOLD):
        kept.pop(name, None)
    for name, values in kept.items():
        _retired(root, name, values)
    context = ET.SubElement(root, "View", className="context")
    ET.SubElement(context, "Header", value="$where", size="5")
    ET.SubElement(context, "Text", name="context", value="$context", selectionEnabled="false")
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _with_kept(values: Iterable[str], kept: Iterable[str]) -> list[str]:
    return list(dict.fromkeys((*values, *kept)))


def _trigger_labels(schema: EventSchema) -> dict[str, tuple[str, str]]:
    """Event type → colour of its group and hint."""
    return {
        event.name: (schema.groups[event.group].colour, _hint(event.label))
        for event in schema.event_types.values()
    }


def _entity_labels(schema: EventSchema) -> dict[str, tuple[str, str]]:
    return {e.name: (e.colour, _hint(e.label)) for e in schema.entity_types.values()}


def _hint(label: Label) -> str:
    return label.en if label.en == label.ar else f"{label.en} · {label.ar}"


def _labels(
    root: ET.Element, name: str, labels: Mapping[str, tuple[str, str]], kept: Iterable[str]
) -> None:
    control = ET.SubElement(root, "Labels", name=name, toName=TEXT, showInline="true")
    for value, (colour, hint) in labels.items():
        ET.SubElement(control, "Label", value=value, background=colour, hint=hint)
    for value in kept:
        if value not in labels:
            ET.SubElement(control, "Label", value=value, background="#bdbdbd", hint="retired")


def _view(root: ET.Element, when: dict[str, str]) -> ET.Element:
    """A part that shows when such a region is chosen."""
    return ET.SubElement(root, "View", {"visibleWhen": "region-selected", **when})


def _attribute(root: ET.Element, control: AttributeControl, kept: Iterable[str]) -> None:
    """A heading and a control that show when a region that has the attribute is chosen."""
    when = {"whenTagName": ENTITY if control.carrier is Carrier.MENTION else TRIGGER}
    if control.types:
        when["whenLabelValue"] = ",".join(control.types)
    view = _view(root, when)
    ET.SubElement(view, "Header", value=_hint(control.label), size="6")
    if not control.values:
        area = ET.SubElement(view, "TextArea", when, name=control.name, toName=TEXT)
        area.attrib |= {"perRegion": "true", "editable": "true", "rows": "1", "maxSubmissions": "1"}
        return
    choices = ET.SubElement(view, "Choices", when, name=control.name, toName=TEXT)
    choices.attrib |= {"perRegion": "true", "choice": "single-radio", "showInline": "true"}
    for value, label in control.values.items():
        ET.SubElement(choices, "Choice", value=value, hint=_hint(label))
    for value in kept:
        if value not in control.values:
            ET.SubElement(choices, "Choice", value=value, hint="retired")


def _item_controls(root: ET.Element) -> None:
    """What is said of the item as a whole."""
    state = ET.SubElement(
        root, "Choices", name=STATE, toName=TEXT, choice="multiple", showInline="true"
    )
    ET.SubElement(state, "Choice", value=FLAGGED, hint="Left for the lead to look at")
    ET.SubElement(state, "Choice", value=UNFINISHED, hint="Not done yet")
    for name, placeholder in ((NOTE, "note"), (REASON, "why flagged or skipped")):
        ET.SubElement(
            root, "TextArea", name=name, toName=TEXT, rows="2", maxSubmissions="1",
            editable="true", placeholder=placeholder,
        )  # fmt: skip
    hidden = ET.SubElement(root, "View", style="display: none")
    ET.SubElement(hidden, "TextArea", name=HOLD, toName=TEXT, maxSubmissions="1", editable="true")


def _retired(root: ET.Element, name: str, values: Iterable[str]) -> None:
    """Keep a control that the schema no longer has, so that its answers stay readable."""
    carrier = TRIGGER if name.startswith(f"{Carrier.FRAME}__") else ENTITY
    choices = ET.SubElement(
        root, "Choices", name=name, toName=TEXT, perRegion="true", whenTagName=carrier,
        choice="single-radio", showInline="true",
    )  # fmt: skip
    for value in values:
        ET.SubElement(choices, "Choice", value=value, hint="retired")
