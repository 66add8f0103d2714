"""Count a corpus: texts, sentences and words by source and month, and what was said of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from statistics import quantiles
from typing import TYPE_CHECKING, Final, TypeVar

from curate.text.normal import normal
from curate.text.tokens import WORD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.model.annotation import Annotation, Frame
    from curate.model.document import Document

_WORDS: Final = re.compile(WORD)
_Key = TypeVar("_Key")


@dataclass(slots=True)
class Share:
    """How much of a corpus one source, month or the whole is."""

    documents: int = 0
    sentences: int = 0
    words: int = 0
    mentions: int = 0
    frames: int = 0

    def as_json(self) -> dict[str, int]:
        """The figures by name."""
        return {
            "documents": self.documents,
            "sentences": self.sentences,
            "words": self.words,
            "mentions": self.mentions,
            "frames": self.frames,
        }


@dataclass(slots=True)
class Statistics:
    """A corpus in figures; filled one document at a time."""

    total: Share = field(default_factory=Share)
    sources: dict[str, Share] = field(default_factory=dict)
    """Source → its share; '' where none is known."""
    months: dict[str, Share] = field(default_factory=dict)
    """Month, such as `2018-04` → its share; '' where the date is not known."""
    lengths: Counter[int] = field(default_factory=Counter)
    """Words of a sentence → sentences."""
    annotators: Counter[str] = field(default_factory=Counter)
    """Annotator → annotations counted."""
    mentions: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Entity type and subtype ('' without) → mentions."""
    frames: Counter[str] = field(default_factory=Counter)
    """Event type → frames."""
    roles: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Event type and role → arguments."""
    attributes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Attribute and value → frames."""
    triggers: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Event type and trigger in normal form → frames."""

    def count(
        self, document: Document, said: Iterable[Annotation], *, source: str, month: str
    ) -> None:
        """Add a document with the annotations that count."""
        shares = (
            self.total,
            self.sources.setdefault(source, Share()),
            self.months.setdefault(month, Share()),
        )
        words = 0
        for sentence in document.sentences:
            span = sentence.span
            found = sum(1 for _ in _WORDS.finditer(document.text, span.start, span.end))
            self.lengths[found] += 1
            words += found
        said = list(said)
        for share in shares:
            share.documents += 1
            share.sentences += len(document.sentences)
            share.words += words
            share.mentions += sum(len(a.mentions) for a in said)
            share.frames += sum(len(a.frames) for a in said)
        for annotation in said:
            self.annotators[annotation.annotator] += 1
            for mention in annotation.mentions:
                self.mentions[mention.type, mention.subtype or ""] += 1
            for frame in annotation.frames:
                self._count_frame(document, frame)

    def _count_frame(self, document: Document, frame: Frame) -> None:
        self.frames[frame.type] += 1
        self.triggers[frame.type, normal(frame.trigger.of(document.text))] += 1
        for argument in frame.arguments:
            self.roles[frame.type, argument.role] += 1
        for name, value in frame.attributes.items():
            self.attributes[name, value] += 1

    def quartiles(self) -> tuple[float, float, float]:
        """Words of a sentence: lower quartile, median, upper quartile; zeros without sentences."""
        values = sorted(self.lengths.elements())
        if len(values) < 2:
            one = float(values[0]) if values else 0.0
            return one, one, one
        low, middle, high = quantiles(values, n=4, method="inclusive")
        return low, middle, high

    def as_json(self) -> dict[str, object]:
        """The figures as values that JSON can hold."""
        low, middle, high = self.quartiles()
        return {
            "total": self.total.as_json(),
            "words_of_a_sentence": {"q1": low, "median": middle, "q3": high},
            "sources": {name: s.as_json() for name, s in sorted(self.sources.items())},
            "months": {name: s.as_json() for name, s in sorted(self.months.items())},
            "annotators": dict(sorted(self.annotators.items())),
            "mentions": [
                {"type": t, "subtype": sub or None, "count": n}
                for (t, sub), n in ranked(self.mentions)
            ],
            "frames": [{"type": t, "count": n} for t, n in ranked(self.frames)],
            "roles": [{"type": t, "role": r, "count": n} for (t, r), n in ranked(self.roles)],
            "attributes": [
                {"name": a, "value": v, "count": n} for (a, v), n in ranked(self.attributes)
            ],
            "triggers": [
                {"type": t, "trigger": w, "count": n} for (t, w), n in ranked(self.triggers)
            ],
        }


def ranked(counts: Counter[_Key]) -> list[tuple[_Key, int]]:
    """The counts, largest first; equal ones by name."""
    return sorted(counts.items(), key=lambda pair: (-pair[1], repr(pair[0])))
