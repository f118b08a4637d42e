"""Simpler similarities that ``crossread evaluate --baselines`` measures beside the aligner."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

from compare.align.similarity.incidence import Floats, mutual
from compare.align.similarity.terms import Terms, read
from compare.model import Sentence

# Name → the threshold, chosen once near the best for three-outlet news.
THRESHOLDS = {"ratio": 0.485, "token_sort": 0.55, "token_set": 0.60, "weighted_overlap": 0.12}
_FUZZY = {
    "ratio": fuzz.ratio,
    "token_sort": fuzz.token_sort_ratio,
    "token_set": fuzz.token_set_ratio,
}


def baseline(name: str, articles: Sequence[Sequence[Sentence]], languages: Sequence[str]) -> Floats:
    """Similarity of every two sentences of a story, 0..1, as sentences x sentences.

    Args:
        name: A key of ``THRESHOLDS``.
        articles: The sentences of each article.
        languages: BCP 47 tag of each article.
    """
    terms = read(articles, languages)
    if name in _FUZZY:
        scores = process.cdist(terms.texts, terms.texts, scorer=_FUZZY[name], dtype=np.float64)
        return np.asarray(scores, dtype=np.float64) / 100
    return _weighted_overlap(terms)


def _weighted_overlap(terms: Terms) -> Floats:
    """Stems in both by stems in either, each weighing its rarity within the story."""
    shared = mutual(terms.stems, terms.weights)
    mass = terms.stems.sums(terms.weights)
    result: Floats = shared / np.maximum(mass[:, None] + mass[None, :] - shared, 1)
    return result
