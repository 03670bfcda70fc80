"""Which days the words of a text name, as a reader of the news takes them.

The text is cut into words once, every word gets a letter for its part in a time expression (month, weekday, number,
unit, …), and one regular expression over these letters finds the expressions; what it finds is resolved against the
day of publication, and where only the tense can tell, by the nearest verb. What stays unclear is left out: open is
better than wrong.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from askdesk.types import Time

Days = tuple[dt.date, dt.date]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MONTHS = [name.lower() for name in calendar.month_name]
_MONTH_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10}
_MONTH_SHORT |= {"nov": 11, "dec": 12}
_WEEKDAYS = [name.lower() for name in calendar.day_name]
_WEEKDAY_SHORT = ("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun")
_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_NUMBERS = {word: number for number, word in enumerate(_NUMBER_WORDS.split(), 1)}
_NUMBERS |= {"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_NUMBERS |= {"a": 1, "an": 1}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The northern, meteorological seasons, each of three months, by their first month."""

_LETTERS: dict[str, str] = {
    letter_word: letter
    for letter, letter_words in {
        "h": "the",
        "o": "of",
        "i": "in",
        "n": "on",
        "s": "since",
        "u": "until till through thru",
        "b": "by",
        "f": "from",
        "t": "to",
        "w": "between",
        "&": "and",
        "r": "during throughout over within after before around for at starting beginning about into as than",
        "L": "last",
        "X": "next",
        "H": "this",
        "P": "past",
        "O": "previous following preceding same",
        "Q": "that",
        "k": "coming",
        "E": "early earlier",
        "W": "late later",
        "I": "mid middle",
        "B": "start",
        "Z": "end close",
        "G": "ago",
        "U": "day days week weeks month months year years decade decades century",
        "v": "hours",
        "V": "weekend",
        "p": "morning afternoon evening night",
        "R": "yesterday today tomorrow tonight",
        "j": "half quarter",
    }.items()
    for letter_word in letter_words.split()
}
_LETTERS |= dict.fromkeys(_ORDINALS, "F") | dict.fromkeys(_SEASONS, "S") | dict.fromkeys(_WEEKDAYS, "D")
_LETTERS |= dict.fromkeys(_NUMBERS, "c") | dict.fromkeys(_MONTHS[1:], "M")
_LETTERS |= dict.fromkeys(_MONTH_SHORT, "m") | dict.fromkeys(_WEEKDAY_SHORT, "d")

_TOKEN = re.compile(
    r"(?P<iso>(?<![\w-])\d{4}-\d\d-\d\d(?![\w-]))|(?P<slashed>(?<![\w/])\d{1,2}/\d{1,2}/\d{4}(?![\w/]))"
    r"|(?P<number>\d+(?:[.,]\d+)*(?:st|nd|rd|th|s)?(?:['’]s)?)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)|(?P<break>\n(?:[^\S\n]*\n)+|\r(?:[^\S\r\n]*\r)+)"
    r"|(?P<line>[\r\n])|(?P<dash>[-‐‑–—])|(?P<quote>[\"“”«»])|(?P<other>(?P<sign>[^\s\w])(?P=sign)*)"
)
"""Every branch is bounded by what it cannot contain, so that cutting takes linear time."""

_MONTH = "(?:M|m\\.?)"
_DATE = f"(?:{_MONTH}N(?:,?Y)?|No?{_MONTH}(?:,?Y)?)"
_WEEKDAY = "(?:[Dd]\\.?,?h?)?"
_UNIT = "[HLX]U"
_RULES: tuple[tuple[str, str], ...] = (
    ("iso", "J"),
    ("dates", f"{_WEEKDAY}(?:{_DATE}[tu&-]{_WEEKDAY}{_DATE})"),
    ("days", f"{_WEEKDAY}(?:{_MONTH}N[tu&-]N(?:,?Y)?(?![Mm])|N[tu&-]No?{_MONTH}(?:,?Y)?)"),
    ("date", f"{_WEEKDAY}{_DATE}"),
    ("months", f"{_MONTH}Y?[tu&-]{_MONTH},?Y?"),
    ("part_month", f"(?:[EWI]-?|[BZI]oh?){_MONTH}(?:,?o?Y|,?o?[HLX]U)?"),
    ("month_year", f"{_MONTH}(?:,?o?Y|o?[HLX]U)"),
    ("last_month", f"[LXH][Pk]?{_MONTH}(?!N)"),
    ("month", "(?:M|m\\.)"),
    ("season", "S(?:o?Y|o?[LXH]U)"),
    ("last_season", "(?:[EWI]-?)?[LXH][Pk]?S"),
    ("part_year", "(?:[EWI]-?|[BZI]o)Y|Fjo(?:Y|[HLX]U)"),
    ("years", "Y[tu-](?:Y|N)"),
    ("year_list", "Y(?:,Y){0,5},?&Y"),
    ("decade", "h?T"),
    ("year", "Y"),
    ("part_unit", f"[EWI]i?-?{_UNIT}|[BZI]o(?:{_UNIT}|hU)"),
    ("back", "h?[LPXk][cNK][Uv]|h[LPXk][Uv]|PU|H[Pk][UV]"),
    ("ago", "[cNKY]UG"),
    ("told", "h[XO](?:U|p)|[QO]U|[cNK]U[EW]"),
    ("weekdays", "D[tu-]D"),
    ("weekday", "(?:[LXH][Pk]?|h?[Pk])?Dp?(?:o[HLX]U)?"),
    ("weekend", "(?:[LXH][Pk]?|h)V"),
    ("unit", _UNIT),
    ("part_day", "[LHX]p"),
    ("near", "Rp?"),
)
_EXPRESSION = re.compile(
    "(?P<pre>(?:ro|[insubrfwo])?h??)(?:" + "|".join(f"(?P<{name}>{rule})" for name, rule in _RULES) + ")"
)

_FUTURE = _set(
    "will shall won't gonna upcoming scheduled slated planned planning expected expects expect intends"
    " hopes aims may must should would might could shouldn't wouldn't couldn't"
    " likely poised begins opens starts airs premieres returns runs"
    " kicks expires closes ends arrives hits faces hosts plays takes meets heads wants needs scheduling tomorrow"
    " anticipated tentatively go goes"
)
_PAST = _set(
    "said says told was were had did didn't wasn't weren't hadn't came went began met held made took got gave won lost"
    " beat saw left found ran fell rose hit cut struck sent spoke wrote became broke brought built bought caught fought"
    " felt flew grew heard kept knew led paid sold shot shut sat spent stood swept swore taught thought threw withdrew"
    " drew overtook rode drove laid hung sank sang sought showed shook slid stole been since according"
    " chose ate forgot hid blew tore wore woke understood meant dealt bore put quit"
)
_NOT_PAST = _set(
    "need deed weed shed used indeed speed feed seed bed red united hundred sacred exceed proceed succeed agreed-upon"
)
_LEADS = _set("be being get")
_MODALS = _set("will would can could should must may might shall won't not'll")
_NAMED_DAYS = _set(
    "black good super cyber fat ash palm easter bloody giving ruby holy shrove maundy every each most many any some"
    " first second third fourth fifth another per casual freaky following previous preceding that same - next ago"
)
_NO_NOUNS = _set("when where that which who is are it he she they we i you or but so because if while with")
_NAMES_AFTER = _set(
    "times post mail mirror express telegraph school mass ticket magazine football brunch review best service services"
)
_UNITS_AFTER = _set(
    "dollars people feet miles meters metres kilometers kilometres homes pounds calories words votes points degrees"
    " rpm hours percent euros employees workers men women children troops soldiers jobs"
)
_TITLES = _set("mr mrs ms dr sen rep gov gen lt col sgt st jr sr u.s vs no")
_EVENTS = _set(
    "ruling decision verdict announcement report episode action success hearing hearings vote votes game games match"
    " meeting settlement news attack attacks launch release event events testimony session sessions winner winners"
    " numbers drawing debate ceremony trial strike speech statement briefing filing order show race final shooting"
    " election elections talks summit march protest protests practice result results indictment arraignment loss win"
    " victory move raid strikes visit conference interview funeral service deal"
)
"""What happens on a day: "today's hearing" is this day's, while "today's prices" are those of our time."""
_FIRM = _set("will won't scheduled expected set due")
_LOOSE = _set("is are has have can could should would may might must do does don't still exists")
"""Verbs beside which "today" mostly means "nowadays"."""
_UNCLEAR_COUNT = _set("than nearly almost over half least - and or under to hundred thousand million")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words and signs of a text: places, lower-case forms without possessive, and a letter for each."""

    text: str
    starts: list[int]
    ends: list[int]
    low: list[str]
    letters: str

    def form(self, at: int) -> str:
        return self.text[self.starts[at] : self.ends[at]]

    def span(self, place: tuple[str, int, int, int]) -> tuple[int, int]:
        """Returns where the expression at ``place`` (rule, first word, first word without preposition, end) stands."""
        high = self.ends[place[3] - 1]
        return self.starts[place[1]], high - 2 * (self.text[high - 2 : high].lower() in ("'s", "’s"))


def times(text: str, day: dt.date | None) -> tuple[Time, ...]:
    """Returns the expressions of ``text`` that name days, in order and apart, with the days they name.

    ``day`` is the day that the text was published; without it only expressions that are complete in themselves are
    given. Weeks go from Monday to Sunday (ISO 8601). A unit "ago" is the week, month or year that holds that day.
    "Early", "mid" and "late" are the thirds of a month or year. "Since" reaches up to ``day``, "until" and a "by" that
    looks ahead begin there. A bare weekday is the last such day up to ``day``, or the next from ``day`` on where the
    nearest verb looks ahead. Takes time linear in the length of ``text``; any string will do.
    """
    words = _words(text)
    resolver = _Resolver(words, day)
    return tuple(Time(*words.span(place), *days) for place, days in resolver.found())


@dataclass(frozen=True, slots=True)
class AskedTime:
    """Which days a question names, and which state of things it wants.

    ``days`` are (first, last) pairs, both included. ``yearly`` are days named without a year, matched in any:
    (first month, first day, last month, last day). ``wants`` is ``"first"`` (the earliest report), ``"latest"`` (how
    things stand now) or empty.
    """

    days: tuple[Days, ...] = ()
    yearly: tuple[tuple[int, int, int, int], ...] = ()
    wants: str = ""

    def covers(self, first: dt.date, last: dt.date) -> bool:
        """Whether some named day lies within ``first`` to ``last``, both included; False where none is named."""
        if any(low <= last and first <= high for low, high in self.days):
            return True
        return any(
            _in_year(year, low, high, first, last)
            for year in range(max(first.year - 1, 1), min(last.year, first.year + 2) + 1)
            for low, high in ((span[:2], span[2:]) for span in self.yearly)
        )


def asked_time(question: str, today: dt.date | None) -> AskedTime:
    """Returns the days that ``question`` names, and whether it asks for the first or the latest state.

    What is relative counts from ``today``, and is left out without it. "In mid-October" and "on 28 October" are meant
    in any year.
    """
    words = _words(question)
    days: list[Days] = []
    yearly: list[tuple[int, int, int, int]] = []
    resolver, anyway = _Resolver(words, today), _Resolver(words, _LEAP_YEAR, any_year=True)
    for place, span in anyway.found():
        if _is_yearless(words, place):
            yearly.append((span[0].month, span[0].day, span[1].month, span[1].day))
    for place, span in resolver.found():
        if not _is_yearless(words, place):
            days.append(span)
    return AskedTime(tuple(days), tuple(yearly), _wanted(question))


def _is_yearless(words: _Words, place: tuple[str, int, int, int]) -> bool:
    rule, start, core, end = place
    reaching = any(letter in "sub" for letter in words.letters[start:core])
    return rule in _YEARLESS and not reaching and not any(letter in "YU" for letter in words.letters[core:end])


def _in_year(year: int, low: tuple[int, ...], high: tuple[int, ...], first: dt.date, last: dt.date) -> bool:
    """Whether the days from month and day ``low`` to ``high`` of ``year`` meet ``first`` to ``last``."""
    end_year = year + (high < low)
    if end_year > dt.MAXYEAR:
        return False
    begin = dt.date(year, low[0], min(low[1], calendar.monthrange(year, low[0])[1]))
    end = dt.date(end_year, high[0], min(high[1], calendar.monthrange(end_year, high[0])[1]))
    return begin <= last and first <= end


def _wanted(question: str) -> str:
    if _LATEST.search(question):
        return "latest"
    return "first" if _FIRST.search(question) else ""


_LEAP_YEAR = dt.date(2000, 1, 1)
_LATEST = re.compile(
    r"\b(?:latest|newest|most recent(?:ly)?|now(?!-)|currently|nowadays|these days|at the moment|at present|so far"
    r"|as of today|up to date|today)\b|\bcurrent (?=[a-z])",
    re.IGNORECASE,
)
_FIRST = re.compile(
    r"\b(?:earliest|initial(?:ly)?|originally|at first)\b"
    r"|(?<!the )(?<!a )(?<!his )(?<!her )(?<!its )(?<!their )(?<!our )(?<!['’]s )"
    r"\bfirst\b(?! (?:of|time|class)\b)"
    r"|\bfirst (?:reports?|accounts?|estimates?|figures?|counts?|claims?|statements?|versions?|mentions?|numbers?"
    r"|tolls?|announcements?)\b"
)
"""An adverb ("Who first said …?") or the first of several reports; no ordinal ("the first woman", "First Minister")."""


def _words(text: str) -> _Words:
    starts: list[int] = []
    ends: list[int] = []
    low: list[str] = []
    letters: list[str] = []
    for match in _TOKEN.finditer(text):
        start, end, kind = match.start(), match.end(), match.lastgroup
        form = match.group()
        if kind == "line":
            if text.rfind(form, max(0, start - _SHORT_LINE), start) < 0 and start >= _SHORT_LINE:
                continue  # a long line: wrapped text goes on in the next
            letter = "|"
        elif kind == "word":
            form = form.lower().replace("’", "'").removesuffix("'s")
            letter = _letter(form, text[start])
        elif kind == "number":
            form = form.lower().replace("’", "'").removesuffix("'s")
            letter = _number_letter(form)
        else:
            letter = {"iso": "J", "slashed": "J", "break": "|", "dash": "-", "quote": "q"}.get(kind or "", "")
            letter = letter or (form if form in ".,:" else "." if form in "!?;" else "x")
        starts.append(start)
        ends.append(end)
        low.append(form)
        letters.append(letter)
    return _Words(text, starts, ends, low, "".join(letters))


def _letter(low: str, first: str) -> str:
    letter = _LETTERS.get(low, "x")
    if letter in "Mm" and first.islower() and (low in ("may", "march", "august") or letter == "m"):
        return "x"
    if letter in "md" and first.islower():
        return "x"
    return letter


def _number_letter(low: str) -> str:
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", low)
    if plain.isascii() and plain.isdigit():
        if len(plain) == 4:
            return "Y" if 1800 <= int(plain) <= 2100 and plain == low else "K"
        return "N" if len(plain) < 3 and 1 <= int(plain) <= 31 else "K" if len(plain) < 4 and plain == low else "x"
    return "T" if re.fullmatch(r"(?:18|19|20)\d0s", low, re.ASCII) else "x"


class _Resolver:
    """Resolves the expressions of one text, in order, against one day."""

    def __init__(self, words: _Words, day: dt.date | None, any_year: bool = False) -> None:
        self.words = words
        self.day = day
        self.any_year = any_year  # days without a year are given in the year of ``day``
        self.anchor: tuple[int, Days] | None = None  # the last absolute expression: where it ended, and its days
        self.year_named: tuple[int, int] | None = None  # the last year given in figures: where, and which
        self.seen: dict[int, int] = {}  # what each word looked at says: 1 ahead, -1 back, 0 nothing, or _END
        self.rules: dict[str, Callable[[int, int, str], Days | None]] = {
            name: getattr(self, f"_{name}") for name, _ in _RULES
        }

    def found(self) -> Iterator[tuple[tuple[str, int, int, int], Days]]:
        """Yields ((rule, first word, first word without preposition, end), days) of what could be resolved."""
        for match in _EXPRESSION.finditer(self.words.letters):
            rule, start, core, end = match.lastgroup or "", match.start(), match.end("pre"), match.end()
            pre = self.words.letters[start:core]
            if self._is_name(rule, core, end):
                continue
            try:
                days = self.rules[rule](core, end, pre)
                days = self._reach(days, pre) if days and rule not in _OWN_REACH else days
            except (ValueError, OverflowError):  # no such day, or beyond the calendar
                continue
            if days is not None:
                self._remember(rule, core, end, days)
                yield (rule, start, core, end), days

    def _remember(self, rule: str, core: int, end: int, days: Days) -> None:
        if rule in _ABSOLUTE:
            self.anchor = (end, days)
            years = [at for at in range(core, end) if self.words.letters[at] in "YJ"]
            if years:
                self.year_named = (end, days[0].year)

    def _reach(self, days: Days, pre: str) -> Days | None:
        """Stretches the days by the preposition: "since" up to the day of publication, "until" and "by" from it."""
        if not any(letter in pre for letter in "sub"):
            return days
        if self.day is None:
            return None
        if "s" in pre:
            return (days[0], self.day) if days[0] <= self.day else None
        return (self.day, days[1]) if days[1] > self.day else days

    # What is a name and no time.

    def _is_name(self, rule: str, core: int, end: int) -> bool:
        words = self.words
        before = words.low[core - 1] if core else ""
        after = words.low[end] if end < len(words.low) else ""
        joined = end < len(words.low) and words.starts[end] == words.ends[end - 1]
        if joined and words.letters[end] == "-" and rule in ("unit", "near", "part_unit", "month"):
            return end + 1 < len(words.low) and words.starts[end + 1] == words.ends[end]
        if rule in ("weekday", "weekdays"):
            if words.letters[core - 1 : core] == "q" and words.letters[end : end + 1] == "q":
                return True
            part = words.form(end - 1)
            if words.letters[end - 1] == "p" and part[0].isupper() and not words.form(core).isupper():
                return True
            if before in ("a", "the") and not self._labels(end):
                return True  # "on a Monday", "the Monday after"
            counted = (after == "of" and (words.letters[core] != "D" or before == "the")) or (
                after == "the" and words.letters[end + 1 : end + 2] == "N"
            )
            if words.letters[core] in "LHP" or part[-2:] in ("'s", "’s"):
                return counted or before == "-"
            return before in _NAMED_DAYS or after in _NAMES_AFTER or counted
        if rule == "near":
            return self._is_title(core, end, before, after)
        return False

    def _labels(self, end: int) -> bool:
        """Whether a plain noun follows, as in "a Thursday meeting"."""
        words = self.words
        if end >= len(words.low) or words.letters[end] != "x" or not words.form(end).islower():
            return False
        low = words.low[end]
        return words.letters[end - 1] == "D" and self._verb(end) == 0 and low not in _NO_NOUNS

    def _is_title(self, core: int, end: int, before: str, after: str) -> bool:
        form = self.words.form(core)
        letters = self.words.letters
        if before == "usa" or after == "show" or (len(form) > 1 and form.isupper()):
            return True
        quoted = letters[core - 1 : core] == "q" and letters[end : end + 1] == "q"
        return quoted or (form[0].isupper() and not self._opens(core))

    def _opens(self, at: int) -> bool:
        """Whether a sentence, or a clause set off, begins at ``at``."""
        words = self.words
        if at == 0 or words.letters[at - 1] in "|,-" or self._ends(at - 1):
            return True
        return words.letters[at - 1] == "q" and words.ends[at - 1] == words.starts[at]

    # Dates that give a day or a month.

    def _numbers(self, low: int, high: int, letters: str) -> list[int]:
        words = self.words
        found = []
        for at in range(low, high):
            if words.letters[at] in letters:
                digits = re.match(r"\d+", words.low[at])
                found.append(int(digits.group()) if digits else _NUMBERS.get(words.low[at], 0))
        return found

    def _month_numbers(self, low: int, high: int) -> list[int]:
        words = self.words
        return [
            _MONTH_SHORT.get(words.low[at]) or _MONTHS.index(words.low[at])
            for at in range(low, high)
            if words.letters[at] in "Mm"
        ]

    def _iso(self, core: int, end: int, pre: str) -> Days | None:
        form = self.words.form(core)
        if "-" in form:
            day = dt.date.fromisoformat(form)
        else:
            first, second, year = map(int, form.split("/"))
            if first <= 12 and second <= 12 and first != second:
                return None
            day = dt.date(year, *((second, first) if first > 12 else (first, second)))
        return (day, day) if 1800 <= day.year <= 2100 else None

    def _date(self, core: int, end: int, pre: str) -> Days | None:
        years, numbers, months = self._parts(core, end)
        if pre.endswith("i") and not years:
            return None  # "in March 12 people …"
        year = years[0] if years else self._year_of(core, end, pre, months[0], numbers[0])
        if year is None:
            return None
        day = dt.date(year, months[0], numbers[0])
        return day, day

    def _days(self, core: int, end: int, pre: str) -> Days | None:
        years, numbers, months = self._parts(core, end)
        year = years[0] if years else self._year_of(core, end, pre, months[0], numbers[0])
        if year is None or numbers[0] >= numbers[1]:
            return None
        return dt.date(year, months[0], numbers[0]), dt.date(year, months[0], numbers[1])

    def _dates(self, core: int, end: int, pre: str) -> Days | None:
        years, numbers, months = self._parts(core, end)
        if "&" in self.words.letters[core:end] and "w" not in pre:
            return None
        last_year = years[-1] if years else self._year_of(core, end, pre, months[0], numbers[0])
        if last_year is None:
            return None
        last = dt.date(last_year, months[1], numbers[1])
        first = dt.date(years[0] if len(years) == 2 else last_year, months[0], numbers[0])
        if first > last:
            first = first.replace(year=first.year - 1)
        return first, last

    def _parts(self, core: int, end: int) -> tuple[list[int], list[int], list[int]]:
        return self._numbers(core, end, "Y"), self._numbers(core, end, "N"), self._month_numbers(core, end)

    def _year_of(self, core: int, end: int, pre: str, month: int, number: int) -> int | None:
        """Returns the year that a day without one is meant in, None where that is open."""
        if self.day is None or self.any_year:
            return self.day.year if self.day else None
        if (pre.endswith("h") and len(pre) == 1) or self._determined(core):
            return None
        rest = self.words.letters[end : end + 2]
        if rest[:1] == "K" or rest == ",K" or self.words.low[end : end + 2] == ["of", "that"]:
            return None  # a year before 1800, or one told of before
        near = [self.day.year - 1, self.day.year, self.day.year + 1]
        weekday = [at for at in range(core, end) if self.words.letters[at] in "Dd"]
        if weekday:
            index = [name[:3] for name in _WEEKDAYS].index(self.words.low[weekday[0]][:3])
            near = [year for year in near if dt.date(year, month, number).weekday() == index]
            return near[0] if len(near) == 1 else None
        tense = -1 if "s" in pre else 1 if "u" in pre else self._tense(core - len(pre), end, pre)
        dates = [dt.date(year, month, min(number, calendar.monthrange(year, month)[1])) for year in near]
        year = self._choose(dates, tense)
        return None if self._elsewhere(core, year) else year

    def _choose(self, dates: list[dt.date], tense: int) -> int | None:
        assert self.day is not None
        limit = 300 if tense else 60  # farther off, a writer gives the year, or the tense was misread
        allowed = [date for date in dates if (date - self.day).days * tense >= 0]
        distance, year = min((abs((date - self.day).days), date.year) for date in allowed)
        return year if distance <= limit else None

    def _determined(self, core: int) -> bool:
        """Whether "the", "a" or a possessive stands before: "the Oct. 28 attack" may be of any year."""
        words = self.words
        at = core - 1
        if at < 0:
            return False
        return words.low[at] in ("the", "a", "his", "her", "their", "its") or words.form(at)[-2:] in ("'s", "’s")

    def _elsewhere(self, at: int, year: int | None) -> bool:
        """Whether the text just spoke of another year, so that a month may be meant in that one."""
        if self.year_named is None or year is None:
            return False
        place, named = self.year_named
        return named != year and at - place < 60 and "|" not in self.words.letters[place:at]

    def _months(self, core: int, end: int, pre: str) -> Days | None:
        years, months = self._numbers(core, end, "Y"), self._month_numbers(core, end)
        if not years and not ("f" in pre or "w" in pre or "-" in self.words.letters[core:end]):
            return self._month(core, end, pre) if pre and months[0] == months[1] else None
        if "&" in self.words.letters[core:end] and "w" not in pre:
            return None
        if years:
            last_year = years[-1]
        else:
            only = self._month_days(core, end, pre, months[1])
            if only is None:
                return None
            last_year = only[0].year
        last = _month_span(last_year, months[1])
        first_year = years[0] if len(years) == 2 else last_year - (months[0] > months[1])
        first = _month_span(first_year, months[0])
        return (first[0], last[1]) if first[0] <= last[0] else None

    def _part_month(self, core: int, end: int, pre: str) -> Days | None:
        words = self.words
        month, years = self._month_numbers(core, end)[0], self._numbers(core, end, "Y")
        if years:
            span: Days | None = _month_span(years[0], month)
        elif words.letters[end - 1] == "U":
            span = self._month_in_unit(month, end)
        else:
            span = self._month_days(core, end, pre, month)
        return span and _part(span, words.low[core])

    def _month_year(self, core: int, end: int, pre: str) -> Days | None:
        month, years = self._month_numbers(core, end)[0], self._numbers(core, end, "Y")
        return _month_span(years[0], month) if years else self._month_in_unit(month, end)

    def _month_in_unit(self, month: int, end: int) -> Days | None:
        if self.day is None or self.words.low[end - 1] != "year":
            return None
        return _month_span(self.day.year + _STEP[self.words.letters[end - 2]], month)

    def _last_month(self, core: int, end: int, pre: str) -> Days | None:
        if self.day is None:
            return None
        step, month = _STEP[self.words.letters[core]], self._month_numbers(core, end)[0]
        past = "P" in self.words.letters[core:end]
        if step < 0 or past:
            if not past and month < self.day.month - 3:
                return None  # "last March" said in November may be of either year
            return _month_span(self.day.year - (month >= self.day.month), month)
        if step > 0:
            return _month_span(self.day.year + 1, month) if month <= self.day.month else None
        return _month_span(self.day.year, month)

    def _month(self, core: int, end: int, pre: str) -> Days | None:
        words = self.words
        if not any(letter in pre for letter in "isubfr") or pre.endswith("h"):
            return None
        after = words.form(end) if end < len(words.low) else ""
        if words.letters[end - 1] == "M" and words.low[core] in ("may", "april", "june", "august", "january", "march"):
            named = after[:1].isupper() and words.starts[end] - words.ends[end - 1] == 1 and "i" not in pre
            if named or words.form(core)[-2:] in ("'s", "’s"):
                return None
        if words.letters[end : end + 1] == "N" or words.letters[core - 2 : core - 1] == "D":
            return None  # "the last Thursday in November"
        return self._month_days(core, end, pre, self._month_numbers(core, end)[0])

    def _month_days(self, core: int, end: int, pre: str, month: int) -> Days | None:
        """Returns the days of a month given without its year, None where the year is open."""
        if self.day is None:
            return None
        if self.any_year:
            return _month_span(self.day.year, month)
        tense = -1 if "s" in pre else 1 if "u" in pre else self._tense(core - len(pre), end, pre)
        behind = (self.day.month - month) % 12
        if tense == 0:
            tense = -1 if behind <= 6 else 1 if behind >= 9 else 0
        if tense == 0 or (tense < 0 and behind >= 10):
            return None  # a month that will be next or after next is hardly called by its bare name when it is past
        ahead = (month - self.day.month) % 12
        index = self.day.year * 12 + self.day.month - 1 + (ahead if tense > 0 else -behind)
        year = index // 12
        return None if self._elsewhere(core, year) else _month_span(year, month)

    # Years, their parts, and seasons.

    def _year(self, core: int, end: int, pre: str) -> Days | None:
        words = self.words
        after = words.low[end] if end < len(words.low) else ""
        if not pre or pre.endswith("h") or (pre == "o" and core > 1 and words.low[core - 2] == "class"):
            return None
        if after in _UNITS_AFTER or (after in (":", "%", "$") and words.starts[end] == words.ends[end - 1]):
            return None
        if pre == "r" and words.low[core - 1] not in _YEAR_PREPOSITIONS:
            return None
        year = self._numbers(core, end, "Y")[0]
        return dt.date(year, 1, 1), dt.date(year, 12, 31)

    def _years(self, core: int, end: int, pre: str) -> Days | None:
        first, last = self._numbers(core, end, "YN")
        if last < 100:
            last += first // 100 * 100
        dash = self.words.letters[core + 1] == "-"
        if not first < last <= 2100 or not (pre or (dash and self.words.low[core - 1 : core] == ["("])):
            return None
        return dt.date(first, 1, 1), dt.date(last, 12, 31)

    def _year_list(self, core: int, end: int, pre: str) -> Days | None:
        years = self._numbers(core, end, "Y")
        if not pre or pre.endswith("h") or self.words.low[end : end + 1] in [[unit] for unit in _UNITS_AFTER]:
            return None
        return dt.date(min(years), 1, 1), dt.date(max(years), 12, 31)

    def _decade(self, core: int, end: int, pre: str) -> Days | None:
        year = int(self.words.low[end - 1][:4])
        return (dt.date(year, 1, 1), dt.date(year + 9, 12, 31)) if pre or end - core == 2 else None

    def _part_year(self, core: int, end: int, pre: str) -> Days | None:
        words = self.words
        years = self._numbers(core, end, "Y")
        if not years:
            span = self._unit(end - 2, end, "")
            if span is None or words.low[end - 1] != "year":
                return None
        else:
            span = (dt.date(years[0], 1, 1), dt.date(years[0], 12, 31))
        if words.letters[core] != "F":
            return _part(span, words.low[core])
        half = words.low[core + 1] == "half"
        place, length = _ORDINALS[words.low[core]], 6 if half else 3
        if half:
            place = min(place, 2) if words.low[core] in ("first", "second", "final") else 0
        if place == 0:
            return None
        low = (place - 1) * length + 1
        return dt.date(span[0].year, low, 1), _month_span(span[0].year, low + length - 1)[1]

    def _season(self, core: int, end: int, pre: str) -> Days | None:
        years = self._numbers(core, end, "Y")
        if years:
            return _season_span(years[0], self.words.low[core])
        if self.day is None or self.words.low[end - 1] != "year":
            return None
        return _season_span(self.day.year + _STEP[self.words.letters[end - 2]], self.words.low[core])

    def _last_season(self, core: int, end: int, pre: str) -> Days | None:
        if self.day is None:
            return None
        words = self.words
        name = words.low[end - 1]
        at = core + (words.letters[core] in "EWI") + (words.letters[core + 1] == "-")
        step = _STEP[words.letters[at]]
        past = words.letters[end - 2] == "P"
        spans = [_season_span(self.day.year + shift, name) for shift in (-2, -1, 0, 1)]
        done = [span for span in spans if span[1] < self.day]
        ahead = [span for span in spans if span[0] > self.day]
        if past:
            chosen = done[-1]
        elif step < 0:
            if done[-1][1].year == self.day.year and self.day.month - done[-1][1].month > 2 and name != "winter":
                return None  # "last spring" said in autumn may be of either year
            chosen = done[-1]
        elif step > 0:
            if ahead[0][0].year == self.day.year and ahead[0][0].month - self.day.month > 1:
                return None
            chosen = ahead[0]
        else:
            within = [span for span in spans if span[0] <= self.day <= span[1]]
            same = [span for span in spans if span[0].year == self.day.year]
            chosen = (within or same)[0]
        return _part(chosen, words.low[core]) if words.letters[core] in "EWI" else chosen

    # Units counted from the day of publication.

    def _unit(self, core: int, end: int, pre: str) -> Days | None:
        words = self.words
        if self.day is None or (end < len(words.low) and words.low[end] == "of" and self._determined(core)):
            return None
        return _unit_span(self.day, words.low[end - 1].removesuffix("s"), _STEP[words.letters[core]])

    def _part_unit(self, core: int, end: int, pre: str) -> Days | None:
        if self.day is None:
            return None
        words = self.words
        unit = words.low[end - 1]
        if unit == "day" or unit.endswith("s"):
            return None
        step = _STEP[words.letters[end - 2]] if words.letters[end - 2] != "h" else 0
        if words.letters[end - 2] == "h" and self._tense(core - len(pre), end, pre) < 0:
            return None  # "by the end of the year" in a tale of another year
        span = _unit_span(self.day, unit, step)
        word = words.low[core]
        if span is None:
            return None
        if step == 0 and word == "earlier":
            return span[0], self.day
        if step == 0 and word == "later":
            return self.day, span[1]
        return _part(span, word)

    def _back(self, core: int, end: int, pre: str) -> Days | None:
        """ "The past two weeks", "the next year": a stretch that ends or begins on the day of publication."""
        words = self.words
        letters = words.letters[core:end]
        unit = words.low[end - 1]
        if self.day is None or words.low[end : end + 1] == ["of"] or unit in ("century", "day"):
            return None
        if letters[-1] == "V":
            return self._weekend(core, end, pre)
        if letters[0] == "H":
            return _unit_span(self.day, unit, -1 if letters[1] == "P" else 1)
        ahead = "X" in letters or "k" in letters
        counted = self._numbers(core, end, "cNK")
        if not counted and "P" not in letters and (not pre or pre[0] not in "ir"):
            return None
        if not counted and unit.endswith("s") and unit != "hours":
            return None
        count = counted[0] if counted else 1
        other = _shift(self.day, unit, count if ahead else -count)
        return (self.day, other) if ahead else (other, self.day)

    def _ago(self, core: int, end: int, pre: str) -> Days | None:
        words = self.words
        if (
            self.day is None
            or (core and words.low[core - 1] in _UNCLEAR_COUNT)
            or words.low[core - 2 : core - 1] == ["-"]
        ):
            return None
        count = self._numbers(core, end, "cNKY")[0]
        unit = words.low[core + 1]
        there = _shift(self.day, unit, -count)
        if unit.startswith("day"):
            return there, there
        if unit.startswith("centur"):
            return None
        return _unit_span(there, "year" if unit.startswith("decade") else unit.removesuffix("s"), 0)

    def _told(self, core: int, end: int, pre: str) -> Days | None:
        """ "The next day", "two weeks later", "that year": counted from the absolute date just before."""
        words = self.words
        if self.anchor is None:
            return None
        place, (first, last) = self.anchor
        letters = words.letters[core:end]
        if core - place > 40 or "|" in words.letters[place:core]:
            return None
        unit = words.low[end - (2 if letters[-1] in "EW" else 1)]
        unit = "day" if unit in ("morning", "afternoon", "evening", "night") else unit.removesuffix("s")
        if (last - first).days > {"day": 0, "week": 6, "month": 30}.get(unit, 365):
            return None
        counted = self._numbers(core, end, "cNK")
        if counted:
            if core and words.low[core - 1] in _UNCLEAR_COUNT:
                return None
            there = _shift(first, unit, counted[0] if words.low[end - 1] == "later" else -counted[0])
            return (there, there) if unit == "day" and words.low[end - 1] in ("later", "earlier") else None
        word = words.low[core + (letters[0] == "h")]
        step = {"previous": -1, "preceding": -1, "next": 1, "following": 1, "same": 0, "that": 0}[word]
        if unit == "day":
            there = first + dt.timedelta(days=step)
            return there, there
        return _unit_span(first, unit, step)

    # Weekdays and what is near.

    def _weekday(self, core: int, end: int, pre: str) -> Days | None:
        if self.day is None:
            return None
        words = self.words
        letters = words.letters[core:end]
        at = core + letters.index("D")
        index = _WEEKDAYS.index(words.low[at])
        if letters[-1] == "U":
            span = _unit_span(self.day, words.low[end - 1], _STEP[letters[-2]])
            days = _weekday_in(span, index) if span and words.low[end - 1] == "week" else None
        elif "P" in letters:
            days = _before(self.day, index)
        elif "k" in letters:
            days = _from(self.day + dt.timedelta(days=1), index)
        elif letters[0] == "L":
            days = _before(self.day, index)
        elif letters[0] == "X":
            days = _weekday_in(_unit_span(self.day, "week", 1), index)
        else:
            tense = self._weekday_tense(core - len(pre), end, pre)
            if tense == 0:
                return None
            if letters[0] == "H" and tense > 0:
                days = _from(self.day, index)
            else:
                days = _from(self.day, index) if tense > 0 else _until(self.day, index)
                if (self.day - days[0]).days == 6 and letters[0] != "H" and "s" not in pre:
                    return None  # rather "last Tuesday" on a Monday; mostly the page was changed the next day
        return days

    def _weekday_tense(self, start: int, end: int, pre: str) -> int:
        words = self.words
        if "u" in pre and words.low[start] in ("until", "till"):
            return 1
        if "s" in pre:
            return -1
        if words.form(end - 1)[-2:] in ("'s", "’s"):
            if words.low[start] == "of" and words.low[start - 1 : start] == ["ahead"]:
                return 1
            if words.low[end : end + 1] and words.low[end] in (
                "anticipated",
                "expected",
                "planned",
                "scheduled",
                "upcoming",
            ):
                return 1
            behind = self._scan(start - 1, -1, 3)
            return behind or (1 if "will" in words.low[end : end + 6] else -1)
        tense = self._tense(start, end, pre)
        if tense == 0 and (words.letters[end : end + 1] == ":" or self._at_an_hour(start, end)):
            return 0  # a list of opening hours
        if tense == 0:
            return 1 if "u" in pre or "b" in pre or words.low[start] in ("starting", "beginning") else -1
        return tense

    def _at_an_hour(self, start: int, end: int) -> bool:
        near = self.words.low[max(start - 6, 0) : start] + self.words.low[end : end + 6]
        return any(low in ("noon", "am", "pm") for low in near) or any(
            pair in (("p", "."), ("a", ".")) for pair in pairwise(near)
        )

    def _weekdays(self, core: int, end: int, pre: str) -> Days | None:
        if self.day is None:
            return None
        first, last = (_WEEKDAYS.index(self.words.low[at]) for at in (core, end - 1))
        tense = self._tense(core - len(pre), end, pre)
        length = (last - first) % 7
        if tense == 0 or length == 0 or (first == 0 and last == 4):
            return None
        if tense > 0:
            begin = _from(self.day, first)[0]
            return begin, begin + dt.timedelta(days=length)
        finish = _until(self.day, last)[0]
        return finish - dt.timedelta(days=length), finish

    def _weekend(self, core: int, end: int, pre: str) -> Days | None:
        if self.day is None:
            return None
        letters = self.words.letters[core:end]
        if letters[0] == "h" and not (pre and self.words.low[core - 1] in ("over", "during")):
            return None
        if self.words.low[end : end + 1] == ["of"] and letters[0] != "H":
            return None
        behind = _until(self.day, 5)[0]
        if letters[0] == "X":
            begin = _from(self.day + dt.timedelta(days=1), 5)[0]
            if (begin - self.day).days < 5:
                return None  # "next weekend" said on a Thursday may be either
        elif letters[0] == "L" or "P" in letters:
            begin = behind if (self.day - behind).days > 1 else behind - dt.timedelta(days=7)
        elif "k" in letters:
            begin = _from(self.day + dt.timedelta(days=1), 5)[0]
        elif self.day.weekday() >= 5:
            begin = behind
        else:
            tense = self._tense(core - len(pre), end, pre)
            if tense == 0:
                tense = 1 if self.day.weekday() >= 2 else 0
            if tense == 0:
                return None
            begin = _from(self.day, 5)[0] if tense > 0 else behind
        return begin, begin + dt.timedelta(days=1)

    def _part_day(self, core: int, end: int, pre: str) -> Days | None:
        word, part = self.words.low[core], self.words.low[end - 1]
        if self.day is None or word == "next" or (word == "last" and part != "night"):
            return None
        there = self.day - dt.timedelta(days=word == "last")
        return there, there

    def _near(self, core: int, end: int, pre: str) -> Days | None:
        words = self.words
        word = words.low[core]
        if self.day is None:
            return None
        if word == "today" and not self._is_this_day(core, end, pre):
            return None
        step = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
        if step and core >= 3 and words.low[core - 3 : core - 1] in (["day", "after"], ["day", "before"]):
            return None
        there = self.day + dt.timedelta(days=step)
        return there, there

    def _is_this_day(self, core: int, end: int, pre: str) -> bool:
        """Whether "today" is the day itself, not "nowadays"."""
        words = self.words
        before = words.low[core - 1] if core else ""
        if words.form(end - 1)[-2:] in ("'s", "’s"):
            return "i" not in pre and any(low in _EVENTS for low in words.low[end : end + 3])
        if before in ("earlier", "later", "until", "here", "on") or words.low[max(core - 2, 0) : core] == ["as", "of"]:
            return True
        if before in ("to", "of", "still", "even", "than", "from"):
            return False
        sides = (range(end, min(end + 6, len(words.low))), range(core - len(pre) - 1, max(core - 12, -1), -1))
        for side in sides if self._opens(core) else reversed(sides):
            for at in side:
                if words.low[at] in _LOOSE:
                    return False
                if self._ends(at):
                    break
                tense = self._verb(at)
                if tense:
                    return tense < 0 or words.low[at] in _FIRM
        return False

    # Tense.

    def _tense(self, start: int, end: int, pre: str) -> int:
        """Returns 1 where the words near an expression look ahead, -1 where they look back, 0 where they do neither."""
        words = self.words
        for _ in range(6):  # "Monday, Wednesday and Friday" are all of one time
            if start > 1 and words.letters[start - 1] in ",&" and words.letters[start - 2] in "Dp":
                start -= 2
        after = words.low[end] if end < len(words.low) else ""
        before = words.low[start - 1] if start else ""
        if start and self._verb(start - 1) < 0:
            return -1  # "the bill signed Saturday will …"
        if after in ("will", "won't") or before in ("scheduled", "due", "upcoming", "coming"):
            return 1
        if after in ("was", "were", "had", "did"):
            return -1
        sides = (1, -1) if start == 0 or self._opens(start) or before in ("and", "but", "that", ")") else (-1, 1)
        for side in sides:
            tense = self._scan(end if side > 0 else start - 1, side, 14 if side > 0 else 24)
            if tense:
                return tense
        return self._present(start)

    def _present(self, start: int) -> int:
        """A sentence without past or future: "The deadline is Friday" and "to open Friday" look ahead."""
        words = self.words
        for at in range(start - 1, max(start - 9, -1), -1):
            if self._ends(at):
                break
            if words.low[at] in ("is", "are") and at >= start - 5:
                return 1
            if words.low[at] == "to" and words.form(at + 1).islower() and words.low[at + 1] not in ("the", "a", "an"):
                return 1
        return 0

    def _scan(self, at: int, side: int, steps: int) -> int:
        """Returns the tense of the nearest verb of the sentence within ``steps`` words on one side, 0 without one."""
        low, seen = self.words.low, self.seen
        stop = min(at + steps, len(low)) if side > 0 else max(at - steps, -1)
        for place in range(at, stop, side):
            said = seen.get(place)
            if said is None:
                said = seen[place] = _END if self._ends(place) else self._look_at_verb(place)
            if said == _END or (side > 0 and low[place] == "that"):
                return 0
            if said:
                return said
        return 0

    def _verb(self, at: int) -> int:
        return self._scan(at, -1, 1)

    def _look_at_verb(self, at: int) -> int:
        words = self.words
        low = words.low[at]
        if words.letters[at] != "x" and low not in ("may",):
            return 0
        before = words.low[at - 1] if at else ""
        after = words.low[at + 1] if at + 1 < len(words.low) else ""
        if low == "expected" and before == "been":
            return -1
        if low in _FUTURE:
            return -1 if low in ("would", "could", "might", "should", "must") and after == "have" else 1
        if low.endswith(("'ll", "n't've")) or (low in ("has", "have") and after == "to"):
            return 1
        if (low in ("set", "plan", "plans", "going") and after == "to") or (low == "set" and after == "for"):
            return 1
        if low == "due" and after != "to":
            return 1
        if low.endswith("ing") and (before in ("is", "are", "am") or before.endswith(("'re", "'m"))):
            return 1
        if low.endswith("ing") and before == "after":
            return -1
        regular = low.endswith("ed") and len(low) > 3 and low not in _NOT_PAST and words.form(at)[0].islower()
        if not regular and low not in _PAST:
            return 0
        place = at - 1
        while (
            place > at - 4 and place >= 0 and (words.low[place].endswith("ly") or words.low[place] in ("not", "also"))
        ):
            place -= 1
        if place >= 0 and words.low[place] in _LEADS:
            return self._led(place)
        return -1

    def _led(self, lead: int) -> int:
        """The tense of a participle after the "be" at ``lead``: "will be held", "due to be held", "was being held"."""
        low = self.words.low
        near = low[max(lead - 3, 0) : lead]
        if any(word in _MODALS for word in near):
            return 1
        if near[-1:] == ["to"]:
            return 1 if lead > 1 and low[lead - 2] in (",", "is", "are", "(") else 0
        return -1

    def _ends(self, at: int) -> bool:
        """Whether a sentence ends with the sign at ``at``."""
        words = self.words
        letter = words.letters[at]
        if letter == "|":
            return True
        if letter == ":":
            return not words.text[words.ends[at] : words.ends[at] + 1].isdigit()
        if letter != ".":
            return False
        if words.low[at] != "." or at == 0:
            return True
        previous = words.low[at - 1]
        if (len(previous) == 1 and previous.isalpha()) or previous in _TITLES or words.letters[at - 1] in "md":
            return False
        following = words.text[words.ends[at] : words.starts[at + 1]] if at + 1 < len(words.low) else " "
        return bool(following) or words.letters[at + 1] in "q|"


_SHORT_LINE = 40
"""A line of fewer characters was not broken for width: it is a headline or an item, and ends a sentence."""
_END = 2
_YEARLESS = frozenset(["dates", "days", "date", "months", "part_month", "month"])
_STEP = {"L": -1, "H": 0, "X": 1}
_YEAR_PREPOSITIONS = _set("during throughout over before after around for starting beginning as")
_OWN_REACH = frozenset(["back", "ago"])
_ABSOLUTE = frozenset(["iso", "dates", "days", "date", "months", "part_month", "month_year", "month", "season", "year"])


def _month_span(year: int, month: int) -> Days:
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def _season_span(year: int, name: str) -> Days:
    """A winter bears the year in which it begins."""
    month = _SEASONS[name]
    return dt.date(year, month, 1), _month_span(year + (month == 12), 2 if month == 12 else month + 2)[1]


def _unit_span(day: dt.date, unit: str, step: int) -> Days | None:
    """Returns the calendar unit ("week", "month", "year", "decade") that holds ``day``, moved by ``step`` units."""
    if unit == "week":
        monday = day + dt.timedelta(days=7 * step - day.weekday())
        return monday, monday + dt.timedelta(days=6)
    if unit == "month":
        index = day.year * 12 + day.month - 1 + step
        return _month_span(index // 12, index % 12 + 1)
    if unit == "year":
        return dt.date(day.year + step, 1, 1), dt.date(day.year + step, 12, 31)
    if unit == "decade" and step == 0:
        return dt.date(day.year // 10 * 10, 1, 1), dt.date(day.year // 10 * 10 + 9, 12, 31)
    return None


def _shift(day: dt.date, unit: str, count: int) -> dt.date:
    """Returns the day ``count`` units on; the 31st becomes the last of a shorter month. May raise OverflowError."""
    unit = unit.removesuffix("s")
    if unit in ("hour", "day", "week"):
        days = count * 7 if unit == "week" else -(-count // 24) if unit == "hour" else count
        return day + dt.timedelta(days=days)
    index = day.year * 12 + day.month - 1 + count * {"month": 1, "year": 12, "decade": 120}.get(unit, 1200)
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]) if 1 <= year <= 9999 else 0)


def _part(span: Days, word: str) -> Days:
    """Returns the third of a month or year, or the half of a week, that "early", "mid" or "late" names."""
    first, last = span
    length = (last - first).days + 1
    third = {"early": 0, "earlier": 0, "beginning": 0, "start": 0, "mid": 1, "middle": 1}.get(word, 2)
    if length <= 7:
        low, high = ((0, 2), (1, 3), (3, 6))[third]
        return first + dt.timedelta(days=low), first + dt.timedelta(days=high)
    if length <= 31:
        low, high = ((0, 9), (10, 19), (20, length - 1))[third]
        return first + dt.timedelta(days=low), first + dt.timedelta(days=high)
    months = length // 30 // 3
    month = (first.month - 1 + third * months) % 12 + 1
    begin = first if third == 0 else dt.date(first.year + (month < first.month), month, 1)
    finish = last if third == 2 else _month_span(begin.year, month + months - 1)[1]
    return begin, finish


def _weekday_in(week: Days | None, index: int) -> Days | None:
    return None if week is None else (week[0] + dt.timedelta(days=index), week[0] + dt.timedelta(days=index))


def _until(day: dt.date, index: int) -> Days:
    there = day - dt.timedelta(days=(day.weekday() - index) % 7)
    return there, there


def _before(day: dt.date, index: int) -> Days:
    return _until(day - dt.timedelta(days=1), index)


def _from(day: dt.date, index: int) -> Days:
    there = day + dt.timedelta(days=(index - day.weekday()) % 7)
    return there, there
