"""Tables as comma-separated values: the canonical text is the decoded source, unchanged."""

from __future__ import annotations

from ..types import Reading
from .encoding import decode


def read_table(data: bytes, name: str) -> Reading:
    """Returns the decoded source; it has neither headings nor furniture."""
    return Reading(decode(data, name))
