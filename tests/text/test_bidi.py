"""Bidi: Unicode's own tests, all cases, and what they do not cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from curate.text.bidi import (
    line_levels,
    resolved,
    visual_order,
)
from tests.unicode.cases import Case, character_cases, class_cases

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTS = 4


def failures(cases: Iterable[Case]) -> tuple[int, list[Case]]:
    """How many cases there were, and those that came out otherwise."""
    count, failed = 0, []
    for count, case in enumerate(cases, 1):  # noqa: B007
        paragraph = resolved(case.text, case.base)
        levels = line_levels(paragraph, 0, len(case.text))
        order = [i for i in visual_order(levels) if case.levels[i] != "x"]
        if (
            case.resolved_base not in {None, paragraph.base}
            or any(
                want not in ("x", str(level))
                for want, level in zip(case.levels, levels, strict=True)
            )
            or order != case.order
        ):
            failed.append(case)
    return count, failed


@pytest.mark.slow
def test_every_case_of_the_character_test_comes_out_right() -> None:
    count, failed = failures(character_cases())
    assert (count, failed[:3]) == (91_707, [])


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_every_case_of_the_class_test_comes_out_right(part: int) -> None:
    count, failed = failures(class_cases(part, PARTS))
    assert failed[:3] == []
    assert count > 190_000
