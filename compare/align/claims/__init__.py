"""Groups of sentences → claims with a reading for each article, and the state of each reading.

Every sentence stands in one claim, but a long one may state a part of another claim too. Where a
link as strong as those inside leads from a claim to a sentence that stands elsewhere, the claim
names that sentence in ``Reading.also``, so that no article is said to omit what a link says it has.
``states`` holds the bounds from which an article is said to have a claim, or to lack it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from compare.align.claims.states import Judge
from compare.model import Alignment, Article, Claim, Link, Nearest, Reading, Sentence, on_one_clock
from compare.text.wording import same_words

_LAST = datetime.max.replace(tzinfo=UTC)


def claims(alignment: Alignment, articles: Sequence[Article]) -> tuple[Claim, ...]:
    """One claim for each group of the alignment.

    The base sentence is the one that most other articles surely tell whole, so that a claim is held
    against what its readings have in common; of equals the earliest published article's, where an article
    without a date comes after all dated ones, and then in the order of ids.

    Args:
        alignment: Links and groups over the story's sentences.
        articles: The story's articles.

    Returns:
        Claims in the order of ``alignment.groups``, each reading with its state.
    """
    by_sentence = _links_by_sentence(alignment.links)
    sentences = {sentence.id: sentence for group in alignment.groups for sentence in group}
    moments = on_one_clock([a.published or _LAST for a in articles])
    rank = {a.id: (moment, a.id) for a, moment in zip(articles, moments, strict=True)}
    judge = Judge(articles, sentences.values(), alignment.found, alignment.stands)
    made = []
    for group in alignment.groups:
        around = _around(group, by_sentence, sentences, alignment.stands)
        base = _base(group, around.inside, rank, judge)
        made.append(judge.judged(_claim(group, articles, around, base)))
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
    stands: float,
) -> _Around:
    members = {sentence.id for sentence in group}
    inside: dict[tuple[str, str], Link] = {}
    around = _Around()
    leading = [(member, link) for member in group for link in links.get(member.id, ())]
    for member, link in leading:
        other = sentences[link.y if link.x == member.id else link.x]
        if other.id not in members and link.probability >= stands and member.kind == other.kind == "body":
            around.also[other.article][other.id] = other
    for member, link in leading:
        other = sentences[link.y if link.x == member.id else link.x]
        if other.id in members or other.id in around.also.get(other.article, ()):
            inside[link.x, link.y] = link
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
    base: Sentence,
) -> Claim:
    held: defaultdict[str, list[Sentence]] = defaultdict(list)
    for sentence in group:
        held[sentence.article].append(sentence)
    return Claim(
        id=claim_id(base),
        base=base.article,
        core=base.id,
        readings=tuple(_reading(article, held, base.article, around) for article in articles),
        links=tuple(around.inside),
        heading=all(sentence.kind != "body" for sentence in group),
        corrected=any(link.decided_by == "editor" for link in around.inside),
    )


def _base(
    group: Sequence[Sentence], links: Iterable[Link], rank: Mapping[str, tuple[datetime, str]], judge: Judge
) -> Sentence:
    """The sentence that the others are compared with; one of a body, where there is any."""
    if all(same_words(sentence.text, group[0].text) for sentence in group):
        return min(group, key=lambda s: (s.kind != "body", rank[s.article], s.index))
    members = {sentence.id: sentence for sentence in group}
    sure: defaultdict[str, set[str]] = defaultdict(set)
    whole: defaultdict[str, set[str]] = defaultdict(set)
    for link in links:
        if link.probability >= judge.bound and link.x in members and link.y in members:
            for one, other in ((link.x, link.y), (link.y, link.x)):
                article = members[other].article
                sure[one].add(article)
                if link.decided_by != "model" or judge.covers(members[one], article):
                    whole[one].add(article)
    best = min(
        group,
        key=lambda s: (s.kind != "body", -len(whole[s.id]), -len(sure[s.id]), rank[s.article], s.index),
    )
    equals = [s for s in group if s.kind == best.kind and same_words(s.text, best.text)]
    return min(equals, key=lambda s: (rank[s.article], s.index))


def _reading(article: Article, held: Mapping[str, Sequence[Sentence]], base: str, around: _Around) -> Reading:
    """What an article has; its state and how sure that is are ``states``' to say."""
    own = tuple(held.get(article.id, ()))
    also = tuple(sorted(around.also.get(article.id, {}).values(), key=lambda s: s.index))
    if not own and not also:
        return Reading(article.id, (), "absent", nearest=around.nearest.get(article.id))
    return Reading(
        article.id,
        own,
        "base" if article.id == base else "reworded" if own else "part",
        probability=1.0 if article.id == base else around.strongest.get(article.id, 0.0),
        depth=round(_first(own or also).start / max(1, len(article.text)), 4),
        also=also,
    )


def _first(sentences: Sequence[Sentence]) -> Sentence:
    """The first in the body, or the first of all where there is none."""
    if len(sentences) == 1:
        return sentences[0]
    return min(sentences, key=lambda s: (s.kind != "body", s.index))
