"""Each article's measures within its story."""

from __future__ import annotations

from collections.abc import Sequence

from compare.model import FULL, Article, ArticleSummary, Claim, Family, Sentence
from compare.text import words


def summaries(
    articles: Sequence[Article],
    sentences: Sequence[Sequence[Sentence]],
    claims: Sequence[Claim],
    families: Sequence[Family],
) -> tuple[ArticleSummary, ...]:
    """Words, claims and copying of each article, in the story's order.

    Claims made of headlines and sub-headings alone do not count, and only full readings do.
    """
    counted = [claim for claim in claims if not claim.heading]
    shares = {copy.article: copy.shared for family in families for copy in family.copies}
    shares |= {family.original: family.shared for family in families}
    return tuple(
        _summary(article, own, counted, shares.get(article.id, 0.0))
        for article, own in zip(articles, sentences, strict=True)
    )


def _summary(
    article: Article, sentences: Sequence[Sentence], counted: Sequence[Claim], share: float
) -> ArticleSummary:
    body = [sentence for sentence in sentences if sentence.kind == "body"]
    states = [reading.state for c in counted for reading in c.readings if reading.article == article.id]
    return ArticleSummary(
        article=article.id,
        words=sum(len(words(sentence.text)) for sentence in body),
        sentences=len(body),
        claims=sum(state in FULL for state in states),
        parts=states.count("part"),
        unique=sum(claim.standing == "only" and claim.base == article.id for claim in counted),
        absent=sum(article.id in claim.lacking for claim in counted),
        copied=share,
    )
