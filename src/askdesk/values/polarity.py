"""Whether a sentence affirms or denies."""

from __future__ import annotations

import re

from .negation import negations

_SAID = r"(?:confirm|verif(?:y|ie)|corroborat|substantiat|authenticat)"
_ADVERBS = (
    r"(?:(?:yet|been|be|independently|immediately|officially|publicly|fully|directly|formally|"
    r"also|even|so far)\s+){0,3}"
)
_NO = re.compile(
    rf"""
      (?:\b(?:not|never|cannot|unable\s+to|nor|without)|n[’']t)\s+{_ADVERBS}(?:able\s+to\s+)?{_ADVERBS}(?:{_SAID}\w*|acknowledg\w+|admit\w*)
    | \b(?:no(?:\s+(?:one|side|party|official|government|authority))?|neither|nobody|nothing|none(?:\s+of\s+\w+)?)\s+
      (?:\w+\s+){{0,2}}{_ADVERBS}
      (?:has|have|had|could|would|can)?\s*{_ADVERBS}{_SAID}\w*
    | \b(?:refus|declin|fail)\w*\s+to\s+(?:{_SAID}\w*|acknowledge|admit)
    | \b(?:yet|remains?|remained)\s+to\s+be\s+{_ADVERBS}{_SAID}\w*
    | \b(?:has|have|had|is|are)\s+yet\s+to\s+{_ADVERBS}{_SAID}\w*
    | \bno\s+(?:\w+\s+){{0,2}}(?:evidence|proof|confirmation|basis|indication|sign|truth)\b
    | (?:\bnot|n[’']t)\s+(?:\w+\s+){{0,2}}(?:seen|found|have|has|had|see|find)\s+
      (?:any|enough|sufficient)?\s*(?:\w+\s+)?
      (?:evidence|proof|confirmation)\b
    | \b(?:lack|absence)\s+of\s+(?:evidence|proof)\b | \bunconfirmed\b | \bunverified\b | \bunsubstantiated\b
    | \b(?:den(?:y|ies|ied|ying)|denials?|refut(?:e|es|ed|ing)|disput(?:e|es|ed)|debunk\w*)\b
    | \b(?:reject|dismiss)(?:s|ed|ing)?\s+(?:\w+\s+){{0,3}}
      (?:claims?|reports?|allegations?|accusations?|suggestions?|charges?|rumou?rs?)\b
    | \b(?:is|are|was|were|as|entirely|completely|totally|absolutely|simply|categorically)\s+(?:\w+\s+)?
      (?:false|untrue|baseless|groundless|unfounded|fabricated|not\s+true)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOT_DENIED = re.compile(
    r"(?:\b(?:not|never|cannot|nor|neither|refus\w+\s+to|declin\w+\s+to)|n[’']t)\s+(?:\w+\s+){0,2}(?:or\s+)?"
    r"(?:den(?:y|ied|ying)|disput\w+|refut\w+)\b"
    r"|\b(?:confirm\w*|acknowledg\w+)\s+(?:n?or|and)\s+den(?:y|ied)\b|\bden(?:y|ied)\s+(?:n?or|and)\s+confirm\w*\b"
    r"|\bundeniabl|\bno\s+den(?:ial|ying)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    rf"\b(?:(?:{_SAID}(?:e[ds]|s|ed)|confirming)|(?:acknowledg|admit|conced)(?:es|ed|s|ted|ing)|(?:is|was|are|were)\s+(?:indeed\s+)?true"
    r"|(?:clear|ample|strong|solid|conclusive)\s+(?:evidence|proof)|(?:evidence|proof)\s+(?:shows|showed|proves|confirms))\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:if|whether|unless|until|once|should|would|could|might|may|will|to be|asked to|pressed to|wants?|calls? for|"
    r"expected|before)\s+(?:\w+\s+){0,4}"
    rf"(?:{_SAID}\w*|acknowledg\w+|admit\w*|true)\b",
    re.IGNORECASE,
)
_YES_TO_NO = re.compile(
    rf"\b(?:{_SAID}\w*|acknowledg\w+|admit\w*|conced\w+)\s+(?:\w+\s+){{0,4}}(?:no|not|never|none|nothing|neither)\b|n[’']t\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\b(?:none|nothing|nobody|no\s+one)\b", re.IGNORECASE)
_TURN = re.compile(r"[;:]|\b(?:but|though|although|while|however|yet)\b", re.IGNORECASE)
"""What parts a negation from a confirmation before it, so that the one is not confirmed by the other."""
_NEW_CLAUSE = re.compile(r"[,;:—–]|\b(?:and|but)\b", re.IGNORECASE)
"""What parts a negation from a denial before it, so that the one is not denied by the other."""


def polarity(sentence: str) -> str | None:
    """Returns "yes" where ``sentence`` affirms ("has confirmed"), "no" where it denies, does not confirm or negates.

    "No": words of denying ("denied", "no evidence", "could not be verified"), a statement whose verb is negated ("did
    not attack", "is no longer a member", "no troops were sent"), and the same said or confirmed by someone. None where
    that is open: no such words, a question, a condition ("if confirmed"), "neither confirmed nor denied", what is both
    confirmed and denied, a denied negation, "may not", "did not say". Plain affirmative statements are None as well,
    as are negative pronouns ("no one was hurt"): which of them answer a question the sentence alone does not tell.
    """
    if sentence.rstrip(" \"”’')").endswith("?") or _NOT_DENIED.search(sentence):
        return None
    no = _NO.search(sentence)
    rest = sentence if no is None else sentence[: no.start()] + " " + sentence[no.end() :]
    yes = _YES.search(rest)
    if no:
        return None if yes or _denied(sentence, no.end()) else "no"
    negated = next(negations(sentence), None)
    if yes is None:
        return None if negated is None else "no"
    if _OPEN.search(sentence):
        return None
    if negated is not None:
        confirmed = negated >= yes.end() and not _TURN.search(sentence, yes.end(), negated)
        return "no" if confirmed else None
    # "None of the men was armed, the police confirmed": what is confirmed is that it is not so, or another thing.
    return None if _YES_TO_NO.search(sentence) or _NOBODY.search(sentence, 0, yes.start()) else "yes"


def _denied(sentence: str, end: int) -> bool:
    """Whether the denial that ends at ``end`` is that of a negation: "denied that it had not paid"."""
    first = next((at for at in negations(sentence) if at >= end), None)
    return first is not None and not _NEW_CLAUSE.search(sentence, end, first)
