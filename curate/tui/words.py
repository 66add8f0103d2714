"""What the interface says besides the names of commands, in English and Arabic."""

from __future__ import annotations

from curate.model.schema import Label

_WORDS = {
    "item": Label("item {position}/{total}", "المقطع {position}/{total}"),
    "open": Label("{count} open", "المفتوح {count}"),
    "nothing_open": Label("nothing open", "لا شيء مفتوح"),
    "close_item": Label("done, next item", "إنجاز، المقطع التالي"),
    "slot": Label("slot", "خانة"),
    "saved": Label("✓ saved", "✓ محفوظ"),
    "only_reading": Label("read-only: nothing can be decided", "للقراءة فقط: لا يُحفظ قرار"),
    "learning": Label("learning …", "تعلُّم …"),
    "learned": Label("learned", "تم التعلُّم"),
    "learning_failed": Label(
        "learning failed, the work goes on: {why}", "تعذر التعلُّم، والعمل مستمر: {why}"
    ),
    "today": Label("today {items} · {left} left", "اليوم {items} · الباقي {left}"),
    "progress_today": Label(
        "today: items {items}, decisions {decisions}",
        "اليوم: المقاطع {items}، القرارات {decisions}",
    ),
    "progress_speed": Label(
        "{speed} a minute over {minutes} active minutes",
        "{speed} في الدقيقة خلال {minutes} دقيقة عمل",
    ),
    "progress_batch": Label("{batch}: {done} of {total}", "{batch}: {done} من {total}"),
    "progress_left": Label("{left} of {total} left", "الباقي {left} من {total}"),
    "muted": Label(
        "muted in this project: {source} ({type}); {key} takes it back",
        "كُتم في هذا المشروع: {source} ({type})؛ {key} للتراجع",
    ),
    "unmuted": Label("proposes again: {source} ({type})", "عاد إلى الاقتراح: {source} ({type})"),
    "may_mute": Label("{key} mutes it in this project", "{key} لكتمه في هذا المشروع"),
    "new": Label("new", "جديد"),
    "draft": Label("draft", "مسودة"),
    "done": Label("done", "منجز"),
    "skipped": Label("skipped", "متجاوَز"),
    "flagged": Label("flagged", "مُحال"),
    "noted": Label("note: {note}", "ملاحظة: {note}"),
    "empty": Label("empty", "فارغ"),
    "missing": Label("missing", "ناقص"),
    "no_frames": Label("no frames here: {key} builds one", "لا إطار هنا: {key} لبناء إطار"),
    "closed": Label("done; next item", "تم إنجازه؛ المقطع التالي"),
    "last": Label("no item is open any more", "لم يبق مقطع مفتوح"),
    "skipped_now": Label("skipped; {key} takes it back", "تم التجاوز؛ {key} للتراجع"),
    "choose_type": Label("type", "النوع"),
    "choose_subtype": Label("subtype", "النوع الفرعي"),
    "choose_attribute": Label("attribute", "السمة"),
    "choose_command": Label("command", "الأمر"),
    "none": Label("none", "بلا"),
    "type_key": Label("press its letter, or / and its name", "اضغط الحرف، أو / ثم الاسم"),
    "type_name": Label("type a name, Enter chooses", "اكتب الاسم ثم Enter"),
    "pick_slot": Label(
        "{role}: letter of the filler · select text and Enter · ⌫ empties · Esc",
        "حرف مالئ {role} · أو حدّد نصاً ثم Enter · ⌫ للتفريغ · Esc",
    ),
    "pick_fill": Label(
        "{type}: letters of the fillers · 1-9 first for a role · Enter goes on",
        "حروف مالئات {type} · الرقم أولاً لخانة بعينها · Enter للمتابعة",
    ),
    "pick_trigger": Label("letter of the trigger word · Esc", "حرف اللفظ الدال · Esc"),
    "pick_word": Label("letter of the word to mark · Esc", "حرف الكلمة المراد وسمها · Esc"),
    "pick_jump": Label("letter of where to go · Esc", "حرف الموضع · Esc"),
    "pick_link": Label("letter of what to link with · Esc", "حرف ما يُربط به · Esc"),
    "type_of": Label("{text}: which type?  {keys}", "{text}: أي نوع؟  {keys}"),
    "selected": Label("selected", "المحدَّد"),
    "went_to": Label("→ {role}", "← {role}"),
    "emptied": Label("{role} is empty now", "أُفرغت {role}"),
    "linked": Label("linked", "تم الربط"),
    "unlinked": Label("no longer linked", "أُلغي الربط"),
    "not_shown": Label(
        "that key came before this was on the screen: press it again",
        "سبق المفتاح ظهور هذا على الشاشة: اضغطه ثانية",
    ),
    "copied": Label("copied", "تم النسخ"),
    "marked_already": Label("that is marked already", "هذا موسوم من قبل"),
    "undone": Label("taken back", "تم التراجع"),
    "redone": Label("done again", "أُعيد القرار"),
    "found": Label("{number} of {count}", "{number} من {count}"),
    "not_found": Label("nothing found", "لا نتيجة"),
    "ask_search": Label("find: ", "بحث: "),
    "search_title": Label("Search the project", "البحث في المشروع"),
    "search_hint": Label(
        "Type words: marks and spelling variants do not matter. Tab: type, role, state, …",
        "اكتب كلمات: لا أثر للحركات ولا لاختلاف الرسم. Tab: النوع والدور والحالة…",
    ),
    "search_keys": Label(
        "↑ ↓ choose · Enter goes there · Tab filters · Esc back to where you were",
        "↑ ↓ للاختيار · Enter للذهاب · Tab للمرشحات · Esc للرجوع إلى حيث كنت",
    ),
    "search_filters": Label("filter", "مرشِّح"),
    "searching": Label("searching …", "جارٍ البحث…"),
    "hits": Label("{count} found", "النتائج: {count}"),
    "hits_more": Label("more than {count}: the first ones", "أكثر من {count}: أولها هنا"),
    "went_to_hit": Label(
        "item {position}; Esc goes back to where you were", "المقطع {position}؛ Esc للرجوع"
    ),
    "needs_mention": Label(
        "this needs a mention: Tab goes to one", "هذا لإشارة: Tab للانتقال إليها"
    ),
    "spread_mark": Label("« {words} » is {type} here too", "« {words} » هنا أيضاً {type}"),
    "spread_reject": Label(
        "« {words} » is no {type} here either", "« {words} » ليس {type} هنا أيضاً"
    ),
    "spread_count": Label("{on} of {count}", "{on} من {count}"),
    "spread_nothing": Label(
        "nowhere else in the open items of this document", "لا موضع آخر في مقاطع المستند المفتوحة"
    ),
    "spread_keys": Label(
        "Space on or off · a all · x mark or reject · Enter does it · Esc",
        "المسافة للتشغيل والإيقاف · a الكل · x وسم أو رفض · Enter للتنفيذ · Esc",
    ),
    "spread_add_here": Label("add    ", "إضافة"),
    "spread_accept_here": Label("accept ", "قبول "),
    "spread_retype_here": Label("retype ", "تغيير"),
    "spread_reject_here": Label("reject ", "رفض  "),
    "spread_remove_here": Label("remove ", "حذف  "),
    "spread_done": Label(
        "done in {count} places of {items} items; {key} takes all back",
        "تم في {count} موضعاً من {items} مقطعاً؛ {key} للتراجع عن الكل",
    ),
    "tour_offer": Label(
        "First time here? {key} takes you on a tour of three minutes (also under F1)",
        "أول مرة هنا؟ {key} لجولة من ثلاث دقائق (وهي أيضاً في F1)",
    ),
    "tour_left": Label("back at your own work", "عدت إلى عملك"),
    "tour_on": Label("you are on the tour already", "أنت في الجولة الآن"),
    "order_uncertainty": Label("by doubt", "بالشك"),
    "order_random": Label("at random", "بالقرعة"),
    "states_title": Label("my items", "مقاطعي"),
    "state_new": Label("new: nothing said of it yet", "جديد: لم يُقل فيه شيء بعد"),
    "state_draft": Label("draft: begun and left for later", "مسودة: بدأتها وتركتها لوقت لاحق"),
    "state_done": Label("done", "منجز"),
    "state_skipped": Label("skipped", "متجاوَز"),
    "state_flagged": Label("flagged for the lead", "مُحال إلى المشرف"),
    "talk_title": Label("Comments · {count} open", "التعليقات · المفتوح {count}"),
    "talk_keys": Label(
        "Enter replies · n new · i on the item · r settles · ↑ ↓ · Tab all open · Esc",
        "Enter للرد · n جديد · i على المقطع · r للحسم · ↑ ↓ · Tab كل المفتوح · Esc",
    ),
    "talk_keys_writing": Label(
        "Enter keeps it for good · Esc leaves it", "Enter للحفظ · Esc للترك"
    ),
    "talk_open": Label("open", "مفتوح"),
    "talk_settled": Label("settled", "محسوم"),
    "talk_item": Label("the item", "المقطع"),
    "talk_unread": Label("● {count} new", "● جديد {count}"),
    "talk_reply": Label("reply: ", "الرد: "),
    "talk_about": Label("on « {words} »: ", "على « {words} »: "),
    "talk_on_item": Label("on the item: ", "على المقطع: "),
    "threads_title": Label("{count} open threads", "النقاشات المفتوحة: {count}"),
    "threads_here": Label("c {count}{new}", "تعليق {count}{new}"),
    "no_threads": Label("no thread is open", "لا نقاش مفتوحاً"),
    "feedback_title": Label("Gold says otherwise · {count}", "خلاف المدوّنة المرجعية · {count}"),
    "feedback_none": Label(
        "gold says nothing otherwise than you", "لا خلاف بينك وبين المدوّنة المرجعية"
    ),
    "feedback_closed": Label(
        "the lead has not opened feedback in this project",
        "لم يفتح المشرف هذا العرض في هذا المشروع",
    ),
    "feedback_keys": Label(
        "↑ ↓ choose · Enter shows both · Esc back to where you were",
        "↑ ↓ للاختيار · Enter لعرض القولين · Esc للرجوع إلى حيث كنت",
    ),
    "feedback_item_keys": Label(
        "↑ ↓ another item · PgUp PgDn scroll · Enter goes to it · Esc the list",
        "↑ ↓ مقطع آخر · PgUp PgDn للتمرير · Enter للذهاب إليه · Esc للقائمة",
    ),
    "feedback_only_yours": Label("only you", "عندك وحدك"),
    "feedback_only_gold": Label("only gold", "في المرجع وحده"),
    "feedback_yours": Label("yours", "قولك"),
    "feedback_gold": Label("gold", "المدوّنة المرجعية"),
    "ask_note": Label("note: ", "ملاحظة: "),
    "ask_skip": Label("skip, because: ", "سبب التجاوز: "),
    "ask_flag": Label("flag, because: ", "سبب الإحالة: "),
    "ask_go_to": Label("item number: ", "رقم المقطع: "),
    "not_a_number": Label("{text} is no number of an item", "لا مقطع رقمه {text}"),
    "ask_value": Label("{name}: ", "{name}: "),
    "why": Label("Why", "سبب الاقتراح"),
    "guideline": Label("Guideline", "الدليل"),
    "by_you": Label("you added it", "أضفته أنت"),
    "from_candidate": Label(
        "accepted or corrected from a candidate", "أُخذ من مقترح، كما هو أو مصحَّحاً"
    ),
    "score": Label("score {score}", "الدرجة {score}"),
    "help_title": Label("Keys", "المفاتيح"),
    "help_hint": Label(
        "Tab next page · ↑ ↓ scroll · Esc closes", "الصفحة التالية Tab · التمرير ↑ ↓ · الإغلاق Esc"
    ),
    "example": Label("Example", "مثال"),
    "roles": Label("Roles", "الأدوار"),
    "pulled": Label("annotations from Label Studio: {count}", "جاءت وسوم من Label Studio: {count}"),
    "pulled_asked": Label(
        "Label Studio: {count} to decide, F5 shows them",
        "Label Studio: ينتظر قرارك {count}، وF5 لعرضها",
    ),
    "pull_failed": Label(
        "nothing came from Label Studio: {why}", "تعذر الجلب من Label Studio: {why}"
    ),
    "read_only": Label("the project could not be written", "تعذرت الكتابة في المشروع"),
}


class Words:
    """The interface in one language: `ar` or, for anything else, English."""

    def __init__(self, language: str = "en") -> None:
        self.language = "ar" if language == "ar" else "en"

    @property
    def rtl(self) -> bool:
        """Whether lines begin at the right edge."""
        return self.language == "ar"

    def __call__(self, name: str, /, **values: object) -> str:
        """The words of that name with the values put in."""
        return _WORDS[name].in_language(self.language).format(**values)

    def of(self, label: Label) -> str:
        """A label in the language."""
        return label.in_language(self.language)
