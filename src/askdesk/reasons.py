"""What a declined answer says: statements about the passages that were read, each of which a person can check.

Nothing here rests on scores. A passage *mentions* a thing of the question only where its very words stand in it, and
*lacks* it only where nothing like them does; between the two nothing is said.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from .absence import lack, whole_sentences
from .scoring import Query
from .things import Thing, may_mention, mentions, things_of
from .types import Hit

DECLINED = "Your documents do not say"

_MOST_SHOWN = 3
"""Things named in a reason."""

_MANY_COUNT = 0.3
"""What a group of things gains in weight by standing together e times as often. It chooses what is said, not whether it
is true."""

_PEOPLES = re.compile(r"[A-Z]\w+(?:ese|ian|ean|ish)")


def declined(query: Query, standalone: str, hits: Sequence[Hit], searched: int) -> str:
    """Returns why ``standalone``, the question that ``query`` was made of, is declined: one sentence.

    ``hits`` are the passages that were read, nearest first; ``searched`` is the number of documents searched. What is
    said is that a name or word of the question stands nowhere in these documents, or which of its things the passages
    mention together and what they lack: another thing, or a number, date, or name of the kind asked for.
    """
    if not searched:
        return f"{DECLINED}: there are none to search, in this store or with these filters."
    if not hits:
        return f"{DECLINED}: {_count(searched, 'document')} searched, and no passage near the question found."
    texts = [hit.passage.text for hit in hits]
    things = things_of(query, standalone, texts)
    everything = [" \n".join((hit.title, hit.passage.heading, hit.passage.text)) for hit in hits]
    nowhere = [
        thing
        for thing in things
        if query.unknown.issuperset(thing.last) and not any(may_mention(thing, one, thing.last) for one in everything)
    ]
    if any(thing.is_name for thing in nowhere):
        return f"{DECLINED}: {_nowhere([thing for thing in nowhere if thing.is_name], searched)}."
    together = _together(things, texts)
    telling = together and (any(thing.is_name for thing in together[0]) or _weight(together[0]) > _weight(nowhere))
    if nowhere and not telling:
        return f"{DECLINED}: {_nowhere(nowhere, searched)}."
    if not together:
        return f"{DECLINED}: {_count(searched, 'document')} searched; the nearest passage is {_place(hits[0])}."
    held, places = together
    those = [texts[at] for at in places]
    missing = [thing for thing in things if thing not in held and not any(may_mention(thing, text) for text in those)]
    lacking = (
        _lacking_answer(query, standalone, those)
        or _lacking_things([thing for thing in missing if thing.is_name], texts, len(those))
        or _lacking_in_sentences(query, standalone, held, those)
        or (_nowhere(nowhere, searched) if nowhere else "")
        or _lacking_things(missing, texts, len(those))
        or _lacking_beside([thing for thing in things if thing not in held and not thing.is_verb], held, those)
        or f"{'it' if len(those) == 1 else 'the nearest of them'} is {_place(hits[places[0]])}"
    )
    return f"{DECLINED}: {_mentioned(held, len(those), len(texts))}{'' if lacking[0] == ',' else '; '}{lacking}."


def unsaid(voice: str, searched: int) -> str:
    """Returns why a question is declined where no passage near it holds a statement by ``voice``."""
    return (
        f"{DECLINED}: {_count(searched, 'document')} searched, and no statement by “{voice}” found near the question."
    )


def untold(hits: Sequence[Hit], searched: int) -> str:
    """Returns why no source of a statement is given."""
    if not hits:
        return f"{DECLINED}: {_count(searched, 'document')} searched, and no passage near the question found."
    read = _count(len(hits), "nearest passage")
    return f"{DECLINED}: no sentence of the {read} says it; the nearest is {_place(hits[0])}."


# What the passages say


def _together(things: Sequence[Thing], texts: Sequence[str]) -> tuple[tuple[Thing, ...], list[int]] | None:
    """The weightiest things, three at most, that one of ``texts`` mentions all, and the places of those that do."""
    where = {thing: {at for at, text in enumerate(texts) if mentions(thing, text)} for thing in things}
    found: list[tuple[float, int, tuple[Thing, ...]]] = []
    for size in range(1, _MOST_SHOWN + 1):
        for some in combinations([thing for thing in things if where[thing]], size):
            count = len(set.intersection(*(where[thing] for thing in some)))
            if count and not any(set(one.terms) & set(other.terms) for one, other in combinations(some, 2)):
                weight = _weight(some) * (1.0 + _MANY_COUNT * math.log(count))
                found.append((weight, count, some))
    if not found:
        return None
    _, _, held = max(found, key=lambda one: one[:2])
    return held, sorted(set.intersection(*(where[thing] for thing in held)))


def _weight(things: Iterable[Thing]) -> float:
    return sum(thing.weight for thing in things)


def _lacking_answer(query: Query, standalone: str, texts: Sequence[str]) -> str:
    """That none of ``texts`` holds anything of the kind asked for; empty where that cannot be said."""
    lacked = lack(query, standalone, texts, texts)
    if not lacked:
        return ""
    return f"it {lacked.replace(' a ', ' no ', 1)}" if len(texts) == 1 else f"none of them {lacked}"


def _lacking_in_sentences(query: Query, standalone: str, held: Sequence[Thing], texts: Sequence[str]) -> str:
    """That no sentence with the things ``held`` holds anything of the kind asked for, or that none has them all."""
    several = _sentences_with(held, texts)
    if not several:
        return f", but no sentence has {_these(held)}"
    if not any(all(mentions(thing, sentence) for thing in held) for sentence in several):
        return ""
    lacked = lack(query, standalone, several, texts)
    return f", but no sentence with {_these(held)} {lacked}" if lacked else ""


def _lacking_beside(things: Sequence[Thing], held: Sequence[Thing], texts: Sequence[str]) -> str:
    """That no sentence with the things ``held`` also has one of ``things``."""
    several = _sentences_with(held, texts)
    for thing in things:
        if not any(may_mention(thing, sentence) for sentence in several):
            return f", but no sentence with {_these(held)} {_holds([thing])}"
    return ""


def _sentences_with(held: Sequence[Thing], texts: Sequence[str]) -> list[str]:
    """The sentences of ``texts`` that may mention all of ``held``."""
    return [
        sentence
        for text in texts
        for sentence in whole_sentences(text)
        if all(mentions(thing, sentence) or may_mention(thing, sentence) for thing in held)
    ]


def _these(held: Sequence[Thing]) -> str:
    return held[0].shown if len(held) == 1 else "both" if len(held) == 2 else "all three"


def _lacking_things(things: Sequence[Thing], texts: Sequence[str], count: int) -> str:
    """That the passages lack ``things``: all that were read, or the ``count`` of which something was said."""
    if not things:
        return ""
    everywhere = [thing for thing in things if not any(may_mention(thing, text) for text in texts)]
    shown = (everywhere or list(things))[:1]
    if everywhere and len(texts) > 1:
        return f"none of the {len(texts)} {_holds(shown)}"
    if count == 1:
        if shown[0].is_name:
            return f"it does not mention “{shown[0].shown}”"
        return f"the word{_s(shown)} “{shown[0].shown}” {'are' if _s(shown) else 'is'} not in it"
    return f"none of them {_holds(shown)}"


# Words


def _mentioned(held: Sequence[Thing], count: int, read: int) -> str:
    shown = _joined([f"“{thing.shown}”" if thing.is_verb else thing.shown for thing in held])
    if read == 1:
        return f"the one passage found mentions {shown}"
    if count == read:
        return f"the {read} nearest passages all mention {shown}"
    return f"{count} of the {read} nearest passages mention{'s' if count == 1 else ''} {shown}"


def _nowhere(things: Sequence[Thing], searched: int) -> str:
    where = "document" if searched == 1 else f"{searched} documents"
    return f"no passage of the {where} searched {_holds(things[:_MOST_SHOWN])}"


def _holds(things: Sequence[Thing]) -> str:
    """What a passage would do that had one of ``things``."""
    quoted = _joined([f"“{thing.shown}”" for thing in things], "or")
    # A people may be meant by the name of its country.
    if all(thing.is_name and not _PEOPLES.fullmatch(thing.shown) for thing in things):
        return f"mentions {quoted}"
    return f"has {'any of the words' if len(things) > 2 else f'the word{_s(things)}'} {quoted}"


def _s(things: Sequence[Thing]) -> str:
    return "s" if any(" " in thing.shown for thing in things) else ""


def _place(hit: Hit) -> str:
    return f"in “{' '.join(hit.title.split())}” ({hit.source})"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _joined(several: Sequence[str], word: str = "and") -> str:
    return several[0] if len(several) == 1 else f"{', '.join(several[:-1])} {word} {several[-1]}"
