"""Figures by value: 1,234.5 mg in English is 1 234,5 mg in Swedish.

`read` gives the figures of a plain text; `differences` compares two texts as multisets of
(kind, value, unit).  Nothing is converted.
"""

from __future__ import annotations

from pipeline.quantities.bounds import turned
from pipeline.quantities.clock import ambiguous_dates
from pipeline.quantities.figure import Quantity, Reading, Weight
from pipeline.quantities.match import differences
from pipeline.quantities.reader import read

__all__ = ["Quantity", "Reading", "Weight", "ambiguous_dates", "differences", "read", "turned"]
