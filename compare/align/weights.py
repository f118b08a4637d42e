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

    def parts(self, columns: Mapping[str, Floats]) -> Floats:
        """Features x pairs: what each feature adds to the log-odds of each pair."""
        table = np.stack([columns[name] for name in self.features])
        low, high, mean, weight = np.array([self.lows, self.highs, self.means, self.weights])[:, :, None]
        result: Floats = weight * (np.minimum(np.maximum(table, low), high) - mean)
        return result


def probability(bias: float, parts: Floats) -> Floats:
    """Bias and parts → probabilities in whole 10,000ths.

    Levelled, so that the last bits of a sum, which depend on the processor, cannot show.
    """
    total = np.add.reduce(parts, axis=0, initial=bias)
    levelled = np.clip(np.round(total, 9), -LIMIT, LIMIT)
    result: Floats = np.round(1 / (1 + np.exp(-levelled)), 4)
    return result


@cache
def load() -> Model:
    """Read the model of the package."""
    data = json.loads(files("compare").joinpath("data", "alignment.json").read_text(encoding="utf-8"))
    rows = dict(sorted(data["features"].items()))
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
