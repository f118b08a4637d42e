"""Simple methods on the same stories: one similarity, one threshold, no claims."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from compare.align.similarity.baselines import THRESHOLDS, baseline
from compare.evaluate.gold import GoldStory, pair
from compare.evaluate.measures import Figures, Predicted, measure
from compare.evaluate.stories import sentences


def baselines(stories: Sequence[GoldStory]) -> dict[str, Figures]:
    """The figures of each method, by name."""
    result = {}
    for name, threshold in THRESHOLDS.items():
        tables = [baseline(name, sentences(story), story.languages) for story in stories]
        result[name] = _figures(stories, tables, threshold)
    return result


def _figures(stories: Sequence[GoldStory], tables: Sequence[np.ndarray], threshold: float) -> Figures:
    return measure(
        stories, [_predicted(story, table, threshold) for story, table in zip(stories, tables, strict=True)]
    )


def _predicted(story: GoldStory, table: np.ndarray, threshold: float) -> Predicted:
    found = [sentence for article in sentences(story) for sentence in article]
    scores = {
        pair(one.id, two.id): float(np.clip(table[i, j], 0, 1))
        for i, one in enumerate(found)
        for j, two in enumerate(found[:i])
        if one.article != two.article
    }
    return Predicted(scores, frozenset(p for p, score in scores.items() if score >= threshold))
