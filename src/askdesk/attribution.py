"""The grammar of attribution in one stretch of English news text: tokens, quotations, and who is said to say what.

Nothing here knows the rest of the document; :mod:`askdesk.speakers` finds out whom the words found here stand for.
The word lists are general newswire English.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import NamedTuple

Span = tuple[int, int]


def listed(text: str) -> frozenset[str]:
    """Returns the words of ``text`` as a set."""
    return frozenset(text.split())


_TOKEN = re.compile(r"[^\W_][^\W_\u0300-\u036f]*[\u0300-\u036f]*(?:['’.&\-‑]?[^\W_]+[\u0300-\u036f]*)*|[^\w\s]|_")
ABBREVIATIONS = listed(
    "jan feb aug sept oct nov mr mrs ms dr prof rev hon sen sens rep reps gov lt gen col maj capt cmdr sgt cpl"
    " adm det insp supt st jr sr messrs mme pres atty dep asst"
)


class Token(NamedTuple):
    """A word (``kind`` ``"w"``), a sign (``"p"``) or a whole quotation (``"q"``): ``text[start:end]``.

    ``text`` and ``low``, the same in lower case, are without a possessive ending, which ``owner`` tells of; ``capital``
    tells whether a word begins with a capital letter. (A named tuple, as a text has very many.)
    """

    kind: str
    start: int
    end: int
    text: str
    low: str
    owner: bool = False
    capital: bool = False


_ABBREVIATED = re.compile(
    r"(?:(?:[^\W\d_]\.)*[^\W\d_]|" + "|".join(sorted(ABBREVIATIONS)) + r")\Z", re.IGNORECASE
).match


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name a speaker: ``tokens[start:end]`` of a frame.

    ``kind`` is ``"pronoun"``, ``"name"`` (its own words only: titles are left out), ``"noun"`` or ``"subject"``
    (whoever is the subject of the sentence). ``role`` is the title before a name.
    """

    kind: str
    start: int
    end: int
    role: str = ""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says a sentence: ``speaker``, and ``passed`` who passed the words on (both places in the frame).

    ``way`` is ``"direct"`` where a quotation stands beside the verb, else ``"indirect"`` or ``"according"``;
    ``second`` tells that the words of ``speaker`` are passed on inside those of ``passed``.
    """

    speaker: Phrase
    verb: int
    way: str
    passed: Phrase | None = None
    second: bool = False


STRONG = listed(
    "said says say told tells tell insisted insists insist warned warns warn denied denies deny acknowledged"
    " acknowledges acknowledge argued argues argue asserted asserts assert alleged alleges allege admitted"
    " admits admit conceded concedes concede contended contends contend declared declares declare emphasized"
    " emphasised emphasizes explained explains explain predicted predicts predict replied replies reply"
    " responded reiterated reiterates stressed stresses testified testifies tweeted vowed pledged urged urges"
    " cautioned cautions remarked remarks complained complains commented lamented quipped joked jokes exclaimed"
    " recounted boasted countered announced announces confirmed confirms confirm accused accuses promised"
    " claimed believes stated informed wrote writes estimated"
)
"""Verbs that report what somebody says, with or without a quotation."""

WEAK = listed(
    "reminded reminds recommends recommended advises claims claim estimates estimate tweets vows vow pledges"
    " promises added adds add noted notes note reported reports report asked asks ask revealed reveals reveal"
    " suggested suggests suggest states observed observes recalled recalls recall concluded concludes conclude"
    " maintained maintains maintain mentioned agreed agrees agree pointed points proposed thinks think thought"
    " believe believed hopes hoped wondered feared indicated indicates posted repeated repeats disclosed ruled"
    " found learned expects expected advised assured speculated theorized figured hinted signaled signalled"
    " shows show showed"
)
"""Verbs that report speech when ``that``, a quotation or a pronoun follows, or when they close the sentence."""

QUOTING = listed(
    "called calls calling described describes continued continues began begins read reads reading quoted cried"
    " shouted yelled whispered laughed sighed answered answers interjected chanted screamed captioned started"
    " wrote penned texted messaged shared labeled dubbed praised criticized criticised slammed blasted"
    " interrupted demanded apologized apologised shot summed put goes went branded denounced condemned hailed"
    " blamed touted"
)
"""Verbs that report speech only beside a quotation."""

_PARTICIPLES = listed(
    "saying adding telling warning insisting noting arguing claiming explaining writing stating stressing"
    " declaring tweeting asking alleging acknowledging admitting denying announcing joking promising vowing"
    " pledging suggesting emphasizing emphasising predicting confirming replying calling reiterating"
)
VERBS = STRONG | WEAK | QUOTING
_CUES = VERBS | _PARTICIPLES | {"according"}
_BASE = listed(
    "say tell insist warn deny acknowledge argue assert allege admit concede contend declare explain predict"
    " reply vow confirm claim add note report ask reveal suggest recall conclude maintain agree think believe"
    " show estimates"
)
"""Forms that are also infinitives: they need a subject in the plural and no auxiliary."""

_INVERTING = listed(
    "said says wrote writes added adds explained explains replied argued argues noted notes asked asks"
    " insisted warned recalled recalls joked quipped tweeted declared admitted commented continued remarked"
    " lamented reports reported concluded observed exclaimed read reads answered cautioned suggests suggested"
    " claimed stated announced cried"
)
_BETWEEN = listed(
    "also has have had then later again further previously reportedly once even still just now first recently"
    " earlier always often already all both himself herself themselves itself today yesterday tonight afterward"
    " afterwards repeatedly consistently ever initially long too simply eventually finally only soon instead"
    " famously did do does 've 's meanwhile however"
)
_BE = listed("is are was were be been being am isn't wasn't weren't aren't isn’t wasn’t weren’t aren’t get got gets")
_NOT = listed(
    "not never to would could should can may might must will cannot didn't don't doesn't didn’t don’t doesn’t"
    " hasn't haven't hasn’t haven’t hadn't won't wouldn't can't couldn't wouldn’t won’t can’t couldn’t declined"
    " refused who'd that's let"
)
STOPPERS = listed(
    "that but because as while when after before if though although since whether which where what how than"
    " and or so until unless once yet whose why then plus amid despite who've who’ve who'd who’d who's who’s"
)
_PREPOSITIONS = listed(
    "of for in at from with by to on about into over under near against between among during through within"
    " outside across behind inside around upon toward towards via after before without since until like close"
    " familiar"
)
_HOLDING = listed("of for at from with by close to familiar near representing inside within")
"""Prepositions that go on with the words for a speaker: "a spokesman for the port"."""

DETERMINERS = listed(
    "the a an this that these those his her its their our my one two three four five six seven eight nine ten"
    " several some many most other another both all multiple few dozens hundreds no any each every local senior"
    " various numerous certain"
)
_QUANTITIES = listed(
    "some many most several few two three four five six seven eight nine ten other all both no senior top"
)
PRONOUNS = {"he": "m", "she": "f", "they": "p", "it": "i"}
_DAYS = listed("monday tuesday wednesday thursday friday saturday sunday")
_MONTHS = listed(
    "january february march april may june july august september october november december jan feb aug sept oct nov dec"
)
NOT_NAMES = (
    listed(
        "the a an this that these those his her its their our my but and or if when while as after before in on at"
        " for from with by to of about then there here what who how why where which he she they it we i you so yet"
        " now today yesterday tomorrow also still even just since because although though however meanwhile"
        " according asked speaking during despite among both one two three four five six seven eight nine ten some"
        " many most several all no not yes well let is are was were do does did has have had be been will would can"
        " could should may said says per under over through until unless once later earlier last next first second"
        " like such each every another other others more than only read related watch see photos photo getty images"
        " advertisement it's that's there's don't i'm we're you're he's she's they're i've we've it’s that’s"
        " there’s don’t i’m we’re he’s she’s they’re i’ve we’ve you’re inside outside around between against within"
        " without whether instead perhaps maybe additionally moreover furthermore finally indeed ultimately overall"
        " nearly almost across amid following given back out up down off your me us him them please thank thanks oh"
        " ok okay hey hello think tell told added made make get got go going"
    )
    | _DAYS
    | _MONTHS
)
"""Words that begin a sentence, or are written with a capital, and are no part of a name."""

PARTICLES = listed("de da di du van von der den la le bin ibn al el dos del ten ter")
ROLES = listed(
    "president minister secretary chief leader head chairman chairwoman chair director manager mayor governor"
    " senator congressman congresswoman representative ambassador envoy spokesman spokeswoman spokesperson"
    " officer official general colonel captain lieutenant sergeant commander admiral major coach quarterback"
    " professor doctor judge justice attorney lawyer prosecutor analyst economist expert researcher scientist"
    " author writer journalist reporter correspondent editor actor actress singer rapper host anchor founder"
    " co-founder ceo cfo coo executive commissioner superintendent sheriff deputy detective inspector principal"
    " teacher student resident activist organizer candidate nominee lawmaker legislator mp pm whip king queen"
    " prince princess pope bishop archbishop cardinal father sister rabbi imam pastor reverend lord lady sir"
    " dame baron duke duchess chancellor premier speaker adviser advisor aide strategist pollster historian"
    " engineer designer artist filmmaker producer comedian musician businessman businesswoman billionaire"
    " entrepreneur investor owner partner guard midfielder striker defender pitcher catcher linebacker receiver"
    " goalkeeper teammate counsel clerk treasurer comptroller auditor administrator coordinator dean provost"
    " fellow curator nurse physician meteorologist astronaut pilot driver farmer veteran soldier trooper mother"
    " wife husband brother son daughter friend neighbor neighbour victim survivor witness columnist blogger"
    " democrat republican independent councilman councilwoman councillor councilmember alderman supervisor"
    " freshman sophomore junior senior cornerback outfielder shortstop rookie trainer golfer champion boss gm"
    " miss madam mister master ecologist biologist geologist physicist chemist psychologist sociologist"
    " epidemiologist virologist immunologist seismologist climatologist astronomer mathematician politician"
    " policymaker fisherman fireman policeman firefighter paramedic surgeon dentist vet veterinarian pharmacist"
    " therapist counselor chef cook bartender shopkeeper cashier guitarist drummer bassist pianist composer"
    " songwriter dancer choreographer model playwright novelist poet critic illustrator photographer cartoonist"
    " translator diplomat warden ranger sailor mechanic architect planner developer banker trader accountant"
    " consultant contractor parent uncle aunt cousin nephew niece widow widower girlfriend boyfriend homeowner"
    " passenger tourist traveler traveller volunteer protester demonstrator campaigner advocate refugee"
    " prisoner inmate suspect defendant plaintiff juror magistrate solicitor barrister coroner source man woman"
    " person fan"
) | ABBREVIATIONS - {"st", "jr", "sr", "jan", "feb", "aug", "sept", "oct", "nov"}
"""Nouns for what a person is, also those that stand before a name as a title."""

_MODIFIERS = listed(
    "former deputy vice prime foreign acting interim senior assistant associate executive co then-president ex"
    " head chief general press defense defence interior finance health state attorney first managing lead"
    " special late fellow longtime retired police fire school team company group campaign party house senate"
    " white"
)
ORGANISATIONS = listed(
    "ministry government police company agency department court university college office bank party union"
    " committee commission association institute center centre council group army navy force forces team club"
    " league board authority administration service services bureau foundation federation organization"
    " organisation firm church school hospital district county city state congress senate parliament house"
    " embassy network newspaper magazine station broadcaster airline manufacturer retailer corporation inc corp"
    " ltd llc co campaign campaigners regulator coalition alliance kremlin nato society museum studio studios"
    " label band press news times post journal tribune herald reuters lab laboratory academy fund trust"
    " exchange conference tour airport staff militia military troops nation country treasury cabinet guild"
    " chamber task investigators prosecutors watchdog think-tank publisher chain brand maker giant startup"
    " organizers officials census"
) - listed("officials investigators prosecutors campaigners organizers troops maker")
"""Nouns for what speaks as a body."""

REPORTS = listed(
    "report reports study survey poll data figures documents document complaint lawsuit filing affidavit"
    " indictment records record statement release website letter memo email article book transcript analysis"
    " review estimate estimates forecast research law bill policy report's source paper story account video"
    " post tweet caption warrant index tracker outlook alert bulletin"
)
"""Nouns for papers that are said to say something."""

OUTLETS = listed(
    "reuters ap afp bbc cnn nbc abc cbs fox npr pbs msnbc cnbc bloomberg politico axios yonhap xinhua tass"
    " interfax dpa ansa kyodo dw ft wsj itv espn esPN tmz variety nyt nfl.com aljazeera"
) | listed(
    "news times post journal press tribune herald daily radio tv television gazette guardian magazine"
    " newspaper broadcaster network chronicle telegraph observer standard globe courier podcast weekly today"
    " independent mail outlet outlets media"
)
"""Names of news agencies and the words of which names of newspapers and broadcasters are made."""


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Returns the words and signs of ``text[start:end]``; the full stop of an initial or a title belongs to it."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        low, high = match.span()
        if not word[0].isalnum():
            # The full stop of an initial or a title is part of it.
            if word == "." and found and found[-1].end == low and _ABBREVIATED(found[-1].text):
                found.append(_stopped(found.pop()))
                continue
            if word == "," and len(found) > 1 and found[-1].text == "." and found[-2].end + 1 == found[-1].end == low:
                # A full stop before a comma is that of an abbreviation: "R-Ky.,".
                found.pop()
                found.append(_stopped(found.pop()))
            found.append(Token("p", low, high, word, word))
            continue
        after_stop = len(found) > 1 and found[-1].text == "." and found[-2].end + 1 == found[-1].end
        if after_stop and word[0].islower() and found[-2].capital:
            # "Hill Corp. said": no sentence begins with a small letter.
            found.pop()
            found.append(_stopped(found.pop()))
        owner = word.endswith(("'s", "’s"))
        plain = word[:-2] if owner else word
        found.append(Token("w", low, high, plain, plain.lower(), owner, plain[0].isupper()))
    return found


def _stopped(word: Token) -> Token:
    return word._replace(end=word.end + 1, text=word.text + ".")


_OPENERS = {"“": '”"', "„": '“”"', "«": "»", "‟": '”"', '"': '"”', "‘": "’", "'": "'", "‹": "›"}
_DOUBLED = {"’’": "”", "''": '"', "‘‘": "“", "``": "“"}
_ELISIONS = listed("em tis twas til till cause n cos round bout")
_MARKS = re.compile("’’|''|‘‘|``|[“”„‟\"«»‘’'‹›]")


def quotations(text: str, start: int, end: int) -> tuple[list[Span], bool]:
    """Returns the spans of the quotations of one paragraph, marks included, and whether the last never closes.

    Quotations inside others are not given; single marks open one only where a closing one follows.
    """
    marks = [match.span() for match in _MARKS.finditer(text, start, end)]
    closers = {sign: [at for at, _ in marks if text[at] == sign and _closes(text, at, at + 1, end)] for sign in "’'"}
    found: list[Span] = []
    low, opened = -1, ""
    for at, after in marks:
        sign = _DOUBLED.get(text[at:after], text[at])
        if low < 0:
            if sign not in _OPENERS or (found and at < found[-1][1]) or not _opens(text, at, after, start, end):
                continue
            if sign in "‘'":
                close = _single_end(text, at, closers["’" if sign == "‘" else "'"])
                if close is not None:
                    found.append((at, close + 1))
            else:
                low, opened = at, sign
        elif sign in _OPENERS[opened] and _closes(text, at, after, end):
            found.append((low, after))
            low = -1
    if low >= 0:
        found.append((low, end))
    return _outermost(found), low >= 0


def _outermost(found: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for low, high in sorted(found):
        if kept and low < kept[-1][1]:
            if high > kept[-1][1]:
                kept[-1] = (kept[-1][0], high)
            continue
        kept.append((low, high))
    return kept


def _opens(text: str, at: int, after: int, start: int, end: int) -> bool:
    before = text[at - 1] if at > start else " "
    follows = text[after] if after < end else " "
    return not before.isalnum() and before not in ".,!?;%)" and not follows.isspace()


def _closes(text: str, at: int, after: int, end: int) -> bool:
    follows = text[after] if after < end else " "
    return not (follows.isalnum() and (text[at - 1].isspace() or text[at - 1].isalnum()))


def _single_end(text: str, at: int, closers: list[int]) -> int | None:
    """Where a single quotation ends: at the first closing mark that is no apostrophe after a plural's s."""
    word = _TOKEN.match(text, at + 1)
    if word is None or not word.group()[0].isalpha() or word.group().lower() in _ELISIONS:
        return None
    first = bisect_left(closers, at + 2)
    last = None
    for close in closers[first : first + 8]:
        if text[close - 1].isspace():
            continue
        if text[close - 1] not in "sS":
            return close
        last = close if last is None else last
    return last


def frame(text: str, found: list[Token], quotes: list[Span]) -> list[Token]:
    """Returns the tokens with each quotation that can be speech as one token; marks of the others are dropped."""
    kept: list[Token] = []
    spoken = [span for span in quotes if is_speech(text, *span)]
    place = 0
    for token in found:
        while place < len(spoken) and spoken[place][1] <= token.start:
            place += 1
        if place < len(spoken) and spoken[place][0] <= token.start:
            low, high = spoken[place]
            if not kept or kept[-1].start != low:
                kept.append(Token("q", low, high, "", ""))
        elif token.kind == "w" or token.text not in "“”\"‘’'«»„":
            kept.append(token)
    return kept


def is_speech(text: str, low: int, high: int) -> bool:
    """Whether a quotation is long enough, or ends with a sign, so that it can be more than a name or a scare quote."""
    if high - low >= 80:
        return True
    inner = text[low:high].strip("“”„‟\"«»‘’'‹› ")
    return len(inner.split()) > 4 or inner[-1:] in tuple(",.?!…—")


def attributions(found: list[Token]) -> list[Attribution]:
    """Returns who may be said to say the sentence with these tokens (of :func:`frame`), the likeliest first.

    Of several verbs of speech that have a subject, the one that touches a quotation comes first, then one that closes
    the sentence or stands in commas, then the others in their order.
    """
    ranked: list[tuple[int, int, Attribution]] = []
    for place, token in enumerate(found):
        if token.kind == "w" and token.low in _CUES:
            made = _at(found, place)
            if made is not None:
                ranked.append((_rank(found, made), place, made))
    ranked.sort(key=lambda entry: entry[:2])
    return [_passed_on(found, made) for _, _, made in ranked[:_TRIED]]


_TRIED = 3
_CLOSING = _DAYS | listed("in on at during via to this last when as earlier late early after reporters through")


def _rank(found: list[Token], made: Attribution) -> int:
    if made.speaker.kind == "subject" and made.way != "direct":
        return 4
    low = min(made.speaker.start - len(made.speaker.role.split()), made.verb)
    high = max(made.speaker.end, made.verb + 1)
    before = found[low - 1] if low > 0 else None
    after = found[high] if high < len(found) else None
    if made.way == "direct" and _touches(found, low, high):
        return 0
    if before is not None and before.text in ",—–" and (after is None or after.text in ".,—–" or after.low in _CLOSING):
        return 1
    if before is not None and before.low in ("which", "what", "who", "whom", "as", "if", "when", "after", "than"):
        return 3
    return 2


def _touches(found: list[Token], low: int, high: int) -> bool:
    """Whether a quotation stands right before or after a clause, but for a sign or "that"."""
    back = low - 2 if low > 1 and found[low - 1].text == "," else low - 1
    if back >= 0 and found[back].kind == "q":
        return True
    ahead = high
    while ahead < len(found) and ahead < high + 2 and (found[ahead].text in ",:" or found[ahead].low == "that"):
        ahead += 1
    return ahead < len(found) and found[ahead].kind == "q"


def _at(found: list[Token], place: int) -> Attribution | None:
    """The attribution whose verb, or "according", stands at ``place``."""
    low = found[place].low
    if low == "according" and place + 2 < len(found) and found[place + 1].low == "to":
        speaker = phrase_after(found, place + 2)
        return Attribution(speaker, place, "according") if speaker else None
    if low in _PARTICIPLES:
        return _participle(found, place)
    if found[place].capital and place > 0:
        return None
    beside = _beside(found, place)
    before = phrase_before(found, place)
    if place and found[place - 1].text == "," and low in _INVERTING:
        # ", said Mary Hill, the harbour master": not ", the harbour master, said"
        after = phrase_after(found, place + 1)
        ends = after is not None and (after.end >= len(found) or found[after.end].kind != "w" or before is None)
        ends = ends or (after is not None and after.kind == "name")
        if after is not None and after.kind != "pronoun" and ends and _ends_clause(found, after.end):
            return Attribution(after, place, "direct" if beside else "indirect")
    if before is not None:
        speaker, clear = before
        if speaker.end - speaker.start == 1 and low not in _PLAIN and found[speaker.start].low in DETERMINERS:
            return None
        if low in ("show", "shows", "showed", "found") and not _can_show(found, speaker):
            return None
        if not clear or (low in _BASE and not _plural(found, speaker)):
            return None
        if _speaks(found, place, speaker, beside):
            return Attribution(speaker, place, "direct" if beside else "indirect")
        return None
    if low in _INVERTING and _may_invert(found, place):
        after = phrase_after(found, place + 1)
        if after is not None:
            return Attribution(after, place, "direct" if beside else "indirect")
    return None


_PLAIN = listed("said say says told argue argued asked think believe wrote")


def _can_show(found: list[Token], speaker: Phrase) -> bool:
    words = {token.low for token in found[speaker.start : speaker.end]}
    return speaker.kind == "pronoun" or bool(words & (REPORTS | ORGANISATIONS | {"researchers", "scientists"}))


def _ends_clause(found: list[Token], at: int) -> bool:
    return at >= len(found) or found[at].kind != "w" or found[at].low in _PREPOSITIONS | {"who"}


_NOUNISH = listed(
    "states points reports report claims claim notes note shows posts hopes promises pledges estimates"
    " estimate vows vow answers calls reads demands labels asks start starts shared"
)
"""Forms that are as often plural nouns: beside a quotation they must touch it."""


def _speaks(found: list[Token], place: int, speaker: Phrase, beside: bool) -> bool:
    """Whether the verb reports speech here, as its kind asks."""
    low, after = found[place].low, found[place + 1].low if place + 1 < len(found) else ""
    if (low == "accused" and after == "of") or (low == "declared" and after == "for"):
        return False
    if low in STRONG:
        return beside or _haslisted(found, place)
    touches = beside and _touches(found, min(speaker.start - len(speaker.role.split()), place), place + 1)
    if touches or (low in WEAK and _reports(found, place, speaker)):
        return True
    return beside and low not in _NOUNISH and any(token.kind == "q" for token in found[place : place + 16])


def _haslisted(found: list[Token], place: int) -> bool:
    """Whether anything is said at all: not in "said nothing", "said so"."""
    after = found[place + 1].low if place + 1 < len(found) else ""
    return after not in ("nothing", "so", "goodbye", "hello", "yes")


def _participle(found: list[Token], place: int) -> Attribution | None:
    before = found[place - 1].low if place else ""
    beside = _beside(found, place)
    if found[place].low == "saying" and before == "as":
        back = place - 2
        while back > 0 and found[back].low not in ("quoted", "cited"):
            back -= 1
            if place - back > 8:
                return None
        if back <= 1:
            return None
        agent = phrase_after(found, back + 2) if found[back + 1].low == "by" else None
        at = back - 1
        while at > 0 and found[at].low in _BE | _BETWEEN:
            at -= 1
        made = phrase_before(found, at + 1)
        return Attribution(made[0], place, "direct" if beside else "indirect", agent) if made else None
    follows = found[place + 1].low if place + 1 < len(found) else ""
    saying = found[place].low == "saying"
    loose = (before == "," and place > 1) or (saying and before not in _BE | _PREPOSITIONS)
    if not loose or not (beside or saying or follows in ("that", "he", "she", "it", "they", "the")):
        return None
    return Attribution(Phrase("subject", place, place), place, "direct" if beside else "indirect")


def _beside(found: list[Token], place: int) -> bool:
    """Whether a quotation stands beside the clause of the verb: before its subject, or after it in the sentence."""
    for at in range(place + 1, min(place + 30, len(found))):
        if found[at].kind == "q":
            return True
        if found[at].text in ";" or (found[at].low in ("after", "because") and found[place].low not in STRONG):
            break
    for at in range(place - 1, max(place - 26, -1), -1):
        if found[at].kind == "q":
            return True
        if found[at].text == ";":
            break
    return False


def _plural(found: list[Token], speaker: Phrase) -> bool:
    head = found[speaker.end - 1]
    words = found[speaker.start : speaker.end]
    return (
        any(word.low in ("they", "police", "people", "who", "women", "men", "media") for word in words)
        or speaker.kind == "subject"
        or any(word.low in ("and",) for word in words)
        or any(word.low.endswith("s") and (not word.capital or at == 0) for at, word in enumerate(words))
        or head.low.endswith("s")
    )


def _reports(found: list[Token], place: int, speaker: Phrase) -> bool:
    """Whether an ambiguous verb reports speech here: "added that", "she added.", not "added a player"."""
    at = place + 1
    if found[place].low in ("pointed", "points"):
        if at >= len(found) or found[at].low not in ("out", "to"):
            return False
        at += 1
    if at >= len(found) or found[at].text in ".,":
        return found[speaker.start - 1].text == "," if speaker.start else False
    follows = found[at].low
    if found[place].low in ("asked", "asks", "ask"):
        return follows in ("whether", "if", "why", "how", "what", "that")
    if found[at].text == ":":
        return True
    return follows in (
        ["that", "there", "he", "she", "it", "they", "it's", "there's", "we", "if", "how", "whether", "this", "these"]
        if follows != "it"
        else ("it",)
    )


def _may_invert(found: list[Token], place: int) -> bool:
    if place + 1 >= len(found) or found[place + 1].kind != "w":
        return False
    if place == 0:
        return any(token.kind == "q" for token in found)
    before = found[place - 1]
    return before.kind == "q" or (before.text in ",—–" and (place < 2 or found[place - 2].kind == "q" or place > 4))


def phrase_before(found: list[Token], place: int) -> tuple[Phrase, bool] | None:
    """Returns the subject of the verb at ``place`` that stands before it, and whether the verb is a plain past or
    present: not so in "was told", "did not say", "would say"."""
    at = place - 1
    while at >= 0:
        token = found[at]
        if token.low in _BE or token.low in _NOT:
            return (Phrase("subject", place, place), False)
        if (
            token.kind == "w"
            and not token.capital
            and (token.low in _BETWEEN or (token.low.endswith("ly") and not token.capital and len(token.low) > 4))
        ):
            at -= 1
        elif token.text.isdigit() and at > 2 and found[at - 1].low in _MONTHS and found[at - 2].low == "on":
            at -= 3
        elif token.low in _DAYS and at > 0:
            at -= 2 if found[at - 1].low == "on" else 1
        elif token.low in ("statement", "interview", "letter", "tweet", "post", "email") and at > 1:
            if found[at - 1].low not in ("a", "an") or found[at - 2].low not in ("in", "via"):
                break
            at -= 3
        else:
            break
    if at < 0:
        return None
    if found[at].text == ")":
        at = _before_bracket(found, at)
    if at < 0:
        return None
    if found[at].kind == "q":
        # 'Hill, who asked for "patience," said.'
        closing = at > 3 and (place + 1 == len(found) or found[place + 1].kind == "p")
        return (Phrase("subject", place, place), True) if closing else None
    if found[at].text in ",—–":
        made = _across_commas(found, at)
        return (made, True) if made else None
    if found[at].kind != "w":
        return None
    low = _segment_start(found, at)
    if low > at:
        stop = found[at].low
        if stop in ("and", "but", "then", "or"):
            return (Phrase("subject", place, place), True)
        return None
    if found[at].low == "who":
        return _antecedent(found, at) if found[place].low in STRONG else None
    made = noun_phrase(found, low, at + 1)
    if (made is None or made.kind == "noun") and low > 2 and found[low - 1].text == ",":
        # 'Mary Hill, the head of the port in Orsa said'
        named = _name_at_end(found, _segment_start(found, low - 2), low - 1)
        first = named.start - len(named.role.split()) if named is not None else 0
        whole = first == 0 or found[first - 1].low not in _PREPOSITIONS
        if named is not None and whole and named.end - named.start > 1 and _any_role(found, low, at):
            made = named
    return (made, True) if made else None


def _any_role(found: list[Token], low: int, high: int) -> bool:
    return any(token.low in ROLES for token in found[low:high])


def opening_phrase(found: list[Token], place: int) -> Phrase | None:
    """Returns the words for a speaker with which the sentence begins, if a verb follows them before ``place``."""
    for at in range(1, min(place, 12)):
        token = found[at]
        if token.kind != "w":
            return None
        if token.low in _BE | VERBS | {"has", "have", "had"} or (token.text.islower() and token.low.endswith("ed")):
            return noun_phrase(found, 0, at)
    return None


def _before_bracket(found: list[Token], at: int) -> int:
    back = at
    while back >= 0 and at - back < 15:
        if found[back].text == "(":
            return back - 1
        back -= 1
    return -1


def _antecedent(found: list[Token], who: int) -> tuple[Phrase, bool] | None:
    at = who - 1
    if at >= 0 and found[at].text == ",":
        at -= 1
    if at < 0 or found[at].kind != "w":
        return None
    made = noun_phrase(found, _segment_start(found, at), at + 1)
    return (made, True) if made else None


def _segment_start(found: list[Token], at: int) -> int:
    """The first place of the run of words that ends at ``at``, back to a sign, a quotation or a word that begins a
    clause; ``at + 1`` where the word itself is one. "and" between two names, or two common nouns, joins them."""
    low = at
    while low >= 0 and at - low < 30:
        token = found[low]
        if token.kind != "w" and token.text not in ("&", "/", "#", "$", "%", "-"):
            break
        if token.low in STOPPERS and token.text.islower():
            joins = (
                token.low == "and"
                and 0 < low < at
                and found[low - 1].kind == "w"
                and found[low - 1].capital == found[low + 1].capital
                and (found[low - 1].capital or at - low <= 2)
            )
            if not joins:
                break
        low -= 1
    return low + 1


def _across_commas(found: list[Token], comma: int) -> Phrase | None:
    """The subject before an apposition: "Mary Hill, the harbour master of Orsa, Norway, said"."""
    segments: list[Span] = []
    at = comma
    while at > 0 and found[at].text in ",—–" and len(segments) < 7:
        high = at
        back = at - 1
        if found[back].text == ")":
            back = _before_bracket(found, back)
        low = back
        while low >= 0 and found[low].kind == "w" and high - low < 40:
            low -= 1
        segments.append((low + 1, high))
        at = low
        if at >= 0 and found[at].text == ")":
            at = _before_bracket(found, at)
            while at >= 0 and found[at].kind == "w":
                at -= 1
    usable = segments[1:]
    for low, high in reversed(usable):
        made = _name_at_end(found, low, high)
        if made is not None and made.end - made.start >= 2 and _apposed(found, high):
            return made
    apposed = _named_after_role(found, segments)
    if apposed is not None:
        return apposed
    for low, high in usable:
        if high <= low:
            continue
        start = max(low, _segment_start(found, high - 1))
        if start >= high:
            continue
        made = noun_phrase(found, start, high)
        if made is not None and (made.kind != "noun" or found[start].low in DETERMINERS or start == 0):
            return made
    return None


def _named_after_role(found: list[Token], segments: list[Span]) -> Phrase | None:
    """The name in "the group's spokesman, Tom Brown, said": not in "Hill, the mayor of Orsa, New York, said"."""
    if len(segments) < 2 or any(_name_at_end(found, low, high) for low, high in segments[2:3]):
        return None
    low, high = segments[0]
    name = _name_at_end(found, low, high)
    if name is None or name.start != low or name.end - low < 2 or _is_body(found, name):
        return None
    return name if _any_role(found, *segments[1]) else None


def _apposed(found: list[Token], comma: int) -> bool:
    """Whether what follows the comma says who somebody is."""
    after = found[comma + 1] if comma + 1 < len(found) else None
    if after is None or after.kind == "q":
        return False
    return after.low not in ("and", "but", "or", "he", "she", "they", "it", "said") and not (
        after.capital
        and after.low not in DETERMINERS
        and after.low not in ROLES
        and comma + 2 < len(found)
        and found[comma + 2].low in VERBS
    )


_BEGINS_CLAUSE = listed("he she it they we you i it's there's he's she's they're if to in on at for")
_NEW_CLAUSE = DETERMINERS | _NOT | listed("he she it they there we you i it's there's he's she's they're")


def phrase_after(found: list[Token], place: int) -> Phrase | None:
    """Returns the words for a speaker that begin at ``place``: after "said" or "according to"."""
    if place >= len(found):
        return None
    first = found[place].low
    if first in ("that", "there") or (
        first in _BEGINS_CLAUSE and found[place + 1 : place + 2] and found[place + 1].kind == "w"
    ):
        return None
    high = place
    common = place < len(found) and not found[place].capital
    while high < len(found) and high - place < 25:
        token = found[high]
        if token.kind != "w" and token.text not in ("&", "/", "-"):
            break
        if token.text.islower() and high > place:
            if token.low in _HOLDING and not (token.low == "to" and found[high - 1].low != "close"):
                if not common and found[high - 1].capital and found[high - 1].low not in ROLES:
                    break
            elif not common and found[high - 1].capital and token.low in _NEW_CLAUSE:
                break
            elif token.low in VERBS and (token.low in REPORTS or found[high - 1].low in DETERMINERS):
                pass
            elif token.low in _PREPOSITIONS | STOPPERS | _BE | VERBS or token.low in (
                "who",
                "has",
                "had",
                "released",
            ):
                if not (
                    token.low == "and" and found[high - 1].capital and high + 1 < len(found) and found[high + 1].capital
                ):
                    break
            elif token.low in (
                "published",
                "obtained",
                "reviewed",
                "seen",
                "earlier",
                "late",
                "via",
                "conducted",
                "this",
            ):
                break
        if token.low in _DAYS or (token.text.islower() and token.low in _BETWEEN and high > place):
            break
        high += 1
    return noun_phrase(found, place, high) if high > place else None


def _name_at_end(found: list[Token], low: int, high: int) -> Phrase | None:
    """The name that ends a run of words, without the titles before it."""
    if high <= low or not found[high - 1].capital or found[high - 1].owner:
        return None
    at = high - 1
    while at > low:
        before = found[at - 1]
        if before.owner or before.kind != "w":
            break
        if before.capital or (
            before.low in PARTICLES and any(token.capital for token in found[max(low, at - 3) : at - 1])
        ):
            at -= 1
        else:
            break
    while at < high and (found[at].low in NOT_NAMES or (not found[at].capital and found[at].low in PARTICLES)):
        at += 1
    if at >= high:
        return None
    name = at
    for place in range(at, high - 1):
        if found[place].low in ROLES or (found[place].low == "state" and place > low and found[place - 1].low == "of"):
            name = place + 1
    if found[name].low in PARTICLES and not found[name].capital:
        return None
    return Phrase("name", name, high, _role_before(found, low, name))


def _role_before(found: list[Token], low: int, name: int) -> str:
    """The title that stands before a name, as words joined by blanks; empty if none does."""
    if name <= low or found[name - 1].kind != "w" or found[name - 1].owner:
        return ""
    if found[name - 1].low not in ROLES and found[name - 1].low != "state":
        return ""
    at = name - 1
    while at - 1 >= low and name - at < 8:
        before = found[at - 1]
        if before.kind != "w" or before.low in DETERMINERS - {"senior"} or before.low in NOT_NAMES - {"of", "first"}:
            break
        if not (
            before.capital or before.owner or before.low in _MODIFIERS | ROLES | ORGANISATIONS or before.low == "of"
        ):
            break
        at -= 1
    while at < name and found[at].low == "of":
        at += 1
    return " ".join(token.text + ("'s" if token.owner else "") for token in found[at:name])


_NO_NOUN = _BE | listed("will would has have had those this")


def noun_phrase(found: list[Token], low: int, high: int) -> Phrase | None:
    """Returns the words for a speaker at the end of ``found[low:high]``, or None where there are none."""
    while high > low and found[high - 1].kind != "w":
        high -= 1
    if high <= low:
        return None
    last = found[high - 1]
    if last.low in PRONOUNS:
        return Phrase("pronoun", high - 1, high)
    if last.low in ("others", "some", "many", "several", "most") and high - 1 == low:
        return Phrase("noun", low, high)
    if last.low in DETERMINERS and high - low > 1 and last.low not in ("others", "one", "both", "all"):
        return None
    if re.split("['’]", last.low)[0] in PRONOUNS:
        return Phrase("pronoun", high - 1, high)
    if last.low in (
        "no",
        "yes",
        "so",
        "nothing",
        "i",
        "we",
        "you",
        "this",
        "that",
        "which",
        "what",
        "there",
        "here",
        "who",
        "it's",
    ):
        return None
    if last.low in _PREPOSITIONS or last.owner:
        return None
    if last.low in _DAYS | _MONTHS and not (high - 2 >= low and found[high - 2].capital and last.low in _MONTHS):
        return None
    name = _name_at_end(found, low, high)
    if name is not None:
        role_start = name.start - len(name.role.split())
        before = found[role_start - 1] if role_start > low else None
        if name.start > low and found[name.start - 1].low == "and" and name.start - 2 >= low:
            other = _name_at_end(found, low, name.start - 1)
            if other is not None and not (other.start > low and found[other.start - 1].low in _PREPOSITIONS):
                return Phrase("name", other.start, high, "")
            if other is not None:
                start = _noun_start(found, low, name.start - 1)
                return Phrase("noun", start, high) if start is not None else None
        if before is not None and before.low in _QUANTITIES and not name.role:
            return Phrase("noun", role_start - 1, high)
        if before is None or (not before.text.islower() and before.low not in DETERMINERS | _PREPOSITIONS):
            return name
        if before.low in _PREPOSITIONS:
            holder = _name_at_end(found, low, role_start - 1)
            if holder is not None and holder.end - holder.start > 1 and not _is_body(found, holder):
                return holder
            if (name.start - 2 >= low and found[role_start - 2].low in _PREPOSITIONS) or role_start - 1 == low:
                return None
            start = _noun_start(found, low, role_start - 1)
            return Phrase("noun", start, high) if start is not None else None
        if before.low in DETERMINERS and (not name.role or found[name.end - 1].low in ROLES):
            if role_start - 2 >= low and found[role_start - 2].low in _PREPOSITIONS:
                start = _noun_start(found, low, role_start - 2) if role_start - 2 > low else None
                return Phrase("noun", start, high) if start is not None else None
            return Phrase("noun", role_start - 1, high)
        if name.end - name.start == 1 and found[name.start].low in ROLES:
            start = _noun_start(found, low, high)
            return Phrase("noun", start, high) if start is not None else None
        return name
    start = _noun_start(found, low, high)
    if start is None or not any(token.text[0].isalpha() for token in found[start:high]):
        return None
    if any(token.low in _NO_NOUN for token in found[start:high]):
        return None
    return Phrase("noun", start, high)


def _is_body(found: list[Token], phrase: Phrase) -> bool:
    return any(token.low in ORGANISATIONS for token in found[phrase.start : phrase.end])


def _noun_start(found: list[Token], low: int, high: int) -> int | None:
    """Where the words for a speaker begin that end at ``high``; None where only an adverbial stands there."""
    if high <= low:
        return None
    starts = [
        at
        for at in range(low, high)
        if found[at].low in DETERMINERS and (at == low or found[at - 1].low not in _PREPOSITIONS | DETERMINERS)
    ]
    if starts:
        start = starts[-1]
        return (
            start if (high - start <= 20 and start < high - 1) or found[start].low not in ("the", "a", "an") else None
        )
    if found[low].low in _PREPOSITIONS or found[low].text.endswith("ly"):
        return None
    start = low
    while start < high and found[start].low in NOT_NAMES:
        start += 1
    return start if start < high and high - start <= 12 else None


def _passed_on(found: list[Token], made: Attribution) -> Attribution:
    """Adds who passed the words on: an outlet told, words cited, or a speaker inside the speech of another."""
    for at in range(min(made.verb, made.speaker.start), min(max(made.verb, made.speaker.end) + 14, len(found) - 1)):
        if found[at].low == "citing":
            cited = phrase_after(found, at + 1)
            if cited is not None and (is_outlet(found, made.speaker) or _are_people(found, cited)):
                return Attribution(cited, made.verb, made.way, made.speaker)
    after = made.verb + 1
    if found[made.verb].low in ("told", "tells", "tell") and after < len(found):
        told = phrase_after(found, after)
        if told is not None and is_outlet(found, told):
            return Attribution(made.speaker, made.verb, made.way, told)
        return made
    if made.way == "indirect" and made.speaker.end <= made.verb:
        at = after + 1 if after < len(found) and found[after].low == "that" else after
        inner = next((n for n in range(at, min(at + 9, len(found))) if found[n].low in ("told", "said")), None)
        if inner is not None and all(token.kind == "w" for token in found[at:inner]):
            second = phrase_before(found, inner)
            if (
                second
                and second[1]
                and second[0].kind in ("name", "noun")
                and second[0].start - len(second[0].role.split()) == at
            ):
                return Attribution(second[0], made.verb, made.way, made.speaker, True)
    if made.passed is None:
        for at in range(after, min(after + 10, len(found) - 2)):
            if found[at].low in ("interview", "statement", "spoke", "speaking") and found[at + 1].low in ("with", "to"):
                told = phrase_after(found, at + 2)
                if told is not None and is_outlet(found, told):
                    return Attribution(made.speaker, made.verb, made.way, told)
    return made


def _are_people(found: list[Token], phrase: Phrase) -> bool:
    plural = {token.low.removesuffix("s") for token in found[phrase.start : phrase.end]}
    return bool(plural & (ROLES | {"source", "people", "person"}))


def is_outlet(found: list[Token], phrase: Phrase) -> bool:
    """Whether the words name a newspaper, a broadcaster or a news agency."""
    words = found[phrase.start : phrase.end]
    return any(word.low in OUTLETS and (word.capital or word.low in ("newspaper", "broadcaster")) for word in words)
