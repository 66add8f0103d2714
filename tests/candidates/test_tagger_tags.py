from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.candidates.lexicon import Lexicon
from curate.candidates.reading import Reading
from curate.candidates.tags import Chunk, chunks_of, runs, tags_of
from curate.model.annotation import Annotation, Frame, Mention
from curate.model.span import Span
from tests.candidates.conftest import farm_schema, farm_seeds
from tests.candidates.learning import at

if TYPE_CHECKING:
    from collections.abc import Sequence

LEXICON = Lexicon(farm_seeds(), farm_schema())
KINDS = ("m:Spot", "m:Plant", "t:Harvest")


def chunks(text: str, mentions: Sequence[str], triggers: Sequence[str] = ()) -> list[Chunk]:
    """The chunks of a sentence in which those words are marked."""
    annotation = Annotation(
        "a1",
        Span(0, len(text)),
        mentions=tuple(Mention(w, at(text, w), "Spot") for w in mentions),
        frames=tuple(Frame(w, "Harvest", at(text, w)) for w in triggers),
    )
    return chunks_of(Reading(text, Span(0, len(text)), LEXICON), [annotation])


def test_proclitics_before_a_span_are_counted_in_its_first_word() -> None:
    assert chunks("ومرج الزهور", ["مرج الزهور"]) == [Chunk(0, 1, "m:Spot", 1)]


def test_marks_and_tatweel_do_not_count_as_letters() -> None:
    assert chunks("وَبِـالكرمة", ["الكرمة"]) == [Chunk(0, 0, "m:Spot", 2)]


def test_of_nested_mentions_the_outermost_stays() -> None:
    assert chunks("أهالي مرج الزهور", ["مرج الزهور", "أهالي مرج الزهور"]) == [Chunk(0, 2, "m:Spot")]


def test_a_trigger_inside_a_mention_gives_way() -> None:
    assert chunks("جمعية حصد القمح", ["جمعية حصد القمح"], ["حصد"]) == [Chunk(0, 2, "m:Spot")]


def test_a_span_that_covers_no_word_is_left_out() -> None:
    assert chunks("القرية … بعيدة", ["…"]) == []


@st.composite
def layouts(draw: st.DrawFn) -> tuple[list[Chunk], int]:
    """Chunks that do not overlap, and how many words there are."""
    words = draw(st.integers(1, 20))
    found = []
    first = 0
    while first < words:
        last = min(first + draw(st.integers(0, 3)), words - 1)
        if draw(st.booleans()):
            found.append(Chunk(first, last, draw(st.sampled_from(KINDS))))
        first = last + 1
    return found, words


@given(layouts())
def test_tags_hold_exactly_the_chunks(layout: tuple[list[Chunk], int]) -> None:
    wanted, words = layout
    tags = tags_of(wanted, words)
    assert len(tags) == words
    assert runs(tags) == [(c.first, c.last, c.kind) for c in wanted]


@given(st.lists(st.sampled_from(["O", *(f"{m}-{k}" for m in "BI" for k in KINDS)])))
def test_any_tags_give_runs_in_order_that_do_not_overlap(tags: list[str]) -> None:
    found = runs(tags)
    for (_, last, _), (first, _, _) in itertools.pairwise(found):
        assert last < first
    covered = {w for first, last, _ in found for w in range(first, last + 1)}
    assert covered == {n for n, tag in enumerate(tags) if tag != "O"}


@pytest.mark.parametrize("tag", ["I-m:Spot", "B-m:Spot"])
def test_a_run_may_begin_with_either_mark(tag: str) -> None:
    assert runs(["O", tag, "I-m:Spot"]) == [(1, 2, "m:Spot")]
