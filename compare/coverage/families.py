"""Articles that copy one text, by the runs of words that they share.

As passim (Smith, Cordell and Mullen, *Computational methods for uncovering reprinted texts*, 2015) and
superfastmatch do it: word n-grams that stand in two articles are laid over each, and the words that they
cover are counted. Words in quotation marks are left out, because independent articles quote the same
people. A sentence of a copy belongs to the sentence of the original with which it shares most word pairs.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from compare.model import Article, Copy, Family, Sentence
from compare.text import normalise, words

_RUN = 4  # words; at 40 % edited words a quarter of a copy still stands in runs of four
_SHARE = 0.16  # of the shorter article's words in common runs, from which it counts as a copy
_PASSAGE_RUN = 8  # words of a run that no two reporters write alike by chance
_PASSAGE = 50  # words in such runs, from which a passage counts as copied, however long the article
_SENTENCE = 0.3  # of a sentence's word pairs, from which it is another's copy
_QUOTED = re.compile(r"“[^”]{1,2000}”|«[^»]{1,2000}»|\"[^\"\n]{1,2000}\"")
_CREDIT = re.compile(r"\(([A-Z][A-Za-z ]{1,30})\)|[—–-]\s?([A-Z][A-Za-z ]{1,30})\s*$")


class _Text(NamedTuple):
    """An article's own words.

    Attributes:
        ids: One number for each distinct word.
        sentences: Ids of body sentences with the numbers of all their words.
    """

    ids: NDArray[np.int64]
    sentences: tuple[tuple[str, tuple[int, ...]], ...]


def families(articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]]) -> tuple[Family, ...]:
    """Find the articles that copy one text.

    Args:
        articles: The story's articles.
        sentences: Of each article, in text order.

    Returns:
        Families ordered by their first member; an article is in at most one of them.
    """
    texts = _texts(articles, sentences)
    grams = [_grams(text.ids, _RUN) for text in texts]
    long_grams = [_grams(text.ids, _PASSAGE_RUN) for text in texts]
    parent = list(range(len(articles)))
    for i, j in combinations(range(len(articles)), 2):
        if _root(parent, i) != _root(parent, j) and _copies(grams, long_grams, texts, i, j):
            parent[_root(parent, j)] = _root(parent, i)
    groups: dict[int, list[int]] = {}
    for i in range(len(articles)):
        groups.setdefault(_root(parent, i), []).append(i)
    found = [_family(articles, texts, grams, group) for group in groups.values() if len(group) > 1]
    return tuple(sorted(found, key=lambda family: family.members))


def origins(articles: Sequence[Article], found: Sequence[Family]) -> int:
    """How many independent texts a story has: a family counts once."""
    return len(articles) - sum(len(family.members) - 1 for family in found)


def copied(
    articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]], found: Sequence[Family]
) -> Mapping[str, float]:
    """Article id → share of its own words in runs that stand in another member of its family, 0..1."""
    place = {article.id: i for i, article in enumerate(articles)}
    shares = {copy.article: copy.shared for family in found for copy in family.copies}
    if found:
        texts = _texts(articles, sentences)
        grams = [_grams(text.ids, _RUN) for text in texts]
        for family in found:
            others = [grams[place[m]] for m in family.members if m != family.original]
            shares[family.original] = _share(grams[place[family.original]], others, _RUN)
    return shares


def _texts(articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]]) -> list[_Text]:
    numbers: dict[str, int] = {}
    texts = []
    for article, own in zip(articles, sentences, strict=True):
        quoted = [match.span() for match in _QUOTED.finditer(article.text)]
        ends = [end for _, end in quoted]
        unquoted: list[int] = []
        by_sentence = []
        for sentence in own:
            if sentence.kind != "body":
                continue
            all_words = []
            for word in words(sentence.text):
                number = numbers.setdefault(word.text, len(numbers))
                all_words.append(number)
                at = sentence.start + word.start
                index = bisect_left(ends, at + 1)
                if index == len(quoted) or at < quoted[index][0]:
                    unquoted.append(number)
            by_sentence.append((sentence.id, tuple(all_words)))
        texts.append(_Text(np.array(unquoted, dtype=np.int64), tuple(by_sentence)))
    return texts


def _grams(ids: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """A number for each run of ``size`` words (a polynomial hash modulo 2**63, overflow intended)."""
    if len(ids) < size:
        return np.empty(0, dtype=np.int64)
    runs = np.lib.stride_tricks.sliding_window_view(ids, size)
    total = np.zeros(len(runs), dtype=np.uint64)
    for column in range(size):
        total = (
            total * np.uint64(6364136223846793005)
            + runs[:, column].astype(np.uint64)
            + np.uint64(1442695040888963407)
        )
    return total.view(np.int64)


def _covered(grams: NDArray[np.int64], others: Sequence[NDArray[np.int64]], size: int) -> int:
    """How many words stand in runs that also stand in others."""
    if not len(grams):
        return 0
    shared = np.isin(grams, np.concatenate(others)) if others else np.zeros(len(grams), dtype=bool)
    cover = np.zeros(len(grams) + size - 1, dtype=bool)
    for shift in range(size):
        cover[shift : shift + len(grams)] |= shared
    return int(cover.sum())


def _share(grams: NDArray[np.int64], others: Sequence[NDArray[np.int64]], size: int) -> float:
    return round(_covered(grams, others, size) / (len(grams) + size - 1), 4) if len(grams) else 0.0


def _copies(
    grams: Sequence[NDArray[np.int64]],
    long_grams: Sequence[NDArray[np.int64]],
    texts: Sequence[_Text],
    i: int,
    j: int,
) -> bool:
    short, long = (i, j) if len(texts[i].ids) <= len(texts[j].ids) else (j, i)
    if len(texts[short].ids) < _RUN * 4:
        return False
    if _share(grams[short], [grams[long]], _RUN) >= _SHARE:
        return True
    return _covered(long_grams[short], [long_grams[long]], _PASSAGE_RUN) >= _PASSAGE


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _family(
    articles: Sequence[Article],
    texts: Sequence[_Text],
    grams: Sequence[NDArray[np.int64]],
    group: Sequence[int],
) -> Family:
    members = sorted(articles[i].id for i in group)
    agency = _agency([articles[i] for i in group])
    original, basis = _original(articles, texts, group, agency)
    copies = []
    for i in sorted(group, key=lambda i: articles[i].id):
        if i != original:
            shared = _share(grams[i], [grams[j] for j in group if j != i], _RUN)
            copies.append(_copy(articles[i].id, shared, texts[original], texts[i]))
    return Family(
        id=hashlib.sha256("\n".join(members).encode()).hexdigest()[:8],
        members=tuple(members),
        original=articles[original].id,
        basis=basis,
        agency=agency,
        copies=tuple(copies),
    )


def _agency(members: Sequence[Article]) -> str | None:
    """The agency that most members credit, in a field or in a credit line."""
    named = Counter(name for article in members if (name := article.agency or _credit(article)))
    return min(named, key=lambda name: (-named[name], name)) if named else None


def _credit(article: Article) -> str | None:
    """``(Reuters)`` in the first lines or ``— AP`` at the end, as far as text alone can tell a credit."""
    head = _CREDIT.search(article.text[: len(article.title or "") + 160])
    if head and head[1]:
        return head[1]
    tail = _CREDIT.search(article.text[-60:].rstrip())
    return (tail[1] or tail[2]) if tail and tail.end() == len(article.text[-60:].rstrip()) else None


def _original(
    articles: Sequence[Article], texts: Sequence[_Text], group: Sequence[int], agency: str | None
) -> tuple[int, str]:
    """The likely original and why: the agency's own, the one that others credit, the earliest, the fullest."""
    by_id = sorted(group, key=lambda i: articles[i].id)
    for i in by_id:
        names = {normalise(articles[i].outlet.name), normalise(articles[i].outlet.id)}
        if agency and normalise(agency) in names:
            return i, "agency"
        credited = {
            normalise(a) for j in group if j != i and (a := articles[j].agency or _credit(articles[j]))
        }
        if names & credited:
            return i, "credit"
    dated = {i: t for i in by_id if (t := articles[i].published) is not None}
    if len(dated) == len(by_id) and len(set(dated.values())) > 1:
        return min(by_id, key=lambda i: (dated[i], -len(texts[i].ids), articles[i].id)), "earliest"
    return min(by_id, key=lambda i: (-len(texts[i].ids), articles[i].id)), "fullest"


def _copy(article: str, shared: float, original: _Text, copy: _Text) -> Copy:
    """What a copy cut, added and moved."""
    source = [(sid, _pairs(numbers)) for sid, numbers in original.sentences]
    target = [(sid, _pairs(numbers)) for sid, numbers in copy.sentences]
    matches = [_best(pairs, source) for _, pairs in target]
    used = {match for match in matches if match is not None}
    return Copy(
        article,
        shared,
        cut=tuple(
            sid for i, (sid, pairs) in enumerate(source) if i not in used and _best(pairs, target) is None
        ),
        added=tuple(sid for (sid, _), match in zip(target, matches, strict=True) if match is None),
        moved=tuple(target[i][0] for i in _out_of_order(matches)),
    )


def _pairs(numbers: Sequence[int]) -> frozenset[tuple[int, int]]:
    return frozenset(pairwise(numbers)) or frozenset((n, -1) for n in numbers)


def _best(
    pairs: frozenset[tuple[int, int]], others: Sequence[tuple[str, frozenset[tuple[int, int]]]]
) -> int | None:
    """The index of the sentence with most of these word pairs, if it has enough."""
    counts = [len(pairs & other) for _, other in others]
    if not counts or not pairs:
        return None
    best = max(range(len(counts)), key=lambda i: (counts[i], -i))
    smaller = min(len(pairs), len(others[best][1])) or 1
    return best if counts[best] >= _SENTENCE * smaller else None


def _out_of_order(matches: Sequence[int | None]) -> list[int]:
    """Indices that a longest run of matches in the original's order leaves out."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for i, match in enumerate(matches):
        if match is None:
            continue
        at = bisect_left(tails, match + 1)  # two sentences made of one stand in order
        before[i] = ends[at - 1] if at else None
        tails[at : at + 1] = [match]
        ends[at : at + 1] = [i]
    kept = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return [i for i, match in enumerate(matches) if match is not None and i not in kept]
