from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.candidates.learned import FORMAT, Model, model_from_bytes, model_to_bytes
from curate.candidates.sights import Reader
from curate.candidates.tagger import Tagger
from curate.candidates.training import FEWEST, train
from curate.errors import FormatError
from curate.model.candidate import FrameCandidate, MentionCandidate
from tests.candidates.learning import farm_lesson, farm_lessons, lesson_of, unannotated

if TYPE_CHECKING:
    from curate.candidates.seeds import Seeds
    from curate.model.schema import EventSchema


@pytest.fixture(scope="module")
def reader(schema: EventSchema, seeds: Seeds) -> Reader:
    """The rules of the small schema."""
    return Reader(schema, seeds)


@pytest.fixture(scope="module")
def model(reader: Reader) -> Model:
    """A model of forty harvests."""
    return train(farm_lessons(), reader, "7")


@pytest.fixture(scope="module")
def tagger(model: Model, reader: Reader) -> Tagger:
    """A tagger with it."""
    return Tagger(model, reader)


def said(tagger: Tagger, text: str) -> set[tuple[str, str]]:
    """Words and types that the tagger proposes."""
    document = lesson_of(text, "new", [], []).document
    found = set()
    for c in tagger.propose(document):
        span = c.span if isinstance(c, MentionCandidate) else c.trigger
        found.add((span.of(text), c.type))
    return found


def test_names_and_triggers_that_no_list_has_are_learned(tagger: Tagger) -> None:
    assert said(tagger, "جنى الفلاحون سمسم في قرية الزيزفون أمس.") == {
        ("جنى", "Harvest"),
        ("سمسم", "Plant"),
        ("الزيزفون", "Spot"),
    }


def test_what_is_written_together_with_a_trigger_stays_outside(tagger: Tagger) -> None:
    assert ("قطف", "Harvest") in said(tagger, "وقطف الفلاحون عدس في قرية الكرمة أمس.")


def test_a_candidate_says_who_learned_it_from_how_much_and_why(tagger: Tagger) -> None:
    document = farm_lesson(3).document
    candidates = tagger.propose(document)
    assert {c.producer for c in candidates} == {"tagger/7"}
    assert all(c.reason.startswith("learned from 40 confirmed items: ") for c in candidates)
    assert all(0 <= c.score <= 1 for c in candidates)
    assert len({c.id for c in candidates}) == len(candidates)


def test_positions_are_of_the_untouched_text(tagger: Tagger) -> None:
    text = "جَنَى الفلاحون ســمسم في قرية «الكرمة» أمس."
    assert ("الكرمة", "Spot") in said(tagger, text)
    assert ("ســمسم", "Plant") in said(tagger, text)


def test_lessons_in_any_order_give_the_same_bytes(reader: Reader, model: Model) -> None:
    lessons = farm_lessons()
    random.Random(3).shuffle(lessons)
    assert model_to_bytes(train(lessons, reader, "7")) == model_to_bytes(model)


def test_another_process_gives_the_same_bytes(model: Model) -> None:
    code = (
        "import sys\n"
        "from tests.candidates import conftest\n"
        "from tests.candidates.learning import farm_lessons\n"
        "from curate.candidates.learned import model_to_bytes\n"
        "from curate.candidates.sights import Reader\n"
        "from curate.candidates.training import train\n"
        "reader = Reader(conftest.farm_schema(), conftest.farm_seeds())\n"
        "sys.stdout.buffer.write(model_to_bytes(train(farm_lessons(), reader, '7')))\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={"PYTHONHASHSEED": "5", "PYTHONPATH": ":".join(p or "." for p in sys.path)},
    )
    assert ran.stdout == model_to_bytes(model)


def test_bytes_come_back_as_the_same_model(model: Model) -> None:
    assert model_from_bytes(model_to_bytes(model), "it") == model


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"\xff", b"[1]"],
)
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError, match="no model"):
        model_from_bytes(data, "it")


def test_a_model_that_points_outside_its_tags_is_refused(model: Model) -> None:
    for broken in (
        replace(model, format="curate-tagger/0"),
        replace(model, weights={"word=x": (len(model.tags), 5)}),
        replace(model, weights={"word=x": (-1, 5)}),
        replace(model, weights={"word=x": (0,)}),
        replace(model, transitions=((0, 99, 1),)),
    ):
        with pytest.raises(FormatError, match="does not fit"):
            model_from_bytes(model_to_bytes(broken), "it")
    assert model.format == FORMAT


def test_the_score_is_of_lessons_that_were_kept_aside(model: Model, reader: Reader) -> None:
    assert model.held_out is not None
    assert model.held_out.lessons == 40
    assert model.held_out.mentions == 80
    assert model.held_out.mentions_f1 > 0.8
    assert train(farm_lessons(FEWEST - 1), reader, "1").held_out is None


def test_nothing_to_learn_gives_a_model_that_sees_nothing(reader: Reader) -> None:
    for lessons in ([], [unannotated(x) for x in farm_lessons(12)]):
        empty = train(lessons, reader, "1")
        assert Tagger(empty, reader).propose(farm_lesson(1).document) == ()


def test_types_that_left_the_schema_are_not_proposed(model: Model, reader: Reader) -> None:
    smaller = replace(reader.schema, event_types={}, entity_types={})
    reader_of_smaller = Reader(smaller, reader.seeds)
    assert Tagger(model, reader_of_smaller).propose(farm_lesson(1).document) == ()


def test_frames_of_the_tagger_alone_have_no_arguments(tagger: Tagger) -> None:
    frames = [c for c in tagger.propose(farm_lesson(2).document) if isinstance(c, FrameCandidate)]
    assert frames
    assert all(not f.arguments for f in frames)
