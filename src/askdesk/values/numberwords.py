"""The words and signs for numbers."""

from __future__ import annotations

from .wording import numbered, table


def _scales(pairs: str) -> dict[str, float]:
    return {word: float(number) for word, number in table(pairs).items()}


ONES = numbered(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
TENS = {
    word: 10 * number for word, number in numbered("twenty thirty forty fifty sixty seventy eighty ninety", 2).items()
}
SCALES = _scales(
    "hundred=100 thousand=1000 million=1e+06 billion=1e+09 trillion=1e+12 dozen=12 lakh=100000 crore=1e+07 mln=1e+06 "
    "mn=1e+06 bn=1e+09 tn=1e+12 trn=1e+12 k=1000 m=1e+06 b=1e+09 millionen=1e+06 milliarde=1e+09 milliarden=1e+09 "
    "tausend=1000"
)
ORDINALS = (
    numbered(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth",
        1,
    )
    | {word[:-1] + "ieth": number for word, number in TENS.items()}
    | {"hundredth": 100}
)
PARTS = {"half": 2, "halve": 2, "quarter": 4, "hundredth": 100} | {
    word: number for word, number in ORDINALS.items() if 3 <= number <= 20
}
GLYPHS = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}
SCALE_WORD = "hundred|thousand|million|billion|trillion|dozen"
VAGUE_WORD = "tens|dozens|scores|hundreds|thousands|millions|billions|trillions"
