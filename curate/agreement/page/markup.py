"""HTML out of values: what comes from outside is escaped, hidden characters are shown."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEPT: Final = frozenset("\u200c\u200d")
"""The joiners shape the letters beside them; they move nothing."""
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?")


class Html(str):
    """Text that is HTML already."""

    __slots__ = ()


Content = str | Html | None
"""Text is escaped, HTML is not, None is nothing."""


def html(content: Content) -> Html:
    """The content as HTML."""
    if content is None:
        return Html()
    return content if isinstance(content, Html) else Html(escape(content, quote=True))


def tag(name: str, *content: Content, **attributes: str | bool | None) -> Html:
    """An element. An attribute's underscore is a hyphen, a last one goes; False leaves it out."""
    parts = [f"<{name}"]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        known = key.rstrip("_").replace("_", "-")
        parts.append(f" {known}" if value is True else f' {known}="{escape(str(value))}"')
    return Html("".join(parts) + ">" + "".join(map(html, content)) + f"</{name}>")


def joined(parts: Iterable[Content], between: Content = None) -> Html:
    """One after the other."""
    return Html(html(between).join(map(html, parts)))


def shown(text: str) -> Html:
    """Text of the corpus: what would order or hide the text on the page stands as its number."""
    return Html("".join(map(_shown, text)))


def _shown(char: str) -> str:
    if char in "\n\r\t":
        return " "
    if unicodedata.category(char) in {"Cc", "Cf"} and char not in _KEPT:
        return tag("bdi", f"U+{ord(char):04X}", class_="ctl", dir="ltr", title=_name(char))
    return escape(char, quote=True)


def _name(char: str) -> str:
    return unicodedata.name(char, "control character")


def outside(text: str) -> Html:
    """A name that people gave, kept from pulling what stands beside it around."""
    return tag("bdi", shown(text))


def colour(value: str | None) -> str | None:
    """A style that sets the colour, if it is one."""
    return f"--c:{value}" if value and _COLOUR.fullmatch(value) else None
