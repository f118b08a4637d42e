"""Wording choices over a whole story: what outlets call one thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from compare.model import Article, Claim, Finding, Place, Sentence, Term, Variant
from compare.text import words


def terms(claims: Sequence[Claim], articles: Mapping[str, Article]) -> tuple[Term, ...]:
    """Collect the wording choices of a story: those that share a wording become one.

    Args:
        claims: All claims of the story, with their findings.
        articles: The story's articles by id.

    Returns:
        Terms, those that show in most places first. A variant's places are all places where the articles
        that made the choice use its words; the variants with most places come first.
    """
    groups: list[tuple[dict[str, set[Place]], set[str]]] = []
    for claim in claims:
        for finding in claim.findings:
            if finding.kind == "choice":
                _add(groups, finding, claim.id)
    if not groups:
        return ()
    order = {article: i for i, article in enumerate(sorted(articles))}
    sentences = _sentences(claims)
    found = []
    for places, ids in groups:
        choosers = sorted({place.article for known in places.values() for place in known})
        for value, known in places.items():
            known.update(_uses(value, [s for article in choosers for s in sentences.get(article, ())]))
        found.append(Term(_variants(places, order), tuple(sorted(ids))))
    return tuple(sorted(found, key=lambda t: (-sum(len(v.places) for v in t.variants), t.variants[0].value)))


def _sentences(claims: Sequence[Claim]) -> dict[str, list[Sentence]]:
    """The sentences of each article: each stands in exactly one claim."""
    found: dict[str, list[Sentence]] = {}
    for claim in claims:
        for reading in claim.carried:
            found.setdefault(reading.article, []).extend(reading.sentences)
    return found


def _uses(value: str, sentences: Sequence[Sentence]) -> Iterator[Place]:
    """Every place where sentences have the words of a variant."""
    wanted = words(value).texts
    for sentence in sentences:
        told = words(sentence.text)
        for i in range(len(told) - len(wanted) + 1):
            if told.texts[i : i + len(wanted)] == wanted:
                start, end = told.starts[i], told.ends[i + len(wanted) - 1]
                text = sentence.text[start:end]
                yield Place(sentence.article, sentence.id, sentence.start + start, sentence.start + end, text)


def _add(groups: list[tuple[dict[str, set[Place]], set[str]]], finding: Finding, claim: str) -> None:
    """Add a finding to the group that shares a wording with it, joining groups that it links."""
    values = {variant.value for variant in finding.variants}
    places: dict[str, set[Place]] = {}
    ids = {claim}
    for group in [g for g in groups if not values.isdisjoint(g[0])]:
        groups.remove(group)
        for value, known in group[0].items():
            places.setdefault(value, set()).update(known)
        ids |= group[1]
    for variant in finding.variants:
        places.setdefault(variant.value, set()).update(variant.places)
    groups.append((places, ids))


def _variants(places: Mapping[str, set[Place]], order: Mapping[str, int]) -> tuple[Variant, ...]:
    variants = [
        Variant(value, tuple(sorted(known, key=lambda p: (order.get(p.article, -1), p.article, p.start))))
        for value, known in places.items()
    ]
    return tuple(sorted(variants, key=lambda v: (-len(v.places), v.value)))
