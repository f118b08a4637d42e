"""A sentence as the rules read it, and how differences between two sentences become findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple

from compare.findings.lexicon import lexicon
from compare.model import Article, Claim, Finding, FindingKind, Place, Sentence, Variant
from compare.text import Word, primary, stems, stop_words, words


@lru_cache(maxsize=16)
def _function_words(language: str) -> frozenset[str]:
    return lexicon("function", language) or stop_words(language)


_MANY = 36  # pairs of sentences of two readings, from which not all of them are compared
_PARTNERS = 4
MOST = 40  # numbers, dates, names or negators of one sentence that are compared; no honest sentence has more


class Parsed:
    """The words, stems and content of one sentence.

    Attributes:
        text: The sentence.
        language: BCP 47 tag of its article.
        words: Normalised, with offsets into ``text``.
        names: The words of ``words``, without offsets.
        stems: One for each word.
    """

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self.words: tuple[Word, ...] = words(text)
        self.names = [word.text for word in self.words]
        self.stems = stems(self.names, language)

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems of the words that carry meaning; no function words, no figures."""
        return frozenset(self.meaning) - {""}

    @cached_property
    def meaning(self) -> tuple[str, ...]:
        """For each word its stem, or "" for a function word or a figure."""
        idle = _function_words(self.language)
        return tuple(
            "" if name in idle or name[0].isdigit() else stem
            for name, stem in zip(self.names, self.stems, strict=True)
        )

    @cached_property
    def capital(self) -> tuple[bool, ...]:
        """For each word whether it is written with a capital."""
        return tuple(self.text[word.start].isupper() for word in self.words)

    def near(self, first: int, last: int, reach: int) -> frozenset[str]:
        """Content stems up to ``reach`` words before word ``first`` and from word ``last`` on."""
        around = self.meaning[max(0, first - reach) : first] + self.meaning[last : last + reach]
        return frozenset(around) - {""}

    def between(self, word: int) -> str:
        """What stands between a word and the one before it."""
        start = self.words[word - 1].end if word else 0
        end = self.words[word].start if word < len(self.words) else len(self.text)
        return self.text[start:end]


@lru_cache(maxsize=2048)  # a sentence is read by every rule and for every partner
def parse(text: str, language: str) -> Parsed:
    """The sentence as the rules read it."""
    return Parsed(text, language)


class Side(NamedTuple):
    """A sentence of a claim with the article that it stands in."""

    article: Article
    sentence: Sentence

    @property
    def parsed(self) -> Parsed:
        """The sentence as the rules read it."""
        return parse(self.sentence.text, self.article.language)


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
    note: str = ""


def sides(claim: Claim, articles: Mapping[str, Article]) -> list[list[Side]]:
    """The sentences of each reading that has any, the base reading's first."""
    carried = sorted(claim.carried, key=lambda reading: reading.article != claim.base)
    return [[Side(articles[reading.article], s) for s in reading.told] for reading in carried]


def pairs(groups: Sequence[Sequence[Side]]) -> Iterator[tuple[Side, Side]]:
    """Every two sentences of different articles in one language that do not read the same, the base's first.

    Where two readings have many sentences, each is paired with the few that share most content with it.
    """
    for ours, theirs in combinations(groups, 2):
        if primary(ours[0].article.language) != primary(theirs[0].article.language):
            continue
        many = len(ours) * len(theirs) > _MANY
        for a in ours:
            for b in _partners(a, theirs) if many else theirs:
                if a.sentence.text != b.sentence.text:
                    yield a, b


def _partners(side: Side, others: Sequence[Side]) -> list[Side]:
    content = side.parsed.content
    shared = [len(content & other.parsed.content) for other in others]
    best = sorted((i for i, count in enumerate(shared) if count), key=lambda i: (-shared[i], i))[:_PARTNERS]
    return [others[i] for i in sorted(best)]


def place(side: Side, start: int, end: int) -> Place:
    """A place from offsets into a sentence."""
    sentence = side.sentence
    return Place(
        sentence.article, sentence.id, sentence.start + start, sentence.start + end, sentence.text[start:end]
    )


def gather(kind: FindingKind, differences: Iterable[Difference]) -> tuple[Finding, ...]:
    """Join the differences of a claim so that many outlets give one finding and not one a pair.

    Differences of one relation that share a place belong together; sides with equal values are one
    variant. The variant that came first in the claim stays first.
    """
    findings = []
    by_relation: dict[tuple[str, bool], list[Difference]] = {}
    for difference in differences:
        by_relation.setdefault((difference.relation, difference.disputed), []).append(difference)
    for (relation, disputed), found in by_relation.items():
        for group in _connected(found):
            variants: dict[str, dict[Place, None]] = {}
            values: dict[str, str] = {}
            for difference in group:
                for mark in (difference.old, difference.new):
                    value = values.setdefault(mark.key or mark.value, mark.value)
                    variants.setdefault(value, {})[mark.place] = None
            if len(variants) > 1:
                findings.append(
                    Finding(
                        kind=kind,
                        relation=relation,
                        rule=f"{kind}.{relation.replace(' ', '-')}",
                        disputed=disputed,
                        variants=tuple(Variant(value, tuple(places)) for value, places in variants.items()),
                        note=group[0].note,
                    )
                )
    return tuple(findings)


def _connected(differences: Sequence[Difference]) -> list[list[Difference]]:
    """Differences that share a place, directly or through others, in order of their first."""
    group_of: dict[Place, int] = {}
    groups: list[list[Difference]] = []
    for difference in differences:
        known = sorted({group_of[m.place] for m in (difference.old, difference.new) if m.place in group_of})
        target = known[0] if known else len(groups)
        if not known:
            groups.append([])
        for other in known[1:]:
            groups[target].extend(groups[other])
            groups[other] = []
            group_of.update({key: target for key, group in group_of.items() if group == other})
        groups[target].append(difference)
        group_of[difference.old.place] = group_of[difference.new.place] = target
    return [group for group in groups if group]
