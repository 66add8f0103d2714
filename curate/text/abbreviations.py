"""Tell a full stop inside a number, initial, abbreviation or address from one that ends."""

from __future__ import annotations

import re

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_STRIP = re.compile(f"[{_MARKS}]+")
_APART = re.compile(r"[\s()\[\]{}«»“”„\"'‘’،,؛;:/\\|–—-]")
_LATIN_TAIL = re.compile(r"[!-~]{1,24}\Z")
_NEXT_WORD = re.compile(rf"[\w{_MARKS}]{{1,24}}+")


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _words("د ا أ م")
"""Doctor, professor, engineer: a name follows."""

_COUNTED = _words("م ه ق كم كلم سم مم كجم كغ كلغ")
"""After a number these are a unit or an era, and the stop is a stop."""

_GRADES = _words("المجموعة مجموعة الفئة فئة فيتامين الدرجة درجة الحرف حرف النوع نوع الفصيلة")
"""After these a single letter is a name of its own, and the stop is a stop."""

_SPELLED_LETTERS = _words(
    "إيه ايه أيه بي سي دي إي اي آي إف اف جي إتش اتش جيه كيه كي إل ال إم ام إن ان أو او كيو آر ار"
    " إس اس تي يو في دبليو إكس اكس واي زد"
)
"""Latin letters as Arabic spells them: `دي.إيه.إن`."""

_LONG_LETTERS = frozenset(word for word in _SPELLED_LETTERS if len(word) > 2)

_LATIN_TITLES = _words(
    "mr mrs ms dr st prof gen col sgt lt capt maj cpl sen rep gov rev hon no vs vol pp fig nr"
)
_LATIN_ENDINGS = _words("inc ltd co corp jr sr bros etc al e.g i.e a.m p.m")
_AND = frozenset("وف")


def is_plain(text: str, at: int) -> bool:
    """Whether a full stop stands between an Arabic word and a blank and a letter: it ends.

    Nine stops in ten do; this is how they are told fast. Needs three signs before, two behind.
    """
    word = text[at - 3 : at]
    return (
        text[at] == "."
        and text[at + 1] == " "
        and word.isalpha()
        and word[2] > "\x7f"
        and text[at + 2].isalpha()
        and word not in _LONG_LETTERS
    )


def abbreviates(text: str, at: int, after: int, sentence: int) -> bool:
    """Whether the single full stop at `at` does not end the sentence that began at `sentence`.

    `after` is where the next visible sign stands.
    """
    before = text[at - 1] if at > sentence else ""
    following, glued = text[after], after == at + 1
    initial = glued and before.isalpha() and following.isalpha() and following != "و"
    if initial and len(_next_word(text, after)) == 1:
        return True
    if not before or before.isspace():
        return glued and following.isascii() and following.isalnum() and not following.isdigit()
    if glued and before.isdigit() and following.isdigit():
        return True
    if glued and _latin(before) and _latin(following):
        return True
    return _shortens(text, at, after, sentence, glued=glued)


def _latin(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign in "_@%&=")


def _shortens(text: str, at: int, after: int, sentence: int, *, glued: bool) -> bool:
    """Whether the word before the stop is shortened by it."""
    word, start = _word_before(text, at, sentence)
    if not word:
        return False
    if word.isdigit():
        return start == sentence and len(word) < 4
    latin = _LATIN_TAIL.search(word)
    if latin is not None:
        return _latin_shortens(latin[0], text, after)
    if len(word) == 1:
        return _initial(word, text, start, after, sentence, glued=glued)
    if word in _SPELLED_LETTERS:
        return _spells(text, at, after, sentence)
    parts = word.split(".")
    if len(parts) > 1 and all(len(part) == 1 or part in _SPELLED_LETTERS for part in parts):
        return glued or text[after] not in _AND
    return False


def _word_before(text: str, at: int, sentence: int) -> tuple[str, int]:
    """The word that ends at `at`, dots within it included, and where it starts."""
    window = text[max(sentence, at - 24) : at]
    start = 0
    for apart in _APART.finditer(window):
        start = apart.end()
    return _STRIP.sub("", window[start:]), at - len(window) + start


def _initial(word: str, text: str, start: int, after: int, sentence: int, *, glued: bool) -> bool:
    """Whether a single Arabic letter before a stop is a title or an initial."""
    previous, _ = _word_before(text, max(start - 1, sentence), sentence)
    if previous in _GRADES:
        return False
    if word in _COUNTED and previous[-1:].isdigit():
        return False
    following = _next_word(text, after)
    if glued or word in _TITLES or len(following) == 1:
        return True
    return following[:1] not in _AND


def _latin_shortens(word: str, text: str, after: int) -> bool:
    """Whether a Latin word before a stop is an initial or an abbreviation."""
    following = text[after]
    last = word.rsplit(".", 1)[-1].lower()
    if following.isascii() and following.islower():
        return True
    if last in _LATIN_TITLES:
        return True
    if word.lower() in _LATIN_ENDINGS or (len(last) == 1 and last.isalpha()):
        return following not in _AND
    return False


def _spells(text: str, at: int, after: int, sentence: int) -> bool:
    """Whether a spelled letter is one of several, as in `بي.بي.سي`, or names a type: `إف.16`."""
    word, start = _word_before(text, at, sentence)
    if word.rsplit(".", 1)[-1] not in _SPELLED_LETTERS:
        return False
    if _next_word(text, after) in _SPELLED_LETTERS or (after == at + 1 and text[after].isdigit()):
        return True
    previous, _ = _word_before(text, max(start - 1, sentence), sentence)
    spelled = previous[-1:] == "." and previous[:-1] in _SPELLED_LETTERS
    return (spelled or "." in word) and text[after] not in _AND


def _next_word(text: str, after: int) -> str:
    found = _NEXT_WORD.match(text, after)
    return _STRIP.sub("", found[0]) if found else ""
