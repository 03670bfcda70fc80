"""Which body a common noun stands for: "the company", "the agency", "the players' association"."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..types import Speaker
from .asking import plain
from .cast import Cast, is_shown, person
from .frames import Frame
from .openings import opening
from .runs import runs
from .tokens import Token
from .words import (
    BE,
    DAYS,
    DETERMINERS,
    LATELY,
    MONTHS,
    NOT,
    NOT_NAMES,
    ORGANISATIONS,
    OUTLETS,
    PREPOSITIONS,
    ROLES,
    listed,
)

OPEN = Speaker("", "", "unnamed")
BODIES = (
    ORGANISATIONS
    | listed("nonprofit charity employer automaker carmaker planemaker drugmaker chipmaker carrier maker store outlet")
) - listed(
    "government police military army navy kremlin nato state county city country nation treasury cabinet militia"
    " troops campaign parliament senate congress census"
)
"""Nouns of bodies of which a text has several: those left out stand for one by themselves."""
_LEGAL_FORMS = listed("inc corp ltd llc co corporation company group")
_KINDS = ORGANISATIONS - _LEGAL_FORMS
_DATED = DAYS | MONTHS
_NO_BODY = NOT_NAMES | _DATED | ROLES
_OF_ANOTHER = (DETERMINERS - LATELY) | PREPOSITIONS | {"and", "or"}
"""Words behind a name that make it a part of something else: "Orsa and the port"."""
_FIRMS = listed(
    "company firm airline retailer manufacturer chain brand startup giant publisher automaker carmaker planemaker"
    " drugmaker chipmaker carrier employer maker store bank"
)
_CALLED = {
    "agency": listed("board administration bureau department centers center service services commission authority"),
    "union": listed("association federation guild alliance brotherhood workers teamsters"),
    "outlet": OUTLETS,
    "newspaper": OUTLETS,
    "paper": OUTLETS,
    "publication": OUTLETS,
    "site": OUTLETS,
    "website": OUTLETS,
    "magazine": OUTLETS,
    "network": OUTLETS,
    "broadcaster": OUTLETS,
}
"""Words in the names of such bodies as a noun may call, besides the noun itself."""
_GROUPS = listed("organization organisation group nonprofit charity coalition alliance club")
_GROUPED = listed("federation association alliance union council foundation society institute coalition fund trust")
_PLAIN_NAMES = _FIRMS | _GROUPS | listed("network union university college club brand team studio label")
"""Nouns by which a body is called that has a name without any such noun."""
_ALONE = listed("giant maker automaker carmaker planemaker drugmaker chipmaker employer retailer carrier")
"""Nouns that, with whatever words before them, call again a body already named."""
_LINKS = listed("of for on and the")
_NEAR = 8
"""How many paragraphs "the company" may reach back to the only body that spoke."""
_LONGEST = 6
"""How many words the name of a newspaper or a broadcaster may have."""
_LATEST = 24
"""How many of the bodies named before are looked at: more than a reader keeps in mind, and few enough to be quick."""


@dataclass(slots=True)
class Bodies:
    """The bodies that a document has named so far: as subjects of sentences, and as speakers."""

    cast: Cast
    subjects: list[tuple[int, str]] = field(default_factory=list)
    spoke: list[tuple[int, str]] = field(default_factory=list)
    named: list[tuple[int, str]] = field(default_factory=list)
    last: str = ""

    def read(self, item: Frame) -> None:
        """Takes note of the body that a sentence is about, or that it brings in with ", which"."""
        found = item.tokens
        subject = self._subject(found)
        # A sentence about "it" or "the company" is still about the body before.
        lows = [token.low for token in found[:2]]
        kept = lows[:1] in (["it"], ["its"]) or (lows[:1] == ["the"] and lows[-1] in _FIRMS)
        self.last = subject or (self.last if kept else "")
        if subject:
            self.subjects.append((item.paragraph, self.last))
        for run in runs(found):
            name = " ".join(run.words)
            if len(run.words) <= _LONGEST and OUTLETS.intersection(plain(name)):
                self.named.append((item.paragraph, name))
        for place in range(1, len(found) - 1):
            if found[place].text == "," and found[place + 1].low == "which" and found[place - 1].capital:
                low = place - 1
                while low > 0 and (found[low - 1].capital or (found[low - 1].low in _LINKS and found[low - 2].capital)):
                    low -= 1
                name = _name(found[low:place])
                if name and place - low > 1 and ORGANISATIONS.intersection(plain(name)):
                    self.subjects.append((item.paragraph, name))

    def _subject(self, found: tuple[Token, ...], once: bool = False) -> str:
        low = opening(list(found), len(found)) if found else 0
        if low < len(found) and found[low].low == "the":
            low += 1
        high = low
        while high < len(found) and (
            found[high].capital
            or (high > low and found[high].low in _LINKS and any(token.capital for token in found[high + 1 : high + 3]))
        ):
            high += 1
            if found[high - 1].owner:
                return ""
        words = found[low:high]
        if not words or (high < len(found) and found[high].low in ROLES):
            return ""
        follows = found[high] if high < len(found) else None
        if follows is not None and follows.low in _OF_ANOTHER:
            return ""
        if once and follows is not None and follows.kind == "w" and not _is_verb(follows):
            return ""
        name = _name(words)
        if name.isupper() and len(name) > 6:
            # A dateline: "WASHINGTON – ".
            return ""
        alone = len(words) == 1
        if alone and (words[0].low in _NO_BODY or (name in self.cast.others and not name.isupper())):
            return ""
        if alone and (words[0].low in self.cast.common or not (once or name in self.cast.often or name.isupper())):
            return ""
        if not alone and ORGANISATIONS.intersection(plain(name)):
            return name
        known = person(self.cast, tuple(token.text for token in words), words[0].start)
        # A person is named in full once, then by the last name; a body by its whole name each time.
        return "" if known and (is_shown(self.cast, known) or name not in self.cast.often) else name

    def _led_in(self, found: tuple[Token, ...], place: int) -> str:
        """The body in "As for Orsa Shipping, the company said": named right before the comma that opens the clause."""
        if place < 3 or found[place - 1].text != ",":
            return ""
        low = place - 1
        while low > 0 and found[low - 1].capital and not found[low - 1].owner:
            low -= 1
        words = found[low : place - 1]
        known = person(self.cast, tuple(token.text for token in words), words[0].start) if words else ""
        after = 0 < low <= 2 and found[low - 1].low in ("for", "at", "with", "like", "unlike")
        timed = any(word.low in _DATED for word in words)
        return _name(words) if after and not timed and not (known and is_shown(self.cast, known)) else ""

    def called(self, item: Frame, place: int, words: tuple[Token, ...], spoke: str) -> Speaker:
        """Returns the body that ``words``, "the" and a noun at ``place``, stand for; open where it is not clear.

        ``spoke`` is the body that the sentence before is attributed to, if it is.
        """
        head = words[-1].low
        known = self.cast.bodies.get(head, [])
        if len(words) > 2:
            return self._described(item, [token.low for token in words[1:]])
        if len(known) == 1:
            return Speaker(known[0], "", "institution")
        own = self._subject(item.tokens, once=True) if place > 4 and item.tokens[place - 1].text == "," else ""
        own = own or self._led_in(item.tokens, place)
        if own and _may_be(own, head):
            # "Orsa Shipping will close, the company said": whom the sentence is about.
            return Speaker(own, "", "institution")
        spoke = spoke.removeprefix("the ").removeprefix("The ")
        if spoke and all(word[0].isupper() or word in _LINKS for word in spoke.split()) and _may_be(spoke, head):
            return Speaker(spoke, "", "institution")
        near = [] if head in _FIRMS else [name for name in self._within(item, 1, head) if _is_kind(name, head)]
        if len(near) != 1 and self.last and _may_be(self.last, head):
            return Speaker(self.last, "", "institution")
        if len(near) != 1:
            near = self._within(item, 1, head) or self._within(item, _NEAR, head, self.spoke)
        if len(near) != 1:
            near = self._within(item, 1, head, self.named)
        return Speaker(near[0], "", "institution") if len(near) == 1 else OPEN

    def spoken(self, last: Speaker | None, item: Frame, place: int) -> str:
        """Returns the body that spoke last; empty where a person did, or nobody.

        A name that nothing in the document shows to be a person's may be a body's: "Norland Heinz said". Not so where
        another name stands before the noun at ``place``.
        """
        if last is None or not last.name or last.status not in ("institution", "outlet", "named"):
            return ""
        person_like = (
            any(token.capital and at for at, token in enumerate(item.tokens[: place - 1]))
            or last.role
            or last.name in self.cast.genders
            or is_shown(self.cast, last.name)
        )
        return "" if last.status == "named" and person_like else last.name

    def about(self, item: Frame, place: int) -> Speaker:
        """Returns the body that "it" at ``place`` stands for: whom its sentence, or the one before, is about."""
        name = (self._subject(item.tokens) if place > 3 else "") or self.last
        return Speaker(name, "", "institution") if name else OPEN

    def _described(self, item: Frame, lows: list[str]) -> Speaker:
        """What "the players association", "the government agency" or "the tech giant" is."""
        head = lows[-1]
        full = [name for name in self.cast.bodies.get(head, []) if set(lows) <= set(plain(name))]
        if len(full) == 1:
            return Speaker(full[0], "", "institution")
        near = self._within(item, 1, head)
        shared = [name for name in near if {low.rstrip("s") for low in lows} & {w.rstrip("s") for w in plain(name)}]
        if not shared and (head in _ALONE or lows[:-1] in (["government"], ["federal"])):
            shared = near
        return Speaker(shared[0], "", "institution") if len(shared) == 1 else OPEN

    def _within(self, item: Frame, reach: int, head: str, named: list[tuple[int, str]] | None = None) -> list[str]:
        """The bodies named in the paragraphs before that may be called by a noun, each by its longest name."""
        made: list[str] = []
        known = (self.spoke, self.subjects) if named is None else (named,)
        for paragraph, name in [pair for pairs in known for pair in pairs[-_LATEST:]]:
            if item.paragraph - paragraph > reach or not _may_be(name, head):
                continue
            words = set(plain(name))
            same = next((at for at, other in enumerate(made) if _one_in_other(words, set(plain(other)))), None)
            if same is None:
                made.append(name)
            elif len(name) > len(made[same]):
                made[same] = name
        return made


def _is_verb(token: Token) -> bool:
    """Whether a word may be the verb of a sentence: "Orsa Shipping closes", not "Federal funding"."""
    return token.low in BE | NOT | {"has", "had", "have", "will"} or token.low.endswith(("s", "ed"))


def _name(words: tuple[Token, ...]) -> str:
    return " ".join(token.text for token in words)


def _one_in_other(words: set[str], others: set[str]) -> bool:
    return words <= others or others <= words


def _is_kind(name: str, head: str) -> bool:
    """Whether the name of a body has the noun ``head``, or one of the same kind."""
    words = set(plain(name))
    return (
        head in words
        or bool(words & _CALLED.get(head, frozenset()))
        or (head in _GROUPS and bool(words & _GROUPED))
        or (head == "agency" and name.isupper() and name.lower() not in OUTLETS)
    )


def _may_be(name: str, head: str) -> bool:
    """Whether a body of this name may be called by ``head``: it has such a noun, or none at all."""
    words = set(plain(name))
    unlike = words & _KINDS or words & OUTLETS
    return _is_kind(name, head) or (head in _PLAIN_NAMES and not unlike)
