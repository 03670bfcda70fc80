"""The words that a time expression is made of, and the letter that stands for each in the expressions' rules."""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Returns the words that stand in ``words`` with spaces between."""
    return frozenset(words.split())


MONTHS = (
    *("", "january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
"""By their number, so that the first is empty; not from ``calendar``, whose names change with the locale."""
MONTH_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10}
MONTH_SHORT |= {"nov": 11, "dec": 12}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY_SHORT = ("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun")
_NUMBER_WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
NUMBERS = {word: number for number, word in enumerate(_NUMBER_WORDS.split(), 1)}
NUMBERS |= {"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
NUMBERS |= {"a": 1, "an": 1}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The northern, meteorological seasons, each of three months, by their first month."""

LETTERS: dict[str, str] = {
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
        "r": "during throughout over within after before around for at starting about into as than",
        "L": "last",
        "X": "next",
        "H": "this",
        "P": "past",
        "O": "previous following preceding same",
        "Q": "that",
        "k": "coming upcoming",
        "E": "early earlier",
        "W": "late later",
        "I": "mid middle",
        "B": "start beginning",
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
LETTERS |= dict.fromkeys(ORDINALS, "F") | dict.fromkeys(SEASONS, "S") | dict.fromkeys(WEEKDAYS, "D")
LETTERS |= dict.fromkeys(NUMBERS, "c") | dict.fromkeys(MONTHS[1:], "M")
LETTERS |= dict.fromkeys(MONTH_SHORT, "m") | dict.fromkeys(_WEEKDAY_SHORT, "d")
"""The letter of each word; any other word has "x"."""
