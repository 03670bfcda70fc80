"""The keyword index of one generation: passages ranked by the words they share with a question (BM25).

An index is a folder of Tantivy, written once from beginning to end and never changed. Rebuilding it costs
little (17,000 passages a second), and only so are its word statistics exact: Tantivy goes on counting deleted
entries.
"""

from __future__ import annotations

import functools
import math
import os
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from askdesk.errors import StoreDamaged, StoreError, StoreFull, is_failure

if TYPE_CHECKING:
    import tantivy

    from askdesk.names import Variants

LONGEST_WORD = 60
"""Words of this many bytes or more (encoded data, addresses) are not indexed."""

MOST_TERMS = 1_000
"""A question is searched by this many different words at most, its first ones."""

_MEMORY = 50_000_000
# Some more are asked for, so that a list ends at the same passages whatever the order of equal scores inside.
_MARGIN = 50
# What apostrophes leave over ("don't", "what's", "they'll", "U.S."), and the words that only make a question.
_STOP = """
a about above after again against all am an and any are aren as at be because been before being
below between both but by can cannot could couldn d did didn do does doesn doing don down during
each few for from further had hadn has hasn have haven having he her here hers herself him himself
his how i if in into is isn it its itself just ll m me more most mustn my myself no nor not now of
off on once only or other our ours ourselves out over own re s same shan she should shouldn so some
such t than that the their theirs them themselves then there these they this those through to too
under until up ve very was wasn we were weren what when where which while who whom why will with won
would wouldn you your yours yourself yourselves
"""


def analyse(text: str) -> list[str]:
    """The terms by which ``text`` is indexed and searched, in its order.

    Words are runs of letters and digits, in lower case, without accents, without English stop words, and
    stemmed (Snowball, English).
    """
    return list(_analyser().analyze(_sound(text)))


def write_index(folder: Path, passages: Iterable[tuple[str, str, str]]) -> int:
    """Writes the index of ``passages``, (passage id, document id, text) in order of their ids, into a new
    ``folder``.

    Returns how many there were. Raises StoreFull where the disk takes no more.
    """
    import tantivy

    with _writing(folder):
        folder.mkdir(parents=True)
        index = _with_analyser(tantivy.Index(_schema(), path=str(folder)))
        # One thread: several share the passages among them by chance, and equal indexes must be equal.
        writer = index.writer(heap_size=_MEMORY, num_threads=1)
        count = 0
        for passage, document, text in passages:
            writer.add_document(tantivy.Document(id=passage, document=document, body=_sound(text)))
            count += 1
        writer.commit()
        writer.wait_merging_threads()
    return count


class KeywordIndex:
    """An index that ``write_index`` made, opened for reading. Thread-safe.

    ``repair`` is the command that builds it anew, for messages. Raises StoreDamaged where there is none in
    ``folder`` or it cannot be read.
    """

    def __init__(self, folder: Path, repair: str = "askdesk repair") -> None:
        import tantivy

        self._folder, self._repair = folder, repair
        with self._reading():
            if not (folder / "meta.json").is_file():
                raise StoreDamaged(f"{folder}: the keyword index is gone; run: {repair}")
            self._index = _with_analyser(tantivy.Index.open(str(self._opened())))
            self._searcher = self._index.searcher()

    @property
    def count(self) -> int:
        """How many passages it holds."""
        with self._reading():
            return int(self._searcher.num_docs)

    def ids(self) -> Iterator[tuple[str, str]]:
        """All (passage id, document id) pairs it holds."""
        import tantivy

        with self._reading():
            found = self._searcher.search(tantivy.Query.all_query(), limit=max(1, self.count), count=False)
            for _, address in found.hits:
                entry = self._searcher.doc(address)
                yield entry["id"][0], entry["document"][0]

    def matching(
        self,
        question: str,
        limit: int,
        documents: frozenset[str] | None = None,
        variants: Sequence[Variants] = (),
    ) -> list[tuple[str, float]]:
        """The best passages for the words of ``question``, as (passage id, BM25 score), best first, then by
        id.

        Any of the words may be missing; nothing in the question is read as query syntax. A name of which
        ``variants`` gives other spellings counts once, however it is spelled (see ``units``). ``documents``
        restricts the search to passages of documents of these ids. The scores are Tantivy's (k1 = 1.2, b =
        0.75), rounded to six places.
        """
        import tantivy

        asked = units(question, variants)
        if not asked or not self.count or (documents is not None and not documents):
            return []
        query, occur = tantivy.Query, tantivy.Occur
        known = self.weights(term for unit in asked for terms in unit for term in terms)
        with self._reading():
            words = query.boolean_query([(occur.Should, self._unit(unit, known)) for unit in asked])
            if documents is not None:
                inside = query.term_set_query(self._index.schema, "document", sorted(documents))
                words = query.boolean_query([(occur.Must, words), (occur.Must, query.const_score_query(inside, 0.0))])
            found = self._searcher.search(words, limit=limit + _MARGIN, count=False)
            scored = [(self._searcher.doc(at)["id"][0], round(float(score), 6)) for score, at in found.hits]
        scored.sort(key=lambda pair: (-pair[1], pair[0]))
        return scored[:limit]

    def ceiling(self, question: str, variants: Sequence[Variants] = ()) -> float:
        """The sum of the weights of all that ``matching`` looks for: what a passage with all of it endlessly often
        gets, but for BM25's factor of k1 + 1."""
        asked = units(question, variants)
        known = self.weights(term for unit in asked for terms in unit for term in terms)
        return sum(_weight(unit, known) for unit in asked)

    def weights(self, terms: Iterable[str]) -> dict[str, float]:
        """The weight (idf) of each of these analysed terms; 0 of one that stands nowhere."""
        return {
            term: math.log(1.0 + (self.count - found + 0.5) / (found + 0.5)) if found else 0.0
            for term, found in self.frequencies(dict.fromkeys(terms)).items()
        }

    def _unit(self, unit: Unit, known: Mapping[str, float]) -> tantivy.Query:
        """The query of a unit: its best spelling counts, each weighing what the commonest does."""
        import tantivy

        query, occur = tantivy.Query, tantivy.Occur
        one = [
            [query.term_query(self._index.schema, "body", term, index_option="freq") for term in terms]
            for terms in unit
        ]
        if len(unit) == 1 and len(unit[0]) == 1:
            return one[0][0]
        most = _weight(unit, known)
        spelled = []
        for at, (terms, queries) in enumerate(zip(unit, one, strict=True)):
            own = sum(known[term] for term in terms)
            if own:
                # As asked, a part of a name counts in part; another name counts only as a whole.
                how = occur.Must if at else occur.Should
                spelled.append(query.boost_query(query.boolean_query([(how, each) for each in queries]), most / own))
        return query.disjunction_max_query(spelled) if spelled else query.empty_query()

    def frequencies(self, terms: Iterable[str]) -> dict[str, int]:
        """In how many passages each of these analysed terms stands."""
        with self._reading():
            return {term: int(self._searcher.doc_freq("body", term)) for term in terms}

    def _opened(self) -> Path:
        """The folder to open: a copy for the time of reading where Tantivy could not put its lock beside the files."""
        if os.access(self._folder, os.W_OK):
            return self._folder
        copy = Path(tempfile.mkdtemp(prefix="askdesk-"))
        weakref.finalize(self, shutil.rmtree, copy, ignore_errors=True)
        for file in self._folder.iterdir():
            if file.is_file():
                shutil.copyfile(file, copy / file.name)
        return copy

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Turns whatever Tantivy raises into an error of the store: ValueError, OSError, a panic."""
        try:
            yield
        except StoreError:
            raise
        except BaseException as error:
            if not is_failure(error):
                raise
            if not os.access(self._folder, os.W_OK):
                raise StoreFull(
                    f"{self._folder}: the keyword index cannot be opened for reading because the folder is not "
                    "writable and a copy of it could not be made: make the folder writable or copy the store"
                ) from error
            said = " ".join(str(error).split())
            raise StoreDamaged(f"{self._folder}: the keyword index failed ({said}); run: {self._repair}") from error


Unit = tuple[tuple[str, ...], ...]
"""What counts once in a question: one term, or the spellings of a name as the terms of each, as asked first."""


def units(question: str, variants: Sequence[Variants] = ()) -> list[Unit]:
    """What is looked for in a question, each once: its terms, and the names of which there are other spellings.

    Spellings of as many terms are taken apart word by word, so that a last name alone is found in both.
    """
    found: dict[Unit, None] = {}
    rest, at = [], 0
    for name in variants:
        rest.append(question[at : name.start])
        at = name.end
        spellings = tuple(dict.fromkeys(tuple(analyse(each)) for each in (question[name.start : at], *name.others)))
        own, others = spellings[0], [each for each in spellings[1:] if each]
        if not own:
            rest.append(question[name.start : at])
            continue
        alike = [each for each in others if len(each) == len(own)]
        unlike = [each for each in others if len(each) != len(own)]
        if unlike or len(own) == 1:
            found[(own, *others)] = None
        else:
            for place, term in enumerate(own):
                found[tuple((each,) for each in dict.fromkeys((term, *(each[place] for each in alike))))] = None
    rest.append(question[at:])
    taken = {term for unit in found for term in unit[0]}
    for term in dict.fromkeys(analyse(" ".join(rest))):
        if term not in taken:
            found[((term,),)] = None
    return list(found)[:MOST_TERMS]


def _weight(unit: Unit, known: Mapping[str, float]) -> float:
    """What a unit weighs: as much as the commonest of its spellings that stand anywhere."""
    held = [own for terms in unit if (own := sum(known[term] for term in terms))]
    return min(held) if held else 0.0


def _sound(text: str) -> str:
    """``text`` without lone surrogates, which Tantivy does not take."""
    return text.encode("utf-8", "replace").decode("utf-8")


@functools.cache
def _analyser() -> tantivy.TextAnalyzer:
    import tantivy

    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(LONGEST_WORD),
        tantivy.Filter.lowercase(),
        tantivy.Filter.ascii_fold(),
        tantivy.Filter.custom_stopword(_STOP.split()),
        tantivy.Filter.stemmer("english"),
    ):
        builder = builder.filter(step)
    return builder.build()


def _with_analyser(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer("askdesk", _analyser())
    return index


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("document", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("body", tokenizer_name="askdesk", index_option="freq")
    return builder.build()


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Turns whatever Tantivy raises into an error of the store."""
    try:
        yield
    except StoreError:
        raise
    except BaseException as error:
        if not is_failure(error):
            raise
        said = " ".join(str(error).split())
        raise StoreFull(
            f"{folder}: the keyword index failed ({said}); free some space or make the folder writable "
            "and try again; the earlier index stands"
        ) from error
