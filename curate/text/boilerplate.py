"""How scraped matter around an article words itself: share lines, tags, lists of other articles.

Phrases are written bare here and match any spelling: with or without hamza, tashkeel and tatweel,
ة or ه, ى or ي, any white space between words.
"""

from __future__ import annotations

import re
from enum import Enum

_MARKS = "\u0640\u064b-\u065f\u0670\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c"
_BLANK = rf"[ \t\xa0\u2000-\u200a\u202f{_MARKS}]"
_SPELLINGS = {
    "ا": "[اأإآٱ]",
    "ه": "[هة]",
    "ة": "[هة]",
    "ى": "[ىي]",
    "ي": "[يىئ]",
    "و": "[وؤ]",
    "ء": "[ءئ]",
}


class Cue(Enum):
    """What the wording of a line alone says about it."""

    NONE = "none"
    LINE = "line"
    """Scraped matter: a share line, a tag list, a copyright note."""
    HEAD = "head"
    """The head of a list of other articles: what follows are titles and teasers."""
    BYLINE = "byline"
    """Place, agency or author, if it stands before the first paragraph."""


def _spelled(phrases: str) -> str:
    """Any of the bare phrases (separated by `|`) in any spelling, as a regular expression."""
    options = []
    for phrase in phrases.split("|"):
        words = (
            "".join(f"{_SPELLINGS.get(sign, re.escape(sign))}[{_MARKS}]*+" for sign in word)
            for word in phrase.split()
        )
        options.append(rf"{_BLANK}++".join(words))
    return "(?:" + "|".join(options) + ")"


_HEADS = _spelled(
    "شاهد ايضا|شاهدوا ايضا|اقرا ايضا|اقراوا ايضا|اقرئي ايضا|اقرا كذلك|طالع ايضا|تابع ايضا"
    "|قد يعجبك ايضا|ربما يعجبك ايضا|قد يهمك|قد يهمك ايضا|اخترنا لك|اخترنا لكم|نرشح لك|نوصي بقراءة"
    "|ذات صلة|مواضيع ذات صلة|موضوعات ذات صلة|اخبار ذات صلة|مقالات ذات صلة|روابط ذات صلة"
    "|مواضيع متعلقة|موضوعات متعلقة|اخبار متعلقة|مقالات متعلقة|مواضيع مشابهة|مقالات مشابهة"
    "|مقالات اخرى للكاتب|مقالات اخرى|اخبار اخرى|مواد ذات صلة|المقالات ذات الصلة|الاخبار ذات الصلة"
    "|الاكثر قراءة|الاكثر مشاهدة|الاكثر تداولا|الاكثر تعليقا|اخر الاخبار|احدث الاخبار"
    "|احدث المقالات|اخبار مشابهة|مقالات قد تهمك|مواضيع قد تهمك|اقرا المزيد عن|المزيد من الاخبار"
    "|المزيد حول هذه القصة|المزيد عن|في هذا الملف|من نفس القسم|المقال السابق|المقال التالي"
)
_LINE_STARTS = _spelled(
    "رابط الخبر|رابط مختصر|الرابط المختصر|الرابط المختصر للمقال|رابط المقال"
    "|تابعونا على|تابعنا على|تابعوا اخبارنا|تابعوا صفحتنا|انضم الى قناتنا|انضموا الى قناتنا"
    "|اشترك في|اشترك الان|اشتركوا في|سجل في النشرة|النشرة البريدية|حمل التطبيق|حملوا تطبيق"
    "|شارك الخبر|شارك هذا|شارك المقال|شارك الموضوع|شارك على|شاركها|شارك عبر|انشر الخبر"
    "|مشاركة على|مشاركة عبر|مشاركة الخبر|مشاركة المقال|ارسل الى صديق|ارسال الى صديق|نسخ الرابط"
    "|الكلمات المفتاحية|الكلمات الدلالية|كلمات مفتاحية|كلمات دلالية|كلمات دالة|الوسوم|وسوم|تاغات"
    "|جميع الحقوق محفوظة|كافة الحقوق محفوظة|كل الحقوق محفوظة|الحقوق محفوظة|حقوق النشر|حقوق الطبع"
    "|للتواصل مع الكاتب|للتواصل ارسل|لمراسلة الكاتب|عدد المشاهدات|عدد القراءات|عدد الزيارات"
    "|لمتابعة اخر الاخبار|لمزيد من الاخبار|لقراءة المزيد|لقراءة المقال|لمشاهدة المزيد|للمزيد من"
    "|اترك تعليقا|اضف تعليقا|اضف تعليق|اكتب تعليقا|لا توجد تعليقات|لن يتم نشر عنوان بريدك"
    "|تاريخ النشر|اخر تحديث|تم النشر في|نشر في|نشر بتاريخ|تم التحديث"
)
_LINE_WORDS = _spelled(
    "المزيد|اقرا المزيد|للمزيد|طباعة|حفظ|مشاركة|شارك|ارسال|نسخ|التعليقات|تعليقات|تعليق|انتهى"
    "|فيسبوك|فيس بوك|تويتر|واتساب|واتس اب|تلغرام|تليغرام|تلجرام|تيليجرام|انستغرام|انستجرام"
    "|لينكدان|لينكد ان|يوتيوب|ماسنجر|بنترست|بينتيريست|البريد الالكتروني|بريد الكتروني"
    "|السابق|التالي|الرئيسية|ارشيف|صورة ارشيفية|جوجل|غوغل|تمبلر|ايميل"
)
_LATIN_WORDS = (
    "(?i:facebook|twitter|whats ?app|telegram|instagram|linked ?in|youtube|messenger|pinterest"
    "|tumblr|reddit|email|e-mail|print|share|tweet|next|previous|tags?|google\\+?|x|rss|sms)"
)
_TOPICS = _spelled("سمات|الوسوم|وسوم|الكلمات المفتاحية|الكلمات الدلالية|كلمات مفتاحية|كلمات دلالية")
_LINKS = _spelled("اقرا ايضا|شاهد ايضا|اقرا المزيد|طالع ايضا|للمزيد")
_WIRES = _spelled(
    "متابعات|متابعة|وكالات|الوكالات|خاص|رويترز|واس|سانا|وام|بترا|قنا|كونا|وفا|معا|الاناضول|سبوتنيك"
    "|ا ف ب|ا.ف.ب|د ب ا|د.ب.ا|ا ب|ا ش ا|فرانس برس|مراسلنا|مراسلون|القسم السياسي|هيئة التحرير"
)
_ROLES = _spelled("بقلم|كتب|كتبت|تقرير|تحرير|ترجمة|اعداد|مراسل|مكتب")
_MEDIA = _spelled("اليوم|الوطن|الحياة|الشرق الاوسط|نيوز|نت|برس|اونلاين|تي في|بوست|الان|صحيفة|وكالة")
_PLACES = _spelled(
    "دمشق|حلب|حمص|حماة|ادلب|درعا|الرقة|دير الزور|الحسكة|القامشلي|اللاذقية|طرطوس|السويداء"
    "|القنيطرة|منبج|عفرين|اعزاز|الباب|تدمر|الغوطة|بغداد|الموصل|البصرة|كركوك|اربيل|الانبار"
    "|الرمادي|الفلوجة|النجف|كربلاء|السليمانية|ديالى|بيروت|طرابلس|صيدا|عمان|القدس|غزة|رام الله"
    "|الرياض|جدة|مكة|المدينة|الدمام|ابها|عسير|جازان|نجران|الكويت|الدوحة|المنامة|ابوظبي"
    "|ابو ظبي|دبي|مسقط|صنعاء|عدن|تعز|مارب|الحديدة|القاهرة|الاسكندرية|العريش|الخرطوم|بنغازي"
    "|مصراتة|تونس|الجزائر|الرباط|نواكشوط|مقديشو|انقرة|اسطنبول|طهران|كابل|كابول|اسلام اباد"
    "|موسكو|واشنطن|نيويورك|لندن|باريس|برلين|جنيف|بروكسل|سوريا|العراق|لبنان|اليمن|مصر|ليبيا"
    "|السودان|الاردن|فلسطين|ديار بكر"
)

_HEAD = re.compile(rf"\W*+{_HEADS}\W*+\Z")
_LINE = re.compile(
    rf"\W*+(?:{_LINE_STARTS}(?!\w)|{_spelled('مقالات اخرى للكاتب')}|{_LINKS}{_BLANK}*+[:：»>]"
    rf"|(?:(?:{_LINE_WORDS}|{_LATIN_WORDS}|\d++)(?!\w)\W*+)++\Z"
    rf"|{_spelled('الرئيسية|الصفحة الرئيسية|انت هنا')}{_BLANK}*+[»›>/|:]"
    r"|(?:©|\(c\)|(?i:copyright|all rights reserved))"
    r"|\d{1,2}:\d\d\s++ت\s++م\Z"
    r"|[\w.+-]++@[\w-]++(?:\.[\w-]++)++\W*+\Z"
    r"|(?:https?://|www\.)\S++\Z)"
)
_TEASER_END = re.compile(rf"[\[(]\s?(?:…|\.\.\.?)\s?[\])]\W{{0,3}}\Z|(?:…|\.\.\.?)\s?{_LINKS}\Z")
_NAMES = rf"[^\W\d]++(?:{_BLANK}++[^\W\d]++){{0,2}}+"
_DASH = rf"{_BLANK}*+[-–—ـ|/]{{1,2}}{_BLANK}*+"
_BYLINE = re.compile(
    rf"{_NAMES}{_DASH}(?:{_PLACES}(?:[/،]{_BLANK}*+{_PLACES})?|{_WIRES}|{_ROLES}{_BLANK}{_NAMES}"
    rf"|(?:[^\W\d]++{_BLANK}++)?{_MEDIA})\W*+\Z"
    rf"|(?:[^\W\d]++{_BLANK}++)?{_MEDIA}{_BLANK}++[-–—ـ|/]{{1,2}}{_BLANK}++{_NAMES}\W*+\Z"
    rf"|{_WIRES}\W*+\Z|{_ROLES}{_BLANK}*+[:/-]{_BLANK}*+{_NAMES}\Z|{_spelled('بقلم')}{_BLANK}{_NAMES}\Z"
    rf"|(?:[^\W\d]++{_BLANK}){{1,3}}\d{{1,2}}\W.{{0,40}}{_spelled('الموافق')}.{{0,40}}\Z"
)
_DATELINE = re.compile(
    rf"{_NAMES}{_BLANK}*+[-–—ـ/(]++{_BLANK}*+«?{_WIRES}(?!\w)"
    rf"|{_NAMES}{_BLANK}*+[-–—ـ]{{1,2}}{_BLANK}*+{_NAMES}{_BLANK}*+:"
    rf"|{_PLACES}{_BLANK}*+[-–—ـ:]{{1,2}}(?=\s)"
)
_TAIL = re.compile(
    rf"\W{{0,3}}(?:{_spelled('رابط الخبر|جميع الحقوق محفوظة|للتواصل مع الكاتب')}(?!\w)"
    rf"|{_LINKS}{_BLANK}*+[:：]"
    rf"|{_TOPICS}{_BLANK}++[^.!?؟،:]{{2,160}}\Z)"
)

_LONGEST = 300
"""No line longer than this is scraped matter by its wording."""


def cue_of(text: str, start: int, end: int) -> Cue:
    """What the line `text[start:end]`, which has no white space around it, is by its wording."""
    if end - start > _LONGEST:
        return Cue.NONE
    if _HEAD.match(text, start, end):
        return Cue.HEAD
    if _LINE.match(text, start, end):
        return Cue.LINE
    tail = text[max(start, end - 24) : end]
    if ("…" in tail or ".." in tail) and _TEASER_END.search(tail):
        return Cue.LINE
    if end - start <= 90 and _BYLINE.match(text, start, end):
        return Cue.BYLINE
    return Cue.NONE


def begins_with_dateline(text: str, start: int, end: int) -> bool:
    """Whether a paragraph begins with place and agency or author."""
    return _DATELINE.match(text, start, min(end, start + 90)) is not None


def is_tail(text: str, start: int, end: int) -> bool:
    """Whether the rest of a line, from a sentence's start on, is scraped matter hung on to it."""
    if end - start > _LONGEST:
        return False
    return _TAIL.match(text, start, end) is not None
