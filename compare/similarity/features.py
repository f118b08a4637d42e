"""The features of candidate pairs, one family a function: terms and pairs in, named columns out.

``K`` in the formulas below is a constant of about one rare word, so that a short sentence whose
only two words recur is not taken for a perfect match. *Weight* is the in-story rarity of a stem.
Each value is symmetric: which sentence is left and which right changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from compare.similarity.incidence import Floats, Incidence, Ints, Listing, common, listing, weigh
from compare.similarity.terms import SCALE, Terms

K = 3.0 * SCALE
RARE = 4  # a stem in at most so many sentences of the story is rare
RUNS = (2, 3, 5, 8)  # lengths at which common runs of words are looked for
SIZE = 80  # sentences of a story from which more make no difference


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """What all families need of the candidate pairs.

    Attributes:
        terms: The story's.
        left: Row of each pair's one sentence.
        right: Row of the other.
        mass: Weight of each row's stems.
        listed: Stems of the left sentence of each pair.
        shared: Stems in both.
    """

    terms: Terms
    left: Ints
    right: Ints
    mass: Floats
    listed: Listing
    shared: Listing

    @classmethod
    def of(cls, terms: Terms, left: Ints, right: Ints) -> Sight:
        """Look up once what the families share."""
        listed = listing(terms.stems, left)
        shared = common(listed, terms.stems, right)
        return cls(terms, left, right, terms.stems.sums(terms.weights), listed, shared)

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
    weights, stems = terms.weights, terms.stems
    shared = sight.weigh(weights)
    light = sight.lighter(sight.mass)
    squares = np.round(weights**2 / SCALE)
    square_mass = stems.sums(squares)
    norm = np.sqrt(np.maximum(square_mass[sight.left] * square_mass[sight.right], 1))
    rare = (terms.content & (stems.frequencies() <= RARE)).astype(np.float64)
    return {
        "overlap": sight.overlap(shared, sight.mass, 0),
        "containment": shared / (light + K),
        "shared": log_weight(shared),
        "rare_cosine": sight.weigh(squares) / norm,
        "rare_stems": np.log1p(sight.weigh(rare)),
        "content_stems": np.log1p(sight.weigh(terms.content.astype(np.float64))),
        "lighter": log_weight(light),
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
    rows = np.repeat(np.arange(terms.count), np.diff(terms.stems.starts))
    width = terms.stems.dense.shape[1]
    uses = np.zeros((int(terms.owner.max(initial=0)) + 1, width))
    np.add.at(uses, (terms.owner[rows], terms.stems.columns), 1)
    pairs, columns = sight.shared.pairs, sight.shared.columns
    own, other = terms.owner[sight.left[pairs]], terms.owner[sight.right[pairs]]
    each = terms.content[columns] * np.round(SCALE**2 / (uses[own, columns] * uses[other, columns]))
    unique = np.bincount(pairs, weights=each, minlength=len(sight.left)) / SCALE**2
    return {"unique": np.log1p(unique)}


def letters(sight: Sight) -> dict[str, Floats]:
    """Character n-grams weighted by rarity, and rapidfuzz's ratio of the sorted words."""
    terms, grams = sight.terms, sight.terms.grams
    frequencies = grams.frequencies()
    weights = np.round(SCALE * np.log1p(terms.count / np.maximum(frequencies, 1)))
    mass = grams.sums(weights)
    shared = weigh(common(listing(grams, sight.left), grams, sight.right), weights, len(sight.left))
    ordered = [" ".join(sorted(text.split())) for text in terms.texts]
    ratios = process.cpdist(
        [ordered[row] for row in sight.left], [ordered[row] for row in sight.right], scorer=fuzz.ratio
    )
    return {
        "letters": sight.overlap(shared, mass, 0),
        "letters_containment": shared / (sight.lighter(mass) + 3 * K),
        "token_sort": np.asarray(ratios, dtype=np.float64) / 100,
    }


def phrases(sight: Sight) -> dict[str, Floats]:
    """Runs of stems that stand in the same order side by side."""
    terms = sight.terms
    longest = np.ones(len(sight.left))
    result = {}
    for length in RUNS:
        table, weights = _runs(terms, length)
        found = common(listing(table, sight.left), table, sight.right)
        shared = weigh(found, weights, len(sight.left))
        longest[found.pairs] = length
        if length == 2:
            result["phrase_overlap"] = sight.overlap(shared, table.sums(weights))
    result["longest_run"] = np.log(longest)
    return result


def _runs(terms: Terms, length: int) -> tuple[Incidence, Floats]:
    """Rows x runs of ``length`` stems that occur twice or more; weight: the mean of their stems."""
    total = len(terms.run) - length + 1
    if total <= 0:
        return Incidence.of(np.zeros(0, np.int64), np.zeros(0, np.int64), (terms.count, 1)), np.zeros(1)
    inside = terms.rows[:total] == terms.rows[length - 1 :]
    keys = np.zeros(total, dtype=np.int64)
    weight = np.zeros(total)
    for step in range(length):
        part = terms.run[step : step + total]
        _, keys = np.unique(keys * terms.stems.dense.shape[1] + part, return_inverse=True)
        weight += terms.weights[part]
    keys, rows, weight = keys[inside], terms.rows[:total][inside], np.round(weight[inside] / length)
    _, numbers, counts = np.unique(keys, return_inverse=True, return_counts=True)
    again = counts[numbers] > 1
    weights = np.zeros(len(counts))
    weights[numbers] = weight
    return Incidence.of(rows[again], numbers[again], (terms.count, max(len(counts), 1))), weights
