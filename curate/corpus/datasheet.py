"""The datasheet of a release: what the project knows is filled in, what it does not is listed.

The seven headings are those of Gebru et al., Datasheets for Datasets (Communications of the ACM,
2021); the questions are our own short ones for corpora of event frames.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.errors import CurateError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the datasheet."""

    id: str
    heading: str
    words: str


_HEADINGS: Final = {
    "Motivation": {
        "purpose": "For what purpose was the corpus made, and which gap does it fill?",
        "makers": "Who made it, and on whose behalf?",
        "funding": "Who paid for it?",
    },
    "Composition": {
        "instances": "What is one instance, and how many are there?",
        "selection": "Is it everything there was, or a sample; how was it drawn?",
        "sources": "Where do the texts come from, and from when are they?",
        "labels": "What is said of each instance, by which schema?",
        "splits": "Which parts are recommended, and how were they made?",
        "errors": "Which errors, noise and repetitions are known?",
        "dependence": "Does the corpus need anything that lies outside it?",
        "sensitive": "Do the texts name private persons, or show suffering; how was it dealt with?",
    },
    "Collection process": {
        "acquisition": "How were the texts obtained?",
        "people": "Who was involved in collecting and annotating, how were they trained and paid?",
        "period": "Over which time were texts collected and annotated?",
        "ethics": "Was there an ethical review, and what did it say?",
    },
    "Preprocessing, cleaning, labelling": {
        "preprocessing": "What was done to the texts?",
        "annotation": "How was each annotation made, and did a machine propose it?",
        "agreement": "How far did annotators agree?",
        "adjudication": "How were differences settled?",
        "raw": "Can the raw data be had?",
    },
    "Uses": {
        "used": "For what has it been used already?",
        "suitable": "For which tasks is it fit, and for which is it not?",
        "harm": "What should users know so that nobody comes to harm?",
    },
    "Distribution": {
        "licence": "Under which licence are annotations and texts given out?",
        "withheld": "Which texts may not be passed on, and how can they be had?",
    },
    "Maintenance": {
        "maintainer": "Who looks after it, and how can they be reached?",
        "updates": "Will it be updated, and how are versions told apart?",
        "contributions": "How can others report errors or contribute?",
    },
}

QUESTIONS: Final = tuple(
    Question(key, heading, words)
    for heading, questions in _HEADINGS.items()
    for key, words in questions.items()
)

OPEN = "*Not answered yet.*"
_HEAD = re.compile(r"###\s+([a-z]+)\s*:.*")


def form(answers: Mapping[str, str]) -> str:
    """A page to fill in: each question, with the answer if there is one."""
    parts = [
        "Write the answers below the questions; leave the lines with ### as they are.",
        "What curate knows itself is added in the release.\n",
    ]
    parts += [f"### {q.id}: {q.words}\n\n{answers.get(q.id, '')}\n" for q in QUESTIONS]
    return "\n".join(parts)


def answers_in(page: str, file: str) -> dict[str, str]:
    """The answers of a filled-in page by question; CurateError for a question nobody asked."""
    known = {q.id for q in QUESTIONS}
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for number, line in enumerate(page.splitlines(), 1):
        head = _HEAD.fullmatch(line.strip())
        if head is not None:
            if head.group(1) not in known:
                raise CurateError(
                    f"{file}:{number}: the datasheet has no question {head.group(1)}",
                    "`curate release questions` prints those there are",
                )
            current = found.setdefault(head.group(1), [])
        elif current is not None:
            current.append(line)
    texts = {key: "\n".join(lines).strip() for key, lines in found.items()}
    return {key: text for key, text in texts.items() if text}


def open_questions(answers: Mapping[str, str], facts: Mapping[str, str]) -> list[Question]:
    """The questions to which neither people nor the project have an answer."""
    return [q for q in QUESTIONS if not answers.get(q.id) and not facts.get(q.id)]


def datasheet(title: str, answers: Mapping[str, str], facts: Mapping[str, str]) -> str:
    """The datasheet as Markdown: people's answers first, then what the project knows."""
    return "\n".join(_lines(title, answers, facts)) + "\n"


def _lines(title: str, answers: Mapping[str, str], facts: Mapping[str, str]) -> Iterator[str]:
    yield f"# Datasheet: {title}"
    heading = ""
    for question in QUESTIONS:
        if question.heading != heading:
            heading = question.heading
            yield from ("", f"## {heading}")
        yield from ("", f"**{question.words}**", "")
        yield "\n\n".join(_said(question, answers, facts)) or OPEN
    unanswered = open_questions(answers, facts)
    if unanswered:
        yield from ("", "## Open questions", "")
        yield from _bullets(f"{q.heading}: {q.words}" for q in unanswered)


def _said(
    question: Question, answers: Mapping[str, str], facts: Mapping[str, str]
) -> Iterator[str]:
    for source in (answers, facts):
        if source.get(question.id):
            yield source[question.id]


def _bullets(lines: Iterable[str]) -> Iterator[str]:
    return (f"- {line}" for line in lines)
