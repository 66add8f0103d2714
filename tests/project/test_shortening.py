"""What is too long to be a sentence comes in pieces, and nothing of it is left out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from curate.model.document import Document, Sentence
from curate.model.span import Span
from curate.project.shortening import LONGEST_SENTENCE, within_reason


def test_documents_of_usual_sentences_stay_as_they_are() -> None:
    document = Document("d", "نص قصير", {}, (Sentence(Span(0, 7)),))
    assert within_reason(document) is document


@given(st.integers(0, 9), st.sampled_from(["ا", "قصف ", "كلمة طويلة جدا "]))
def test_pieces_cover_the_sentence_and_end_between_words(times: int, piece: str) -> None:
    text = piece * (times * LONGEST_SENTENCE // len(piece) // 3 + 5)
    cut = within_reason(Document("d", text, {}, (Sentence(Span(0, len(text))),))).sentences
    assert "".join(s.span.of(text) for s in cut) == text
    assert all(len(s.span) <= LONGEST_SENTENCE for s in cut)
    if " " in piece:
        assert all(s.span.of(text).endswith(" ") for s in cut)
