"""A small world to learn from: invented sentences about villages and crops, with their lessons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from curate.candidates.training import Lesson
from curate.model.annotation import Annotation, Frame, Mention, Status
from curate.model.document import Document, Sentence
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

PLACES = ("الكرمة", "الدوحة", "الربوة", "السنديان", "العريش", "الجوزة", "الحوض", "النبعة")
CROPS = ("قمح", "شعير", "عدس", "حمص", "سمسم")
VERBS = ("حصد", "جنى", "قطف")


def farm_lesson(number: int, *, joined: bool = False) -> Lesson:
    """An invented sentence: somebody harvests something in a village, maybe with a joined و."""
    place = PLACES[number % len(PLACES)] + "ي" * (number // len(PLACES) % 3)
    crop, verb = CROPS[number % len(CROPS)], VERBS[number % len(VERBS)]
    start = "و" if joined else ""
    text = f"{start}{verb} الفلاحون {crop} في قرية {place} أمس."
    return lesson_of(
        text, f"farm-{number}", [(place, "Spot"), (crop, "Plant")], [(verb, "Harvest")]
    )


def lesson_of(
    text: str, name: str, mentions: Sequence[tuple[str, str]], triggers: Sequence[tuple[str, str]]
) -> Lesson:
    """A finished one-sentence document; words are marked where they first stand."""
    whole = Span(0, len(text))
    annotation = Annotation(
        "a1",
        whole,
        Status.DONE,
        tuple(Mention(f"m{i}", at(text, w), t) for i, (w, t) in enumerate(mentions)),
        tuple(Frame(f"f{i}", t, at(text, w)) for i, (w, t) in enumerate(triggers)),
    )
    return Lesson(Document(name, text, sentences=(Sentence(whole),)), annotation)


def at(text: str, words: str) -> Span:
    """Where words first stand in a text."""
    start = text.index(words)
    return Span(start, start + len(words))


def farm_lessons(count: int = 40) -> list[Lesson]:
    """As many lessons, every third with a joined و."""
    return [farm_lesson(n, joined=n % 3 == 0) for n in range(count)]


def unannotated(lesson: Lesson) -> Lesson:
    """The lesson with nothing marked."""
    return replace(lesson, annotation=replace(lesson.annotation, mentions=(), frames=()))
