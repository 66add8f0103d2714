"""The labelling config of a project there: made from the schema, changed only where it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from curate.errors import CurateError
from curate.formats import label_studio_config as config
from curate.formats.label_studio_config import label_config
from curate.model.ids import new_id
from curate.sync.marks import mark_of
from curate.sync.refusals import Rejected, Unsure
from curate.sync.remote import MODEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.model.schema import EventSchema
    from curate.sync.answers import ProjectInfo
    from curate.sync.job import Job
    from curate.sync.remote import Remote

Words = dict[str, list[str]]
"""Name of a control → the values that it offers, in order."""

_ABOUT: Final = "curate · schema "
_TRIES: Final = 4
_OURS: Final = frozenset({config.ENTITY, config.TRIGGER, config.HOLD})
"""Controls without which nothing of ours can be kept there."""


def words_of(xml: str) -> Words:
    """What a labelling config offers. Raises ValueError when it is none."""
    try:
        root = ET.fromstring(xml)  # noqa: S314 (no entities are resolved from outside)
    except ET.ParseError as error:
        raise ValueError(str(error)) from error
    found: Words = {}
    for control in root.iter():
        name = config.RELATIONS if control.tag == "Relations" else control.get("name")
        if control.tag in {"Labels", "Choices", "Relations", "TextArea"} and name:
            found[name] = [value for part in control if (value := part.get("value")) is not None]
    return found


def create(remote: Remote, schema: EventSchema, title: str) -> ProjectInfo:
    """Make a project there for the schema; found again by its description if the answer is lost."""
    about = f"{_ABOUT}{schema.identity} · {new_id()}"
    for attempt in range(_TRIES):
        try:
            return remote.create_project(title, label_config(schema), about)
        except Unsure as error:
            remote.pause(max(1.0, error.after))
            found = remote.find_project(about)
            if found is not None:
                return found
            if attempt == _TRIES - 1:
                raise
    raise AssertionError("the last attempt returns or raises")


def check(info: ProjectInfo, schema: EventSchema) -> None:
    """Refuse a project there that is for something else. Raises `CurateError`."""
    words = _words(info)
    if not words:
        return
    if not words.keys() >= _OURS:
        raise CurateError(
            f"the Label Studio project {info.id}, {info.title!r}, has a labelling config that "
            "curate did not make",
            "let curate make a project: `curate sync push --create TITLE`",
        )
    name = (info.description or "").removeprefix(_ABOUT).partition("@")[0]
    says = (info.description or "").startswith(_ABOUT) and name != schema.name
    if says or not set(words[config.TRIGGER]) & set(schema.event_types):
        raise CurateError(
            f"the Label Studio project {info.id}, {info.title!r}, is of another schema"
            + (f", {name}" if says else ""),
            f"choose a project of {schema.name}, or make one: `curate sync push --create TITLE`",
        )


def bring_up_to_date(job: Job) -> str | None:
    """Give the project there what the schema has and it lacks; return a warning if it refuses.

    Nothing that it offers is taken away as long as it holds a task.
    """
    info = job.remote.project(job.project)
    check(info, job.schema)
    held = _words(info)
    wanted = label_config(job.schema)
    beyond = _beyond(held, words_of(wanted))
    if beyond and job.remote.totals(job.project).total:
        wanted = label_config(job.schema, beyond)
    print_of = mark_of(wanted)
    lacks = _lacks(held, words_of(wanted))
    if not lacks and job.link.config in {print_of, ""}:
        if job.link.config != print_of:
            job.save(config=print_of)
        return None
    try:
        job.remote.update_project(
            job.project, label_config=wanted, model_version=info.model_version or MODEL
        )
    except Rejected as error:
        if lacks:
            raise CurateError(
                f"{error.message} — it lacks {', '.join(lacks[:5])}",
                "delete the annotations in Label Studio that it names, then sync again",
            ) from error
        return f"the labelling config was left as it is: {error.message}"
    job.save(config=print_of, config_version=job.link.config_version + 1)
    return None


def _words(info: ProjectInfo) -> Words:
    try:
        return words_of(info.label_config or "<View/>")
    except ValueError:
        return {}


def _beyond(held: Mapping[str, list[str]], new: Mapping[str, list[str]]) -> Words:
    """What is offered there and would not be any more."""
    beyond = {name: [v for v in held[name] if v not in new.get(name, ())] for name in held}
    return {name: values for name, values in beyond.items() if values}


def _lacks(held: Mapping[str, list[str]], wanted: Mapping[str, list[str]]) -> list[str]:
    """What is not offered there and should be."""
    controls = [name for name in wanted if name not in held]
    values = [v for name, each in wanted.items() for v in each if v not in held.get(name, ())]
    return [*controls, *values]
