"""The forms a common noun takes in a text: article, indefinite accusative, dual, sound plural."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from curate.text.clitics import ARTICLE
from curate.text.letters import ALEF, TEH, TEH_MARBUTA

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORTEST: Final = 3
_DUAL: Final = ("ان", "ين")
_SOUND_PLURAL: Final = ("ون", "ين")
_CONSTRUCT_DUAL: Final = ("ا", "ي")


def bare_forms(form: str) -> tuple[str, ...]:
    """A word as it is and, where it has them, without article and without accusative alef."""
    if form.startswith(ARTICLE) and len(form) > _SHORTEST + 1:
        return form, form[len(ARTICLE) :]
    if form.endswith(ALEF) and len(form) > _SHORTEST:
        return form, form[:-1]
    return (form,)


def verb_forms(form: str) -> tuple[str, ...]:
    """A verb form and those made from it by ending: dual, plural, first person plural."""
    if form.endswith(("وا", "ون")) or len(form) < _SHORTEST:
        return (form,)
    if form[0] in "يت" and not form.endswith(TEH):
        plural = form[:-1] if form.endswith(("ي", "ى", "و")) else form
        return form, plural + "ون", plural + "وا", form + "ان", form + ALEF
    if form.endswith(TEH):
        return form, form + ALEF
    if form.endswith(("ى", ALEF)):
        return (form,)
    return form, form + ALEF, form + "نا", form + "وا"


def noun_forms(
    parts: list[str], *, people: bool = False, articles: Sequence[bool] = ()
) -> list[list[str]]:
    """The forms of a noun phrase whose words are given in normal form, without articles.

    The dual and the sound feminine plural are built; broken plurals must be
    listed as aliases. Sound plurals of people lose their ن before a complement.
    `articles` says which words begin with the article, where the normal form
    cannot tell (`آليات` has none).
    """
    articles = articles or [p.startswith(ARTICLE) for p in parts]
    bare = [
        p[len(ARTICLE) :] if has and len(p) > 4 else p
        for p, has in zip(parts, articles, strict=True)
    ]
    heads = _numbered(bare[0], alone=len(bare) == 1)
    if people and bare[0].endswith(_SOUND_PLURAL) and len(bare[0]) > _SHORTEST + 1:
        heads.append(bare[0][:-1])
    if len(bare) == 1:
        return [[head] for head in heads]
    seconds = (bare[1], *_numbered(bare[1], alone=True)[1:]) if len(bare) == 2 else (bare[1],)
    return [[head, second, *bare[2:]] for head, second in product(heads, dict.fromkeys(seconds))]


def _numbered(word: str, *, alone: bool) -> list[str]:
    """Singular, dual and sound feminine plural; construct forms where a word follows."""
    endings = _DUAL if alone else _DUAL + _CONSTRUCT_DUAL
    if not word or word[0].isascii() or len(word) < _SHORTEST:
        return [word]
    if word.endswith(TEH_MARBUTA):
        stem = word[:-1] + TEH
        return [word, *(stem + ending for ending in endings), word[:-1] + ALEF + TEH]
    if word.endswith((ALEF + TEH, *_SOUND_PLURAL)):
        return [word]
    return [word, *(word + ending for ending in endings)]
