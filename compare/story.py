"""``compare_story``: one story through all stages. The only place that knows their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from compare import coverage, findings
from compare.align.claims import claims
from compare.align.links import align
from compare.errors import SourceError
from compare.model import Alignment, Comparison, Sentence, Settings, Story
from compare.site.readers.corrections import refuse_wrong
from compare.text.segment import split

# Time and memory grow with the square of the sentences, and of the words of a sentence.
MOST_SENTENCES = 4_000
LONGEST_SENTENCE = 5_000  # characters


def compare_story(story: Story, settings: Settings | None = None) -> Comparison:
    """Find what the articles of a story share, reword, dispute and leave out.

    Args:
        story: Two or more articles; their order makes no difference.
        settings: The threshold; the default when None.

    Returns:
        The comparison. Every sentence of every article stands in exactly one of its claims.

    Raises:
        SourceError: The story is too large to be compared.
        Problems: A correction speaks of sentences that are not there, or are others.
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
    """
    refuse_wrong(story, chain.from_iterable(sentences))
    alignment = align(
        sentences,
        [article.language for article in story.articles],
        corrections=story.corrections,
        settings=settings or Settings(),
    )
    return compare_aligned(story, sentences, alignment)


def compare_aligned(
    story: Story, sentences: Sequence[tuple[Sentence, ...]], alignment: Alignment
) -> Comparison:
    """As ``compare_sentences``, for sentences that are aligned already."""
    articles = {article.id: article for article in story.articles}
    judged = claims(alignment, story.articles)
    examined = findings.examine(judged, articles)
    ordered = coverage.order([coverage.with_standing(claim) for claim in examined])
    families = coverage.families(story.articles, sentences)
    return Comparison(
        story=story,
        sentences=tuple(sentences),
        claims=ordered,
        families=families,
        terms=coverage.terms(ordered, articles),
        agencies=coverage.agencies(story.articles),
        summaries=coverage.summaries(story.articles, sentences, ordered, families),
        threshold=alignment.threshold,
        signature=alignment.signature,
    )
