"""What the sync screen says, in English and Arabic."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.model.schema import Label
from curate.project.syncing import Act, Question, Side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from curate.tui.words import Words

_WORDS: Final = {
    "title": Label("Sync with Label Studio", "المزامنة مع Label Studio"),
    "place": Label("{server}, project {number}: {title}", "{server}، المشروع {number}: {title}"),
    "looking": Label("looking at both sides …", "النظر في الجانبين…"),
    "syncing": Label("syncing …", "تجري المزامنة…"),
    "so_far": Label("{what} {done} of {total}", "{what} {done} من {total}"),
    "last": Label("last sync {at}", "آخر مزامنة {at}"),
    "never": Label("never synced yet", "لم تجر مزامنة بعد"),
    "goes": Label("Goes there", "يُرسَل"),
    "comes": Label("Comes here", "يُجلَب"),
    "besides": Label("Stays as it is", "يبقى كما هو"),
    "decide": Label("To decide: {count}", "ينتظر قرارك: {count}"),
    "done": Label("Done", "تم"),
    "nothing": Label("nothing: both sides say the same", "لا شيء: الجانبان متفقان"),
    "item": Label("item {position}", "المقطع {position}"),
    "gold": Label("gold", "الذهبي"),
    "task": Label("the task", "المهمة"),
    "kept": Label("{side} holds from the next sync on", "يسري {side} من المزامنة القادمة"),
    "sync_first": Label(
        "s first: a sync keeps both versions, then you decide",
        "s أولاً: تحفظ المزامنة النسختين ثم تقرر",
    ),
    "quarantined": Label(
        "{count} parts that the schema forbids went to quarantine",
        "عُزلت أجزاء لا يسمح بها المخطط: {count}",
    ),
    "strangers": Label(
        "{count} tasks there are not of this project: left alone",
        "مهام هناك ليست من هذا المشروع، تُركت كما هي: {count}",
    ),
    "keys": Label(
        "s sync both · g only send · c only fetch · r look again · Esc",
        "s مزامنة · g إرسال فقط · c جلب فقط · r إعادة النظر · Esc",
    ),
    "keys_deciding": Label(
        "↑ ↓ · h what is here holds · t what is there · Enter goes to it · s sync · r look · Esc",
        "↑ ↓ · h يسري ما هنا · t يسري ما هناك · Enter للذهاب · s مزامنة · r نظر · Esc",
    ),
    "keys_busy": Label("Esc stops: the next sync goes on", "Esc للإيقاف، وتكملها المزامنة القادمة"),
    "not_linked": Label(
        "This project is not synced with anything yet. In a shell:",
        "لا يُزامَن هذا المشروع مع شيء بعد. في سطر الأوامر:",
    ),
}  # fmt: skip

ACTS: Final[Mapping[Act, Label]] = {
    Act.TASK: Label("new tasks, with candidates", "مهام جديدة بمقترحاتها"),
    Act.PREDICTION: Label("new candidates for tasks", "مقترحات جديدة لمهام"),
    Act.PUSH: Label("annotations", "وسوم"),
    Act.DELETE_THERE: Label("annotations to delete there", "وسوم تُحذف هناك"),
    Act.PULL: Label("annotations", "وسوم"),
    Act.CLEAR_HERE: Label("annotations to clear here", "وسوم تُفرَّغ هنا"),
    Act.CONFLICT: Label("changed on both sides", "تغيرت في الجانبين"),
    Act.ASK: Label("gone from one side", "حُذفت من أحد الجانبين"),
    Act.REMIND: Label("asked before", "سبق السؤال عنها"),
    Act.WAIT: Label("drafts, until they are done", "مسودات إلى أن تُنجز"),
    Act.ADOPT_TASK: Label("tasks that are there already", "مهام موجودة هناك"),
    Act.ADOPT: Label("annotations alike on both sides", "وسوم متطابقة في الجانبين"),
    Act.DROP_TASK: Label("tasks left out", "مهام استُبعدت"),
    Act.FORGET: Label("annotations gone on both sides", "وسوم حُذفت من الجانبين"),
}
GOES: Final = (Act.TASK, Act.PREDICTION, Act.PUSH, Act.DELETE_THERE)
COMES: Final = (Act.PULL, Act.CLEAR_HERE)
BESIDES: Final = (Act.WAIT, Act.ADOPT_TASK, Act.ADOPT, Act.DROP_TASK, Act.FORGET)
ASKED: Final[Mapping[Question, Label]] = {
    Question.CONFLICT: Label(
        "changed on both sides; both versions are kept", "تغير في الجانبين، والنسختان محفوظتان"
    ),
    Question.GONE_THERE: Label(
        "deleted in Label Studio, still here", "حُذف في Label Studio وهو باق هنا"
    ),
    Question.GONE_HERE: Label(
        "taken away here, still in Label Studio", "أُزيل هنا وهو باق في Label Studio"
    ),
    Question.TASK_GONE: Label("its task was deleted in Label Studio", "حُذفت مهمته في Label Studio"),
}
SIDES: Final[Mapping[Side, Label]] = {
    Side.HERE: Label("what is here", "ما هنا"),
    Side.THERE: Label("what is there", "ما هناك"),
}
STEPS: Final = {"looking": Label("looking", "نظر"), "syncing": Label("syncing", "مزامنة")}


def say(words: Words, name: str, /, **values: object) -> str:
    """The words of that name in the language, with the values put in."""
    return words.of(_WORDS[name]).format(**values)
