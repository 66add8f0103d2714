from __future__ import annotations

import json
import warnings
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from curate.errors import FormatError
from curate.formats.label_studio import answer_of, prediction_of, task_of, tasks_of, write_tasks
from curate.formats.label_studio_config import label_config
from curate.formats.label_studio_reading import Reading, read_answer
from curate.formats.records import Record
from curate.formats.schema_file import shipped_schema
from curate.model.annotation import Annotation, Argument, Frame, Link, LinkKind, Mention, Status
from curate.model.document import Document, Sentence, SentenceKind
from curate.model.item import Item, ItemUnit, item_id
from curate.model.problems import errors_in
from curate.model.span import Span
from tests.small import TEXT, blank, proposals, small_schema, span
from tests.strategies import annotations_of, candidates_of, records_of, texts

SMALL = small_schema()
LARGE = shipped_schema()
Json = dict[str, Any]


@pytest.fixture(scope="module")
def interface() -> Any:
    """Label Studio's own check of a config and of what is put into it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sdk: Any = import_module("label_studio_sdk.label_interface")
    interface = sdk.LabelInterface(label_config(LARGE))
    interface.validate()
    return interface


def good() -> Annotation:
    """A frame in a frame, a shared mention, a link and a bare span would be."""
    return replace(
        blank(),
        status=Status.DONE,
        mentions=(
            Mention("gun", span("المدفعية"), "Group", "army", candidate="c-gun"),
            Mention("town", span("الريحانية"), "Site"),
            Mention("voice", span("الناطق"), "Group"),
        ),
        frames=(
            Frame(
                "fire",
                "Fire",
                span("قصفت"),
                (
                    Argument("Goal", mention="town"),
                    Argument("Where", mention="town"),
                    Argument("Agent", mention="gun"),
                ),
                {"means": "far", "polarity": "yes"},
            ),
            Frame(
                "speech",
                "Speech",
                span("قال"),
                (
                    Argument("Agent", mention="voice"),
                    Argument("Said", frame="fire"),
                    Argument("Said", span=span("القصف مستمر")),
                ),
            ),
        ),
        links=(Link(LinkKind.COREF, "gun", "voice"),),
    )


def answer(annotation: Annotation | None = None) -> Json:
    """What is sent of the annotation, as JSON brings it back."""
    made: Json = json.loads(json.dumps(answer_of(annotation or good(), SMALL, TEXT)))
    return made


def read(content: Json) -> Reading:
    return read_answer(content, Span(0, len(TEXT)), SMALL, TEXT, "someone")


def results(content: Json, **wanted: object) -> list[Json]:
    """The results of an answer that have these fields."""
    return [r for r in content["result"] if all(r.get(k) == v for k, v in wanted.items())]


# ---------------------------------------------------------------- there and back


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_goes_comes_back_identical(data: st.DataObject) -> None:
    text = data.draw(texts())
    schema = data.draw(st.sampled_from([SMALL, LARGE]))
    annotation = data.draw(
        annotations_of(schema, text).filter(lambda a: a.status is not Status.NEW)
    )
    sent = json.loads(json.dumps(answer_of(annotation, schema, text)))
    reading = read_answer(sent, annotation.item, schema, text, "someone")
    assert reading.misfits == ()
    assert reading.annotation == annotation


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_what_the_editor_does_on_a_save_changes_nothing(data: st.DataObject) -> None:
    text = data.draw(texts())
    annotation = data.draw(annotations_of(LARGE, text).filter(lambda a: a.status is not Status.NEW))
    saved = saved_by_the_editor(json.loads(json.dumps(answer_of(annotation, LARGE, text))))
    assert read_answer(saved, annotation.item, LARGE, text, "x") == Reading(annotation)


def saved_by_the_editor(content: Json) -> Json:
    """What the editor keeps: no order of relation labels, no text to rely on, relations last."""
    kept = []
    for result in content["result"]:
        if result["type"] == "relation":
            known = ("type", "from_id", "to_id", "direction", "labels")
            kept.append({k: result[k] for k in known} | {"labels": sorted(result["labels"])})
        else:
            value = dict(result["value"])
            if result["type"] != "textarea" and "start" in value:
                value["text"] = "what the browser showed"
            kept.append({**result, "value": value, "origin": "manual"})
    kept.sort(key=lambda r: r["type"] == "relation")
    return {**content, "result": kept, "lead_time": 3.2, "completed_by": 1}


@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_second_trip_sends_the_same(data: st.DataObject) -> None:
    text = data.draw(texts())
    annotation = data.draw(annotations_of(LARGE, text).filter(lambda a: a.status is not Status.NEW))
    sent = answer_of(annotation, LARGE, text)
    again = read_answer(json.loads(json.dumps(sent)), annotation.item, LARGE, text, "x")
    assert answer_of(again.annotation, LARGE, text) == sent


# ---------------------------------------------------------------- what Label Studio says of it


@given(data=st.data())
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_label_studios_own_check_accepts_tasks(interface: Any, data: st.DataObject) -> None:
    record = data.draw(records_of(LARGE))
    for task in tasks_of(record, LARGE, ItemUnit.SENTENCE):
        sent: Json = json.loads(json.dumps(task))
        assert interface.validate_task({"data": sent["data"]})
        for made in sent["annotations"]:
            assert interface._validate_object(made, return_errors=True) == []
        for proposed in sent["predictions"]:
            assert interface.validate_prediction(proposed, return_errors=True) == []


def test_label_studios_own_check_refuses_a_label_of_another_schema(interface: Any) -> None:
    assert interface._validate_object(answer(), return_errors=True)


def test_the_config_of_a_small_schema_is_accepted(interface: Any) -> None:
    type(interface)(label_config(SMALL)).validate()


def test_the_config_keeps_what_is_in_use(interface: Any) -> None:
    used = {
        "trigger": ["Flood", "Fire"],
        "relations": ["Depth"],
        "frame__Fire__means": ["medium"],
        "frame__Flood__height": ["low"],
        "subtype__Group": ["navy"],
    }
    made = label_config(SMALL, used)
    type(interface)(made).validate()
    for value in ("Flood", "Depth", "medium", "low", "navy"):
        assert f'value="{value}"' in made
    assert made.count('value="Fire"') == 1


# ---------------------------------------------------------------- the shape


def test_offsets_count_from_the_start_of_the_item() -> None:
    item = Span(5, 30)
    mention = Mention("m", span("المدفعية"), "Group")
    made = answer(replace(blank(), item=item, mentions=(mention,), status=Status.DONE))
    (region,) = results(made, type="labels")
    assert region["value"] == {"start": 0, "end": 8, "text": "المدفعية", "labels": ["Group"]}


def test_an_ordered_pair_has_one_relation_with_all_its_labels() -> None:
    (relation,) = results(answer(), type="relation", from_id="fire", to_id="town")
    assert relation["labels"] == ["Goal", "Where"]


def test_frames_lead_from_trigger_to_trigger() -> None:
    (relation,) = results(answer(), type="relation", from_id="speech", to_id="fire")
    assert relation["labels"] == ["Said"]


def test_frames_that_hold_the_same_words_share_a_region() -> None:
    said = (Argument("Said", span=span("القصف مستمر")),)
    frames = tuple(Frame(n, "Speech", span("قال"), said) for n in "ab")
    made = answer(replace(blank(), frames=frames, status=Status.DONE))
    assert len(results(made, from_name="words")) == 1
    assert len(results(made, type="relation")) == 2


def test_a_task_carries_its_key_its_context_and_its_metadata() -> None:
    document = Document("d7", TEXT, {"title": "عنوان", "date": "2018-04-20", "n": 3})
    task = task_of(document, Item("d7:5-30", "d7", Span(5, 30)), SMALL)
    data = task["data"]
    assert isinstance(data, dict)
    assert (data["key"], data["text"]) == ("d7:5-30", TEXT[5:30])
    assert data["context"] == f"{TEXT[:5]}⟦{TEXT[5:30]}⟧{TEXT[30:]}"
    assert data["where"] == "عنوان · 2018-04-20"
    assert data["schema"] == "small@1.0.0"
    assert task["meta"] == {"document": {"title": "عنوان", "date": "2018-04-20", "n": 3}}


def test_candidates_become_one_prediction_with_reasons_and_scores() -> None:
    mentions, frames = proposals()
    made = prediction_of([*mentions, *frames], Span(0, len(TEXT)), SMALL, TEXT)
    assert made is not None
    region = next(r for r in made["result"] if r["id"] == "c-gun")  # type: ignore[attr-defined]  # JSON
    assert region["score"] == 0.9
    assert region["meta"]["text"] == ["list"]
    assert made["model_version"] == "test/1"


def test_slots_that_are_filled_from_outside_the_item_stay_empty_in_a_prediction() -> None:
    mentions, frames = proposals()
    made = prediction_of([*mentions, *frames], Span(0, 14), SMALL, TEXT)
    assert made is not None
    result: list[Json] = made["result"]  # type: ignore[assignment]  # JSON
    assert {(r["from_id"], r["to_id"]) for r in result if r["type"] == "relation"} == {
        ("c-fire", "c-gun")
    }


def test_an_item_without_candidates_has_no_prediction() -> None:
    assert prediction_of([], Span(0, 5), SMALL, TEXT) is None


def test_boilerplate_is_no_task_but_annotated_spans_always_are() -> None:
    sentences = (
        Sentence(Span(0, 14), SentenceKind.BODY),
        Sentence(Span(15, 30), SentenceKind.BOILERPLATE),
    )
    odd = Annotation("a", Span(31, 40), Status.DONE)
    record = Record(Document("d", TEXT, sentences=sentences), (odd,))
    keys = [t["data"]["key"] for t in tasks_of(record, SMALL, ItemUnit.SENTENCE)]  # type: ignore[index]  # JSON
    assert keys == [item_id("d", Span(0, 14)), item_id("d", Span(31, 40))]


def test_items_nobody_began_have_no_answer() -> None:
    record = Record(Document("d", TEXT), (blank(),))
    (task,) = tasks_of(record, SMALL, ItemUnit.DOCUMENT)
    assert task["annotations"] == []


@pytest.mark.parametrize("number", [0, 1, 3])
def test_tasks_are_written_as_one_array(number: int) -> None:
    sentences = (Sentence(Span(0, 14)),)
    records = [Record(Document(f"d{i}", TEXT, sentences=sentences)) for i in range(number)]
    content = b"".join(write_tasks(records, SMALL, ItemUnit.SENTENCE))
    assert [t["data"]["document"] for t in json.loads(content)] == [f"d{i}" for i in range(number)]


def test_work_that_leaves_its_item_is_refused_with_the_way_out() -> None:
    spoilt = replace(good(), item=Span(0, 20))
    with pytest.raises(FormatError, match="leaves its item") as caught:
        answer_of(spoilt, SMALL, TEXT)
    assert "document items" in (caught.value.remedy or "")


def test_work_of_another_schema_is_refused() -> None:
    with pytest.raises(FormatError, match="entity type Group"):
        answer_of(good(), LARGE, TEXT)


# ---------------------------------------------------------------- what people and servers do


def test_skipped_flagged_and_unfinished_are_told_apart() -> None:
    for status in (Status.SKIPPED, Status.FLAGGED, Status.DRAFT, Status.DONE):
        made = answer(replace(good(), status=status, reason="لأنه مكرر"))
        assert made["was_cancelled"] is (status is Status.SKIPPED)
        reading = read(made)
        assert (reading.annotation.status, reading.annotation.reason) == (status, "لأنه مكرر")


def test_an_answer_of_a_stranger_is_put_down_to_who_gave_it() -> None:
    assert read({"result": [], "was_cancelled": False}).annotation == replace(
        blank(), annotator="someone", status=Status.DONE
    )


def test_a_region_from_a_prediction_remembers_its_candidate() -> None:
    made = answer(replace(blank(), mentions=(Mention("c-9", span("قصفت"), "Group"),)))
    known = read_answer(made, Span(0, len(TEXT)), SMALL, TEXT, "x", candidates={"c-9"})
    assert known.annotation.mentions[0].candidate == "c-9"


def test_a_relation_drawn_from_the_filler_is_understood() -> None:
    made = answer()
    (relation,) = results(made, type="relation", to_id="gun", from_id="fire")
    relation |= {"from_id": "gun", "to_id": "fire"}
    assert read(made).annotation.frames == good().frames


def test_a_relation_to_the_left_is_turned() -> None:
    made = answer()
    (relation,) = results(made, type="relation", from_id="speech", to_id="fire")
    relation |= {"from_id": "fire", "to_id": "speech", "direction": "left"}
    assert read(made) == Reading(good())


def relation(source: str, target: str, *labels: str) -> Json:
    return {
        "type": "relation", "from_id": source, "to_id": target, "direction": "right",
        "labels": list(labels),
    }  # fmt: skip


def region(control: str, label: object, start: object = 0, end: object = 4, **more: object) -> Json:
    value = {"start": start, "end": end, "text": "", "labels": label}
    made: Json = {
        "id": "new", "from_name": control, "to_name": "text", "type": "labels", "value": value
    }  # fmt: skip
    return made | more


def choice(atom: str, control: str, *values: str) -> Json:
    value = {"start": 0, "end": 4, "text": "", "choices": list(values)}
    return {"id": atom, "from_name": control, "to_name": "text", "type": "choices", "value": value}


MISFITS: dict[str, tuple[Json, str]] = {
    "no label": ({"type": "relation", "from_id": "fire", "to_id": "gun"}, "no label"),
    "unknown role": (relation("fire", "gun", "Depth"), "no role Depth"),
    "role of another type": (relation("fire", "gun", "Said"), "no role Said"),
    "filler not allowed": (relation("speech", "town", "Agent"), "may not be filled"),
    "second filler": (relation("speech", "gun", "Agent"), "takes one filler"),
    "cycle": (relation("fire", "speech", "Said"), "hold itself"),
    "from a mention": (relation("gun", "town", "Agent"), "no event"),
    "dangling": (relation("fire", "gone", "Goal"), "not there"),
    "unknown link": (relation("gun", "town", "=alias"), "no link alias"),
    "link across": (relation("gun", "fire", "=coref"), "cannot join"),
    "unknown label": (region("entity", ["Tribe"]), "no entity Tribe"),
    "unknown control": (region("colour", ["red"]), "no colour red"),
    "two labels": (region("entity", ["Group", "Site"]), "more than one label"),
    "no offsets": (region("entity", ["Group"], None), "no offsets"),
    "outside": (region("entity", ["Group"], 0, 999), "no part of the item"),
    "backwards": (region("entity", ["Group"], 4, 4), "no part of the item"),
    "same id": (region("entity", ["Group"], id="gun"), "label already"),
    "no id": (region("entity", ["Group"], id=None), "no id"),
    "bare and alone": (region("words", ["words"]), "fill a role"),
    "unknown attribute": (choice("fire", "frame__depth", "low"), "nothing for the control"),
    "unknown value": (choice("fire", "frame__polarity", "perhaps"), "no value perhaps"),
    "two values": (choice("fire", "frame__polarity", "yes", "no"), "more than one"),
    "attribute of another type": (choice("speech", "frame__Fire__means", "far"), "has no means"),
    "attribute of a mention": (choice("gun", "frame__polarity", "yes"), "has no polarity"),
    "choice without region": (choice("gone", "frame__polarity", "yes"), "not there"),
    "spoilt hold": (
        {"id": "h", "from_name": "item_curate", "type": "textarea", "value": {"text": ["{"]}},
        "hidden",
    ),
    "no value": ({"id": "x", "from_name": "entity", "type": "labels"}, "no value"),
    "other kind": ({"id": "x", "type": "rectangle", "value": {}}, "unknown"),
}  # fmt: skip


@pytest.mark.parametrize("name", MISFITS)
def test_what_does_not_fit_is_given_back_with_the_reason_and_the_rest_is_taken(name: str) -> None:
    entry, reason = MISFITS[name]
    made = answer()
    made["result"].append(entry)
    reading = read(made)
    (misfit,) = reading.misfits
    assert reason in misfit.reason
    assert misfit.content == entry
    assert reading.annotation == good()


def test_a_comment_on_a_region_is_given_back_but_the_region_is_taken() -> None:
    made = answer()
    made["result"].append(region("entity", ["Group"], meta={"text": ["لست متأكدا"]}))
    reading = read(made)
    assert len(reading.misfits) == 1
    assert reading.annotation.mention("new") is not None


@pytest.mark.parametrize("content", [{}, {"result": None}, {"result": ["x", 3, None]}])
def test_an_answer_that_is_none_is_given_back(content: Json) -> None:
    reading = read(content)
    assert reading.misfits
    assert reading.annotation.mentions == ()


_anything = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 80) | st.sampled_from(
        ["entity", "trigger", "words", "labels", "choices", "textarea", "relation", "gun", "fire",
         "Group", "Fire", "Agent", "item_state", "item_curate", "frame__polarity", "=coref", "text"]
    ),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "type", "from_name", "value", "start", "end", "labels", "choices",
                         "text", "from_id", "to_id", "direction", "meta", "curate", "arguments"]),
        inner,
        max_size=6,
    ),
    max_leaves=12,
)  # fmt: skip


@given(st.lists(_anything, max_size=4))
@settings(max_examples=150, deadline=None)
def test_no_json_whatever_upsets_the_reader_or_gets_past_the_schema(entries: list[Any]) -> None:
    made = answer()
    made["result"] += entries
    reading = read(made)
    assert errors_in(reading.annotation, SMALL, TEXT) == []


@given(st.data())
@settings(max_examples=20, deadline=None)
def test_an_accepted_prediction_reads_as_the_candidates(data: st.DataObject) -> None:
    text = data.draw(texts())
    candidates = data.draw(candidates_of(LARGE, text))
    made = prediction_of(candidates, Span(0, len(text)), LARGE, text)
    result = [] if made is None else made["result"]
    sent = json.loads(json.dumps({"result": result}))
    ids = {c.id for c in candidates}
    reading = read_answer(sent, Span(0, len(text)), LARGE, text, "a", ids)
    assert reading.misfits == ()
    taken = {m.candidate for m in reading.annotation.mentions}
    assert taken | {f.candidate for f in reading.annotation.frames} == ids
