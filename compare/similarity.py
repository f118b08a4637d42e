"""Candidate pairs of a story's sentences, and the named features of each, computed for all at once.

Weights of stems are small integers, so that every sum is exact: neither the order of the articles
nor the processor changes one bit of a feature.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from compare.model import Sentence
from compare.text import primary, stems, stop_words, tokens

FEATURES = ("overlap", "containment", "token_sort")


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """The candidate pairs of one story.

    Attributes:
        sentences: All sentences of the story, article after article.
        left: Indices into ``sentences``, one for each pair; ``left < right``.
        right: Indices into ``sentences``.
        features: Names, one for each column of ``values``.
        values: Pairs x features, 0..1.
    """

    sentences: tuple[Sentence, ...]
    left: np.ndarray
    right: np.ndarray
    features: tuple[str, ...]
    values: np.ndarray


def compare(articles: Sequence[Sequence[Sentence]], languages: Sequence[str]) -> Pairs:
    """Find the pairs of sentences of two articles in one language that have a stem in common.

    Args:
        articles: The sentences of each article.
        languages: BCP 47 tag of each article.
    """
    flat = tuple(sentence for article in articles for sentence in article)
    owner = np.array([n for n, article in enumerate(articles) for _ in article], dtype=np.int64)
    tongue = np.array([primary(language) for language in languages], dtype=object)
    bags = [
        frozenset(stems([w for w in tokens(s.text) if w not in stop_words(languages[o])], languages[o]))
        for s, o in zip(flat, owner, strict=True)
    ]
    frequency = Counter(stem for bag in bags for stem in bag)
    vocabulary = {stem: column for column, stem in enumerate(sorted(frequency))}
    presence = np.zeros((len(flat), len(vocabulary)), dtype=np.float32)
    for row, bag in enumerate(bags):
        presence[row, [vocabulary[stem] for stem in bag]] = 1
    weights = np.array([_weight(frequency[stem], len(flat)) for stem in vocabulary], dtype=np.float32)
    shared = (presence * weights) @ presence.T
    mass = presence @ weights
    allowed = (owner[:, None] < owner[None, :]) & (tongue[owner][:, None] == tongue[owner][None, :])
    left, right = np.nonzero(allowed & (shared > 0))
    common = shared[left, right].astype(np.float64)
    both = mass[left] + mass[right]
    columns = (
        common / np.maximum(both - common, 1),
        common / np.maximum(np.minimum(mass[left], mass[right]), 1),
        _token_sort(flat, left, right),
    )
    return Pairs(flat, left, right, FEATURES, np.stack(columns, axis=1))


def _weight(frequency: int, sentences: int) -> int:
    """Inverse document frequency within the story, in 64ths."""
    return round(64 * float(np.log((1 + sentences) / (0.5 + frequency))))


def _token_sort(flat: Sequence[Sentence], left: np.ndarray, right: np.ndarray) -> np.ndarray:
    texts = [" ".join(sorted(tokens(sentence.text))) for sentence in flat]
    scores = process.cpdist([texts[i] for i in left], [texts[j] for j in right], scorer=fuzz.ratio)
    return np.asarray(scores, dtype=np.float64) / 100
