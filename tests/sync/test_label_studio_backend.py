"""What an ML backend answers becomes candidates only where it fits the text."""

from __future__ import annotations

from typing import Any

import pytest

from curate.errors import CurateError, WorldError
from curate.formats.label_studio import prediction_of
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.document import Document, Sentence, SentenceKind
from curate.model.span import Span
from curate.sync.label_studio_backend import LabelStudioBackend, make
from tests.small import TEXT, proposals, small_schema
from tests.sync.fake import Reply, fake_server

SCHEMA = small_schema()
BEFORE = "قال شاهد 😀 شيئا. "
DOCUMENT = Document(
    "d1",
    BEFORE + TEXT,
    {},
    (
        Sentence(Span(0, len(BEFORE) - 1), SentenceKind.BOILERPLATE),
        Sentence(Span(len(BEFORE), len(BEFORE + TEXT))),
    ),
)


def right() -> dict[str, Any]:
    """The prediction that says what the test's candidates say."""
    mentions, frames = proposals()
    made = prediction_of([*mentions, *frames], Span(0, len(TEXT)), SCHEMA, TEXT)
    assert made is not None
    return made


def asked(*results: object) -> tuple[LabelStudioBackend, list[MentionCandidate | FrameCandidate]]:
    with fake_server(Reply.of({"results": list(results)})) as fake:
        producer = make(SCHEMA, {"url": fake.url})
        found = list(producer.propose(DOCUMENT))
        producer.server.close()
    return producer, found


def test_its_predictions_come_home_at_their_place_in_the_document() -> None:
    producer, found = asked(right())
    mentions, frames = proposals()
    wanted = [(m.span.shifted(len(BEFORE)), m.type, m.score) for m in mentions]
    got = [(c.span, c.type, c.score) for c in found if isinstance(c, MentionCandidate)]
    assert sorted(got) == sorted(wanted)
    fire = next(c for c in found if isinstance(c, FrameCandidate) and c.arguments)
    by_id = {c.id: c for c in found}
    for argument in fire.arguments:
        assert (argument.mention or argument.frame) in by_id
    assert len([c for c in found if isinstance(c, FrameCandidate)]) == len(frames)
    assert not producer.dropped


def test_boilerplate_is_not_sent() -> None:
    with fake_server(Reply.of({"results": [right()]})) as fake:
        producer = make(SCHEMA, {"url": fake.url})
        producer.propose(DOCUMENT)
        producer.server.close()
        ((path, _, body),) = fake.asked
    assert path == "/predict"
    assert [task["data"]["text"] for task in body["tasks"]] == [TEXT]
    assert 'name="entity"' in body["label_config"]


def region(start: int, end: int, text: str, label: str = "Group") -> dict[str, object]:
    value = {"start": start, "end": end, "text": text, "labels": [label]}
    return {"id": "r", "from_name": "entity", "to_name": "text", "type": "labels", "value": value}


@pytest.mark.parametrize(
    "entry",
    [
        region(0, 4, "غير"),  # words that are elsewhere
        region(0, 9999, TEXT),
        region(-3, 2, "x"),
        region(4, 4, ""),
        region(0, 4, TEXT[:4], "Nothing"),
        {"type": "labels"},
        {"type": "labels", "value": {"start": "0", "end": None}},
        {"type": "relation", "from_id": "a", "to_id": "b", "labels": ["Goal"]},
        "no object",
    ],
)
def test_what_does_not_fit_is_dropped_with_a_reason(entry: object) -> None:
    producer, found = asked({"result": [entry]})
    assert not found
    assert producer.dropped.total() >= 1


@pytest.mark.parametrize(
    "answer", [[], {}, {"results": 1}, {"results": []}, {"results": [{"result": 1}]}, "x", None]
)
def test_an_answer_of_another_shape_is_one_message(answer: object) -> None:
    with fake_server(Reply.of(answer)) as fake:
        producer = make(SCHEMA, {"url": fake.url})
        with pytest.raises(WorldError, match="predictions"):
            producer.propose(DOCUMENT)
        producer.server.close()


def test_scores_that_are_none_become_ones_that_are() -> None:
    entry = region(0, 4, TEXT[:4])
    for given, wanted in ((7, 1.0), (-1, 0.0), (True, 0.5), ("x", 0.5), (None, 0.5)):
        _, found = asked({"result": [{**entry, "score": given}]})
        assert [c.score for c in found] == [wanted]
    _, found = asked([{"result": [entry], "score": 0.25}, {"result": []}])
    assert [c.score for c in found] == [0.25]


def test_options_are_checked() -> None:
    for options in ({}, {"url": "x"}, {"url": "http://h", "timeout": "-1"}, {"uri": "http://h"}):
        with pytest.raises(CurateError):
            make(SCHEMA, options)
