"""Titles and scraped matter are told from body, whatever they look like."""

from __future__ import annotations

import pytest

from curate.model.document import SentenceKind
from curate.text.sentences import segment

TITLE, BODY, BOILERPLATE = SentenceKind.TITLE, SentenceKind.BODY, SentenceKind.BOILERPLATE

PARAGRAPH = (
    "سيطرت فصائل محلية فجر الثلاثاء على حاجز الوادي شمال البلدة بعد اشتباكات استمرت ساعات،"
    " وأسفرت عن مقتل ثلاثة عناصر وجرح سبعة آخرين."
)


def kinds(text: str) -> list[tuple[str, SentenceKind]]:
    """Return the sentences of a text with their kinds."""
    return [(sentence.span.of(text), sentence.kind) for sentence in segment(text)]


def test_a_short_first_line_above_a_paragraph_is_a_title() -> None:
    title = "فصائل محلية تسيطر على حاجز الوادي.. والنظام يرد؟"
    assert kinds(f"{title}\n\n{PARAGRAPH}") == [(title, TITLE), (PARAGRAPH, BODY)]


def test_a_heading_between_paragraphs_is_a_title() -> None:
    text = f"{PARAGRAPH}\nنزوح جديد\n{PARAGRAPH}"
    assert [kind for _, kind in kinds(text)] == [BODY, TITLE, BODY]


def test_a_list_of_short_lines_is_body() -> None:
    names = ["سامر حلاق", "هيثم قدور", "رامي نعمة", "كمال عساف", "نادر شامي"]
    found = kinds("\n".join([PARAGRAPH, *names, PARAGRAPH]))
    assert [kind for _, kind in found] == [BODY] * 7


def test_a_list_of_other_articles_is_boilerplate_to_its_end() -> None:
    tail = ["شاهد أيضاً", "", "هدنة جديدة في الميناء؟", "", "أعلن وسطاء عن اتفاق جديد في …"]
    found = kinds("\n".join([PARAGRAPH, "", *tail]))
    assert [kind for _, kind in found] == [BODY] + [BOILERPLATE] * 3


def test_a_link_in_the_midst_of_an_article_does_not_swallow_the_rest() -> None:
    text = f"{PARAGRAPH}\nاقرأ أيضا\nهدنة جديدة في الميناء\n{PARAGRAPH}"
    assert [kind for _, kind in kinds(text)] == [BODY, BOILERPLATE, BOILERPLATE, BODY]


def test_the_title_after_a_list_of_other_articles_is_a_title() -> None:
    text = (
        f"{PARAGRAPH}\n\nإقرأ أيضاً\nهدنة في الميناء\nوسطاء يعلنون اتفاقا …\n\n"
        f"حريق كبير يلتهم سوق البلدة القديم\n\n{PARAGRAPH}"
    )
    assert [kind for _, kind in kinds(text)] == [BODY, *[BOILERPLATE] * 3, TITLE, BODY]


@pytest.mark.parametrize(
    "line",
    [
        "اقْرَأْ أَيْضًا: هدنة في الميناء",
        "تابعونا على تلغرام وفيسبوك",
        "فيسبوك  تويتر  واتساب",
        "Facebook Twitter Telegram",
        "جميع الحقوق محفوظة © 2018",
        "الوسوم: هدنة، ميناء، وسطاء",
        "رابط الخبر بصحيفة الساحل: هدنة في الميناء",
        "desk@news.example.com",
        "https://example.org/a/b",
        "-----------",
        "// انتهى //",
        "للتواصل مع الكاتب على البريد",
        "أعلن وسطاء عن اتفاق […]",
        "...المزيد",
        "الرئيسية » أخبار محلية » الساحل",
    ],
)
def test_share_lines_tags_and_credits_are_boilerplate(line: str) -> None:
    assert kinds(f"{PARAGRAPH}\n{line}")[-1] == (line, BOILERPLATE)


@pytest.mark.parametrize(
    "line",
    [
        "شارك الآلاف في تشييع ضحايا القصف على البلدة صباح اليوم.",
        "طالع الأهالي المشهد من شرفاتهم ولم يتدخل أحد منهم.",
        "المزيد من العائلات تغادر المدينة كل يوم منذ بدء الحصار.",
        "حفظ الجنود أسماء رفاقهم الذين سقطوا عند الجسر.",
        "تويتر أداة لتبادل الاتهامات بين الطرفين منذ أشهر.",
    ],
)
def test_sentences_that_begin_like_boilerplate_are_body(line: str) -> None:
    assert kinds(f"{PARAGRAPH}\n{line}")[-1] == (line, BODY)


def test_tags_hung_on_the_last_paragraph_are_cut_off() -> None:
    assert kinds(f"{PARAGRAPH} سمات البلدة حاجز فصائل") == [
        (PARAGRAPH, BODY),
        ("سمات البلدة حاجز فصائل", BOILERPLATE),
    ]


@pytest.mark.parametrize(
    "line",
    ["الساحل اليوم – متابعات", "سامر حلاق – عدن", "صنعاء - خاص", "بقلم: سامر حلاق", "وكالات"],
)
def test_a_byline_above_the_text_is_boilerplate(line: str) -> None:
    assert kinds(f"{line}\n{PARAGRAPH}") == [(line, BOILERPLATE), (PARAGRAPH, BODY)]


@pytest.mark.parametrize(
    "line",
    ["الاتفاق القطري - الصيني", "سوريا – معارك عنيفة", "تقرير أممي جديد", "خاص جدا: لغز الميناء"],
)
def test_a_title_with_a_dash_is_no_byline(line: str) -> None:
    assert kinds(f"{line}\n{PARAGRAPH}") == [(line, TITLE), (PARAGRAPH, BODY)]
