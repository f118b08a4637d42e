"""Groups of sentences → claims with a reading for each article, before their words are compared."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from compare.model import Alignment, Article, Claim, Link, Nearest, Reading, Sentence, Wording

_LAST = datetime.max.replace(tzinfo=UTC)


def claims(alignment: Alignment, articles: Sequence[Article]) -> tuple[Claim, ...]:
    """One claim for each group of the alignment.

    The base reading is the earliest published article's; an article without a date comes after all
    dated ones, and ties fall to the order of ids.

    Args:
        alignment: Links and groups over the story's sentences.
        articles: The story's articles.

    Returns:
        Claims in the order of ``alignment.groups``. Wordings are ``base``, ``omitted`` or, until the
        words are compared, ``reworded``.
    """
    by_pair = _links_by_sentence(alignment.links)
    rank = {a.id: (a.published or _LAST, a.id) for a in articles}
    return tuple(_claim(group, articles, by_pair, rank) for group in alignment.groups)


def claim_id(base: Sentence) -> str:
    """8 hex digits from the base sentence's id, so that a permalink survives reordering."""
    return hashlib.sha256(base.id.encode()).hexdigest()[:8]


def _links_by_sentence(links: Iterable[Link]) -> dict[str, list[Link]]:
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        found[link.x].append(link)
        found[link.y].append(link)
    return found


def _claim(
    group: Sequence[Sentence],
    articles: Sequence[Article],
    links: Mapping[str, Sequence[Link]],
    rank: Mapping[str, tuple[datetime, str]],
) -> Claim:
    held: defaultdict[str, list[Sentence]] = defaultdict(list)
    for sentence in group:
        held[sentence.article].append(sentence)
    # An article that has the claim in its body serves better than one that only heads it.
    base = min(held, key=lambda a: (all(s.kind != "body" for s in held[a]), rank[a]))
    inside, nearest = _sort_links({sentence.id for sentence in group}, links)
    strongest = _strongest(inside)
    readings = []
    for article in articles:
        own = tuple(held.get(article.id, ()))
        if not own:
            readings.append(Reading(article.id, (), "omitted", nearest=nearest.get(article.id)))
            continue
        probability = strongest.get(article.id, 1.0 if len(held) == 1 else 0.0)
        depth = round(_first(own).start / max(1, len(article.text)), 4)
        wording: Wording = "base" if article.id == base else "reworded"
        readings.append(Reading(article.id, own, wording, probability=probability, depth=depth))
    return Claim(
        id=claim_id(_first(held[base])),
        base=base,
        readings=tuple(readings),
        links=tuple(inside),
        heading=all(sentence.kind != "body" for sentence in group),
        corrected=any(link.decided_by == "editor" for link in inside),
    )


def _first(sentences: Sequence[Sentence]) -> Sentence:
    """The first in the body, or the first of all where there is none."""
    return min(sentences, key=lambda s: (s.kind != "body", s.index))


def _strongest(inside: Sequence[Link]) -> dict[str, float]:
    """Of each article, its strongest link inside the claim to another article."""
    best: dict[str, float] = {}
    for link in inside:
        x, y = _article(link.x), _article(link.y)
        for article in {x, y} if x != y else ():
            best[article] = max(best.get(article, 0.0), link.probability)
    return best


def _sort_links(
    members: set[str], links: Mapping[str, Sequence[Link]]
) -> tuple[list[Link], dict[str, Nearest]]:
    """The links inside the claim, and for each other article its best candidate."""
    inside: dict[tuple[str, str], Link] = {}
    nearest: dict[str, Nearest] = {}
    for member in members:
        for link in links.get(member, ()):
            other = link.y if link.x == member else link.x
            if other in members:
                inside[link.x, link.y] = link
                continue
            best = nearest.get(_article(other))
            rank = (-link.probability, other)
            if best is None or rank < (-best.probability, best.sentence):
                nearest[_article(other)] = Nearest(other, link.probability)
    ordered = sorted(inside.values(), key=lambda link: (-link.probability, link.x, link.y))
    return ordered, nearest


def _article(sentence: str) -> str:
    return sentence.rpartition("/")[0]
