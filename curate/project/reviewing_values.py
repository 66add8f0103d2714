"""The values of cases under the names by which screens know them."""

from __future__ import annotations

from curate.adjudication.cases import Case, Kind
from curate.adjudication.rulings import Choice, Reason
from curate.adjudication.values import (
    ArgumentValue,
    AttributeValue,
    EventValue,
    LinkValue,
    MentionValue,
    Reading,
    Value,
    Values,
)

__all__ = [
    "ArgumentValue",
    "AttributeValue",
    "Case",
    "Choice",
    "EventValue",
    "Kind",
    "LinkValue",
    "MentionValue",
    "Reading",
    "Reason",
    "Value",
    "Values",
]
