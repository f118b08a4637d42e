"""Typed differences inside a claim, one file a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from compare.findings import attribution, date, name, negation, number, quotation, term
from compare.findings.sides import Sides
from compare.model import Article, Claim, Finding, Sentence

KINDS: tuple[Callable[[Sides], tuple[Finding, ...]], ...] = (
    number.examine,
    date.examine,
    name.examine,
    quotation.examine,
    negation.examine,
    attribution.examine,
    term.examine,
)


def examine(claim: Claim, articles: Mapping[str, Article]) -> tuple[Finding, ...]:
    """Everything on which the readings of a claim differ.

    Args:
        claim: With its readings; those whose edits are known are also searched for wording choices.
        articles: The story's articles by id.

    Returns:
        Findings, the disputed ones first, then in the order of ``KINDS``.
    """
    told = [reading.told for reading in claim.carried]
    if _is_one_text(claim, told) and not any(attribution.names_source(s.text) for own in told for s in own):
        return ()
    sides = Sides(claim, articles)
    kinds = KINDS if sides.pairs else (attribution.examine,)  # the one that tells of a single text, too
    found = [finding for kind in kinds for finding in kind(sides)]
    return tuple(sorted(found, key=lambda finding: not finding.disputed))


def _is_one_text(claim: Claim, told: Sequence[Sequence[Sentence]]) -> bool:
    """Whether a claim has one reading, or several that read the same: there is nothing to compare."""
    if len(told) < 2:
        return True
    if any(reading.also for reading in claim.readings):
        return False
    first = [sentence.text for sentence in told[0]]
    return all([sentence.text for sentence in own] == first for own in told[1:])
