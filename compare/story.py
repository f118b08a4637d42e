"""``compare_story``: one story through all stages. ``STAGES`` is the only place that knows their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from msgspec.structs import replace

from compare import coverage, findings
from compare.align.claims import claims
from compare.align.links import align
from compare.errors import SourceError
from compare.model import (
    Agency,
    Alignment,
    ArticleSummary,
    Claim,
    Comparison,
    Family,
    Sentence,
    Settings,
    Story,
    Term,
)
from compare.site.readers.corrections import refuse_wrong
from compare.text.segment import split

# Time and memory grow with the square of the sentences, and of the words of a sentence.
MOST_SENTENCES = 4_000
LONGEST_SENTENCE = 5_000  # characters
_NOT_YET = Alignment((), (), 0.0, "")


@dataclass(slots=True)
class StoryState:
    """A story on its way: each stage reads what those before it made, and adds its own.

    Attributes:
        story: Its articles in the order of their ids.
        settings: The threshold.
        sentences: Of each article, in the story's order of articles.
        alignment: The links and groups of the sentences.
        claims: Every sentence stands in exactly one.
        families: Articles that copy one text.
        terms: What is called by different names.
        agencies: The news agencies that articles name.
        summaries: One for each article.
    """

    story: Story
    settings: Settings
    sentences: tuple[tuple[Sentence, ...], ...] = ()
    alignment: Alignment = _NOT_YET
    claims: tuple[Claim, ...] = ()
    families: tuple[Family, ...] = ()
    terms: tuple[Term, ...] = ()
    agencies: tuple[Agency, ...] = ()
    summaries: tuple[ArticleSummary, ...] = ()


def _segment(state: StoryState) -> None:
    state.sentences = tuple(split(article) for article in state.story.articles)


def _refuse_vast(state: StoryState) -> None:
    """Refuse what could take the machine's memory or the whole day."""
    count = sum(map(len, state.sentences))
    if count > MOST_SENTENCES:
        raise SourceError(
            f"the story has {count:,} sentences, more than the {MOST_SENTENCES:,} that can be compared",
            path=f"sources/{state.story.id}",
            hint="part it into several stories, or take out the longest articles",
        )
    for article, own in zip(state.story.articles, state.sentences, strict=True):
        longest = max((len(sentence.text) for sentence in own), default=0)
        if longest > LONGEST_SENTENCE:
            raise SourceError(
                f"has a sentence of {longest:,} characters; {LONGEST_SENTENCE:,} can be compared",
                path=article.source or f"sources/{state.story.id}",
                hint="end sentences with a full stop, or part them by an empty line",
            )


def align_story(story: Story, sentences: Sequence[tuple[Sentence, ...]], settings: Settings) -> Alignment:
    """The links and groups of a story's sentences, with the editor's corrections.

    Raises:
        Problems: A correction speaks of sentences that are not there, or are others.
    """
    refuse_wrong(story, chain.from_iterable(sentences))
    languages = [article.language for article in story.articles]
    return align(sentences, languages, corrections=story.corrections, settings=settings)


def _align(state: StoryState) -> None:
    state.alignment = align_story(state.story, state.sentences, state.settings)


def _judge(state: StoryState) -> None:
    state.claims = claims(state.alignment, state.story.articles)


def _examine(state: StoryState) -> None:
    articles = {article.id: article for article in state.story.articles}
    state.claims = findings.examine(state.claims, articles)


def _order(state: StoryState) -> None:
    state.claims = coverage.order([coverage.with_standing(claim, state.families) for claim in state.claims])


def _find_families(state: StoryState) -> None:
    state.families = coverage.families(state.story.articles, state.sentences)


def _sum_up(state: StoryState) -> None:
    articles = state.story.articles
    state.terms = coverage.terms(state.claims, {article.id: article for article in articles})
    state.agencies = coverage.agencies(articles)
    state.summaries = coverage.summaries(articles, state.sentences, state.claims, state.families)


# The way of a story. What is segmented or aligned already joins it further down.
STAGES: tuple[tuple[str, Callable[[StoryState], None]], ...] = (
    ("segment", _segment),
    ("bounds", _refuse_vast),
    ("align", _align),
    ("claims", _judge),
    ("findings", _examine),
    ("families", _find_families),
    ("order", _order),
    ("coverage", _sum_up),
)


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
    return _compared(StoryState(replace(story, articles=articles), settings or Settings()), "segment")


def compare_aligned(
    story: Story, sentences: Sequence[tuple[Sentence, ...]], alignment: Alignment
) -> Comparison:
    """As ``compare_story``, for articles that are segmented and aligned already."""
    return _compared(StoryState(story, Settings(), tuple(sentences), alignment), "claims")


def _compared(state: StoryState, first: str) -> Comparison:
    """The comparison that the stages from the first one on make."""
    names = [name for name, _ in STAGES]
    for _, stage in STAGES[names.index(first) :]:
        stage(state)
    return Comparison(
        story=state.story,
        sentences=state.sentences,
        claims=state.claims,
        families=state.families,
        terms=state.terms,
        agencies=state.agencies,
        summaries=state.summaries,
        threshold=state.alignment.stands,
        signature=state.alignment.signature,
    )
