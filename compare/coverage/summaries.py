"""Each article's measures within its story."""

from __future__ import annotations

from collections.abc import Sequence

from compare.model import Article, ArticleSummary, Claim, Family, Sentence
from compare.text import words


def summaries(
    articles: Sequence[Article],
    sentences: Sequence[Sequence[Sentence]],
    claims: Sequence[Claim],
    families: Sequence[Family],
) -> tuple[ArticleSummary, ...]:
    """Words, claims and copying of each article, in the story's order.

    Claims made of headlines and sub-headings alone do not count. A claim counts as omitted when more than
    half of the other articles carry it and this one left it out, not when it was published earlier or is
    an excerpt.
    """
    counted = [claim for claim in claims if not claim.heading]
    carriers = [{reading.article for reading in claim.carried} for claim in counted]
    shares = {copy.article: copy.shared for family in families for copy in family.copies}
    shares |= {family.original: family.shared for family in families}
    return tuple(
        _summary(article, own, counted, carriers, shares.get(article.id, 0.0))
        for article, own in zip(articles, sentences, strict=True)
    )


def _summary(
    article: Article,
    sentences: Sequence[Sentence],
    counted: Sequence[Claim],
    carriers: Sequence[set[str]],
    share: float,
) -> ArticleSummary:
    body = [sentence for sentence in sentences if sentence.kind == "body"]
    omitted = 0
    for claim, carried in zip(counted, carriers, strict=True):
        if article.id not in carried and 2 * len(carried) > len(claim.readings) - 1:
            reading = next(r for r in claim.readings if r.article == article.id)
            omitted += reading.omission is None or reading.omission.reason == "left out"
    return ArticleSummary(
        article=article.id,
        words=sum(len(words(sentence.text)) for sentence in body),
        sentences=len(body),
        claims=sum(article.id in carried for carried in carriers),
        unique=sum(carried == {article.id} for carried in carriers),
        omitted=omitted,
        copied=share,
    )
