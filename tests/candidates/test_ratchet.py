"""What candidates reached on articles that nothing was tuned on is kept."""

from __future__ import annotations

import json

import pytest

from curate.candidates.seeds import shipped_seeds
from curate.project.scoring import demo_scores, held_out
from tests.candidates.ratchet import FILE, fallen, figures

HOLDS = 0.08
"""How far a score may lie from the share that is right."""


@pytest.mark.slow
def test_no_figure_on_the_test_part_falls() -> None:
    kept = json.loads(FILE.read_text(encoding="utf-8"))
    now = figures()
    assert set(kept) == set(now), "write the figures anew: python -m tests.candidates.ratchet"
    assert fallen(kept, now) == []


def test_a_lower_share_and_a_larger_error_count_as_fallen() -> None:
    kept = {"mentions f1": 0.8, "calibration_error frames": 0.05}
    assert fallen(kept, {"mentions f1": 0.8, "calibration_error frames": 0.05}) == []
    worse = {"mentions f1": 0.79, "calibration_error frames": 0.06}
    assert len(fallen(kept, worse)) == 2
    better = {"mentions f1": 0.9, "calibration_error frames": 0.01}
    assert fallen(kept, better) == []


def test_the_scores_that_ship_are_counted_on_the_train_part_of_this_checkout() -> None:
    assert shipped_seeds().scores.to_bytes() == demo_scores().to_bytes(), "run make seeds-model"


def test_scores_hold_on_articles_they_were_not_counted_on() -> None:
    mentions, frames = held_out(shipped_seeds().scores)
    assert mentions <= HOLDS
    assert frames <= HOLDS
