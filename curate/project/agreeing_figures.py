"""The shapes of a report of agreement under the names by which screens know them."""

from __future__ import annotations

from curate.agreement.intervals import Interval
from curate.agreement.report import MEASURES, Figure, Report
from curate.agreement.score import NotComputable

__all__ = ["MEASURES", "Figure", "Interval", "NotComputable", "Report"]
