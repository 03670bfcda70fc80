"""The verbs, and the words beside them, that tell whether a sentence looks ahead or back."""

from __future__ import annotations

from .vocabulary import word_set

AHEAD = word_set(
    "will shall won't gonna upcoming scheduled slated planned planning expected expects expect intends"
    " hopes aims may must should would might could shouldn't wouldn't couldn't"
    " likely likeliest poised scheduling tomorrow anticipated tentatively"
)
SIMPLE = word_set(
    "begins opens starts airs premieres returns runs kicks expires closes ends arrives hits faces hosts plays takes"
    " meets heads wants needs go goes shifts resumes concludes debuts turns travels visits"
)
PLURAL = word_set("face host meet visit resume")
"""After a plural these are verbs of what is to come: "The teams meet again Sunday"."""
FUTURE = AHEAD | SIMPLE
SHOWN = word_set("seen shown pictured")
"""A caption: "A rainbow is seen on Thursday"."""
PAST = word_set(
    "said says told was were had did didn't wasn't weren't hadn't came went began met held made took got gave won lost"
    " beat saw left found ran fell rose hit cut struck sent spoke wrote became broke brought built bought caught fought"
    " felt flew grew heard kept knew led paid sold shot shut sat spent stood swept swore taught thought threw withdrew"
    " drew overtook rode drove laid hung sank sang sought showed shook slid stole been since according"
    " chose ate forgot hid blew tore wore woke understood meant dealt bore put quit"
)
NOT_PAST = word_set(
    "need deed weed shed used indeed speed feed seed bed red united hundred sacred exceed proceed succeed estimated"
)
STATES = word_set("is are isn't aren't stay stays remain remains")
"""A participle after these tells a state of things, or what is to come: "The cup is contested Saturday"."""
SUSPECTED = word_set("accused charged believed suspected alleged seen shown pictured")
"""After them the sentence goes on with what was done."""
REFUSALS = word_set("say comment confirm discuss answer elaborate disclose")
HEARD = word_set("heard seen felt smelled")
"""Where somebody "would not say" or shots "could be heard" on a day, that day has come."""
LEADS = word_set("be being get")
MODALS = word_set("will would can could should must may might shall won't not'll")
LEFT = word_set("minutes seconds laps holes rounds")
"""Of a game, with so much "to go"."""
