"""Groups of sentences → claims with a reading for each article, before their words are compared.

Every sentence stands in one claim, but a long one may state a part of another claim too. Where a
link at or above the threshold leads from a claim to a sentence that stands elsewhere, the claim
names that sentence in ``Reading.also``, so that no article is said to omit what a link says it has.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
        Claims in the order of ``alignment.groups``. Wordings are ``base``, ``part``, ``omitted`` or, until
        the words are compared, ``reworded``.
    """
    by_sentence = _links_by_sentence(alignment.links)
    sentences = {sentence.id: sentence for group in alignment.groups for sentence in group}
    rank = {a.id: (a.published or _LAST, a.id) for a in articles}
    made = []
    for group in alignment.groups:
        around = _around(group, by_sentence, sentences, alignment.threshold)
        made.append(_claim(group, articles, around, rank))
    return tuple(made)


def claim_id(base: Sentence) -> str:
    """8 hex digits from the base sentence's id, so that a permalink survives reordering."""
    return hashlib.sha256(base.id.encode()).hexdigest()[:8]


@dataclass(slots=True)
class _Around:
    """The links of a group: those inside or to sentences that tell a part, and the best of the rest.

    Attributes:
        inside: Strongest first.
        strongest: Article → the best probability of its links inside with other articles.
        also: Article → its sentences that tell a part, by id.
        nearest: Article → its best sentence of the rest.
    """

    inside: list[Link] = field(default_factory=list)
    strongest: dict[str, float] = field(default_factory=dict)
    also: dict[str, dict[str, Sentence]] = field(default_factory=lambda: defaultdict(dict))
    nearest: dict[str, Nearest] = field(default_factory=dict)


def _links_by_sentence(links: Iterable[Link]) -> dict[str, list[Link]]:
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        found[link.x].append(link)
        found[link.y].append(link)
    return found


def _around(
    group: Sequence[Sentence],
    links: Mapping[str, Sequence[Link]],
    sentences: Mapping[str, Sentence],
    threshold: float,
) -> _Around:
    members = {sentence.id for sentence in group}
    inside: dict[tuple[str, str], Link] = {}
    around = _Around()
    for member in group:
        for link in links.get(member.id, ()):
            other = sentences[link.y if link.x == member.id else link.x]
            if other.id in members:
                inside[link.x, link.y] = link
            elif link.probability >= threshold and member.kind == other.kind == "body":
                inside[link.x, link.y] = link
                around.also[other.article][other.id] = other
            else:
                best = around.nearest.get(other.article)
                if best is None or (-link.probability, other.id) < (-best.probability, best.sentence):
                    around.nearest[other.article] = Nearest(other.id, link.probability)
    around.inside = sorted(inside.values(), key=lambda link: (-link.probability, link.x, link.y))
    for link in around.inside:
        x, y = sentences[link.x].article, sentences[link.y].article
        if x != y:
            around.strongest.setdefault(x, link.probability)
            around.strongest.setdefault(y, link.probability)
    return around


def _claim(
    group: Sequence[Sentence],
    articles: Sequence[Article],
    around: _Around,
    rank: Mapping[str, tuple[datetime, str]],
) -> Claim:
    held: defaultdict[str, list[Sentence]] = defaultdict(list)
    for sentence in group:
        held[sentence.article].append(sentence)
    # An article that has the claim in its body serves better than one that only heads it.
    base = min(held, key=lambda a: (all(s.kind != "body" for s in held[a]), rank[a]))
    return Claim(
        id=claim_id(_first(held[base])),
        base=base,
        readings=tuple(_reading(article, held, base, around) for article in articles),
        links=tuple(around.inside),
        heading=all(sentence.kind != "body" for sentence in group),
        corrected=any(link.decided_by == "editor" for link in around.inside),
    )


def _reading(article: Article, held: Mapping[str, Sequence[Sentence]], base: str, around: _Around) -> Reading:
    own = tuple(held.get(article.id, ()))
    part = around.also.get(article.id)
    if not own and not part:
        return Reading(article.id, (), "omitted", nearest=around.nearest.get(article.id))
    also = tuple(sorted(part.values(), key=lambda s: s.index)) if part else ()
    wording: Wording = "base" if article.id == base else "reworded" if own else "part"
    return Reading(
        article.id,
        own,
        wording,
        probability=around.strongest.get(article.id, 1.0 if len(held) == 1 else 0.0),
        depth=round(_first(own or also).start / max(1, len(article.text)), 4),
        also=also,
    )


def _first(sentences: Sequence[Sentence]) -> Sentence:
    """The first in the body, or the first of all where there is none."""
    if len(sentences) == 1:
        return sentences[0]
    return min(sentences, key=lambda s: (s.kind != "body", s.index))
