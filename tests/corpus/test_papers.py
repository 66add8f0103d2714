"""Licences and datasheets."""

from __future__ import annotations

import pytest

from curate.corpus.datasheet import QUESTIONS, answers_in, datasheet, form, open_questions
from curate.corpus.licences import may_be_passed_on
from curate.errors import CurateError


@pytest.mark.parametrize(
    "licence", ["CC0-1.0", "CC BY 4.0", "cc-by-sa-4.0", "Public Domain", "MIT", "ODbL 1.0"]
)
def test_open_licences_are_known_by_name(licence: str) -> None:
    assert may_be_passed_on(licence)


@pytest.mark.parametrize(
    "licence", ["CC BY-NC 4.0", "CC BY-ND 4.0", "CC-BY-NC-SA", "all rights reserved", "", None, 7,
                "mitsubishi"],
)  # fmt: skip
def test_other_licences_and_none_are_not_passed_on(licence: object) -> None:
    assert not may_be_passed_on(licence)


def test_the_user_may_allow_a_licence_by_its_name() -> None:
    assert may_be_passed_on("By agreement with  the paper", ["by agreement with the paper"])


def test_answers_come_back_from_the_form() -> None:
    given = {"funding": "مؤسسة بحثية\n\nand a second line", "makers": "Two linguists"}
    assert answers_in(form(given), "form.md") == given


def test_a_question_nobody_asked_is_refused_with_its_line() -> None:
    with pytest.raises(CurateError, match=r"form\.md:2: .* weather"):
        answers_in("\n### weather: how was it?\nfine\n", "form.md")


def test_questions_left_open_are_listed() -> None:
    answers, facts = {"funding": "nobody"}, {"instances": "three"}
    left = open_questions(answers, facts)
    assert len(left) == len(QUESTIONS) - 2
    page = datasheet("v1", answers, facts)
    head, _, listed = page.partition("## Open questions")
    assert head.count("*Not answered yet.*") == len(left) == listed.count("\n- ")
    assert "nobody" in head
    assert "three" in head


def test_a_whole_datasheet_has_no_open_questions() -> None:
    page = datasheet("v1", {q.id: "yes" for q in QUESTIONS}, {})
    assert "Open questions" not in page
    assert "Not answered" not in page
