"""Cut a text that holds several articles run together into its articles: exact slices of it.

No single sign is believed. Each place where an article may begin collects points for titles,
datelines, the wording of news leads, blank lines where there are none elsewhere, a change of
quotation marks, scraped matter above; and loses them where a paragraph leans on the one above. If
in doubt the text stays whole. Titles and scraped matter stay in the article they belong to.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from curate.model.document import SentenceKind
from curate.model.span import Span
from curate.text.article_cues import Kinded, Sign, signs_at
from curate.text.lines import classified, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ENOUGH = 4.5
"""The points that make the beginning of an article."""

_COMPANY = 1.5
"""Points for a text of which another article is certain already."""

_LEAST_ARTICLE = 200
"""Code points of body text without which nothing above counts as an article."""

_ABOVE, _BELOW = 8, 6
"""How many lines around a place are looked at."""


class Splitting(StrEnum):
    """How a text is cut into articles."""

    AUTO = "auto"
    NEVER = "never"
    BLANK_LINES = "blank-lines"
    """At every blank line; a title stays with the paragraph below it."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a text, and the cues by which its beginning was found (none at the top)."""

    span: Span
    cues: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """The cues in words, the weightiest first."""
        return ", ".join(self.cues)


class _Place(NamedTuple):
    """Where an article may begin; `body` counts the body text of the whole text above."""

    start: int
    body: int
    points: float
    cues: tuple[str, ...]


def split_articles(
    text: str, how: Splitting = Splitting.AUTO, *, separator: str | None = None
) -> tuple[Span, ...]:
    """The spans of `articles`, without the cues."""
    return tuple(article.span for article in articles(text, how, separator=separator))


def articles(
    text: str, how: Splitting = Splitting.AUTO, *, separator: str | None = None
) -> tuple[Article, ...]:
    """Cut the text into articles; none if it holds nothing but white space.

    `separator` is a line that stands between articles, whatever `how` says; it belongs to none.
    A text that stays whole is one article with all its white space; the articles of a text that
    is cut are without the white space around them, and all else of the text is in one of them.
    """
    if not text or text.isspace():
        return ()
    if separator is not None:
        return _at_separators(text, separator.strip())
    if how is Splitting.NEVER:
        return (Article(Span(0, len(text))),)
    if how is Splitting.BLANK_LINES:
        return _cut(text, [(start, ("a blank line",)) for start in _after_blank_lines(text)])
    return _cut(text, [(place.start, place.cues) for place in _chosen(list(_places(text)))])


def _cut(text: str, beginnings: list[tuple[int, tuple[str, ...]]]) -> tuple[Article, ...]:
    """The articles between the beginnings, without white space around them."""
    if not beginnings:
        return (Article(Span(0, len(text))),)
    starts = [(0, ()), *beginnings]
    ends = [start for start, _ in beginnings] + [len(text)]
    return tuple(
        Article(_inked(text, start, end), cues)
        for (start, cues), end in zip(starts, ends, strict=True)
    )


def _inked(text: str, start: int, end: int) -> Span:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _at_separators(text: str, separator: str) -> tuple[Article, ...]:
    """The articles between lines that are exactly the separator."""
    found: list[Article] = []
    first = last = -1
    for line in lines(text):
        if text[line.start : line.end] == separator:
            if first >= 0:
                found.append(Article(Span(first, last), ("the separator line",)))
            first = -1
            continue
        first, last = (line.start if first < 0 else first), line.end
    if first >= 0:
        found.append(Article(Span(first, last), ("the separator line",)))
    if len(found) == 1 and found[0].span == Span(0, len(text.rstrip())):
        return (Article(Span(0, len(text))),)
    return tuple(found)


def _after_blank_lines(text: str) -> Iterator[int]:
    """Where a line stands below a blank one, unless only titles stand above."""
    body = False
    for line, kind in classified(text):
        if line.gap and body:
            yield line.start
            body = False
        body = body or kind is SentenceKind.BODY


def _places(text: str) -> Iterator[_Place]:
    """Every place with some sign of a beginning, with its points."""
    body = 0
    for above, (line, kind), below in _windows(classified(text)):
        if above and _may_begin(above, kind):
            signs = signs_at(text, above, line, kind, below)
            points = sum(sign.points for sign in signs)
            if points + _COMPANY >= ENOUGH:
                yield _Place(line.start, body, points, _named(signs))
        if kind is SentenceKind.BODY:
            body += line.length


def _may_begin(above: Iterable[Kinded], kind: SentenceKind) -> bool:
    """Whether an article may begin at a line of this kind below such lines."""
    if kind is SentenceKind.BOILERPLATE:
        return False
    *_, (_, nearest) = above
    return nearest is not SentenceKind.TITLE


def _named(signs: list[Sign]) -> tuple[str, ...]:
    weighty = sorted((sign for sign in signs if sign.points > 0), key=lambda sign: -sign.points)
    return tuple(sign.name for sign in weighty)


def _windows(
    kinded: Iterable[Kinded],
) -> Iterator[tuple[deque[Kinded], Kinded, list[Kinded]]]:
    """Every line with the lines above and below it."""
    above: deque[Kinded] = deque(maxlen=_ABOVE)
    ahead: deque[Kinded] = deque()
    for item in kinded:
        ahead.append(item)
        if len(ahead) > _BELOW:
            current = ahead.popleft()
            yield above, current, list(ahead)
            above.append(current)
    while ahead:
        current = ahead.popleft()
        yield above, current, list(ahead)
        above.append(current)


def _chosen(places: list[_Place]) -> Iterator[_Place]:
    """The places with points enough, and with body text enough above them."""
    certain = sum(place.points >= ENOUGH for place in places)
    begun = 0
    for place in places:
        others = certain - (place.points >= ENOUGH)
        points = place.points + (_COMPANY if others else 0)
        if points >= ENOUGH and place.body - begun >= _LEAST_ARTICLE:
            begun = place.body
            yield place
