"""How much of one text stands in another: shared word runs, and sentences that keep half of their words.

Word runs find the pairs of articles worth a closer look, as passim (Smith, Cordell and Mullen, *Computational
methods for uncovering reprinted texts*, 2015) and superfastmatch do it; they alone would lose a copy in which
four words of ten were changed. So each sentence is then laid over the other article's: it is copied when a
longest common subsequence keeps half of its words in order. Words in quotation marks are left out, because
independent articles quote the same people.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from compare.align.similarity.incidence import Floats
from compare.model import Article, Sentence
from compare.text import words
from compare.text.sequences import kept_in_order, letter

LEAST = 4  # own words of a sentence, below which nothing can be told
KEPT = 0.5  # of the shorter sentence's words, kept in order, from which one is a copy of the other
_QUOTED = re.compile(r"“[^“”]{1,2000}”|«[^«»]{1,2000}»|\"[^\"\n]{1,2000}\"")


class Text(NamedTuple):
    """An article's own words.

    Attributes:
        lines: Those of each body sentence, a character for each word.
        words: Those of all of them in order.
    """

    lines: tuple[str, ...]
    words: str


def read(articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]]) -> list[Text]:
    """The articles' own words, each word the same character in all of them."""
    letters = _Letters()
    texts = []
    for article, own in zip(articles, sentences, strict=True):
        quoted = bytearray(len(article.text))  # 1 for each character that stands in a quotation
        for match in _QUOTED.finditer(article.text):
            start, end = match.span()
            quoted[start:end] = b"\1" * (end - start)
        lines = [_line(sentence, quoted, letters) for sentence in own if sentence.kind == "body"]
        texts.append(Text(tuple(lines), "".join(lines)))
    return texts


class _Letters(dict[str, str]):
    """Word → the character that stands for it."""

    def __missing__(self, word: str) -> str:
        found = self[word] = letter(len(self))
        return found


def _line(sentence: Sentence, quoted: bytearray, letters: Mapping[str, str]) -> str:
    """The words of a sentence that stand in no quotation."""
    start, own = sentence.start, words(sentence.text)
    said: Iterable[str] = own.texts
    if quoted.find(1, start, sentence.end) >= 0:
        said = [word.text for word in own if not quoted[start + word.start]]
    return "".join(map(letters.__getitem__, said))


def runs(text: Text, size: int) -> list[str]:
    """Every run of ``size`` words, in order."""
    words = text.words
    return [words[at : at + size] for at in range(len(words) - size + 1)]


def covered(ours: Sequence[str], theirs: Collection[str], size: int) -> float:
    """Share of the words of a text that stand in runs which others have too, 0..1.

    Args:
        ours: The text's runs, in order.
        theirs: The others' runs; a set.
        size: Words of a run.
    """
    if not ours:
        return 0.0
    found = end = 0
    for at, run in enumerate(ours, size):
        if run in theirs:
            new = at - end
            found += new if new < size else size
            end = at
    return round(found / (len(ours) + size - 1), 4)


def kept(ours: Text, theirs: Text) -> Floats:
    """Rows for our sentences, columns for theirs: share of the shorter one's words kept in order, 0..1."""
    shares = kept_in_order(ours.lines, theirs.lines)
    shares[[len(line) < LEAST for line in ours.lines], :] = 0
    shares[:, [len(line) < LEAST for line in theirs.lines]] = 0
    return shares


def matches(shares: Floats) -> list[int | None]:
    """For each row the column most alike, the first of equals, or None where none is a copy."""
    if not shares.size:
        return [None] * len(shares)
    best = shares.argmax(axis=1)
    found = shares[np.arange(len(shares)), best] >= KEPT
    return [place if is_copy else None for place, is_copy in zip(best.tolist(), found.tolist(), strict=True)]
