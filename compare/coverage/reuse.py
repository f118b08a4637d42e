"""How much of one text stands in another: shared word runs, and sentences that keep half of their words.

Word runs find the pairs of articles worth a closer look, as passim (Smith, Cordell and Mullen, *Computational
methods for uncovering reprinted texts*, 2015) and superfastmatch do it; they alone would lose a copy in which
four words of ten were changed. So each sentence is then laid over the other article's: it is copied when a
longest common subsequence keeps half of its words in order. Words in quotation marks are left out, because
independent articles quote the same people.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from compare.model import Article, Sentence
from compare.similarity.incidence import Floats
from compare.similarity.sequences import kept_in_order
from compare.text import words

LEAST = 4  # own words of a sentence, below which nothing can be told
KEPT = 0.5  # of the shorter sentence's words, kept in order, from which one is a copy of the other
_QUOTED = re.compile(r"“[^“”]{1,2000}”|«[^«»]{1,2000}»|\"[^\"\n]{1,2000}\"")


class Line(NamedTuple):
    """A body sentence without its quoted words.

    Attributes:
        id: The sentence's.
        words: A number for each word.
    """

    id: str
    words: tuple[int, ...]


class Text(NamedTuple):
    """An article's own words.

    Attributes:
        lines: Its body sentences.
        words: Numbers of all their words in order.
    """

    lines: tuple[Line, ...]
    words: NDArray[np.int64]


def read(articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]]) -> list[Text]:
    """The articles' own words, numbered alike."""
    numbers: dict[str, int] = {}
    texts = []
    for article, own in zip(articles, sentences, strict=True):
        quoted = [match.span() for match in _QUOTED.finditer(article.text)]
        lines = [_line(sentence, quoted, numbers) for sentence in own if sentence.kind == "body"]
        together = [number for line in lines for number in line.words]
        texts.append(Text(tuple(lines), np.array(together, dtype=np.int64)))
    return texts


def _line(sentence: Sentence, quoted: Sequence[tuple[int, int]], numbers: dict[str, int]) -> Line:
    start, own = sentence.start, words(sentence.text)
    first = max(0, bisect_left(quoted, (start, 0)) - 1)
    for begin, end in quoted[first : bisect_left(quoted, (sentence.end, 0))]:
        own = tuple(word for word in own if not begin <= start + word.start < end)
    return Line(sentence.id, tuple([numbers.setdefault(word.text, len(numbers)) for word in own]))


def runs(text: Text, size: int) -> NDArray[np.int64]:
    """A number for each run of ``size`` words (a polynomial hash; its overflow is intended)."""
    if len(text.words) < size:
        return np.empty(0, dtype=np.int64)
    windows = np.lib.stride_tricks.sliding_window_view(text.words, size).astype(np.uint64)
    total = np.zeros(len(windows), dtype=np.uint64)
    for column in range(size):
        total = total * np.uint64(6364136223846793005) + windows[:, column] + np.uint64(1442695040888963407)
    return total.view(np.int64)


def covered(ours: NDArray[np.int64], theirs: Sequence[NDArray[np.int64]], size: int) -> float:
    """Share of the words of a text that stand in runs which others have too, 0..1."""
    if not len(ours) or not theirs:
        return 0.0
    shared = np.isin(ours, np.concatenate(theirs))
    cover = np.zeros(len(ours) + size - 1, dtype=bool)
    for shift in range(size):
        cover[shift : shift + len(ours)] |= shared
    return round(float(cover.mean()), 4)


def kept(ours: Text, theirs: Text) -> Floats:
    """Rows for our sentences, columns for theirs: share of the shorter one's words kept in order, 0..1."""
    shares = kept_in_order([line.words for line in ours.lines], [line.words for line in theirs.lines])
    shares[[len(line.words) < LEAST for line in ours.lines], :] = 0
    shares[:, [len(line.words) < LEAST for line in theirs.lines]] = 0
    return shares


def matches(shares: Floats) -> list[int | None]:
    """For each row the column most alike, the first of equals, or None where none is a copy."""
    if not shares.size:
        return [None] * len(shares)
    best = shares.argmax(axis=1)
    found = shares[np.arange(len(shares)), best] >= KEPT
    return [place if is_copy else None for place, is_copy in zip(best.tolist(), found.tolist(), strict=True)]
