"""What the lead's screens say, in English and Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from curate.model.schema import Label
from curate.project.reviewing_queue import Order

if TYPE_CHECKING:
    from curate.tui.words import Words

_WORDS = {
    "progress": Label("Progress", "التقدّم"),
    "agreement": Label("Agreement", "الاتفاق"),
    "cases": Label("Cases ({count})", "الحالات ({count})"),
    "no_cases": Label(
        "No case waits: what annotators share and what was ruled is gold.",
        "لا حالة تنتظر: ما اتفق عليه المعلِّقون وما حُكم فيه صار ذهبياً.",
    ),
    "no_cases_filtered": Label(
        "No case passes the filter; {key} changes it", "لا حالة توافق المرشِّح؛ {key} لتغييره"
    ),
    "parked": Label("{count} wait for the guidelines", "{count} تنتظر الدليل"),
    "ruled": Label("ruled: {what}", "حُكم: {what}"),
    "rejected_all": Label("nothing is left open here: {count} cases", "أُغلق المقطع: {count} حالة"),
    "sent_back": Label("sent back to its readers", "أُعيد المقطع إلى معلِّقيه"),
    "ask_back": Label("send back, because: ", "سبب الإعادة: "),
    "ask_note": Label("note on the ruling: ", "ملاحظة على الحكم: "),
    "nothing_to_undo": Label("nothing to take back", "لا شيء للتراجع عنه"),
    "nothing_here": Label("nothing", "لا شيء"),
    "kept": Label("gold so far", "الذهبي حتى الآن"),
    "before": Label("ruled before, but it has changed since:", "حُكم سابق تغيّر ما حُكم فيه:"),
    "because": Label("because: {reason}", "السبب: {reason}"),
    "blind": Label("blind", "بلا أسماء"),
    "named": Label("names shown", "بالأسماء"),
    "filter": Label("show which cases", "أي الحالات تُعرض"),
    "all_cases": Label("all cases", "كل الحالات"),
    "reason": Label("why do they differ", "لماذا اختلفوا"),
    "same_title": Label(
        "the same words elsewhere: rule on all {count}", "الكلمات نفسها في مواضع أخرى: {count}"
    ),
    "same_none": Label("the same words are in no other case", "لا حالة أخرى بالكلمات نفسها"),
    "same_done": Label("{count} cases ruled at once", "حُكم في {count} حالة دفعة واحدة"),
    "same_which": Label(
        "first rule: {keys}; then this rules alike wherever the words are the same",
        "احكم أولاً: {keys}؛ ثم يسري الحكم حيث الكلمات نفسها",
    ),
    "same_keys": Label(
        "Enter rules on all of them · Esc on none · ↑ ↓", "Enter للحكم فيها كلها · Esc للترك · ↑ ↓"
    ),
    "edited": Label("edited", "عُدِّل"),
    "not_edited": Label("nothing was changed", "لم يتغيّر شيء"),
    "computing": Label("computing …", "جارٍ الحساب…"),
    "behind": Label("{what}: {count} places", "{what}: المواضع {count}"),
    "behind_keys": Label(
        "↑ ↓ choose · Enter side by side · Esc back",
        "↑ ↓ للاختيار · Enter جنباً إلى جنب · Esc للرجوع",
    ),
    "beside_keys": Label("↑ ↓ next place · Esc back", "↑ ↓ للموضع التالي · Esc للرجوع"),
    "figures_keys": Label(
        "↑ ↓ choose · Enter the sentences behind the number · d only differences · Tab next",
        "↑ ↓ للاختيار · Enter للجمل وراء الرقم · d الاختلافات وحدها · Tab التالي",
    ),
    "only_differences": Label("only differences", "الاختلافات وحدها"),
    "progress_keys": Label("Tab next · F5 look again · Q leave", "Tab التالي · F5 تحديث · Q خروج"),
    "pooled": Label("pooled over all pairs", "مجموعة من كل الأزواج"),
    "interval": Label("95 %", "٩٥٪"),
    "matched": Label("matched of marked", "المتفق عليه من الموسوم"),
    "assisted_less": Label("{what}: assisted less unaided", "{what}: بالمقترحات ناقص بدونها"),
    "drift": Label("{what}: over time", "{what}: عبر الزمن"),
    "changed": Label("it changed", "تغيّر"),
    "by_pair": Label("pairs of annotators", "أزواج المعلِّقين"),
    "confused_mentions": Label(
        "mentions called otherwise, or missed", "إشارات اختلف نوعها أو فاتت"
    ),
    "confused_events": Label("events called otherwise, or missed", "أحداث اختلف نوعها أو فاتت"),
    "small": Label("a small sample", "عيّنة صغيرة"),
    "shared": Label("{items} shared items in {documents} documents · {badge}",
                    "المشترك {items} مقطعاً في {documents} مستنداً · {badge}"),
    "no_agreement": Label("no figures: {why}", "لا أرقام: {why}"),
    "gold_state": Label(
        "gold: {resolved} of {items} items; {cases} cases open",
        "الذهبي: {resolved} من {items}؛ الحالات المفتوحة {cases}",
    ),
    "done_of": Label("{done} of {total} done", "المنجز {done} من {total}"),
    "a_minute": Label("{seconds} s an item", "{seconds} ث للمقطع"),
    "batch": Label("batch {name}", "الدفعة {name}"),
    "flagged": Label("flagged for you: {item} by {annotator}: {reason}",
                     "أُحيل إليك: {item} من {annotator}: {reason}"),
    "audited": Label(
        "audit: {overturned} of {checked} did not hold ({low}–{high} %), {left} to check",
        "المراجعة: لم يثبت {overturned} من {checked} ({low}–{high}٪)، والباقي {left}",
    ),
    "audit_open": Label("audit: {left} merged cells to check (A)",
                        "المراجعة: {left} خلية مدموجة للتحقق (A)"),
    "audit_ends": Label("end the audit", "إنهاء المراجعة"),
    "auditing": Label("does it hold? 1 yes · z no", "هل يثبت؟ 1 نعم · z لا"),
    "holds": Label("it holds", "ثابت"),
    "holds_not": Label("taken out of gold", "حُذف من الذهبي"),
    "reading": Label("reading", "قراءة"),
    "mention": Label("Is this a mention?", "هل هذه إشارة؟"),
    "event": Label("Is there an event?", "هل هنا حدث؟"),
    "argument": Label("Which argument?", "أي مشارك؟"),
    "attribute": Label("Which value: {name}?", "أي قيمة: {name}؟"),
    "link": Label("Do they belong together?", "هل هما شيء واحد؟"),
    "language": Label("العربية", "English"),
}  # fmt: skip

KINDS = {
    "agreed": Label("agreed", "متفق عليه"),
    "same": Label("the same", "الشيء نفسه"),
    "place_and_label": Label("other boundary and type", "اختلاف الحد والنوع"),
    "content": Label("other fillers or values", "اختلاف المالئات أو القيم"),
    "missed": Label("one has it", "عند واحد دون الآخر"),
    "boundary": Label("other boundary", "اختلاف الحد"),
    "form": Label("clitic or mark only", "سابقة أو حركة فقط"),
    "split": Label("one or several", "واحد أم أكثر"),
    "label": Label("other type", "اختلاف النوع"),
    "type": Label("other event type", "اختلاف نوع الحدث"),
    "role": Label("other role", "اختلاف الدور"),
    "filler": Label("other filler", "اختلاف المالئ"),
    "attachment": Label("other event's argument", "مشارك حدث آخر"),
    "attribute": Label("other value", "اختلاف القيمة"),
}
"""How readings differ."""

REASONS = {
    "slip": Label("a slip", "سهو"),
    "guideline": Label("guideline read otherwise", "فهم مختلف للدليل"),
    "ambiguous": Label("the text is ambiguous", "النص ملتبس"),
    "knowledge": Label("takes knowledge of the world", "يحتاج معرفة بالعالم"),
    "suggestion": Label("a wrong candidate was accepted", "قبول مقترح خاطئ"),
}
"""Why readings differ."""

ORDERS = {
    Order.TEXT: Label("in the order of the text", "بترتيب النص"),
    Order.AGREEMENT: Label("lowest agreement first", "الأقل اتفاقاً أولاً"),
    Order.FORM: Label("the same words together", "الكلمات نفسها معاً"),
}


def say(words: Words, name: str, /, **values: object) -> str:
    """The words of that name in the language of the interface."""
    return words.of(_WORDS[name]).format(**values)
