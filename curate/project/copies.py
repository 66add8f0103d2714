"""Near copies among the documents of a project: found, kept, and left out of double work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from curate.corpus.near import THRESHOLD, NearDuplicates, clusters
from curate.model.document import SentenceKind
from curate.store.copies import Copy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from curate.project.opening import Project

    Progress = Callable[[int, int, str], None]

SEEN = "copies.seen"
"""Setting: how many documents there were at the last look, and with which threshold."""

SENTENCE_THRESHOLD = 0.7
"""Sentences are short: below this they share a phrase, not a report."""
LEAST_WORDS_OF_SENTENCE = 6


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that are near copies of each other."""

    original: str
    """Id of the first."""
    title: str
    """How its text begins."""
    copies: tuple[Copy, ...]

    def lines(self) -> list[str]:
        """The group for a reader."""
        return [self.title, *(f"  {c.similarity:.2f}  {c.document}" for c in self.copies)]

    def as_json(self) -> dict[str, object]:
        """The group as values that JSON can hold."""
        return {
            "original": self.original,
            "copies": [
                {"document": c.document, "similarity": round(c.similarity, 4)} for c in self.copies
            ],
        }


@dataclass(frozen=True, slots=True)
class SentencePair:
    """Two sentences that say almost the same."""

    first: tuple[str, int, int]
    """Document, start and end."""
    second: tuple[str, int, int]
    similarity: float
    text: str
    """The first sentence."""

    def lines(self) -> list[str]:
        """The pair for a reader."""
        places = (f"{document}:{start}-{end}" for document, start, end in (self.first, self.second))
        return [self.text, f"  {self.similarity:.2f}  {'  '.join(places)}"]

    def as_json(self) -> dict[str, object]:
        """The pair as values that JSON can hold."""
        return {
            "first": dict(zip(("document", "start", "end"), self.first, strict=True)),
            "second": dict(zip(("document", "start", "end"), self.second, strict=True)),
            "similarity": round(self.similarity, 4),
            "text": self.text,
        }


def find_copies(
    project: Project, threshold: float | None = None, progress: Progress | None = None
) -> list[Group]:
    """Look at all documents anew, keep which are copies in the project, and give the groups."""
    store, limit = project.store, threshold or THRESHOLD
    found = _found(project, limit, progress)
    with store.writing():
        store.copies.replace(found)
        store.settings[SEEN] = {"documents": store.documents.count(), "threshold": limit}
    return groups(project)


def _found(project: Project, threshold: float, progress: Progress | None) -> list[Copy]:
    store = project.store
    near, ids = NearDuplicates(threshold), []
    total = store.documents.count()
    for document in store.documents.all():
        near.add(document.text)
        ids.append(document.id)
        if progress is not None:
            progress(len(ids), total, document.id)
    pairs = near.pairs()
    best: dict[int, float] = {}
    for pair in pairs:
        for place in (pair.first, pair.second):
            best[place] = max(best.get(place, 0.0), pair.similarity)
    return [
        Copy(ids[place], ids[cluster.original], best[place])
        for cluster in clusters(pairs)
        for place in cluster.members[1:]
    ]


def groups(project: Project) -> list[Group]:
    """The groups as they were found at the last look."""
    store = project.store
    together: dict[str, list[Copy]] = {}
    for copy in store.copies.all():
        together.setdefault(copy.original, []).append(copy)
    return [
        Group(original, _beginning(store.documents.get(original).text), tuple(copies))
        for original, copies in together.items()
    ]


def copies_now(
    project: Project, progress: Progress | None = None, *, keep: bool = True
) -> dict[str, str]:
    """Copy → original for every copy; looks anew when documents came since.

    What was found anew is kept in the project unless `keep` is off or it is open for reading only.
    """
    store = project.store
    seen = store.settings.get(SEEN)
    if isinstance(seen, dict) and seen.get("documents") == store.documents.count():
        return {c.document: c.original for c in store.copies.all()}
    if keep and not store.read_only:
        find_copies(project, _threshold(seen), progress)
        return {c.document: c.original for c in store.copies.all()}
    return {c.document: c.original for c in _found(project, _threshold(seen), progress)}


def repeated_sentences(
    project: Project, threshold: float | None = None, progress: Progress | None = None
) -> Iterator[SentencePair]:
    """Sentences that stand almost the same in two places; titles and boilerplate are left out."""
    store = project.store
    near = NearDuplicates(threshold or SENTENCE_THRESHOLD)
    places: list[tuple[str, int, int]] = []
    total = store.documents.count()
    for number, document in enumerate(store.documents.all(), 1):
        for sentence in document.sentences:
            text = sentence.span.of(document.text)
            if sentence.kind is SentenceKind.BODY and len(text.split()) >= LEAST_WORDS_OF_SENTENCE:
                near.add(text)
                places.append((document.id, sentence.span.start, sentence.span.end))
        if progress is not None:
            progress(number, total, document.id)
    for pair in near.pairs():
        first, second = places[pair.first], places[pair.second]
        text = store.documents.get(first[0]).text[first[1] : first[2]]
        yield SentencePair(first, second, pair.similarity, text)


def _threshold(seen: object) -> float:
    value = seen.get("threshold") if isinstance(seen, dict) else None
    return float(value) if isinstance(value, (int, float)) else THRESHOLD


def _beginning(text: str, length: int = 60) -> str:
    line = " ".join(text[: 4 * length].split())
    return line if len(line) <= length else line[:length].rstrip() + "…"
