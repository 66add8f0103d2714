"""Every action of the workbench, once: its id, keys, words and when it can be done.

Bindings, footer, palette and F1 are all made from `COMMANDS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from textual.binding import Binding

from curate.model.schema import Label
from curate.tui.atoms import Atom, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping


class Group(Enum):
    """What commands are for, as headings of the help."""

    DECIDE = Label("Decide", "القرار")
    MOVE = Label("Move", "التنقل")
    FRAME = Label("Frames", "أطر الأحداث")
    MENTION = Label("Mentions", "الإشارات")
    TEXT = Label("Text", "النص")
    ITEM = Label("Item", "المقطع")
    HELP = Label("Help and screen", "المساعدة والشاشة")


@dataclass(frozen=True, slots=True)
class Situation:
    """What decides which commands can be done now."""

    focus: Atom | None = None
    selecting: bool = False
    """Whether some text is selected."""
    open: int = 0
    """How many candidates are undecided."""
    frames: int = 0
    can_undo: bool = False
    can_redo: bool = False

    @property
    def on_frame(self) -> bool:
        """Whether a frame has the focus."""
        return self.focus is not None and self.focus.kind is Kind.FRAME

    @property
    def on_mention(self) -> bool:
        """Whether a mention has the focus."""
        return self.focus is not None and self.focus.kind is Kind.MENTION

    @property
    def on_span(self) -> bool:
        """Whether there is a span whose edges can be moved: of the focus or the selection."""
        return self.focus is not None or self.selecting


def _always(_: Situation) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Command:
    """One action under one name."""

    id: str
    """Names it in settings: `annotate.accept`."""
    keys: str
    """Default keys by physical position, separated by commas, as Textual names them."""
    label: Label
    """Two or three words for footer and palette."""
    help: Label
    """One line for F1."""
    group: Group
    deed: str
    """Name of the function in `curate.tui.screens.deeds` that does it."""
    arguments: tuple[str | int | bool, ...] = ()
    when: Callable[[Situation], bool] = _always
    footer: int = 0
    """Its place in the footer, or 0 for none."""


def _command(  # noqa: PLR0913, PLR0917 (a row of the table)
    name: str, keys: str, en: str, ar: str, help_en: str, help_ar: str, group: Group,
    *, deed: str = "", arguments: tuple[str | int | bool, ...] = (),
    when: Callable[[Situation], bool] = _always, footer: int = 0,
) -> Command:  # fmt: skip
    return Command(
        id=f"annotate.{name}",
        keys=keys,
        label=Label(en, ar),
        help=Label(help_en, help_ar),
        group=group,
        deed=deed or name,
        arguments=arguments,
        when=when,
        footer=footer,
    )


def _on_frame(s: Situation) -> bool:
    return s.on_frame


def _on_mention(s: Situation) -> bool:
    return s.on_mention


def _on_span(s: Situation) -> bool:
    return s.on_span


def _on_atom(s: Situation) -> bool:
    return s.focus is not None


_DECIDE = (
    _command("accept", "enter", "accept", "قبول",
             "Accept what has the focus and move on; with nothing open, close the item",
             "قبول ما عليه التركيز ثم الانتقال إلى ما بعده؛ فإن لم يبق شيء فإغلاق المقطع",
             Group.DECIDE, footer=1),
    _command("accept_all", "a", "accept all", "قبول الكل",
             "Accept everything that is open in this item", "قبول كل المقترحات في هذا المقطع",
             Group.DECIDE, when=lambda s: s.open > 0, footer=3),
    _command("reject", "x,delete", "reject", "رفض",
             "Reject the candidate, or take the confirmed mention or frame out",
             "رفض المقترح، أو حذف إشارة أو إطار مؤكَّد", Group.DECIDE, when=_on_atom, footer=2),
    _command("undo", "u,ctrl+z", "undo", "تراجع", "Take the last decision back, wherever it was",
             "التراجع عن آخر قرار أينما كان", Group.DECIDE,
             when=lambda s: s.can_undo, footer=11),
    _command("redo", "U,ctrl+y", "redo", "إعادة", "Repeat what was taken back",
             "إعادة ما جرى التراجع عنه", Group.DECIDE, when=lambda s: s.can_redo),
    _command("retype", "t", "type", "النوع", "Choose another type for the mention or frame",
             "اختيار نوع آخر للإشارة أو الإطار", Group.DECIDE, when=_on_atom, footer=6),
    _command("link", "l", "link", "ربط",
             "Link with another mention (same thing) or frame (same event); again to unlink",
             "ربط بإشارة أخرى (الكيان نفسه) أو بإطار آخر (الحدث نفسه)؛ وثانيةً لفك الربط",
             Group.DECIDE, when=_on_atom),
)  # fmt: skip

_MOVE = (
    _command("next_atom", "tab", "next", "التالي", "Move the focus on in reading order",
             "نقل التركيز إلى الأمام بترتيب القراءة", Group.MOVE, deed="step", arguments=(1,)),
    _command("previous_atom", "shift+tab", "previous", "السابق", "Move the focus back",
             "نقل التركيز إلى الخلف", Group.MOVE, deed="step", arguments=(-1,)),
    _command("next_frame", "down", "next frame", "الإطار التالي", "Go to the next frame",
             "الانتقال إلى الإطار التالي", Group.MOVE, deed="step_frame", arguments=(1,)),
    _command("previous_frame", "up", "previous frame", "الإطار السابق", "Go to the frame before",
             "الانتقال إلى الإطار السابق", Group.MOVE, deed="step_frame", arguments=(-1,)),
    _command("jump", "j", "jump", "انتقال", "Go to a mention or frame by its letter",
             "الانتقال إلى إشارة أو إطار بحرفه", Group.MOVE, when=lambda s: s.focus is not None,
             footer=8),
    _command("next_item", "pagedown", "next item", "المقطع التالي", "Go to the next item",
             "الانتقال إلى المقطع التالي", Group.MOVE, footer=12),
    _command("previous_item", "pageup", "previous item", "المقطع السابق", "Go to the item before",
             "الانتقال إلى المقطع السابق", Group.MOVE),
    _command("next_open_item", "ctrl+n", "next open item", "المقطع المفتوح التالي",
             "Go to the next item that is not done", "الانتقال إلى المقطع التالي غير المنجز",
             Group.MOVE),
    _command("go_to", "g", "go to", "ذهاب", "Go to an item of this project by its number",
             "الذهاب إلى مقطع في المشروع برقمه", Group.MOVE),
    _command("go_to_state", "G", "items by state", "مقاطع بحسب حالتها",
             "List your items that are done, skipped, flagged, in draft or new, and go to one",
             "سرد مقاطعك المنجزة أو المتجاوَزة أو المحالة أو المسودات أو الجديدة والذهاب إلى أحدها",
             Group.MOVE),
    _command("search_project", "k,ctrl+f", "search all", "بحث شامل",
             "Find words and annotations in the whole project",
             "البحث عن كلمات وعما وُسم في المشروع كله", Group.MOVE),
    _command("search", "slash", "search", "بحث", "Find words in this document",
             "البحث عن كلمات في هذا المستند", Group.MOVE),
    _command("search_next", "full_stop", "next hit", "النتيجة التالية",
             "Go to the next place found", "الانتقال إلى الموضع التالي مما وُجد", Group.MOVE),
)  # fmt: skip

_FRAME = (
    _command("new_frame", "e", "new frame", "إطار جديد",
             "Build a frame: choose the trigger by its letters, then the type, then the fillers",
             "بناء إطار: اختيار اللفظ الدال بحروفه، ثم النوع، ثم المالئات", Group.FRAME, footer=5),
    *(
        _command(f"slot_{n}", str(n % 10), f"slot {n}", f"الخانة {n}",
                 f"Choose a filler for slot {n} of the frame", f"اختيار مالئ للخانة {n} من الإطار",
                 Group.FRAME, deed="slot", arguments=(n,), when=_on_frame)
        for n in range(1, 11)
    ),
    _command("fill", "i", "fill slots", "ملء الخانات",
             "Choose fillers; each goes to the first open role that allows it",
             "اختيار المالئات، ويذهب كل منها إلى أول خانة خالية تقبله", Group.FRAME,
             when=_on_frame, footer=4),
    _command("duplicate", "d", "duplicate", "تكرار الإطار",
             "The same frame on another trigger", "الإطار نفسه على لفظ دال آخر",
             Group.FRAME, when=_on_frame),
    _command("anchor", "r", "trigger", "اللفظ الدال",
             "Put the frame on another trigger word, or on the selected text",
             "نقل الإطار إلى لفظ دال آخر، أو إلى النص المحدَّد", Group.FRAME, when=_on_frame),
    _command("attributes", "y", "attributes", "السمات",
             "Set polarity, modality and the other attributes",
             "ضبط الإثبات والجهة وسائر السمات", Group.FRAME, when=_on_atom),
)  # fmt: skip

_MENTION = (
    _command("new_mention", "m", "new mention", "إشارة جديدة",
             "Mark a word as a mention: its letters, then the type",
             "وسم كلمة إشارةً: اختيارها بحروفها ثم النوع", Group.MENTION, footer=7),
    _command("start_forward", "left_square_bracket", "start ←", "البداية ←",
             "Move the start of the span left by a word (in Arabic: shorten it)",
             "تحريك بداية المدى كلمة إلى اليسار (وهو في العربية تقصير)", Group.MENTION,
             deed="edge", arguments=("start", "left"), when=_on_span),
    _command("start_back", "right_square_bracket", "start →", "البداية →",
             "Move the start right by a word (in Arabic: lengthen it)",
             "تحريك البداية كلمة إلى اليمين (وهو في العربية إطالة)", Group.MENTION,
             deed="edge", arguments=("start", "right"), when=_on_span),
    _command("end_forward", "left_curly_bracket", "end ←", "النهاية ←",
             "Move the end of the span left by a word (in Arabic: lengthen it)",
             "تحريك نهاية المدى كلمة إلى اليسار (وهو في العربية إطالة)", Group.MENTION,
             deed="edge", arguments=("end", "left"), when=_on_span),
    _command("end_back", "right_curly_bracket", "end →", "النهاية →",
             "Move the end right by a word (in Arabic: shorten it)",
             "تحريك النهاية كلمة إلى اليمين (وهو في العربية تقصير)", Group.MENTION,
             deed="edge", arguments=("end", "right"), when=_on_span),
    _command("proclitic", "equals_sign", "proclitic", "فصل السابقة",
             "Strip the next proclitic off the start, or put all of them back",
             "فصل السابقة التالية عن البداية، أو إعادة السوابق كلها", Group.MENTION, when=_on_span),
    _command("suffix", "minus", "suffix", "فصل اللاحقة",
             "Strip the pronoun suffix off the end, or put it back",
             "فصل الضمير المتصل عن النهاية، أو إعادته", Group.MENTION, when=_on_span),
    _command("elsewhere", "o", "elsewhere too", "في غير هذا الموضع",
             "Do the same to the same words in the document's open items, after a look at each",
             "فعل الشيء نفسه بالكلمات نفسها في مقاطع المستند المفتوحة، بعد النظر في كل منها",
             Group.MENTION, when=_on_mention),
    _command("subtype", "T", "subtype", "النوع الفرعي", "Choose the subtype of the mention",
             "اختيار النوع الفرعي للإشارة", Group.MENTION, when=_on_mention),
)  # fmt: skip

_TEXT = tuple(
    _command(name, keys, en, ar, en[0].upper() + en[1:], ar, Group.TEXT,
             deed=deed, arguments=arguments)
    for name, keys, en, ar, deed, arguments in (
        ("left", "left", "left in the text", "يساراً في النص",
         "travel", ("left", "cluster", False)),
        ("right", "right", "right in the text", "يميناً في النص",
         "travel", ("right", "cluster", False)),
        ("word_left", "ctrl+left", "a word left", "كلمة يساراً", "travel", ("left", "word", False)),
        ("word_right", "ctrl+right", "a word right", "كلمة يميناً",
         "travel", ("right", "word", False)),
        ("extend_left", "shift+left", "select left", "تحديد يساراً",
         "travel", ("left", "cluster", True)),
        ("extend_right", "shift+right", "select right", "تحديد يميناً",
         "travel", ("right", "cluster", True)),
        ("extend_word_left", "ctrl+shift+left", "select a word left", "تحديد كلمة يساراً",
         "travel", ("left", "word", True)),
        ("extend_word_right", "ctrl+shift+right", "select a word right", "تحديد كلمة يميناً",
         "travel", ("right", "word", True)),
        ("extend_clitic_left", "alt+shift+left", "select by clitic left",
         "تحديد بالسوابق واللواحق يساراً", "travel", ("left", "clitic", True)),
        ("extend_clitic_right", "alt+shift+right", "select by clitic right",
         "تحديد بالسوابق واللواحق يميناً", "travel", ("right", "clitic", True)),
        ("line_up", "ctrl+up", "a line up in the text", "سطراً إلى الأعلى في النص",
         "travel_line", (-1,)),
        ("line_down", "ctrl+down", "a line down in the text", "سطراً إلى الأسفل في النص",
         "travel_line", (1,)),
        ("home", "home", "start of the item", "بداية المقطع", "travel", ("start", "item", False)),
        ("end", "end", "end of the item", "نهاية المقطع", "travel", ("end", "item", False)),
        ("extend_home", "shift+home", "select to the start", "تحديد حتى البداية",
         "travel", ("start", "item", True)),
        ("extend_end", "shift+end", "select to the end", "تحديد حتى النهاية",
         "travel", ("end", "item", True)),
        ("select_sentence", "ctrl+a", "select the sentence", "تحديد الجملة", "select_sentence", ()),
        ("copy", "ctrl+c", "copy the text", "نسخ النص", "copy", ()),
        ("scroll_up", "shift+pageup", "scroll the article up", "تمرير المقال صعوداً",
         "scroll", (-1,)),
        ("scroll_down", "shift+pagedown", "scroll the article down", "تمرير المقال نزولاً",
         "scroll", (1,)),
    )
)  # fmt: skip

_ITEM = (
    _command("skip", "s", "skip", "تجاوز", "Skip the item (S to give a reason first)",
             "تجاوز المقطع (وS لذكر السبب أولاً)", Group.ITEM, footer=9),
    _command("skip_because", "S", "skip, because", "تجاوز مع السبب", "Skip the item and say why",
             "تجاوز المقطع مع ذكر السبب", Group.ITEM),
    _command("flag", "f", "flag", "إحالة", "Leave the item to the lead, with a reason",
             "إحالة المقطع إلى المشرف مع ذكر السبب", Group.ITEM, footer=10),
    _command("note", "n", "note", "ملاحظة", "Write a note on the item", "كتابة ملاحظة على المقطع",
             Group.ITEM),
    _command("comments", "c", "comments", "تعليقات",
             "Read and write comments on the item, or on what has the focus",
             "قراءة التعليقات وكتابتها على المقطع أو على ما عليه التركيز", Group.ITEM),
    _command("open_threads", "C", "open threads", "النقاشات المفتوحة",
             "List the threads of comments that nobody has settled",
             "سرد النقاشات التي لم تُحسم", Group.ITEM),
    _command("feedback", "v", "gold otherwise", "خلاف المرجع",
             "List your items in which gold says otherwise, if the lead allows it",
             "سرد مقاطعك التي تخالفها المدوّنة المرجعية، إن سمح المشرف", Group.ITEM),
    _command("finish", "ctrl+s", "done", "إنجاز", "Close the item as it is and go on",
             "إغلاق المقطع كما هو والمتابعة", Group.ITEM),
)  # fmt: skip

_HELP = (
    _command("why", "w", "why", "سبب الاقتراح", "Why the machine proposed it",
             "لماذا اقترحت الآلة هذا", Group.HELP, when=_on_atom),
    _command("mute", "M", "mute", "كتم المصدر",
             "Let the list entry or rule that proposed it propose nothing more in this project",
             "منع مدخل القائمة أو القاعدة التي اقترحته من الاقتراح في هذا المشروع", Group.HELP,
             when=_on_atom),
    _command("guideline", "question_mark", "guideline", "الدليل",
             "The guideline of the type that has the focus", "قواعد النوع الذي عليه التركيز",
             Group.HELP, when=_on_atom, footer=13),
    _command("progress", "p", "progress", "التقدم",
             "How far today's work and the batch are, and at what speed",
             "مدى تقدم عمل اليوم والدفعة وسرعته", Group.HELP),
    _command("help", "f1,h", "help", "مساعدة", "All keys", "كل المفاتيح", Group.HELP,
             deed="show_help", footer=14),
    _command("tour", "f4", "tour", "جولة",
             "Practise the keys on an item that is nobody's work, in three minutes",
             "التدرب على المفاتيح في ثلاث دقائق على مقطع ليس من عمل أحد", Group.HELP),
    _command("sync", "f5", "Label Studio", "Label Studio",
             "Sync with Label Studio: what would go, what would come, what you have to decide",
             "المزامنة مع Label Studio: ما يُرسَل وما يُجلَب وما ينتظر قرارك", Group.HELP),
    _command("palette", "ctrl+p,colon", "all commands", "كل الأوامر", "Find a command by its name",
             "البحث عن أمر باسمه", Group.HELP),
    _command("back", "escape", "back", "رجوع", "One step back", "خطوة إلى الخلف", Group.HELP),
    _command("theme", "f2", "light or dark", "فاتح أو داكن", "Switch between the two themes",
             "التبديل بين المظهرين", Group.HELP),
    _command("language", "f3", "العربية", "English", "Switch the interface to Arabic",
             "تحويل الواجهة إلى الإنجليزية", Group.HELP),
    _command("quit", "ctrl+q,Q", "quit", "خروج", "Leave; everything is saved already",
             "الخروج؛ فكل شيء محفوظ", Group.HELP, deed="leave"),
)  # fmt: skip

COMMANDS: tuple[Command, ...] = (*_DECIDE, *_MOVE, *_FRAME, *_MENTION, *_TEXT, *_ITEM, *_HELP)
BY_ID: Mapping[str, Command] = {c.id: c for c in COMMANDS}


def bindings() -> list[Binding]:
    """The table as Textual bindings, which settings can remap by id."""
    return [
        Binding(c.keys, f"do('{c.id}')", c.label.en, show=False, id=c.id, tooltip=c.help.en)
        for c in COMMANDS
    ]


def keys_of(command: Command, keymap: Mapping[str, str]) -> list[str]:
    """The keys of a command, the user's in the place of ours."""
    return [key.strip() for key in keymap.get(command.id, command.keys).split(",")]


def footer_commands(situation: Situation) -> list[Command]:
    """What the footer names now, in its order."""
    named = [c for c in COMMANDS if c.footer and c.when(situation)]
    return sorted(named, key=lambda c: c.footer)
