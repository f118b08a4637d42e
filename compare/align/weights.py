"""The scoring model: one logistic regression whose weights are a data file of the package.

Log-odds = bias + sum over the features of weight x (value - mean), so that every feature has added
a definite amount. The file names the script, the gold files by their digests, and the
cross-validated figures.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
LIMIT = 30.0  # log-odds beyond which nothing changes


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression over named features.

    Attributes:
        name: Digest of the weights, for a reader to quote.
        threshold: Probability from which a pair speaks for one claim.
        bias: Log-odds of a pair whose features are all at their mean.
        features: In the order of the other attributes.
        means: Of each feature over the training pairs.
        lows: What a smaller value counts as: outside the range that training saw nothing is known.
        highs: What a greater value counts as.
        weights: Log-odds for each unit of a feature.
    """

    name: str
    threshold: float
    bias: float
    features: tuple[str, ...]
    means: tuple[float, ...]
    lows: tuple[float, ...]
    highs: tuple[float, ...]
    weights: tuple[float, ...]

    def parts(self, columns: Mapping[str, Floats]) -> dict[str, Floats]:
        """What each feature adds to the log-odds of each pair."""
        rows = zip(self.features, self.means, self.lows, self.highs, self.weights, strict=True)
        return {
            name: weight * (np.clip(columns[name], low, high) - mean)
            for name, mean, low, high, weight in rows
        }


def probability(bias: float, parts: Mapping[str, Floats], count: int) -> Floats:
    """Bias and parts → probabilities in whole 10,000ths.

    Added in one fixed order and levelled, so that the last bits of a processor cannot show.
    """
    total = np.full(count, bias)
    for name in sorted(parts):
        total += parts[name]
    levelled = np.clip(np.round(total, 9), -LIMIT, LIMIT)
    result: Floats = np.round(1 / (1 + np.exp(-levelled)), 4)
    return result


@cache
def load(name: str) -> Model:
    """Read a model of the package, ``alignment`` or ``alignment-semantic``."""
    data = json.loads(files("compare").joinpath("data", f"{name}.json").read_text(encoding="utf-8"))
    rows = data["features"]
    return Model(
        name=data["name"],
        threshold=data["threshold"],
        bias=data["bias"],
        features=tuple(rows),
        means=tuple(row["mean"] for row in rows.values()),
        lows=tuple(row["low"] for row in rows.values()),
        highs=tuple(row["high"] for row in rows.values()),
        weights=tuple(row["weight"] for row in rows.values()),
    )
