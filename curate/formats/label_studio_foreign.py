"""Tasks of projects that curate did not configure: their controls and labels as ours.

A label is what the schema knows under its name, whatever the control is called that gave it;
a choice of a region is a subtype or an attribute by its value or by the name of its control.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from curate.formats import label_studio_config as config
from curate.formats.label_studio import META
from curate.formats.label_studio_config import Carrier
from curate.formats.label_studio_reading import read_answer
from curate.formats.renaming import Renames
from curate.model.annotation import Frame, Mention
from curate.model.candidate import Candidate, FrameCandidate, MentionCandidate
from curate.model.schema import EventSchema
from curate.model.span import Span

Json = dict[str, Any]
UNSURE: Final = 0.5
"""The score of a prediction that gives none."""
_OURS: Final = frozenset({config.ENTITY, config.TRIGGER, config.BARE})


@dataclass(frozen=True, slots=True)
class Words:
    """What labels and choices may become."""

    schema: EventSchema
    names: Renames
    controls: Mapping[str, config.AttributeControl]

    @classmethod
    def of(cls, schema: EventSchema, names: Renames) -> Self:
        """The words of a schema."""
        return cls(schema, names, config.attribute_controls(schema))


def adapted(task: Json, words: Words) -> Json:
    """A task whose answers and predictions speak in our controls and in the schema's names."""
    made = dict(task)
    for kind in ("annotations", "predictions"):
        answers = made.get(kind)
        if isinstance(answers, list):
            made[kind] = [_answer(a, words) for a in answers]
    return made


def _answer(answer: Any, words: Words) -> Any:
    entries = answer.get("result") if isinstance(answer, Mapping) else None
    if not isinstance(entries, list):
        return answer
    kinds: dict[str, tuple[str, str]] = {}
    labelled = [_labelled(entry, words, kinds) for entry in entries]
    return {**answer, "result": [_said(entry, words, kinds) for entry in labelled]}


def _labelled(entry: Any, words: Words, kinds: dict[str, tuple[str, str]]) -> Any:
    """A region with our control and type, which are noted by its id."""
    value = entry.get("value") if isinstance(entry, Mapping) else None
    if not isinstance(value, Mapping) or entry.get("type") not in ("labels", "hypertextlabels"):
        return entry
    labels = value.get("labels") or value.get("hypertextlabels")
    if not isinstance(labels, list) or len(labels) != 1 or not isinstance(labels[0], str):
        return entry
    control, label = str(entry.get("from_name")), labels[0]
    entity, event = words.names.name("entity", label), words.names.name("event", label)
    if control not in _OURS:
        known = {
            config.ENTITY: entity in words.schema.entity_types,
            config.TRIGGER: event in words.schema.event_types,
        }
        control = next((name for name, is_known in known.items() if is_known), control)
    label = {config.ENTITY: entity, config.TRIGGER: event}.get(control, label)
    kinds[str(entry.get("id"))] = control, label
    shown = {k: v for k, v in value.items() if k != "hypertextlabels"}
    return {**entry, "type": "labels", "from_name": control, "value": {**shown, "labels": [label]}}


def _said(entry: Any, words: Words, kinds: Mapping[str, tuple[str, str]]) -> Any:
    """What is said of a region, or of two, in our controls and names."""
    if not isinstance(entry, Mapping):
        return entry
    if entry.get("type") == "relation":
        labels = entry.get("labels")
        if not isinstance(labels, list):
            return entry
        return {
            **entry,
            "labels": [words.names.name("role", x) if isinstance(x, str) else x for x in labels],
        }
    value, where = entry.get("value"), kinds.get(str(entry.get("id")))
    if entry.get("type") not in ("choices", "textarea") or where is None:
        return entry
    if not isinstance(value, Mapping) or entry.get("from_name") in words.controls:
        return entry
    kind = "choices" if entry["type"] == "choices" else "text"
    values = value.get(kind)
    if not isinstance(values, list) or len(values) != 1 or not isinstance(values[0], str):
        return entry
    control, said = _control(str(entry.get("from_name")), values[0], where, words)
    return {**entry, "from_name": control, "value": {**value, kind: [said]}}


def _control(name: str, value: str, where: tuple[str, str], words: Words) -> tuple[str, str]:
    """Our control for a choice, and the value in the schema's words."""
    region, owner = where
    carrier = Carrier.MENTION if region == config.ENTITY else Carrier.FRAME
    wanted, said = words.names.name("attribute", name), words.names.name("value", value)
    subtype = words.names.name("subtype", value)
    for control in words.controls.values():
        if control.carrier is not carrier or (control.types and owner not in control.types):
            continue
        if control.attribute is None and subtype in control.values:
            return control.name, subtype
        if control.attribute is not None and control.attribute == wanted:
            return control.name, said
    return name, value


def candidates_of(task: Json, schema: EventSchema, text: str) -> tuple[Candidate, ...]:
    """The predictions of a task as candidates; those of several models side by side."""
    found: dict[str, Candidate] = {}
    predictions = task.get("predictions")
    for number, answer in enumerate(predictions if isinstance(predictions, list) else ()):
        if not isinstance(answer, Mapping):
            continue
        producer = str(answer.get("model_version") or "label-studio/1")
        scores, reasons = _about(answer)
        annotation = read_answer(answer, Span(0, len(text)), schema, text, "").annotation
        if not found.keys().isdisjoint(
            [*(m.id for m in annotation.mentions), *(f.id for f in annotation.frames)]
        ):
            continue  # two models that give their regions the same ids cannot be told apart
        usual = _score(answer.get("score"), UNSURE)
        atoms: list[Mention | Frame] = [*annotation.mentions, *annotation.frames]
        for atom in atoms:
            why = reasons.get(atom.id, f"prediction {number + 1} of {producer}")
            found[atom.id] = _candidate(atom, scores.get(atom.id, usual), producer, why)
    return tuple(found.values())


def _about(answer: Mapping[str, Any]) -> tuple[dict[str, float], dict[str, str]]:
    """Score and reason of each region that has one."""
    scores: dict[str, float] = {}
    reasons: dict[str, str] = {}
    for entry in answer.get("result") or ():
        if not isinstance(entry, Mapping) or not isinstance(entry.get("id"), str):
            continue
        if "score" in entry:
            scores[entry["id"]] = _score(entry["score"], UNSURE)
        meta = entry.get("meta")
        ours = meta.get(META) if isinstance(meta, Mapping) else None
        if isinstance(ours, Mapping) and isinstance(ours.get("reason"), str):
            reasons[entry["id"]] = ours["reason"]
    return scores, reasons


def _score(value: object, otherwise: float) -> float:
    return min(1.0, max(0.0, float(value))) if isinstance(value, int | float) else otherwise


def _candidate(atom: Mention | Frame, score: float, producer: str, reason: str) -> Candidate:
    if isinstance(atom, Mention):
        return MentionCandidate(
            atom.id, atom.span, atom.type, atom.subtype, score, producer, reason, atom.attributes
        )
    return FrameCandidate(
        atom.id, atom.type, atom.trigger, atom.arguments, score, producer, reason, atom.attributes
    )
