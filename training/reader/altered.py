"""Questions changed so that the passage which answered them no longer does.

Each way follows one that people took when they wrote unanswerable questions (Rajpurkar et al., "Know What You Don't
Know", 2018): another name, number or date, an opposite, a negation, another thing asked about.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from askdesk.shortanswers import names
from askdesk.text import fold

_OPPOSITES = """
first last|earliest latest|oldest youngest|oldest newest|largest smallest|biggest smallest|highest lowest|longest
shortest|most least|most fewest|best worst|more fewer|more less|greater lesser|higher lower|larger smaller|longer
shorter|before after|above below|over under|north south|northern southern|east west|eastern western|northeast
southwest|northwest southeast|inside outside|inner outer|upper lower|begin end|began ended|begun ended|beginning
end|start finish|started finished|starts ends|start stop|open close|opened closed|opening closing|win lose|won
lost|winner loser|winning losing|victory defeat|defeated victorious|increase decrease|increased decreased|increases
decreases|increasing decreasing|rise fall|rose fell|rising falling|gain loss|gained lost|accept reject|accepted
rejected|allow forbid|allowed forbidden|allowed prohibited|allows prohibits|permit prohibit|support oppose|supported
opposed|supporters opponents|supports opposes|supporting opposing|agree disagree|agreed disagreed|include
exclude|included excluded|includes excludes|create destroy|created destroyed|built demolished|build demolish|enter
leave|entered left|arrive depart|arrived departed|join leave|joined left|love hate|like dislike|friend enemy|friends
enemies|ally rival|allies enemies|good bad|positive negative|advantage disadvantage|advantages disadvantages|benefit
harm|benefits drawbacks|strong weak|stronger weaker|strongest weakest|rich poor|wealthy poor|fast slow|faster
slower|fastest slowest|early late|earlier later|young old|younger older|new old|male female|men women|man woman|boys
girls|father mother|son daughter|brother sister|husband wife|king queen|king peasant|public private|urban rural|major
minor|majority minority|maximum minimum|common rare|commonly rarely|often rarely|always never|usually
seldom|everyone nobody|hot cold|warm cool|wet dry|summer winter|spring autumn|day night|morning evening|light
dark|black white|heavy light|hard soft|deep shallow|wide narrow|thick thin|full empty|rural urban|legal illegal|formal
informal|official unofficial|successful unsuccessful|success failure|succeeded failed|able unable|possible
impossible|popular unpopular|known unknown|famous obscure|similar different|same different|domestic foreign|national
local|internal external|import export|imports exports|imported exported|buy sell|bought sold|attack defend|attacked
defended|war peace|military civilian|modern ancient|temporary permanent|direct indirect|natural artificial|simple
complex|easy difficult|safe dangerous|cheap expensive|cause prevent|caused prevented|causes prevents|raise
lower|raised lowered|remove add|removed added|remained left|stay leave|born buried|birth death|born died|dead
alive|alive dead|lived died|hired fired|appointed dismissed|elected deposed|promoted demoted|praised
criticized|praise criticism|celebrated condemned|encouraged discouraged|encourage discourage|protect
endanger|protected endangered|improve worsen|improved worsened|expand shrink|expanded shrank|north-east
south-west|primary secondary|main minor|single double|whole part|total partial|minimum maximum|teacher
student|teachers students|employer employee|lender borrower|author reader|Catholic Protestant|Christian
Muslim|liberal conservative|Democratic Republican|Democrat Republican|left-wing right-wing|capitalist
communist|European Asian|western eastern|Western Eastern|African European|American British|English French|German
Italian|Russian Chinese
"""

_OPPOSITE: dict[str, list[str]] = {}
for _pair in " ".join(_OPPOSITES.split()).split("|"):
    _one, _other = _pair.split()
    _OPPOSITE.setdefault(_one, []).append(_other)
    _OPPOSITE.setdefault(_other, []).append(_one)

_TOKEN = re.compile(r"[A-Za-z][A-Za-z’'-]*|\d[\d,.]*\d|\d")
_YEAR = re.compile(r"\b1\d{3}\b|\b20\d{2}\b")
_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_VERB = re.compile(
    r"\b(did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|must|may|might)\b", re.IGNORECASE
)
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October")
_MONTHS += ("November", "December")
_MONTH = re.compile(rf"\b(?:{'|'.join(_MONTHS)})\b")

Change = Callable[[str, str, str, random.Random], "str | None"]
"""Takes question, passage, answer and a generator; returns the changed question, None where it does not apply."""


Neighbours = Callable[[str], Sequence[str]]
"""Takes a word and returns words that stand in like places, the nearest left out."""


def other_name(question: str, passage: str, answer: str, draw: random.Random) -> str | None:
    """Puts a name that the passage holds in the place of one that the question holds."""
    own = [span for span in names(question) if span[0] > 0]
    asked = fold(question)
    held = [passage[low:high] for low, high in names(passage)]
    fitting = [name for name in dict.fromkeys(held) if fold(name) not in asked and fold(name) not in fold(answer)]
    fitting = [name for name in fitting if not set(fold(name).split()) & set(asked.split())]
    if not own or not fitting:
        return None
    low, high = draw.choice(own)
    near = [name for name in fitting if abs(len(name.split()) - len(question[low:high].split())) <= 1] or fitting
    return question[:low] + draw.choice(near) + question[high:]


def other_number(question: str, passage: str, answer: str, draw: random.Random) -> str | None:
    """Puts another year, number or month in the place of the question's: one of the passage's, or one close by."""
    for pattern in (_YEAR, _NUMBER, _MONTH):
        own = list(pattern.finditer(question))
        if not own:
            continue
        match = draw.choice(own)
        others = [found.group() for found in pattern.finditer(passage) if found.group() not in question]
        others = [one for one in dict.fromkeys(others) if one != answer]
        if others and draw.random() < 0.6:
            new = draw.choice(others)
        elif pattern is _MONTH:
            new = draw.choice([month for month in _MONTHS if month not in question])
        else:
            digits = re.sub(r"\D", "", match.group())
            step = draw.choice((1, 2, 3, 5, 7, 10, 12, 20, 50, 100))
            value = int(digits[:9] or "0") + draw.choice((-1, 1)) * step
            new = str(max(1, value))
        if new != match.group():
            return question[: match.start()] + new + question[match.end() :]
    return None


def opposite(question: str, passage: str, answer: str, draw: random.Random) -> str | None:
    """Turns one word of the question into its opposite."""
    found = [match for match in _TOKEN.finditer(question) if match.group() in _OPPOSITE]
    if not found:
        return None
    match = draw.choice(found)
    return question[: match.start()] + draw.choice(_OPPOSITE[match.group()]) + question[match.end() :]


def negated(question: str, passage: str, answer: str, draw: random.Random) -> str | None:
    """Puts a "not" or "never" into the question, or joins it to the verb."""
    found = list(_VERB.finditer(question))
    if not found:
        return None
    match = found[-1] if draw.random() < 0.7 else found[0]
    verb = match.group()
    after = question[match.end() :]
    if draw.random() < 0.35:
        joined = {"can": "can't", "will": "won't", "may": "may not", "might": "might not"}
        return question[: match.start()] + joined.get(verb.lower(), verb + "n't") + after
    words = after.split(" ")
    # "was founded" wants its "not" right after "was", "did the army leave" before the last verb.
    at = 1 if len(words) < 4 or draw.random() < 0.6 else 3
    words.insert(at, draw.choice(("not", "not", "never")))
    return question[: match.end()] + " ".join(words)


def other_thing(question: str, passage: str, answer: str, draw: random.Random, near: Neighbours) -> str | None:
    """Puts a word of a like kind in the place of one that the question shares with the passage."""
    held = set(re.findall(r"[a-z]+", passage.lower()))
    own = [
        match
        for match in _TOKEN.finditer(question)
        if len(match.group()) > 3 and match.group().islower() and match.group() in held and match.group() not in _COMMON
    ]
    draw.shuffle(own)
    for match in own:
        fitting = [
            word
            for word in near(match.group())
            if word[:4] != match.group()[:4] and word not in held and word not in answer.lower()
        ]
        if fitting:
            return question[: match.start()] + draw.choice(fitting) + question[match.end() :]
    return None


_PLAIN = """
what when where which whom whose that this these those with from into than then they them their there were have does
been being about after before also many much some such type kind name called known other between during would could
should person people year years time
"""
_COMMON = frozenset(_PLAIN.split())

CHANGES: tuple[Change, ...] = (other_name, other_number, opposite, negated)
