"""Are questions for what is said about a topic answered, and declined where nobody says anything?

    ASKDESK_BENCH=FOLDER python -m benchmarks.topics [--work FOLDER] [--questions N] [--rows odd|even]

Questions are made from news-dev: of a sentence in which a named speaker says something, a rare word or a name of it is
asked for ("What did Mary Hill say about cranes?", "Is there anything about cranes?"). Right is a first quote that holds
that word and, if a voice is named, is said by it. The same is asked of speakers and of topics of other articles, of
which nothing stands in these. The rules were made on the even rows. Beside each figure stands what the answerer does
without looking for the topic before it decides.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from askdesk import Desk, topics
from askdesk.keywords import analyse
from askdesk.marks import speakers_in
from askdesk.speakers import matches, statements
from askdesk.text import sentences
from askdesk.types import Answer, Document
from benchmarks.answering import shown
from benchmarks.corpora import rows, write_article

ARTICLES = 150
FORMS = (
    "What did {voice} say about {topic}?",
    "How did {voice} comment on {topic}?",
    "Who spoke about {topic}?",
    "What is the latest on {topic}?",
    "Is there anything about {topic}?",
    "Tell me about {topic}",
    "{topic}",
)

_SAID = re.compile(r"\b(?:said|told|says|added|warned|argued|explained)\b")
_NAME = re.compile(r"(?:[A-Z][\w'’-]+ )+[A-Z][\w'’-]+")
_WORD = re.compile(r"\b[a-z][a-z-]{5,}\b")


@dataclass(frozen=True, slots=True)
class Case:
    """Whose words are asked for, about what."""

    voice: str
    topic: str


def collected(work: Path, odd: bool) -> tuple[Desk, list[str]]:
    """Returns a desk over ARTICLES articles of the odd or even rows, and the texts of as many others."""
    texts = [row for at, row in enumerate(rows("news-dev-documents")) if at % 2 == odd]
    random.Random(77).shuffle(texts)
    folder = work / f"topics-{'odd' if odd else 'even'}"
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    for row in texts[:ARTICLES]:
        write_article(row, folder / "documents")
    desk = Desk(folder / "store")
    desk.index(folder / "documents")
    return desk, [row["text"] for row in texts[ARTICLES : 2 * ARTICLES]]


def cases(documents: Sequence[Document], draw: random.Random) -> Iterator[Case]:
    """Yields a case of each sentence that one named speaker says, with a name of it or the rarest of its words."""
    count = Counter(word for document in documents for word in set(_WORD.findall(document.text)))
    for document in documents:
        for low, high in sentences(document.text):
            text = document.text[low:high]
            said = speakers_in(document, (low, high))
            if not 60 < high - low < 320 or len(said) != 1 or not _SAID.search(text):
                continue
            speaker = said[0][1]
            if speaker.status != "named" or " " not in speaker.name:
                continue
            own = set(speaker.name.split())
            names = [one.group() for one in _NAME.finditer(text) if one.start() and own.isdisjoint(one.group().split())]
            plain = [word for word in set(_WORD.findall(text)) if not word.endswith(("ed", "ly", "ing"))]
            rare = min(plain, key=lambda word: (count[word], word), default="")
            topic = names[0] if names and draw.random() < 0.5 else rare
            if topic:
                yield Case(speaker.name, topic)


def is_right(case: Case, form: str, answer: Answer) -> bool:
    if not answer.found:
        return False
    quote = answer.citations[0]
    if "{voice}" in form and (quote.speaker is None or not matches(quote.speaker, case.voice)):
        return False
    return case.topic.casefold() in quote.text.casefold()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, default=Path(".cache/bench"))
    parser.add_argument("--questions", type=int, default=150)
    parser.add_argument("--rows", choices=["odd", "even"], default="odd")
    given = parser.parse_args()
    draw = random.Random(5)
    desk, others = collected(given.work, given.rows == "odd")
    documents = [desk.document(info.id) for info in desk.documents()]
    every = list(cases(documents, draw))
    draw.shuffle(every)
    chosen = every[: given.questions]
    foreign = [Case(voice, case.topic) for voice, case in zip(strangers(documents, others), chosen, strict=False)]
    absent = [Case("", word) for word in missing(documents, others, draw)][: given.questions]
    print(
        f"{len(chosen)} questions; {len(foreign)} for the words of somebody who says nothing; {len(absent)} for nothing"
    )
    for name, blind in (("without", True), ("askdesk", False)):
        for form in FORMS:
            answers = [asked(desk, form, case, blind) for case in chosen]
            found = shown(sum(answer.found for answer in answers), len(answers))
            right = sum(is_right(case, form, answer) for case, answer in zip(chosen, answers, strict=True))
            none = foreign if "{voice}" in form else absent
            declined = sum(not asked(desk, form, case, blind).found for case in none)
            print(f"  {name}: {form}")
            print(f"    answered {found}, first quote right {shown(right, len(answers))}", end="")
            print(f", declined where there is nothing {shown(declined, len(none))}", flush=True)


def strangers(documents: Sequence[Document], others: Sequence[str]) -> list[str]:
    """Returns the names of the named speakers of other texts who say nothing in ``documents``."""
    here = {speaker for one in documents for _, speaker in speakers_in(one, (0, len(one.text)))}
    told = dict.fromkeys(one.speaker for text in others for one in statements(text, None))
    return [
        one.name
        for one in told
        if one.status == "named" and " " in one.name and not any(matches(known, one.name) for known in here)
    ]


def missing(documents: Sequence[Document], others: Sequence[str], draw: random.Random) -> list[str]:
    """Returns words of other texts of which no form that the index takes for the same stands in ``documents``."""
    here = {term for one in documents for term in analyse(one.text)}
    found = dict.fromkeys(word for text in others for word in _WORD.findall(text))
    words = [word for word in found if here.isdisjoint(analyse(word)) and not word.endswith(("ed", "ly", "ing"))]
    return draw.sample(words, len(words))


def asked(desk: Desk, form: str, case: Case, blind: bool) -> Answer:
    """Returns the answer to a question, ``blind`` without a look for its topic before it decides."""
    question = form.format(voice=case.voice, topic=case.topic)
    if not blind:
        return desk.ask(question)
    with mock.patch.object(topics, "topic", return_value=None):
        return desk.ask(question)


if __name__ == "__main__":
    main()
