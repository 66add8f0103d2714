"""Which fillers frames get: the shipped rules and lists on invented sentences."""

from __future__ import annotations

from functools import lru_cache

import pytest

from curate.candidates.engine import RuleEngine
from curate.candidates.seeds import shipped_seeds
from curate.formats.schema_file import shipped_schema
from curate.model.candidate import FrameCandidate, MentionCandidate
from curate.model.document import Document
from curate.text.sentences import segment

Frames = dict[str, set[tuple[str, str]]]


@lru_cache(maxsize=1)
def engine() -> RuleEngine:
    return RuleEngine(shipped_schema(), shipped_seeds())


def frames(text: str) -> Frames:
    """Trigger → role and filler, frames by their triggers."""
    found = engine().propose(Document("d1", text, sentences=tuple(segment(text))))
    spans = {c.id: c.span for c in found if isinstance(c, MentionCandidate)}
    spans.update((c.id, c.trigger) for c in found if isinstance(c, FrameCandidate))
    return {
        f"{c.trigger.of(text)}/{c.type}": {
            (a.role, (a.span or spans[a.mention or a.frame or ""]).of(text)) for a in c.arguments
        }
        for c in found
        if isinstance(c, FrameCandidate)
    }


def test_a_phrase_between_commas_is_not_what_is_said() -> None:
    told = frames("دعا الوزير سامي الخطيب، خلال لقاء مع المبعوث الأممي في عمان، إلى هدنة فورية.")
    assert ("Content", "هدنة") in told["دعا/Statement"]
    assert ("Content", "لقاء") not in told["دعا/Statement"]


def test_talks_with_somebody_are_those_of_whoever_speaks() -> None:
    told = frames("أعلنت الأمم المتحدة هدنة بعد مفاوضات مع جماعة الحوثي.")
    parties = {filler for role, filler in told["مفاوضات/Negotiation"] if role == "Participant"}
    assert parties == {"الأمم المتحدة", "جماعة الحوثي"}


def test_a_participle_takes_the_speaker_over_and_blames_what_follows() -> None:
    told = frames("نفى الناطق سامي الخطيب ذلك، متهماً فصائل المعارضة بقصف المدينة.")
    assert ("Speaker", "سامي الخطيب") in told["متهماً/Accusation"]
    assert ("Accused", "فصائل المعارضة") in told["متهماً/Accusation"]


def test_a_pronoun_takes_up_what_the_verb_before_was_done_to() -> None:
    told = frames("خطف مسلحون طبيبين قرب إدلب واحتجزوهما في قبو.")
    assert ("Detainee", "طبيبين") in told["احتجزوهما/Detention"]
    assert ("Agent", "مسلحون") in told["احتجزوهما/Detention"]


def test_who_repels_an_attack_does_so_where_it_happens() -> None:
    told = frames("أعلن الجيش أنه صد هجوماً على مدينة درعا أمس.")
    assert {("Place", "درعا"), ("Time", "أمس")} <= told["صد/Clash"]
    assert told["أعلن/Statement"] == {("Speaker", "الجيش"), ("Content", "صد")}


def test_a_sided_place_in_a_title_holds_for_all_its_events() -> None:
    told = frames("فصائل المعارضة تنسحب بعد معارك عنيفة شرقي حمص")
    assert ("Place", "حمص") in told["تنسحب/Withdrawal"]
    assert ("Place", "حمص") in told["معارك/Clash"]


def test_the_attack_takes_the_type_of_what_was_told_before() -> None:
    told = frames("قصفت طائرة مسيرة سوقاً في مأرب. وأدانت الحكومة الهجوم.")
    assert "الهجوم/Airstrike" in told


@pytest.mark.parametrize(
    ("text", "trigger", "said"),
    [
        ("فنّد المجلس المحلي هذه الرواية.", "فنّد/Denial", ("Denied", "هذه الرواية")),
        ("لم تتبنَّ أي جهة العملية حتى الآن.", "تتبنَّ/Statement", ("Content", "العملية")),
        ("تعهد الوزير سامي الخطيب بحماية المدارس.", "تعهد/Statement", ("Content", "حماية المدارس")),
    ],
)
def test_what_is_said_without_an_event_is_a_bare_span(
    text: str, trigger: str, said: tuple[str, str]
) -> None:
    assert said in frames(text)[trigger]


def test_an_oblique_noun_after_a_verb_is_no_subject_but_after_that_it_is() -> None:
    after = frames("وحضر المبعوث أمس ودعت الطرفين إلى هدنة.")
    assert ("Speaker", "الطرفين") not in after["دعت/Statement"]
    before = frames("قالت الشرطة إن مسلحين خطفوا طبيباً.")
    assert ("Agent", "مسلحين") in before["خطفوا/Detention"]


def test_members_of_a_force_stand_back_behind_it() -> None:
    told = frames("هاجم عناصر من جبهة النصرة حاجز القطيفة.")
    attackers = {filler for role, filler in told["هاجم/Attack"] if role == "Attacker"}
    assert attackers == {"جبهة النصرة"}


def test_what_the_ranks_of_a_party_are_told_of_is_no_slot() -> None:
    told = frames("دارت اشتباكات بين الجيش وجبهة النصرة، وقتل عشرة في صفوف الطرفين.")
    assert all(filler != "الطرفين" for _, filler in told["اشتباكات/Clash"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("حذرت مندوبة فرنسا كارولين مورتييه من التصعيد.", "كارولين مورتييه"),
        ("قال المدير حسام الدين الخطيب إن المشفى قصف.", "حسام الدين الخطيب"),
        ("قال السيد K. Ahmadi إن الهدنة انتهت.", "K. Ahmadi"),
    ],
)
def test_names_after_titles_are_read_whole(text: str, name: str) -> None:
    assert any(("Speaker", name) in fillers for fillers in frames(text).values())


def test_who_walks_into_an_ambush_is_its_target_only() -> None:
    told = frames("حاولت قوات النظام استعادة القرية فوقعت القوات في كمين قرب حماة.")
    assert ("Target", "القوات") in told["كمين/Ambush"]
    assert all(role != "Attacker" for role, _ in told["كمين/Ambush"])


def test_who_leaves_after_fights_was_a_side_of_them() -> None:
    told = frames("فصائل المعارضة تنسحب بعد معارك عنيفة شرقي حمص")
    assert ("SideA", "فصائل المعارضة") in told["معارك/Clash"]
