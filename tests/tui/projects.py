"""Projects for tests of the screens: invented sentences with candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.annotation import Argument
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.document import Document, Sentence
from curate.model.item import ItemUnit
from curate.model.span import Span
from curate.project.opening import Project, create_project
from curate.text.tokens import tokens
from tests.small import TEXT, proposals, small_schema

if TYPE_CHECKING:
    from pathlib import Path

    from curate.model.candidate import Candidate

AT = "2026-01-01T00:00:00.000+00:00"
SECOND = "عاد الأهالي إلى القرية مساء بعد توقف القصف على الحقول القريبة منها"
HOSTILE = "قال [bold]الناطق[/b] \x1b[31mإن\x1b[0m \u202eالقصف\u202c مست\u200dمر في [/] القرية"
"""Markup, escape sequences, an override and a joiner, as a text might hold them."""


def project_of(path: Path, *texts: str) -> Project:
    """A project with the small schema; candidates on every text that equals `TEXT`."""
    made = create_project(path)
    for number, text in enumerate(texts):
        sentence = Sentence(Span(0, len(text)))
        document = Document(f"d{number}", text, {}, (sentence,))
        made.store.documents.add([document], ItemUnit.SENTENCE, at=AT)
        if text == TEXT:
            mentions, frames = proposals()
            found: list[Candidate] = [*mentions, *frames]
            made.store.candidates.put(f"d{number}", "test/1", found, at=AT)
    return Project(made.path, small_schema(), made.store)


def long_document(sentences: int) -> tuple[Document, list[Candidate]]:
    """A document of many sentences with two mentions and a frame proposed in each.

    The types are the first that the shipped schema happens to have.
    """
    from curate.project.opening import read_schema

    schema = read_schema()
    event = next(iter(schema.event_types.values()))
    role = next(iter(event.roles))
    entity = min(schema.roles[role].entity_types)
    text, spans = "", []
    found: list[Candidate] = []
    for number in range(sentences):
        start = len(text)
        text += SECOND if number % 3 else TEXT
        spans.append(Sentence(Span(start, len(text))))
        words = [t.span for t in tokens(text, start, len(text))]
        for n, word in enumerate((words[1], words[3])):
            found.append(
                MentionCandidate(f"m{number}-{n}", word, entity, None, 0.9, "test/1", "list")
            )
        argument = Argument(role, mention=f"m{number}-0")
        found.append(
            FrameCandidate(
                f"f{number}", event.name, words[0], (argument,), 0.8, "test/1", "lexicon"
            )
        )
        text += "\n" if number % 4 == 3 else " "
    return Document("long", text, {}, tuple(spans)), found


def long_project(path: Path, sentences: int) -> Path:
    """Make a project of one long document with the shipped schema; return its path."""
    with create_project(path) as made:
        document, found = long_document(sentences)
        made.store.documents.add([document], ItemUnit.SENTENCE, at=AT)
        made.store.candidates.put(document.id, "test/1", found, at=AT)
    return path
