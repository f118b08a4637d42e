"""Features → calibrated probabilities → links → groups, over all articles of a story at once.

``weights`` holds the scoring model, ``grouping`` the objective that decides which sentences are one
claim, ``corrections`` what the editor decided. Support through a third article is no feature: the
grouping weighs all articles at once, and to count it in a pair's score as well made the claims worse.
Articles are put in the order of their ids first, so that their order makes no difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from compare import __version__
from compare.align import corrections as editor
from compare.align.grouping import FORBIDDEN, UNIT, Ints, group
from compare.align.similarity import OUTSIDE, Pairs, compare
from compare.align.weights import Floats, Model, load, probability
from compare.model import Alignment, Correction, Evidence, Link, Sentence, Settings
from compare.text.wording import same_words

LISTED = 0.05  # links below this probability are not listed
# Two thresholds, two jobs. From the settings' threshold on, a link is accepted, for whoever wants most of
# the true ones. To stand in one claim, or to be shown beside it, sentences must match more probably than
# not: of those below two in five are right, and looser groups run together what a long sentence touches.
STANDS = 0.5
INSIDE = 0.6  # probability from which two sentences of one article attract each other
TOLD = 4  # features that a link's evidence tells apart; the others are summed up as ``OTHERS``
OTHERS = "others"
EQUAL = 0.99  # probability of two accepted sentences with the same words
_DEFAULTS = Settings()


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
        corrections: What the editor decided, checked already; obeyed whatever the probabilities say.
        settings: The threshold.
    """
    order = sorted(range(len(articles)), key=lambda n: [sentence.id for sentence in articles[n][:1]])
    pairs = compare([articles[n] for n in order], [languages[n] for n in order])
    return judge(pairs, load(), corrections=corrections, settings=settings)


def judge(
    pairs: Pairs,
    model: Model,
    *,
    corrections: Sequence[Correction] = (),
    settings: Settings = _DEFAULTS,
) -> Alignment:
    """Link and group candidate pairs by a given model; for the arguments see ``align``."""
    decided = editor.resolve(corrections, pairs.sentences)
    threshold = model.threshold if settings.threshold is None else settings.threshold
    scores = score(pairs, model)
    equal = _equal(pairs, scores.probability, threshold)
    sure = np.maximum(scores.probability, np.where(equal, EQUAL, 0.0))
    scores = replace(scores, probability=sure)
    labels = _labels(pairs, scores.probability, threshold, decided)
    return Alignment(
        links=_links(pairs, scores, equal, decided),
        groups=_groups(pairs.sentences, labels),
        threshold=threshold,
        signature=_signature(model, settings),
        stands=max(threshold, STANDS),
        found=_found(pairs, scores.probability, decided),
    )


def _found(pairs: Pairs, probabilities: Floats, decided: editor.Decisions) -> dict[str, dict[str, float]]:
    """For ``Alignment.found``; pairs that the editor parted count for nothing."""
    apart = {frozenset(rows) for rows in decided.apart}
    parted = [
        row
        for row, ends in enumerate(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
        if apart and frozenset(ends) in apart
    ]
    silent = np.where(pairs.inside, 1.0, 1.0 - probabilities)
    silent[parted] = 1.0
    missing = np.ones((len(pairs.sentences), int(pairs.owner.max(initial=0)) + 1))
    np.multiply.at(missing, (pairs.left, pairs.owner[pairs.right]), silent)
    np.multiply.at(missing, (pairs.right, pairs.owner[pairs.left]), silent)
    names = {int(owner): s.article for owner, s in zip(pairs.owner.tolist(), pairs.sentences, strict=True)}
    articles = [names.get(number, "") for number in range(missing.shape[1])]
    rows = np.round(1.0 - missing, 4).tolist()
    return {
        sentence.id: dict(zip(articles, row, strict=True))
        for sentence, row in zip(pairs.sentences, rows, strict=True)
    }


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """What the model says of each pair.

    Attributes:
        probability: Calibrated, 0..1.
        parts: Features x pairs, what each added to the log-odds; with the model's bias they sum to them.
        names: Of the features, in the order of ``parts``.
    """

    probability: Floats
    parts: Floats
    names: tuple[str, ...]


def score(pairs: Pairs, model: Model) -> Scores:
    """Judge every pair.

    Two sentences of one article are judged by their words and by their rivals in that article: where
    they stand and what stands around them says nothing about whether an article repeats itself.
    """
    parts = model.parts(pairs.features)
    outside = [row for row, name in enumerate(model.features) if name in OUTSIDE]
    parts[outside] *= ~pairs.inside
    return Scores(probability(model.bias, parts), parts, model.features)


def _equal(pairs: Pairs, probabilities: Floats, threshold: float) -> NDArray[np.bool_]:
    """Which pairs are accepted and have the very same words: they are sure, whatever surrounds them."""
    equal = (probabilities >= threshold) & ~pairs.inside
    for row in np.flatnonzero(equal):
        x, y = pairs.sentences[pairs.left[row]].text, pairs.sentences[pairs.right[row]].text
        equal[row] = len(x) == len(y) and same_words(x, y)
    return equal


def _labels(pairs: Pairs, scores: Floats, threshold: float, decided: editor.Decisions) -> Ints:
    """The group of each sentence: bodies first, then each headline with the claim it fits best.

    A headline states no claim of its own.
    """
    gains = _gains(pairs, scores, max(threshold, STANDS), decided)
    bound = {row for rows in decided.together for row in rows}
    loose = np.array(
        [sentence.kind != "body" and row not in bound for row, sentence in enumerate(pairs.sentences)],
        dtype=np.bool_,
    )
    bodies = gains.copy()
    bodies[loose, :] = np.minimum(gains[loose, :], 0)
    bodies[:, loose] = np.minimum(gains[:, loose], 0)
    labels = group(bodies, together=decided.together)
    if loose.any():
        _attach(labels, gains, loose)
    return labels


def _gains(pairs: Pairs, scores: Floats, threshold: float, decided: editor.Decisions) -> Ints:
    """What it is worth to have two sentences in one group; see ``grouping``."""
    count = len(pairs.sentences)
    apart = pairs.owner[:, None] != pairs.owner[None, :]
    gains = np.where(apart, -round(UNIT * threshold), 0).astype(np.int64)
    bar = np.where(pairs.inside, INSIDE, threshold)
    worth = np.round(UNIT * scores).astype(np.int64) - np.round(UNIT * bar).astype(np.int64)
    worth = np.where(pairs.inside, np.maximum(worth, 0), worth)
    gains[pairs.left, pairs.right] = gains[pairs.right, pairs.left] = worth
    gains[np.arange(count), np.arange(count)] = 0
    for one, two in decided.apart:
        gains[one, two] = gains[two, one] = FORBIDDEN
    return gains


def _attach(labels: Ints, gains: Ints, loose: NDArray[np.bool_]) -> None:
    """Put each headline into the group where it gains most, merging none; leftovers join each other."""
    body = np.flatnonzero(~loose)
    left = []
    for row in np.flatnonzero(loose):
        won = np.bincount(labels[body], weights=gains[row, body], minlength=len(labels))
        best = int(won.argmax()) if len(body) else int(row)
        if len(body) and won[best] > 0:
            labels[row] = best
        else:
            left.append(int(row))
    if left:
        found = group(gains[np.ix_(left, left)])
        labels[left] = np.array(left)[found]


def _links(
    pairs: Pairs, scores: Scores, equal: NDArray[np.bool_], decided: editor.Decisions
) -> tuple[Link, ...]:
    names = np.array(scores.names, dtype=np.object_)
    listed = np.flatnonzero((scores.probability >= LISTED) & ~pairs.inside)
    parts = scores.parts[:, listed].T
    strongest = np.argsort(-np.abs(np.round(parts, 6)), axis=1, kind="stable")[:, :TOLD]
    told = np.take_along_axis(parts, strongest, axis=1).round(2) + 0.0  # 0.0 has no sign
    rest = ((parts.sum(axis=1) - told.sum(axis=1)).round(2) + 0.0).tolist()
    ids = [sentence.id for sentence in pairs.sentences]
    rows = zip(
        pairs.left[listed].tolist(),
        pairs.right[listed].tolist(),
        scores.probability[listed].tolist(),
        equal[listed].tolist(),
        names[strongest].tolist(),
        told.tolist(),
        rest,
        strict=True,
    )
    links = []
    for left, right, sure, by_words, *features, other in rows:
        x, y = min(ids[left], ids[right]), max(ids[left], ids[right])
        if by_words:
            links.append(Link(x, y, sure, (), "words"))
        else:
            links.append(Link(x, y, sure, (*map(Evidence, *features), Evidence(OTHERS, other))))
    return editor.overrule(links, decided, pairs.sentences)


def _groups(sentences: Sequence[Sentence], labels: Ints) -> tuple[tuple[Sentence, ...], ...]:
    members: dict[int, list[Sentence]] = {}
    for sentence, label in zip(sentences, labels.tolist(), strict=True):
        members.setdefault(label, []).append(sentence)
    ordered = [tuple(sorted(found, key=_place)) for found in members.values()]
    return tuple(sorted(ordered, key=lambda found: _place(found[0])))


def _place(sentence: Sentence) -> tuple[str, int]:
    return sentence.article, sentence.index


def describe(settings: Settings) -> str:
    """Program, weights and settings in one line, as a reader can quote them."""
    return _signature(load(), settings)


def _signature(model: Model, settings: Settings) -> str:
    threshold = model.threshold if settings.threshold is None else settings.threshold
    return f"crossread {__version__} | weights {model.name} | threshold {threshold:g}"
