"""Near-duplicates: copies are found whatever their spelling, and strangers are left alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.corpus.near import Cluster, NearPair, clusters, near_pairs

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def article(words: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    return ["".join(draw.choices(LETTERS, k=draw.randint(3, 7))) for _ in range(words)]


def edited(words: list[str], share: float, seed: int) -> list[str]:
    draw = random.Random(seed)
    kept = list(words)
    for place in draw.sample(range(len(kept)), int(share * len(kept))):
        kept[place] = draw.choice(["", "جديدة", kept[place] + " إضافة"])
    return [w for w in kept if w]


@pytest.mark.parametrize("percent", [0, 5, 10, 20])
def test_a_copy_with_up_to_a_fifth_of_its_words_changed_is_found(percent: int) -> None:
    texts, copies = [article(150, n) for n in range(60)], {}
    for n in range(0, 60, 3):
        copies[len(texts)] = n
        texts.append(edited(texts[n], percent / 100, n))
    found = {(p.first, p.second) for p in near_pairs([" ".join(t) for t in texts])}
    wanted = {(original, copy) for copy, original in copies.items()}
    assert found <= wanted, "no stranger is called a copy"
    assert len(found & wanted) >= 0.95 * len(wanted)


def test_spelling_that_the_normal_form_folds_makes_no_difference() -> None:
    plain = "أعلنت إدارة المدينة إغلاق المدارس يوم الأحد القادم بسبب العاصفة"
    marked = "أَعْلَنَت إدارةُ المديـــنة اغلاق المدارسَ يومَ الاحد القادم بسبب العاصفة"
    assert [p.similarity for p in near_pairs([plain, marked])] == [1.0]


def test_short_texts_are_copies_only_when_they_are_equal() -> None:
    texts = ["قصف على المدينة", "قصف على البلدة", "قَصْف على المدينة"]
    assert [(p.first, p.second) for p in near_pairs(texts)] == [(0, 2)]


def test_texts_without_words_are_nobodys_copies() -> None:
    assert near_pairs(["", "…", "!!!", "", " \n"]) == []


def test_a_crowd_of_equal_texts_is_one_cluster() -> None:
    text = " ".join(article(30, 1))
    found = clusters(near_pairs([text] * 300))
    assert found == [Cluster(tuple(range(300)))]


def test_a_chain_of_pairs_hangs_together() -> None:
    pairs = [NearPair(4, 7, 0.5), NearPair(1, 4, 0.6), NearPair(2, 3, 0.9)]
    assert clusters(pairs) == [Cluster((1, 4, 7)), Cluster((2, 3))]


@pytest.mark.parametrize("threshold", [0, -0.5, 1.5])
def test_a_similarity_out_of_range_is_refused(threshold: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        near_pairs([], threshold)


@given(st.lists(st.text(alphabet="ابتث جح\u064e\n", max_size=40), max_size=12))
def test_pairs_are_sound_whatever_the_texts(texts: list[str]) -> None:
    for pair in near_pairs(texts):
        assert 0 <= pair.first < pair.second < len(texts)
        assert 0.4 <= pair.similarity <= 1
