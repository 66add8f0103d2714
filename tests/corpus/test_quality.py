"""Flags for texts that may not belong."""

from __future__ import annotations

import pytest

from curate.corpus.quality import Flag, quality
from curate.model.document import Document, Sentence, SentenceKind
from curate.model.span import Span

NEWS = (
    "أعلنت وزارة الصحة في المدينة أن فرقها الطبية استقبلت منذ صباح أمس سبعة جرحى من سكان القرى "
    "القريبة، وأن حالة اثنين منهم لا تزال حرجة، فيما دعت الأهالي إلى التبرع بالدم"
)


def flags(text: str, *sentences: Sentence) -> set[Flag]:
    return set(quality(Document("d", text, {}, sentences)).flags)


def test_a_plain_article_has_no_flags() -> None:
    assert flags(NEWS) == set()


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_utf8_read_as_western_is_mojibake(encoding: str) -> None:
    broken = NEWS.encode().decode(encoding, "replace")
    assert Flag.MOJIBAKE in flags(broken)


def test_windows_arabic_read_as_western_is_mojibake() -> None:
    assert Flag.MOJIBAKE in flags(NEWS.encode("cp1256").decode("latin-1"))


def test_replacement_characters_are_mojibake() -> None:
    assert Flag.MOJIBAKE in flags(NEWS.replace("ا", "\ufffd"))


def test_other_languages_are_flagged_in_either_script() -> None:
    english = "The ministry said that its teams received seven wounded people since " * 3
    persian = "وزارت بهداشت گفت که گروه‌های پزشکی از دیروز چند زخمی را پذیرفته‌اند و گزارش " * 3
    assert flags(english) == {Flag.NOT_ARABIC}
    assert flags(persian) == {Flag.NOT_ARABIC}


def test_persian_kaf_and_yeh_from_a_keyboard_are_still_arabic() -> None:
    assert flags(NEWS.replace("ك", "ک").replace("ي", "ی")) == set()


def test_names_in_latin_letters_do_not_make_a_text_foreign() -> None:
    assert flags(NEWS + " وكالة (Reuters) وموقع BBC") == set()


def test_short_and_boilerplate_texts_are_flagged() -> None:
    assert flags("خبر عاجل") == {Flag.TOO_SHORT}
    half = len(NEWS) // 3
    parts = (Sentence(Span(0, half)), Sentence(Span(half, len(NEWS)), SentenceKind.BOILERPLATE))
    found = quality(Document("d", NEWS, {}, parts))
    assert found.flags == (Flag.BOILERPLATE,)
    assert found.boilerplate == pytest.approx(2 / 3, abs=0.01)


def test_a_text_without_letters_is_not_arabic_and_breaks_nothing() -> None:
    assert flags("… 123 !!!") == {Flag.NOT_ARABIC, Flag.TOO_SHORT}
    assert flags("") == {Flag.NOT_ARABIC, Flag.TOO_SHORT}
