from __future__ import annotations

import subprocess
import sys
from itertools import pairwise

import pytest

from askdesk.speakers import matches, statements
from askdesk.types import Speaker, Statement

HILL = "Mary Hill, the harbour master, came to Orsa on Monday. "


def only(text: str, publisher: str | None = None) -> Statement:
    found = statements(text, publisher)
    assert len(found) == 1, [(text[s.start : s.end], s.speaker) for s in found]
    return found[0]


def said(text: str, publisher: str | None = None) -> list[tuple[str, str]]:
    """Each statement's speaker and words."""
    return [(s.speaker.name, text[s.start : s.end]) for s in statements(text, publisher)]


@pytest.mark.parametrize(
    "sentence",
    [
        '"The port will close for a week," Hill said.',
        "“The port will close for a week,” said Hill.",
        "“The port will close for a week,” said Hill, who has run it for years.",
        "«The port will close for a week», Hill said.",
        "‘The port will close for a week,’ Hill told reporters.",
        "'The ministers' port will close for a week,' Hill added.",
        "„The port will close for a week“, Hill said.",
        "“The port will close for a week’’, Hill said.",
        'Hill said: "The port will close for a week."',
        'In a statement, Hill said, "The port will close for a week."',
        "Hill warned that the port would close for a week.",
        "Hill, asked about the storm, denied that the port would close.",
        "The port will close for a week, Hill said on Monday.",
        "The port, Hill said, will close for a week.",
        "The port will close for a week, according to Hill.",
        "According to Hill, the port will close for a week.",
        "Hill is quoted as saying that the port will close for a week.",
        "She added that the port would close for a week.",
        '"The port will close for a week," she said.',
        '"Will the port close for a week?" asked Hill.',
        '"Will the port close for a week?" Hill asked.',
    ],
)
def test_one_sentence_and_the_full_name(sentence: str) -> None:
    text = HILL + sentence
    found = only(text)
    assert text[found.start : found.end] == sentence
    assert found.speaker == Speaker("Mary Hill", "the harbour master", "named")


@pytest.mark.parametrize(
    "sentence",
    [
        "Orsa Radio quoted Hill as saying that the port would close.",
        "“The port will close,” Orsa Radio reported Hill as saying.",
        "Orsa Radio cited Hill on Monday as saying: “The port will close.”",
        "Hill was quoted by Orsa Radio on Monday as saying “the port will close”.",
    ],
)
def test_who_is_quoted_as_saying_it_speaks(sentence: str) -> None:
    found = only(HILL + sentence)
    assert found.speaker.name == "Mary Hill"
    assert found.speaker.via == "Orsa Radio"


def test_a_quotation_broken_by_its_attribution_is_one_statement() -> None:
    quote = '"The port will close," Hill said on Monday. "It will open again in May. Nobody is to blame."'
    assert said(HILL + quote + " Ships lay at anchor.") == [("Mary Hill", quote)]


def test_a_quotation_runs_over_paragraphs_with_reopened_marks() -> None:
    quote = "“The port will close,” Hill said. “It was a hard week.\n\n“We shall open it again in May.”"
    assert said(f"{HILL}\n\n{quote}\n\nShips lay at anchor.") == [("Mary Hill", quote)]


def test_a_quotation_that_never_closes_ends_with_its_paragraph() -> None:
    text = HILL + 'Hill said: "The port will close for a week.\n\nShips lay at anchor.'
    assert said(text) == [("Mary Hill", 'Hill said: "The port will close for a week.')]


def test_a_paragraph_of_quotation_alone_goes_on_with_the_speaker() -> None:
    text = HILL + 'Hill said the port would close.\n\n"It will be a long and a very cold winter for all of us."'
    assert [name for name, _ in said(text)] == ["Mary Hill", "Mary Hill"]


def test_scare_quotes_and_titles_are_no_statements() -> None:
    text = (
        'The so-called "grey zone" grows. He sang "Late in the Harbour" twice.\n\n‘A very cold winter’\n\nShips left.'
    )
    assert statements(text, None) == ()


def test_other_uses_of_the_verbs_are_no_statements() -> None:
    text = (
        "The club added two players. Hill was told to leave. Nobody could say why. The port reported a loss. "
        "Ships call in 17 states. The noted painter came."
    )
    assert statements(text, None) == ()


def test_the_speaker_is_not_looked_for_inside_the_quotation() -> None:
    text = HILL + '"Brown said he would pay, and Green told me so," Hill said.'
    assert only(text).speaker.name == "Mary Hill"


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("“We shall see about that,” said Mary Hill, the harbour master.", "Mary Hill", "the harbour master"),
        ("NATO chief Mary Hill said the alliance would wait.", "Mary Hill", "NATO chief"),
        ("Former President Mary Hill said she would wait.", "Mary Hill", "Former President"),
        ("Secretary of State Mary Hill said she would wait.", "Mary Hill", "Secretary of State"),
        ("The group's spokeswoman, Mary Hill, said it would wait.", "Mary Hill", ""),
        ("Mary Hill, a teacher in Orsa, Norland, said she would wait.", "Mary Hill", "a teacher in Orsa"),
        ("Mary Hill, R-Ky., said she would wait.", "Mary Hill", ""),
        ("Mary von der Hill said she would wait.", "Mary von der Hill", ""),
    ],
)
def test_names_with_their_roles(sentence: str, name: str, role: str) -> None:
    speaker = only(sentence).speaker
    assert (speaker.name, speaker.role, speaker.status) == (name, role, "named")


@pytest.mark.parametrize(
    ("sentence", "name", "status"),
    [
        ("A spokesman for the port said it would close.", "a spokesman for the port", "unnamed"),
        ("Two officials said the port would close.", "two officials", "unnamed"),
        ("Sources close to the council say the port will close.", "Sources close to the council", "unnamed"),
        ("The ministry of health said the port would close.", "the ministry of health", "institution"),
        ("The Kremlin said the port would close.", "the Kremlin", "institution"),
        ("Orsa Shipping Corp. said the port would close.", "Orsa Shipping Corp.", "institution"),
        ("Ships left. Police said the port would close.", "Police", "institution"),
        ("Troops in Norland are few, but Norland denied that the port would close.", "Norland", "institution"),
    ],
)
def test_speakers_without_a_personal_name(sentence: str, name: str, status: str) -> None:
    speaker = only(sentence).speaker
    assert (speaker.name, speaker.status) == (name, status)


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("A source told the BBC that the port would close.", Speaker("a source", "", "unnamed", "the BBC")),
        ("Two officials told Reuters the port would close.", Speaker("two officials", "", "unnamed", "Reuters")),
        (
            "According to the FT, citing two officials, the port will close.",
            Speaker("two officials", "", "unnamed", "the FT"),
        ),
        ("Yonhap, citing the NIS, said the port would close.", Speaker("the NIS", "", "institution", "Yonhap")),
        ("Mary Hill told Reuters that the port would close.", Speaker("Mary Hill", "", "named", "Reuters")),
        (
            "Mary Hill was quoted by Reuters as saying that the port would close.",
            Speaker("Mary Hill", "", "named", "Reuters"),
        ),
        (
            "Mary Hill said Tom Brown had told him the port would close.",
            Speaker("Tom Brown", "", "second-hand", "Mary Hill"),
        ),
    ],
)
def test_words_passed_on(sentence: str, speaker: Speaker) -> None:
    assert only(sentence).speaker == speaker


def test_the_own_outlet_passes_nothing_on() -> None:
    sentence = "A source told the Orsa Post that the port would close."
    assert only(sentence, "The Orsa Post").speaker.via == ""
    assert only(sentence, "The Norland Times").speaker.via == "the Orsa Post"
    assert only("The Orsa Post reported that the port would close.", "Orsa Post").speaker.status == "outlet"


def test_a_pronoun_stands_for_the_speaker_before() -> None:
    text = (
        "Tom Brown, the actor, met Mary Hill, the actress. Brown said the play was over. "
        "He added that it had been long.\n\nHill smiled at the critics. She said it had been short."
    )
    assert [name for name, _ in said(text)] == ["Tom Brown", "Tom Brown", "Mary Hill"]


def test_a_pronoun_is_not_guessed() -> None:
    text = "The play of Mary Hill and Tom Brown was long. He said it had been good."
    assert only(text).speaker == Speaker("", "", "unnamed")
    assert only("“It had been a very good week,” she said.").speaker.name == ""


def test_a_surname_of_two_people_is_left_as_it_stands() -> None:
    text = "Mary Hill and Tom Hill run the port. Hill said it would close."
    assert only(text).speaker.name in ("Hill", "")


def test_a_team_is_nobody_whom_a_pronoun_stands_for() -> None:
    text = (
        "Mary Hill, the coach, left the field late. Her Orsa Suns had lost to the Norland Bears, and the Suns were sad. "
        "Hill praised them. “It was a very long evening,” she said."
    )
    assert only(text).speaker.name == "Mary Hill"


def test_an_office_stands_for_who_holds_it() -> None:
    assert only(HILL + "Ships left. “We shall wait for a week,” the harbour master said.").speaker.name == "Mary Hill"


def test_the_name_in_full_may_come_later() -> None:
    text = "“The port will close,” Hill said.\n\nMary Hill has been harbour master for years."
    assert only(text).speaker.name == "Mary Hill"


def test_a_closing_pronoun_is_not_somebody_in_the_clause_before_it() -> None:
    text = HILL + "Hill said the port would close. Ships have waited in the war that Tom Brown began, he said."
    assert [name for name, _ in said(text)] in (["Mary Hill", "Mary Hill"], ["Mary Hill", ""])
    assert only("Many ships have been lost in the war that Tom Brown began, he said.").speaker.name == ""


def test_a_verb_behind_and_has_the_subject_of_its_own_clause() -> None:
    text = "Tom Brown met Mary Hill. He quarrels with Hill, who keeps the port and has said “it will close for a year.”"
    assert only(text).speaker.name in ("", "Mary Hill")
    assert only('On Monday, Mary Hill came to Orsa and said "it will close for a year."').speaker.name == "Mary Hill"


@pytest.mark.parametrize(
    "sentence",
    [
        'Hill wrote a song called "The Cold Harbour" in May.',
        "It was something the mayor said.",
        "That there is a second port indicates how cold it is.",
        "The club claimed the first prize.",
        "Winter storm predicted in Orsa as skies clear.",
        "She began the day making jokes about the weather.",
        "The play tells the story of a port.",
        "The council denied him a berth.",
    ],
)
def test_what_only_looks_like_speech_is_no_statement(sentence: str) -> None:
    assert statements(sentence, None) == ()


def test_the_company_is_the_one_that_spoke_before_or_is_left_open() -> None:
    text = "Ships left. Norlandia said it would wait for a week. The company said the ice was thick."
    assert [name for name, _ in said(text)] == ["Norlandia", "Norlandia"]
    assert only("Ships left. The company said the ice was thick.").speaker.name == ""
    assert only("Norlandia Corp. will wait for a week, the company said.").speaker.name == "Norlandia Corp."


def test_the_name_that_follows_the_words_for_a_speaker() -> None:
    assert only("“We shall wait for a week,” said the port's director, Tom Brown.").speaker.name == "Tom Brown"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        # what follows the verb
        ("Norland Radio reported all of the ships are at anchor.", "Norland Radio"),
        ("Fishermen noted on Wednesday that the port no longer opens at night.", "Fishermen"),
        ("The port has closed, Norland Radio reported Tuesday.", "Norland Radio"),
        ("In a call with lenders, Orsa Shipping forecast it would lose money.", "Orsa Shipping"),
        ("The NHB also reported long queues at two quays.", "the NHB"),
        ("As Mary Hill, the harbour master of Orsa, points out, the ice is thick.", "Mary Hill"),
        ("Most divers think people need warmer suits.", "most divers"),
        ("If the ice is thin, the Orsa Institute advises you to stay at home.", "the Orsa Institute"),
        ("Experts are warning skippers to not go out.", "Experts"),
        ("The port stayed open, with many saying they would sail.", "many"),
        ("Hill dismissed the plan as “a waste of money and of time.”", "Hill"),
        ("Hill described the move as a “sad mistake” for the town.", "Hill"),
        ('The report has what the harbour union called an "honest and full account of the fire."', "the harbour union"),
        ("The plan is “full of very good things”, said orsa.com, “and of hope”.", "orsa.com"),
        # papers
        ("Port records, first shown by the Orsa Post, show Tom Brown owned the ship.", "Port records"),
        ('"The quays are not safe at any hour," the filing stated.', "the filing"),
        ('A portion of the caption reads, "So this is how the port looks in May?"', "a portion of the caption"),
        ("It comes after a report by Norland Radio indicated the port is about to close.", "a report by Norland Radio"),
        ("Ice grew, data from the Independent Ice Services shows.", "data from the Independent Ice Services"),
        ("The report found no difference between the two quays.", "the report"),
        ("Ships are late, according to Orsa Radio’s Monday reading.", "Orsa Radio"),
        ("Ships are late, according to a Monday report from the Orsa Office.", "a Monday report from the Orsa Office"),
        ("Ships are late, per the Orsa Institute.", "the Orsa Institute"),
        # names, and what stands between them and the verb
        ("“Good,” said Orsa chairman and Federation of Norland co-chair Tom Brown.", "Tom Brown"),
        ("“It will be a cold week,” Mary Hill, a port spokeswoman told Orsa Radio.", "Mary Hill"),
        ("Mary Hill, diver and director of the fund for the Orsa Federation said it would wait.", "Mary Hill"),
        ("The owner of Orsa Nets and Steel Inc., Tom Brown, said it would wait.", "Tom Brown"),
        ("Norland’s power station, Orsahall, says that it is cold.", "Orsahall"),
        ("On average it grows, OrsaData, a research lab at Hill & Brown in the north, said in May.", "OrsaData"),
        ("The Committee for a Clean Orsa, a group of divers, says it will wait.", "the Committee for a Clean Orsa"),
        ("On Monday the Orsa County Sheriff's Office said it was cold.", "the Orsa County Sheriff's Office"),
        ("The Justice Department told the council it would wait.", "the Justice Department"),
        # who is not named
        ("Some people there said they have received nothing.", "some people"),
        ("Outside experts have said the port would be safe.", "experts"),
        ("Local watchers warn that the ice could be thin.", "local watchers"),
        ("“It was very cold out there,” one local told the crew.", "one local"),
        ("It grew, and many ships left, causing a loss, say experts.", "experts"),
        ("It was a year when wages lagged inflation and critics have complained that the port did nothing.", "critics"),
        # more than one that may speak
        ("But critics said “the plan will only make it worse for all”, Orsa Radio added, “and slow”.", "critics"),
        (
            "Hill told Brown that the port was “ready to open again in the spring,” according to Norland Radio.",
            "Hill",
        ),
        ("Hill wrote to Brown, asking whether the mayor thought “the port should stay open in May.”", "Hill"),
    ],
)
def test_forms_of_attribution(sentence: str, name: str) -> None:
    found = statements(sentence, None)
    assert found
    assert found[0].speaker.name == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norland Bank expects annual growth to end the year at 3 percent.", "Norland Bank"),
        (
            "The Orsa Street Journal estimates the average cost of watching a major play will go up"
            " nearly 25% in about a year.",
            "the Orsa Street Journal",
        ),
        ("Numerous polls show most divers were not in favor of the port.", "Numerous polls"),
        ("The whistleblower also alleges Norlandia does not keep its ships dry.", "the whistleblower"),
        ("Witnesses reported seeing smoke over the quay.", "Witnesses"),
        ("Mary Hill is a diver. She recommends people not wait until the last minute.", "Mary Hill"),
        ("Hill raised concerns that the port could not hold the ships.", "Hill"),
        (
            "Mary Hill came. Hill stopped short of weighing in on that plan, but said closing the port would help.",
            "Mary Hill",
        ),
        ("Norland Sen. Mary Hill, who sits on the committee said she was troubled by the port.", "Mary Hill"),
        ("Those ships, Mary Hill continued, include three ferries.", "Mary Hill"),
        ("Mary Hill opened her show by calling Brown “the most stubborn man in the country.”", "Mary Hill"),
        (
            "Mary Hill and Tom Brown keep the port. Hill smiled. On Tuesday night Brown mocked the plan. "
            "He predicted that it would fail.",
            "Tom Brown",
        ),
        ("Port ships are slow, Orsa Today found.", "Orsa Today"),
        (
            "Norland Heinz said it was proud of the port.\n\n“We are able to serve every ship,” the company said.",
            "Norland Heinz",
        ),
        (
            "Orsa Shipping Corp. and Norland Nets Corp. met. Orsa Shipping Corp. left. It closed two quays. "
            "It estimated that would save a little.",
            "Orsa Shipping Corp.",
        ),
        ("Ben & Hill's said that the port was full.", "Ben & Hill's"),
        ("As other divers have explained, that was cold.", "other divers"),
        (
            "Tom Brown, who keeps the port, smiled. Brown has a son, Max Hill. And when pressed on whether Hill is safe, he "
            "replied: “What happens at the port comes first of all.”",
            "Tom Brown",
        ),
        ("The crew came after an attorney left and said the quays were unsafe.", "an attorney"),
        ("Tom Brown tried to save the port by admitting his plan was a mistake.", "Tom Brown"),
        ("Norlandia filed a complaint in May claiming the quays were unsafe.", "Norlandia"),
        (
            "More than 40 pilots have left. Mary Hill has dodged the matter, urging the crew to wait for a week.",
            "Mary Hill",
        ),
        ("The Orsa survey found mixed views of the port. It says seven in ten would leave.", "the Orsa survey"),
        ("The letter was sent to the council on Monday. It alleges that the port was shut for a year.", "the letter"),
        (
            "Officials with the world’s most famous sled race announced Thursday that they have put off the start.",
            "Officials with the world’s most famous sled race",
        ),
        ("It rained after a port lawmaker threatened a strike and said the quays were unsafe.", "a port lawmaker"),
        ("The boy was not hurt, according to his attorney, Mary Hill.", "Mary Hill"),
        ("Norland’s navy made it clear from the outset they were watching the port.", "Norland’s navy"),
        ("Hill hypothesized that the ice would melt.", "Hill"),
        ("Moody's said that the bank would fail.", "Moody's"),
        (
            "A survey of more than 40 divers conducted by Radio Orsa/Radio Norland (RO/RN) in July"
            " 2024 found that 40% would leave.",
            "A survey of more than 40 divers conducted by Radio Orsa/Radio Norland",
        ),
        ("Mary Hill claimed Tuesday evening that the port left tons of fish in the hall.", "Mary Hill"),
        ("As other port-checkers have previously explained, that was a round figure.", "other port-checkers"),
        (
            "As Orsa Radio's Mary Hill and Tom Brown reported in mid-October, the port is large.",
            "Mary Hill and Tom Brown",
        ),
        ("Some shoppers have started calling the shop cold and say it should close.", "Some shoppers"),
        ("OrsaWatch.com, which tracks ships, found the largest share of delays by noon.", "OrsaWatch.com"),
        ("While many divers say they like ice, the Orsa Institute says it can do harm.", "the Orsa Institute"),
        ("So far, Mary Hill has dodged the matter, insisting divers are not going to leave.", "Mary Hill"),
        (
            "In June, Hill and leaders from the Group of Nations promised to pay “a very large sum"
            " for the port of Orsa.”",
            "Hill and leaders from the Group of Nations",
        ),
        ("Orsa Research and other divers' groups say the port is cold.", "Orsa Research and other divers' groups"),
        (
            "The Orsa Post published an article in May 2018 suggesting Hill made the choice to close the port.",
            "the Orsa Post",
        ),
        (
            "Four Orsa fishing companies have alerted port officials that they will lay off crews.",
            "Four Orsa fishing companies",
        ),
        ("The ferries are late, Norland's Ice Desk reported Wednesday.", "Ice Desk"),
        ("Since May, a slew of officials have indicated they plan to leave the port.", "a slew of officials"),
        ("The Orsa Dog Specialists recommend to not ignore the cough.", "the Orsa Dog Specialists"),
        ("Harbour leaders plan to meet in May. They said the port would open.", "Harbour leaders"),
        ("Two officials left the port. They said it was cold.", "Two officials"),
        (
            "It is a risk that port officials have been willing to take. They argue lost sand is"
            " better than lost roads.",
            "port officials",
        ),
        (
            "Hope in the port was hurt by the sober view of market observers. They say the price is high.",
            "market observers",
        ),
        (
            "The court named cases “hard,” which the report defines as “a case that takes more than a year.”",
            "the report",
        ),
        (
            "A divided panel of the Sixth Court ruled Orsa's bans and a like one in Norland were sound.",
            "a divided panel of the Sixth Court",
        ),
        (
            "This year's host, Norland Chancellor Mary Hill, told her parliament recently that the"
            ' return is "quite out of the question unless ships leave."',
            "Mary Hill",
        ),
        ("Brown is losing ground, a new Orsa Register/Norland Port Poll shows.", "Norland Port Poll"),
        ("The salt is high, “nearly half of the daily limit,” Orsa Reports' testing found.", "Orsa Reports' testing"),
        ("Ships are late, according to Orsa’s Saturday reading.", "Orsa"),
        (
            "Tom Brown is the son of Mary Hill, the mother of two. Brown was late for school, his mother said.",
            "Mary Hill",
        ),
        ("Dr. Mary Hill runs the ward. Tom Brown waited. “It was cold,” the doctor said.", "Mary Hill"),
        (
            "José Brown sang in May. Brown smiled. In a release, the singer-guitarist said he would sing again.",
            "José Brown",
        ),
        ("It is also sold by Orsa Radio, a part of NOR. Hill called it a waste of money.", "Hill"),
        ("As for Norlandia, the company said it would wait.", "Norlandia"),
        ("The play was shown on NBC and its channels. The network has said it will show it again.", "NBC"),
        ("Few backed Rep. Mary Hill, a port ally who has vowed to close the port.", "Mary Hill"),
        ("The hall was filled by opponents of the plan, who stressed that the ice was thin.", "opponents of the plan"),
        ("Two divers reported seeing a whale, harbour spokesman Tom Brown told local broadcaster ORB.", "Tom Brown"),
        ("While the Norland council has left the port, it has said the ice is thin.", "the Norland council"),
    ],
)
def test_more_forms_of_attribution(text: str, name: str) -> None:
    found = statements(text, None)
    assert found
    assert found[-1].speaker.name.casefold().removeprefix("the ") == name.casefold().removeprefix("the ")


@pytest.mark.parametrize(
    "sentence",
    [
        "They think nothing of it.",
        "NATO tweeted about the ice.",
        "Orsa Radio has told the stories of several divers.",
        "They saw the chair in a vote expected Wednesday morning.",
        "Hill raised concerns about the port.",
        "Hill called it off.",
        "Hill expects to win.",
        "Hill made it to the quay.",
    ],
)
def test_what_the_later_forms_leave_alone(sentence: str) -> None:
    assert statements(sentence, None) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They asked Mary Hill, who Tom Brown said was out of the country.", "Tom Brown"),
        ("Norland Rep. Mary Hill, D-Orsa Bay, has raised concerns that the port would close.", "Mary Hill"),
        ("Crews met customers. None of the airlines were waiving fees, though they said it was cold.", "airlines"),
        ("The cable news network settled with Tom Brown, saying it was over.", "the cable news network"),
        ("Democrats have blasted the leaders. They acknowledge it was cold.", "Democrats"),
        ("They met the leaders. They say it was cold.", ""),
    ],
)
def test_who_is_not_taken_for_another(text: str, name: str) -> None:
    assert statements(text, None)[-1].speaker.name == name


def test_a_sentence_with_his_own_name_does_not_go_to_the_speaker_before() -> None:
    text = HILL + "Hill said it was cold. Born in Orsa, Tom Brown was drawn to the sea, he said."
    assert statements(text, None)[-1].speaker.name != "Mary Hill"


def test_the_end_of_an_hour_ends_no_sentence() -> None:
    sentence = "Mary Hill said her 9 a.m. Orsa Airways flight was late."
    assert said(sentence) == [("Mary Hill", sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The cuts announced in May are deep.",
        "There were about 76,000 crossings reported in the 12 months before May.",
        "Hill rejected the plan, and “it was a very long and cold week.”",
        "They pay $3 million per Norland Bank.",
        "Costs are low, per person.",
        "The firm has more than 2,000 officials in 17 states.",
        "The video shows Brown and Hill on the quay.",
    ],
)
def test_the_new_forms_are_not_read_into_other_words(sentence: str) -> None:
    assert statements(sentence, None) == ()


def test_a_member_with_a_place_is_no_name_after_a_role() -> None:
    assert only("Rep. Mary Hill, R-Orsa Bay, said she would wait.").speaker.name == "Mary Hill"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Norlandia closed a quay, and Norlandia will wait. The company told staff it was cold.", "Norlandia"),
        (
            "The Federation of Orsa has put off its meeting. It was to be large. It is for May, the organization said.",
            "Federation of Orsa",
        ),
        (
            "Norlandia had a row with the Orsa Labor Board, which oversaw the vote. The agency denied the charges.",
            "Orsa Labor Board",
        ),
        (
            "The Orsa Players Association met. The players association confirmed it was cold.",
            "Orsa Players Association",
        ),
        ("The Orsa Daily Herald said it was cold. It will snow, the paper said.", "the Orsa Daily Herald"),
        ("Orsa Research said it was cold. The firm cautioned that it would snow.", "Orsa Research"),
    ],
)
def test_a_body_called_by_a_common_noun(text: str, name: str) -> None:
    assert statements(text, None)[-1].speaker.name.removeprefix("the ") == name.removeprefix("the ")


def test_a_body_called_by_a_common_noun_is_left_open_where_two_may_be_meant() -> None:
    text = "Norlandia said it was cold. Orsahall said it was not. Ships left.\n\nThe company said it would snow."
    assert statements(text, None)[-1].speaker.name == ""


def test_the_woman_of_whom_nothing_is_known() -> None:
    assert only("A video shows the port. “It was cold out there,” the woman says.").speaker.name == "the woman"
    assert only(HILL + "Hill smiled. “It was cold out there,” the woman says.").speaker.name != "the woman"


def test_the_office_of_several_is_that_of_the_one_spoken_of_last() -> None:
    text = (
        "Mary Hill is mayor of Orsa. Tom Brown is mayor of Norland. Orsa mayor Mary Hill came. Norland mayor Tom Brown "
        "left. Brown smiled. “It was very cold out there,” the mayor said."
    )
    assert only(text).speaker.name == "Tom Brown"


def test_they_are_those_whom_the_sentence_before_is_about() -> None:
    text = "Mary Hill said it was cold. Two officials from Orsa waited for an hour. They said the ice was thin."
    assert [name for name, _ in said(text)] == ["Mary Hill", "two officials from Orsa"]


def test_he_is_a_man_without_a_name_who_spoke_before() -> None:
    text = HILL + "A witness told the council that the port was shut. She said it was cold."
    assert [name for name, _ in said(text)] == ["a witness", "a witness"]


def test_it_is_the_body_that_the_sentence_before_is_about() -> None:
    text = "Mary Hill left. Norlandia closed a quay, and Norlandia will wait. “It was cold,” it said."
    assert only(text).speaker.name == "Norlandia"


def test_an_offer_to_the_reader_does_not_part_quotations_from_their_speaker() -> None:
    text = HILL + (
        "“The port will close,” Hill said.\n\nSign up for the letters of Tom Brown, the cook. Brown is free.\n\n"
        "“It will be a long and a very cold winter for all of us.”"
    )
    assert [name for name, _ in said(text)] == ["Mary Hill", "Mary Hill"]


def test_of_two_forms_of_a_name_the_one_the_text_uses() -> None:
    text = "Mary Hill came. Mary Joan Hill was born in Orsa. Mary Hill left. “It was cold,” Hill said."
    assert only(text).speaker.name == "Mary Hill"


def test_a_run_of_capitals_without_end_is_read_in_time() -> None:
    assert statements("Orsa Shipping " * 40_000, None) == ()


def test_asking_does_not_read_the_rules() -> None:
    code = "import sys, askdesk.speakers.asking; print([n for n in sys.modules if n.startswith('askdesk.speakers.')])"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "['askdesk.speakers.asking']"


def test_turns_of_a_transcript() -> None:
    text = (
        "Mary Hill spoke to Tom Brown.\n\nMary Hill:\n\nWhy did the port close?\n\nTom Brown:\n\nIt was cold. "
        "Nobody said a word.\n\nMary Hill:\n\nThank you."
    )
    assert said(text) == [
        ("Mary Hill", "Mary Hill:\n\nWhy did the port close?"),
        ("Tom Brown", "Tom Brown:\n\nIt was cold. Nobody said a word."),
        ("Mary Hill", "Mary Hill:\n\nThank you."),
    ]


def test_statements_are_in_order_and_apart() -> None:
    text = (HILL + "“No,” Hill said. “Never.” The council said it would wait. “Why?” asked Tom Brown. ") * 5
    found = statements(text, None)
    assert len(found) >= 15
    assert all(0 <= one.start < one.end <= two.start for one, two in pairwise(found))


@pytest.mark.parametrize("asked", ["Rutte", "Mark Rutte", "the NATO chief", "mark rutte", "NATO's chief"])
def test_asking_by_name_or_role(asked: str) -> None:
    assert matches(Speaker("Mark Rutte", "NATO chief", "named"), asked)


def test_asking_by_a_close_spelling() -> None:
    assert matches(Speaker("Volodymyr Zelenskyy", "", "named"), "Zelensky")
    assert not matches(Speaker("Mary Hill", "", "named"), "Mary Hall")


@pytest.mark.parametrize("asked", ["", "the", "Tom Brown", "Mark Brown", "the mayor", "Rut"])
def test_asking_for_somebody_else(asked: str) -> None:
    assert not matches(Speaker("Mark Rutte", "NATO chief", "named"), asked)
    assert not matches(Speaker("", "", "unnamed"), asked)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        '"',
        "“““““",
        "said",
        "said said said.",
        ", said",
        ":",
        "according to",
        "Hill said",
        "(",
        ") said",
        "'",
        "he said she said they said",
        "Hill:\n\nHill:\n\n",
        "\u202eHill\u202c said \u0301x.",
        '"In winter," notice reads, noting that it is cold.',
    ],
)
def test_any_text_is_read(text: str) -> None:
    for found in statements(text, "x"):
        assert 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    "piece", ['"', "' ", "“a ", "said, ", "Hill, ", "Hill said ", "(", "Mary Hill. ", "A\n\n", "said Hill "]
)
def test_a_long_text_is_read(piece: str) -> None:
    # What took time of the square of the length would not end.
    for found in statements((piece * (160_000 // len(piece) + 1))[:160_000], None):
        assert 0 <= found.start < found.end <= 160_000


def test_a_clause_about_the_speaker_does_not_hold_the_speaker() -> None:
    sentence = "The mayor, who used the name TARN, from the oldest charter of the town, said that the port was closed."
    assert only(sentence).speaker == Speaker("the mayor", "", "unnamed")


def test_he_is_no_country() -> None:
    text = (
        "Mary Hill met the guests from South Tarn. South Tarn is a partner of the port. The port will close, he said."
    )
    assert all(one.speaker.name != "South Tarn" for one in statements(text, None))
