"""Samples of a project: what is drawn, what is left out, and the record of it."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import pytest

from curate.errors import CurateError
from curate.project.adding import AddOptions, add
from curate.project.assigning import AssignOptions, make_plan
from curate.project.opening import Project, create_project
from curate.project.sampling import SampleOptions, draw_sample, sample_lines, uncertainty

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ["أعلن", "المتحدث", "وصول", "قافلة", "شمال", "المدينة", "صباح", "اليوم", "توقف", "طويل"]


def article(seed: int, sentences: int) -> str:
    draw = random.Random(seed)
    one = (" ".join(draw.choices(WORDS, k=9)) + f" {n}{seed}." for n in range(sentences))
    return " ".join(one)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    rows = [
        {"text": article(n, 4), "meta": {"source": "ab"[n % 2], "date": f"2019-0{n % 3 + 1}-05"}}
        for n in range(12)
    ]
    rows.append({"text": rows[0]["text"], "meta": {"source": "a"}})
    rows[-1]["text"] = str(rows[0]["text"]) + " تمت إضافة سطر واحد إلى هذا الخبر."
    rows.append(
        {"text": "The spokesman announced a new convoy north of the city. " * 3, "meta": {}}
    )
    rows.append({"text": "قصفت الطائرات بلدة الغدير صباح أمس وقتلت ثلاثة مدنيين.", "meta": {}})
    path = tmp_path / "news.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    made = create_project(tmp_path / "p.curate")
    add(made, [path], AddOptions())
    return made


def test_copies_and_foreign_texts_are_left_out_and_counted(project: Project) -> None:
    report = draw_sample(project, "all", SampleOptions(1000))
    assert len(report.items) == report.pool == 49
    assert report.left_out == {"near copies": 1, "not Arabic or wrongly decoded": 1}
    everything = SampleOptions(1000, with_copies=True, with_flagged=True, again=True)
    assert len(draw_sample(project, "more", everything).items) > 49 + 4


def test_a_second_sample_draws_other_items_and_a_name_is_used_once(project: Project) -> None:
    first = draw_sample(project, "first", SampleOptions(20, seed=3))
    second = draw_sample(project, "second", SampleOptions(20, seed=3))
    assert not set(first.items) & set(second.items)
    assert second.left_out["in an earlier sample"] == 20
    with pytest.raises(CurateError, match="a sample called first already"):
        draw_sample(project, "first", SampleOptions(5))
    assert project.store.samples.items("first") == first.items
    assert sample_lines(project)[0].startswith("first: 20 items (size 20, seed 3")


def test_strata_get_their_share(project: Project) -> None:
    report = draw_sample(project, "months", SampleOptions(12, by=("source", "month")))
    sources = [
        project.store.documents.get(item.split(":")[0]).meta.get("source") for item in report.items
    ]
    assert abs(sources.count("a") - sources.count("b")) <= 1


def test_a_trigger_or_a_type_narrows_the_pool(project: Project) -> None:
    by_trigger = draw_sample(project, "t", SampleOptions(9, triggers=("قَصَفَت",), again=True))
    assert len(by_trigger.items) == 1
    event = next(iter(project.schema.event_types))
    with pytest.raises(CurateError, match="no type Nonsense"):
        draw_sample(project, "x", SampleOptions(9, types=frozenset({event, "Nonsense"})))


def test_whole_documents_bring_all_their_items(project: Project) -> None:
    report = draw_sample(project, "docs", SampleOptions(2, documents=True))
    assert report.pool == 13
    documents = {item.rsplit(":", 1)[0] for item in report.items}
    assert len(documents) == 2
    wanted = [i.id for d in documents for i in project.store.items.of_document(d)]
    assert sorted(report.items) == sorted(wanted)


def test_without_candidates_nothing_is_uncertain() -> None:
    assert uncertainty([]) == 0


def test_a_sample_is_given_out_in_its_order_and_copies_are_not(project: Project) -> None:
    drawn = draw_sample(project, "first", SampleOptions(6, seed=3)).items
    plan = make_plan(project, AssignOptions(("amal",), sample="first"))
    assert [given.item for given in plan.given] == drawn
    with pytest.raises(CurateError, match="no sample called second"):
        make_plan(project, AssignOptions(("amal",), sample="second"))
    given = {g.item for g in make_plan(project, AssignOptions(("amal",))).given}
    everything = AssignOptions(("amal",), with_copies=True)
    more = {g.item for g in make_plan(project, everything).given}
    (copy,) = {c.document for c in project.store.copies.all()}
    assert more - given == {item.id for item in project.store.items.of_document(copy)}
