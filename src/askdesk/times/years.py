"""Years, their parts, halves and quarters."""

from __future__ import annotations

import datetime as dt

from .spans import Days, month_span, part
from .state import State
from .units import unit
from .vocabulary import ORDINALS, word_set

_YEAR_PREPOSITIONS = word_set("during throughout over before after around for starting as")
_UNITS_AFTER = word_set(
    "dollars people feet miles meters metres kilometers kilometres homes pounds calories words votes points degrees"
    " rpm hours percent euros employees workers men women children troops soldiers jobs"
)


def year(state: State, core: int, end: int, pre: str) -> Days | None:
    words = state.words
    after = words.low[end] if end < len(words.low) else ""
    if not pre or pre.endswith("h") or pre == "n" or (pre == "o" and core > 1 and words.low[core - 2] == "class"):
        return None
    if after in _UNITS_AFTER or (after in (":", "%", "$") and words.starts[end] == words.ends[end - 1]):
        return None
    if pre == "r" and words.low[core - 1] not in _YEAR_PREPOSITIONS:
        return None
    year = state.words.numbers(core, end, "Y")[0]
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def years(state: State, core: int, end: int, pre: str) -> Days | None:
    first, last = state.words.numbers(core, end, "YN")
    if last < 100:
        last += first // 100 * 100
    dash = state.words.letters[core + 1] == "-"
    if not first < last <= 2100 or not (pre or (dash and state.words.low[core - 1 : core] == ["("])):
        return None
    return dt.date(first, 1, 1), dt.date(last, 12, 31)


def year_list(state: State, core: int, end: int, pre: str) -> Days | None:
    years = state.words.numbers(core, end, "Y")
    if not pre or pre.endswith("h") or state.words.low[end : end + 1] in [[unit] for unit in _UNITS_AFTER]:
        return None
    return dt.date(min(years), 1, 1), dt.date(max(years), 12, 31)


def decade(state: State, core: int, end: int, pre: str) -> Days | None:
    year = int(state.words.low[end - 1][:4])
    return (dt.date(year, 1, 1), dt.date(year + 9, 12, 31)) if pre or end - core == 2 else None


def part_year(state: State, core: int, end: int, pre: str) -> Days | None:
    words = state.words
    years = state.words.numbers(core, end, "Y")
    if not years:
        span = unit(state, end - 2, end, "")
        if span is None or words.low[end - 1] != "year":
            return None
    else:
        span = (dt.date(years[0], 1, 1), dt.date(years[0], 12, 31))
    if words.letters[core] != "F":
        return part(span, words.low[core])
    half = words.low[core + 1] == "half"
    place, length = ORDINALS[words.low[core]], 6 if half else 3
    if half:
        place = min(place, 2) if words.low[core] in ("first", "second", "final") else 0
    if place == 0:
        return None
    low = (place - 1) * length + 1
    return dt.date(span[0].year, low, 1), month_span(span[0].year, low + length - 1)[1]
