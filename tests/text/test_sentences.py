"""Sentences end where a reader of Arabic news would end them, and cover the text exactly."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curate.text.sentences import SEGMENTER, pieces, segment

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def cut(marked: str) -> None:
    """Assert that a text is cut exactly where the example has a bar."""
    text = marked.replace("|", "")
    expected = [part.strip() for part in marked.split("|")]
    assert [sentence.span.of(text) for sentence in segment(text)] == expected


def test_the_rules_have_a_version() -> None:
    assert SEGMENTER == "sentences/1"


@pytest.mark.parametrize(
    "marked",
    [
        "وصل الوفد إلى البلدة صباحا.| وغادرها الأهالي!| هل يعودون؟| لا أحد يعلم.",
        "توقف إطلاق النار ليلا .| وعاد القصف فجرا .",
        "أين ذهب المقاتلون ؟ !| بقي السؤال بلا جواب.",
        "قتل شخص في المزرعة۔| وجرح آخر۔",
        "قصفت المدفعية التل\nوردت الفصائل بالمثل".replace("\n", "\n|"),
    ],
)
def test_stops_and_line_ends_end_a_sentence(marked: str) -> None:
    cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "قال الناطق: «لن نغادر مواقعنا.»| ثم أنهى المؤتمر.",
        "قال الناطق: «لن نغادر مواقعنا».| ثم أنهى المؤتمر.",
        'سأل أحدهم: "متى نعود؟"| فلم يجبه أحد.',
        "قصفوا المعبر (للمرة الثالثة هذا الشهر).| وأغلق الطريق.",
        "نقل عنه قوله «انتهى الأمر!».| وأضاف مرافقه شيئا آخر.",
        "قال: «انتهت العملية. »| وعاد الجنود إلى الثكنة.",
        'قال: " انتهت العملية . "| وعاد الجنود إلى الثكنة.',
        'كتب «قالوا "انتهى"».| ولم يزد.',
    ],
)
def test_closing_marks_stay_with_the_sentence_they_close(marked: str) -> None:
    cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "قال: ”لن نغادر.”| وغادر القاعة.",
        "قال »لن نغادر.« |وغادر القاعة.",
        "انتهت الجولة الأولى.| »لن نعود« قال أحدهم.",
        "انتهت الجولة الأولى.| ”لن نعود” قال أحدهم.",
        'انتهت الجولة الأولى.| "لن نعود" قال أحدهم.',
        "قال الرجل: «لن نغادر.| سنبقى هنا.| وأشار إلى بيته.",
        "وصل التقرير الذي أعدته اللجنة، و»سنوزعه غدا.| وفي المساء نناقشه».",
        'صرح بأن الطريق آمن."وكالة الساحل" نقلت الخبر.'.replace('."', '.|"'),
    ],
)
def test_wrongly_paired_and_unclosed_quotation_marks_do_no_harm(marked: str) -> None:
    cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "قال: «وصلنا إلى الجسر.| عبرناه ليلا.| لم نجد أحدا.»| وصمت.",
        "تساءلت الصحيفة: «من يحكم الميناء؟| ومن يموله؟»| ولم تجب.",
    ],
)
def test_sentence_ends_inside_quotations_split(marked: str) -> None:
    cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "عثر على رشاش عيار 14.5 في القبو.| وصودر.",
        "ارتفع السعر ١٢.٧ في المئة.| ثم هبط.",
        "زار البلدة د. سامر حلاق أمس.| ورافقه م. هيثم قدور.",
        "قال أ.د. كمال عساف إن النتائج أولية.| ووافقه د.رامي نعمة.",
        "نقلت أ.ف.ب عن مسعفين الخبر.| ونفته د. ب. أ. أمس.",
        "أفادت وكالة أ.ف.ب.| وقال مصدر غير ذلك.",
        "بثت بي.بي.سي مقابلة معه.| ثم ظهر على سي. إن. إن. مساء.",
        "قصفت طائرة إف.16 الجسر.| ولم يصب أحد.",
        "كان جورج و. بوش رئيسا حينها.| وانتهت ولايته.",
        "أجرت Acme Inc. الأمريكية دراسة.| ووقعها Mr. Brown وحده.",
        "هبطت طائرة من الـU.S. ليلا.| وأقلعت فجرا.",
        "انظر ص. 12 من التقرير.| وقارنه بغيره.",
        "استهدف مدفع 23 م.ط الحاجز.| فانسحب الجنود.",
        "1. فتح المعابر.| 2. تبادل الأسرى.",
    ],
)
def test_numbers_initials_and_abbreviations_are_not_ends(marked: str) -> None:
    cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "بلغ عدد الجرحى 45.| كما فقد ثلاثة.",
        "جرى ذلك عام 2015.| وبقي الملف مفتوحا.",
        "ولد سنة 1390هـ.| ومات شابا.",
        "تبعد القرية 60 كم.| ولا طريق إليها.",
        "حل الفريق أولا في المجموعة ب.| وخرج غيره.",
        "امتد الطريق 400 م.| ثم انقطع.",
    ],
)
def test_numbers_and_units_may_stand_at_the_end(marked: str) -> None:
    cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "نشر الخبر على www.example.org أمس.| ثم حذف.",
        "الرابط http://example.org/a?b=1.5&c=x!y محجوب.| ولا بديل.",
        "راسلنا على desk@news.example.com.| نرد خلال يوم.",
        "وقعت الحادثة في 12.5.2015 قرب الميناء.| ولم يبلغ عنها.",
        "بدأ الاجتماع 10.30 صباحا.| وانتهى ظهرا.",
    ],
)
def test_addresses_dates_and_times_are_not_ends(marked: str) -> None:
    cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "انسحب المسلحون.|وعاد السكان إلى بيوتهم.",
        "انسحب المسلحون .|وعاد السكان إلى بيوتهم.",
        "هل انسحبوا؟|نعم.|وبقي أثرهم.",
        "سجل الهدف عام 2014.|وبعده بسنة اعتزل.",
        "زوروا example.org.|وشاركونا الرأي.",
        "قال «انتهى الأمر».|وخرج.",
    ],
)
def test_a_missing_space_after_the_stop_still_ends_the_sentence(marked: str) -> None:
    cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "خرجوا إلى الساحات... رجالا ونساء... ثم تفرقوا.",
        "سيطروا على التلال المحيطة بالبلدة كلها.. مؤكدين أنها البداية.",
        "قال إن القرار (...) لم يوقع بعد.",
        "عاد… ثم غاب.",
        "استمر القصف على الأحياء الشرقية حتى الليل..| وقال شاهد إن المشفى خرج من الخدمة.",
        "لم يبق في المدينة المحاصرة غير العجائز..| «نحن ننتظر الموت» قالت إحداهن.",
    ],
)
def test_dots_end_a_sentence_only_before_a_plain_new_beginning(marked: str) -> None:
    cut(marked)


@pytest.mark.parametrize(
    "marked",
    [
        "أعلن «انتصاره» (!) من مخبئه.| ثم اختفى.",
        "نشر مقالا بعنوان (من يدفع الثمن؟) قبل أيام.| ولم يعلق أحد.",
        "سأل «هل نبقى؟»، ثم خرج.| ولم يعد.",
        "صاح «لا رجعة!» مؤكدا موقفه.| وصفق الحضور.",
    ],
)
def test_a_stop_within_a_larger_sentence_does_not_end_it(marked: str) -> None:
    cut(marked)


@pytest.mark.parametrize("sign", ["\u200f", "\u202c", "\u200b", "\ufeff", "\u064e", "\u00a0"])
def test_invisible_signs_and_stray_marks_do_not_hide_an_end(sign: str) -> None:
    text = f"وصلت القافلة إلى المعبر{sign}.{sign} وبدأ التفتيش{sign}."
    assert [s.span.of(text).count(".") for s in segment(text)] == [1, 1]


def test_carriage_returns_cut_like_line_feeds() -> None:
    lines = ["عنوان قصير للخبر", "", "وصلت القافلة إلى المعبر الحدودي. وبدأ التفتيش.", "", ""]
    texts = ["\r\n".join(lines), "\n".join(lines)]
    first, second = ([s.span.of(text) for s in segment(text)] for text in texts)
    assert first == second


@pytest.mark.parametrize("text", ["", " ", "\n\r\n\t\u00a0\u3000"])
def test_white_space_holds_no_sentence(text: str) -> None:
    assert segment(text) == ()


@pytest.mark.parametrize("text", [".", "…؟!", "\u200f", "«»", "***", "x", "\ud800."])
def test_a_text_without_words_is_one_piece(text: str) -> None:
    assert [s.span.of(text) for s in segment(text)] == [text]


def test_a_lone_closing_mark_below_goes_with_the_sentence_above() -> None:
    text = "قال: «لن نغادر هذا المكان أبدا.\n»\nثم خرج من الباب الخلفي للمبنى."
    assert segment(text)[0].span.of(text).endswith("»")


PARAGRAPH = (
    "سيطرت فصائل محلية فجر الثلاثاء على حاجز الوادي شمال البلدة بعد اشتباكات استمرت ساعات،"
    " وأسفرت عن مقتل ثلاثة عناصر وجرح سبعة آخرين."
)

SIGNS = 'اأبجدهوزحطي لمنر٣7aZ.!?؟…،؛:"«»“”„()[]-–ـ\n\r\t \u00a0\u200f\u202b\u064e\ufeff\u2028'
messy_texts = st.one_of(
    st.text(alphabet=SIGNS, max_size=120),
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            [
                "وقال",
                "د.",
                "أ.ف.ب",
                "14.5",
                "..",
                "«نعم.»",
                '."',
                "شاهد أيضاً",
                "\n",
                "\n\n",
                " ",
                "كلمة",
                "؟",
                ".",
                "(!)",
                "سمات",
                "المزيد",
                "www.a.b",
                PARAGRAPH,
            ]
        ),
        max_size=30,
    ).map("".join),
)


@given(messy_texts)
def test_every_sign_that_is_no_white_space_lies_in_exactly_one_sentence(text: str) -> None:
    covered = [0] * len(text)
    for sentence in segment(text):
        for offset in range(sentence.span.start, sentence.span.end):
            covered[offset] += 1
    assert all(n == 1 or (n == 0 and c.isspace()) for n, c in zip(covered, text, strict=True))


@given(messy_texts)
def test_sentences_come_in_order_and_without_outer_white_space(text: str) -> None:
    past = 0
    for sentence in segment(text):
        found = sentence.span.of(text)
        assert past <= sentence.span.start
        assert found == found.strip()
        past = sentence.span.end


@given(messy_texts)
def test_the_same_text_gives_the_same_sentences_and_pieces(text: str) -> None:
    assert segment(text) == segment(text)
    assert [(s.span.start, s.span.end, s.kind) for s in segment(text)] == list(pieces(text))


@given(messy_texts)
def test_a_line_end_is_never_crossed_by_words(text: str) -> None:
    for sentence in segment(text):
        lines = [line for line in sentence.span.of(text).split("\n") if line.strip()]
        assert sum(any(c.isalnum() for c in line) for line in lines) <= 1


actors = st.sampled_from(["الناطق", "شاهد عيان", "د. سامر حلاق", "«لواء الساحل»", "أ.ف.ب"])
claims = st.sampled_from(
    [
        "إن القصف طال 14.5 كيلومترا من الطريق",
        "إن المعبر (الذي أغلق أمس) سيفتح قريبا",
        "إن الهدنة... كما وصفها... هشة",
        "إن الخبر الذي نشره www.example.org صحيح",
        "إن “غرفة العمليات” أمرت بالانسحاب",
    ]
)
ends = st.sampled_from([".", " .", "!", "؟", "؟!", "…!", ".\u200f"])
sentences = st.builds(lambda who, what, end: f"وقال {who} {what}{end}", actors, claims, ends)


@given(st.lists(sentences, min_size=1, max_size=12), st.sampled_from([" ", "\n", "\r\n", "\n\n"]))
def test_well_formed_sentences_are_found_again_however_they_are_joined(
    whole: list[str], joint: str
) -> None:
    text = joint.join(whole)
    assert [s.span.of(text) for s in segment(text)] == whole


@given(messy_texts, messy_texts)
def test_a_paragraph_does_not_change_the_boundaries_of_the_lines_above(a: str, b: str) -> None:
    above = f"{PARAGRAPH}\n{a}\n{PARAGRAPH}"
    whole = [s.span for s in segment(f"{above}\n{PARAGRAPH}\n{b}")]
    alone = [s.span for s in segment(above)]
    assert whole[: len(alone)] == alone


UNITS = {
    "quotes": '"',
    "opened": "«",
    "closed": ".»",
    "dots": ".",
    "spaced dots": ". ",
    "glued quotes": '."ا',
    "marks": "\u064e",
    "dotted marks": ".\u064e",
    "spaces": " " * 50 + ".",
    "initials": "د. ",
    "chains": "أ.ب.",
    "decimals": "1.",
    "brackets": "(؟)",
    "one bracket": "؟)",
    "ellipses": "كلمة .. ",
    "signs": ". / ",
    "lines": "سطر قصير\n",
    "heads": "شاهد أيضاً\n",
    "tags": "سمات كلمة ",
    "no space": "كلمة",
}


def calls_made(work: Callable[[], object]) -> int:
    """How many Python and C functions the work calls: the same on every machine."""
    count = 0

    def note(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_four_times_the_text_takes_four_times_the_steps(unit: str) -> None:
    def steps(size: int) -> int:
        text = "بدأ السطر هنا " + unit * (size // len(unit)) + " وانتهى هنا."
        return calls_made(lambda: list(pieces(text)))

    assert steps(8_000) <= 4.4 * steps(2_000) + 200


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_many_signs_of_one_kind_take_linear_time(unit: str) -> None:
    def best(size: int) -> float:
        text = "بدأ السطر هنا " + unit * (size // len(unit)) + " وانتهى هنا."
        times = []
        for _ in range(3):
            start = time.process_time()
            for _piece in pieces(text):
                pass
            times.append(time.process_time() - start)
        return min(times)

    # a quadratic step anywhere would make this ratio 64
    assert best(400_000) <= 20 * (best(50_000) + 0.001)
