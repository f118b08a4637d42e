"""Candidate pairs of a story's sentences, and the named features of each, for all pairs at once.

``terms`` turns sentences into numbers, ``incidence`` counts what two rows have in common,
``features`` and ``surroundings`` hold the families of features. Stems that two sentences share
are found through an index, so that pairs with nothing in common cost nothing. All sums are over
whole numbers: neither the order of the articles nor the processor changes one bit of a value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compare.model import Sentence
from compare.similarity import features, surroundings
from compare.similarity.features import Sight
from compare.similarity.incidence import Floats, Ints, mutual
from compare.similarity.terms import Terms, read

# Features that depend on more than the two sentences: their neighbours, places and rivals.
OUTSIDE = frozenset(
    "quoted_near near_max near_extra near_name before after crossing distance later lead story_size "
    "overlap_rank_max shared_rank_min letters_rank_min letters_rank_max clause_rank_min".split()
)
LEAST_OVERLAP = 0.01  # below it stand fewer than 1 in 50 of the links that people see
PARTNERS = 150  # a sentence's best partners that are looked at, in stories too long to look at all
SMALL = 60_000  # so many pairs are looked at in any case
CHUNK = 100_000  # pairs whose features are computed at once, to bound the memory


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The candidate pairs of one story.

    Attributes:
        sentences: All sentences of the story, article after article.
        owner: Number of each sentence's article.
        left: Rows in ``sentences``, one for each pair; ``left < right``. Both may be of one article.
        right: Rows in ``sentences``.
        features: Name → value of each pair.
    """

    sentences: tuple[Sentence, ...]
    owner: Ints
    left: Ints
    right: Ints
    features: dict[str, Floats]

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Whether both sentences of a pair are of one article."""
        return self.owner[self.left] == self.owner[self.right]


def compare(articles: Sequence[Sequence[Sentence]], languages: Sequence[str]) -> Pairs:
    """Find the pairs of sentences in one language that have a content word in common.

    Args:
        articles: The sentences of each article, in text order.
        languages: BCP 47 tag of each article.
    """
    terms = read(articles, languages)
    flat = tuple(sentence for article in articles for sentence in article)
    shared = mutual(terms.stems, terms.weights * terms.content)
    left, right = _candidates(terms, shared)
    blocks = [
        _columns(Sight.of(terms, left[at : at + CHUNK], right[at : at + CHUNK], shared))
        for at in range(0, len(left), CHUNK)
    ] or [_columns(Sight.of(terms, left, right, shared))]
    columns = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    columns.update(surroundings.rivals(terms, left, right, columns))
    return Pairs(flat, terms.owner, left, right, columns)


def _columns(sight: Sight) -> dict[str, Floats]:
    columns: dict[str, Floats] = {}
    for family in FAMILIES:
        columns.update(family(sight))
    return columns


FAMILIES = (
    features.words,
    features.kinds,
    features.uniqueness,
    features.letters,
    features.phrases,
    surroundings.quotations,
    surroundings.clauses,
    surroundings.neighbours,
    surroundings.place,
    surroundings.negation,
)


def _candidates(terms: Terms, shared: Floats) -> tuple[Ints, Ints]:
    """Pairs in one language that share content words of enough weight."""
    mass = terms.stems.sums(terms.weights)
    overlap = shared / np.maximum(mass[:, None] + mass[None, :] - shared, 1)
    overlap[terms.tongue[:, None] != terms.tongue[None, :]] = 0
    np.fill_diagonal(overlap, 0)
    bar = np.full(terms.count, LEAST_OVERLAP)
    if np.count_nonzero(overlap >= LEAST_OVERLAP) > 2 * SMALL and terms.count > PARTNERS:
        bar = np.maximum(bar, np.partition(overlap, -PARTNERS, axis=1)[:, -PARTNERS])
    enough = (overlap >= bar[:, None]) | (overlap >= bar[None, :])
    left, right = np.nonzero(np.triu(enough, 1))
    return left.astype(np.int64), right.astype(np.int64)
