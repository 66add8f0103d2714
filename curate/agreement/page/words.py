"""What the page says, in English and Arabic."""

from __future__ import annotations

from typing import Final

from curate.model.schema import Label

MEASURES_AR: Final = {
    "mentions": "الإشارات: الموضع والنوع",
    "mentions_span": "الإشارات: الموضع وحده",
    "mentions_overlap": "إشارات من نوع واحد متداخلة",
    "mentions_dice": "إشارات من نوع واحد، بقدر الجزء المشترك",
    "mentions_forgiving": "الإشارات، مع التسامح في السوابق والحركات",
    "tri_i": "الألفاظ الدالة: الموضع (Tri-I)",
    "tri_c": "الألفاظ الدالة: الموضع والنوع (Tri-C)",
    "tri_i_dice": "الألفاظ الدالة، بقدر الجزء المشترك",
    "tri_c_overlap": "ألفاظ دالة من نوع واحد متداخلة",
    "tri_c_dice": "ألفاظ دالة من نوع واحد، بقدر الجزء المشترك",
    "tri_c_forgiving": "ألفاظ دالة من نوع واحد، مع التسامح في السوابق والحركات",
    "events": "إطارات تحكي الحدث نفسه",
    "arg_i_attached": "أركان الحدث: الموضع (Arg-I+)",
    "arg_c_attached": "أركان الحدث: الموضع والدور (Arg-C+)",
    "arg_c_attached_overlap": "أركان الحدث: الدور والتداخل",
    "arg_i": "الأركان أينما كانت: الموضع (Arg-I)",
    "arg_c": "الأركان أينما كانت: الموضع والدور (Arg-C)",
    "frames_exact": "إطارات متطابقة في كل شيء",
    "tri_i_set": "Tri-I كمجموعات على طريقة ACE",
    "tri_c_set": "Tri-C كمجموعات على طريقة ACE",
    "arg_i_set": "Arg-I كمجموعات على طريقة ACE",
    "arg_c_set": "Arg-C كمجموعات على طريقة ACE",
    "arg_i_attached_set": "Arg-I+ كمجموعات على طريقة ACE",
    "arg_c_attached_set": "Arg-C+ كمجموعات على طريقة ACE",
    "skipping": "المقاطع المتجاوَزة",
}
"""The titles of `curate.agreement.report.MEASURES` in Arabic."""

SHORT: Final = {
    "mentions": Label("mentions", "الإشارات"),
    "tri_c": Label("triggers", "الألفاظ الدالة"),
    "arg_c_attached": Label("arguments", "الأركان"),
    "frames_exact": Label("whole frames", "الإطارات كاملة"),
    "presence": Label("events told", "ورود الأحداث"),
    "confusion_mentions": Label("types of mentions", "أنواع الإشارات"),
    "confusion_events": Label("types of events", "أنواع الأحداث"),
    "attributes": Label("attribute", "السمة"),
}

KINDS: Final = {
    "same": Label("the same", "متطابق"),
    "form": Label("a clitic or a mark", "سابقة أو حركة"),
    "boundary": Label("edges", "الحدود"),
    "label": Label("type or role", "النوع أو الدور"),
    "place_and_label": Label("edges and type", "الحدود والنوع"),
    "attachment": Label("on another frame", "في إطار آخر"),
    "content": Label("arguments or attributes", "الأركان أو السمات"),
    "missed": Label("one has nothing here", "لا شيء عند أحدهما"),
}

WORDS: Final = {
    "title": Label("Agreement", "الاتفاق بين الواسمين"),
    "lead": Label(
        "{items} items in {documents} documents that several annotators have done",
        "{items} مقطعاً في {documents} مستنداً أنجزها أكثر من واسم",
    ),
    "unaided": Label("unaided", "دون مساعدة"),
    "assisted": Label("assisted", "بمساعدة"),
    "mixed": Label("mixed", "مختلط"),
    "badge_unaided": Label(
        "Nobody took, corrected or turned down a proposal of the machine.",
        "لم يأخذ أحد مقترحاً من الآلة ولم يصحّحه ولم يرفضه.",
    ),
    "badge_assisted": Label(
        "Annotators saw the machine's proposals: agreement on what was highlighted is no proof "
        "of quality.",
        "رأى الواسمون مقترحات الآلة: الاتفاق على ما هو مُبرَز ليس دليلاً على الجودة.",
    ),
    "badge_mixed": Label(
        "Part of the items was done with the machine's proposals: {assisted} of {items}.",
        "أُنجز جزء من المقاطع مع مقترحات الآلة: {assisted} من {items}.",
    ),
    "small": Label(
        "A small sample: fewer than 20 documents or 50 items. Rest little on it.",
        "عيّنة صغيرة: أقل من 20 مستنداً أو 50 مقطعاً. لا يُبنى عليها الكثير.",
    ),
    "headline": Label("At a glance", "لمحة"),
    "measures": Label("All measures", "كل المقاييس"),
    "measure": Label("measure", "المقياس"),
    "value": Label("value", "القيمة"),
    "interval": Label("95 % interval", "مجال 95 ٪"),
    "made_of": Label("matched · marked by one · by the other", "المتطابق · وسم الأول · وسم الثاني"),
    "types": Label("By type and role", "حسب النوع والدور"),
    "pairs": Label("Pairs of annotators", "أزواج الواسمين"),
    "pairs_how": Label(
        "Above the diagonal F1, below it the items that both have done.",
        "فوق القطر F1، وتحته عدد المقاطع التي أنجزها الاثنان.",
    ),
    "confusion": Label("What one calls what the other calls it", "ما يسميه أحدهما بما يسميه الآخر"),
    "confusion_how": Label(
        "Rows: of each pair the annotator who comes first by name. {nothing}: nothing there. "
        "The darker, the more of its row.",
        "الصفوف: من كل زوج من يسبق اسمه. {nothing}: لا شيء هناك. "
        "كلما اغمقّ اللون كبرت الحصة من الصف.",
    ),
    "nothing": Label("nothing", "لا شيء"),
    "attributes": Label("Attributes and events told", "السمات وورود الأحداث"),
    "attributes_how": Label(
        "Attributes: in frames that tell the same event. Events told: does an item tell such an "
        "event; where one is rare, α is low even for careful people: read AC1 and F1 beside it.",
        "السمات: في إطارات تحكي الحدث نفسه. ورود الأحداث: هل يحكي المقطع حدثاً كهذا؛ وحيث يندر "
        "تنخفض α حتى عند المتأني: اقرأ AC1 وF1 معها.",
    ),
    "attribute": Label("attribute", "السمة"),
    "percent": Label("percent", "النسبة"),
    "frames": Label("frames", "الإطارات"),
    "event": Label("event type", "نوع الحدث"),
    "all_types": Label("all types", "كل الأنواع"),
    "present": Label("present", "الورود"),
    "help": Label("With and without the machine", "مع الآلة ودونها"),
    "help_shown": Label(
        "Items whose proposals were shown, and control items where they were hidden.",
        "مقاطع عُرضت مقترحاتها، ومقاطع ضابطة أُخفيت فيها.",
    ),
    "help_told": Label(
        "Items in which somebody took, corrected or turned down a proposal, and the others.",
        "مقاطع أخذ فيها أحدٌ مقترحاً أو صحّحه أو رفضه، وما عداها.",
    ),
    "difference": Label("difference", "الفرق"),
    "time": Label("Over time", "عبر الزمن"),
    "time_how": Label(
        "Windows of equal size in the order in which items were done. * differs from the first "
        "window: the interval of the difference leaves out zero.",
        "نوافذ متساوية الحجم بترتيب إنجاز المقاطع. * يختلف عن النافذة الأولى: مجال الفرق "
        "لا يضم الصفر.",
    ),
    "items": Label("items", "المقاطع"),
    "again": Label("Annotators with themselves", "الواسم مع نفسه"),
    "again_how": Label(
        "Items that an annotator did twice, some time apart.",
        "مقاطع أنجزها الواسم نفسه مرتين، بينهما زمن.",
    ),
    "annotator": Label("annotator", "الواسم"),
    "kinds": Label("How they differ", "كيف يختلفون"),
    "who": Label("Who counts", "من يُحسب"),
    "who_how": Label(
        "Done with nothing marked is an answer. What one annotator alone has done, what was "
        "skipped, and work under different versions is not compared.",
        "الإنجاز دون وسم جوابٌ أيضاً. ولا يُقارن ما أنجزه واسم وحده، ولا المتجاوَز، ولا العمل على "
        "إصدارات مختلفة.",
    ),
    "single": Label("done by one annotator alone", "أنجزها واسم وحده"),
    "versions_differ": Label("done under different versions", "أُنجزت على إصدارات مختلفة"),
    "repeated": Label(
        "replaced by the same annotator's later word", "حل محلها جواب لاحق للواسم نفسه"
    ),
    "skipped_list": Label("skipped", "متجاوَزة"),
    "new": Label("new", "جديد"),
    "draft": Label("draft", "مسودة"),
    "done": Label("done", "منجز"),
    "skipped": Label("skipped", "متجاوَز"),
    "flagged": Label("flagged", "مُحال"),
    "behind": Label("Behind the numbers", "ما وراء الأرقام"),
    "behind_how": Label(
        "What each number is made of: first where annotators differ.",
        "مما يتكوّن كل رقم: مواضع الاختلاف أولاً.",
    ),
    "more": Label("and {count} more: {command}", "و{count} غيرها: {command}"),
    "matched": Label("matched", "متطابق"),
    "different": Label("different", "مختلف"),
    "only": Label("only {who}", "عند {who} وحده"),
    "one_alone": Label("of one alone", "عند أحدهما وحده"),
    "sentences": Label("The sentences", "الجمل"),
    "filter": Label("Show only sentences with …", "عرض الجمل التي فيها …"),
    "legend": Label("Dashed: not all annotators say so.", "الخط المتقطع: لا يقول به كل الواسمين."),
    "nothing_marked": Label("nothing marked", "لا وسم"),
    "no_interval": Label("no interval", "لا مجال"),
    "not_computable": Label("not computable: {because}", "لا يُحسب: {because}"),
    "top": Label("to the top", "إلى الأعلى"),
    "made": Label(
        "curate · {resamples} drawings of the documents, seed {seed}",
        "curate · {resamples} سحباً للمستندات، البذرة {seed}",
    ),
    "contents": Label("Contents", "المحتويات"),
    "against_first": Label("than at first", "عن البداية"),
}

REASONS_AR: Final = {
    "nobody marked anything of this kind": "لم يسم أحد شيئاً من هذا النوع",
    "no variation: only one label was used": "لا تباين: استُعملت قيمة واحدة",
    "no item was rated by two annotators": "لا مقطع قيّمه واسمان",
    "there is no value": "لا قيمة",
    "one document alone has no interval": "مستند واحد لا مجال له",
    "Cohen's κ is of two annotators": "κ لكوهين بين واسمين اثنين",
    "there are fewer than two annotators": "الواسمون أقل من اثنين",
    "no item was done by two annotators": "لا مقطع أنجزه واسمان",
    "one of the two is not computable": "أحد الاثنين لا يُحسب",
}
"""Why there is no figure, in Arabic; what is not here is said in English."""
