"""The features of candidate pairs, one family a function: terms and pairs in, named columns out.

``K`` in the formulas below is a constant of about one rare word, so that a short sentence whose
only two words recur is not taken for a perfect match. *Weight* is the in-story rarity of a stem.
Each value is symmetric: which sentence is left and which right changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from compare.similarity.incidence import Floats, Incidence, Ints, Listing, common, listing, mutual, weigh
from compare.similarity.terms import SCALE, Terms

K = 3.0 * SCALE
RARE = 4  # a stem in at most so many sentences of the story is rare
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
    width = terms.stems.dense.shape[1]
    uses = np.zeros((int(terms.owner.max(initial=0)) + 1, width))
    np.add.at(uses, (terms.owner[terms.stems.rows], terms.stems.columns), 1)
    pairs, columns = sight.shared.pairs, sight.shared.columns
    own, other = terms.owner[sight.left[pairs]], terms.owner[sight.right[pairs]]
    each = terms.content[columns] * np.round(SCALE**2 / (uses[own, columns] * uses[other, columns]))
    unique = np.bincount(pairs, weights=each, minlength=len(sight.left)) / SCALE**2
    return {"unique": np.log1p(unique)}


def letters(sight: Sight) -> dict[str, Floats]:
    """Character n-grams weighted by rarity, and rapidfuzz's ratio of the sorted words."""
    terms, grams = sight.terms, sight.terms.grams
    frequencies = grams.frequencies()
    weights = np.round(SCALE * np.log1p(terms.count / np.maximum(frequencies, 1))) * terms.gram_times
    mass = grams.sums(weights)
    if terms.count <= FEW:
        shared = mutual(grams, weights)[sight.left, sight.right]
    else:
        found = common(listing(grams.repeated(), sight.left), grams.dense, sight.right)
        shared = weigh(found, weights, len(sight.left))
    ordered = [" ".join(sorted(text.split())) for text in terms.texts]
    one, two = ([ordered[row] for row in side.tolist()] for side in (sight.left, sight.right))
    ratios = process.cpdist(one, two, scorer=fuzz.ratio)
    return {
        "letters": sight.overlap(shared, mass, 0),
        "letters_containment": shared / (sight.lighter(mass) + 3 * K),
        "token_sort": np.asarray(ratios, dtype=np.float64) / 100,
    }


def phrases(sight: Sight) -> dict[str, Floats]:
    """Runs of stems that stand in the same order side by side."""
    terms = sight.terms
    longest = np.ones(len(sight.left))
    overlap = longest
    for length, keys in _runs(terms).items():
        table, weights = _run_table(terms, keys, length)
        found = common(listing(table, sight.left), table.dense, sight.right)
        longest[found.pairs] = length
        if length == 2:
            overlap = sight.overlap(weigh(found, weights, len(sight.left)), table.sums(weights))
    return {"phrase_overlap": overlap, "longest_run": np.log(longest)}


def _runs(terms: Terms) -> dict[int, Ints]:
    """A number for the run of 2, 3 and 5 stems that begins at each token."""
    one = terms.run
    two = _number(one[:-1], one[1:])
    three = _number(two[:-1], one[2:])
    five = _number(three[:-2], two[3:])
    return {2: two, 3: three, 5: five}


def _number(before: Ints, after: Ints) -> Ints:
    """Number the distinct pairs of two rows of numbers, cut to the shorter."""
    size = min(len(before), len(after))
    if size == 0:
        return np.zeros(0, dtype=np.int64)
    keys = before[:size] * (int(after.max()) + 1) + after[:size]
    numbers: Ints = np.unique(keys, return_inverse=True)[1]
    return numbers


def _run_table(terms: Terms, keys: Ints, length: int) -> tuple[Incidence, Floats]:
    """Rows x runs that occur twice or more; a run weighs the mean of its stems."""
    if len(keys) == 0:
        return Incidence.of(keys, keys, (terms.count, 1)), np.zeros(1)
    inside = terms.rows[: len(keys)] == terms.rows[length - 1 :]
    rows, kept = terms.rows[: len(keys)][inside], keys[inside]
    again = np.bincount(kept, minlength=int(keys.max()) + 1)[kept] > 1
    total = np.cumsum(np.concatenate([[0.0], terms.weights[terms.run]]))
    weights = np.zeros(int(keys.max()) + 1)
    weights[keys] = np.round((total[length:] - total[:-length]) / length)
    columns, numbers = np.unique(kept[again], return_inverse=True)
    return Incidence.of(rows[again], numbers, (terms.count, len(columns))), weights[columns]
