"""Train the weights of the aligner from gold files, and cross-validate them by story.

    python tests/benchmarks/train_alignment.py GOLD.jsonl... [--output FILE]

Needs scipy (the extra ``train``). Gold files are those of ``crossread evaluate``; each counts
as one genre, and all genres weigh the same. Their texts are not copied: the weights file holds
weights, the digests of the files and the cross-validated figures. The same files, settings and
library versions give the same bytes.

The model is a ridge-penalised logistic regression over all pairs of sentences of two articles, in
which more of what speaks for a match never lowers the score: the sign of nearly every weight is
given. In the cross-validation every event is judged by a model that has not seen it, be it told in
several stories, and every figure is measured on whole stories, grouped at the threshold of the file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from compare.align import weights
from compare.align.claims import claims
from compare.align.links import judge
from compare.align.similarity import Pairs, compare
from compare.align.weights import Model
from compare.evaluate import accepted, shown
from compare.evaluate.gold import GoldStory, pair, read
from compare.evaluate.measures import Predicted, measure
from compare.evaluate.stories import articles, sentences
from compare.model import Settings

Floats = NDArray[np.float64]
FOLDS = 5  # by event
PENALTY = 20.0  # ridge penalty where each genre's gold links weigh 1,000 together
MASS = 1000.0
EDGE = 0.001  # share of the pairs beyond which a feature's range is cut off
LIBRARIES = ("numpy", "rapidfuzz", "scipy", "snowballstemmer")
# Features that may only lower a score, and those that say how much the others mean and may do either;
# all others may only raise it.
FALLING = frozenset(("later", "quoted_apart"))
FREE = frozenset(("story_size", "alike_min", "lighter"))
THRESHOLDS = [n / 100 for n in range(20, 41)]


@dataclass(eq=False)
class Example:
    """A gold story; ``gold`` is 1, 0, or -1 for pairs that do not count.

    The model is trained on every pair, and used on the candidates.
    """

    story: GoldStory
    genre: int
    pairs: Pairs
    candidates: Pairs
    gold: NDArray[np.int64]


def main() -> None:
    """Parse the arguments, train, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--output", type=Path, help="where to write; default: the package's own file")
    arguments = parser.parse_args()
    output = arguments.output or Path(weights.__file__).parent.parent / "data" / "alignment.json"
    with threadpool_limits(1):
        examples = load(arguments.gold)
        names = list(examples[0].pairs.features)
        threshold, figures = cross_validate(examples, names, len(arguments.gold))
        model = train(examples, names)
    data = describe(model, threshold)
    data["provenance"] = {
        "script": "tests/benchmarks/train_alignment.py",
        "gold": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in arguments.gold},
        "penalty": PENALTY,
        "folds": FOLDS,
        "libraries": {library: version(library) for library in LIBRARIES},
        "cross_validated": {p.name: f for p, f in zip(arguments.gold, figures, strict=True)},
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{output}: threshold {threshold}")
    for path, figure in zip(arguments.gold, figures, strict=True):
        print(path.name, figure)


def load(paths: Sequence[Path]) -> list[Example]:
    """Read the gold files and compute the features of every story."""
    examples = []
    for genre, path in enumerate(paths):
        for story in read(path):
            pairs = compare(sentences(story), story.languages, every=True)
            candidates = compare(sentences(story), story.languages)
            names = [
                pair(pairs.sentences[i].id, pairs.sentences[j].id)
                for i, j in zip(pairs.left, pairs.right, strict=True)
            ]
            gold = [-1 if name in story.ignore else int(name in story.links) for name in names]
            labels = np.where(pairs.inside, -1, np.array(gold, dtype=np.int64))
            examples.append(Example(story, genre, pairs, candidates, labels))
    return examples


def event(example: Example) -> str:
    """What a story tells of: two stories of one event are named alike up to the first hyphen."""
    return f"{example.genre}:{example.story.id.partition('-')[0]}"


def folds(examples: Sequence[Example]) -> list[list[int]]:
    """Deal the events of each genre out in turn."""
    dealt: list[list[int]] = [[] for _ in range(FOLDS)]
    turns: dict[int, dict[str, int]] = {}
    for number, example in enumerate(examples):
        events = turns.setdefault(example.genre, {})
        turn = events.setdefault(event(example), len(events))
        dealt[turn % FOLDS].append(number)
    return dealt


def train(examples: Sequence[Example], names: Sequence[str]) -> Model:
    """Fit the model on the pairs that count."""
    totals = [0] * (1 + max(example.genre for example in examples))
    for example in examples:
        totals[example.genre] += int((example.gold == 1).sum())
    rows, labels, mass = [], [], []
    for example in examples:
        counted = example.gold >= 0
        rows.append(np.stack([example.pairs.features[name][counted] for name in names], axis=1))
        labels.append(example.gold[counted])
        mass.append(np.full(int(counted.sum()), MASS / max(totals[example.genre], 1)))
    table, gold, weight = np.concatenate(rows), np.concatenate(labels), np.concatenate(mass)
    lows, highs = np.quantile(table, [EDGE, 1 - EDGE], axis=0)
    table = np.clip(table, lows, highs)
    means = np.average(table, axis=0, weights=weight)
    spreads = np.sqrt(np.average((table - means) ** 2, axis=0, weights=weight)) + 1e-6
    bias, factors = fit((table - means) / spreads, gold, weight, [bounds(name) for name in names])
    return Model(
        "unnamed",
        0.5,
        _level(bias),
        tuple(names),
        _levels(means),
        _levels(lows),
        _levels(highs),
        _levels(factors / spreads),
    )


def bounds(name: str) -> tuple[float | None, float | None]:
    """Between which weights a feature's may lie."""
    return (None, None) if name in FREE else (None, 0.0) if name in FALLING else (0.0, None)


def fit(
    table: Floats,
    gold: NDArray[np.int64],
    weight: Floats,
    limits: Sequence[tuple[float | None, float | None]],
) -> tuple[float, Floats]:
    """The bias and the weights that minimise the penalised, weighted logistic loss within limits."""
    sign = 2.0 * gold - 1.0

    def loss(given: Floats) -> tuple[float, Floats]:
        bias, factors = given[0], given[1:]
        margin = sign * (table @ factors + bias)
        slope = -sign * weight / (1 + np.exp(np.clip(margin, -500, 500)))
        value = float(weight @ np.logaddexp(0, -margin)) + PENALTY * float(factors @ factors) / 2
        return value, np.concatenate([[slope.sum()], slope @ table + PENALTY * factors])

    start = np.zeros(1 + table.shape[1])
    found = minimize(
        loss,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(None, None), *limits],
        options={"maxiter": 2000, "ftol": 1e-13, "gtol": 1e-5},
    )
    return float(found.x[0]), np.asarray(found.x[1:], dtype=np.float64)


def _level(value: float) -> float:
    """Six significant digits: more would differ from machine to machine."""
    return float(f"{value:.6g}")


def _levels(values: Floats) -> tuple[float, ...]:
    return tuple(_level(value) for value in values)


def cross_validate(
    examples: Sequence[Example], names: Sequence[str], genres: int
) -> tuple[float, list[dict[str, float]]]:
    """The best threshold over all genres, and each genre's figures there."""
    judged: dict[float, list[Predicted | None]] = {t: [None] * len(examples) for t in THRESHOLDS}
    for held in folds(examples):
        rest = [example for number, example in enumerate(examples) if number not in set(held)]
        model = train(rest, names)
        for number in held:
            for threshold in THRESHOLDS:
                judged[threshold][number] = predict(examples[number], model, threshold)
    by_threshold = {}
    for threshold, predicted in judged.items():
        figures = []
        for genre in range(genres):
            chosen = [n for n, example in enumerate(examples) if example.genre == genre]
            found = [p for n in chosen if (p := predicted[n]) is not None]
            figures.append(_short(measure([examples[n].story for n in chosen], found)))
        by_threshold[threshold] = figures
    smooth = {
        t: np.mean([_mean_f1(by_threshold.get(round(t + d, 2))) for d in (-0.02, -0.01, 0, 0.01, 0.02)])
        for t in THRESHOLDS[2:-2]
    }
    best = max(smooth, key=lambda t: (round(float(smooth[t]), 5), -t))
    return best, by_threshold[best]


def _mean_f1(figures: list[dict[str, float]] | None) -> float:
    return 0.0 if figures is None else float(np.mean([figure["links_f1"] for figure in figures]))


def predict(example: Example, model: Model, threshold: float) -> Predicted:
    """What the real grouping makes of a story."""
    alignment = judge(example.candidates, model, settings=Settings(threshold=threshold))
    scores = {pair(link.x, link.y): link.probability for link in alignment.links}
    made = claims(alignment, articles(example.story))
    return Predicted(scores, accepted(alignment, made), shown(made))


def _short(figures: dict[str, dict[str, float]]) -> dict[str, float]:
    links, ranking = figures["links"], figures["ranking"]
    return {
        "links_precision": round(links["precision"], 3),
        "links_recall": round(links["recall"], 3),
        "links_f1": round(links["f1"], 3),
        "shown_precision": round(figures["shown"]["precision"], 3),
        "shown_recall": round(figures["shown"]["recall"], 3),
        "average_precision": round(ranking["average_precision"], 3),
        "calibration_error": round(ranking["ece"], 3),
        "absent_f1": round(figures["absent"]["f1"], 3),
    }


def describe(model: Model, threshold: float) -> dict[str, object]:
    """The weights as they are written; named by their digest."""
    features = {
        name: {"mean": mean, "low": low, "high": high, "weight": weight}
        for name, mean, low, high, weight in zip(
            model.features, model.means, model.lows, model.highs, model.weights, strict=True
        )
    }
    body = {"threshold": threshold, "bias": model.bias, "features": features}
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:8]
    return {"name": digest, **body}


if __name__ == "__main__":
    main()
