"""The words of a story as numbers: stems, their weights and classes, quotations, letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from compare.align.similarity.boilerplate import BOILERPLATE
from compare.align.similarity.incidence import Floats, Incidence, Ints
from compare.model import Sentence
from compare.text import STEMMERS, is_spaced, normalise, plain_words, primary, stems, stop_words

SCALE = 64  # weights are whole 64ths of a nat
STOP = 0.2  # what a function word weighs beside a content word of the same frequency
PREFIX = 6  # letters that stand for the stem where a language has no stemmer
GRAM = 4  # letters of a character n-gram
QUOTE_SPAN = 8  # sentences after which a quotation that was never closed is taken for an error

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # U.S., F.B.I.
_OPENING = re.compile(r'(?:^|(?<=[ (\[-]))"(?=\S)')
_OPEN = "\x02"  # stands for a quotation mark that opens
_QUOTE = re.compile(rf'(["{_OPEN}])')
_AROUND = "\"'“”‘’«»„()[].,;:!?…-–—'"


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A story's sentences, each a row.

    Attributes:
        owner: Number of each row's article, ascending.
        position: Place in its article, from 0.
        body: False for headlines and headings.
        tongue: Number of each row's language in ``languages``.
        languages: Primary subtags.
        stems: Rows x distinct stems.
        weights: Of each stem: inverse frequency within the story, in 64ths; function words damped.
        content: Whether a stem is neither a function word nor boilerplate.
        name: Whether a stem is written with a capital within sentences.
        number: Whether a stem begins with a digit.
        run: Stem numbers of all tokens in text order.
        rows: The row of each token of ``run``.
        quoted: Rows x stems inside quotation marks.
        grams: Rows x character n-grams of the words.
        gram_times: How many n-grams each of those columns stands for.
        texts: Normalised words of each row joined by a space.
    """

    owner: Ints
    position: Ints
    body: NDArray[np.bool_]
    tongue: Ints
    languages: tuple[str, ...]
    stems: Incidence
    weights: Floats
    content: NDArray[np.bool_]
    name: NDArray[np.bool_]
    number: NDArray[np.bool_]
    run: Ints
    rows: Ints
    quoted: Incidence
    grams: Incidence
    gram_times: Floats
    texts: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of sentences."""
        return len(self.owner)


@dataclass(frozen=True, slots=True, eq=False)
class _Vocabulary:
    """The distinct words of a story; one that stands in two languages counts twice.

    Attributes:
        words: In the order of their numbers.
        stems: The distinct stems with their language, in the order of their numbers.
        stem_of: The stem of each word.
    """

    words: tuple[str, ...]
    stems: tuple[tuple[str, str], ...]
    stem_of: Ints


@dataclass(slots=True)
class _Sentence:
    """A sentence's words; whether each stands inside quotation marks."""

    words: list[str] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)


def read(articles: Sequence[Sequence[Sentence]], languages: Sequence[str]) -> Terms:
    """Turn sentences into numbers.

    Args:
        articles: The sentences of each article.
        languages: BCP 47 tag of each article.
    """
    codes = [primary(tag) for tag in languages]
    distinct = tuple(sorted(set(codes)))
    found = [_read(article) for article in articles]
    vocabulary, numbers = _numbered(found, codes, distinct)
    names = {code: _names(articles, codes, code) for code in distinct}
    sizes = [len(article) for article in articles]
    tongue = np.repeat(np.array([distinct.index(code) for code in codes], dtype=np.int64), sizes)
    owner = np.repeat(np.arange(len(articles)), sizes)
    body = np.array([s.kind == "body" for article in articles for s in article], dtype=np.bool_)
    return _terms(list(chain(*found)), numbers, vocabulary, names, (owner, body, tongue, distinct))


def _numbered(
    found: Sequence[Sequence[_Sentence]], codes: Sequence[str], languages: Sequence[str]
) -> tuple[_Vocabulary, Ints]:
    """The vocabulary of a story, and the number in it of each of its words in text order."""
    words: list[str] = []
    stem_of: list[tuple[str, str]] = []
    number_in: dict[str, dict[str, int]] = {}
    for language in languages:
        told = [article for article, code in zip(found, codes, strict=True) if code == language]
        own = dict.fromkeys(word for article in told for sentence in article for word in sentence.words)
        number_in[language] = {word: number for number, word in enumerate(own, len(words))}
        words += own
        stem_of += [(language, stem) for stem in _stem(own, language)]
    numbers: list[int] = []
    for article, code in zip(found, codes, strict=True):
        look_up = number_in[code].__getitem__
        for sentence in article:
            numbers += map(look_up, sentence.words)
    distinct = {stem: number for number, stem in enumerate(dict.fromkeys(stem_of))}
    stem_numbers = np.array([distinct[stem] for stem in stem_of], dtype=np.int64)
    return _Vocabulary(tuple(words), tuple(distinct), stem_numbers), np.array(numbers, dtype=np.int64)


def _terms(
    found: Sequence[_Sentence],
    words: Ints,
    vocabulary: _Vocabulary,
    names: Mapping[str, frozenset[str]],
    place: tuple[Ints, NDArray[np.bool_], Ints, tuple[str, ...]],
) -> Terms:
    owner, body, tongue, languages = place
    count, width = len(found), len(vocabulary.stems)
    rows = np.repeat(np.arange(count), [len(sentence.words) for sentence in found])
    run = vocabulary.stem_of[words]
    inside = np.array([mark for sentence in found for mark in sentence.quoted], dtype=np.bool_)
    table = Incidence.of(rows, run, (count, width))
    grams, times = _gram_table(rows, words, vocabulary.words, count)
    content = _flags([stem not in _stop_stems(code) for code, stem in vocabulary.stems])
    damped = np.where(content, 1.0, STOP)
    first = np.searchsorted(owner, owner) if count else owner
    return Terms(
        owner=owner,
        position=np.arange(count) - first,
        body=body,
        tongue=tongue,
        languages=languages,
        stems=table,
        weights=np.round(SCALE * damped * np.log1p(count / np.maximum(table.frequencies(), 1))),
        content=content,
        name=_flags([stem in names[code] for code, stem in vocabulary.stems]),
        number=_flags([stem[:1].isdigit() for _, stem in vocabulary.stems]),
        run=run,
        rows=rows,
        quoted=Incidence.of(rows[inside], run[inside], (count, width)),
        grams=grams,
        gram_times=times,
        texts=tuple(" ".join(sentence.words) for sentence in found),
    )


def _gram_table(rows: Ints, words: Ints, vocabulary: Sequence[str], count: int) -> tuple[Incidence, Floats]:
    """Rows x character n-grams, and for how many n-grams each column stands.

    An n-gram that only one word has stands in the rows of that word; such n-grams share a column.
    """
    word_of, grams = _grams(vocabulary)
    shared = np.bincount(grams, minlength=1) > 1
    private = ~shared[grams]
    own = np.bincount(word_of[private], minlength=len(vocabulary))
    column_of_word = np.cumsum(own > 0) - 1
    alone = int(np.count_nonzero(own))  # words with n-grams of their own; their columns come first
    column_of_gram = alone + np.cumsum(shared) - 1
    listed, kept = column_of_gram[grams[~private]], word_of[~private]
    table = Incidence.of(rows, words, (count, len(vocabulary)))
    marked = own[table.columns] > 0
    begins = np.searchsorted(kept, np.arange(len(vocabulary) + 1))
    lengths = np.diff(begins)[table.columns]
    place = np.repeat(begins[table.columns] - np.cumsum(lengths) + lengths, lengths) + np.arange(
        lengths.sum()
    )
    columns = np.concatenate([column_of_word[table.columns[marked]], listed[place]])
    owners = np.concatenate([table.rows[marked], np.repeat(table.rows, lengths)])
    times = np.ones(max(alone + int(np.count_nonzero(shared)), 1))
    times[:alone] = own[own > 0]
    return Incidence.of(owners, columns, (count, len(times))), times


def _grams(words: Sequence[str]) -> tuple[Ints, Ints]:
    """The character n-grams of words, their borders marked: the word of each, ascending, and its number."""
    text = "".join([f" {word}".ljust(GRAM - 1) + " " for word in words])
    letters = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    alphabet, letter = np.unique(letters, return_inverse=True)
    lengths = np.array([max(len(word) + 2, GRAM) for word in words], dtype=np.int64)
    windows = lengths - (GRAM - 1)
    word_of = np.repeat(np.arange(len(words)), windows)
    begins = np.arange(len(word_of)) + (GRAM - 1) * word_of
    keys = np.zeros(
        len(word_of), dtype=np.int64
    )  # from some 55,000 letters on they overflow, which is harmless
    for at in range(GRAM):
        keys = keys * len(alphabet) + letter[begins + at]
    return word_of, np.unique(keys, return_inverse=True)[1]


def _flags(values: list[bool]) -> NDArray[np.bool_]:
    return np.array(values or [False], dtype=np.bool_)


@cache
def _stop_stems(language: str) -> frozenset[str]:
    light = sorted({*stop_words(language), *plain_words(normalise(BOILERPLATE.get(language, "")))})
    return frozenset(_stem(light, language))


def _stem(words: Iterable[str], language: str) -> Sequence[str]:
    if language in STEMMERS:
        return stems(words, language)
    return [word[:PREFIX] for word in words]


def _names(articles: Sequence[Sequence[Sentence]], codes: Sequence[str], language: str) -> frozenset[str]:
    """Stems of the words that stand with a capital inside sentences more often than without."""
    found: list[str] = []
    inner: list[str] = []
    for article, code in zip(articles, codes, strict=True):
        if code == language:
            for sentence in article:
                words = sentence.text.split()
                found += words
                inner += words[1:]
    small = Counter(found)
    capital = Counter([word for word in inner if not word.islower()])
    named = Counter[str]()
    for word, times in capital.items():
        bare = word.strip(_AROUND)
        if bare[:1].isupper():
            named[bare] += times
    likely = sorted(word for word, times in named.items() if times > small[word.lower()])
    return frozenset(_stem([part for word in likely for part in plain_words(normalise(word))], language))


def _read(article: Sequence[Sentence]) -> list[_Sentence]:
    """Part an article's sentences into words.

    A quotation may run over several sentences. A quotation mark opens one when it follows a space
    or a bracket and no space follows.
    """
    result = []
    inside, since = False, 0
    for sentence in article:
        text = sentence.text
        levelled = normalise(_DOTTED.sub(_undotted, text) if text.count(".") > 1 else text)
        found, marked = _Sentence(), False
        parts = _QUOTE.split(_OPENING.sub(_OPEN, levelled)) if '"' in levelled else (levelled,)
        for part in parts:
            if part in {'"', _OPEN}:
                if part == '"' and not inside and not marked:
                    found.quoted = [True] * len(found.quoted)  # it began in a sentence before
                inside, marked = part == _OPEN, True
            elif part and (words := plain_words(part)):
                found.words += words
                found.quoted += [inside] * len(words)
        since = 0 if marked else since + 1
        inside = inside and since < QUOTE_SPAN
        result.append(found if levelled.isascii() or is_spaced(levelled) else _by_twos(found))
    return result


def _undotted(match: re.Match[str]) -> str:
    return match[0].replace(".", "") + " "


def _by_twos(found: _Sentence) -> _Sentence:
    """Where no space parts words, two letters are the smallest thing that means something."""
    if len(found.words) < 2:
        return found
    twos = [a + b for a, b in zip(found.words, found.words[1:], strict=False)]
    return _Sentence(twos, found.quoted[1:])
