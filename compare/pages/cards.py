"""What the site's own pages need to know of a story: small, and all values are JSON's."""

from __future__ import annotations

from msgspec import Struct

from compare.model import Comparison, Outlet


class OutletCard(Struct, frozen=True):
    """One article of a story, as the outlet pages tell it.

    Attributes:
        outlet: Who published it.
        article: Id of the article.
        claims: Claims that it tells in full.
        unique: Claims that only it tells.
        absent: Claims that it surely lacks though most others tell them.
        copied: Share of its words that stand in another article of its family.
        copies: Id of the outlet that it is a copy of, as far as can be told, or None.
    """

    outlet: Outlet
    article: str
    claims: int
    unique: int
    absent: int
    copied: float
    copies: str | None


class StoryCard(Struct, frozen=True):
    """One story, as index, outlet pages, feed and sitemap tell it.

    Attributes:
        id: Folder name.
        title: The editor's.
        language: Of the title.
        date: ISO 8601 day, or None.
        updated: ISO 8601 moment of the newest article, or None.
        tags: The editor's.
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
        claims=len(counted),
        shared=standings.count("all"),
        alone=standings.count("only"),
        disputed=standings.count("disputed"),
        outlets=_outlets(comparison),
    )


def _outlets(comparison: Comparison) -> tuple[OutletCard, ...]:
    outlets = {article.id: article.outlet for article in comparison.story.articles}
    copied = {c.article: outlets[f.original].id for f in comparison.families for c in f.copies}
    return tuple(
        OutletCard(
            outlets[s.article], s.article, s.claims, s.unique, s.absent, s.copied, copied.get(s.article)
        )
        for s in comparison.summaries
    )
