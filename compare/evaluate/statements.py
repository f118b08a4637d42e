"""What pages sum up from links, held against gold links: is each such statement true?

Five statements, each counted over all claims of all stories by the code that writes the pages
(``Claim.standing``, ``Claim.lacking`` and the states of readings):

in_all: the claim is said to be in every article. Right when its base sentence has a gold link into
    every other article. Recall is over all sentences that have such links.
most: it is said to be in more than half of the articles. Right when the base sentence has gold links
    into so many that, with its own, they are more than half. Recall is over all such sentences; those
    of claims said to be in all count as found.
left_out: an article is said to lack a claim that two or more others, and most of them, tell, a part
    of it at least. Right when no sentence of the claim has a gold or an ignored link into that article.
    Recall is over all sentences and articles of which gold says so.
only_here: a claim is said to be in one article alone. Right when its sentences have no gold link at all.
    Recall is over all sentences without one.
no_match: one article is marked as having no matching sentence for a claim, be it that it was published
    earlier. Right and recall as for left_out, whoever else tells the claim.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from compare.evaluate.gold import GoldStory
from compare.model import SILENT, Claim

STATEMENTS = ("in_all", "most", "left_out", "only_here", "no_match")
Figures = dict[str, dict[str, float]]


def measure_statements(gold: Sequence[GoldStory], said: Sequence[Sequence[Claim]]) -> Figures:
    """Precision, count and recall of each statement.

    Args:
        gold: Annotated stories.
        said: The claims of each, as pages show them.
    """
    made: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for story, claims in zip(gold, said, strict=True):
        truth = _Truth(story)
        for name, is_right in _made(truth, claims):
            made[name] += 1
            right[name] += is_right
        told = {(name, *place) for name, place in _told(claims)}
        for name, place in truth.wanted():
            wanted[name] += 1
            found[name] += (name, *place) in told
    return {
        name: {
            "precision": right[name] / made[name] if made[name] else 0.0,
            "count": made[name],
            "recall": found[name] / wanted[name] if wanted[name] else 0.0,
        }
        for name in STATEMENTS
    }


class _Truth:
    """What the gold links of a story say of a sentence and another article."""

    def __init__(self, story: GoldStory) -> None:
        self.articles = tuple(story.articles)
        self.sentences = [f"{a}:{n}" for a, texts in story.articles.items() for n in range(len(texts))]
        self._linked = {(x, y.rpartition(":")[0]) for link in story.links for x, y in (link, link[::-1])}
        self._ignored = {(x, y.rpartition(":")[0]) for skip in story.ignore for x, y in (skip, skip[::-1])}

    def others(self, sentence: str) -> list[str]:
        """The articles that the sentence is not of."""
        own = sentence.rpartition(":")[0]
        return [article for article in self.articles if article != own]

    def linked(self, sentence: str) -> int:
        """How many other articles it has a gold link into."""
        return sum((sentence, article) in self._linked for article in self.others(sentence))

    def lacks(self, sentence: str, article: str) -> bool:
        """Whether neither a gold nor an ignored link leads from the sentence into the article."""
        return not {(sentence, article)} & (self._linked | self._ignored)

    def wanted(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every true statement with the sentence, and the article, that it is about."""
        for sentence in self.sentences:
            linked, others = self.linked(sentence), self.others(sentence)
            if others and linked == len(others):
                yield "in_all", (sentence,)
            if 2 * (linked + 1) > len(self.articles):
                yield "most", (sentence,)
            if not linked:
                yield "only_here", (sentence,)
            yield from (("no_match", (sentence, a)) for a in others if self.lacks(sentence, a))
            if linked and 2 * (linked + 1) > len(others):
                yield from (("left_out", (sentence, a)) for a in others if self.lacks(sentence, a))


def _made(truth: _Truth, claims: Sequence[Claim]) -> Iterator[tuple[str, bool]]:
    for claim in claims:
        if claim.heading:
            continue
        own = [s for reading in claim.readings for s in reading.sentences]
        base = claim.base_sentence.id
        if claim.standing == "all":
            yield "in_all", truth.linked(base) == len(claim.readings) - 1
        elif claim.standing == "most":
            yield "most", 2 * (truth.linked(base) + 1) > len(claim.readings)
        elif claim.standing == "only":
            yield "only_here", not any(truth.linked(sentence.id) for sentence in own)
        for article in claim.lacking:
            yield "left_out", all(truth.lacks(sentence.id, article) for sentence in own)
        for reading in claim.readings:
            if reading.state in SILENT:
                yield "no_match", all(truth.lacks(sentence.id, reading.article) for sentence in own)


_NAMES: Mapping[str, tuple[str, ...]] = {
    "all": ("in_all", "most"),
    "most": ("most",),
    "only": ("only_here",),
}


def _told(claims: Sequence[Claim]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every statement made, with each sentence that it speaks of."""
    for claim in claims:
        told = [s for r in claim.readings if r.in_full for s in r.sentences]
        for sentence in told:
            yield from ((name, (sentence.id,)) for name in _NAMES.get(claim.standing, ()))
            yield from (("left_out", (sentence.id, article)) for article in claim.lacking)
            silent = [reading.article for reading in claim.readings if reading.state in SILENT]
            yield from (("no_match", (sentence.id, article)) for article in silent)
