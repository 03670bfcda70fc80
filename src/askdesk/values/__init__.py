"""The amounts that a text states, read as numbers with their bounds: what can be compared between sources.

What counts as a value, and how it is read:

- ``"about"`` covers *about, around, some, roughly, an estimated, nearly, almost, or so*: ``low`` and ``high`` are both
  the number itself; :func:`agree` allows :data:`TOLERANCE` on both sides.
- Vague plurals (*dozens, hundreds of, tens of thousands, several hundred, a few thousand*) are ``"about"`` with ``low``
  twice and ``high`` ten times the word's number: *hundreds* is 200 to 1,000, *dozens* 24 to 120.
- Fractions and ratios (*two-thirds, half of the, one in five*) are percentages, as a share is put in both ways.
- *Twice, three times, tenfold* are numbers of the unit ``"times"``. *Percentage points* and *basis points* are of the
  kind ``"percent"`` with units of their own.
- *Between A and B, A to B, A-B, five or six* are ``"between"``; *from A to B* is two values of one unit, as it mostly
  tells a change. A range said to be "about" is still "between".
- *One* counts only before a noun or behind a bound; *a couple, several, few* alone are no values.
- Units are named, not converted: 1 mile does not agree with 1.6 km. *Six feet two inches* is two values.
- No values: years, dates, *three days ago*, times of day, phone numbers, scores and votes (*3-1*), names that hold a
  number (*F-16, Article 5, the First Amendment, 4th Brigade*), list markers, versions, *one* as a pronoun, *once*.

The files, each using only those before it: ``wording`` and ``model``; ``numberwords``, ``unitwords``, ``nouns``;
``digits``, ``numerals``, ``shares``, ``amounts``; ``units``, ``bounds``, ``making``; ``around``, ``pronouns``,
``labels``, ``exclusions``; ``ordinals``, ``ranges``, ``reading``; then ``comparing`` and ``showing``.
``polarity`` stands alone.
"""

from __future__ import annotations

from .comparing import TOLERANCE, agree, alike, same_thing
from .model import Value
from .nouns import is_plural, singular
from .polarity import polarity
from .reading import values
from .showing import shown

__all__ = ["TOLERANCE", "Value", "agree", "alike", "is_plural", "polarity", "same_thing", "shown", "singular", "values"]
