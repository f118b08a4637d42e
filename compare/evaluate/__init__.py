"""``crossread evaluate``: the real pipeline on annotated stories, measured.

``gold`` reads the annotations, ``measures`` counts, ``baselines`` are simpler methods to stand beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

from compare import findings
from compare.align import align
from compare.claims import claims
from compare.evaluate.gold import GoldStory, Pair, pair
from compare.evaluate.measures import Figures, Predicted, measure
from compare.model import (
    Alignment,
    Article,
    Block,
    Claim,
    Finding,
    Outlet,
    Reading,
    Sentence,
    Settings,
)

__all__ = ["Figures", "GoldStory", "Predicted", "articles", "measure", "predict", "sentences"]


def articles(story: GoldStory) -> tuple[Article, ...]:
    """A gold story's articles: each one paragraph, its sentences parted by a space."""
    result = []
    for (name, texts), language in zip(story.articles.items(), story.languages, strict=True):
        text = " ".join(texts)
        block = Block("paragraph", 0, len(text))
        result.append(Article(name, Outlet(name, name, name[:4].upper()), text, (block,), language))
    return tuple(result)


def sentences(story: GoldStory) -> tuple[tuple[Sentence, ...], ...]:
    """The annotated sentences, named as in the gold file."""
    result = []
    for name, texts in story.articles.items():
        found, start = [], 0
        for index, text in enumerate(texts):
            found.append(Sentence(f"{name}:{index}", name, index, start, start + len(text), text))
            start += len(text) + 1
        result.append(tuple(found))
    return tuple(result)


def predict(story: GoldStory, settings: Settings, *, gold_links: bool = False) -> Predicted:
    """Run the pipeline on a story's sentences.

    Args:
        story: The story.
        settings: Of the comparison.
        gold_links: Look for conflicts in the gold links instead of the claims that were found.
    """
    alignment = align(sentences(story), story.languages, settings=settings)
    found = _gold_claims(story) if gold_links else claims(alignment, articles(story))
    return Predicted(
        scores={pair(link.x, link.y): link.probability for link in alignment.links},
        accepted=accepted(alignment),
        conflicts=_conflicts(story, found),
    )


def accepted(alignment: Alignment) -> frozenset[Pair]:
    """Every two sentences of different articles that stand in one claim."""
    return frozenset(
        pair(one.id, two.id)
        for group in alignment.groups
        for one, two in combinations(group, 2)
        if one.article != two.article
    )


def _gold_claims(story: GoldStory) -> Iterator[Claim]:
    """A claim of two sentences for every gold link."""
    named = {sentence.id: sentence for article in sentences(story) for sentence in article}
    for x, y in sorted(story.links):
        readings = tuple(
            Reading(named[name].article, (named[name],), wording, probability=1.0)
            for name, wording in ((x, "base"), (y, "reworded"))
        )
        yield Claim(id=f"{x} {y}", base=named[x].article, readings=readings)


def _conflicts(story: GoldStory, found: Iterable[Claim]) -> dict[Pair, str]:
    by_id = {article.id: article for article in articles(story)}
    result: dict[Pair, str] = {}
    for claim in found:
        if len(claim.carried) < 2:
            continue
        for finding in findings.examine(claim, by_id):
            if finding.disputed:
                for between in _sides(finding):
                    result.setdefault(between, finding.kind)
    return result


def _sides(finding: Finding) -> Iterator[Pair]:
    for one, two in combinations(finding.variants, 2):
        for here, there in product(one.places, two.places):
            if here.article != there.article:
                yield pair(here.sentence, there.sentence)


def evaluate(stories: Sequence[GoldStory], settings: Settings) -> Figures:
    """Predict and measure."""
    return measure(stories, [predict(story, settings) for story in stories])
