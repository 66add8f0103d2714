"""Words taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.clitics import splits
from curate.text.letters import LETTERS
from curate.text.normal import normal

WORDS = st.text(alphabet=st.sampled_from(sorted(LETTERS)), min_size=1, max_size=15).map(normal)


@pytest.mark.parametrize(
    ("word", "proclitics", "stem", "suffix"),
    [
        ("وبيروت", ("و",), "بيروت", ""),
        ("فبالبلدة", ("ف", "ب"), "البلدة", ""),
        ("للفرقة", ("ل",), "الفرقة", ""),
        ("لللجنة", ("ل",), "اللجنة", ""),
        ("للجنة", ("ل",), "اللجنة", ""),
        ("وللمخيم", ("و", "ل"), "المخيم", ""),
        ("لله", ("ل",), "الله", ""),
        ("سينسحبون", ("س",), "ينسحبون", ""),
        ("مدرستهم", (), "مدرسة", "هم"),
        ("ابنايه", (), "ابناء", "ه"),
        ("مبناها", (), "مبنى", "ها"),
        ("هاجموهم", (), "هاجموا", "هم"),
        ("وبسيارتها", ("و", "ب"), "سيارة", "ها"),
    ],
)
def test_a_word_has_this_split_among_others(
    word: str, proclitics: tuple[str, ...], stem: str, suffix: str
) -> None:
    assert (proclitics, stem, suffix) in {(s.proclitics, s.stem, s.suffix) for s in splits(word)}


def test_after_a_double_lam_the_stem_begins_at_the_second_one() -> None:
    found = next(s for s in splits("للفرقة") if s.stem == "الفرقة")
    assert "للفرقة"[found.start : found.end] == "لفرقة"


def test_the_whole_word_comes_first() -> None:
    assert splits("والي")[0].stem == "والي"


@given(WORDS)
def test_positions_lie_inside_and_fewer_cuts_come_first(word: str) -> None:
    found = splits(word)
    cuts = [len(s.proclitics) + bool(s.suffix) for s in found]
    assert cuts == sorted(cuts)
    for split in found:
        assert 0 <= split.start < split.end <= len(word)
        assert word[split.end :] == split.suffix
        assert word.startswith("".join(split.proclitics))
