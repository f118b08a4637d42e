"""Train the weights of the aligner from gold files, and cross-validate them by story.

    python tests/benchmarks/train_alignment.py GOLD.jsonl... [--semantic MODEL] [--output FILE]

Needs scikit-learn (the extra ``train``). Gold files are those of ``crossread evaluate``; each counts
as one genre, and all genres weigh the same. Their texts are not copied: the weights file holds
weights, the digests of the files and the cross-validated figures. The same files, settings and
library versions give the same bytes.

Both stages are ridge-penalised logistic regressions. The second stage is trained on scores that the
first gave to stories it had not seen. In the cross-validation the stories of the held-out fold are
seen by neither stage, and every figure is measured on whole stories, grouped at the threshold of
the file.
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
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from compare.align import judge, weights
from compare.align.context import context
from compare.align.weights import SCORE, Model, Stage, add_up, probability
from compare.evaluate import accepted
from compare.evaluate.gold import GoldStory, pair, read
from compare.evaluate.measures import Predicted, measure
from compare.evaluate.stories import sentences
from compare.model import Settings
from compare.similarity import OUTSIDE, Pairs, compare

Floats = NDArray[np.float64]
OUTER = INNER = 5  # folds by story
PENALTY = 20.0  # ridge penalty where each genre's gold links weigh 1,000 together
MASS = 1000.0
THRESHOLDS = [n / 100 for n in range(20, 41)]


@dataclass(eq=False)
class Example:
    """A gold story with its candidate pairs; ``gold`` is 1, 0, or -1 for pairs that do not count."""

    story: GoldStory
    genre: int
    pairs: Pairs
    gold: NDArray[np.int64]
    around: dict[str, Floats]


def main() -> None:
    """Parse the arguments, train, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--semantic", help="name or path of a sentence-transformers model")
    parser.add_argument("--output", type=Path, help="where to write; default: the package's own file")
    arguments = parser.parse_args()
    name = "alignment" if arguments.semantic is None else "alignment-semantic"
    output = arguments.output or Path(weights.__file__).parent.parent / "data" / f"{name}.json"
    with threadpool_limits(1):
        examples = load(arguments.gold, arguments.semantic)
        names = list(examples[0].pairs.features)
        threshold, figures = cross_validate(examples, names, len(arguments.gold))
        model = train(examples, names)
    data = describe(model, examples, names, threshold)
    data["provenance"] = {
        "script": "tests/benchmarks/train_alignment.py",
        "gold": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in arguments.gold},
        "semantic": None if arguments.semantic is None else identify(arguments.semantic),
        "penalty": PENALTY,
        "folds": OUTER,
        "libraries": {name: version(name) for name in ("numpy", "rapidfuzz", "scikit-learn", "snowballstemmer")},
        "cross_validated": {p.name: f for p, f in zip(arguments.gold, figures, strict=True)},
    }
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{output}: threshold {threshold}")
    for path, figure in zip(arguments.gold, figures, strict=True):
        print(path.name, figure)


def identify(model: str) -> dict[str, str]:
    """A local model by the digest of its weights, any other by its name."""
    local = sorted(Path(model).glob("*.safetensors"))
    if not local:
        return {"name": model}
    return {local[0].name: hashlib.sha256(local[0].read_bytes()).hexdigest()}


def load(paths: Sequence[Path], semantic: str | None) -> list[Example]:
    """Read the gold files and compute the features of every story."""
    examples = []
    for genre, path in enumerate(paths):
        for story in read(path):
            pairs = compare(sentences(story), story.languages)
            if semantic is not None:
                from compare.align.semantic import features

                pairs.features.update(features(pairs, semantic))
            names = [
                pair(pairs.sentences[i].id, pairs.sentences[j].id)
                for i, j in zip(pairs.left, pairs.right, strict=True)
            ]
            gold = [-1 if name in story.ignore else int(name in story.links) for name in names]
            labels = np.where(pairs.inside, -1, np.array(gold, dtype=np.int64))
            examples.append(Example(story, genre, pairs, labels, {}))
    return examples


def folds(examples: Sequence[Example], count: int) -> list[list[int]]:
    """Deal the stories of each genre out in turn."""
    dealt: list[list[int]] = [[] for _ in range(count)]
    seen: dict[int, int] = {}
    for number, example in enumerate(examples):
        turn = seen.get(example.genre, 0)
        seen[example.genre] = turn + 1
        dealt[turn % count].append(number)
    return dealt


def fit(examples: Sequence[Example], names: Sequence[str], *, second: bool) -> Stage:
    """Fit one stage on the pairs that count."""
    totals: dict[int, int] = {}
    for example in examples:
        totals[example.genre] = totals.get(example.genre, 0) + int((example.gold == 1).sum())
    rows, labels, mass = [], [], []
    for example in examples:
        counted = example.gold >= 0
        columns = example.around if second else example.pairs.features
        rows.append(np.stack([columns[name][counted] for name in names], axis=1))
        labels.append(example.gold[counted])
        mass.append(np.full(int(counted.sum()), MASS / max(totals[example.genre], 1)))
    table, gold, weight = np.concatenate(rows), np.concatenate(labels), np.concatenate(mass)
    means = np.average(table, axis=0, weights=weight)
    spreads = np.sqrt(np.average((table - means) ** 2, axis=0, weights=weight)) + 1e-6
    regression = LogisticRegression(C=1 / PENALTY, solver="newton-cholesky", max_iter=200, tol=1e-8)
    regression.fit((table - means) / spreads, gold, sample_weight=weight)
    factors = regression.coef_[0] / spreads
    return Stage(_level(regression.intercept_[0]), tuple(names), _levels(means), _levels(factors))


def _level(value: float) -> float:
    """Six significant digits: more would differ from machine to machine."""
    return float(f"{value:.6g}")


def _levels(values: Floats) -> tuple[float, ...]:
    return tuple(_level(value) for value in values)


def first_scores(stage: Stage, example: Example) -> None:
    """Give an example the second stage's features by a given first stage."""
    pairs = example.pairs
    parts = stage.parts(pairs.features)
    for name in parts:
        if name in OUTSIDE:
            parts[name] = np.where(pairs.inside, 0.0, parts[name])
    score = add_up(stage.bias, parts, len(pairs.left))
    example.around = context(pairs, score, np.where(pairs.inside, 0.0, probability(score)))


def train(examples: Sequence[Example], names: Sequence[str]) -> Model:
    """Fit both stages; the second on first-stage scores of stories that were held out."""
    for held in folds(examples, INNER):
        rest = [example for number, example in enumerate(examples) if number not in set(held)]
        stage = fit(rest, names, second=False)
        for number in held:
            first_scores(stage, examples[number])
    second = fit(examples, list(examples[0].around), second=True)
    first = fit(examples, names, second=False)
    return Model("unnamed", 0.5, first, second)


def cross_validate(
    examples: Sequence[Example], names: Sequence[str], genres: int
) -> tuple[float, list[dict[str, float]]]:
    """The best threshold over all genres, and each genre's figures there."""
    judged: dict[float, list[Predicted | None]] = {t: [None] * len(examples) for t in THRESHOLDS}
    for held in folds(examples, OUTER):
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
    smooth = {t: np.mean([_mean_f1(by_threshold.get(round(t + d, 2))) for d in (-0.02, -0.01, 0, 0.01, 0.02)])
              for t in THRESHOLDS[2:-2]}
    best = max(smooth, key=lambda t: (round(float(smooth[t]), 5), -t))
    return best, by_threshold[best]


def _mean_f1(figures: list[dict[str, float]] | None) -> float:
    return 0.0 if figures is None else float(np.mean([figure["links_f1"] for figure in figures]))


def predict(example: Example, model: Model, threshold: float) -> Predicted:
    """What the real grouping makes of a story."""
    alignment = judge(example.pairs, model, settings=Settings(threshold=threshold))
    scores = {pair(link.x, link.y): link.probability for link in alignment.links}
    return Predicted(scores, accepted(alignment), {})


def _short(figures: dict[str, dict[str, float]]) -> dict[str, float]:
    links, ranking = figures["links"], figures["ranking"]
    return {
        "links_precision": round(links["precision"], 3),
        "links_recall": round(links["recall"], 3),
        "links_f1": round(links["f1"], 3),
        "average_precision": round(ranking["average_precision"], 3),
        "calibration_error": round(ranking["ece"], 3),
        "absent_f1": round(figures["absent"]["f1"], 3),
    }


def describe(
    model: Model, examples: Sequence[Example], names: Sequence[str], threshold: float
) -> dict[str, object]:
    """The weights as they are written; named by their digest."""
    body = {"threshold": threshold, "first": _rows(model.first), "second": _rows(model.second)}
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()[:8]
    return {"name": digest, **body}


def _rows(stage: Stage) -> dict[str, object]:
    features = {
        name: {"mean": mean, "weight": factor}
        for name, mean, factor in zip(stage.features, stage.means, stage.factors, strict=True)
    }
    return {"bias": stage.bias, "features": features}


if __name__ == "__main__":
    main()
