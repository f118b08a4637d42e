"""The sentences of a claim, laid side by side once for all rules, and what rules find between two of them.

A claim's ``Sides`` are paired, the rule of each kind tells the ``Difference`` of every ``Pair``, and
``gather`` makes findings of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from compare.findings.parsed import parse
from compare.model import Article, Claim, Finding, FindingKind, Place, Sentence, Variant
from compare.text import primary, words

LIKELY = 0.5  # probability of a link from which its sentences more likely than not speak of one fact
SURE = 0.7  # from which their sums of money are one too, of which a story tells many, and their only numbers


class Mark(NamedTuple):
    """One side of a difference.

    Attributes:
        place: Where it stands.
        value: What it says, in a form people can read.
        key: By which values are the same; "" for the value itself.
    """

    place: Place
    value: str
    key: str = ""


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

    def place(self, start: int, end: int) -> Place:
        """A place from offsets into the sentence."""
        own = self.sentence
        return Place(own.article, own.id, own.start + start, own.start + end, own.text[start:end])

    def mark(self, first: int, last: int, key: str = "") -> Mark:
        """The words from ``first`` to before ``last``, as they are written."""
        told = self.parsed.words
        spot = self.place(told[first].start, told[last - 1].end)
        return Mark(spot, spot.text, key)


class Pair(NamedTuple):
    """Two sentences of a claim that a rule lays side by side.

    Attributes:
        a: The one that comes first in the claim.
        b: The other, in the same language.
        common: Stems of content that both have.
        sure: Whether a link of ``SURE`` joins them.
    """

    a: Side
    b: Side
    common: frozenset[str]
    sure: bool


class Sides:
    """The sentences of a claim, read once for all rules.

    Attributes:
        pairs: Every two sentences of different articles in one language that a link of ``LIKELY`` joins
            and that do not read the same, the base's first. A claim without links is taken as given, and
            all of its sentences are paired.
        told: All sentences of the claim, by article; {} where all articles read the same.
        full: The articles that tell the whole claim.
    """

    __slots__ = ("full", "pairs", "told")

    def __init__(self, claim: Claim, articles: Mapping[str, Article]) -> None:
        carried = sorted(claim.carried, key=lambda reading: reading.article != claim.base)
        own = {r.article: tuple(dict.fromkeys((*r.sentences, *r.also))) for r in carried}
        texts = {name: [sentence.text for sentence in told] for name, told in own.items()}
        self.full = {reading.article for reading in carried if reading.in_full}
        self.told: dict[str, list[Side]] = {}
        self.pairs: list[Pair] = []
        if all(text == texts[claim.base] for text in texts.values()):
            return  # as in most claims
        self.told = {name: [Side(articles[name], s) for s in told] for name, told in own.items()}
        sides = [side for told in self.told.values() for side in told]
        number = {side.sentence.id: at for at, side in enumerate(sides)}
        linked = [(number.get(n.x, -1), number.get(n.y, -1), n.probability) for n in claim.links]
        given = [(x, y, 1.0) for x, y in combinations(range(len(sides)), 2)] if not claim.links else []
        for x, y, probability in sorted((min(x, y), max(x, y), found) for x, y, found in linked or given):
            a, b = sides[x], sides[y]
            ours, theirs = a.article, b.article
            # one text in two articles differs in nothing
            apart = a.sentence.text != b.sentence.text and texts[ours.id] != texts[theirs.id]
            likely = x >= 0 and probability >= LIKELY
            if likely and apart and primary(ours.language) == primary(theirs.language):
                self.pairs.append(Pair(a, b, a.parsed.content & b.parsed.content, probability >= SURE))


def neither_has(ours: Article, old: str, theirs: Article, new: str) -> bool:
    """Whether neither of two articles has the other's words anywhere: small letters, one space between."""
    return f" {new} " not in _running(ours.text) and f" {old} " not in _running(theirs.text)


@lru_cache(maxsize=64)
def _running(text: str) -> str:
    return f" {' '.join([word.text for word in words(text)])} "


class Difference(NamedTuple):
    """What a rule found between two sentences.

    Attributes:
        relation: In the words of the kind's module.
        disputed: Whether both cannot be right.
        old: The side that comes first in the claim.
        new: The other side.
        note: Inputs of the rule in one plain sentence.
    """

    relation: str
    disputed: bool
    old: Mark
    new: Mark
    note: str


def gather(kind: FindingKind, differences: Iterable[Difference]) -> Iterator[Finding]:
    """Join the differences of a claim so that many outlets give one finding and not one a pair.

    Differences of one relation that share a place, directly or through others, belong together; sides with
    equal values are one variant. The variant that came first in the claim stays first.
    """
    groups: list[list[Difference]] = []
    for difference in differences:
        places = {difference.old.place, difference.new.place}
        near = [g for g in groups if g[0].relation == difference.relation and _touches(g, places)]
        joined = [*(d for group in near for d in group), difference]
        groups = [joined if near and g is near[0] else g for g in groups if g not in near[1:]]
        groups += [] if near else [joined]
    for group in groups:
        variants: dict[str, dict[Place, None]] = {}
        values: dict[str, str] = {}
        for mark in (mark for difference in group for mark in (difference.old, difference.new)):
            value = values.setdefault(mark.key or mark.value, mark.value)
            variants.setdefault(value, {})[mark.place] = None
        if len(variants) > 1:
            first = group[0]
            sides = tuple([Variant(value, tuple(places)) for value, places in variants.items()])
            rule = f"{kind}.{first.relation}"
            yield Finding(kind, first.relation, rule, first.disputed, sides, first.note)


def _touches(group: Iterable[Difference], places: set[Place]) -> bool:
    return any(d.old.place in places or d.new.place in places for d in group)
