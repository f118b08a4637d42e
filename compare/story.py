"""``compare_story``: one story through all stages. The only place that knows their order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from compare import coverage, findings, wording
from compare.align import align
from compare.claims import claims
from compare.errors import SourceError
from compare.model import Article, Claim, Comparison, Reading, Sentence, Settings, Story
from compare.readers.corrections import refuse_wrong
from compare.segment import split

# Time and memory grow with the square of the sentences, and of the words of a sentence.
MOST_SENTENCES = 4_000
LONGEST_SENTENCE = 5_000  # characters


def compare_story(story: Story, settings: Settings | None = None) -> Comparison:
    """Find what the articles of a story share, reword, dispute and leave out.

    Args:
        story: Two or more articles; their order makes no difference.
        settings: Threshold and semantic model; the defaults when None.

    Returns:
        The comparison. Every sentence of every article stands in exactly one of its claims.

    Raises:
        SourceError: The story is too large to be compared.
        Problems: A correction speaks of sentences that are not there, or are others.
        CrossreadError: The semantic model cannot be loaded.
    """
    articles = tuple(sorted(story.articles, key=lambda article: article.id))
    sentences = tuple(split(article) for article in articles)
    ordered = replace(story, articles=articles)
    _refuse_vast(ordered, sentences)
    return compare_sentences(ordered, sentences, settings)


def _refuse_vast(story: Story, sentences: Sequence[tuple[Sentence, ...]]) -> None:
    """Refuse what could take the machine's memory or the whole day."""
    count = sum(map(len, sentences))
    if count > MOST_SENTENCES:
        raise SourceError(
            f"the story has {count:,} sentences, more than the {MOST_SENTENCES:,} that can be compared",
            path=f"sources/{story.id}",
            hint="part it into several stories, or take out the longest articles",
        )
    for article, own in zip(story.articles, sentences, strict=True):
        longest = max((len(sentence.text) for sentence in own), default=0)
        if longest > LONGEST_SENTENCE:
            raise SourceError(
                f"has a sentence of {longest:,} characters; {LONGEST_SENTENCE:,} can be compared",
                path=article.source or f"sources/{story.id}",
                hint="end sentences with a full stop, or part them by an empty line",
            )


def compare_sentences(
    story: Story, sentences: Sequence[tuple[Sentence, ...]], settings: Settings | None = None
) -> Comparison:
    """As ``compare_story``, for articles that are segmented already.

    Args:
        story: The articles.
        sentences: Of each article, in the story's order of articles.
        settings: As for ``compare_story``.

    Raises:
        Problems: A correction speaks of sentences that are not there, or are others.
        CrossreadError: The semantic model cannot be loaded.
    """
    refuse_wrong(story, chain.from_iterable(sentences))
    alignment = align(
        sentences,
        [article.language for article in story.articles],
        corrections=story.corrections,
        settings=settings or Settings(),
    )
    articles = {article.id: article for article in story.articles}
    compared = [compare_readings(claim, articles) for claim in claims(alignment, story.articles)]
    ordered = coverage.order(compared)
    families = coverage.families(story.articles, sentences)
    return Comparison(
        story=story,
        sentences=tuple(sentences),
        claims=ordered,
        findings=coverage.headlines(ordered, articles),
        families=families,
        terms=coverage.terms(ordered, articles),
        summaries=coverage.summaries(story.articles, sentences, ordered, families),
        threshold=alignment.threshold,
        signature=alignment.signature,
    )


def compare_readings(claim: Claim, articles: Mapping[str, Article]) -> Claim:
    """Compare the words of a claim's readings with its base, judge its gaps, examine what differs."""
    base = claim.base_reading.text
    readings = tuple([_reading(reading, base, claim, articles) for reading in claim.readings])
    compared = replace(claim, readings=readings)
    found = findings.examine(compared, articles)
    return replace(compared, findings=found) if found else compared


def _reading(reading: Reading, base: str, claim: Claim, articles: Mapping[str, Article]) -> Reading:
    if reading.wording == "base":
        return reading
    if reading.wording == "omitted":
        gap = coverage.omission(claim, articles[reading.article], articles, reading.nearest)
        return replace(reading, omission=gap)
    edits = wording.diff(base, reading.text)
    if reading.wording == "part":
        return replace(reading, edits=edits)
    same = all(edit.op == "equal" for edit in edits)
    return replace(reading, wording="same" if same else "reworded", edits=edits)
