"""Fingerprints: two annotations that say the same have the same, on whatever side they are."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

import msgspec

from curate.model.annotation import Annotation
from curate.store.encoding import annotation_parts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from curate.formats.records import Misfit

_LENGTH: Final = 24
"""Hexadecimal digits: 96 bits."""
_ODD: Final = "!"
"""Parts the fingerprint of what was understood from that of what was not."""


def mark(annotation: Annotation, misfits: Iterable[Misfit] = ()) -> str:
    """The fingerprint of what an annotation says, whoever says it."""
    parts = annotation_parts(annotation)
    del parts["annotator"]
    parts["fates"] = dict(annotation.fates)
    odd = [misfit.content for misfit in misfits]
    return mark_of(parts) if not odd else f"{mark_of(parts)}{_ODD}{mark_of(odd)}"


def mark_of(value: object) -> str:
    """The fingerprint of a value that JSON knows; the order of an object's names is nothing."""
    content = msgspec.json.encode(value, order="deterministic")
    return hashlib.sha256(content).hexdigest()[:_LENGTH]


def is_blank(annotation: Annotation) -> bool:
    """Whether nothing was said yet."""
    return annotation == Annotation(annotation.annotator, annotation.item)
