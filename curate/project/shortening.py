"""Documents without what is too long to be a sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from curate.model.document import Document

LONGEST_SENTENCE = 20_000
"""Code points of a sentence in which candidates are proposed."""


def within_reason(document: Document) -> Document:
    """The document without sentences on which a producer would only stall."""
    if all(len(s.span) <= LONGEST_SENTENCE for s in document.sentences):
        return document
    kept = tuple(s for s in document.sentences if len(s.span) <= LONGEST_SENTENCE)
    return replace(document, sentences=kept)
