"""A language model's answer becomes candidates only where its quotations are in the text."""

from __future__ import annotations

import json
import sys
from types import ModuleType

import pytest

from curate.errors import CurateError, WorldError
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.document import Document, Sentence
from curate.model.span import Span
from curate.sync.keys import VARIABLE, find_key
from curate.sync.language_model import LanguageModel, instructions, make
from tests.small import TEXT, small_schema, span
from tests.sync.fake import Reply, fake_server

SCHEMA = small_schema()
KEY = "sk-nobody-may-see-this"
DOCUMENT = Document("d1", TEXT, {}, (Sentence(Span(0, len(TEXT))),))
ANSWER = {
    "mentions": [
        {"id": "m1", "sentence": 1, "text": "المدفعية", "type": "Group", "subtype": "army"},
        {"id": "m2", "sentence": 1, "text": "بلدة الريحانية", "type": "Site"},
    ],
    "frames": [
        {"id": "f1", "sentence": 1, "text": "قصفت", "type": "Fire", "attributes": {"means": "far"},
         "arguments": [{"role": "Agent", "mention": "m1"}, {"role": "Goal", "mention": "m2"}]},
        {"id": "f2", "sentence": 1, "text": "قال", "type": "Speech",
         "arguments": [{"role": "Said", "frame": "f1"}, {"role": "Said", "text": "مستمر"}]},
    ],
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("curate.sync.keys.find_spec", lambda _: None)


def completion(content: object) -> Reply:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return Reply.of({"choices": [{"message": {"content": text}}]})


def asked(*replies: Reply) -> tuple[LanguageModel, list[MentionCandidate | FrameCandidate]]:
    with fake_server(*replies) as fake:
        producer = make(SCHEMA, {"url": f"{fake.url}/v1", "model": "tiny"})
        found = list(producer.propose(DOCUMENT))
        producer.server.close()
    return producer, found


@pytest.mark.parametrize("before", ["", "```json\n", "<think>so</think> Here it is: "])
def test_what_it_quotes_is_found_letter_by_letter(before: str) -> None:
    producer, found = asked(completion(before + json.dumps(ANSWER, ensure_ascii=False) + "\n```"))
    army, town, fire, speech = found
    assert isinstance(army, MentionCandidate)
    assert isinstance(town, MentionCandidate)
    assert isinstance(fire, FrameCandidate)
    assert isinstance(speech, FrameCandidate)
    assert (army.span, army.subtype) == (span("المدفعية"), "army")
    assert town.span == span("بلدة الريحانية")
    assert fire.trigger == span("قصفت")
    assert [(a.role, a.mention) for a in fire.arguments] == [("Agent", army.id), ("Goal", town.id)]
    assert [(a.frame, a.span) for a in speech.arguments] == [(fire.id, None), (None, span("مستمر"))]
    assert not producer.dropped


def test_the_request_holds_schema_sentences_and_model_and_the_text_only_as_data() -> None:
    with fake_server(completion(ANSWER)) as fake:
        producer = make(SCHEMA, {"url": f"{fake.url}/v1/", "model": "tiny"})
        producer.propose(DOCUMENT)
        producer.server.close()
        ((path, headers, body),) = fake.asked
    assert path == "/v1/chat/completions"
    assert "Authorization" not in headers
    assert (body["model"], body["temperature"]) == ("tiny", 0)
    system, user = body["messages"]
    assert json.loads(user["content"]) == [{"sentence": 1, "text": TEXT}]
    assert TEXT not in system["content"]
    for name in (*SCHEMA.entity_types, *SCHEMA.event_types, *SCHEMA.roles):
        assert name in system["content"]


def mention(**changes: object) -> dict[str, object]:
    made = {"sentence": 1, "text": "المدفعية", "type": "Group", **changes}
    return {"mentions": [made]}


@pytest.mark.parametrize(
    "answer",
    [
        mention(text="المَدفعية"),  # vowel marks that are not there
        mention(text="دمشق"), mention(text=""), mention(text="  "),
        mention(sentence=2), mention(sentence=0), mention(nth=2), mention(text=None),
        {"mentions": ["x", 3, None]},
        {"frames": [{"sentence": 1, "text": "قصفت"}]},
        {"mentions": 1},
        "no JSON at all", "", "}{",
        {"mentions": [mention()["mentions"]] * 501},
    ],
)  # fmt: skip
def test_what_is_not_in_the_text_or_not_asked_for_is_dropped_and_counted(answer: object) -> None:
    producer, found = asked(completion(answer))
    assert not found
    assert producer.dropped.total() >= 1


def test_of_equal_places_the_one_that_is_meant_is_taken() -> None:
    text = "قصف هنا وقصف هناك"
    document = Document("d", text, {}, (Sentence(Span(0, len(text))),))
    answer = {"mentions": [{"sentence": 1, "text": "قصف", "nth": 2, "type": "Group"}]}
    with fake_server(completion(answer)) as fake:
        producer = make(SCHEMA, {"url": fake.url, "model": "m"})
        (found,) = producer.propose(document)
        producer.server.close()
    assert isinstance(found, MentionCandidate)
    assert found.span.start == text.rindex("قصف")


def test_a_server_that_cannot_promise_json_is_asked_without() -> None:
    with fake_server(Reply(status=400), completion(ANSWER)) as fake:
        producer = make(SCHEMA, {"url": fake.url, "model": "m"})
        assert len(producer.propose(DOCUMENT)) == 4
        producer.propose(DOCUMENT)
        producer.server.close()
        assert ["response_format" in body for _, _, body in fake.asked] == [True, False, False]


@pytest.mark.parametrize("answer", [[], {}, {"choices": 1}, {"choices": [{"message": "x"}]}])
def test_an_answer_of_another_shape_is_one_message(answer: object) -> None:
    with pytest.raises(WorldError, match="no chat completion"):
        asked(Reply.of(answer))


def test_the_key_comes_from_the_environment_and_shows_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLE, f" {KEY}\n")
    with fake_server(Reply(status=401)) as fake:
        producer = make(SCHEMA, {"url": fake.url, "model": "m"})
        with pytest.raises(WorldError, match="refuses access") as caught:
            producer.propose(DOCUMENT)
        producer.server.close()
        assert fake.asked[0][1]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in str(caught.value)
    assert KEY not in repr(producer)


def test_a_key_is_not_sent_unencrypted_beyond_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, KEY)
    with pytest.raises(CurateError, match="unencrypted") as caught:
        make(SCHEMA, {"url": "http://far.example/v1", "model": "m"})
    assert KEY not in str(caught.value)


def test_the_keyring_is_asked_where_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    keyring, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    keyring.__dict__["get_password"] = lambda service, user: f"{service} {user}"
    errors.__dict__["KeyringError"] = OSError
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    monkeypatch.setattr("curate.sync.keys.find_spec", lambda _: object())
    assert find_key("https://h/v1", {}) == "curate https://h/v1"
    assert find_key("https://h/v1", {VARIABLE: "mine"}) == "mine"

    def locked(_service: str, _user: str) -> str:
        raise OSError

    keyring.__dict__["get_password"] = locked
    assert find_key("https://h/v1", {}) is None


def test_a_key_that_cannot_stand_in_a_header_is_refused_without_showing_it() -> None:
    with pytest.raises(WorldError) as caught:
        find_key("https://h", {VARIABLE: "a\nb-secret"})
    assert "secret" not in str(caught.value)


def test_the_instructions_name_what_a_role_takes() -> None:
    said = instructions(SCHEMA)
    assert "- Said: Said Filled by: any event, words" in said


def test_options_are_checked() -> None:
    for options in ({}, {"url": "http://h"}, {"url": "http://h", "model": "m", "key": "x"}):
        with pytest.raises(CurateError):
            make(SCHEMA, options)
