"""Whatever the text, the engine answers, and each candidate lies inside its sentence."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.candidates.engine import rule_engine
from curate.candidates.seeds import shipped_seeds
from curate.formats.schema_file import shipped_schema
from curate.model.candidate import FrameCandidate
from curate.model.document import Document
from curate.text.sentences import segment

ENGINE = rule_engine(shipped_schema(), shipped_seeds())
PIECES = [
    "و", "ل", "لـ", "لــ", "“", "”", "«", "»", "(", ")", "،", ".", " ", " ", " ", "\n", "ال", "لل",
    "بلدة", "مدينة", "حلب", "درعا", "قناة", "وكالة", "قال", "قُتل", "قتل", "8", "٣٠", "أكثر من",
    "قذيفة", "غارة", "غارات", "في", "على", "من", "إلى", "أمس", "الخميس", "فجر", "الناشط", "محمد",
    "أبو", "قوات", "النظام", "لواء", "تنظيم", "ـ", "\u064b", "\u200f", "\u200d", "x", "14.5", "%",
]  # fmt: skip


@pytest.mark.parametrize("text", ["بلدة لــ“", "قناة لـ “الأفق” قالت", "مدينة و", "تنظيم لـ"])
def test_a_lone_clitic_breaks_nothing(text: str) -> None:
    ENGINE.propose(Document("d", text, {}, segment(text)))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["", " "]))
def test_candidates_lie_in_their_sentence_and_name_each_other(pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    document = Document("d", text, {"date": "2016-08-14"}, segment(text))
    found = ENGINE.propose(document)
    ids = [c.id for c in found]
    assert len(set(ids)) == len(ids)
    for candidate in found:
        span = candidate.trigger if isinstance(candidate, FrameCandidate) else candidate.span
        assert any(s.span.covers(span) for s in document.sentences)
        assert 0 <= candidate.score <= 1
        if isinstance(candidate, FrameCandidate):
            named = [a.mention or a.frame for a in candidate.arguments if a.span is None]
            assert set(named) <= set(ids)
    assert ENGINE.propose(document) == found
