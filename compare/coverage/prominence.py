"""In which order the articles of a story tell its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compare.model import FULL, Claim


def order(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The order that most articles tell the claims in.

    Claims are ranked by the mean of their depths over the articles that surely tell them; then each is moved
    up past a neighbour that most of the articles with both of them tell later (local Kemenisation: Dwork,
    Kumar, Naor and Sivakumar, *Rank aggregation methods for the Web*, 2001). Ties fall to the claim that
    more articles tell, then to the base sentence's id, so that the input's order makes no difference.
    """
    depths = {claim.id: _depths(claim) for claim in claims}
    ranked = sorted(claims, key=lambda claim: _rank(claim, depths[claim.id]))
    ordered: list[Claim] = []
    for claim in ranked:
        at = len(ordered)
        while at > 0 and _earlier(depths[claim.id], depths[ordered[at - 1].id]):
            at -= 1
        ordered.insert(at, claim)
    return tuple(ordered)


def _depths(claim: Claim) -> dict[str, tuple[float, int]]:
    return {r.article: (r.depth or 0.0, r.told[0].index) for r in claim.readings if r.state in FULL}


def _rank(claim: Claim, depths: Mapping[str, tuple[float, int]]) -> tuple[float, int, str, str]:
    mean = sum(depth for depth, _ in depths.values()) / len(depths) if depths else 1.0
    first = claim.base_sentence.id if depths else ""
    return (round(mean, 9), -len(depths), first, claim.id)


def _earlier(ours: Mapping[str, tuple[float, int]], theirs: Mapping[str, tuple[float, int]]) -> bool:
    """Whether more of the articles with both tell the first one earlier than later."""
    votes = 0
    for article, depth in ours.items():
        if article in theirs:
            votes += (depth < theirs[article]) - (theirs[article] < depth)
    return votes > 0
