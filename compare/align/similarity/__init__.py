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

from compare.align.similarity import features, surroundings
from compare.align.similarity.features import Sight
from compare.align.similarity.incidence import Floats, Ints, mutual
from compare.align.similarity.terms import Terms, read
from compare.model import Sentence

# Features that mean something between two articles only: neighbours, places, how alike both are.
OUTSIDE = frozenset(("quoted_near", "near_extra", "near_name", "before", "after", "later", "alike_min"))
LEAST_OVERLAP = 0.03  # a lower bar finds no more links and costs time
LEAST_BESIDE = 0.08  # overlap of the sentences before or after that makes up for one's own
COMMON = 300  # sentences; a stem in more of them tells no pair from another
PARTNERS = 3  # a sentence's best partners for each article that are looked at in a long story,
FEWEST = 40  # and at least so many
SMALL = 8_000  # so many pairs are looked at in any case
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
        result: NDArray[np.bool_] = self.owner[self.left] == self.owner[self.right]
        return result


def compare(
    articles: Sequence[Sequence[Sentence]], languages: Sequence[str], *, every: bool = False
) -> Pairs:
    """Find the pairs of sentences in one language that have something in common, and their features.

    Args:
        articles: The sentences of each article, in text order.
        languages: BCP 47 tag of each article.
        every: Take every pair in one language, as training does.
    """
    terms = read(articles, languages)
    flat = tuple(sentence for article in articles for sentence in article)
    telling = terms.stems.frequencies() <= COMMON
    shared = mutual(terms.stems, terms.weights * telling)
    left, right = _candidates(terms, shared, every)
    blocks = [
        _columns(Sight.of(terms, left[at : at + CHUNK], right[at : at + CHUNK], shared))
        for at in range(0, len(left), CHUNK)
    ] or [_columns(Sight.of(terms, left, right, shared))]
    columns = {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
    columns.update(surroundings.rivals(terms, left, right, columns))
    columns.update(surroundings.likeness(terms, left, right, columns))
    del columns[features.MEASURE]
    return Pairs(flat, terms.owner, left, right, columns)


def _columns(sight: Sight) -> dict[str, Floats]:
    columns: dict[str, Floats] = {}
    for made in FEATURES:
        columns.update(made(sight))
    return columns


FEATURES = (
    features.words,
    features.kinds,
    features.uniqueness,
    features.letters,
    features.phrases,
    surroundings.quotations,
    surroundings.neighbours,
    surroundings.place,
)


def _candidates(terms: Terms, shared: Floats, every: bool) -> tuple[Ints, Ints]:
    """Pairs in one language with enough in common, or whose neighbours have."""
    mass = terms.stems.sums(terms.weights)
    either = mass[:, None] + mass[None, :] - shared
    overlap = shared / np.maximum(either, 1)
    bar = np.full(terms.count, LEAST_OVERLAP)
    partners = max(FEWEST, PARTNERS * (int(terms.owner.max(initial=0)) + 1))
    if np.count_nonzero(overlap >= LEAST_OVERLAP) > 2 * SMALL and terms.count > partners:
        bar = np.maximum(bar, np.partition(overlap, -partners, axis=1)[:, -partners])
    enough = (overlap >= bar[:, None]) | (overlap >= bar[None, :])
    beside = (shared / np.maximum(either + features.K, 1) >= LEAST_BESIDE) & enough
    same = terms.owner[1:] == terms.owner[:-1]
    both = same[:, None] & same[None, :]
    near = np.zeros_like(enough)
    near[1:, 1:] |= beside[:-1, :-1] & both
    near[:-1, :-1] |= beside[1:, 1:] & both
    one_tongue = terms.tongue[:, None] == terms.tongue[None, :]
    left, right = np.nonzero(np.triu((enough | near | every) & one_tongue, 1))
    return left, right
