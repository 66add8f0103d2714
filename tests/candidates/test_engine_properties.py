"""What holds of the rules whatever the text."""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curate.candidates.engine import RuleEngine
from curate.candidates.seeds import shipped_seeds
from curate.formats.schema_file import shipped_schema
from curate.model.candidate import Candidate, FrameCandidate, MentionCandidate
from curate.model.document import Document
from curate.text.letters import TATWEEL
from curate.text.sentences import segment

TEXT = (
    "أعلن الناشط سامر الحلبي أن الطيران الحربي قصف أمس بلدة الحراك بأربعة صواريخ، ما أدى إلى مقتل "
    "ستة مدنيين وجرح ثلاثين آخرين على طريق دمشق - درعا. ونفت وزارة الدفاع ذلك."
)
WORDS = (*TEXT.split(), "«", "»", "،", ".", "15", "٪", "وبـ", "للجيش", "\u200f", "(", ")", "\n")


@lru_cache(maxsize=1)
def engine() -> RuleEngine:
    return RuleEngine(shipped_schema(), shipped_seeds())


def proposed(text: str) -> tuple[Candidate, ...]:
    return engine().propose(Document("d1", text, sentences=tuple(segment(text))))


def said(candidates: tuple[Candidate, ...], text: str) -> list[tuple[str, str]]:
    return [(c.type, c.span.of(text)) for c in candidates if isinstance(c, MentionCandidate)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_spans_are_slices_of_the_text_and_slots_hold_what_was_proposed_before(text: str) -> None:
    known: set[str] = set()
    candidates = proposed(text)
    ids = {c.id for c in candidates}
    assert len(ids) == len(candidates)
    for candidate in candidates:
        frame = isinstance(candidate, FrameCandidate)
        span = candidate.trigger if isinstance(candidate, FrameCandidate) else candidate.span
        assert 0 <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        assert 0 <= candidate.score <= 1
        for argument in candidate.arguments if isinstance(candidate, FrameCandidate) else ():
            assert argument.mention is None or argument.mention in known
            assert argument.frame is None or argument.frame in ids - {candidate.id}
        if not frame:
            known.add(candidate.id)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, len(TEXT) - 2), max_size=12))
def test_vowel_marks_and_tatweel_move_spans_and_change_nothing_else(places: list[int]) -> None:
    marked = "".join(
        c
        + "\u064e" * (n in places and c.isalpha() and n % 2 == 0)
        + TATWEEL * (n in places and n % 2 and c.isalpha() and TEXT[n + 1].isalpha())
        for n, c in enumerate(TEXT)
    )
    bare = [
        (kind, form.replace("\u064e", "").replace(TATWEEL, ""))
        for kind, form in said(proposed(marked), marked)
    ]
    assert bare == said(proposed(TEXT), TEXT)


@pytest.mark.parametrize("joined", ["", "و", "ف", "ب", "ل", "ك", "وب", "فل"])
def test_what_is_written_together_with_a_name_stays_outside(joined: str) -> None:
    text = f"ثم مروا {joined}حلب صباحا"
    assert ("GPE", "حلب") in said(proposed(text), text)


@pytest.mark.parametrize("word", ["على", "إلى", "حتى", "لدى", "مدى", "متى", "هدى الله"])
def test_a_final_alef_maksura_makes_no_name_of_a_function_word(word: str) -> None:
    text = f"وقفوا {word} الطريق العام مساء"
    assert all(word.split(maxsplit=1)[0] not in form for _, form in said(proposed(text), text))


_CODE = """
import sys, json
from curate.candidates.engine import RuleEngine
from curate.candidates.seeds import shipped_seeds
from curate.formats.schema_file import shipped_schema
from curate.model.document import Document
from curate.text.sentences import segment
texts = json.load(sys.stdin)
engine = RuleEngine(shipped_schema(), shipped_seeds())
order = texts if sys.argv[1] == "on" else texts[::-1]
made = {t: repr(engine.propose(Document("d", t, sentences=tuple(segment(t))))) for t in order}
sys.stdout.write(json.dumps([made[t] for t in texts]))
"""


@pytest.mark.slow
def test_another_process_another_order_and_another_hash_seed_give_the_same() -> None:
    import json

    texts = [s + "." for s in TEXT.split(". ")] + ["اعتقلت الشرطة رجلين في حمص واحتجزتهما يومين."]
    made = [
        subprocess.run(
            [sys.executable, "-c", _CODE, order],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for order, seed in (("on", "1"), ("back", "2"))
    ]
    assert made[0] == made[1]
