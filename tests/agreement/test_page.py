"""The page holds every number with a way to its sentences, and nothing from outside acts on it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from curate.agreement.collect import Selection, collect
from curate.agreement.evidence import Difference
from curate.agreement.gathering import Number, gather
from curate.agreement.page.markup import colour, shown, tag
from curate.agreement.page.naming import Naming
from curate.agreement.page.page import Subject, page
from curate.agreement.page.sentences import Sentence
from curate.agreement.page.words import KINDS, MEASURES_AR, REASONS_AR, SHORT, WORDS
from curate.agreement.report import MEASURES, report
from curate.agreement.states import DocumentWork, Work
from curate.model.annotation import Annotation, Argument, Fate, Frame, Mention, Status
from curate.model.span import Span
from tests.small import TEXT, small_schema, span

WHOLE = Span(0, len(TEXT))
GUN = Mention("m1", span("المدفعية"), "Group")
TOWN = Mention("m2", span("بلدة الريحانية"), "Site")
FIRE = Frame(
    "f1", "Fire", span("قصفت"), (Argument("Agent", mention="m1"), Argument("Where", mention="m2"))
)
ANN = Annotation("ann", WHOLE, Status.DONE, (GUN, TOWN), (FIRE,))
BEA = replace(
    ANN, annotator="bea", mentions=(GUN, replace(TOWN, span=span("الريحانية"))),
    frames=(replace(FIRE, arguments=FIRE.arguments[:1]),),
)  # fmt: skip
CEM = replace(ANN, annotator="cem", mentions=(), frames=(), fates={"c": Fate.REJECTED})


class Reader(HTMLParser):
    """Reads a page's anchors, links and what it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: set[str] = set()
        self.fetched: list[str] = []
        self.tags: Counter[str] = Counter()
        self.open: list[str] = []
        self.arabic: list[dict[str, str | None]] = []

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note what the element says."""
        given = dict(attributes)
        self.tags[name] += 1
        if name not in {"meta", "input"}:
            self.open.append(name)
        if "id" in given:
            self.ids[given["id"] or ""] += 1
        if name == "a":
            self.links.add(given["href"] or "")
        if "ar" in (given.get("class") or "").split():
            self.arabic.append(given)
        self.fetched += [v or "" for k, v in attributes if k in {"src", "srcset", "data"}]

    def handle_endtag(self, name: str) -> None:
        """Check that what closes was open."""
        assert self.open.pop() == name


def works(*said: Annotation, documents: int = 3) -> list[DocumentWork]:
    """Documents with that said of each."""
    return [
        DocumentWork(f"d{n}", tuple(Work(a, at=f"2026-01-0{n + 1}") for a in said))
        for n in range(documents)
    ]


def made(language: str, *said: Annotation, name: str = "work", text: str = TEXT) -> str:
    """The page of such documents."""
    found, selection = works(*said), Selection()
    whole = report(collect(found, selection), window=2)
    behind = gather(found, selection, whole.attributes, whole.windows, 5)
    people = {a.annotator: a for a in said}
    subject = Subject(name, whole, behind, lambda p: Sentence(p[0], p[1], text, people))
    return "".join(page(subject, Naming(small_schema(), language)))


def read(html: str) -> Reader:
    """The page as a browser would take it apart."""
    reader = Reader()
    reader.feed(html)
    assert not reader.open
    return reader


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_link_leads_somewhere_and_nothing_is_fetched(language: str) -> None:
    html = made(language, ANN, BEA, CEM)
    found = read(html)
    assert found.links
    assert {link.removeprefix("#") for link in found.links} <= set(found.ids)
    assert set(found.ids.values()) == {1}
    assert not found.fetched
    assert not re.search(r"https?://|@import|url\(", html)


def test_numbers_lead_to_sentences_with_both_readings() -> None:
    html = made("en", ANN, BEA)
    anchor = re.search(r'href="#(n\d+)"[^>]*>0\.500</a>', html)
    assert anchor is not None
    listed = html.split(f'<section id="{anchor[1]}">', 1)[1].split("</section>", 1)[0]
    assert "edges" in listed
    sentence = re.search(r'href="#(s\d+)"', listed)
    assert sentence is not None
    card = html.split(f'id="{sentence[1]}"', 1)[1].split("</article>", 1)[0]
    assert "<bdi>ann</bdi>" in card
    assert "<bdi>bea</bdi>" in card


@pytest.mark.parametrize("language", ["en", "ar"])
def test_arabic_stands_by_itself_from_right_to_left(language: str) -> None:
    found = read(made(language, ANN, BEA))
    assert found.arabic
    assert all(given["dir"] == "rtl" and given["lang"] == "ar" for given in found.arabic)


def test_the_arabic_page_runs_from_the_right_and_says_the_same() -> None:
    english, arabic = (made(language, ANN, BEA, CEM) for language in ("en", "ar"))
    assert '<html lang="ar" dir="rtl">' in arabic
    assert read(english).tags == read(arabic).tags
    assert set(re.findall(r"\b[01]\.\d{3}\b", english)) == set(
        re.findall(r"\b[01]\.\d{3}\b", arabic)
    )


def test_what_comes_from_outside_cannot_act() -> None:
    bad = "<script>alert(1)</script>\"'&"
    html = made(
        "en", replace(ANN, annotator=bad), replace(BEA, annotator="</style>"), name=bad,
        text=TEXT.replace("صباحا", "<b>ا\u202e"),
    )  # fmt: skip
    found = read(html)
    assert found.tags["script"] == 1
    assert bad not in html
    assert "U+202E" in html
    assert "\u202e" not in html
    assert "&lt;b&gt;" in html


def test_hidden_characters_are_named_and_joiners_kept() -> None:
    assert shown("a\u202eb\u200dc\x07\n") == (
        'a<bdi class="ctl" dir="ltr" title="RIGHT-TO-LEFT OVERRIDE">U+202E</bdi>b\u200dc'
        '<bdi class="ctl" dir="ltr" title="control character">U+0007</bdi> '
    )


def test_an_attribute_is_escaped_and_a_colour_is_one_or_nothing() -> None:
    assert tag("a", "x", title='"><i>', hidden=False, id=None) == (
        '<a title="&quot;&gt;&lt;i&gt;">x</a>'
    )
    assert colour("#aa00cc") == "--c:#aa00cc"
    assert colour("red;background:url(x)") is None


def test_without_anything_to_compare_the_page_says_why() -> None:
    assert "fewer than two annotators" in made("en", ANN)
    assert REASONS_AR["there are fewer than two annotators"] in made("ar", ANN)


def test_each_kind_of_difference_has_its_examples() -> None:
    found = gather(works(ANN, BEA), Selection(), [], [], 2)
    behind = found[Number("mentions", kind=Difference.BOUNDARY)]
    assert behind.outcomes.total() == 3
    assert len(behind.different) == 2
    assert Number("tri_c", "Fire", kind=None) in found


def test_conditions_pairs_and_windows_lead_back_too() -> None:
    found = gather(
        works(ANN, BEA, CEM), Selection(), [],
        report(collect(works(ANN, BEA, CEM), Selection()), window=2).windows, 2,
    )  # fmt: skip
    for number in (
        Number("mentions", pair=("ann", "cem")),
        Number("mentions", condition="assisted"),
        Number("mentions", window=1),
        Number("confusion_mentions", cell=("Site", "")),
        Number("presence", "Fire"),
    ):
        assert found[number].outcomes.total() > 0


def test_every_word_is_there_in_both_languages() -> None:
    assert MEASURES_AR.keys() == MEASURES.keys()
    assert {*KINDS} == {d.value for d in Difference}
    for label in (*WORDS.values(), *SHORT.values(), *KINDS.values()):
        assert set(re.findall(r"{\w+}", label.en)) == set(re.findall(r"{\w+}", label.ar))
        assert label.en
        assert label.ar
