"""Groups of linked sentences → claims with one reading for each article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256

from compare.model import Alignment, Article, Claim, Link, Nearest, Reading, Sentence


def claims(alignment: Alignment, articles: Sequence[Article]) -> tuple[Claim, ...]:
    """Make a claim of every group, in the order of the groups.

    The readings are complete but for the wording: ``base`` for the base reading, ``omitted`` for
    an article without a sentence, ``reworded`` until the words have been compared.

    Args:
        alignment: Of these articles.
        articles: The story's, in its order.
    """
    group_of = {s.id: n for n, group in enumerate(alignment.groups) for s in group}
    within: list[list[Link]] = [[] for _ in alignment.groups]
    touching: list[list[Link]] = [[] for _ in alignment.groups]
    for link in alignment.links:
        x, y = group_of[link.x], group_of[link.y]
        if x == y:
            within[x].append(link)
        else:
            touching[x].append(link)
            touching[y].append(link)
    article_of = {s.id: s.article for group in alignment.groups for s in group}
    return tuple(
        _claim(group, tuple(within[n]), _nearest(n, touching[n], group_of, article_of), articles)
        for n, group in enumerate(alignment.groups)
    )


def _claim(
    group: Sequence[Sentence],
    links: tuple[Link, ...],
    nearest: Mapping[str, Nearest],
    articles: Sequence[Article],
) -> Claim:
    base = _base(group, links, articles)
    first = next(s for s in group if s.article == base)
    readings = []
    for article in articles:
        sentences = tuple(s for s in group if s.article == article.id)
        ids = {s.id for s in sentences}
        if not sentences:
            readings.append(Reading(article.id, (), "omitted", nearest=nearest.get(article.id)))
            continue
        outward = [link.probability for link in links if (link.x in ids) != (link.y in ids)]
        readings.append(
            Reading(
                article.id,
                sentences,
                "base" if article.id == base else "reworded",
                probability=max(outward, default=1.0),
                depth=sentences[0].start / max(len(article.text), 1),
            )
        )
    return Claim(
        id=sha256(first.id.encode()).hexdigest()[:8],
        base=base,
        readings=tuple(readings),
        links=links,
        heading=all(s.kind != "body" for s in group),
        corrected=any(link.decided_by == "editor" for link in links),
    )


def _base(group: Sequence[Sentence], links: Sequence[Link], articles: Sequence[Article]) -> str:
    """The article whose reading is best supported by the others; then the earliest; then by id."""
    article_of = {s.id: s.article for s in group}
    support = dict.fromkeys(article_of.values(), 0.0)
    for link in links:
        for end in (link.x, link.y):
            support[article_of[end]] += link.probability
    published = {a.id: a.published.timestamp() if a.published else float("inf") for a in articles}
    return min(support, key=lambda a: (-round(support[a], 6), published[a], a))


def _nearest(
    group: int, links: Sequence[Link], group_of: Mapping[str, int], article_of: Mapping[str, str]
) -> dict[str, Nearest]:
    """The strongest candidate of each article among links that lead out of a group."""
    best: dict[str, Nearest] = {}
    for link in links:
        other = link.x if group_of[link.y] == group else link.y
        best.setdefault(article_of[other], Nearest(other, link.probability))
    return best
