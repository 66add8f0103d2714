"""Where spans begin and end: by word, by clitic, by sentence. Pure functions over the text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_BEFORE_ARTICLE = re.compile(r"(?:[وف]?[بك]|[وف])(?=ال\w{3})|[وف]?ل(?=ل\w{2})")
"""What is written onto a word that has the article, in normal form. Of لل the second ل is its."""

_WHOLE = re.compile(
    r"وال(?:د(?:ه|ها|هم|هما|ي|ين|ان|تي|تا|ته|تها|تهم|تهما|تك|تنا|نا|يه|يها|يهم|ات)?|ي(?:ا|ين|ه)?)"
    r"|بال(?:غ(?:ه|ا|ين|ون|ات|ت|وا)?|ون(?:ات|ا|ين)?)|فالح(?:ا|ين|ون)?"
    r"|و?(?:كالت\w+|بالي?ستي\w*|كاليفورنيا|كالينينغراد|بالتيمور|فالنسيا|فاليري|والتر)"
)
"""Words that only look as if the article stood in them, with ه for ة as search takes them."""


@lru_cache(maxsize=64)
def words(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The words of `text[start:end]`, in order."""
    from curate.text.tokens import tokens

    return tuple(token.span for token in tokens(text, start, end))


def word_at(text: str, item: Span, offset: int) -> Span | None:
    """The word over a code point, else the nearest one before it, else the first after it."""
    found = words(text, item.start, item.end)
    over = next((w for w in found if offset in w), None)
    before = [w for w in found if w.start <= offset]
    return over or (before[-1] if before else next(iter(found), None))


def word_stop(text: str, item: Span, offset: int, *, forward: bool) -> int:
    """The next place where a word begins, or the last where one began, or the item's edge."""
    found = words(text, item.start, item.end)
    if forward:
        return next((w.start for w in found if w.start > offset), item.end)
    return next((w.start for w in reversed(found) if w.start < offset), item.start)


def word_edge(text: str, item: Span, offset: int, *, forward: bool) -> int:
    """The next edge that takes a whole word into a selection, or the last that lets one go."""
    found = words(text, item.start, item.end)
    if forward:
        return next((w.end for w in found if w.end > offset), item.end)
    return next((w.start for w in reversed(found) if w.start < offset), item.start)


def moved_edge(text: str, item: Span, span: Span, *, edge: str, forward: bool) -> Span | None:
    """The span with one edge moved by a word; None when it would become empty or leave the item."""
    found = words(text, item.start, item.end)
    if edge == "start":
        stops = [w.start for w in found]
        start = _next_stop(stops, span.start, forward=forward)
        return Span(start, span.end) if start is not None and start < span.end else None
    stops = [w.end for w in found]
    end = _next_stop(stops, span.end, forward=forward)
    return Span(span.start, end) if end is not None and span.start < end else None


def _next_stop(stops: Sequence[int], at: int, *, forward: bool) -> int | None:
    if forward:
        return next((s for s in stops if s > at), None)
    return next((s for s in reversed(stops) if s < at), None)


def without_proclitic(text: str, item: Span, span: Span) -> Span | None:
    """The span with the next proclitic cut off its start, or with all of them put back.

    None when the first word has none.
    """
    word = word_at(text, item, span.start)
    if word is None or span.start not in word:
        return None
    cuts = [word.start + c for c in _head_cuts(text[word.start : word.end])]
    later = [c for c in cuts if span.start < c < span.end]
    if later:
        return Span(later[0], span.end)
    return Span(word.start, span.end) if span.start > word.start else None


def without_joined(text: str, word: Span) -> Span:
    """The word without the و ف ب ك ل before its article; the word itself where that is open."""
    from curate.text.normal import normal_with_map

    form, back = normal_with_map(word.of(text))
    joined = _BEFORE_ARTICLE.match(form)
    if joined is None or _WHOLE.fullmatch(form.replace("ة", "ه")):
        return word
    cut = back.span(joined.end(), joined.end() + 1).start
    return Span(word.start + cut, word.end)


def without_suffix(text: str, item: Span, span: Span) -> Span | None:
    """The span with a pronoun suffix cut off its end, or with the word's end put back.

    None when the last word has none. Several cuts are offered in turn, the longest suffix last.
    """
    word = word_at(text, item, span.end - 1)
    if word is None or span.end - 1 not in word:
        return None
    cuts = [word.start + c for c in _tail_cuts(text[word.start : word.end])]
    earlier = [c for c in cuts if span.start < c < span.end]
    if earlier:
        return Span(span.start, earlier[-1])
    return Span(span.start, word.end) if span.end < word.end else None


def clitic_stop(text: str, item: Span, offset: int, *, forward: bool) -> int:
    """The next place where a word or a part written together with it begins or ends."""
    stops = {item.start, item.end}
    for word in words(text, item.start, item.end):
        if word.end < offset - 40 or word.start > offset + 80:
            continue
        inside = text[word.start : word.end]
        stops |= {word.start, word.end}
        stops |= {word.start + c for c in (*_head_cuts(inside), *_tail_cuts(inside))}
    found = _next_stop(sorted(stops), offset, forward=forward)
    return offset if found is None else found


@lru_cache(maxsize=4096)
def _head_cuts(word: str) -> tuple[int, ...]:
    """Where a proclitic of a word may end, in its code points, the article included."""
    from curate.text.clitics import ARTICLE, splits
    from curate.text.normal import normal_with_map

    form, back = normal_with_map(word)
    found = set()
    for split in splits(form):
        if split.start:
            found.add(split.start)
        if form.startswith(ARTICLE, split.start) and len(form) > split.start + len(ARTICLE) + 1:
            found.add(split.start + len(ARTICLE))
    return tuple(sorted(back.span(cut, cut + 1).start for cut in found if cut < len(form)))


@lru_cache(maxsize=4096)
def _tail_cuts(word: str) -> tuple[int, ...]:
    """Where a pronoun suffix of a word may begin, in its code points."""
    from curate.text.clitics import splits
    from curate.text.normal import normal_with_map

    form, back = normal_with_map(word)
    cuts = {split.end for split in splits(form) if 0 < split.end < len(form)}
    return tuple(sorted(back.span(cut, cut + 1).start for cut in cuts))
