"""How the rules file binds words and word order to the roles of event types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from curate.errors import FormatError
from curate.text.normal import normal

_SPEC: Final = re.compile(r"([^()\s]+)(?:\(([^()]*)\))?")
_FAR: Final = 12
"""Words to each side that a need looks at when it names no distance."""


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """A role a slot may fill, for all its filler types or for some."""

    role: str
    types: frozenset[str] = frozenset()


Specs = tuple[RoleSpec, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """Surroundings: one of the words, or a mention of one of the types, near enough."""

    types: frozenset[str] = frozenset()
    """`TYPE` or `TYPE/subtype`."""
    words: frozenset[str] = frozenset()
    before: int = _FAR
    after: int = _FAR

    @property
    def is_empty(self) -> bool:
        """Whether anything at all meets it."""
        return not self.types and not self.words


@dataclass(frozen=True, slots=True)
class Choice:
    """An event type, and what must stand near a shared form for it."""

    event: str
    need: Need = Need()


@dataclass(frozen=True, slots=True)
class Content:
    """How a frame takes other frames as what is said, agreed or discussed."""

    role: str
    by: frozenset[str] = frozenset()
    """Words that lead to them."""
    attributes: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What being content says of a frame."""
    agent: str | None = None
    """The role of the holder whose filler acts in the content."""
    bare: bool = False
    """Whether a noun may follow without a leading word."""


@dataclass(frozen=True, slots=True)
class FrameRules:
    """The slots of one event type."""

    slots: Mapping[str, Specs] = field(default_factory=dict, hash=False)
    """`subject`, `object`, `genitive`, `before`, `passive`, `possessor`, `supporter`, `count`."""
    prepositions: Mapping[str, Specs] = field(default_factory=dict, hash=False)
    pair: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """Preposition → roles of the first, second … conjunct."""
    cause: tuple[str, ...] = ()
    anywhere: Specs = ()
    uncounted: frozenset[str] = frozenset()
    content: Content | None = None
    share: tuple[str, ...] = ()
    """Roles whose fillers cause and effect have in common, the effect's own role first."""
    meets: tuple[str, ...] = ()
    """Time, place and what was hit: roles it has in common with the event it repels."""
    headline: tuple[str, ...] = ()
    """Roles that all events of a title have in common."""
    contain: frozenset[str] = frozenset()
    """Roles that the place around a filler fills too."""
    source: tuple[str, ...] = ()
    """Roles of whoever a report is owed to."""
    inherit: frozenset[str] = frozenset()
    """Roles that a frame without subject of its own takes over with the subject."""
    harms: bool = False
    """Whether what happened to people or things after it is its effect, without a word for it."""
    split: str | None = None
    """The role whose separately counted fillers make separate frames."""
    lemmas: Mapping[str, FrameRules] = field(default_factory=dict, hash=False)
    """Rules that hold for some triggers of the type only."""

    @property
    def is_open(self) -> bool:
        """Whether nothing is said of slots: then types alone decide."""
        return "subject" not in self.slots and "genitive" not in self.slots


@dataclass(frozen=True, slots=True)
class Near:
    """An attribute value that surroundings hint at."""

    attribute: str
    value: str
    need: Need


@dataclass(frozen=True, slots=True)
class Hints:
    """What hints at attribute values, beside the cues and notes of the schema."""

    lemmas: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """Lemma of the trigger → attribute → value."""
    near: tuple[Near, ...] = ()
    before: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """Word before the trigger, in its clause → attribute → value."""
    before_imperfect: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    """The same, before verbs in the imperfect only."""
    future: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the prefix of the future says."""
    sourced: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What naming a source says."""


@dataclass(frozen=True, slots=True)
class EventRules:
    """All that the rules file says of events."""

    types: Mapping[str, FrameRules] = field(default_factory=dict, hash=False)
    fallback: FrameRules = FrameRules()
    """For event types the file does not name."""
    choices: Mapping[str, tuple[Choice, ...]] = field(default_factory=dict, hash=False)
    """Lemma → event types that share it, the first whose need is met."""
    needs: Mapping[tuple[str, str], Need] = field(default_factory=dict, hash=False)
    """(Lemma, event type) → what must stand near."""
    yields: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    """Lemma → lemmas of the nouns that it only carries."""
    swallows: Mapping[str, frozenset[str]] = field(default_factory=dict, hash=False)
    """Lemma → lemmas that make no frame of their own after it."""
    reaching: frozenset[str] = frozenset()
    """Lemmas that after an event noun only say what it hit."""
    hints: Hints = field(default_factory=Hints)

    def of(self, event: str, lemma: str) -> FrameRules:
        """The slots of an event type, as its trigger's lemma (in normal form) has them."""
        rules = self.types.get(event, self.fallback)
        return rules.lemmas.get(lemma, rules) if rules.lemmas else rules


def parse_event_rules(tree: Mapping[str, Any], file: str) -> EventRules:
    """Read the parts `frames`, `choices` and `needs` of the rules file."""
    frames = tree.get("frames", {})
    common = frames.get("common", {})
    try:
        return EventRules(
            types={n: _frame_rules(t, common) for n, t in frames.get("types", {}).items()},
            fallback=_frame_rules(frames.get("fallback", {}), common),
            choices={
                normal(lemma): tuple(Choice(c["event"], _need(c.get("need"))) for c in choices)
                for lemma, choices in tree.get("choices", {}).items()
            },
            needs={
                (normal(n["lemma"]), n["event"]): _need(n.get("need"))
                for n in tree.get("needs", ())
            },
            yields={normal(y["lemma"]): _lemmas(y["to"]) for y in tree.get("yields", ())},
            swallows={normal(y["lemma"]): _lemmas(y["what"]) for y in tree.get("swallows", ())},
            reaching=_lemmas(tree.get("reaching", [])),
            hints=_hints(tree.get("attributes", {})),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise FormatError(
            f"{file}: the part on events does not hold together ({error})",
            "Compare it with the shipped rules file.",
        ) from error


def _hints(tree: Mapping[str, Any]) -> Hints:
    return Hints(
        lemmas={normal(x): dict(v) for x, v in tree.get("lemmas", {}).items()},
        near=tuple(
            Near(n["attribute"], n["value"], _need(n["need"])) for n in tree.get("near", ())
        ),
        before=_by_word(tree.get("before", ())),
        before_imperfect=_by_word(tree.get("before_imperfect", ())),
        future=dict(tree.get("future", {})),
        sourced=dict(tree.get("sourced", {})),
    )


def _by_word(items: list[Mapping[str, Any]]) -> dict[str, dict[str, str]]:
    return {normal(w): dict(i["attributes"]) for i in items for w in i["words"]}


def _lemmas(words: list[str]) -> frozenset[str]:
    return frozenset(normal(w) for w in words)


def _need(tree: Mapping[str, Any] | None) -> Need:
    if tree is None:
        return Need()
    sided = "before" in tree or "after" in tree
    return Need(
        types=frozenset(tree.get("types", ())),
        words=frozenset(normal(w) for w in tree.get("words", ())),
        before=tree.get("before", 0 if sided else _FAR),
        after=tree.get("after", 0 if sided else _FAR),
    )


_OTHER_KEYS: Final = frozenset(
    {
        *("prepositions", "pair", "cause", "anywhere", "uncounted", "content"),
        *("share", "split", "lemmas", "inherit", "contain", "source", "says", "harms", "blames"),
        *("meets", "headline"),
    }
)


def _frame_rules(tree: Mapping[str, Any], common: Mapping[str, Any]) -> FrameRules:
    merged = {**common, **tree}
    own = {k: v for k, v in merged.items() if k != "lemmas"}
    prepositions = {**common.get("prepositions", {}), **tree.get("prepositions", {})}
    return FrameRules(
        slots={k: _specs(v) for k, v in merged.items() if k not in _OTHER_KEYS},
        prepositions={normal(p): _specs(v) for p, v in prepositions.items()},
        pair={normal(p): tuple(v) for p, v in merged.get("pair", {}).items()},
        cause=tuple(merged.get("cause", ())),
        anywhere=_specs(merged.get("anywhere", ())),
        uncounted=frozenset(merged.get("uncounted", ())),
        content=_content(merged.get("content"), merged.get("says", {}), merged.get("blames")),
        share=tuple(merged.get("share", ())),
        meets=tuple(merged.get("meets", ())),
        headline=tuple(merged.get("headline", ())),
        harms=bool(merged.get("harms")),
        split=merged.get("split"),
        inherit=frozenset(merged.get("inherit", ())),
        contain=frozenset(merged.get("contain", ())),
        source=tuple(merged.get("source", ())),
        lemmas={normal(x): _frame_rules(t, own) for x, t in tree.get("lemmas", {}).items()},
    )


def _specs(items: list[str]) -> Specs:
    found = []
    for item in items:
        match = _SPEC.fullmatch(item)
        if match is None:
            raise KeyError(item)
        types = frozenset(t.strip() for t in (match[2] or "").split("|") if t.strip())
        found.append(RoleSpec(match[1], types))
    return tuple(found)


def _content(
    tree: Mapping[str, Any] | None, says: Mapping[str, str], blames: str | None
) -> Content | None:
    if tree is None:
        return None
    return Content(
        role=tree["role"],
        by=frozenset(normal(w) for w in tree.get("by", ())),
        attributes={**tree.get("attributes", {}), **says},
        agent=blames or tree.get("agent"),
        bare=bool(tree.get("bare")),
    )
