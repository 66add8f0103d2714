"""Words that show whether a new sentence begins: after dots, and after a closed quotation."""

from __future__ import annotations

import re

_WORD = re.compile(r"[\w\u064b-\u0652]{1,24}+")
_APART = re.compile(r"[ \xa0](\w{1,24}+)")
_TASHKEEL = re.compile(r"[\u064b-\u0652]+")


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_STARTERS = _words(
    "هذا هذه ذلك تلك هؤلاء هناك لقد قد إن إنه إنها إنهم إنني إننا نحن أنا هو هي هم أنت لم لن لا"
    " ليس ليست ليسوا ماذا كيف لماذا هل أليس متى أين كنا كان كانت كانوا كنت أما يجب علينا لدينا لدي"
    " قلت قلنا قال قالت قالوا فقد لذلك لهذا لذا حسنا نعم شكرا الآن أعتقد أظن أريد أردت سوف عندما"
    " حين بعدها حينها هكذا"
    " لأن إذا لو ربما لكن لكنه لكنها لكنهم لكننا لكنني اللهم يقول يرى يؤكد يضيف"
    " يتابع يوضح يشير يذكر يحذر يتوقع يعتقد يواصل"
)
"""With or without `و` or `ف` before them, they begin a sentence of their own."""

_AFTER_AND = _words(
    "أضاف أضافت أكد أكدت أوضح أوضحت أشار أشارت ذكر ذكرت أعلن أعلنت كشف كشفت تابع تابعت أفاد أفادت"
    " نقل نقلت كتب كتبت غرد صرح زاد استطرد لفت نفى بين شدد دعا طالب حذر اعتبر رأى رد ردت سبق سبقت"
    " وقع قتل قتلت أصيب تبنى تبنت بعد في من على عن بحسب حسب وفق بدأ بدأت تم"
)
"""After `و` or `ف` they begin a sentence."""

_FUTURE = re.compile(r"[وف]?س[أيتن]\w{3,}\Z")
_PRESENT = re.compile(r"وي\w{3,}\Z")
_SHE_DID = re.compile(r"(?!ال|و|ب|ل)\w{2,}[^اوي\W]ت\Z")

_SPEAKER = re.compile(r"(?:[^\W\d]{2,20}+ ?){1,2}:(?=[ \xa0«“\"])|بعد ذلك\b")
"""Who speaks next, or a turn of the tale."""

_ATTRIBUTES = _words(
    "مؤكد موضح مشير معلن لافت مضيف مبين مشدد معتبر محذر معرب معبر مطالب داعي متهم منوه مبرز متابع"
    " واصف قائل متسائل ناقل زاعم منتقد مستنكر مذكر مرجح متوقع كاشف نافي مستشهد مستدرك مردف مستطرد"
)
_RELATIVES = _words("الذي التي الذين اللذين اللتين اللواتي")


def begins_anew(text: str, at: int, limit: int) -> bool:
    """Whether the word at `at` plainly begins a sentence: if in doubt, it does not."""
    found = _WORD.match(text, at, limit)
    if found is None:
        return False
    if _SPEAKER.match(text, at, limit):
        return True
    word = _TASHKEEL.sub("", found[0])
    if word == "و":
        apart = _APART.match(text, found.end(), limit)
        word += apart[1] if apart else ""
    if word in _STARTERS or _FUTURE.match(word) or _PRESENT.match(word) or _SHE_DID.match(word):
        return True
    return word[0] in "وف" and (word[1:] in _STARTERS or word[1:] in _AFTER_AND)


def hangs_on(text: str, at: int, limit: int) -> bool:
    """Whether the word at `at` cannot begin a sentence: “saying …”, “which …”."""
    found = _WORD.match(text, at, limit)
    if found is None:
        return False
    word = _TASHKEEL.sub("", found[0])
    return word in _RELATIVES or word.rstrip("ا").removesuffix("ة") in _ATTRIBUTES
