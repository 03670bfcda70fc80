"""Names of people, places and organisations: found in texts, and their spellings brought together.

``mentions`` and ``abbreviations`` read one document when it is indexed; ``learn`` compares what they found over a whole
collection and gives groups of names that mean the same; ``load`` reads such groups from the user's own file; and
``variants`` tells how else the names of a question are written. Nothing here knows any person or place: what is known
comes from the collection and from the user.
"""

from __future__ import annotations

from .abbreviations import abbreviations
from .asking import Table, Variants, load, table, variants
from .learning import Named, learn
from .mentions import mentions

__all__ = [
    "Named",
    "Table",
    "Variants",
    "abbreviations",
    "learn",
    "load",
    "mentions",
    "table",
    "variants",
]
