"""What a lead can do with a case, under one name each, with its key and its words."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

from curate.model.schema import Label


@dataclass(frozen=True, slots=True)
class ReviewCommand:
    """One action of the lead's screens."""

    id: str
    keys: str
    """By physical position, separated by commas, as Textual names them."""
    label: Label
    help: Label
    deed: str
    """Name of the screen's method that does it, without `do_`."""
    arguments: tuple[str | int, ...] = ()
    footer: bool = True
    everywhere: bool = False
    """Whether it can be done on every page, not only on that of cases."""


def _command(  # noqa: PLR0913, PLR0917 (a row of the table)
    name: str, keys: str, en: str, ar: str, help_en: str, help_ar: str, deed: str = "",
    arguments: tuple[str | int, ...] = (), *, footer: bool = True, everywhere: bool = False,
) -> ReviewCommand:  # fmt: skip
    return ReviewCommand(
        f"review.{name}", keys, Label(en, ar), Label(help_en, help_ar), deed or name, arguments,
        footer, everywhere,
    )  # fmt: skip


COMMANDS = (
    *(
        _command(f"reading_{n}", str(n), f"reading {n}", f"القراءة {n}",
                 f"Reading {n} is right", f"القراءة {n} صحيحة", "reading", (n,), footer=False)
        for n in range(1, 5)
    ),
    _command("both", "b", "both", "كلتاهما", "All that the readings hold is right",
             "كل ما في القراءات صحيح"),
    _command("neither", "z", "nothing", "لا شيء", "There is nothing", "لا شيء هنا"),
    _command("edit", "i", "edit", "تعديل",
             "Open the item in the workbench as it would be with the first reading, change what "
             "you like, and rule so",
             "فتح المقطع في المحرِّر كما يصير بالقراءة الأولى، وتعديل ما تشاء، ثم الحكم به"),
    _command("all_nothing", "Z", "reject all", "رفض الكل",
             "Say no to everything that is open in this item, and close it",
             "رفض كل مفتوح في هذا المقطع وإغلاقه", footer=False),
    _command("same", "w", "same", "المثيل",
             "Repeat the last ruling wherever the same words are in question, after a look",
             "تكرار الحكم الأخير حيث الكلمات نفسها، بعد معاينة"),
    _command("gap", "g", "gap", "ثغرة",
             "The guidelines do not say: lay the case aside", "الدليل لا يجيب: تُترك الحالة جانباً"),
    _command("back", "s", "back", "إعادة", "Give the item back to its readers, with a reason",
             "إعادة المقطع إلى معلِّقيه مع السبب"),
    _command("reason", "r", "why", "السبب",
             "Say why they differ; it goes with the next ruling",
             "ذكر سبب الاختلاف؛ يُسجَّل مع الحكم التالي"),
    _command("note", "n", "note", "ملاحظة", "Write a note that goes with the next ruling",
             "كتابة ملاحظة تُسجَّل مع الحكم التالي", footer=False),
    _command("undo", "u,ctrl+z", "undo", "تراجع", "Take your last ruling back, wherever it was",
             "التراجع عن آخر حكم لك أينما كان"),
    _command("next", "enter,down,pagedown", "next", "التالي", "Go to the next case without ruling",
             "الانتقال إلى الحالة التالية دون حكم", "step", (1,)),
    _command("previous", "up,pageup", "previous", "السابق", "Go to the case before",
             "الانتقال إلى الحالة السابقة", "step", (-1,), footer=False),
    _command("filter", "f", "filter", "مرشِّح",
             "Show cases of one kind, type, role or pair alone",
             "عرض حالات من نوع أو صنف أو دور أو زوج بعينه"),
    _command("order", "o", "order", "ترتيب",
             "Order by the text, by lowest agreement, or by the same words",
             "الترتيب بحسب النص، أو الأقل اتفاقاً، أو الكلمات نفسها", footer=False),
    _command("audit", "A", "audit", "مراجعة",
             "Check a drawn share of what was merged without a ruling; again to leave",
             "التحقق من عيّنة مما دُمج بلا حكم؛ وثانيةً للخروج", footer=False),
    _command("names", "N", "names", "الأسماء",
             "Show or hide whose reading is whose; rulings remember it",
             "إظهار أصحاب القراءات أو إخفاؤهم؛ ويُسجَّل ذلك مع الحكم", footer=False),
    _command("refresh", "f5", "look again", "تحديث", "Merge anew: annotators may have gone on",
             "الدمج من جديد: لعل المعلِّقين تابعوا", footer=False, everywhere=True),
    _command("page", "tab", "next page", "الصفحة التالية", "Progress, agreement, cases",
             "التقدّم والاتفاق والحالات", "page", (1,), footer=False, everywhere=True),
    _command("page_back", "shift+tab", "page before", "الصفحة السابقة", "The page before",
             "الصفحة السابقة", "page", (-1,), footer=False, everywhere=True),
    _command("help", "f1,h", "help", "مساعدة", "All keys of these screens",
             "كل مفاتيح هذه الشاشات", "show_help", everywhere=True),
    _command("theme", "f2", "light or dark", "فاتح أو داكن", "Switch between the two themes",
             "التبديل بين المظهرين", footer=False, everywhere=True),
    _command("language", "f3", "العربية", "English", "Switch the interface to Arabic",
             "تحويل الواجهة إلى الإنجليزية", footer=False, everywhere=True),
    _command("quit", "ctrl+q,Q", "quit", "خروج", "Leave; every ruling is saved already",
             "الخروج؛ فكل حكم محفوظ", "leave", footer=False, everywhere=True),
)  # fmt: skip
BY_ID = {c.id: c for c in COMMANDS}


def bindings() -> list[Binding]:
    """The table as Textual bindings."""
    return [
        Binding(c.keys, f"do('{c.id}')", c.label.en, show=False, id=c.id, tooltip=c.help.en,
                priority=c.id in ("review.page", "review.page_back"))
        for c in COMMANDS
    ]  # fmt: skip
