"""Numbers that lead to the places they are made of, and the list of those places."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from curate.agreement.evidence import Outcome
from curate.agreement.page.markup import Content, Html, joined, outside, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from curate.agreement.evidence import Instance
    from curate.agreement.gathering import Behind, Number
    from curate.agreement.page.naming import Naming
    from curate.agreement.page.sentences import Sentence
    from curate.agreement.pairing import Atom
    from curate.model.span import Span

Place = tuple[str, "Span"]
"""Id of the document, and the item in it."""


class Links:
    """Gives numbers and sentences their anchors, and remembers what was asked for."""

    def __init__(
        self, behind: Mapping[Number, Behind], naming: Naming, pair: tuple[str, str] | None
    ) -> None:
        self._behind = behind
        self._naming = naming
        self._pair = pair
        self._numbers: dict[Number, str] = {}
        self._places: dict[Place, str] = {}

    def to(self, content: Content, number: Number) -> Html:
        """The content as a link to what stands behind it; as it is where nothing does."""
        if number not in self._behind:
            return tag("span", content)
        if number in self._numbers:
            return tag("a", content, href=f"#{self._numbers[number]}")
        anchor = self._numbers[number] = f"n{len(self._numbers) + 1}"
        return tag("a", content, href=f"#{anchor}", id=f"from-{anchor}")

    @property
    def places(self) -> Mapping[Place, str]:
        """The sentences that the lists name, with their anchors, as they came."""
        return self._places

    def lists(self, sentence_at: Callable[[Place], Sentence]) -> Iterator[Html]:
        """What stands behind each number that was linked."""
        for number, anchor in self._numbers.items():
            behind = self._behind[number]
            entries = [*behind.different, *behind.same]
            lines = [self._line(found, sentence_at) for found in entries]
            left = behind.outcomes.total() - len(entries)
            if left > 0:
                command = tag("code", command_for(number), dir="ltr")
                text = self._naming.word("more", count=f"{left:,}", command="\0")
                before, _, after = text.partition("\0")
                lines.append(tag("li", before, command, after, class_="more"))
            back = tag("a", "↑", href=f"#from-{anchor}", title=self._naming.word("top"))
            counts = joined(self._counts(number, behind), " · ")
            title = tag("h3", joined(self._title(number), " · "), " ", back)
            yield tag("section", title, tag("p", counts), tag("ol", *lines), id=anchor)

    def _title(self, number: Number) -> Iterator[Content]:
        naming = self._naming
        yield naming.measure(number.measure)
        if number.label:
            yield outside(naming.label(number.label))
        if number.cell is not None:
            yield joined([naming.or_nothing(side) for side in number.cell], " ↔ ")
        if number.pair is not None:
            yield joined(map(outside, number.pair), " × ")
        if number.condition is not None:
            yield naming.word(number.condition)
        if number.window is not None:
            yield f"{naming.word('time')} {number.window + 1}"
        if number.kind is not None:
            yield naming.word(number.kind)

    def _counts(self, number: Number, behind: Behind) -> Iterator[Content]:
        names = number.pair or self._pair
        word = self._naming.word
        alone = [word("only", who=n) for n in names] if names else [word("one_alone")] * 2
        titles = {
            Outcome.MATCHED: word("matched"),
            Outcome.DIFFERENT: word("different"),
            Outcome.ONLY_FIRST: alone[0],
            Outcome.ONLY_SECOND: alone[1],
        }
        counts: Counter[str] = Counter()
        for outcome, title in titles.items():
            counts[title] += behind.outcomes[outcome]
        yield from (
            joined([f"{count:,} ", outside(title)]) for title, count in counts.items() if count
        )

    def _line(self, found: Instance, sentence_at: Callable[[Place], Sentence]) -> Html:
        place = found.document, found.span
        anchor = self._places.setdefault(place, f"s{len(self._places) + 1}")
        sentence = sentence_at(place)
        sides = [
            joined([tag("small", outside(name)), " ", self._said(atom, sentence)])
            for name, atom in zip(found.annotators, (found.first, found.second), strict=True)
        ]
        link = tag("a", outside(f"{found.document} {found.span.start}–{found.span.end}"),
                   href=f"#{anchor}", class_="where")  # fmt: skip
        kind = tag("span", self._naming.word(found.difference), class_=f"kind {found.difference}")
        return tag("li", kind, " ", joined(sides, " ⟷ "), " ", link)

    def _said(self, atom: Atom | None, sentence: Sentence) -> Html:
        if atom is None:
            return tag("span", "∅", class_="none")
        words = sentence.words(atom.start, atom.end)
        label = tag("b", self._naming.or_nothing(atom.label))
        if atom.end - atom.start >= len(sentence.span):
            return label
        if atom.event is None or atom.extent == atom.event.trigger:
            return joined([words, " ", label])
        event = atom.event
        trigger = sentence.words(event.start, event.end)
        frame = joined([" (", outside(self._naming.label(event.type)), " ", trigger, ")"])
        return joined([words, " ", label, tag("small", frame)])


def command_for(number: Number) -> str:
    """The command that prints all that stands behind a number."""
    parts = ["curate agreement --behind", number.measure]
    if number.label:
        parts.append(f"--label {_quoted(number.label)}")
    if number.cell is not None:
        parts.append("--cell " + _quoted(",".join(number.cell)))
    parts += [f"--by {_quoted(name)}" for name in number.pair or ()]
    return " ".join(parts)


def _quoted(text: str) -> str:
    """The text as an argument for a shell."""
    plain = text.replace("-", "").replace("_", "").replace(",", "").isalnum()
    return text if plain else "'" + text.replace("'", "'\\''") + "'"
