"""New candidates for items that nobody has touched; what was decided keeps its candidates."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from curate.model.candidate import MentionCandidate
from curate.project.activity import utc_now
from curate.project.shortening import within_reason
from curate.store.candidates import name_of

GIVEN: Final = "given/1"
"""Producer under which candidates are kept that came with their document."""

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from curate.candidates.engine import Producer
    from curate.model.candidate import Candidate
    from curate.model.document import Document
    from curate.model.span import Span
    from curate.project.opening import Project


def repropose(
    project: Project,
    producer: Producer,
    *,
    keep: Collection[str] = (),
    now: Callable[[], str] = utc_now,
) -> int:
    """Propose anew for the open items of every document; return how many documents changed.

    Documents whose candidates came with them are left alone. Each document is
    one short transaction, so that annotators never wait.
    """
    changed = 0
    for document in project.store.documents.all():
        runs = project.store.candidates.runs(document.id)
        if all(name_of(run.producer) != name_of(GIVEN) for run in runs):
            changed += repropose_document(project, producer, document, keep=keep, at=now())
    return changed


def repropose_document(
    project: Project,
    producer: Producer,
    document: Document,
    *,
    keep: Collection[str] = (),
    at: str,
) -> bool:
    """Propose anew for the open items of a document; tell whether that changed anything.

    Other producers' candidates stay as they are, and so do those of touched items.
    """
    if not open_spans(project, document, keep):
        return False
    found = producer.propose(within_reason(document))
    return _put(project, document, producer.version, found, keep=keep, at=at)


def _put(
    project: Project,
    document: Document,
    version: str,
    found: Sequence[Candidate],
    *,
    keep: Collection[str],
    at: str,
) -> bool:
    """Put new candidates beside those of items that are not open; False when nothing is new."""
    store = project.store
    with store.writing():
        spans = open_spans(project, document, keep)
        mentions, frames = store.candidates.of(document.id, name_of(version))
        held: list[Candidate] = [*mentions, *frames]
        kept = _with_fillers([c for c in held if not _inside(c, spans)], held)
        names = {c.id for c in kept}
        fresh = _with_fillers([c for c in found if _inside(c, spans)], found)
        gone = [c for c in held if c.id not in names]
        if list(map(_said, gone)) == list(map(_said, fresh)):
            return False
        new = [c for c in fresh if c.id not in names]
        store.candidates.put(document.id, version, [*kept, *new], at=at)
    return True


def open_spans(project: Project, document: Document, keep: Collection[str]) -> list[Span]:
    """The items of a document that nobody has said anything about, and that are not kept."""
    touched = {a.item for a in project.store.annotations.of_document(document.id)}
    items = project.store.items.of_document(document.id)
    return [i.span for i in items if i.span not in touched and i.id not in keep]


def _inside(candidate: Candidate, spans: Iterable[Span]) -> bool:
    extent = candidate.span if isinstance(candidate, MentionCandidate) else candidate.trigger
    return any(span.covers(extent) for span in spans)


def _with_fillers(chosen: Sequence[Candidate], every: Iterable[Candidate]) -> list[Candidate]:
    """The chosen ones and all that fill their slots, mentions first."""
    known = {c.id: c for c in every}
    wanted = {c.id: c for c in chosen}
    waiting = list(chosen)
    while waiting:
        for name in _filler_ids(waiting.pop()):
            if name not in wanted and name in known:
                wanted[name] = known[name]
                waiting.append(known[name])
    return [c for c in known.values() if c.id in wanted]


def _filler_ids(candidate: Candidate) -> list[str]:
    if isinstance(candidate, MentionCandidate):
        return []
    return [name for a in candidate.arguments if (name := a.mention or a.frame) is not None]


def _said(candidate: Candidate) -> Candidate:
    """A candidate without its id and those of its fillers, to compare."""
    if isinstance(candidate, MentionCandidate):
        return replace(candidate, id="")
    blank = tuple(
        replace(a, mention=a.mention and "-", frame=a.frame and "-") for a in candidate.arguments
    )
    return replace(candidate, id="", arguments=blank)
