"""The names in one text: runs of capitalised words, and abbreviations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from .keys import BIG, PARTICLES, STOP, is_abbreviation

MOST_NAMES = 200
"""Names kept of one document, those that stand in it most often: an article of 700 words has about 40."""

LONGEST_NAME = 5
"""Words of a name as ``mentions`` gives it; a longer run of capitals is a headline."""

_TITLE_WORDS = """
mr mrs ms miss dr prof professor sir dame sen sens senator rep reps congressman congresswoman gov govs governor lt
col colonel capt captain cmdr commander sgt sergeant gen adm admiral pvt cpl det detective sheriff president
premier chancellor ambassador mayor minister secretary pope archbishop bishop rev reverend rabbi ayatollah imam
chairman chairwoman speaker leader coach hon
"""
_TITLES = frozenset(_TITLE_WORDS.split())
_LATER_TITLES = _TITLES | {"general", "justice", "judge", "chief", "director", "attorney", "king", "queen", "officer"}
"""Titles that stand before a name; the further ones begin names of their own too ("General Motors")."""

_NO_NAMES = STOP | _LATER_TITLES
_DOTTED_TITLES = (
    "Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Govs|Lt|Gen|Col|Maj|Capt|Cmdr|Sgt|Adm|Pvt|Cpl|Det|Rev|Hon|St|Ft|Mt"
)

_TOKEN = re.compile(
    rf"(?<![^\W_])(?<![@#/\\])(?:(?:{BIG}\.){{2,9}}(?:{BIG}(?![^\W_]))?"  # U.S., J.K., U.S
    rf"|{BIG}\.(?=[ \u00a0]{BIG})"  # George W. Bush
    rf"|(?:{_DOTTED_TITLES})\.(?=[ \u00a0]{BIG})"
    rf"|(?:[^\W\d_]{{1,3}}['’\-])?{BIG}[^\W_]*(?:['’\-&][^\W_]+)*)"
)
_GAP = re.compile(rf"[ \u00a0]{{1,2}}(?:(?:{PARTICLES}|&)[ \u00a0]){{0,2}}")

_BEHIND = re.compile(r"['’][sS]$|-(?:led|era|run|born|made|like|area|[a-z]{5,})$")
_CONTRACTED = re.compile(r"['’](?:ll|re|ve|d|m|t)$")
_BEFORE = re.compile(r"[\s\"“”‘’'(\[«»„*•–—\-|>#]+$")
_LOWER = re.compile(r"(?<![^\W_])[a-z]+")


_LINKS = (" of ", " for ", " of the ", " for the ")
_LONGEST_CHAIN = 60


def mentions(text: str) -> tuple[tuple[str, int], ...]:
    """Returns the names in ``text`` and how often each stands there, at most MOST_NAMES, the most frequent first.

    A name is a run of capitalised words on one line, with the particles inside it ("van", "bin"), or an abbreviation;
    without a title before it, a possessive ending, and what only the beginning of a sentence capitalises: there a
    single word counts only if it has its capital elsewhere in the text too. Runs that "of" or "for" joins are given
    joined as well ("Department of Justice").
    """
    lower = frozenset(_LOWER.findall(text))
    sure: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    chain, chain_end = "", -1
    for words, first, start, end in _runs(text):
        link = text[chain_end:start] if 0 <= chain_end < start else ""
        if chain and (link in _LINKS or (link == " and " and " " in chain)):
            chain += link + " ".join(words)
            if len(chain) <= _LONGEST_CHAIN:
                sure[chain] += 1
        else:
            chain = " ".join(words)
        chain_end = end if len(chain) <= _LONGEST_CHAIN else -1
        if first and words[0].lower() in lower and not is_abbreviation(words[0]):
            words, first = words[1:], False
        for part in _without_titles(words):
            name = " ".join(part)
            if _is_name(part, name, lower):
                (doubtful if first and len(words) == 1 and not is_abbreviation(name) else sure)[name] += 1
    known = {word for name in sure for word in name.split(" ")}
    for name, count in doubtful.items():
        if name in known:
            sure[name] += count
    return tuple(sure.most_common(MOST_NAMES))


def _without_titles(words: list[str]) -> Iterator[list[str]]:
    """What stands before the titles in a run, and what stands behind them: "Russian President Vladimir Putin"."""
    last = max(
        (at for at, word in enumerate(words) if word.rstrip(".").lower() in (_LATER_TITLES if at else _TITLES)),
        default=-1,
    )
    if last == len(words) - 1:
        yield words
        return
    start = next((at for at, word in enumerate(words) if word.rstrip(".").lower() in _LATER_TITLES), 0)
    yield words[:start] if last >= 0 else []
    yield words[last + 1 :]


def _is_name(words: Sequence[str], name: str, lower: frozenset[str]) -> bool:
    if not words or len(words) > LONGEST_NAME:
        return False
    if len(words) > 1:
        return len(words) == 2 or not name.isupper()
    if len(name) < 2 or (name.lower() in _NO_NAMES and not is_abbreviation(name)):
        return False
    return not (is_abbreviation(name) and len(name) > 3 and name.lower() in lower)


def _runs(text: str) -> Iterator[tuple[list[str], bool, int, int]]:
    """Runs of capitalised words, whether the run stands where any word would be capitalised, its start and its end."""
    run: list[str] = []
    first = False
    begin = end = -1
    for found in _TOKEN.finditer(text):
        word, start = found.group(), found.start()
        is_stop = (
            (word.casefold() in STOP and word.casefold() != "new" and not is_abbreviation(word))
            or not any(map(str.isupper, word[:5]))
            or _CONTRACTED.search(word) is not None
        )
        if run and (is_stop or not _GAP.fullmatch(text, end, start)):
            yield run, first, begin, end
            run = []
        if is_stop:
            continue
        if run:
            run.extend(text[end:start].split())
        else:
            first, begin = _starts(text, start), start
        bare = _BEHIND.sub("", word)
        run.append(bare)
        end = found.end()
        if bare != word:
            yield run, first, begin, -1
            run = []
    if run:
        yield run, first, begin, end


def _starts(text: str, start: int) -> bool:
    """Whether a word at ``start`` begins a sentence, a line or a quotation."""
    before = text[max(0, start - 6) : start]
    if not before or "\n" in before or "\r" in before:
        return not before or not before.rsplit("\n", 1)[-1].strip(" \"“‘'([*•-–—")
    rest = _BEFORE.sub("", before)
    if not rest:
        return start <= 6
    if rest[-1] in "!?…:;":
        return True
    if any(mark in before[len(rest) :] for mark in '"“„«•|>'):
        return True
    # "U.S. Capitol", "J. Smith" and "Gov. Hill" begin no sentence, whatever the full stop.
    return rest[-1] == "." and not (len(rest) > 1 and rest[-2].isupper())
