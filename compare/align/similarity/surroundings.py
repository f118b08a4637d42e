"""Features that look past the two sentences: quotations, neighbours, place in the text."""

from __future__ import annotations

import numpy as np

from compare.align.similarity.features import MEASURE, SIZES, K, Sight, log_weight
from compare.align.similarity.incidence import Floats, Incidence, Ints, common, listing, weigh
from compare.align.similarity.terms import Terms

# Measures that are also compared with their best rival: beside the one for which that rival is
# weaker ("max"), and the one for which it is stronger ("min"). The number is what a match has to
# reach to be worth a comparison: in a story of four sentences the best of two bad ones is still bad.
RIVALS = {
    MEASURE: (("min",), 2.3),
    "letters": (("min", "max"), 0.15),
}


def quotations(sight: Sight) -> dict[str, Floats]:
    """What stands inside quotation marks on one side or on both."""
    terms, pairs = sight.terms, len(sight.left)
    quoted, weights = terms.quoted, terms.weights
    mass = quoted.sums(weights)
    listed, mirrored = listing(quoted, sight.left), listing(quoted, sight.right)
    both = weigh(common(listed, quoted.dense, sight.right), weights, pairs)
    near = _spread(quoted.dense, terms.owner)
    rightward = weigh(common(listed, near, sight.right), weights, pairs) / (mass[sight.left] + K)
    leftward = weigh(common(mirrored, near, sight.left), weights, pairs) / (mass[sight.right] + K)
    return {
        "quoted_apart": log_weight(np.maximum(sight.lighter(mass) - both, 0)),
        "quoted_near": np.maximum(rightward, leftward),
    }


def _spread(dense: np.ndarray, owner: Ints) -> np.ndarray:
    """Each row joined with the rows before and after it in its article."""
    result = dense.copy()
    same = (owner[1:] == owner[:-1])[:, None]
    result[1:] |= dense[:-1] & same
    result[:-1] |= dense[1:] & same
    return result


def neighbours(sight: Sight) -> dict[str, Floats]:
    """How well the pair matches when each sentence is read with the ones before and after it."""
    terms, pairs = sight.terms, len(sight.left)
    wide = _spread(terms.stems.dense, terms.owner)
    named = Incidence.of_dense(wide & (terms.name & ~terms.number))
    weights = terms.weights
    shared = sight.weigh(weights)
    rightward = weigh(common(sight.listed, wide, sight.right), weights, pairs)
    leftward = weigh(common(sight.mirrored, wide, sight.left), weights, pairs)
    names = common(listing(named, sight.left), wide, sight.right)
    return {
        "near_extra": log_weight(np.maximum(rightward, leftward) - shared),
        "near_name": sight.overlap(weigh(names, weights, pairs), named.sums(weights)),
        "before": _beside(sight, -1),
        "after": _beside(sight, 1),
    }


def _beside(sight: Sight, step: int) -> Floats:
    """Overlap of the sentences that stand ``step`` after the left and after the right one."""
    owner, last = sight.terms.owner, sight.terms.count - 1
    left, right = np.clip(sight.left + step, 0, last), np.clip(sight.right + step, 0, last)
    there = (
        (owner[left] == owner[sight.left])
        & (owner[right] == owner[sight.right])
        & (left != sight.left)
        & (right != sight.right)
    )
    shared = sight.mutual[left, right]
    overlap = shared / np.maximum(sight.mass[left] + sight.mass[right] - shared + K, 1)
    return np.where(there, overlap, 0)


def place(sight: Sight) -> dict[str, Floats]:
    """Where the two stand in their articles, and how long the story is."""
    terms = sight.terms
    lengths = np.bincount(terms.owner, minlength=1)[terms.owner]
    depth = terms.position / np.maximum(lengths - 1, 1)
    one, two = depth[sight.left], depth[sight.right]
    return {
        "later": np.maximum(one, two),
        "story_size": np.full(len(sight.left), np.log(np.clip(terms.count, *SIZES)) / np.log(SIZES[1])),
    }


def rivals(terms: Terms, left: Ints, right: Ints, columns: dict[str, Floats]) -> dict[str, Floats]:
    """The pair beside the best that either sentence has in the other's article, 1 for the best.

    Headlines are nobody's rivals: they repeat what the text says.
    """
    result = {}
    for name, (ends, least) in RIVALS.items():
        value = columns[name]
        top = _table(terms, left, right, value)
        one = np.minimum(value / np.maximum(top[left, terms.owner[right]], least), 1)
        two = np.minimum(value / np.maximum(top[right, terms.owner[left]], least), 1)
        if "min" in ends:
            result[f"{name}_rank_min"] = np.minimum(one, two)
        if "max" in ends:
            result[f"{name}_rank_max"] = np.maximum(one, two)
    return result


def likeness(terms: Terms, left: Ints, right: Ints, columns: dict[str, Floats]) -> dict[str, Floats]:
    """How alike the two articles are: the mean over one's sentences of the best match in the other.

    A revision of a text links far more of its like-worded sentences than a rival's report does.
    """
    top = _table(terms, left, right, columns["letters"])
    articles = top.shape[1]
    owner = terms.owner[terms.body]
    sizes = np.bincount(owner, minlength=articles)
    total = np.zeros((articles, articles))
    np.add.at(total, owner, np.round(top[terms.body], 9))
    alike = np.round(total / np.maximum(sizes, 1)[:, None], 6)
    one = alike[terms.owner[left], terms.owner[right]]
    two = alike[terms.owner[right], terms.owner[left]]
    return {"alike_min": np.minimum(one, two)}


def _table(terms: Terms, rows: Ints, others: Ints, value: Floats) -> Floats:
    """Sentences x articles: the greatest value of a sentence's pairs with the bodies of that article."""
    top = np.zeros((terms.count, int(terms.owner.max(initial=0)) + 1))
    told, kept = terms.body[others], terms.body[rows]
    np.maximum.at(top, (rows[told], terms.owner[others[told]]), value[told])
    np.maximum.at(top, (others[kept], terms.owner[rows[kept]]), value[kept])
    return top
