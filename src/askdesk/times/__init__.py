"""Which days the words of a text or a question name, as a reader of the news takes them.

The text is cut into words once, every word gets a letter for its part in a time expression (month, weekday, number,
unit, …), and one regular expression over these letters finds the expressions; what it finds is resolved against the
day of publication, and where only the tense can tell, by the nearest verb. What stays unclear is left out: open is
better than wrong.

Nothing of this is compiled before it is needed, so that a question without a time does not wait for it.
"""

from __future__ import annotations

import datetime as dt

from askdesk.types import Time

from .asking import AskedTime, asked_time

__all__ = ["AskedTime", "asked_time", "times"]


def times(text: str, day: dt.date | None) -> tuple[Time, ...]:
    """Returns the expressions of ``text`` that name days, in order and apart, with the days they name.

    ``day`` is the day that the text was published; without it only expressions that are complete in themselves are
    given. Weeks go from Monday to Sunday (ISO 8601). A unit "ago" is the week, month or year that holds that day.
    "Early", "mid" and "late" are the thirds of a month or year. "Since" reaches up to ``day``, "until" and a "by" that
    looks ahead begin there. A bare weekday is the last such day up to ``day``, or the next from ``day`` on where the
    nearest verb looks ahead. Takes time linear in the length of ``text``; any string will do.
    """
    from .resolving import resolved
    from .words import cut

    words = cut(text)
    return tuple(Time(*words.span(place.start, place.end), *days) for place, days in resolved(words, day))
