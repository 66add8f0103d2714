"""The whole page: head, sections, what stands behind the numbers, the sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from curate.agreement.events import AttributesOf
from curate.agreement.gathering import Behind, Number
from curate.agreement.page.links import Links, Place
from curate.agreement.page.markup import Html, joined, outside, tag
from curate.agreement.page.sections import Sections
from curate.agreement.page.sentences import Sentence, card
from curate.agreement.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from curate.agreement.page.naming import Naming


@dataclass(frozen=True, slots=True)
class Subject:
    """What the page is about."""

    name: str
    """Of the project or the files."""
    report: Report
    behind: Mapping[Number, Behind]
    sentence_at: Callable[[Place], Sentence]
    attributes: AttributesOf | None = None


def page(subject: Subject, naming: Naming) -> Iterator[str]:
    """The page in pieces; put together they are one file that needs nothing else."""
    pairs = [(p.first, p.second) for p in subject.report.pairs]
    links = Links(subject.behind, naming, pairs[0] if len(pairs) == 1 else None)
    yield "<!doctype html>\n"
    yield f'<html lang="{naming.language}" dir="{naming.direction}">\n'
    yield _head(subject, naming)
    yield '<body id="top"><main>\n'
    yield from _body(subject, naming, links)
    yield "</main></body></html>\n"


def _head(subject: Subject, naming: Naming) -> Html:
    title = f"{naming.word('title')} · {subject.name}"
    return tag(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html('<meta name="generator" content="curate">'),
        tag("title", title),
        tag("style", Html(_shipped("page.css"))),
        tag("script", Html(_shipped("page.js")), defer=True),
    )


@cache
def _shipped(name: str) -> str:
    return files("curate.agreement.page").joinpath(name).read_text(encoding="utf-8")


def _body(subject: Subject, naming: Naming, links: Links) -> Iterator[str]:
    report, word = subject.report, naming.word
    yield tag("h1", word("title"), " ", tag("small", outside(subject.name)))
    counts = {"items": f"{report.items:,}", "documents": f"{report.documents:,}"}
    yield tag("p", word("lead", **counts), " ", tag("b", word(report.help.badge), class_="badge"))
    helped = {"assisted": f"{report.help.assisted:,}", "items": f"{report.items:,}"}
    yield tag("p", word(f"badge_{report.help.badge}", **helped), class_="how")
    sections = Sections(report, subject.behind, links, naming)
    if report.nothing is not None:
        why = word("not_computable", because=naming.reason(report.nothing))
        yield tag("p", why, class_="warning")
        yield _section("who", naming, sections.who())
        return
    if report.is_small:
        yield tag("p", word("small"), class_="warning")
    made = [*sections.all(), ("who", sections.who())]
    listed = [*(name for name, _ in made), "behind", "sentences"]
    yield tag("nav", *(tag("a", word(n), href=f"#{n}") for n in listed),
              aria_label=word("contents"))  # fmt: skip
    for name, content in made:
        yield _section(name, naming, content)
    behind = joined(links.lists(subject.sentence_at))
    yield _section("behind", naming, joined([tag("p", word("behind_how"), class_="how"), behind]))
    yield '<section id="sentences">'
    yield tag("h2", word("sentences"))
    yield tag("p", word("legend"), class_="how")
    search = Html(f'<input type="search" id="filter" hidden placeholder="{word("filter")}">')
    yield tag("p", search, class_="noprint")
    for place, anchor in links.places.items():
        yield card(subject.sentence_at(place), anchor, naming, subject.attributes)
        yield "\n"
    yield "</section>"
    drawing = report.drawing
    yield tag("footer", word("made", resamples=f"{drawing.resamples:,}", seed=drawing.seed))


def _section(name: str, naming: Naming, content: Html) -> Html:
    return tag("section", tag("h2", naming.word(name)), content, id=name, class_="part-of-page")
