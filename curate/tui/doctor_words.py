"""What `curate doctor` says, in English and Arabic."""

from __future__ import annotations

from typing import Final

from curate.model.schema import Label

SENTENCES: Final = {
    "heading": Label("Terminal", "الطرفية"),
    "around": Label("Around it", "ما حولها"),
    "todo": Label("What to do", "ما العمل"),
    "terminal": Label("it is: {terminal}", "نوعها: {terminal}"),
    "answers": Label(
        "it answers: name {name}, kind {kind}, mode 8 {mode}",
        "أجابت: الاسم {name}، النوع {kind}، الوضع 8 {mode}",
    ),
    "silent": Label(
        "it was not asked, or did not answer",
        "لم تُسأل أو لم تُجب",
    ),
    "visual": Label(
        "Arabic is put in order by curate ({because})",
        "تتولى curate ترتيب الحروف العربية",
    ),
    "by_terminal": Label(
        "Arabic is left to the terminal ({because}): columns may swap and clicks may miss",
        "يُترك ترتيب العربية للطرفية: فقد تتبادل الأعمدة مواضعها وتخطئ النقرات",
    ),
    "switch": Label(
        "it is told not to reorder while curate runs, and put back afterwards",
        "يُطلب منها ألا تعيد الترتيب ما دامت curate تعمل، ثم تعود كما كانت",
    ),
    "through": Label("the words go through {through}", "يمر الطلب عبر {through}"),
    "marks": Label("vowel marks are shown", "الحركات ظاهرة"),
    "no_marks": Label("vowel marks are hidden on the screen", "الحركات مخفية على الشاشة"),
    "uncertain": Label(
        "this is a guess: you are asked once when curate starts",
        "هذا تخمين: ستُسأل مرة واحدة عند بدء curate",
    ),
    "utf8": Label("the locale is UTF-8", "ترميز النظام UTF-8"),
    "not_utf8": Label(
        "the locale is not UTF-8: set LANG, for example to ar_EG.UTF-8 or C.UTF-8",
        "ترميز النظام ليس UTF-8: اضبط LANG، مثلاً على ar_EG.UTF-8 أو C.UTF-8",
    ),
    "colours": Label("colours: {colours}", "الألوان: {colours}"),
    "fonts": Label(
        "monospaced fonts here that hold the joined forms: {fonts}",
        "الخطوط ثابتة العرض هنا التي تضم الأشكال المتصلة: {fonts}",
    ),
    "no_fonts": Label(
        "no monospaced font here holds the joined forms: install DejaVu Sans Mono",
        "لا خط ثابت العرض هنا يضم الأشكال المتصلة: ثبّت DejaVu Sans Mono",
    ),
    "fonts_unknown": Label(
        "set the terminal's font to one with Arabic presentation forms, such as DejaVu Sans Mono",
        "اختر للطرفية خطاً يضم أشكال العرض العربية مثل DejaVu Sans Mono",
    ),
    "clipboard": Label(
        "copying uses OSC 52: {takes}",
        "النسخ عبر OSC 52: {takes}",
    ),
    "takes": Label("this terminal takes it", "تقبله هذه الطرفية"),
    "takes_not": Label(
        "this terminal does not take it, so copied text may stay in curate",
        "لا تقبله هذه الطرفية، فقد يبقى النص المنسوخ داخل curate",
    ),
    "takes_if": Label("this terminal takes it if {setting}", "تقبله هذه الطرفية إذا ضُبط {setting}"),
    "takes_maybe": Label("not every terminal takes it", "لا تقبله كل طرفية"),
    "sample": Label(
        "this line should read from right to left with joined letters:",
        "يجب أن يُقرأ هذا السطر من اليمين إلى اليسار بحروف متصلة:",
    ),
    "nothing": Label("nothing: Arabic should look right", "لا شيء: ينبغي أن تبدو العربية سليمة"),
}
"""Name of a finding → how it is told."""
