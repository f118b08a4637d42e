"""Features → calibrated probabilities → links → claims, over all articles of a story at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from compare.model import Alignment, Correction, Evidence, Link, Sentence, Settings
from compare.similarity import Pairs, compare

_DEFAULTS = Settings()
LISTED = 0.05  # links below this probability are not listed
_BIAS, _WEIGHTS, _THRESHOLD = -4.2, (8.0, 1.5, 2.5), 0.25


def align(
    articles: Sequence[Sequence[Sentence]],
    languages: Sequence[str],
    *,
    corrections: Sequence[Correction] = (),
    settings: Settings = _DEFAULTS,
) -> Alignment:
    """Link the sentences of a story's articles and group them into claims.

    Args:
        articles: The sentences of each article, in text order.
        languages: BCP 47 tag of each article; only articles in one language are aligned.
        corrections: What the editor decided; obeyed whatever the probabilities say.
        settings: The threshold, and the semantic model if one is used.
    """
    pairs = compare(articles, languages)
    contributions = pairs.values * np.array(_WEIGHTS)
    probability = 1 / (1 + np.exp(-(_BIAS + contributions.sum(axis=1))))
    threshold = _THRESHOLD if settings.threshold is None else settings.threshold
    labels = _group(pairs, probability - threshold)
    return Alignment(
        _links(pairs, contributions, probability), _groups(articles, labels), threshold, "provisional"
    )


def _links(pairs: Pairs, contributions: np.ndarray, probability: np.ndarray) -> tuple[Link, ...]:
    links = []
    for n in np.nonzero(probability >= LISTED)[0]:
        x, y = sorted((pairs.sentences[pairs.left[n]].id, pairs.sentences[pairs.right[n]].id))
        evidence = [
            Evidence(name, float(value), float(part))
            for name, value, part in zip(pairs.features, pairs.values[n], contributions[n], strict=True)
        ]
        evidence.sort(key=lambda e: (-abs(e.weight), e.feature))
        links.append(Link(x, y, round(float(probability[n]), 4), tuple(evidence)))
    return tuple(sorted(links, key=lambda link: (-link.probability, link.x, link.y)))


def _group(pairs: Pairs, gain: np.ndarray) -> list[int]:
    """Greedy correlation clustering: join the two groups with the greatest gain while there is one."""
    count = len(pairs.sentences)
    table = np.zeros((count, count))
    owner = np.array(_owners(pairs.sentences))
    table[owner[:, None] != owner[None, :]] = -0.1
    table[pairs.left, pairs.right] = table[pairs.right, pairs.left] = gain
    np.fill_diagonal(table, -np.inf)
    labels = list(range(count))
    while count > 1:
        best = int(np.argmax(table))
        a, b = divmod(best, count)
        if table[a, b] <= 0:
            break
        table[a] += table[b]
        table[:, a] = table[a]
        table[b], table[:, b], table[a, a] = -np.inf, -np.inf, -np.inf
        labels = [a if label == b else label for label in labels]
    return labels


def _owners(sentences: Sequence[Sentence]) -> list[int]:
    ids = sorted({sentence.article for sentence in sentences})
    return [ids.index(sentence.article) for sentence in sentences]


def _groups(
    articles: Sequence[Sequence[Sentence]], labels: Sequence[int]
) -> tuple[tuple[Sentence, ...], ...]:
    members: dict[int, list[Sentence]] = {}
    flat = [sentence for article in articles for sentence in article]
    for sentence, label in zip(flat, labels, strict=True):
        members.setdefault(label, []).append(sentence)
    ordered = [tuple(sorted(group, key=_place)) for group in members.values()]
    return tuple(sorted(ordered, key=lambda group: _place(group[0])))


def _place(sentence: Sentence) -> tuple[str, int]:
    return sentence.article, sentence.index
