"""What a person can do where we cannot: one piece of advice per terminal, English and Arabic."""

from __future__ import annotations

from enum import Enum
from typing import Final

from curate.model.schema import Label


class Advice(Enum):
    """A change outside curate that makes Arabic look right."""

    KITTY = "kitty"
    PUTTY = "putty"
    QTERMINAL = "qterminal"
    APPLE = "apple"
    ITERM = "iterm"
    VSCODE = "vscode"
    ALWAYS_REORDERS = "always-reorders"
    TMUX = "tmux"
    SCREEN = "screen"
    FORCED = "forced"
    UNKNOWN = "unknown"
    MARKS = "marks"


TMUX_LINES: Final = (
    "set -g allow-passthrough on",
    "set -as terminal-overrides ',*:smcup=\\E[8l\\E[?1049h\\E[2J:rmcup=\\E[?1049l\\E[8h'",
)
"""Either line in tmux.conf keeps a reordering terminal from tearing what tmux draws."""


ADVICE: Final = {
    Advice.KITTY: Label(
        "kitty turns the letters of each word around: put `force_ltr yes` in kitty.conf "
        "and start kitty again. With DejaVu Sans Mono add `font_features DejaVuSansMono "
        "-rlig -liga`: a lam and alef that a span divides stay two letters.",
        "يقلب kitty حروف كل كلمة: أضف `force_ltr yes` إلى ملف kitty.conf ثم أعد تشغيله. ومع "
        "خط DejaVu Sans Mono أضف `font_features DejaVuSansMono -rlig -liga` لتبقى اللام "
        "والألف حرفين حين يفصل بينهما حدّ إشارة.",
    ),
    Advice.PUTTY: Label(
        "PuTTY reorders every row and cannot be told not to: Terminal > Features > tick "
        "`Disable bidirectional text display` (and `Disable Arabic text shaping`).",
        "يعيد PuTTY ترتيب كل سطر ولا يقبل الإيقاف من داخله: افتح Terminal > Features "
        "وفعّل `Disable bidirectional text display` (و`Disable Arabic text shaping`).",
    ),
    Advice.QTERMINAL: Label(
        "QTerminal reorders: untick `Enable bi-directional text support` in its preferences, or "
        "use another terminal.",
        "يعيد QTerminal الترتيب: ألغِ `Enable bi-directional text support` من تفضيلاته، أو "
        "استعمل طرفية أخرى.",
    ),
    Advice.APPLE: Label(
        "Terminal.app always reorders and has no switch: use `curate serve` in a "
        "browser, or another terminal (iTerm2, kitty, Ghostty).",
        "تعيد Terminal.app الترتيب دائماً ولا خيار لمنعه: استعمل `curate serve` في "
        "المتصفح، أو طرفية أخرى (iTerm2 أو kitty أو Ghostty).",
    ),
    Advice.ITERM: Label(
        "iTerm2: leave its support for right-to-left text off (in its settings).",
        "في iTerm2 اترك دعم النص من اليمين إلى اليسار معطّلاً (في الإعدادات).",
    ),
    Advice.VSCODE: Label(
        "VS Code: keep `terminal.integrated.gpuAcceleration` at `auto` or `on`; its "
        "slow renderer reorders.",
        "في VS Code أبقِ `terminal.integrated.gpuAcceleration` على auto أو on؛ فالرسم "
        "البطيء يعيد الترتيب.",
    ),
    Advice.ALWAYS_REORDERS: Label(
        "this terminal reorders every row and says it cannot stop: use `curate serve` "
        "in a browser, or another terminal.",
        "تعيد هذه الطرفية ترتيب كل سطر وتقول إنها لا تستطيع التوقف: استعمل `curate "
        "serve` في المتصفح، أو طرفية أخرى.",
    ),
    Advice.TMUX: Label(
        "tmux keeps the switch from the terminal around it. Put one of these lines in "
        "tmux.conf and start tmux again:",
        "يحجب tmux أمر الإيقاف عن الطرفية التي حوله. ضع أحد هذين السطرين في tmux.conf "
        "ثم أعد تشغيله:",
    ),
    Advice.SCREEN: Label(
        "screen may keep the switch from the terminal around it: if Arabic looks torn, "
        "start curate outside of screen, or in tmux.",
        "قد يحجب screen أمر الإيقاف عن الطرفية التي حوله: إن بدت العربية ممزقة فشغّل "
        "curate خارج screen أو داخل tmux.",
    ),
    Advice.FORCED: Label(
        "the way of drawing was given with --bidi: leave it out to have it found.",
        "طريقة الرسم محددة بالخيار --bidi: احذفه لتُكتشف تلقائياً.",
    ),
    Advice.UNKNOWN: Label(
        "this terminal did not say what it is: `curate doctor --calibrate` asks you how "
        "Arabic looks, once.",
        "لم تعرّف هذه الطرفية بنفسها: يسألك `curate doctor --calibrate` مرة واحدة كيف تبدو العربية.",
    ),
    Advice.MARKS: Label(
        "this terminal misplaces vowel marks, so they are hidden on the screen (never "
        "in the data); `--marks show` shows them.",
        "تضع هذه الطرفية الحركات في غير مكانها، فهي مخفية على الشاشة (لا في البيانات)؛ "
        "يظهرها الخيار `--marks show`.",
    ),
}
"""What to tell the person."""
