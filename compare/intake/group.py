"""A heap of articles → proposed stories.

Articles are near when they share telling words: stems weighted by tf·idf, cosine of the vectors.
Pairs are then merged, the nearest first, as long as the two groups are near on average and fit
into one time window (average linkage). Every proposal says which words decided.

The vectors are rows of one inverted index in numpy. scikit-learn would bring the same in half the
lines and 100 MB; MinHash sketches (datasketch) find copies, not two reports of one event.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from compare.text import primary, stems, stop_words, words

if TYPE_CHECKING:
    import numpy as np

NEAR = 0.2
WINDOW = timedelta(days=4)

_TERMS = 60  # most telling stems kept of one article
_READ = 6000  # characters of an article that are looked at: news says what it is about first
_COMMON = 0.2  # share of articles beyond which a stem tells nothing, in a heap of some size
_TITLE = 3  # a word of the title counts as so many
_REASONS = 6
_UNSPACED = ("zh", "ja", "th", "km", "lo", "my")


@dataclass(frozen=True, slots=True)
class Item:
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


@dataclass(frozen=True, slots=True)
class Proposal:
    """Articles that seem to tell one story.

    Attributes:
        items: Two or more, ordered by time and id.
        nearness: Mean cosine over their pairs, 0..1.
        reasons: The stems that weigh most in that, as words of the articles.
    """

    items: tuple[Item, ...]
    nearness: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """What was found in a heap.

    Attributes:
        proposals: Largest and nearest first.
        alone: Articles that are near no other, ordered by id.
    """

    proposals: tuple[Proposal, ...]
    alone: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class _Index:
    """The articles' vectors.

    Attributes:
        starts: Row ``i`` lies at ``starts[i]:starts[i + 1]`` of the next two.
        columns: Number of a stem.
        weights: Its tf·idf; each row has length 1.
        stems: Stem and language by number.
        shown: Of each article, a word that it has for a stem's number.
    """

    starts: np.ndarray
    columns: np.ndarray
    weights: np.ndarray
    stems: tuple[str, ...]
    shown: tuple[dict[int, str], ...]


def propose(
    heap: Sequence[Item],
    *,
    near: float = NEAR,
    window: timedelta = WINDOW,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Grouping:
    """Sort a heap into stories.

    The order of the heap makes no difference.

    Args:
        heap: Articles with different ids.
        near: Mean cosine from which articles are one story, 0..1.
        window: Longest time between the first and the last article of a story.
        progress: Told how many articles of all are compared.
    """
    items = sorted(heap, key=lambda item: item.id)
    if not items:
        return Grouping((), ())
    index = _index(items)
    pairs = _pairs(items, index, near / 2, window, progress)
    groups = _merge(items, pairs, near, window)
    found = [
        _proposal([items[at] for at in group], group, index, pairs) for group in groups if len(group) > 1
    ]
    found.sort(key=lambda proposal: (-len(proposal.items), -proposal.nearness, proposal.items[0].id))
    return Grouping(tuple(found), tuple(items[group[0]] for group in groups if len(group) == 1))


def _index(items: Sequence[Item]) -> _Index:
    import numpy as np

    counted = [_count(item) for item in items]
    counts = [count for count, _ in counted]
    documents = Counter(stem for count in counts for stem in count)
    limit = max(_COMMON * len(items), 12)
    names = sorted(stem for stem, times in documents.items() if 1 < times <= limit)
    number = {stem: at for at, stem in enumerate(names)}
    idf = np.array([np.log(len(items) / documents[stem]) + 1 for stem in names])
    starts, columns, weights = [0], [np.zeros(0, np.int64)], [np.zeros(0)]
    shown: list[dict[int, str]] = []
    for count, surface in counted:
        kept = sorted(stem for stem in count if stem in number)
        column = np.array([number[stem] for stem in kept], np.int64)
        weight = (1 + np.log(np.array([count[stem] for stem in kept], float))) * idf[column]
        best = np.sort(np.lexsort((column, -weight))[:_TERMS])
        column, weight = column[best], weight[best]
        columns.append(column)
        weights.append(weight / (np.sqrt((weight**2).sum()) or 1))
        starts.append(starts[-1] + len(column))
        shown.append({at: surface[names[at]] for at in column.tolist()})
    return _Index(
        np.array(starts), np.concatenate(columns), np.concatenate(weights), tuple(names), tuple(shown)
    )


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


def _pairs(
    items: Sequence[Item],
    index: _Index,
    least: float,
    window: timedelta,
    progress: Callable[[int, int], None],
) -> dict[tuple[int, int], float]:
    """The cosine of each pair (smaller index first) that may be one story."""
    import numpy as np

    order = np.argsort(index.columns, kind="stable")
    rows = np.repeat(np.arange(len(items)), np.diff(index.starts))[order]
    weights = index.weights[order]
    bounds = np.searchsorted(index.columns[order], np.arange(len(index.stems) + 1))
    times = np.array([item.published.timestamp() if item.published else np.nan for item in items])
    found: dict[tuple[int, int], float] = {}
    for at in range(len(items)):
        score = np.zeros(len(items))
        for place in range(index.starts[at], index.starts[at + 1]):
            column = index.columns[place]
            part = slice(bounds[column], bounds[column + 1])
            score[rows[part]] += weights[part] * index.weights[place]  # a row has a stem once
        score[: at + 1] = 0
        apart = np.abs(times - times[at]) > window.total_seconds()  # unknown times are never apart
        for other in np.flatnonzero((score >= least) & ~apart):
            found[at, int(other)] = float(score[other])
        progress(at + 1, len(items))
    return found


def _merge(
    items: Sequence[Item], pairs: dict[tuple[int, int], float], near: float, window: timedelta
) -> list[list[int]]:
    """Groups by average linkage over the near pairs, each sorted, in the order of their first."""
    groups = {at: [at] for at in range(len(items))}
    sums: dict[int, dict[int, float]] = {at: {} for at in groups}
    for (x, y), score in pairs.items():
        sums[x][y] = sums[y][x] = score
    import heapq

    queue = [(-score, x, y) for (x, y), score in pairs.items() if score >= near]
    heapq.heapify(queue)
    while queue:
        negative, x, y = heapq.heappop(queue)
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
                heapq.heappush(queue, (-mean, min(x, other), max(x, other)))
    return [sorted(groups[at]) for at in sorted(groups, key=lambda at: min(groups[at]))]


def _fits(items: Sequence[Item], group: Sequence[int], window: timedelta) -> bool:
    times = [moment for at in group if (moment := items[at].published) is not None]
    return not times or max(times) - min(times) <= window


def _proposal(
    items: Sequence[Item], group: Sequence[int], index: _Index, pairs: dict[tuple[int, int], float]
) -> Proposal:
    scores = [pairs.get((x, y), 0.0) for place, x in enumerate(group) for y in group[place + 1 :]]
    shared: Counter[int] = Counter()
    seen: Counter[int] = Counter()
    for at in group:
        row = slice(index.starts[at], index.starts[at + 1])
        for column, weight in zip(index.columns[row].tolist(), index.weights[row].tolist(), strict=True):
            shared[column] += weight
            seen[column] += 1
    telling = sorted(
        (column for column in shared if seen[column] > 1), key=lambda column: (-shared[column], column)
    )
    reasons = tuple(_word([index.shown[at] for at in group], column) for column in telling[:_REASONS])
    ordered = sorted(items, key=lambda item: (item.published is None, str(item.published or ""), item.id))
    return Proposal(tuple(ordered), sum(scores) / len(scores), reasons)


def _word(shown: Sequence[dict[int, str]], column: int) -> str:
    """The word that most articles have for a stem."""
    found = Counter(words_shown[column] for words_shown in shown if column in words_shown)
    return min(found, key=lambda word: (-found[word], word))
