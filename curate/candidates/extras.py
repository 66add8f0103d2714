"""Mentions that other mentions bring with them: nationality, gloss in brackets, quoted outlet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from curate.candidates.hits import Hit
from curate.candidates.rules import Adjective
from curate.candidates.scan import QUOTES
from curate.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from curate.candidates.rules import Rules
    from curate.candidates.scan import Scan
    from curate.model.schema import EventSchema

_NATIONALITY: Final = "adjective"
_LAM: Final = frozenset({"ل", "ول"})
_AFTER_VERB: Final = 8
_LONGEST_NAME: Final = 4
_LONGEST_GLOSS: Final = 2


def extras(scan: Scan, kept: Sequence[Hit], schema: EventSchema, rules: Rules) -> Iterator[Hit]:
    """What the mentions found so far bring with them; none overlaps them."""
    covered = {w for h in kept for w in h.words}
    for hit in kept:
        yield from _nationality(scan, hit, schema, covered)
        yield from _gloss(scan, hit, covered)
    outlet, _, subtype = rules.bindings.get("outlet", "").partition("/")
    if outlet in schema.entity_types:
        yield from _outlets(scan, covered, outlet, subtype or None)


def _nationality(scan: Scan, hit: Hit, schema: EventSchema, covered: set[int]) -> Iterator[Hit]:
    """Whose a thing is: the adjective after it, where it does not belong to its span."""
    at = hit.last + 1
    words = scan.reading.words
    if hit.entry is None or hit.entry.note.get("nation") != "out" or at >= len(words):
        return
    word = words[at]
    agrees = word.definite == words[hit.last].definite and scan.reading.gaps[at] == " "
    if word.adjective is not Adjective.NATION or not agrees or at in covered:
        return
    for one in scan.vocabulary.get(at, ()):
        if one.kind == _NATIONALITY and one.entry.type in schema.entity_types:
            span = Span(scan.reading.starts[at], scan.reading.end_of(at))
            reason = f"nationality: {one.entry.form}"
            yield Hit(at, at, span, one.entry.type, _NATIONALITY, "nation", reason, one.entry)
            return


def _gloss(scan: Scan, hit: Hit, covered: set[int]) -> Iterator[Hit]:
    """A short name in brackets after a name: another mention of the same."""
    gaps = scan.reading.gaps
    first = hit.last + 1
    if not hit.rule.startswith(("name", "announced", "phrase")) or first >= len(gaps) - 1:
        return
    if gaps[first].strip() != "(":
        return
    for last in range(first, min(first + _LONGEST_GLOSS, len(gaps) - 1)):
        if gaps[last + 1].startswith(")"):
            known = any(w in covered or w in scan.vocabulary for w in range(first, last + 1))
            if not known and not scan.reading.words[first].form[0].isdecimal():
                span = Span(scan.reading.starts[first], scan.reading.end_of(last))
                reason = f"in brackets after {hit.reason}"
                yield Hit(first, last, span, hit.type, hit.subtype, "announced-gloss", reason)
            return


def _outlets(scan: Scan, covered: set[int], outlet: str, subtype: str | None) -> Iterator[Hit]:
    """What is quoted after `said … to`: the outlet that was spoken to."""
    words, gaps = scan.reading.words, scan.reading.gaps
    for at in range(1, len(words) - 1):
        if words[at].form not in _LAM or QUOTES.isdisjoint(gaps[at + 1]):
            continue
        window = range(max(at - _AFTER_VERB, 0), at)
        if not any("quote_verb" in words[i].tags for i in window) or at + 1 in covered:
            continue
        for last in range(at + 1, min(at + 1 + _LONGEST_NAME, len(words))):
            if not QUOTES.isdisjoint(gaps[last + 1]):
                span = Span(scan.reading.starts[at + 1], scan.reading.end_of(last))
                yield Hit(
                    at + 1, last, span, outlet, subtype, "announced-outlet", "quoted after `to`"
                )
                break
            if gaps[last + 1].strip():
                break
