"""Who tells a claim, summed up; sums are made of sure readings alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from compare.model import SILENT, Claim, Standing

# That any other article states it, up to which a claim stands in one article only.
ELSEWHERE = 0.08


def with_standing(claim: Claim, found: Mapping[str, Mapping[str, float]]) -> Claim:
    """The claim with who tells it.

    Args:
        claim: With states and findings.
        found: As in ``Alignment.found``.
    """
    standing = _standing(claim, found)
    return claim if standing == claim.standing else replace(claim, standing=standing)


def _standing(claim: Claim, found: Mapping[str, Mapping[str, float]]) -> Standing:
    if claim.disputed:
        return "disputed"
    tellers, articles = len(claim.tellers), len(claim.readings)
    if tellers == articles:
        return "all"
    if 2 * tellers > articles:
        return "most"
    if tellers == 1 and _is_alone(claim, found):
        return "only"
    return "some"


def _is_alone(claim: Claim, found: Mapping[str, Mapping[str, float]]) -> bool:
    """Whether every other article surely lacks the claim, and all of them together do."""
    others = [reading for reading in claim.readings if not reading.in_full]
    if not all(reading.state in SILENT for reading in others):
        return False
    silent = 1.0
    for sentence in claim.base_reading.sentences:
        for reading in others:
            silent *= 1 - found.get(sentence.id, {}).get(reading.article, 0.0)
    return 1 - silent <= ELSEWHERE
