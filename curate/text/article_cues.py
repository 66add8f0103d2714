"""Signs that a new article begins at a line, each with its weight in points.

News leads are told from later paragraphs by their first word: in a collection of 1,410 reports a
bare past-tense verb of reporting or of violence opened half of all leads and one later paragraph
in two hundred, and `و` opened one lead in twenty and three quarters of the later paragraphs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from curate.model.document import SentenceKind
from curate.text.boilerplate import Cue, begins_with_dateline, cue_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from curate.text.lines import Line

Kinded = tuple["Line", SentenceKind]

_TASHKEEL = re.compile(r"[\u064b-\u0652\u0640]+")
_WORD = re.compile(r"[^\W\d_][\w\u064b-\u0652\u0640]{0,23}+")
_RULE = re.compile(r"([-=_*#~ـ—–.•+])(?:\s?\1){4,}\s?")
_STARS = re.compile(r"[*#=~_-](?:\s?[*#=~_-]){1,3}")

_READ = 1500
"""So much of a paragraph is read for its words and quotation marks, in code points."""

_LONG_WORD = re.compile(
    r"(?<![ء-ي])(?:(?:وال|بال|فال|كال|ال|لل|و|ب|ل|ف)(?=[ء-ي]{4}))?+([ء-ي]{4,5})[ء-ي]*+"
)
"""A longer word: its first five letters, prefixes aside."""


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SURE_LEADS = _words(
    "قتل قتلت أعلن أعلنت أفاد أفادت كشفت صرح صرحت لقي لقيت شن شنت قصف قصفت سيطر سيطرت أصيب أصيبت"
    " خطف خطفت سقط سقطت تبنى تبنت نفذ نفذت اتهم اتهمت هز هزت استعاد استعادت قالت تمكنت أدان أدانت"
)
_LEADS = _words(
    "أكد أكدت كشف دعا دعت تمكن بدأ بدأت استنكر استنكرت ذكر ذكرت تلقى تلقت شهد شهدت"
    " وصف وصفت واصل واصلت ندد نددت نفى نفت طالب طالبت أطلق"
    " أطلقت نشر نشرت قرر قررت تواصل تواصلت حقق حققت استشهد استشهدت"
    " تبادل تبادلت استقبل استكمل استكملت أحكم أحكمت استهدف استهدفت أحرز أحرزت تعرض تعرضت نجح نجحت"
    " فتح فتحت ارتفع ارتفعت اندلع اندلعت انفجر انفجرت فجر اغتال اغتيل اعتقل اعتقلت أوقف أوقفت ضبط"
    " ضبطت قال أعرب أعربت استأنف استأنفت وصل وصلت عاد عادت حذر حذرت هاجم هاجمت اقتحم اقتحمت"
    " دمر دمرت نزح وقع وقعت تظاهر خرج أقدم أقدمت توصل توصلت أسفر أسفرت تجدد تجددت احتجز احتجزت"
    " حاصر حاصرت سلم سلمت انسحب انسحبت تقدم تقدمت أحبط أحبطت رفض رفضت وافق وافقت بحث التقى"
)
_GOING_ON = _words(
    "كما أما إلى الى لكن فيما بينما إلا غير كذلك يذكر يشار يأتي تأتي بدوره بدورها يقول تقول يضيف"
    " تضيف يتابع ثم أيضا هذا هذه ذلك إن أن لقد فقد هنا هناك ميدانيا سياسيا حتى بل وعليه بالمقابل"
    " بالتزامن كان كانت هو هي هم عليه لذا لذلك خصوصا علما وإذا يتوقع يرى ترى"
)
_AND_WORDS = _words(
    "وزير وزيرة وزراء وزارة وفد وفاة وقف وصول وحدات ولي وكالة وكيل وسائل والد والدة وثائق وثيقة"
    " ولاية وسط واشنطن وساطة ورشة وباء وعد وحدة وجود وصلت وصل وصف وصفت وقع وقعت واصل واصلت"
    " وافق وافقت وجه"
)
_TURNS = re.compile(
    r"(?:من|في|على|وفي|ومن|وعلى)\s(?:جهت|جانب|ناحيت|غضون|سياق|صعيد|الجانب|المقابل|هذا|هذه|ذلك"
    r"|حين|حال|الوقت|وقت|ال?جهة|أخرى|غير|المقرر|المتوقع|بينهم|أجل|خلال|ظل)"
)


class Sign(NamedTuple):
    """One cue: what it is called to the user and how many points it gives or takes."""

    name: str
    points: float


_GOES_ON = Sign("the paragraph goes on from the one above", -3.5)
"""So weighty that without a blank line or a title no other signs can make up for it."""


def signs_at(
    text: str, before: Sequence[Kinded], line: Line, kind: SentenceKind, after: Sequence[Kinded]
) -> list[Sign]:
    """The signs for and against an article that begins with `line`.

    `before` are the lines above, the nearest last; `after` those below, the nearest first.
    """
    if kind is SentenceKind.BODY and not line.gap and goes_on(text, line):
        return [_GOES_ON]
    lead, rest = _lead(line, kind, after)
    signs = [*_signs_above(text, before), *_signs_of_gaps(before, line, rest)]
    if kind is SentenceKind.TITLE:
        signs += _signs_of_title(text, line, after)
    if lead is not None:
        signs += _signs_of_lead(text, lead, rest)
        signs += _signs_of_standing_out(text, before, lead)
    signs += _signs_of_quotes(text, before, lead, rest)
    if lead is not None and sum(sign.points for sign in signs) > 0:
        above = [other for other, what in before if what is SentenceKind.BODY][-4:]
        signs += _signs_of_words(text, above, [lead, *rest[:2]])
    return signs


def _lead(
    line: Line, kind: SentenceKind, after: Sequence[Kinded]
) -> tuple[Line | None, list[Line]]:
    """The first paragraph of the would-be article and the paragraphs below it."""
    body = [other for other, what in after if what is SentenceKind.BODY]
    if kind is SentenceKind.BODY:
        return line, body
    return (body[0], body[1:]) if body else (None, [])


def _signs_above(text: str, before: Sequence[Kinded]) -> list[Sign]:
    above, kind = before[-1]
    if kind is SentenceKind.BODY:
        return [] if above.stopped else [Sign("the paragraph above is not finished", -0.5)]
    if kind is not SentenceKind.BOILERPLATE:
        return []
    if _RULE.fullmatch(text, above.start, above.end):
        return [Sign("a separator line", 2)]
    if _STARS.fullmatch(text, above.start, above.end):
        return [Sign("a separator line", 0.5)]
    return [Sign("scraped matter closes the article above", 1)]


def _signs_of_gaps(before: Sequence[Kinded], line: Line, rest: Sequence[Line]) -> list[Sign]:
    """What blank lines say: they count where the text around them has fewer."""
    above = _gaps_above(before)
    below = [other.gap for other in rest[:3]]
    wider_above = bool(above) and line.gap > max(above)
    wider_below = bool(below) and line.gap > max(below)
    if wider_above and wider_below:
        return [Sign("a wider gap than elsewhere", 2.5)]
    if len(above) > 1 and wider_above:
        return [Sign("the first blank line for a while", 2.5)]
    if len(below) > 1 and wider_below and max(below) == 0:
        return [Sign("the last blank line for a while", 2)]
    if line.gap and line.gap < max([*above, *below], default=0):
        return [Sign("a narrower gap than elsewhere", -0.5)]
    return []


def _gaps_above(before: Sequence[Kinded]) -> list[int]:
    """The gaps between the paragraphs above, back to the last title."""
    gaps: list[int] = []
    for line, kind in reversed(before):
        if kind is SentenceKind.TITLE:
            return gaps[:-1]
        if kind is SentenceKind.BODY:
            gaps.append(line.gap)
    return gaps


def _signs_of_title(text: str, line: Line, after: Sequence[Kinded]) -> list[Sign]:
    signs = []
    if text.count(" ", line.start, line.end) >= 4:
        signs.append(Sign("a title", 2))
    bylines = [other for other, _ in after[:2] if _is_byline(text, other)]
    if bylines or _is_byline(text, line):
        signs.append(Sign("a byline", 1.5))
    return signs


def _is_byline(text: str, line: Line) -> bool:
    return cue_of(text, line.start, line.end) is Cue.BYLINE


def _signs_of_lead(text: str, lead: Line, rest: Sequence[Line]) -> list[Sign]:
    signs = []
    if begins_with_dateline(text, lead.start, lead.end):
        signs.append(Sign("a dateline", 1.5))
    first = _first_word(text, lead)
    if first in _SURE_LEADS:
        signs.append(Sign("the opening of a news report", 2.5))
    elif first in _LEADS:
        signs.append(Sign("the opening of a news report", 1.5))
    elif goes_on(text, lead):
        signs.append(_GOES_ON)
    if rest and goes_on(text, rest[0]):
        signs.append(Sign("the next paragraph goes on from it", 0.5))
    return signs


def _signs_of_standing_out(text: str, before: Sequence[Kinded], lead: Line) -> list[Sign]:
    """Whether a news lead stands below a row of paragraphs that all lean on one another."""
    above = [line for line, kind in before if kind is SentenceKind.BODY][-4:]
    if len(above) < 3 or _first_word(text, lead) not in _SURE_LEADS | _LEADS:
        return []
    if all(goes_on(text, line) for line in above):
        return [Sign("it stands out from the paragraphs above", 1.5)]
    return []


def _first_word(text: str, line: Line) -> str:
    found = _WORD.search(text, line.start, min(line.end, line.start + 40))
    return _TASHKEEL.sub("", found[0]) if found else ""


def goes_on(text: str, line: Line) -> bool:
    """Whether a paragraph begins with a word that leans on an earlier one: `وقال`, `كما`."""
    first = _first_word(text, line)
    if first in _GOING_ON or _TURNS.match(text, line.start, line.end):
        return True
    return (
        first[:1] in ("و", "ف")
        and len(first) > 2
        and first not in _AND_WORDS
        and first not in _LEADS
    )


def _signs_of_words(text: str, above: Sequence[Line], below: Sequence[Line]) -> list[Sign]:
    """Whether the paragraphs below speak of other things than those above.

    The share of common words is .17 and more in three quarters of the places inside an article,
    and .11 or less in three quarters of the places between two articles on war in one month.
    """
    first, second = _vocabulary(text, above), _vocabulary(text, below)
    fewest = min(len(first), len(second))
    if fewest < 12:
        return []
    share = len(first & second) / fewest
    if share <= 0.11:
        return [Sign("other words", 1.5 if share <= 0.075 else 1)]
    if share >= 0.2:
        return [Sign("the same words", -1)]
    return []


def _vocabulary(text: str, paragraphs: Sequence[Line]) -> set[str]:
    """The beginnings of the longer words in the first lines of the paragraphs."""
    words: set[str] = set()
    for line in paragraphs:
        part = text[line.start : min(line.end, line.start + _READ)]
        words.update(_LONG_WORD.findall(_TASHKEEL.sub("", part)))
    return words


def _signs_of_quotes(
    text: str, before: Sequence[Kinded], lead: Line | None, rest: Sequence[Line]
) -> list[Sign]:
    """Whether the paragraphs above and below use other quotation marks."""
    body = [line for line, kind in before if kind is SentenceKind.BODY][-4:]
    above = _quotes(text, body)
    below = _quotes(text, [line for line in [lead, *rest[:2]] if line is not None])
    if above and below and not above & below:
        return [Sign("other quotation marks", 1.5)]
    return []


def _quotes(text: str, paragraphs: Sequence[Line]) -> set[str]:
    """The kinds of quotation marks in use: one letter for each kind."""
    kinds = {"g": "«»", "c": "“”", "s": '"'}
    return {
        kind
        for kind, marks in kinds.items()
        for line in paragraphs
        if any(
            text.find(mark, line.start, min(line.end, line.start + _READ)) >= 0 for mark in marks
        )
    }
