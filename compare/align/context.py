"""What the other pairs of a story say about a pair, read off the first stage's probabilities."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from compare.align.weights import SCORE
from compare.similarity import Pairs

Floats = NDArray[np.float64]
LONG = 80  # sentences of an article from which more make no difference
FAINT = 0.02  # probability below which a pair supports no other
CHUNK = 2_000_000  # cells held at once


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """The first stage's probabilities as a table.

    Attributes:
        table: Sentences x sentences, 0 inside an article and for pairs that are no candidates.
        starts: First row of each article, and the number of rows at the end.
    """

    table: Floats
    starts: NDArray[np.int64]


def context(pairs: Pairs, score: Floats, probability: Floats) -> dict[str, Floats]:
    """The second stage's features, one value for each pair.

    Args:
        pairs: The candidates.
        score: First stage's log-odds.
        probability: The same as probabilities; 0 for pairs inside one article.
    """
    field = _field(pairs, probability)
    alike_one, alike_two = _alike(pairs, field)
    sizes = np.diff(field.starts)
    one, two = sizes[pairs.owner[pairs.left]], sizes[pairs.owner[pairs.right]]
    return {
        SCORE: score,
        "third": _third(pairs, field),
        "diagonal": _step(pairs, field, -1) + _step(pairs, field, 1),
        "alike_min": np.minimum(alike_one, alike_two),
        "alike_max": np.maximum(alike_one, alike_two),
        "shorter": np.log(np.minimum(np.minimum(one, two), LONG)),
        "longer": np.log(np.minimum(np.maximum(one, two), LONG)),
    }


def _field(pairs: Pairs, probability: Floats) -> Field:
    count = len(pairs.owner)
    table = np.zeros((count, count))
    table[pairs.left, pairs.right] = probability
    table[pairs.right, pairs.left] = probability
    articles = int(pairs.owner.max(initial=-1)) + 1
    return Field(table, np.searchsorted(pairs.owner, np.arange(articles + 1)))


def _step(pairs: Pairs, field: Field, step: int) -> Floats:
    """Probability that the sentences ``step`` after both of a pair are linked."""
    last = len(pairs.owner) - 1
    left, right = np.clip(pairs.left + step, 0, last), np.clip(pairs.right + step, 0, last)
    there = (pairs.owner[left] == pairs.owner[pairs.left]) & (pairs.owner[right] == pairs.owner[pairs.right])
    return np.where(there & (left != pairs.left) & (right != pairs.right), field.table[left, right], 0)


def _alike(pairs: Pairs, field: Field) -> tuple[Floats, Floats]:
    """How well the sentences of the left article are matched in the right one, and the reverse.

    The mean over an article's sentences of the best probability in the other article.
    """
    starts = field.starts[:-1]
    filled = np.flatnonzero(np.diff(field.starts))
    alike = np.zeros((len(starts), len(starts)))
    if len(filled):
        best = np.maximum.reduceat(field.table, starts[filled], axis=1)
        total = np.add.reduceat(np.round(best, 4), starts[filled], axis=0)
        alike[np.ix_(filled, filled)] = total / np.diff(field.starts)[filled][:, None]
    one, two = pairs.owner[pairs.left], pairs.owner[pairs.right]
    return alike[one, two], alike[two, one]


def _third(pairs: Pairs, field: Field) -> Floats:
    """Support through a third article: the best of both probabilities' product there, rooted."""
    result = np.zeros(len(pairs.left))
    strong = np.where(field.table >= FAINT, field.table, 0)
    step = max(1, CHUNK // max(len(pairs.owner), 1))
    for at in range(0, len(result), step):
        left, right = pairs.left[at : at + step], pairs.right[at : at + step]
        result[at : at + step] = (strong[left] * strong[right]).max(axis=1, initial=0)
    return np.sqrt(result)
