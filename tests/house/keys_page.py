"""The manual's pages of keys, made from the table of commands.

`python -m tests.house.keys_page` writes them anew; a test compares them.
"""

from __future__ import annotations

import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from curate.model.schema import Label
from curate.tui.commands import COMMANDS, Command
from curate.tui.keys import shown_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MANUAL = Path(__file__).parents[2] / "curate" / "manual"
FILES = {"en": MANUAL / "keys.md", "ar": MANUAL / "keys.ar.md"}

LRM = "\u200e"
"""Keeps what stands between two of them from running from the right."""

_TITLE = Label("All keys", "كل المفاتيح")
_HEAD = Label(
    "The keys are places on a US keyboard: with an Arabic layout on, press the same place; the "
    "line below shows what is printed there. Other layouts: setting `keyboard`. `⇧` is Shift, "
    "`^` Ctrl, `⌥` Alt, `⌫` Backspace. In Arabic left is forward. The mouse works too: a click "
    "focuses or chooses, a double click selects a word, a drag selects text.",
    "المفاتيح مواضع على لوحة أمريكية: فإن كانت اللوحة العربية مفعّلة فاضغط الموضع نفسه، ويعرض "
    "السطر الأسفل ما هو مطبوع عليه. وللوحات أخرى الإعداد `keyboard`. `⇧` هو Shift و`^` هو Ctrl "
    "و`⌥` هو Alt و`⌫` هو Backspace. واليسار في العربية إلى الأمام. والفأرة تعمل أيضاً: النقرة "
    "للتركيز أو الاختيار، والنقرتان لتحديد كلمة، والسحب لتحديد نص.",
)
_COLUMNS = Label("| key | command | what it does |", "| المفتاح | الأمر | ما يفعله |")
_LATER = (
    Label("## While you choose", "## عند الاختيار"),
    Label(
        "- **Letters under the words** choose them; `Esc` leaves. While slots are filled a number "
        "first says which, and `Enter` ends.",
        "- **الحروف تحت الكلمات** لاختيارها، و`Esc` للخروج. وعند ملء الخانات يحدد الرقمُ الخانة، "
        "و`Enter` للإنهاء.",
    ),
    Label(
        "- **Selected text**: the key of an entity type makes a mention of it, `e` a frame, `i` "
        "fills a slot with the bare words.",
        "- **النص المحدَّد**: مفتاح نوع الكيان يجعله إشارة، و`e` يجعله إطاراً، و`i` يملأ به خانة "
        "كلماتٍ بلا نوع.",
    ),
    Label(
        "- **A list**: the letter beside the line, or `/` and the beginning of its name in "
        "either language; arrows and `Enter` work too.",
        "- **القائمة**: الحرف الذي بجانب السطر، أو `/` وأول الاسم بإحدى اللغتين. والأسهم "
        "و`Enter` تعمل أيضاً.",
    ),
    Label(
        "Other keys for a command: `curate help settings`. The settings know the commands by the "
        "names in brackets:",
        "لتغيير مفاتيح أمر: `curate help settings`. والإعدادات تعرف الأوامر بالأسماء التي بين "
        "القوسين:",
    ),
)


def page_of_keys(language: str) -> str:
    """The page as Markdown, in `en` or `ar`."""
    lines = [f"# {_TITLE.in_language(language)}", "", _HEAD.in_language(language)]
    for group, commands in groupby(COMMANDS, key=lambda c: c.group):
        lines += ["", f"## {group.value.in_language(language)}", _COLUMNS.in_language(language)]
        lines += ["|---|---|---|", *_rows(list(commands), language)]
    heading, *notes = (part.in_language(language) for part in _LATER)
    lines += ["", heading, *notes[:-1], "", notes[-1], *_ids(language)]
    return "\n".join(lines) + "\n"


def key_as_code(key: str, language: str) -> str:
    """A key as the page writes it: brackets must not be mirrored on an Arabic one."""
    shown = shown_key(key.strip())
    return f"`{LRM}{shown}{LRM}`" if language == "ar" and shown in "[]{}" else f"`{shown}`"


def _rows(commands: Sequence[Command], language: str) -> Iterator[str]:
    """A row for each command, one for those that differ by a number alone."""
    for _, alike in groupby(commands, key=lambda c: re.sub(r"\d+", "", c.help.en)):
        rows = list(alike)
        keys = " ".join(key_as_code(key, language) for c in rows for key in c.keys.split(","))
        label, told = rows[0].label.in_language(language), rows[0].help.in_language(language)
        if len(rows) > 1:
            label, told = (text.replace("1", f"1 … {len(rows)}") for text in (label, told))
        yield f"| {keys} | {label} | {told} |"


def _ids(language: str) -> Iterator[str]:
    """The ids, a line for each group."""
    comma = "، " if language == "ar" else ", "
    for group, commands in groupby(COMMANDS, key=lambda c: c.group):
        named = comma.join(f"{c.label.in_language(language)} (`{c.id}`)" for c in commands)
        yield f"- {group.value.in_language(language)}: {named}"


if __name__ == "__main__":
    for language, file in FILES.items():
        file.write_text(page_of_keys(language), encoding="utf-8")
