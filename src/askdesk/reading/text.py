"""Plain text: the canonical text is the decoded file, unchanged; front matter tells of the text."""

from __future__ import annotations

from ..types import Mark, Reading
from .about import from_front_matter
from .encoding import decode


def read_text(data: bytes, name: str) -> Reading:
    """Returns the decoded text; its title line is found, and marked as a heading, with its furniture.

    Front matter is read as in Markdown.
    """
    text = decode(data, name)
    front, facts = from_front_matter(text)
    return facts.reading(text, (Mark("furniture", 0, front, "front matter"),) if front else ())
