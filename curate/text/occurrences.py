"""The other places of a text where the same words stand, with or without proclitics before them."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from curate.model.span import Span
from curate.text.clitics import ARTICLE, splits
from curate.text.normal import normal, normal_with_map
from curate.text.tokens import Token, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator


def occurrences(text: str, span: Span) -> Iterator[Span]:
    """Where the words of a span stand in a text, in their normal form and without proclitics.

    The place itself is among them when it begins and ends with a word. The last word
    has to be the same to its end: a pronoun suffix makes another word of it.
    """
    wanted = [normal(token.text) for token in tokens(text, span.start, span.end)]
    gaps = _gaps(text, list(tokens(text, span.start, span.end)))
    if not wanted:
        return
    every = list(tokens(text))
    for place, token in enumerate(every):
        run = every[place : place + len(wanted)]
        if len(run) < len(wanted) or [normal(t.text) for t in run[1:]] != wanted[1:]:
            continue
        start = _start(token, wanted[0])
        if start is not None and _gaps(text, run) == gaps:
            yield Span(start, run[-1].end)


def _start(token: Token, word: str) -> int | None:
    """Where the word begins in a token that is it, perhaps behind proclitics."""
    form, back = normal_with_map(token.text)
    if form == word:
        return token.start
    tail = word.removeprefix(ARTICLE)
    if not form.endswith(tail):
        return None
    for split in splits(form):
        if split.proclitics and not split.suffix and split.stem == word:
            return token.start + back.span(split.start, len(form)).start
    return None


def _gaps(text: str, run: list[Token]) -> list[str]:
    """What stands between words, blanks of any kind and length as one."""
    pairs = itertools.pairwise(run)
    return [" ".join(f" {text[a.end : b.start]} ".split()) for a, b in pairs]
