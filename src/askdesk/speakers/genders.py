"""Whether "he" or "she" stands for a person, as the document itself shows."""

from __future__ import annotations

from .cast import Cast, Mention
from .frames import Frame
from .words import listed

_MALE = listed(
    "mr sir king prince lord duke father brother son husband actor businessman spokesman congressman chairman"
    " councilman pope baron boyfriend dad grandfather"
)
_FEMALE = listed(
    "mrs ms miss madam lady queen princess dame duchess mother sister daughter wife actress businesswoman"
    " spokeswoman congresswoman chairwoman councilwoman girlfriend mom mum grandmother"
)
HE = frozenset({"he", "his", "him", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})


def learn_genders(cast: Cast, frames: list[Frame], people_of: list[list[Mention]]) -> None:
    """Learns from titles, and from "he" and "she" where only one person is spoken of."""
    for name, role in cast.roles.items():
        words = set(role.lower().replace(".", "").split())
        if words & _MALE and not words & _FEMALE:
            cast.genders[name] = "m"
        elif words & _FEMALE and not words & _MALE:
            cast.genders[name] = "f"
    votes: dict[str, int] = {}
    alone = ""
    paragraph = -1
    for item, named in zip(frames, people_of, strict=True):
        people = {name for name, *_ in named}
        if people:
            alone = next(iter(people)) if len(people) == 1 else ""
        elif item.paragraph > paragraph + 1:
            alone = ""
        paragraph = item.paragraph
        if alone:
            lows = {token.low for token in item.tokens}
            he, she = bool(lows & HE), bool(lows & SHE)
            if he != she:
                votes[alone] = votes.get(alone, 0) + (1 if he else -1)
    for name, vote in votes.items():
        if vote and name not in cast.genders:
            cast.genders[name] = "m" if vote > 0 else "f"
