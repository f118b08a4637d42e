"""The scoring model: a chain of logistic regressions whose weights are a data file of the package.

Each stage is ``bias + sum of weight x (value - mean) / spread`` over named features. The second
stage reads the first one's score as the feature ``score``, so that in the end every feature of
either stage has added a definite amount to the log-odds. The file says how it was made.
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
SCORE = "score"  # the first stage's log-odds, as a feature of the second
LIMIT = 30.0  # log-odds beyond which nothing changes


@dataclass(frozen=True, slots=True)
class Stage:
    """One logistic regression.

    Attributes:
        bias: Log-odds of a pair whose features are all at their mean.
        features: In the order of the other attributes.
        means: Of each feature over the training pairs.
        factors: Log-odds for each unit of a feature.
    """

    bias: float
    features: tuple[str, ...]
    means: tuple[float, ...]
    factors: tuple[float, ...]

    def parts(self, columns: Mapping[str, Floats]) -> dict[str, Floats]:
        """What each feature adds to the log-odds of each pair."""
        return {
            name: factor * (columns[name] - mean)
            for name, mean, factor in zip(self.features, self.means, self.factors, strict=True)
        }


@dataclass(frozen=True, slots=True)
class Model:
    """Both stages, the threshold, and a name that a reader can quote."""

    name: str
    threshold: float
    first: Stage
    second: Stage

    def parts(self, first: Mapping[str, Floats], second: Mapping[str, Floats]) -> dict[str, Floats]:
        """What each feature of both stages adds to the log-odds; with ``bias``, all of it."""
        result = dict(second)
        result.pop(SCORE)
        factor = self.factor
        for name, part in first.items():
            result[name] = factor * part
        return result

    @property
    def factor(self) -> float:
        """What one unit of the first stage's log-odds adds to the second's."""
        return self.second.factors[self.second.features.index(SCORE)]

    @property
    def bias(self) -> float:
        """The constant part of the final log-odds."""
        mean = self.second.means[self.second.features.index(SCORE)]
        return self.second.bias + self.factor * (self.first.bias - mean)


def add_up(bias: float, parts: Mapping[str, Floats], count: int) -> Floats:
    """Bias plus all parts in one fixed order, levelled so that the last bits cannot differ."""
    total = np.full(count, bias)
    for name in sorted(parts):
        total += parts[name]
    return np.clip(np.round(total, 9), -LIMIT, LIMIT)


def probability(score: Floats) -> Floats:
    """Log-odds → probability, in whole 10,000ths."""
    return np.round(1 / (1 + np.exp(-score)), 4)


@cache
def load(name: str) -> Model:
    """Read a model of the package, ``alignment`` or ``alignment-semantic``."""
    text = files("compare").joinpath("data", f"{name}.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Model(data["name"], data["threshold"], _stage(data["first"]), _stage(data["second"]))


def _stage(data: Mapping[str, object]) -> Stage:
    rows = data["features"]
    bias = data["bias"]
    assert isinstance(rows, dict) and isinstance(bias, float)  # noqa: S101, PT018 - our own file
    return Stage(
        bias=bias,
        features=tuple(rows),
        means=tuple(float(row["mean"]) for row in rows.values()),
        factors=tuple(float(row["weight"]) for row in rows.values()),
    )
