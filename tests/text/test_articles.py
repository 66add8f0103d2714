"""A text of several articles is cut where a reader would cut it, and otherwise left whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.model.span import Span
from curate.text.articles import Splitting, articles, split_articles

HARBOUR = [
    (
        "أعلنت إدارة الميناء صباح الأحد إغلاق الأرصفة الثلاثة بعد حريق اندلع في مستودع للحبوب،"
        " وأدى إلى إصابة خمسة عمال بحروق متوسطة نقلوا على إثرها إلى المشفى القريب."
    ),
    (
        "وقال مدير الإطفاء إن النيران بدأت في سقف المستودع القديم وامتدت بسبب الرياح، مضيفا أن"
        " السيطرة عليها استغرقت أربع ساعات."
    ),
    "وأوضح أن لجنة فنية ستحدد خسائر القمح والشعير المخزن منذ الموسم الماضي.",
    "كما طالب التجار بتعويضات عاجلة وبنقل البضائع إلى مخازن بعيدة عن خطوط الكهرباء.",
]
VILLAGE = [
    (
        "شنت مروحيات مجهولة فجر الخميس ثلاث غارات على أطراف قرية التلال الجبلية، ما أسفر عن مقتل"
        " راع وتدمير خزان المياه الوحيد فيها، بحسب ما روى سكان محليون."
    ),
    "وأكد وجهاء القرية أن أحدا لم يتبن الهجوم، وأن عشرات العائلات غادرت بيوتها سيرا نحو الوادي.",
    "وأضافوا أن الطريق الترابي مقطوع منذ الشتاء، ولا تصل إليه سيارات الإسعاف.",
    "ويعيش في القرية نحو ألف شخص يعملون في رعي الماعز وزراعة التبغ.",
]
TALKS = [
    (
        "أفادت مصادر دبلوماسية بأن جولة التفاوض المقبلة بين الوفدين ستعقد في عاصمة محايدة أواخر"
        " الشهر، برعاية مبعوث أممي وبحضور مراقبين من ثلاث دول."
    ),
    "وقالت المصادر إن جدول الأعمال يقتصر على تبادل الأسرى وفتح المعابر الإنسانية.",
    "ويشترط أحد الوفدين وقفا شاملا لإطلاق النار قبل بحث أي ملف سياسي.",
]


def starts(text: str) -> list[str]:
    """Return the first words of each article found."""
    return [" ".join(span.of(text).split()[:3]) for span in split_articles(text)]


def first_words(*parts: list[str]) -> list[str]:
    """Return the first words of each article as it was put in."""
    return [" ".join(" ".join(part).split()[:3]) for part in parts]


def test_one_article_stays_whole_with_all_its_white_space() -> None:
    text = "\n" + "\n\n".join(HARBOUR) + "\n\n"
    assert articles(text) == (articles(text)[0],)
    assert split_articles(text) == (Span(0, len(text)),)
    assert articles(text)[0].cues == ()


def test_blank_lines_between_paragraphs_do_not_cut_an_article() -> None:
    title = "حريق في الميناء يصيب خمسة عمال ويوقف العمل"
    for gap in ("\n", "\n\n", "\n\n\n"):
        assert len(split_articles(gap.join([title, *HARBOUR]))) == 1


def test_headings_within_an_article_do_not_cut_it() -> None:
    text = "\n".join([*HARBOUR[:2], "خسائر كبيرة", *HARBOUR[2:], "مطالب التجار", HARBOUR[1]])
    assert len(split_articles(text)) == 1


def test_a_blank_line_where_there_is_none_elsewhere_begins_an_article() -> None:
    text = "\n".join(HARBOUR) + "\n\n" + "\n".join(VILLAGE)
    assert starts(text) == first_words(HARBOUR, VILLAGE)


def test_titles_begin_articles() -> None:
    first = ["حريق في الميناء يصيب خمسة عمال ويوقف العمل", *HARBOUR]
    second = ["غارات مجهولة على قرية جبلية تقتل راعيا", *VILLAGE]
    text = "\n\n".join(first) + "\n\n\n" + "\n\n".join(second)
    assert starts(text) == first_words(first, second)


def test_an_article_may_begin_without_any_blank_line_in_a_text_of_several() -> None:
    text = "\n".join(HARBOUR) + "\n\n" + "\n".join(VILLAGE) + "\n" + "\n".join(TALKS)
    assert starts(text) == first_words(HARBOUR, VILLAGE, TALKS)


def test_a_change_between_blank_lines_and_none_begins_an_article() -> None:
    text = "\n".join(HARBOUR) + "\n\n" + "\n\n".join(VILLAGE) + "\n\n" + "\n".join(TALKS)
    assert starts(text) == first_words(HARBOUR, VILLAGE, TALKS)


def test_scraped_matter_stays_with_the_article_above() -> None:
    tail = ["شاهد أيضا", "", "موسم التبغ يبدأ باكرا", "", "بدأ المزارعون موسم القطاف قبل …"]
    text = "\n".join([*HARBOUR, "", *tail, "", "غارات مجهولة تقتل راعيا في قرية جبلية", *VILLAGE])
    found = split_articles(text)
    assert len(found) == 2
    assert found[0].of(text).endswith("قبل …")


def test_paragraphs_that_lean_on_others_never_begin_an_article() -> None:
    leaning = [f"وأضاف {part}" for part in [*HARBOUR, *VILLAGE]]
    assert len(split_articles("\n\n".join([HARBOUR[0], *leaning]))) == 1


def test_every_cut_names_its_cues_the_weightiest_first() -> None:
    text = "\n".join(HARBOUR) + "\n\n" + "\n".join(VILLAGE)
    first, second = articles(text)
    assert first.reason == ""
    assert "the opening of a news report" in second.cues
    assert second.reason.startswith(second.cues[0])


def test_never_leaves_the_text_whole() -> None:
    text = "\n".join(HARBOUR) + "\n\n" + "\n".join(VILLAGE)
    assert split_articles(text, Splitting.NEVER) == (Span(0, len(text)),)


def test_blank_lines_cut_everywhere_but_below_a_title() -> None:
    title = "حريق في الميناء يصيب خمسة عمال ويوقف العمل"
    text = f"{title}\n\n{HARBOUR[0]}\n{HARBOUR[1]}\n \n{HARBOUR[2]}\n\n\n{HARBOUR[3]}\n"
    found = [span.of(text) for span in split_articles(text, Splitting.BLANK_LINES)]
    assert found == [f"{title}\n\n{HARBOUR[0]}\n{HARBOUR[1]}", HARBOUR[2], HARBOUR[3]]


def test_a_separator_line_cuts_and_belongs_to_no_article() -> None:
    text = f"###\n{HARBOUR[0]}\n\n{HARBOUR[1]}\r\n ### \r\n{VILLAGE[0]}\n###\n\n"
    found = [span.of(text) for span in split_articles(text, separator="###")]
    assert found == [f"{HARBOUR[0]}\n\n{HARBOUR[1]}", VILLAGE[0]]


def test_without_its_separator_a_text_stays_whole() -> None:
    text = "\n".join(HARBOUR) + "\n\n" + "\n".join(VILLAGE) + "\n"
    assert split_articles(text, separator="###") == (Span(0, len(text)),)


@pytest.mark.parametrize("text", ["", " \n\t\r\n", "\u2028"])
@pytest.mark.parametrize("how", list(Splitting))
def test_white_space_holds_no_article(text: str, how: Splitting) -> None:
    assert articles(text, how) == ()


def test_carriage_returns_change_nothing() -> None:
    text = "\n".join(HARBOUR) + "\n\n" + "\n".join(VILLAGE)
    assert starts(text.replace("\n", "\r\n")) == starts(text)


lines = st.sampled_from(
    [*HARBOUR, *VILLAGE, *TALKS, "", "", " ", "شاهد أيضا", "***", "=====", "خسائر كبيرة", "\u200f"]
)


@given(st.lists(lines, max_size=25).map("\n".join), st.sampled_from(Splitting))
def test_articles_are_exact_slices_that_lose_nothing_but_white_space(
    text: str, how: Splitting
) -> None:
    past = 0
    for span in split_articles(text, how):
        assert span.start >= past
        assert not text[past : span.start].strip()
        past = span.end
    assert not text[past:].strip()


@given(st.lists(lines, max_size=25).map("\n".join))
def test_the_same_text_gives_the_same_articles(text: str) -> None:
    assert articles(text) == articles(text)
