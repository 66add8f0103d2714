from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from curate.candidates.combined import LEAST, combined
from curate.candidates.sights import Reader
from curate.candidates.training import train
from curate.model.candidate import FrameCandidate, MentionCandidate
from tests.candidates.learning import farm_lesson, farm_lessons, lesson_of

if TYPE_CHECKING:
    from curate.candidates.combined import CombinedEngine
    from curate.candidates.learned import Model
    from curate.candidates.seeds import Seeds
    from curate.model.schema import EventSchema


@pytest.fixture(scope="module")
def reader(schema: EventSchema, seeds: Seeds) -> Reader:
    """The rules of the small schema."""
    return Reader(schema, seeds)


@pytest.fixture(scope="module")
def model(reader: Reader) -> Model:
    """A model of sixty harvests."""
    return train(farm_lessons(60), reader, "2")


@pytest.fixture(scope="module")
def engine(model: Model, reader: Reader) -> CombinedEngine:
    """Rules and model together."""
    return combined(model, reader)


def mentions(engine: CombinedEngine, text: str) -> dict[str, MentionCandidate]:
    """Mention candidates of a sentence by their words."""
    found = engine.propose(lesson_of(text, "new", [], []).document)
    return {c.span.of(text): c for c in found if isinstance(c, MentionCandidate)}


def test_what_only_the_model_sees_is_proposed_as_its_own(engine: CombinedEngine) -> None:
    found = mentions(engine, "جنى الفلاحون سمسم في قرية الزيزفون أمس.")
    assert found["الزيزفون"].producer == "tagger/2"
    assert found["الزيزفون"].reason.startswith("learned from 60 confirmed items")


def test_what_both_see_comes_once_with_the_reason_of_the_rule(
    engine: CombinedEngine, reader: Reader
) -> None:
    found = mentions(engine, "حصد الفلاحون قمح في قرية الكرمة أمس.")
    assert found["قمح"].producer == reader.engine.version
    assert found["قمح"].reason.endswith("; learned too")


def test_agreement_scores_higher_than_a_rule_that_the_model_doubts(
    engine: CombinedEngine,
) -> None:
    agreed = mentions(engine, "حصد الفلاحون قمح في قرية الكرمة أمس.")["قمح"]
    doubted = mentions(engine, "يباع خبز من قمح هنا").get("قمح")
    assert agreed.score > (0 if doubted is None else doubted.score)


def test_mentions_do_not_overlap_and_none_is_unlikely(engine: CombinedEngine) -> None:
    for number in range(20):
        document = farm_lesson(number).document
        found = [c for c in engine.propose(document) if isinstance(c, MentionCandidate)]
        assert all(c.score >= LEAST for c in found)
        spans = sorted(c.span for c in found)
        assert not any(a.overlaps(b) for a, b in itertools.pairwise(spans))


def test_learned_triggers_get_frames_with_arguments(engine: CombinedEngine) -> None:
    document = farm_lesson(1).document
    found = engine.propose(document)
    names = {c.id for c in found if isinstance(c, MentionCandidate)}
    frames = [c for c in found if isinstance(c, FrameCandidate)]
    assert [(f.type, f.trigger.of(document.text)) for f in frames] == [("Harvest", "جنى")]
    assert frames[0].arguments
    assert all(a.mention in names for a in frames[0].arguments)


def test_one_version_of_the_rules_replaces_another(engine: CombinedEngine, reader: Reader) -> None:
    stem = reader.engine.version.partition("/")[0]
    assert engine.version.partition("/")[0] == stem
    assert engine.version.endswith("+tagger/2")


def test_the_same_document_gives_the_same_candidates(
    engine: CombinedEngine, model: Model, reader: Reader
) -> None:
    documents = [farm_lesson(n).document for n in range(12)]
    once = [engine.propose(d) for d in documents]
    other = combined(model, reader)
    again = [other.propose(d) for d in reversed(documents)]
    assert once == again[::-1]
