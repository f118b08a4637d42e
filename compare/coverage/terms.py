"""Wording choices over a whole story: what outlets call one thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compare.model import Article, Claim, Finding, Place, Term, Variant


def terms(claims: Sequence[Claim], articles: Mapping[str, Article]) -> tuple[Term, ...]:
    """Collect the term findings of a story: choices that share a wording become one.

    Args:
        claims: With their findings.
        articles: The story's articles by id.

    Returns:
        Terms, those that show in most places first. Each variant has every place that a finding names, and
        the variants with most places come first.
    """
    groups: list[tuple[dict[str, set[Place]], set[str]]] = []
    for claim in claims:
        for finding in claim.findings:
            if finding.kind == "term":
                _add(groups, finding, claim.id)
    order = {article: i for i, article in enumerate(sorted(articles))}
    found = [Term(_variants(places, order), tuple(sorted(ids))) for places, ids in groups]
    return tuple(sorted(found, key=lambda t: (-sum(len(v.places) for v in t.variants), t.variants[0].value)))


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
