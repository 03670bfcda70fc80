"""Plain text: the canonical text is the decoded file, unchanged."""

from __future__ import annotations

from ..types import Reading
from .encoding import decode


def read_text(data: bytes, name: str) -> Reading:
    """Returns the decoded text; its title line is found, and marked as a heading, with its furniture."""
    return Reading(decode(data, name))
