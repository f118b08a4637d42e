"""``crossread evaluate``: the real pipeline on annotated stories, measured.

``gold`` reads the annotations, ``stories`` turns them into the pipeline's types, ``measures`` counts,
``baselines`` are simpler methods to stand beside.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path

from compare import findings
from compare.align.links import align, describe
from compare.evaluate.baselines import baselines
from compare.evaluate.gold import GoldStory, Pair, pair, read
from compare.evaluate.measures import Dispute, Figures, Predicted, measure
from compare.evaluate.statements import measure_statements
from compare.evaluate.stories import articles, sentences
from compare.model import Alignment, Claim, Finding, Reading, Settings, Story
from compare.story import compare_aligned


@dataclass(frozen=True, slots=True)
class Result:
    """What an evaluation found.

    Attributes:
        stories: Names of the stories.
        predicted: What the pipeline said of each.
        figures: Its figures.
        statements: Precision, count and recall of what pages sum up; see ``statements``.
        baselines: Figures of simpler methods by name; empty when they were not asked for.
        signature: Weights, settings and gold file in one line.
    """

    stories: tuple[str, ...]
    predicted: tuple[Predicted, ...]
    figures: Figures
    statements: Figures
    baselines: dict[str, Figures]
    signature: str


def predict(story: GoldStory, settings: Settings, *, gold_links: bool = False) -> Predicted:
    """Run the pipeline on a story's sentences.

    Args:
        story: The story.
        settings: Of the comparison.
        gold_links: Look for conflicts in the gold links instead of the claims that were found.
    """
    alignment = align(sentences(story), story.languages, settings=settings)
    return predicted(story, alignment, gold_links=gold_links)


def predicted(story: GoldStory, alignment: Alignment, *, gold_links: bool = False) -> Predicted:
    """What the pipeline says of a story that is aligned already; see ``predict``."""
    whole = Story(story.id, story.id, articles(story))
    made = compare_aligned(whole, sentences(story), alignment).claims
    asked = made
    if gold_links:
        by_id = {article.id: article for article in whole.articles}
        asked = findings.examine(tuple(_gold_claims(story)), by_id)
    disputed = (finding for claim in asked for finding in claim.findings if finding.disputed)
    return Predicted(
        scores={pair(link.x, link.y): link.probability for link in alignment.links},
        accepted=accepted(alignment, made),
        shown=shown(made),
        disputes=tuple([Dispute(finding.kind, frozenset(_sides(finding))) for finding in disputed]),
        claims=made,
    )


def accepted(alignment: Alignment, made: Iterable[Claim]) -> frozenset[Pair]:
    """Every two sentences that pages show as one claim, or that a link from the threshold on joins."""
    linked = (pair(ln.x, ln.y) for ln in alignment.links if ln.probability >= alignment.threshold)
    return shown(made).union(linked)


def shown(made: Iterable[Claim]) -> frozenset[Pair]:
    """Every two sentences of different articles in one claim: both stand there, or a link joins them."""
    found: set[Pair] = set()
    for claim in made:
        standing = [sentence for reading in claim.readings for sentence in reading.sentences]
        found.update(pair(a.id, b.id) for a, b in combinations(standing, 2) if a.article != b.article)
        found.update(pair(link.x, link.y) for link in claim.links)
    return frozenset(found)


def _gold_claims(story: GoldStory) -> Iterator[Claim]:
    """A claim of two sentences for every gold link."""
    named = {sentence.id: sentence for article in sentences(story) for sentence in article}
    for x, y in sorted(story.links):
        one, two = named[x], named[y]
        readings = (Reading(one.article, (one,), "base"), Reading(two.article, (two,), "reworded"))
        yield Claim(id=f"{x} {y}", base=one.article, readings=readings)


def _sides(finding: Finding) -> Iterator[Pair]:
    """The pairs of sentences that a finding sets against each other."""
    for one, two in combinations(finding.variants, 2):
        for here, there in product(one.places, two.places):
            if here.article != there.article:
                yield pair(here.sentence, there.sentence)


def evaluate(path: Path, settings: Settings, *, gold_links: bool = False, simple: bool = False) -> Result:
    """Run the pipeline on a gold file and measure it.

    Args:
        path: The gold file.
        settings: Of the comparisons.
        gold_links: Look for conflicts in the gold links.
        simple: Measure the baselines too.

    Raises:
        Problems: The gold file is not right.
    """
    stories = read(path)
    said = [predict(story, settings, gold_links=gold_links) for story in stories]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return Result(
        stories=tuple(story.id for story in stories),
        predicted=tuple(said),
        figures=measure(stories, said),
        statements=measure_statements(stories, [each.claims for each in said]),
        baselines=baselines(stories) if simple else {},
        signature=f"{describe(settings)} | gold {path.name} sha256:{digest}",
    )


def predictions(result: Result) -> Iterator[str]:
    """A result's pairs and conflicts, one story a line, as JSON."""
    for story, said in zip(result.stories, result.predicted, strict=True):
        pairs = sorted(said.accepted | set(said.scores))
        links = [[x, y, said.scores.get((x, y), 0.0), (x, y) in said.accepted] for x, y in pairs]
        conflicts = sorted({(*found, dispute.kind) for dispute in said.disputes for found in dispute.pairs})
        yield json.dumps({"story": story, "links": links, "conflicts": conflicts}, ensure_ascii=False)
