"""What the tour says, step by step."""

from __future__ import annotations

from curate.model.schema import Label

TOUR = {
    "look": Label(
        "This sentence is for practice: nothing you do here is kept. What carries a ? is "
        "proposed. {next_atom} moves the focus on from one thing to the next: press it.",
        "هذه الجملة للتمرين، ولا يُحفظ مما تفعله هنا شيء. وما عليه ? مقترح. "
        "{next_atom} ينقل التركيز من شيء إلى ما بعده: اضغطه.",
    ),
    "accept": Label(
        "The frame on « {trigger} » is right: see its card. {previous_frame} {next_frame} go "
        "from frame to frame. With the focus on it, {accept} accepts it, slots and all.",
        "الإطار على « {trigger} » صحيح كما ترى في بطاقته. {previous_frame} {next_frame} "
        "للانتقال بين الأطر. ضع التركيز عليه ثم {accept} لقبوله بخاناته كلها.",
    ),
    "fix": Label(
        "The frame on « {trigger} » has « {filler} » under {was}, but it is the {role}. With "
        "the focus on the frame: {number}, then the letter under « {filler} ».",
        "في الإطار على « {trigger} » وُضع « {filler} » في خانة {was}، والصواب {role}. ضع "
        "التركيز على الإطار ثم اضغط {number} ثم الحرف المكتوب تحت « {filler} ».",
    ),
    "build": Label(
        "« {trigger} » is an event too, and nobody proposed it. {new_frame}, the letter under "
        "« {trigger} » (its type if you are asked), the letter under « {filler} », {accept}.",
        "« {trigger} » حدث أيضاً ولم يقترحه أحد. اضغط {new_frame} ثم الحرف تحت « {trigger} » "
        "(ثم نوعه إن سُئلت) ثم الحرف تحت « {filler} » ثم {accept}.",
    ),
    "undo": Label(
        "Nothing is final. {undo} takes the last decision back, wherever it was: press it.",
        "لا شيء نهائياً. {undo} يتراجع عن آخر قرار أينما كان: اضغطه.",
    ),
    "redo": Label(
        "And {redo} repeats what was taken back, as often as there is something.",
        "و{redo} يعيد ما تراجعت عنه ما دام هناك ما يعاد.",
    ),
    "close": Label(
        "Decide on what still carries a ?: {accept} one by one, {reject} says no, {accept_all} "
        "takes all. With nothing open, {accept} closes the item.",
        "احسم ما بقي عليه ?: {accept} واحداً واحداً، و{reject} للرفض، و{accept_all} للكل. "
        "فإذا لم يبق شيء مفتوح أغلق {accept} المقطع.",
    ),
    "end": Label(
        "That is most of it. {help} shows every key and the manual, {palette} every command by "
        "its name, {guideline} the guideline of what has the focus. Esc leaves the practice.",
        "هذا جُلّ ما تحتاج إليه. {help} لكل المفاتيح والدليل، و{palette} لكل الأوامر بأسمائها، "
        "و{guideline} لقواعد ما عليه التركيز. وEsc للخروج من التمرين.",
    ),
}
"""Step → what is said; names in braces are commands, for their keys, or facts of the item."""

TITLE = Label("Tour {at}/{count}", "الجولة {at}/{count}")
DONE = Label("✓ done", "✓ تم")
LEAVES = Label("{quit} leaves · {undo} takes back", "{quit} للخروج · {undo} للتراجع")
