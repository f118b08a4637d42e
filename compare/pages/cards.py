"""What the site's own pages need to know of a story: small, and all values are JSON's."""

from __future__ import annotations

from dataclasses import dataclass

from compare.model import Comparison


@dataclass(frozen=True, slots=True)
class OutletCard:
    """One article of a story, as the outlet pages tell it.

    Attributes:
        outlet: Id of the outlet.
        name: Its name.
        sign: Its sign.
        url: Its home page, or None.
        country: Its country, or None.
        invented: True for one that does not exist.
        article: Id of the article.
        title: The article's title, or None.
        published: ISO 8601, or None.
        claims: Claims that it tells in full.
        unique: Claims that only it tells.
        absent: Claims that it surely lacks though most others tell them.
        copied: Share of its words that stand in another article of its family.
        copies: Id of the outlet that it is a copy of, as far as can be told, or None.
    """

    outlet: str
    name: str
    sign: str
    url: str | None
    country: str | None
    invented: bool
    article: str
    title: str | None
    published: str | None
    claims: int
    unique: int
    absent: int
    copied: float
    copies: str | None


@dataclass(frozen=True, slots=True)
class StoryCard:
    """One story, as index, outlet pages, feed and sitemap tell it.

    Attributes:
        id: Folder name.
        title: The editor's.
        language: Of the title.
        date: ISO 8601 day, or None.
        updated: ISO 8601 moment of the newest article, or None.
        tags: The editor's.
        origins: Independent texts.
        claims: Counted claims.
        shared: Those that every article tells.
        alone: Those that surely one article alone tells.
        disputed: Those with a disputed finding.
        outlets: One for each article.
    """

    id: str
    title: str
    language: str
    date: str | None
    updated: str | None
    tags: tuple[str, ...]
    origins: int
    claims: int
    shared: int
    alone: int
    disputed: int
    outlets: tuple[OutletCard, ...]


def story_card(comparison: Comparison) -> StoryCard:
    """The card of a comparison that may be published."""
    story = comparison.story
    counted = comparison.counted
    standings = [claim.standing for claim in counted]
    moments = [a.updated or a.published for a in story.articles]
    newest = max((moment for moment in moments if moment), default=None)
    return StoryCard(
        id=story.id,
        title=story.title,
        language=story.language,
        date=story.date.isoformat() if story.date else None,
        updated=newest.isoformat() if newest else None,
        tags=story.tags,
        origins=comparison.origins,
        claims=len(counted),
        shared=standings.count("all"),
        alone=standings.count("only"),
        disputed=standings.count("disputed"),
        outlets=_outlets(comparison),
    )


def _outlets(comparison: Comparison) -> tuple[OutletCard, ...]:
    articles = {article.id: article for article in comparison.story.articles}
    originals = {c.article: f.original for f in comparison.families for c in f.copies}
    cards = []
    for summary in comparison.summaries:
        article = articles[summary.article]
        original = originals.get(article.id)
        cards.append(
            OutletCard(
                outlet=article.outlet.id,
                name=article.outlet.name,
                sign=article.outlet.sign,
                url=article.outlet.url,
                country=article.outlet.country,
                invented=article.outlet.invented,
                article=article.id,
                title=article.title,
                published=article.published.isoformat() if article.published else None,
                claims=summary.claims,
                unique=summary.unique,
                absent=summary.absent,
                copied=summary.copied,
                copies=articles[original].outlet.id if original else None,
            )
        )
    return tuple(cards)
