"""Groups of sentences → claims with a reading for each article, before their words are compared."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from compare.model import Alignment, Article, Claim, Link, Nearest, Reading, Sentence

_LAST = datetime.max.replace(tzinfo=UTC)


def claims(
    alignment: Alignment, articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]]
) -> tuple[Claim, ...]:
    """One claim for each group of the alignment.

    The base reading is the earliest published article's; an article without a date comes after all
    dated ones, and ties fall to the order of ids.

    Args:
        alignment: Links and groups over ``sentences``.
        articles: The story's articles.
        sentences: Of each article, in the same order.

    Returns:
        Claims in the order of ``alignment.groups``. Wordings are ``base``, ``omitted`` or, until the
        words are compared, ``reworded``.
    """
    by_pair = _links_by_sentence(alignment.links)
    rank = {a.id: (a.published or _LAST, a.id) for a in articles}
    length = {a.id: max(1, len(a.text)) for a in articles}
    return tuple(_claim(group, articles, by_pair, rank, length) for group in alignment.groups)


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
    length: Mapping[str, int],
) -> Claim:
    held: defaultdict[str, list[Sentence]] = defaultdict(list)
    for sentence in group:
        held[sentence.article].append(sentence)
    # An article that has the claim in its body serves better than one that only heads it.
    base = min(held, key=lambda a: (all(s.kind != "body" for s in held[a]), rank[a]))
    members = {sentence.id for sentence in group}
    inside, nearest = _sort_links(members, links)
    strongest: defaultdict[str, float] = defaultdict(float)
    for link in inside:
        for end in (link.x, link.y):
            strongest[_article(end)] = max(strongest[_article(end)], link.probability)
    readings = []
    for article in articles:
        own = tuple(held.get(article.id, ()))
        if own:
            first = min((s for s in own if s.kind == "body"), default=own[0], key=lambda s: s.start)
            probability = strongest.get(article.id, 1.0 if len(held) == 1 else 0.0)
            wording = "base" if article.id == base else "reworded"
            depth = round(first.start / length[article.id], 4)
            readings.append(Reading(article.id, own, wording, probability=probability, depth=depth))
        else:
            readings.append(Reading(article.id, (), "omitted", nearest=nearest.get(article.id)))
    base_sentences = held[base]
    head = min((s for s in base_sentences if s.kind == "body"), default=base_sentences[0], key=lambda s: s.start)
    return Claim(
        id=claim_id(head),
        base=base,
        readings=tuple(readings),
        links=tuple(inside),
        heading=all(sentence.kind != "body" for sentence in group),
        corrected=any(link.decided_by == "editor" for link in inside),
    )


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
