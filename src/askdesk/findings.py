"""What the quotes say in common and where they differ: the state of the evidence, nothing averaged, nothing dropped."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from .figures import Figure, figure
from .keywords import analyse
from .questions import DATE, NUMBER, PERSON, PLACE, Asked
from .text import fold, sentences, words
from .types import Citation, Finding, Speaker
from .values import Value, agree, alike, polarity, shown, singular, values

_ASKS_YES_NO = re.compile(
    r"\W*(?:(?:and|so|but|then),?\s+)?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|"
    r"might|must|isn['’]t|aren['’]t|wasn['’]t|weren['’]t|don['’]t|doesn['’]t|didn['’]t|hasn['’]t|haven['’]t|hadn['’]t|"
    r"can['’]t|won['’]t)\b",
    re.IGNORECASE,
)
_ASPECTS = tuple(
    re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)
    for pattern in (
        r"(?:kill|slain|die[sd]?\b|dead|death|fatal|lives? lost)\w*",
        r"(?:wound|injur|hurt|casualt)\w*",
        r"(?:captur|detain|arrest|imprison|prisoner)\w*",
        r"train(?:s|ed|ing)?",
        r"(?:expect|promis|pledg|intend|forecast|predict)\w*|plan(?:s|ned|ning)?|could|would|might|may|will|soon|"
        r"going to|up to now",
        r"(?:request|ask(?:s|ed|ing)? for|want(?:s|ed)?|need(?:s|ed)?|demand\w*)",
        r"(?:buy(?:s|ing)?|bought|purchas\w*|order(?:s|ed|ing)?)",
        r"(?:missing|unaccounted)",
    )
)
"""What may be told of counted things, in the ways that news reports tell it: figures of things that are told to be
different are shown apart and are not in dispute."""

SAME_NOUN = 0.55
"""Cosine from which two counted nouns count as one thing: "soldiers" and "troops" have 0.89, "personnel" 0.59, "tanks"
0.52 (with the default model)."""

SAME_CLAIM = 0.5
"""Cosine from which two sentences without their answers count as the same claim with two answers.

Of 79 pairs of contradicting quotes and 72 of quotes about different things (even rows of ``benchmarks/conflict.py``) it
calls 77 and 67 % disputed: weak evidence (AUROC 0.61), so the mistake that is made is to show a dispute too many."""

SURE = 0.3
"""The share of the best quote's chance from which a quote is taken at its word: what is marked there is what is asked
for, whatever it is called ("citizens" for survivors). Of the figures of less likely quotes in the tuning part of
``benchmarks/findings.py`` 2 of 26 are, where question and figure do not tell by a noun or a unit that they belong
together."""

SAME_MATTER = 0.4
"""Cosine of two quotes from which their figures may measure the same. Of 26 contradicted figures of the tuning part of
``benchmarks/findings.py`` 11 are called so at 0 to 0.4, 10 at 0.5 and 6 at 0.6; at 0 there are 77 that are called so,
at 0.4 58, at 0.5 53, at 0.6 34."""

Cosine = Callable[[str, str], float]
"""Takes two texts and returns the cosine of their vectors."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What one quote says: its value in a normal form, what it is of, and the value itself where it can be compared."""

    citation: Citation
    shown: str
    rest: str
    number: Value | None = None
    days: tuple[dt.date, dt.date] | None = None


_ASKS_A_STAND = re.compile(
    r"\W*(?:(?:and|so|but|then),?\s+)?(?:do|does|did|has|have|had|can|could|will|would)\s+.{2,80}?\s+"
    r"(?:not\s+|ever\s+|already\s+|now\s+)*(?:confirm|den(?:y|ied)|admit|acknowledge|rule|agree|support|back|oppose|reject|"
    r"accept|approve|want|plan|promise|claim|say|said|think|believe|expect|insist|stick)",
    re.IGNORECASE,
)
"""A question about what somebody holds to be so or will do: yes and no on different days are a change of mind."""


def asks_yes_or_no(question: str) -> bool:
    """Whether a question wants yes or no: it begins with its verb."""
    return _ASKS_YES_NO.match(question) is not None


def findings(
    asked: Asked, citations: Sequence[Citation], groups: Mapping[str, str], cosine: Cosine
) -> tuple[Finding, ...]:
    """Returns the quotes grouped by what they say, in the order of the best of each; none for other questions.

    ``groups`` leads from a document's id to the name of its group of copies, where it has any; ``cosine`` compares two
    texts.
    """
    most = max((citation.score for citation in citations), default=0.0)
    said = [
        one
        for citation in citations
        if (one := _said(asked, citation, cosine, citation.score >= SURE * most)) is not None
    ]
    grouped: list[list[_Said]] = []
    for one in said:
        held = next((group for group in grouped if all(_alike(one, other, cosine) for other in group)), None)
        if held is None:
            grouped.append([one])
        else:
            held.append(one)
    one_voice = _ASKS_A_STAND.match(asked.text) is not None
    return tuple(_finding(group, grouped, groups, cosine, one_voice) for group in grouped)


def corroborated(citations: Sequence[Citation], groups: Mapping[str, str]) -> Finding:
    """Returns quotes that all say the same as one finding, whose value is how many independent sources do."""
    count = independent(citations, groups)
    first, last = _first_and_last(citations)
    return Finding(
        f"{count} independent source{'' if count == 1 else 's'}", "agreed", tuple(citations), count, first, last
    )


def independent(citations: Iterable[Citation], groups: Mapping[str, str]) -> int:
    """Returns how many independent sources stand behind quotes: documents with the same words, and copies, are one."""
    sets: list[set[str]] = []
    for citation in citations:
        own = {groups.get(id_, id_) for id_ in (citation.document_id, *citation.also_in)}
        for other in [held for held in sets if not held.isdisjoint(own)]:
            own |= other
            sets.remove(other)
        sets.append(own)
    return len(sets)


def timeline(citations: Sequence[Citation]) -> tuple[Citation, ...]:
    """Returns quotes by the time they speak of, then by publication; those without any date come last."""

    def key(citation: Citation) -> tuple[dt.date, dt.date]:
        told = citation.reported or dt.date.max
        return (min((time.first for time in citation.times), default=told), told)

    return tuple(sorted(citations, key=key))


def _said(asked: Asked, citation: Citation, cosine: Cosine, sure: bool) -> _Said | None:
    """What a quote says, None where it says nothing of the kind that is asked for; ``sure``: it is likely to answer."""
    if asks_yes_or_no(asked.text):
        # What was marked may be the sentence beside the one that says yes or no.
        said = (found for text in _sentences(citation) if (found := yes_or_no(asked.text, text)))
        answer = next(said, None)
        return None if answer is None else _Said(citation, answer, "")
    marked = [(start - citation.start, end - citation.start) for start, end in citation.highlight]
    if asked.kind == NUMBER:
        number = _number(asked, citation.text, marked, cosine, sure)
        if number is None:
            return None
        return _Said(citation, shown(number), _clause(citation.text, number), number=number)
    if asked.kind == DATE:
        days = [
            time for time in citation.times if any(_meet((time.start, time.end), span) for span in citation.highlight)
        ]
        if not days:
            return None
        first, last = days[0].first, days[0].last
        value = first.isoformat() if first == last else f"{first.isoformat()} to {last.isoformat()}"
        return _Said(citation, value, _without(citation.text, marked), days=(first, last))
    if asked.kind in (PERSON, PLACE) and marked:
        return _Said(citation, citation.text[slice(*marked[0])], _without(citation.text, marked))
    return None


def yes_or_no(question: str, text: str) -> str | None:
    """Whether a text says yes or no to a question: it must have one of its words that is no name, or speak of another
    matter."""
    plain = " ".join(word for word in question.split() if not word[:1].isupper())
    return polarity(text) if set(analyse(plain)) & set(analyse(text)) else None


def _number(asked: Asked, text: str, marked: Sequence[tuple[int, int]], cosine: Cosine, sure: bool) -> Value | None:
    """The number that a quote gives of what is asked: the one that is marked, else one of the things that are counted.

    None where all are of another kind, or count other things and the quote is not ``sure`` to answer.
    """
    wanted = figure(asked.text)
    found = [value for value in values(text) if wanted.may_be(value)]
    held = [value for value in found if any(_meet((value.start, value.end), span) for span in marked)]
    counted = [value for value in found if wanted.noun and wanted.noun in (singular(value.noun), value.unit)]
    if not sure:
        terms = set(analyse(text))
        held = [value for value in held if _is_called(value, wanted, terms, cosine)]
    first = [value for value in held if value in counted or not value.noun]
    return next(iter([*first, *counted, *held]), None)


def _is_called(value: Value, wanted: Figure, terms: Set[str], cosine: Cosine) -> bool:
    """Whether a value of a wanted kind is, by its name, what is wanted; ``terms`` are those of its quote."""
    if not wanted.noun:
        return bool(wanted.kinds) and value.kind != "number"
    if not value.noun:
        return value.unit == wanted.noun or not terms.isdisjoint(analyse(wanted.noun))
    return cosine(value.noun, wanted.noun) >= SAME_NOUN


def _sentences(citation: Citation) -> list[str]:
    """The sentences of a quote, that which holds its short answer first."""
    at = citation.highlight[0][0] - citation.start if citation.highlight else 0
    spans = sorted(sentences(citation.text), key=lambda span: not span[0] <= at < span[1])
    return [citation.text[slice(*span)] for span in spans]


def _agree(one: _Said, other: _Said, cosine: Cosine) -> bool:
    if one.number and other.number:
        return agree(one.number, other.number) and _same_thing(one, other, cosine)
    if one.days and other.days:
        return one.days[0] <= other.days[1] and other.days[0] <= one.days[1]
    mine, others = _name(one.shown), _name(other.shown)
    return bool(mine) and (mine <= others or others <= mine)


def _alike(one: _Said, other: _Said, cosine: Cosine) -> bool:
    """Whether two quotes say the same; "at least 3,000" and "10,000" agree, yet are two findings."""
    return _agree(one, other, cosine) and (not one.number or not other.number or alike(one.number, other.number))


def _same_thing(one: _Said, other: _Said, cosine: Cosine) -> bool:
    """Whether two figures measure the same: things of like names, of which nothing different is told."""
    if one.number is None or other.number is None:
        return cosine(one.rest, other.rest) >= SAME_CLAIM
    if one.number.kind != other.number.kind or one.number.unit != other.number.unit:
        return False
    nouns = one.number.noun, other.number.noun
    if all(nouns) and nouns[0] != nouns[1] and cosine(*nouns) < SAME_NOUN:
        return False
    told, otherwise = _aspects(one.rest), _aspects(other.rest)
    return told == otherwise or bool(told & otherwise)


def _finding(
    group: Sequence[_Said], every: Sequence[Sequence[_Said]], groups: Mapping[str, str], cosine: Cosine, one_voice: bool
) -> Finding:
    others = [one for held in every if held is not group for one in held]
    apart = [(one, own) for one in others for own in group if _is_apart(one, own, cosine)]
    if any(_replaced(own, one, one_voice) for one, own in apart):
        status = "changed"
    elif not all(_agree(one, own, cosine) for one, own in apart):
        status = "disputed"
    else:
        status = "different" if others else "agreed"
    quotes = tuple(one.citation for one in group)
    return Finding(group[0].shown, status, quotes, independent(quotes, groups), *_first_and_last(quotes))


def _first_and_last(citations: Sequence[Citation]) -> tuple[dt.date | None, dt.date | None]:
    days = sorted(citation.reported for citation in citations if citation.reported)
    return (days[0], days[-1]) if days else (None, None)


def _is_apart(one: _Said, own: _Said, cosine: Cosine) -> bool:
    """Whether two quotes say different things of the same."""
    if not one.rest and not own.rest:
        return one.shown != own.shown
    if _in_one_breath(one, own) or _alike(one, own, cosine) or not _same_thing(one, own, cosine):
        return False
    return one.number is None or cosine(one.citation.text, own.citation.text) >= SAME_MATTER


def _in_one_breath(one: _Said, own: _Said) -> bool:
    """Whether one text says both on one day, and no two people in it: they mean different things then."""
    first, second = one.citation, own.citation
    if first.document_id != second.document_id or first.reported != second.reported:
        return False
    return first.speaker is None or second.speaker is None or _voice(first) == _voice(second)


def _replaced(one: _Said, other: _Said, one_voice: bool) -> bool:
    """Whether the same voice said one thing and, on another day, the other; ``one_voice``: the question names it."""
    days = one.citation.reported, other.citation.reported
    if None in days or days[0] == days[1]:
        return False
    if one_voice:
        return True
    voices = _voice(one.citation), _voice(other.citation)
    if not all(voices):
        return False
    return voices[0] <= voices[1] or voices[1] <= voices[0]


def _voice(citation: Citation) -> frozenset[str]:
    """The words by which a voice is known: the speaker's name, else the outlet's."""
    speaker = citation.speaker or Speaker(citation.publisher or "", "", "outlet")
    return _name(speaker.name)


def _name(text: str) -> frozenset[str]:
    folded = fold(text)
    return frozenset(folded[low:high] for low, high in words(folded))


def _aspects(clause: str) -> frozenset[int]:
    return frozenset(at for at, aspect in enumerate(_ASPECTS) if aspect.search(clause))


def _clause(text: str, value: Value) -> str:
    """The words around a value up to the next marks, without it."""
    before = re.split(r"[.;:!?,]\s", text[: value.start])[-1]
    after = re.split(r"[.;:!?,](?:\s|$)", text[value.end :], maxsplit=1)[0]
    return f"{before} {after}".strip()


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + "…" + text[end:]
    return text


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
