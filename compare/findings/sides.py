"""The sentences of a claim, laid side by side once for all rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations, product
from typing import NamedTuple

from compare.findings.parsed import parse
from compare.model import Article, Claim, Edit, Place, Reading, Sentence
from compare.text import primary, words
from compare.text.wording import near_edits

_ALIKE = 0.5  # of the stems of content, which near copies have in common: fewer need no comparison by words
LIKELY = 0.5  # probability of a link from which its sentences more likely than not speak of one fact
SUMS = 0.7  # from which their sums of money are likely one: a story tells of many


class Side:
    """A sentence of a claim with the article that it stands in.

    Attributes:
        article: The article.
        sentence: The sentence.
        parsed: The sentence as the rules read it.
    """

    __slots__ = ("article", "parsed", "sentence")

    def __init__(self, article: Article, sentence: Sentence) -> None:
        self.article = article
        self.sentence = sentence
        self.parsed = parse(sentence.text, article.language)


class Pair(NamedTuple):
    """Two sentences of a claim that a rule lays side by side.

    Attributes:
        a: The one that comes first in the claim.
        b: The other, in the same language.
        common: Stems of content that both have.
    """

    a: Side
    b: Side
    common: frozenset[str]


class Sides:
    """The sentences of a claim, read once for all rules.

    Attributes:
        pairs: Every two sentences of different articles in one language that a link of ``LIKELY`` joins
            and that do not read the same, the base's first. A claim without links is taken as given, and
            all of its sentences are paired.
        sums: The pairs that a link of ``SUMS`` joins: only their sums of money are compared.
        copies: Near copies among the pairs, of articles that tell the whole claim: one side, the other, and
            the edits between them.
        told: All sentences of the claim, by article.
    """

    __slots__ = ("copies", "pairs", "sums", "told")

    def __init__(self, claim: Claim, articles: Mapping[str, Article]) -> None:
        carried: list[Reading] = sorted(claim.carried, key=lambda reading: reading.article != claim.base)
        groups = [
            [Side(articles[r.article], sentence) for sentence in dict.fromkeys((*r.sentences, *r.also))]
            for r in carried
        ]
        linked = {frozenset((link.x, link.y)): link.probability for link in claim.links}
        given = 0.0 if claim.links else 1.0
        self.pairs: list[Pair] = []
        self.sums: list[Pair] = []
        for a, b in _facing(groups):
            probability = linked.get(frozenset((a.sentence.id, b.sentence.id)), given)
            if probability >= LIKELY:
                self.pairs.append(Pair(a, b, a.parsed.content & b.parsed.content))
            if probability >= SUMS:
                self.sums.append(self.pairs[-1])
        self.told = {group[0].article.id: group for group in groups}
        full = {reading.article for reading in carried if reading.in_full}
        self.copies = [
            (a, b, edits)
            for a, b, common in self.pairs
            if a.article.id in full and b.article.id in full and (edits := _edits(a, b, common))
        ]


def _facing(groups: Sequence[Sequence[Side]]) -> Iterator[tuple[Side, Side]]:
    """Every two sentences of different articles in one language that do not read the same."""
    for ours, theirs in combinations(groups, 2):
        if primary(ours[0].article.language) != primary(theirs[0].article.language):
            continue
        if [a.sentence.text for a in ours] == [b.sentence.text for b in theirs]:
            continue  # one text in two articles differs in nothing
        yield from ((a, b) for a, b in product(ours, theirs) if a.sentence.text != b.sentence.text)


def _edits(a: Side, b: Side, common: frozenset[str]) -> tuple[Edit, ...]:
    """What turns one sentence into another of which it is a near copy; () for other sentences."""
    most = max(len(a.parsed.content), len(b.parsed.content))
    if len(common) < _ALIKE * most:
        return ()
    return near_edits(a.sentence.text, b.sentence.text)


def neither_has(ours: Article, old: str, theirs: Article, new: str) -> bool:
    """Whether neither of two articles has the other's words anywhere: small letters, one space between."""
    return f" {new} " not in _running(ours.text) and f" {old} " not in _running(theirs.text)


@lru_cache(maxsize=64)
def _running(text: str) -> str:
    return f" {' '.join([word.text for word in words(text)])} "


def place(side: Side, start: int, end: int) -> Place:
    """A place from offsets into a sentence."""
    sentence = side.sentence
    return Place(
        sentence.article, sentence.id, sentence.start + start, sentence.start + end, sentence.text[start:end]
    )


def place_of_words(side: Side, first: int, last: int) -> Place:
    """The place of the words from ``first`` to before ``last``."""
    words = side.parsed.words
    return place(side, words[first].start, words[last - 1].end)


def place_in_text(side: Side, start: int, end: int) -> Place:
    """A place from offsets into the article's text, as quotations have them, that go past their sentence."""
    return Place(side.article.id, side.sentence.id, start, end, side.article.text[start:end])
