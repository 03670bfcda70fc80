"""What an earlier turn of a conversation has to carry on: its question in parts, its names, and what was answered."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .questions import DATE, NUMBER, PERSON, PLACE, asked
from .shortanswers import names
from .text import Span
from .types import Answer
from .values import is_plural

LONGEST = 500
"""Characters of an earlier question that are looked at: what is longer was pasted, and begins with its subject."""

ASKING = frozenset({"who", "whom", "whose", "what", "which", "when", "where", "why", "how"})
_AUXILIARIES = "is are was were do does did has have had will would can could may might shall should must"
AUXILIARY = frozenset(_AUXILIARIES.split())
_COPULA = frozenset({"is", "are", "was", "were"})
_PREPOSITIONS = (
    "about above across after against along among around at before behind below between by during for from in inside "
    "into near of off on onto out outside over since through to toward towards under until with within without"
)
_PREPOSITION = frozenset(_PREPOSITIONS.split())
_GOES_ON = _PREPOSITION | {"and", "or", "that", "who", "which", "to", "per"}
"""What may follow a noun and belong to it."""
_VERBS = """
accept accuse act add agree allow announce appear apply argue arrive ask attack avoid base be become begin
believe belong born bought brought build built buy call came carry cause change claim close come condemn
confirm consist contain control cost cover create cross decide declare defend delay deliver demand deny
describe design destroy develop die do done earn employ end enter estimate expect explain fall fear fight find
fire follow force fought found gain gave get give given go gone grow happen held help hit hold hope host
include increase invest join keep kill killed know last lead leave led left lie live lose lost made make mean
meet move name need offer open oppose order own paid pay plan play pledge point praise produce promise propose
provide publish put raise reach read receive refuse reject remain replace reply report represent require
resign respond return rise run said say see seen seize sell send sent serve set show shown sign sold speak
spend spent spoke spread stand start state stay stop succeed suffer suggest supply support take taken talk
tell think threaten told took train travel try use visit vote want warn weigh went win won work write written
wrote
"""
"""Forms that follow a subject: the base and irregular past forms of verbs that are common in news and questions."""
_VERB = frozenset(_VERBS.split())


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier turn. ``text`` is its question, reworded where it was; ``about`` the question it was asked about.

    ``quote`` is the first quote that was shown and ``given`` its short answer: empty where nothing was found, where
    no words were highlighted, or where they are more than a name or a thing. ``who`` is whom "he" or "she" would mean.
    """

    text: str
    about: str = ""
    given: str = ""
    quote: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """A question in parts, so that ``wh + aux + subject + rest`` is the question; each may be empty.

    "How many | soldiers" are ``wh`` and ``noun``: ``("How many", "soldiers", "did", "North Korea", "send")``.
    """

    wh: str
    noun: str
    aux: str
    subject: str
    rest: str


def turn(text: str, about: str = "", earlier: Answer | None = None) -> Turn:
    """Returns what a question carries, with what was shown in answer if that is known."""
    text, about = _SOCIAL.sub("", plain(text)), _head(plain(about))
    if earlier is None or not earlier.found or not earlier.citations:
        return Turn(text, about)
    first = earlier.citations[0]
    given = plain(first.short_answer)
    return Turn(text, about, given if len(given.split()) <= _LONGEST_GIVEN else "", plain(first.text))


def _head(text: str) -> str:
    """Returns ``text`` cut behind a word: its head is the question that a series of follow-ups began with."""
    return text if len(text) <= _LONGEST_ABOUT else text[:_LONGEST_ABOUT].rpartition(" ")[0]


_LONGEST_ABOUT = 200
"""Characters of the question that a series of follow-ups began with that are carried on."""


def answered(earlier: Answer) -> Turn:
    """Returns what an answered or declined question carries: as it was understood, with what stands in brackets."""
    text, asked_first = earlier.standalone_question or earlier.question, f"{earlier.question.strip()} ("
    if text.startswith(asked_first) and text.endswith(")"):
        return turn(earlier.question, text[len(asked_first) : -1], earlier)
    return turn(text, "", earlier)


_SOCIAL = re.compile(
    r"^(?:(?:(?:hi|hello|hey)(?:,? there)?|thanks|thank you|ok|okay|good to know|i see|great|got it|sure|yes|no|wow|"
    r"please|(?:that|this) is (?:fine|okay|ok|all)|(?:can|could) you (?:please )?help me(?: here)?)\b[\s,.!?]*)+",
    re.IGNORECASE,
)
"""What people say to be polite, which is no subject."""
_LONGEST_GIVEN = 8
"""Words of a short answer that are carried on: a name with its title; longer ones are statements."""


def plain(text: str) -> str:
    """Returns the first :data:`LONGEST` characters of ``text`` on one line, with lone surrogates replaced."""
    return " ".join(text[:LONGEST].encode("utf-8", "replace").decode("utf-8").split())


def bare(question: str) -> str:
    """Returns ``question`` without the signs at its end."""
    return question.strip().rstrip("?!.… ")


def parts(question: str) -> Parts | None:
    """Returns the parts of ``question``, None if it does not begin by asking."""
    tokens = bare(question).split()
    lower = lowered(tokens)
    if not tokens:
        return None
    start = 1 if len(lower) > 1 and lower[0] in _PREPOSITION and lower[1] in ASKING else 0
    if lower[start] not in ASKING:
        return _parted(tokens, 0, 0) if lower[0] in AUXILIARY else None
    head = start + 1
    if lower[start] == "how" and head < len(lower) and lower[head] not in AUXILIARY:
        head += 1
    end = head
    while (
        end < len(lower)
        and lower[end] not in AUXILIARY
        and not (is_verb(lower[end]) and (end > head or not counts(lower)))
        and not (counts(lower) and end > head and _ends_counted(lower[end - 1], lower[end]))
    ):
        end += 1
    if end == len(lower) and not counts(lower) and lower[start] not in ("what", "which"):
        end = head
    return _parted(tokens, head, end)


def lowered(tokens: list[str]) -> list[str]:
    """Returns the words in lower case without commas; May stays, so that it is not taken for the verb."""
    return [token if token == "May" else token.lower().strip(",") for token in tokens]


def counts(words: list[str]) -> bool:
    """Whether a question in lower-case ``words`` begins with "how many" or "how much"."""
    return words[:2] in (["how", "many"], ["how", "much"])


def _ends_counted(noun: str, word: str) -> bool:
    """Whether what is counted ends before ``word``: "how many people | died", whatever the verb."""
    return is_plural(noun) and word not in _GOES_ON and not is_plural(word)


def is_verb(word: str) -> bool:
    """Whether ``word``, in lower case, looks like a verb in the form that follows a subject or an auxiliary."""
    return word in _VERB or (len(word) > 4 and word.endswith("ed")) or (word.endswith("s") and word[:-1] in _VERB)


def _parted(tokens: list[str], head: int, end: int) -> Parts:
    wh, noun = " ".join(tokens[:head]), " ".join(tokens[head:end])
    if end == len(tokens) or lowered(tokens)[end] not in AUXILIARY:
        return Parts(wh, noun, "", "", " ".join(tokens[end:]))
    stop = end + 1
    # The first word is never the verb of a subject ("the", a name), unless the subject was asked for.
    while stop < len(tokens) and not _ends_subject(tokens, stop, end + 1):
        stop += 1
    return Parts(wh, noun, tokens[end], " ".join(tokens[end + 1 : stop]), " ".join(tokens[stop:]))


def _ends_subject(tokens: list[str], at: int, first: int) -> bool:
    word = tokens[at].lower()
    if word in ("according", "so") or (at == first and word in ("in", "on", "at", "not")):
        return True
    before = tokens[at - 1].lower() if at > first else ""
    if before in ("the", "a", "an", "of", "'s") or before.endswith(("'s", "’s", "s'", "s’")):
        return False
    if tokens[at][:1].isupper():
        return False
    return is_verb(word) and (not word.endswith("s") or word in _VERB)


def is_copular(found: Parts) -> bool:
    """Whether the question asks who or what somebody or something is: "Who is the mayor of Harwen?"."""
    return found.wh.lower() in ("who", "what") and found.aux in _COPULA and bool(found.subject) and not found.rest


def named(text: str) -> list[Span]:
    """Returns the spans of the names in ``text``, without words that have a capital because they begin a sentence."""
    return [_numbered(text, *span) for span in names(text) if not _begins(text, *span)]


def _numbered(text: str, low: int, high: int) -> Span:
    """Takes the number behind a name as a part of it: "Leopard 2"."""
    number = _NUMBER_BEHIND.match(text, high)
    return low, number.end() if number else high


_NUMBER_BEHIND = re.compile(r" \d{1,3}(?: [A-Z]\d\w?)?(?![\w.,]\d)\b")


def _begins(text: str, low: int, high: int) -> bool:
    before = text[:low].rstrip(" \"'“‘(")
    return (
        (not before or before[-1] in ".!?:") and " " not in text[low:high] and not any(map(str.isdigit, text[low:high]))
    )


_GOING_ON = frozenset(("and", "or", "that", "according", "a", "an", "the", "as", "so", "who", "which"))
_OBLIQUE = re.compile(r"\b(?:" + "|".join(sorted(_PREPOSITION)) + r")\s+(?:the\s+|a\s+|an\s+)?$", re.IGNORECASE)


def whole_names(text: str) -> list[Span]:
    """Returns the names in ``text`` that stand for themselves: not "North Korean" in "North Korean soldiers"."""
    return [
        span for span in named(text) if not re.match(r"(?:['’]s?)?\s+[a-z]", text[span[1] :]) or _is_subject(text, span)
    ]


def _is_subject(text: str, span: Span) -> bool:
    """Whether what follows a name goes on with a verb or a preposition and not with the noun that it describes."""
    following = re.match(r"\s+([a-z]+)", text[span[1] :])
    if following is None:
        return False
    word = following.group(1)
    return is_verb(word) or word in _PREPOSITION or word in AUXILIARY or word in _GOING_ON


def is_oblique(text: str, start: int) -> bool:
    """Whether a preposition stands before the name at ``start``."""
    return bool(_OBLIQUE.search(text, max(0, start - 20), start))


def with_person(made: Turn, before: str) -> Turn:
    """Returns a turn that knows whom "he" or "she" would mean after it, where that was ``before`` until then.

    A name of one word that does something ("did Croatia send") may be that of a country, so it takes the place of
    nobody who was known before.
    """
    text = made.text
    own = [text[low:high] for low, high in whole_names(text) if not is_oblique(text, low)]
    people = [name for name in own if not _NO_PERSON.search(name)]
    if people and (" " in people[0] or not before or asked(text).kind == PERSON):
        return replace(made, who=people[0])
    found = parts(text)
    if found is None or asked(text).kind != PERSON or not found.wh:
        return replace(made, who=before)
    return replace(made, who=answered_name(made) or (_definite(found.subject) if is_copular(found) else ""))


_NO_PERSON = re.compile(r"[\d&]|^[A-Z.]+$|^(?:North|South|East|West|New|United|The) ")


def _definite(words: str) -> str:
    return (
        words if not words[:1].islower() or words.startswith(("the ", "a ", "an ")) or "'" in words else f"the {words}"
    )


def answered_name(earlier: Turn) -> str:
    """Returns the name that was shown in answer: the first highlighted one, or the only new one in the first quote."""
    highlighted = [earlier.given[low:high] for low, high in names(earlier.given)]
    if highlighted:
        return _without_title(highlighted[0])
    folded = earlier.text.casefold()
    fresh = {earlier.quote[low:high] for low, high in whole_names(earlier.quote)}
    fresh = {name for name in fresh if name.casefold() not in folded}
    return _without_title(fresh.pop()) if len(fresh) == 1 else ""


def _without_title(name: str) -> str:
    """Takes the words up to a title off a name: "NATO Secretary General Mark Rutte" → "Mark Rutte"."""
    words = name.split()
    last = max((at for at, word in enumerate(words) if word.lower() in _TITLES), default=-1)
    return " ".join(words[last + 1 :]) or name


_TITLE_WORDS = """
president minister secretary general chancellor king queen prince princess judge mayor governor senator sir
lord chief spokesman spokeswoman spokesperson chairman chairwoman director commander colonel captain professor
"""
_TITLES = frozenset(_TITLE_WORDS.split())


def given_words(earlier: Turn) -> str:
    """Returns the short answer to ``earlier`` if it is a name or a thing that is new, else nothing."""
    if asked(earlier.text).kind in (NUMBER, DATE) or earlier.given.casefold() in earlier.text.casefold():
        return ""
    return earlier.given


def place(earlier: Turn) -> str:
    """Returns where "there" would be after ``earlier``, with its preposition, or nothing."""
    text = earlier.text
    if asked(text).kind == PLACE and earlier.given and any(True for _ in names(earlier.given)):
        return f"in {earlier.given.removeprefix('in ')}"
    found = parts(text)
    if found is not None and re.match(r"the [a-z]\S* (?:in|at|on|near) ", found.subject):
        return f"at {found.subject}"
    for low, high in reversed(whole_names(text)):
        before = _PLACING.search(text, max(0, low - 20), low)
        if before:
            word = before.group(1)
            return f"{word if word in ('in', 'at', 'on', 'near') else 'in'} {text[before.start(2) : high]}"
    own = [text[low:high] for low, high in whole_names(text)]
    return f"{'at' if ' ' in own[0] else 'in'} {own[0]}" if len(own) == 1 else ""


_PLACING = re.compile(r"\b(in|at|on|near|into|to|from) ((?:the )?)$")


def dates(text: str) -> list[Span]:
    """Returns the spans of the dates in a question: days, months and years."""
    return [match.span() for match in _DATE.finditer(text)]


_DATE = re.compile(
    r"\b(?:(?:\d{1,2}(?:st|nd|rd|th)? (?:of )?)?(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b(?: \d{1,2}(?:st|nd|rd|th)?\b)?(?:,? (?:1[0-9]|20)\d\d\b)?|(?:1[0-9]|20)\d\d\b|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)"
)


def preposition(word: str) -> bool:
    """Whether ``word``, in lower case, is a preposition."""
    return word in _PREPOSITION
