"""Puts into a follow-up what it refers to, or puts what it contrasts into the earlier question, in natural order.

Every rule returns the new question, or None where it does not fit and the earlier question is better shown whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from . import carrying
from .carrying import Turn

LEAD = re.compile(r"^\W*(?:and|but|so|then|or|also)\b[,\s]*|^\W*(?:what|how) about\b\s*", re.IGNORECASE)
"""What begins a continuation."""

_LONGEST = 20
"""Words of a follow-up that is reworded: a longer one says itself what it is about, or says several things."""
_BARE = re.compile(
    r"^(?:since when|until when|by whom|how long|"
    r"(?:when|where|why|how|who)(?: (?:exactly|not|so|else|then))?(?: \w+)?)$",
    re.IGNORECASE,
)
_ADVERBIAL = re.compile(r"^(?:when|where|why|how|how long|since when|until when)$", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_HE = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)
_IT = re.compile(r"\b(it|they|them)\b", re.IGNORECASE)
_ITS = re.compile(r"\b(its|their)\b(?= \w)", re.IGNORECASE)
_ANY_ITS = re.compile(r"^(its|their|his|her) (\w[\w\s-]*)$", re.IGNORECASE)
_THERE = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )\bthere\b(?! (?:is|are|was|were|will|be)\b)", re.IGNORECASE
)
_OF_THEM = re.compile(r"\bof (?:them|these|those)\b", re.IGNORECASE)
_STANDS_FOR = re.compile(r"^(?:the )?(?:ones?|that|those) (?=\w)", re.IGNORECASE)
_COUNTING = re.compile(r"^(?:how many|how much|which|what)$", re.IGNORECASE)
_POSSESSIVE_BEFORE = frozenset(
    (
        "",
        "and",
        "or",
        "to",
        "in",
        "on",
        "at",
        "for",
        "from",
        "with",
        "about",
        "after",
        "before",
        "by",
        "of",
        "as",
        "do",
        "say",
    )
)
_EVENT = re.compile(r"\b(?:happen|take place|work|matter|come about)\b", re.IGNORECASE)


def reworded(question: str, earlier: Turn) -> str | None:
    """Returns ``question`` reworded so that it stands alone after ``earlier``, None if no rule fits."""
    lead = LEAD.match(question)
    body = carrying.bare(question[lead.end() :] if lead else question)
    if not body or len(body.split()) > _LONGEST or re.search(r"[.?!]\s", body):
        return None
    for rule in () if _ANY_ITS.match(body) and is_fragment(body) else _RULES:
        text = rule(body, earlier)
        if text is not None:
            return f"{text[:1].upper()}{text[1:]}?"
    if lead or question.strip().endswith("?"):
        return _contrasted(body, earlier)
    return None


def _asked_bare(body: str, earlier: Turn) -> str | None:
    """ "Why?", "Since when?": the earlier question with another question word."""
    found = carrying.parts(earlier.text)
    if not _BARE.fullmatch(body) or found is None or not found.wh:
        return None
    words = body.split()
    head = 2 if words[0].lower() in ("since", "until", "by") or body.lower().startswith("how long") else 1
    asks, tail = " ".join(words[:head]), "".join(f" {word}" for word in words[head:])
    if asks.lower() in ("who", "by whom"):
        return None
    if carrying.is_copular(found) and found.wh.lower() == "who":
        who = carrying.answered_name(earlier)
        return f"{asks} {found.aux} {who} {found.subject}{tail}" if who else None
    if found.aux and _ADVERBIAL.fullmatch(f"{found.wh} {found.noun}".strip()) and found.subject and found.rest:
        return f"{asks} {found.aux} {found.subject} {found.rest}{tail}"
    if found.aux in ("was", "were", "has", "have") and not found.subject and found.rest:
        subject = found.noun or carrying.given_words(earlier)
        return f"{asks} {found.aux} {subject} {found.rest}{tail}" if subject else None
    if found.aux and found.noun and found.subject and found.rest and _COUNTING.fullmatch(found.wh):
        return f"{asks} {found.aux} {found.subject} {_with_object(found.rest, found.noun)}{tail}"
    return None


def _with_object(rest: str, noun: str) -> str:
    """Puts the thing that was counted behind the verb: "give to Ukraine", "tanks" → "give tanks to Ukraine"."""
    words = rest.split()
    at = 1
    while at + 1 < len(words) and words[at] == "to" and carrying.is_verb(words[at + 1]):
        at += 2
    return " ".join([*words[:at], noun, *words[at:]])


def _other_counted(body: str, earlier: Turn) -> str | None:
    """ "How many vehicles": the earlier question with another thing counted."""
    asks, found = carrying.parts(body), carrying.parts(earlier.text)
    if asks is None or found is None or asks.aux or not _COUNTING.fullmatch(asks.wh):
        return None
    if asks.rest or not asks.noun or not _COUNTING.fullmatch(found.wh) or not found.noun:
        return None
    if asks.noun.lower() in ("for", "against"):
        return _swapped(asks.noun, earlier)
    return _joined(asks.wh, asks.noun, found.aux, found.subject, found.rest)


def _swapped(word: str, earlier: Turn) -> str | None:
    """Returns the earlier question with "against" for "for", or the other way round."""
    other = {"for": "against", "against": "for"}[word.lower()]
    text, count = re.subn(rf"\b{other}\b", word.lower(), carrying.bare(earlier.text), count=1)
    return text if count else None


def _left_out(body: str, earlier: Turn) -> str | None:
    """ "How many were killed", "how many does Kaldmar have": the thing counted is filled in."""
    asks, found = carrying.parts(body), carrying.parts(earlier.text)
    if asks is None or found is None or not asks.aux or asks.noun or not found.noun:
        return None
    if asks.wh.lower() not in ("how many", "how much", "which") or not _COUNTING.fullmatch(found.wh):
        return None
    text = _joined(asks.wh, found.noun, asks.aux, asks.subject, asks.rest)
    return text if carrying.named(text) or not carrying.named(earlier.text) else _with_names(text, earlier)


def _of_them(body: str, earlier: Turn) -> str | None:
    """ "How many of them were killed": the thing counted is named."""
    found = carrying.parts(earlier.text)
    if not _OF_THEM.search(body) or found is None or found.wh.lower() == "how much":
        return None
    several = re.search(r"\b(?:the|its|their) (\w+s)\b", earlier.text)
    noun = found.noun if _COUNTING.fullmatch(found.wh) else several.group(1) if several else ""
    return _with_names(_OF_THEM.sub(lambda _: f"of the {noun}", body, count=1), earlier) if noun else None


def _with_names(text: str, earlier: Turn) -> str:
    """Puts the names of the earlier question behind ``text`` that it does not hold."""
    whole = carrying.whole_names(earlier.text)
    missing = []
    for low, high in carrying.named(earlier.text):
        noun = re.match(r"\s\w+", earlier.text[high:]) if (low, high) not in whole else None
        missing.append(earlier.text[low : high + (noun.end() if noun else 0)])
    missing = [name for name in dict.fromkeys(missing) if name.casefold() not in text.casefold()]
    return f"{text} ({', '.join(missing)})" if missing else text


def _person(body: str, earlier: Turn) -> str | None:
    """ "What did he say": the person is named."""
    pronoun = _HE.search(body)
    return _put(body, pronoun, earlier.who) if pronoun and earlier.who else None


def _thing(body: str, earlier: Turn) -> str | None:
    """ "When will it open", "how many workers does it have": the subject of the earlier question is named."""
    pronoun = _IT.search(body) or _ITS.search(body)
    found = carrying.parts(earlier.text)
    if pronoun is None or found is None or _EVENT.search(body):
        return None
    word = pronoun.group().lower()
    before = body[: pronoun.start()].split()
    if not before and word not in ("its", "their"):
        return None
    if found.noun and found.wh.lower() == "how many" and word in ("they", "them", "their"):
        return _with_names(_put(body, pronoun, f"the {found.noun}"), earlier)
    if not found.wh or found.noun or not found.subject or (found.wh.lower() == "who" and not found.rest):
        return None
    as_object = word == "them" or (word == "it" and before[-1].lower() not in carrying.AUXILIARY)
    if as_object and (len(found.rest.split()) > 1 or found.subject.split()[0].lower() != "the"):
        return None
    if word == "it" and found.aux.lower() in ("do", "are", "were", "have"):
        return None
    subject = found.subject
    if word in ("they", "them", "their") and found.aux.lower() in ("is", "was", "does", "has"):
        # One thing is not "they" unless it is an institution: that of "the seat of the court".
        owner = re.search(r"\bof ((?:the )?[A-Z].*)$", subject)
        subject = owner.group(1) if owner else subject
    if not carrying.named(f"x {subject}") and not subject.lower().startswith("the "):
        return None
    return None if subject.split()[-1].lower() in body.lower().split() else _put(body, pronoun, subject)


def _stance(body: str, earlier: Turn) -> str | None:
    """ "Who opposes it": what is done in the earlier question is named, "Who opposes Croatia giving tanks …"."""
    stance, found = _STANCE.fullmatch(body), carrying.parts(earlier.text)
    if stance is None or found is None or found.aux.lower() not in _MODAL or not found.subject or not found.rest:
        return None
    if found.wh and not found.noun and found.wh.lower() in ("who", "what", "which"):
        return None
    verb, *rest = (_with_object(found.rest, found.noun) if found.noun else found.rest).split()
    return _joined(stance.group(1), found.subject, _gerund(verb), *rest)


_STANCE = re.compile(
    r"((?:who|which \w+)(?: \w+)? "
    r"(?:oppos|support|back|favou?r|criticis|criticiz|condemn|welcom|reject|approv)\w*(?: of)?) "
    r"(?:it|this|that)",
    re.IGNORECASE,
)
_MODAL = carrying.AUXILIARY - {"is", "are", "was", "were", "has", "have", "had"}


def _gerund(verb: str) -> str:
    """Returns the "-ing" form: give, giving; plan, planning; send, sending."""
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return f"{verb[:-2]}ying" if verb.endswith("ie") else f"{verb[:-1]}ing"
    doubled = re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb)
    return f"{verb}{verb[-1]}ing" if doubled else f"{verb}ing"


def _circumstance(body: str, earlier: Turn) -> str | None:
    """ "Was anyone injured": the place or event at the end of the earlier question is put behind."""
    words = body.split()
    if words[0].lower() not in ("was", "were") or len(words) > _SHORT or _POINTER.search(body) or carrying.named(body):
        return None
    end = re.search(r" (?:in|at|on|during) (?!(?:the )?(?:year|day)\b)[^?]{3,60}$", carrying.bare(earlier.text))
    return f"{body}{end.group()}" if end else None


_SHORT = 4
_POINTER = re.compile(r"\b(?:he|she|it|they|this|that|these|those|there|one|the)\b", re.IGNORECASE)


def _there(body: str, earlier: Turn) -> str | None:
    """ "How many people live there": the place is named."""
    where = _THERE.search(body)
    place = carrying.place(earlier) if where else ""
    return f"{body[: where.start()]}{place}{body[where.end() :]}" if where and place else None


def _put(body: str, pronoun: re.Match[str], name: str) -> str:
    """Puts ``name`` in place of ``pronoun``, as a possessive where the pronoun is one."""
    behind = re.match(r"\s*(\w*)", body[pronoun.end() :])
    following = behind.group(1).lower() if behind else ""
    word = pronoun.group().lower()
    owns = word in ("his", "its", "their", "hers") or (word == "her" and following not in _POSSESSIVE_BEFORE)
    if owns:
        name = f"{name}'" if name.endswith("s") else f"{name}'s"
    return f"{body[: pronoun.start()]}{name}{body[pronoun.end() :]}"


_RULES: tuple[Callable[[str, Turn], str | None], ...] = (
    _asked_bare,
    _other_counted,
    _left_out,
    _of_them,
    _person,
    _there,
    _stance,
    _thing,
    _circumstance,
)


def is_fragment(body: str) -> bool:
    """Whether ``body`` neither asks nor holds a verb: "in October", "Germany", "according to Zelenskyy"."""
    words = carrying.lowered(body.split())
    words = ["to" if word == "according" else word for word in words]
    return (
        bool(words)
        and len(words) <= _LONGEST_FRAGMENT
        and not any(word in carrying.ASKING or word in carrying.AUXILIARY for word in words)
    )


_LONGEST_FRAGMENT = 8


def _contrasted(body: str, earlier: Turn) -> str | None:
    """ "And in October?", "What about Germany?": the contrasted part of the earlier question is exchanged."""
    if not is_fragment(body) or carrying.parts(earlier.text) is None:
        return None
    owned = _ANY_ITS.match(body)
    if owned:
        name = _owner(owned.group(1).lower(), earlier)
        return f"What is the {owned.group(2)} of {name}?" if name else None
    base = carrying.bare(earlier.text)
    part = _STANDS_FOR.sub("", body)
    first = part.split()[0].lower()
    text: str | None
    if carrying.dates(part) and _is_date(part):
        text = _other_date(part, base)
    elif (
        first in ("for", "against") and re.search(r"\b(?:for|against) ", base) and part.lower().endswith(("it", first))
    ):
        text = _swapped(first, earlier)
    elif first == "according" or carrying.preposition(first):
        text = _other_phrase(part, base)
    else:
        text = _other_name(part, base, earlier)
    return f"{text}?" if text else None


def _owner(pronoun: str, earlier: Turn) -> str:
    if pronoun in ("his", "her"):
        return earlier.who
    found = [earlier.text[low:high] for low, high in carrying.whole_names(earlier.text)]
    return found[-1] if found else ""


def _is_date(part: str) -> bool:
    low, high = carrying.dates(part)[0]
    rest = [word for word in (part[:low] + part[high:]).split() if not carrying.preposition(word.lower())]
    return not [word for word in rest if word.lower() not in ("the", "early", "late", "mid", "of")]


def _other_date(part: str, base: str) -> str:
    held = carrying.dates(base)
    if not held:
        return f"{base} {part if carrying.preposition(part.split()[0].lower()) else f'in {part}'}"
    low, high = held[-1]
    year = _YEAR.search(base[low:high])
    if year and not _YEAR.search(part):
        part = f"{part} {year.group()}"
    preposition = re.search(r"\b(\w+) (?:early |late |mid-?)?$", base[:low])
    if preposition and carrying.preposition(preposition.group(1).lower()):
        if carrying.preposition(part.split()[0].lower()):
            return base[: preposition.start()] + part + base[high:]
    elif carrying.preposition(part.split()[0].lower()):
        return f"{base[:low]}{part}{base[high:]}"
    return base[:low] + part + base[high:]


def _other_phrase(part: str, base: str) -> str:
    """Exchanges the last phrase that begins with the same preposition, or puts ``part`` at the end."""
    first = "according to" if part.lower().startswith("according") else part.split()[0].lower()
    at = [match.start() for match in re.finditer(rf"\b{first}\b", base, re.IGNORECASE)]
    if not at:
        return f"{base} {part}"
    behind = base[at[-1] + len(first) :]
    return f"{base[: at[-1]]}{part}{behind[_length_of_phrase(behind) :]}"


def _length_of_phrase(text: str) -> int:
    """Returns how many characters at the head of ``text`` belong to what a preposition governs."""
    end, held = 0, 0
    for word in re.finditer(r"\S+", text):
        lower = word.group().lower().strip(",")
        ends = carrying.preposition(lower) or lower in carrying.AUXILIARY or lower in ("according", "and", "to")
        if held and (ends or (carrying.is_verb(lower) and not word.group()[0].isupper())):
            break
        end, held = word.end(), held + (lower not in ("the", "a", "an", "its", "their"))
    return end


def _other_name(part: str, base: str, earlier: Turn) -> str | None:
    """Exchanges what stands where ``part`` would: a name of the same make, first of all the subject."""
    found = carrying.parts(base)
    if not carrying.named(f"x {part}"):
        if (
            found is None
            or not found.subject
            or not found.wh
            or not found.rest
            or not part.lower().startswith(("the ", "its ", "their "))
        ):
            return None
        return _joined(found.wh, found.noun, found.aux, part, found.rest)
    numbered = any(map(str.isdigit, part))
    spans = [span for span in carrying.whole_names(base) if any(map(str.isdigit, base[slice(*span)])) == numbered]
    if not spans:
        return None
    is_place = re.search(rf"\b(?:in|at|near|from) (?:the )?{re.escape(part)}\b", earlier.quote)
    oblique = [span for span in spans if carrying.is_oblique(base, span[0])]
    free = [span for span in spans if span not in oblique]
    chosen = free[0] if free else spans[-1]
    if oblique and free and (is_place or _is_shaped(part, base, oblique[-1], chosen)):
        chosen = oblique[-1]
    before = base[: chosen[0]]
    return f"{before.removesuffix('the ') if part.startswith('the ') else before}{part}{base[chosen[1] :]}"


def _is_shaped(part: str, base: str, place: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether ``part`` has as many words as the name of a place in ``base`` and not as many as the other name."""
    count = len(part.split())
    at_place = re.search(r"\b(?:in|at) $", base[: place[0]])
    return bool(at_place) and len(base[slice(*place)].split()) == count != len(base[slice(*other)].split())


def _joined(*words: str) -> str:
    return " ".join(word for word in words if word)
