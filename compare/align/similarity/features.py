"""The features of candidate pairs, one group a function: terms and pairs in, named columns out.

``K`` in the formulas below is a constant of about one rare word, so that a short sentence whose
only two words recur is not taken for a perfect match. *Weight* is the in-story rarity of a stem.
Each value is symmetric: which sentence is left and which right changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from compare.align.similarity.incidence import (
    Floats,
    Incidence,
    Ints,
    Listing,
    common,
    listing,
    mutual,
    weigh,
)
from compare.align.similarity.terms import SCALE, Terms

K = 3.0 * SCALE
MEASURE = "shared"  # of two sentences; compared with their rivals', and no feature of its own
FEW = 200  # sentences up to which all pairs are counted faster than the candidates one by one
SIZES = (40, 80)  # sentences of a story; fewer or more than these make no difference


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What all families need of the candidate pairs.

    Attributes:
        terms: The story's.
        left: Row of each pair's one sentence.
        right: Row of the other.
        mass: Weight of each row's stems.
        listed: Stems of the left sentence of each pair, as far as others have them.
        mirrored: Stems of the right one.
        shared: Stems in both.
        mutual: Weight of the content stems that any two rows share.
    """

    terms: Terms
    left: Ints
    right: Ints
    mass: Floats
    listed: Listing
    mirrored: Listing
    shared: Listing
    mutual: Floats

    @classmethod
    def of(cls, terms: Terms, left: Ints, right: Ints, mutual: Floats) -> Sight:
        """Look up once what the families share."""
        repeated = terms.stems.repeated()
        listed = listing(repeated, left)
        shared = common(listed, terms.stems.dense, right)
        mass = terms.stems.sums(terms.weights)
        return cls(terms, left, right, mass, listed, listing(repeated, right), shared, mutual)

    def weigh(self, weights: Floats) -> Floats:
        """Weight of the common stems of each pair."""
        return weigh(self.shared, weights, len(self.left))

    def lighter(self, mass: Floats) -> Floats:
        """The smaller of both sides."""
        return np.minimum(mass[self.left], mass[self.right])

    def overlap(self, shared: Floats, mass: Floats, smooth: float = K) -> Floats:
        """Shared part of what either has (a weighted Jaccard index)."""
        return shared / np.maximum(mass[self.left] + mass[self.right] - shared + smooth, 1)


def log_weight(weight: Floats) -> Floats:
    """Weights in nats, on a logarithmic scale."""
    return np.log1p(weight / SCALE)


def words(sight: Sight) -> dict[str, Floats]:
    """What the words have in common, whatever their order."""
    terms = sight.terms
    return {
        MEASURE: log_weight(sight.weigh(terms.weights)),
        "lighter": log_weight(sight.lighter(sight.mass)),
    }


def kinds(sight: Sight) -> dict[str, Floats]:
    """Names, numbers and all other words apart."""
    terms = sight.terms
    names = terms.weights * (terms.name & ~terms.number)
    numbers = terms.weights * terms.number
    others = terms.weights * (~terms.name & ~terms.number)
    shared = sight.weigh(others)
    return {
        "name_shared": log_weight(sight.weigh(names)),
        "number_overlap": sight.overlap(sight.weigh(numbers), terms.stems.sums(numbers)),
        "other_shared": log_weight(shared),
        "other_overlap": sight.overlap(shared, terms.stems.sums(others)),
    }


def uniqueness(sight: Sight) -> dict[str, Floats]:
    """Common stems that each article uses seldom: 1 / (uses in the one x uses in the other)."""
    terms = sight.terms
    width = terms.stems.dense.shape[1]
    uses = np.zeros((int(terms.owner.max(initial=0)) + 1, width))
    np.add.at(uses, (terms.owner[terms.stems.rows], terms.stems.columns), 1)
    pairs, columns = sight.shared.pairs, sight.shared.columns
    own, other = terms.owner[sight.left[pairs]], terms.owner[sight.right[pairs]]
    each = terms.content[columns] * np.round(SCALE**2 / (uses[own, columns] * uses[other, columns]))
    unique = np.bincount(pairs, weights=each, minlength=len(sight.left)) / SCALE**2
    return {"unique": np.log1p(unique)}


def letters(sight: Sight) -> dict[str, Floats]:
    """Character n-grams weighted by rarity."""
    terms, grams = sight.terms, sight.terms.grams
    frequencies = grams.frequencies()
    weights = np.round(SCALE * np.log1p(terms.count / np.maximum(frequencies, 1))) * terms.gram_times
    mass = grams.sums(weights)
    if terms.count <= FEW:
        shared = mutual(grams, weights)[sight.left, sight.right]
    else:
        found = common(listing(grams.repeated(), sight.left), grams.dense, sight.right)
        shared = weigh(found, weights, len(sight.left))
    return {"letters": sight.overlap(shared, mass, 0)}


def phrases(sight: Sight) -> dict[str, Floats]:
    """Runs of stems that stand in the same order side by side."""
    terms = sight.terms
    two = _longer(terms, terms.run, 1)
    three = _longer(terms, two, 1)
    five = _longer(terms, three, 2)
    longest = np.ones(len(sight.left))
    for length, runs in ((2, two), (3, three), (5, five)):
        table = _run_table(terms, runs)
        longest[common(listing(table, sight.left), table.dense, sight.right).pairs] = length
    return {"longest_run": np.log(longest)}


def _longer(terms: Terms, runs: Ints, step: int) -> Ints:
    """Prolong the run that begins at each token by the one that begins ``step`` tokens later.

    Args:
        terms: The story's.
        runs: For each token the number of the run that begins there; -1 for none that occurs again.
        step: Tokens; no more than a run has.

    Returns:
        The same for the longer runs, those that occur twice or more within sentences.
    """
    result = np.full(len(runs), -1)
    one, two = runs[:-step], runs[step:]
    places = np.flatnonzero((one >= 0) & (two >= 0) & (terms.rows[:-step] == terms.rows[step:]))
    keys = one[places] * (int(two.max(initial=0)) + 1) + two[places]
    _, run, times = np.unique(keys, return_inverse=True, return_counts=True)
    again = times > 1
    kept = again[run]
    result[places[kept]] = (np.cumsum(again) - 1)[run[kept]]
    return result


def _run_table(terms: Terms, runs: Ints) -> Incidence:
    """Rows x runs."""
    places = np.flatnonzero(runs >= 0)
    shape = (terms.count, int(runs.max(initial=-1)) + 1)
    return Incidence.of(terms.rows[places], runs[places], shape)
