from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError
from curate.formats.schema_file import shipped_schema
from curate.model.annotation import Fate, Status
from curate.model.document import Document, Sentence
from curate.model.item import ItemUnit
from curate.model.span import Span
from curate.project.annotating import Annotating
from curate.project.learning import (
    EVERY,
    HISTORY,
    is_due,
    learn,
    lessons_of,
    project_model,
    warm_lessons,
)
from curate.project.opening import Project, create_project
from curate.project.proposing import producer_of, proposed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from curate.model.candidate import MentionCandidate

AT = "2026-01-01T00:00:00.000+00:00"
HEROES = ("شهلون", "برهوم", "غزوان", "دحام", "فلحوط", "جربوع", "سعدون", "عرموش")


def sentence(number: int) -> str:
    """An invented sentence in which somebody's name is in no list."""
    return f"ثم نادى المزارع {HEROES[number % len(HEROES)]} على أولاده في الحقل رقم {number}."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project of thirty sentences in six documents; its schema begins with rules alone."""
    with create_project(tmp_path / "work.curate") as opened:
        made = replace(opened, schema=replace(opened.schema, name="village"))
        producer = producer_of(made)
        for first in range(0, 30, 5):
            text, spans = "", []
            for number in range(first, first + 5):
                spans.append(Sentence(Span(len(text), len(text) + len(sentence(number)))))
                text += sentence(number) + "\n"
            document = Document(f"d{first}", text, {}, tuple(spans))
            made.store.documents.add([document], ItemUnit.SENTENCE, at=AT)
            made.store.candidates.put(
                document.id, producer.version, producer.propose(document), at=AT
            )
        yield made


def annotate(project: Project, name: str, items: int) -> None:
    """Let somebody mark the name in the first items and finish them."""
    session = Annotating(project, name)
    entity = next(iter(project.schema.entity_types))
    for item in list(project.store.items.all())[:items]:
        view = session.go_to(item.id)
        hero = next(h for h in HEROES if h in item.span.of(view.document.text))
        start = view.document.text.index(hero, item.span.start)
        session.add_mention(Span(start, start + len(hero)), entity)
        session.finish()


def candidates(project: Project, item_id: str) -> list[MentionCandidate]:
    """Mention candidates of an item, whatever became of them."""
    item = project.store.items.get(item_id)
    assert item is not None
    mentions, _ = project.store.candidates.of(item.document)
    return [c for c in mentions if item.span.covers(c.span)]


def test_too_little_to_learn_from_is_told(project: Project) -> None:
    annotate(project, "a1", 3)
    with pytest.raises(CurateError, match="3 finished items") as told:
        learn(project)
    assert told.value.remedy
    assert project_model(project.store) is None


def test_what_was_learned_is_proposed_for_open_items(project: Project) -> None:
    annotate(project, "a1", 20)
    result = learn(project)
    assert (result.version, result.lessons, result.fresh) == ("1", 20, True)
    assert result.held_out is not None
    items = list(project.store.items.all())
    found = [c for i in items[20:] for c in candidates(project, i.id) if "tagger/1" in c.producer]
    texts = {c.span.of(project.store.documents.get(i.document).text)
             for i in items[25:26] for c in candidates(project, i.id)}  # fmt: skip
    assert found
    assert HEROES[25 % len(HEROES)] in texts


def test_items_that_were_touched_keep_candidates_and_fates(project: Project) -> None:
    annotate(project, "a1", 20)
    items = list(project.store.items.all())
    session = Annotating(project, "a2")
    session.go_to(items[27].id)
    before = {i.id: candidates(project, i.id) for i in (*items[:20], items[27])}
    decided = next((c for c in before[items[27].id]), None)
    if decided is None:
        session.set_note("تُراجع")
    else:
        session.reject(decided.id)
    states = {i.id: project.store.annotations.of_item(i.id) for i in items}
    learn(project)
    assert {i.id: project.store.annotations.of_item(i.id) for i in items} == states
    assert {name: candidates(project, name) for name in before} == before
    if decided is not None:
        view = Annotating(project, "a2").go_to(items[27].id)
        assert view.annotation.fates == {decided.id: Fate.REJECTED}


def test_what_somebody_looks_at_keeps_its_candidates(project: Project) -> None:
    annotate(project, "a1", 20)
    looked_at = list(project.store.items.all())[25]
    before = candidates(project, looked_at.id)
    learn(project, keep={looked_at.id})
    assert candidates(project, looked_at.id) == before


def test_new_candidates_never_take_the_id_of_an_old_one(project: Project) -> None:
    annotate(project, "a1", 20)
    before = {c.id for i in project.store.items.all() for c in candidates(project, i.id)}
    old = {(c.id, c.span) for i in project.store.items.all() for c in candidates(project, i.id)}
    learn(project)
    for item in project.store.items.all():
        for c in candidates(project, item.id):
            assert c.id not in before or (c.id, c.span) in old


def test_learning_twice_from_the_same_changes_nothing(project: Project) -> None:
    annotate(project, "a1", 20)
    learn(project)
    runs = [project.store.candidates.runs(d.id) for d in project.store.documents.all()]
    again = learn(project)
    assert (again.version, again.fresh, again.documents) == ("1", False, 0)
    assert [project.store.candidates.runs(d.id) for d in project.store.documents.all()] == runs


def test_every_model_is_remembered_with_its_figures(project: Project) -> None:
    annotate(project, "a1", 15)
    learn(project)
    annotate(project, "a2", 20)
    learn(project)
    history = project.store.settings.get(HISTORY)
    assert isinstance(history, list)
    assert [row["version"] for row in history if isinstance(row, dict)] == ["1", "2"]
    model = project_model(project.store)
    assert model is not None
    assert (model.version, model.lessons) == ("2", 35)


def test_new_documents_are_read_with_what_was_learned(project: Project) -> None:
    annotate(project, "a1", 20)
    learn(project)
    text = sentence(3)
    document = Document("new", text, {}, (Sentence(Span(0, len(text))),))
    offered = proposed(producer_of(project), document)
    assert offered.producer.endswith("+tagger/1")


def test_gold_counts_alone_where_there_is_gold(project: Project) -> None:
    annotate(project, "a1", 4)
    annotate(project, "a2", 4)
    assert len(lessons_of(project)) == 8
    annotate(project, "gold", 2)
    lessons = lessons_of(project)
    assert len(lessons) == 6
    assert sum(x.annotation.annotator == "gold" for x in lessons) == 2


def test_only_finished_items_teach(project: Project) -> None:
    annotate(project, "a1", 2)
    session = Annotating(project, "a1")
    session.go_to(list(project.store.items.all())[2].id)
    session.set_note("لاحقا")
    assert all(x.annotation.status is Status.DONE for x in lessons_of(project))
    assert len(lessons_of(project)) == 2


def test_learning_is_due_after_so_many_items(project: Project) -> None:
    project.store.settings[EVERY] = 12
    annotate(project, "a1", 11)
    assert not is_due(project)
    annotate(project, "a2", 1)
    assert is_due(project)
    learn(project)
    assert not is_due(project)
    project.store.settings[EVERY] = 0
    annotate(project, "a3", 20)
    assert not is_due(project)


def test_a_model_of_another_format_is_learned_anew(project: Project) -> None:
    annotate(project, "a1", 12)
    project.store.settings["learned.model"] = "{}"
    assert project_model(project.store) is None
    assert learn(project).fresh


def test_a_schema_of_another_name_begins_without_the_seeds_lessons() -> None:
    assert warm_lessons(shipped_schema())
    assert warm_lessons(replace(shipped_schema(), name="farm")) == []
