"""The words of a story as numbers: stems, their weights and classes, quotations, clauses, letters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from compare.model import Sentence
from compare.similarity.incidence import Floats, Incidence, Ints
from compare.text import STEMMERS, is_spaced, normalise, pieces, primary, stems, stop_words

SCALE = 64  # weights are whole 64ths of a nat
STOP = 0.2  # what a function word weighs beside a content word of the same frequency
PREFIX = 6  # letters that stand for the stem where a language has no stemmer
GRAM = 4  # letters of a character n-gram
QUOTE_SPAN = 8  # sentences after which a quotation that was never closed is taken for an error

_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # U.S., F.B.I.
_LETTERS = re.compile(r"[^\W_]+")
_OPENING = re.compile(r'(?:^|(?<=[ (\[-]))"(?=\S)')
_OPEN = "\x02"  # stands for a quotation mark that opens
_BREAKS = frozenset(',;:()[]?!…"、。，；：' + _OPEN)


@dataclass(frozen=True, slots=True, eq=False)
class Terms:
    """A story's sentences, each a row.

    Attributes:
        owner: Number of each row's article, ascending.
        position: Place in its article, from 0.
        tongue: Number of each row's language in ``languages``.
        languages: Primary subtags.
        stems: Rows x distinct stems.
        weights: Of each stem: inverse frequency within the story, in 64ths; function words damped.
        content: Whether a stem is no function word.
        name: Whether a stem is written with a capital within sentences.
        number: Whether a stem begins with a digit.
        run: Stem numbers of all tokens in text order.
        rows: The row of each token of ``run``.
        quoted: Rows x stems inside quotation marks.
        clauses: Clauses x stems.
        clause_rows: The row of each clause, ascending.
        grams: Rows x character n-grams of the words.
        texts: Normalised words of each row joined by a space.
    """

    owner: Ints
    position: Ints
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
    clauses: Incidence
    clause_rows: Ints
    grams: Incidence
    texts: tuple[str, ...]

    @property
    def count(self) -> int:
        """Number of sentences."""
        return len(self.owner)


@dataclass(slots=True)
class _Draft:
    """What grows while the sentences are read, token by token."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    content: list[bool] = field(default_factory=list)
    name: list[bool] = field(default_factory=list)
    number: list[bool] = field(default_factory=list)
    run: list[int] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)
    clause_rows: list[int] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    gram_numbers: dict[str, int] = field(default_factory=dict)
    grams: list[int] = field(default_factory=list)
    gram_rows: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add(self, sentence: _Sentence, language: str, names: frozenset[str]) -> None:
        """Append one sentence."""
        row = len(self.lengths)
        table = self.numbers
        for stem in _stem(sentence.words, language):
            number = table.get((language, stem))
            if number is None:
                number = table[language, stem] = len(table)
                self.content.append(stem not in _stop_stems(language))
                self.name.append(stem in names)
                self.number.append(stem[:1].isdigit())
            self.run.append(number)
        self.quoted += sentence.quoted
        self.clause += [len(self.clause_rows) + part for part in sentence.clause]
        self.clause_rows += [row] * (1 + max(sentence.clause, default=0))
        self.lengths.append(len(sentence.words))
        for word in set(sentence.words):
            grams = _grams(word)
            self.grams += [self.gram_numbers.setdefault(gram, len(self.gram_numbers)) for gram in grams]
            self.gram_rows += [row] * len(grams)
        self.texts.append(" ".join(sentence.words))


@dataclass(slots=True)
class _Sentence:
    """A sentence's words; whether each stands inside quotation marks; in which clause."""

    words: list[str] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    clause: list[int] = field(default_factory=list)


def read(articles: Sequence[Sequence[Sentence]], languages: Sequence[str]) -> Terms:
    """Turn sentences into numbers.

    Args:
        articles: The sentences of each article.
        languages: BCP 47 tag of each article.
    """
    codes = [primary(tag) for tag in languages]
    distinct = tuple(sorted(set(codes)))
    names = {code: _names(articles, codes, code) for code in distinct}
    draft = _Draft()
    for article, code in zip(articles, codes, strict=True):
        for sentence in _read(article):
            draft.add(sentence, code, names[code])
    sizes = [len(article) for article in articles]
    return _terms(
        draft,
        owner=np.repeat(np.arange(len(articles)), sizes),
        position=np.array([n for size in sizes for n in range(size)], dtype=np.int64),
        tongue=np.repeat(np.array([distinct.index(code) for code in codes], dtype=np.int64), sizes),
        languages=distinct,
    )


def _terms(
    draft: _Draft, *, owner: Ints, position: Ints, tongue: Ints, languages: tuple[str, ...]
) -> Terms:
    count, width = len(owner), len(draft.numbers)
    rows = np.repeat(np.arange(count), np.array(draft.lengths, dtype=np.int64))
    run = np.array(draft.run, dtype=np.int64)
    inside = np.array(draft.quoted, dtype=np.bool_)
    table = Incidence.of(rows, run, (count, width))
    content = _flags(draft.content)
    damped = np.where(content, 1.0, STOP)
    return Terms(
        owner=owner,
        position=position,
        tongue=tongue,
        languages=languages,
        stems=table,
        weights=np.round(SCALE * damped * np.log1p(count / np.maximum(table.frequencies(), 1))),
        content=content,
        name=_flags(draft.name),
        number=_flags(draft.number),
        run=run,
        rows=rows,
        quoted=Incidence.of(rows[inside], run[inside], (count, width)),
        clauses=Incidence.of(np.array(draft.clause, dtype=np.int64), run, (len(draft.clause_rows), width)),
        clause_rows=np.array(draft.clause_rows, dtype=np.int64),
        grams=Incidence.of(
            np.array(draft.gram_rows, dtype=np.int64),
            np.array(draft.grams, dtype=np.int64),
            (count, len(draft.gram_numbers)),
        ),
        texts=tuple(draft.texts),
    )


def _flags(values: list[bool]) -> NDArray[np.bool_]:
    return np.array(values or [False], dtype=np.bool_)


@cache
def _stop_stems(language: str) -> frozenset[str]:
    return frozenset(_stem(sorted(stop_words(language)), language))


def _stem(words: Sequence[str], language: str) -> Sequence[str]:
    if language in STEMMERS:
        return stems(words, language)
    return [word[:PREFIX] for word in words]


@lru_cache(maxsize=1 << 16)
def _grams(word: str) -> tuple[str, ...]:
    """Character n-grams of a word with its borders marked."""
    padded = f" {word} "
    return tuple(padded[i : i + GRAM] for i in range(max(1, len(padded) - GRAM + 1)))


def _names(articles: Sequence[Sequence[Sentence]], codes: Sequence[str], language: str) -> frozenset[str]:
    """Stems of the words that stand with a capital inside sentences more often than without."""
    capital, small = Counter[str](), Counter[str]()
    for article, code in zip(articles, codes, strict=True):
        if code != language:
            continue
        for sentence in article:
            found = _LETTERS.findall(sentence.text)
            capital.update([word for word in found[1:] if word[0].isupper()])
            small.update([word for word in found if word[0].islower()])
    lowered = Counter[str]()
    for word, times in capital.items():
        lowered[normalise(word)] += times
    return frozenset(_stem(sorted(word for word, times in lowered.items() if times > small[word]), language))


def _read(article: Sequence[Sentence]) -> list[_Sentence]:
    """Part an article's sentences into words.

    A quotation may run over several sentences. A quotation mark opens one when it follows a space
    or a bracket and no space follows. Clauses end at punctuation.
    """
    result = []
    inside, since = False, 0
    for sentence in article:
        levelled = normalise(_DOTTED.sub(lambda m: m[0].replace(".", "") + " ", sentence.text))
        found, part, marked = _Sentence(), 0, False
        for piece in pieces(_OPENING.sub(_OPEN, levelled.replace(" - ", " ; "))):
            if piece[0].isalnum():
                found.words.append(piece)
                found.quoted.append(inside)
                found.clause.append(part)
            elif piece in _BREAKS:
                part = found.clause[-1] + 1 if found.clause else 0
                if piece == '"' and not inside and not marked:
                    found.quoted = [True] * len(found.quoted)  # it began in a sentence before
                if piece in {'"', _OPEN}:
                    inside, marked = piece == _OPEN, True
        since = 0 if marked else since + 1
        inside = inside and since < QUOTE_SPAN
        result.append(found if levelled.isascii() or is_spaced(levelled) else _by_twos(found))
    return result


def _by_twos(found: _Sentence) -> _Sentence:
    """Where no space parts words, two letters are the smallest thing that means something."""
    if len(found.words) < 2:
        return found
    twos = [a + b for a, b in zip(found.words, found.words[1:], strict=False)]
    return _Sentence(twos, found.quoted[1:], found.clause[1:])
