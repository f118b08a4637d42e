"""Who tells a claim, summed up; sums are made of sure readings alone."""

from __future__ import annotations

from dataclasses import replace

from compare.model import SILENT, Claim, Standing


def with_standing(claim: Claim) -> Claim:
    """The claim, which has its states and findings, with who tells it."""
    standing = _standing(claim)
    return claim if standing == claim.standing else replace(claim, standing=standing)


def _standing(claim: Claim) -> Standing:
    if claim.disputed:
        return "disputed"
    tellers, articles = len(claim.tellers), len(claim.readings)
    if tellers == articles:
        return "all"
    if 2 * tellers > articles:
        return "most"
    silent = sum(reading.state in SILENT for reading in claim.readings)
    return "only" if tellers == 1 and silent == articles - 1 else "some"
