"""Messages and reasons in Arabic: kept in English, told in Arabic at the screen.

What the project says (refusals, notices, why something was proposed) is English text made from
templates. The same templates stand here with their Arabic; a text is led back to its template
and told anew. What no template knows stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from curate.tui.arabic_words import MESSAGES, REASONS

_SLOT: Final = re.compile(r"\{(\*?)(\w*)\}")


@dataclass(frozen=True, slots=True)
class _Template:
    """An English pattern and what it becomes; slots marked `*` are told in Arabic too."""

    pattern: re.Pattern[str]
    arabic: str
    told: tuple[bool, ...]

    def render(self, text: str) -> str | None:
        """The text in Arabic, or None when it is not of this template."""
        found = self.pattern.fullmatch(text)
        if found is None:
            return None
        values = [
            reason_in_arabic(value) if told else value
            for value, told in zip(found.groups(), self.told, strict=True)
        ]
        return self.arabic.format(*values)


def _template(english: str, arabic: str) -> _Template:
    parts = _SLOT.split(english)
    pattern = "(.+?)".join(re.escape(part) for part in parts[::3])
    return _Template(re.compile(pattern, re.DOTALL), arabic, tuple(map(bool, parts[1::3])))


@lru_cache(maxsize=1)
def _messages() -> tuple[_Template, ...]:
    return tuple(_template(*pair) for pair in MESSAGES)


@lru_cache(maxsize=1)
def _reasons() -> tuple[_Template, ...]:
    return tuple(_template(*pair) for pair in REASONS)


def message(text: str, language: str) -> str:
    """A message of one or more lines in the language of the interface."""
    if language != "ar":
        return text
    return "\n".join(_line(line) for line in text.split("\n"))


def _line(text: str) -> str:
    return next((told for t in _messages() if (told := t.render(text)) is not None), text)


def reason(text: str, language: str) -> str:
    """Why something was proposed, in the language of the interface."""
    return reason_in_arabic(text) if language == "ar" else text


@lru_cache(maxsize=1024)
def reason_in_arabic(text: str) -> str:
    """A reason in Arabic: told part by part, each by its template."""
    for sign, joint in (("; ", "؛ "), (", ", "، ")):
        if sign in text and not _is_whole(text, sign):
            return joint.join(map(reason_in_arabic, text.split(sign)))
    return next((told for t in _reasons() if (told := t.render(text)) is not None), text)


def _is_whole(text: str, sign: str) -> bool:
    """Whether the sign belongs to a list that one template introduces."""
    head, _, rest = text.partition(": ")
    return sign == ", " and head.startswith("learned from") and bool(rest)
