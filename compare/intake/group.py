"""A heap of articles → proposed stories.

Articles are near when they share telling words: stems weighted by tf·idf, cosine of the vectors.
Pairs are then merged, the nearest first, as long as the two groups are near on average and fit
into one time window (average linkage). Every proposal says which words decided.

The vectors are rows of one inverted index in numpy: the tables of ``align`` are dense and would take
600 MB for ten thousand articles. scikit-learn would bring the same in half the lines and 100 MB;
MinHash sketches (datasketch) find copies, not two reports of one event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from heapq import heapify, heappop, heappush
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, NamedTuple

from compare.text import primary, stems, stop_words, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

NEAR = 0.2
WINDOW = timedelta(days=4)

_TERMS = 60  # most telling stems kept of one article
_READ = 6000  # characters of an article that are looked at: news says what it is about first
_COMMON = 0.2  # share of articles beyond which a stem tells nothing, in a heap of some size
_TITLE = 3  # a word of the title counts as so many
_REASONS = 6
_UNSPACED = ("zh", "ja", "th", "km", "lo", "my")


class Item(NamedTuple):
    """An article of the heap.

    Attributes:
        id: Unique in the heap; orders everything that is a tie.
        title: Or "".
        text: The body.
        language: BCP 47 tag; articles of different languages are never near.
        published: With time zone, or None, which fits into every window.
    """

    id: str
    title: str
    text: str
    language: str = "en"
    published: datetime | None = None


class Proposal(NamedTuple):
    """Articles that seem to tell one story.

    Attributes:
        items: Two or more, ordered by time and id.
        nearness: Mean cosine over their pairs, 0..1.
        reasons: The stems that weigh most in that, as words of the articles.
    """

    items: tuple[Item, ...]
    nearness: float
    reasons: tuple[str, ...]


class Grouping(NamedTuple):
    """What was found in a heap.

    Attributes:
        proposals: Largest and nearest first.
        alone: Articles that are near no other, ordered by id.
    """

    proposals: tuple[Proposal, ...]
    alone: tuple[Item, ...]


class _Vector(NamedTuple):
    """An article by its telling stems.

    Attributes:
        stems: Their numbers, ascending.
        weights: The tf·idf of each; the length of the vector is 1.
        shown: A word that the article has for each.
    """

    stems: NDArray[np.int64]
    weights: NDArray[np.float64]
    shown: dict[int, str]


_Pairs = dict[tuple[int, int], float]  # the cosine of two articles, the smaller number first


def propose(heap: Sequence[Item], *, near: float = NEAR, window: timedelta = WINDOW) -> Grouping:
    """Sort a heap into stories.

    The order of the heap makes no difference.

    Args:
        heap: Articles with different ids.
        near: Mean cosine from which articles are one story, 0..1.
        window: Longest time between the first and the last article of a story.
    """
    items = sorted(heap, key=lambda item: item.id)
    if not items:
        return Grouping((), ())
    vectors = _vectors(items)
    pairs = _pairs(items, vectors, near / 2, window)
    groups = _merge(items, pairs, near, window)
    found = [_proposal(items, group, vectors, pairs) for group in groups if len(group) > 1]
    found.sort(key=lambda proposal: (-len(proposal.items), -proposal.nearness, proposal.items[0].id))
    return Grouping(tuple(found), tuple(items[group[0]] for group in groups if len(group) == 1))


def _vectors(items: Sequence[Item]) -> list[_Vector]:
    import numpy as np

    counted = [_count(item) for item in items]
    documents = Counter(stem for count, _ in counted for stem in count)
    limit = max(_COMMON * len(items), 12)
    names = sorted(stem for stem, times in documents.items() if 1 < times <= limit)
    number = {stem: at for at, stem in enumerate(names)}
    idf = np.array([np.log(len(items) / documents[stem]) + 1 for stem in names])
    vectors: list[_Vector] = []
    for count, shown in counted:
        kept = sorted(number.keys() & count.keys())
        stem = np.array([number[name] for name in kept], np.int64)
        weight = (1 + np.log(np.array([count[name] for name in kept], float))) * idf[stem]
        best = np.sort(np.lexsort((stem, -weight))[:_TERMS])
        stem, weight = stem[best], weight[best]
        words_shown = {at: shown[names[at]] for at in stem.tolist()}
        vectors.append(_Vector(stem, weight / (np.sqrt((weight**2).sum()) or 1), words_shown))
    return vectors


def _count(item: Item) -> tuple[Counter[str], dict[str, str]]:
    """Stems with how often they stand in an article, marked with their language; and a word for each."""
    language = primary(item.language)
    stop = stop_words(language)
    count: Counter[str] = Counter()
    surface: dict[str, str] = {}
    for text, times in ((item.text[:_READ], 1), (item.title, _TITLE)):
        found = [(word.text, text[word.start : word.end]) for word in words(text)]
        if language in _UNSPACED:  # a letter tells little, two in a row a word
            found = [(x + y, shown + next_shown) for (x, shown), (y, next_shown) in pairwise(found)]
        telling = [(word, shown) for word, shown in found if word not in stop and len(word) > 1]
        for stem, (_, shown) in zip(stems([word for word, _ in telling], language), telling, strict=True):
            count[f"{language}:{stem}"] += times
            surface.setdefault(f"{language}:{stem}", shown)
    return count, surface


def _pairs(items: Sequence[Item], vectors: Sequence[_Vector], least: float, window: timedelta) -> _Pairs:
    """The pairs that may be one story."""
    import numpy as np

    stems_of_all = np.concatenate([vector.stems for vector in vectors])
    order = np.argsort(stems_of_all, kind="stable")
    listed = stems_of_all[order]
    rows = np.repeat(np.arange(len(items)), [len(vector.stems) for vector in vectors])[order]
    weights = np.concatenate([vector.weights for vector in vectors])[order]
    times = np.array([item.published.timestamp() if item.published else np.nan for item in items])
    found: _Pairs = {}
    for at, vector in enumerate(vectors):
        score = np.zeros(len(items))
        begins = np.searchsorted(listed, vector.stems)
        ends = np.searchsorted(listed, vector.stems, "right")
        for begin, end, weight in zip(begins, ends, vector.weights, strict=True):
            score[rows[begin:end]] += weights[begin:end] * weight  # a row has a stem once
        score[: at + 1] = 0
        apart = np.abs(times - times[at]) > window.total_seconds()  # unknown times are never apart
        for other in np.flatnonzero((score >= least) & ~apart):
            found[at, int(other)] = float(score[other])
    return found


def _merge(items: Sequence[Item], pairs: _Pairs, near: float, window: timedelta) -> list[list[int]]:
    """Groups by average linkage over the near pairs, each sorted, in the order of their first."""
    groups = {at: [at] for at in range(len(items))}
    sums: dict[int, dict[int, float]] = {at: {} for at in groups}
    for (x, y), score in pairs.items():
        sums[x][y] = sums[y][x] = score
    queue = [(-score, x, y) for (x, y), score in pairs.items() if score >= near]
    heapify(queue)
    while queue:
        negative, x, y = heappop(queue)
        if x not in groups or y not in groups:
            continue
        mean = sums[x][y] / (len(groups[x]) * len(groups[y]))
        if mean != -negative or not _fits(items, groups[x] + groups[y], window):
            continue
        groups[x] += groups.pop(y)
        for other, score in sums.pop(y).items():
            del sums[other][y]
            if other != x:
                sums[x][other] = sums[other][x] = sums[x].get(other, 0.0) + score
        for other, score in sums[x].items():
            mean = score / (len(groups[x]) * len(groups[other]))
            if mean >= near:
                heappush(queue, (-mean, min(x, other), max(x, other)))
    return sorted(sorted(group) for group in groups.values())


def _fits(items: Sequence[Item], group: Sequence[int], window: timedelta) -> bool:
    times = [moment for at in group if (moment := items[at].published) is not None]
    return not times or max(times) - min(times) <= window


def _proposal(
    items: Sequence[Item], group: Sequence[int], vectors: Sequence[_Vector], pairs: _Pairs
) -> Proposal:
    scores = [pairs.get(pair, 0.0) for pair in combinations(group, 2)]
    shared: Counter[int] = Counter()
    shown: dict[int, list[str]] = {}
    for at in group:
        for stem, weight in zip(vectors[at].stems.tolist(), vectors[at].weights.tolist(), strict=True):
            shared[stem] += weight
            shown.setdefault(stem, []).append(vectors[at].shown[stem])
    telling = sorted(
        (stem for stem, words_shown in shown.items() if len(words_shown) > 1),
        key=lambda stem: (-shared[stem], stem),
    )
    reasons = tuple(_most_used(shown[stem]) for stem in telling[:_REASONS])
    ordered = sorted(
        (items[at] for at in group),
        key=lambda item: (item.published is None, str(item.published or ""), item.id),
    )
    return Proposal(tuple(ordered), sum(scores) / len(scores), reasons)


def _most_used(shown: Sequence[str]) -> str:
    found = Counter(shown)
    return min(found, key=lambda word: (-found[word], word))
