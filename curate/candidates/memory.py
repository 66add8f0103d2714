"""Names that a document explains once and then uses without explanation.

`The activist Khaldun al-Jasir` becomes `al-Jasir`, `the town of X` becomes
`X`. What titles, heads and verbs of saying taught is looked for in the whole
document, also before the place that explains it (titles come first).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from curate.candidates.hits import Hit
from curate.candidates.inflection import bare_forms
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from curate.candidates.reading import Reading
    from curate.candidates.scan import Scan

_TEACHING: Final = ("announced", "name-after", "kunya", "given-name")
_PERSON: Final = ("name-after", "given-name")
_LETTERS: Final = frozenset("وفبلك")
_SHORTEST: Final = 4
_ANAPHOR: Final = "anaphor"
_ARTICLE: Final = "ال"


@dataclass(frozen=True, slots=True)
class _Name:
    forms: tuple[str, ...]
    hit: Hit
    part: bool
    """Whether it is only one word of the name that was taught."""


class Memory:
    """The names of one document, by their first word."""

    __slots__ = ("_heads", "_names")

    def __init__(self, readings: Iterable[tuple[Scan, list[Hit]]]) -> None:
        self._names: dict[str, list[_Name]] = {}
        self._heads: dict[str, Hit] = {}
        for scan, hits in readings:
            for hit in hits:
                if hit.rule.startswith(_TEACHING):
                    self._learn(scan, hit)
                if hit.last > hit.first and hit.rule in ("name", "phrase"):
                    self._heads.setdefault(bare_forms(_forms(scan.reading, hit)[0])[-1], hit)
        for names in self._names.values():
            names.sort(key=lambda n: (-len(n.forms), n.part))

    def _learn(self, scan: Scan, hit: Hit) -> None:
        forms = _forms(scan.reading, hit)
        self._add(_Name(forms, hit, part=False))
        if len(forms) > 1 and hit.rule.startswith(_PERSON):
            parted = len(forms) > 2 and "name_part" in _tags(scan, hit.last - 1)
            if parted:
                self._add(_Name(forms[-2:], hit, part=True))
            for form in sorted({forms[0]} if parted else {forms[0], forms[-1]}):
                if len(form) >= _SHORTEST and (form.startswith(_ARTICLE) or _unlisted(scan, form)):
                    self._add(_Name((form,), hit, part=True))

    def _add(self, name: _Name) -> None:
        known = self._names.setdefault(name.forms[0], [])
        if all(n.forms != name.forms for n in known):
            known.append(name)

    def hits(self, scan: Scan, found: list[Hit]) -> list[Hit]:
        """Mentions of known names in a sentence where nothing was found."""
        covered = {w for h in found for w in h.words}
        again = list(self._uncovered(scan, covered)) if self._names else []
        return [*again, *self._taken_up(scan, covered)]

    def _taken_up(self, scan: Scan, covered: set[int]) -> Iterator[Hit]:
        """`The Council` after a council was named: nouns that mean nothing definite alone."""
        for at, founds in scan.found.items():
            for found in founds:
                if found.entry.note.get("alone") != _ANAPHOR or not found.entrance.definite:
                    continue
                named = self._heads.get(bare_forms(found.entrance.split.stem)[-1])
                if named is None or named.type != found.entry.type or at in covered:
                    continue
                span = Span(
                    scan.reading.start_of(at, found.entrance.split.start),
                    scan.reading.end_of(found.last),
                )
                covered.update(range(at, found.last + 1))
                reason = f"short for {named.reason}"
                yield Hit(
                    at,
                    found.last,
                    span,
                    named.type,
                    named.subtype,
                    "name-short",
                    reason,
                    named.entry,
                )
                break

    def _uncovered(self, scan: Scan, covered: set[int]) -> Iterator[Hit]:
        words = scan.reading.words
        for at, word in enumerate(words):
            if at in covered:
                continue
            names = self._names.get(word.form)
            cut = 0
            if names is None and word.form[:1] in _LETTERS:
                names, cut = self._names.get(word.form[1:]), 1
            for name in names or ():
                last = at + len(name.forms) - 1
                rest = tuple(w.form for w in words[at + 1 : last + 1])
                if rest == name.forms[1:] and covered.isdisjoint(range(at, last + 1)):
                    yield _again(scan.reading, name, at, cut)
                    covered.update(range(at, last + 1))
                    break


def _forms(reading: Reading, hit: Hit) -> tuple[str, ...]:
    """The words of a mention in normal form, without proclitics on the first."""
    first = reading.words[hit.first]
    cut = first.offsets.normal_offset(hit.span.start - reading.starts[hit.first])
    return (first.form[cut:], *(reading.words[i].form for i in range(hit.first + 1, hit.last + 1)))


def _tags(scan: Scan, at: int) -> frozenset[str]:
    return scan.reading.words[at].tags


def _unlisted(scan: Scan, form: str) -> bool:
    """Whether no list explains the word otherwise."""
    return all(
        w.form != form or not (scan.found.get(i) or w.tags or i in scan.verbs)
        for i, w in enumerate(scan.reading.words)
    )


def _again(reading: Reading, name: _Name, at: int, cut: int) -> Hit:
    last = at + len(name.forms) - 1
    return Hit(
        at,
        last,
        Span(reading.start_of(at, cut), reading.end_of(last)),
        name.hit.type,
        name.hit.subtype,
        "name-known-part" if name.part else "name-known",
        f"named in this document; {name.hit.reason}",
        name.hit.entry,
    )
