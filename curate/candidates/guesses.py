"""What a model makes of a sentence: typed spans with their chances and reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from curate.candidates.linear import logistic, probabilities
from curate.candidates.tagger_features import Features, parted, stem_of
from curate.candidates.tags import MENTION, TRIGGER, Chunk, runs
from curate.model.span import Span
from curate.text.clitics import ARTICLE, splits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.candidates.decoding import Tagged
    from curate.candidates.learned import Model
    from curate.candidates.lexicon import Word
    from curate.candidates.linear import Option
    from curate.candidates.reading import Reading
    from curate.candidates.sights import Sight

_TOLD: Final = 2
"""Reasons to name."""
_RULED: Final = (0.2, 1.0)
_LEARNED: Final = (0.2, -1.5)
"""What odds are worth while too few lessons have told, with and without a rule's consent."""
_UNKNOWN: Final = 0.5
"""The chance of what a rule says of a type that the model has never met."""


class Claim(NamedTuple):
    """A typed span that the model sees, or the rules, or both."""

    chunk: Chunk
    span: Span
    odds: float | None
    """Logarithm of the odds that the model gives it; None for a type it has never met."""
    group: str
    """What its odds are worth is told by others of its group."""
    is_seen: bool
    """Whether the model itself says so."""
    hit: int | None = None
    """Which mention of the rules it is."""
    trigger: int | None = None
    """Which trigger of the rules it is."""

    @property
    def is_ruled(self) -> bool:
        """Whether the rules say so."""
        return self.hit is not None or self.trigger is not None


def claims_in(sight: Sight, tagged: Tagged, model: Model) -> list[Claim]:
    """What the rules and the model see in a sentence; what both see comes once."""
    seen = {
        (kind, first, last): None
        for first, last, kind in runs([model.tags[place] for place in tagged.tags.tolist()])
    }
    odds = _Odds(tagged, model)
    found = [
        Claim(chunk, sight.hits[n].span, odds.of(chunk), group, _pop(seen, chunk), hit=n)
        for n, chunk, group in _ruled_mentions(sight)
    ]
    found += [
        Claim(chunk, sight.triggers[n].span, odds.of(chunk), group, _pop(seen, chunk), trigger=n)
        for n, chunk, group in _ruled_triggers(sight)
    ]
    for kind, first, last in seen:
        chunk = Chunk(first, last, kind, _cut(sight, first, kind, model))
        span = span_of(sight.scan.reading, first, last, chunk.cut)
        found.append(Claim(chunk, span, odds.of(chunk), kind[0], is_seen=True))
    return found


def _pop(seen: dict[tuple[str, int, int], None], chunk: Chunk) -> bool:
    """Whether the model sees the same words as the same type; takes it out."""
    key = (chunk.kind, chunk.first, chunk.last)
    is_seen = key in seen
    seen.pop(key, None)
    return is_seen


def _ruled_mentions(sight: Sight) -> Iterator[tuple[int, Chunk, str]]:
    for n, hit in enumerate(sight.hits):
        group = f"{MENTION}/filler" if n in sight.fillers else f"{MENTION}/no-filler"
        yield n, Chunk(hit.first, hit.last, f"{MENTION}:{hit.type}"), group


def _ruled_triggers(sight: Sight) -> Iterator[tuple[int, Chunk, str]]:
    for n, trigger in enumerate(sight.triggers):
        if not trigger.light:
            kind = f"{TRIGGER}:{trigger.event}"
            yield n, Chunk(trigger.first, trigger.last, kind), f"{TRIGGER}/ruled"


class _Odds:
    """Tells the odds of chunks in one sentence."""

    def __init__(self, tagged: Tagged, model: Model) -> None:
        self._tagged = tagged
        self._places = model.places

    def of(self, chunk: Chunk) -> float | None:
        """Logarithm of the odds that the model gives a chunk."""
        begin = self._places.get(f"B-{chunk.kind}")
        if begin is None:
            return None
        inside = self._places.get(f"I-{chunk.kind}")
        return self._tagged.odds(chunk.first, chunk.last, begin, inside)


def span_of(reading: Reading, first: int, last: int, cut: int) -> Span:
    """The code points of words `first` to `last` without the first letters of the first."""
    return Span(reading.start_of(first, cut), reading.end_of(last))


def chance(claim: Claim, model: Model) -> float:
    """The probability that a claim is right, by how its group did when held out."""
    if claim.odds is None:
        return _UNKNOWN
    slope, shift = model.calibration.get(claim.group, _RULED if claim.is_ruled else _LEARNED)
    return round(logistic(slope * claim.odds + shift), 3)


def cut_options(word: Word) -> list[int]:
    """How many letters may be cut off the beginning of a word, nothing first."""
    return sorted({0, *(s.start for s in splits(word.form) if s.proclitics and not s.suffix)})


def cut_features(sight: Sight, at: int, kind: str) -> list[Option]:
    """The features of each way to cut the beginning off a word that begins a span."""
    word = sight.scan.reading.words[at]
    listed = {e.split.start for e in word.entrances}
    ruled = {h.first: h.span.start for h in sight.hits} | {
        t.first: t.span.start for t in sight.triggers
    }
    found: list[Option] = []
    for cut in cut_options(word):
        letters, rest = word.form[:cut], word.form[cut:]
        known = "listed" if cut in listed else "unlisted" if listed else "unknown"
        start = sight.scan.reading.start_of(at, cut)
        rule = "none" if at not in ruled else "same" if ruled[at] == start else "other"
        found.append(
            (
                f"cut={letters}",
                f"cut={letters}/{known}",
                f"cut={bool(cut)}/{kind}",
                f"cut={letters}/{rest.startswith((ARTICLE, ARTICLE[1:]))}",
                f"cut={bool(cut)}/rule={rule}",
            )
        )
    return found


def _cut(sight: Sight, at: int, kind: str, model: Model) -> int:
    options = cut_options(sight.scan.reading.words[at])
    if len(options) == 1:
        return 0
    chances = probabilities(cut_features(sight, at, kind), model.cuts)
    return options[chances.index(max(chances))]


def subtype_key(sight: Sight, chunk: Chunk) -> str:
    """What the subtype of a mention is remembered by: its type and the stem of its first word."""
    return f"{chunk.type}\t{stem_of(sight.scan.reading.words[chunk.first])}"


def reason(sight: Sight, chunk: Chunk, model: Model, features: Features) -> str:
    """Why the model proposes a span: what it learned from, and the features that weighed most."""
    tag = model.tags.index(f"B-{chunk.kind}") if f"B-{chunk.kind}" in model.tags else 0
    row = features.of_word(sight, chunk.first)
    weighed = sorted(((_weight(model.weights.get(f, ()), tag), f) for f in set(row)), reverse=True)
    told: list[str] = []
    for weight, feature in weighed:
        words = _in_words(feature)
        if weight > 0 and words and words not in told:
            told.append(words)
        if len(told) == _TOLD:
            break
    return f"learned from {model.lessons:,} confirmed items" + (f": {', '.join(told)}" * bool(told))


def _weight(row: Sequence[int], tag: int) -> int:
    return next((w for place, w in zip(row[::2], row[1::2], strict=True) if place == tag), 0)


_NAMES: Final = {
    "word": "the word {}",
    "stem": "the stem {}",
    "begins": "begins with {}",
    "ends": "ends in {}",
    "listed": "listed as {}",
    "listed+": "listed as {}",
    "list": "listed as {}",
    "trigger": "may trigger {}",
    "trigger+": "may trigger {}",
    "phrase": "part of a phrase for {}",
    "event": "rules say {}",
    "rule": "rules say {}",
    "by": "found by {}",
    "class": "a {} word",
    "shape": "shape {}",
    "before": "{} before it",
    "after": "{} after it",
}
_WHERE: Final = {-2: "two words before", -1: "before it", 1: "after it", 2: "two words after"}


def _in_words(feature: str) -> str | None:
    """A feature for a reader; None when it says nothing to one."""
    feature, distance = parted(feature)
    name, sign, value = feature.partition("=")
    if not sign or name not in _NAMES:
        return None
    words = _NAMES[name].format(value.split("/")[-1].removesuffix(":B").removesuffix(":I"))
    return words if distance == 0 else f"{_WHERE[distance]} {words}"
