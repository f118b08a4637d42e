"""Links → groups: correlation clustering, deterministic.

Every sentence gets into exactly one group, so that the sum over all pairs of a group of
(probability - threshold) is as great as a greedy search with local moves can make it (Bansal, Blum
and Chawla 2004 for the objective). A pair that is no candidate counts with probability 0, which is
why a chain of weak links cannot swallow a story: all the pairs along it that do not match speak
against it. With calibrated probabilities and a threshold of one half, the greatest sum is the fewest
expected errors over pairs that can stand in one claim. Weaker links, down to the threshold from
which links are accepted, join no groups: they name the sentences that tell a part of a claim. That
threshold is near half the attainable F1, where the expected F1 over pairs is greatest (Lipton,
Elkan and Naryanaswamy 2014).

Gains are whole numbers, so that no rounding decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
UNIT = 10_000  # gains are in 10,000ths of a probability
FORBIDDEN = -(10**12)  # outweighs any story's probabilities


def group(gains: Ints, *, together: Iterable[Sequence[int]] = ()) -> Ints:
    """Part sentences into groups.

    Args:
        gains: Sentences x sentences, symmetric: what it adds to have two in one group, in
            10,000ths; ``FORBIDDEN`` where that must not be.
        together: Rows that must be in one group.

    Returns:
        For each sentence the lowest row of its group.
    """
    labels = _contract(len(gains), together)
    kept = _distinct(labels)
    joined = _sum_by(gains, labels, kept)
    component = _components(joined)
    lowest = kept[component]
    for rows in _contested(joined, component):
        found = _solve(joined[np.ix_(rows, rows)])
        first = np.full(len(rows), len(gains))
        np.minimum.at(first, found, kept[rows])
        lowest[rows] = first[found]
    result: Ints = lowest[np.searchsorted(kept, labels)]
    return result


def _distinct(labels: Ints) -> Ints:
    """The labels that occur, ascending, without the sorting and the imports of ``np.unique``."""
    return np.flatnonzero(np.bincount(labels))


def _contract(count: int, together: Iterable[Sequence[int]]) -> Ints:
    labels = np.arange(count)
    for rows in together:
        joined = labels[list(rows)]
        labels[np.isin(labels, joined)] = joined.min(initial=count)
    return labels


def _sum_by(gains: Ints, labels: Ints, kept: Ints) -> Ints:
    if len(kept) == len(labels):
        result = gains.copy()
    else:
        place = np.searchsorted(kept, labels)
        rows = np.zeros((len(kept), len(labels)), dtype=np.int64)
        np.add.at(rows, place, gains)
        result = np.zeros((len(kept), len(kept)), dtype=np.int64)
        np.add.at(result.T, place, rows.T)
    np.fill_diagonal(result, 0)
    return result


def _components(gains: Ints) -> Ints:
    """For each row the lowest that positive gains connect it with; between two components nothing is won."""
    labels = np.arange(len(gains))
    one, two = np.nonzero(gains > 0)
    while True:
        lowest = labels.copy()
        np.minimum.at(lowest, one, labels[two])
        lowest = lowest[lowest]
        if np.array_equal(lowest, labels):
            return labels
        labels = lowest


def _contested(gains: Ints, component: Ints) -> Iterator[Ints]:
    """The rows of each component in which some do not attract each other: the others are groups already."""
    sizes = np.bincount(component, minlength=len(gains))
    attracted = np.bincount(component, weights=(gains > 0).sum(axis=1), minlength=len(gains))
    for root in np.flatnonzero(attracted < sizes * (sizes - 1)):
        yield np.flatnonzero(component == root)


def _solve(gains: Ints) -> Ints:
    """Join greedily, then move single rows and join again until nothing is won."""
    labels = np.arange(len(gains))
    table = gains.copy()  # rows x groups: what a row gains in each group
    _join(labels, table)
    while _move(labels, gains, table):
        _join(labels, table)
    return labels


def _join(labels: Ints, table: Ints) -> None:
    """Join the two groups with the greatest common gain while there is one."""
    names = _distinct(labels)
    between = np.zeros((len(names), len(names)), dtype=np.int64)
    np.add.at(between, np.searchsorted(names, labels), table[:, names])
    np.fill_diagonal(between, FORBIDDEN)
    best = between.argmax(axis=1)
    while len(names) > 1:
        value = between[np.arange(len(names)), best]
        one = int(value.argmax())
        if value[one] <= 0:
            return
        two = int(best[one])
        one, two = min(one, two), max(one, two)
        table[:, names[one]] += table[:, names[two]]
        table[:, names[two]] = FORBIDDEN
        labels[labels == names[two]] = names[one]
        between[one] += between[two]
        between[:, one] = between[one]
        between[one, one] = FORBIDDEN
        between[two] = between[:, two] = FORBIDDEN
        stale = (best == one) | (best == two) | (between[:, one] > between[np.arange(len(names)), best])
        stale[[one, two]] = True
        best[stale] = between[stale].argmax(axis=1)


def _move(labels: Ints, gains: Ints, table: Ints) -> bool:
    """Move single rows to a better group, or to one of their own; tell whether any moved."""
    rows = np.arange(len(labels))
    moved = False
    while True:
        free = np.flatnonzero(np.bincount(labels, minlength=len(labels)) == 0)
        table[:, free] = FORBIDDEN
        if len(free):
            table[:, free[0]] = 0
        won = table.max(axis=1) - table[rows, labels]
        row = int(won.argmax())
        if won[row] <= 0:
            return moved
        target = int(table[row].argmax())
        table[:, labels[row]] -= gains[row]
        if len(free) and target == free[0]:
            table[:, target] = 0
        table[:, target] += gains[row]
        labels[row] = target
        moved = True
