"""The receipt of a claim: everything that decided that these sentences say the same thing."""

from __future__ import annotations

import math
from dataclasses import dataclass

from compare.errors import SourceError
from compare.model import Alignment, Claim, Comparison, Link, Sentence
from compare.one_story import Opened
from compare.story import compare_aligned

_RIVALS = 3


@dataclass(frozen=True, slots=True)
class Rival:
    """A sentence outside the claim that could have been in it.

    Attributes:
        member: The claim's sentence that it resembles.
        sentence: The rival.
        probability: Of the two stating a common claim, 0..1.
    """

    member: Sentence
    sentence: Sentence
    probability: float


@dataclass(frozen=True, slots=True)
class Receipt:
    """Why a claim is what it is.

    Attributes:
        claim: The claim.
        links: Between its sentences, strongest first, with the model's evidence.
        rivals: The strongest sentences outside of it, at most three for each of its sentences.
        threshold: Probability from which links count.
        signature: Weights and settings in one line.
    """

    claim: Claim
    links: tuple[Link, ...]
    rivals: tuple[Rival, ...]
    threshold: float
    signature: str


def explain(opened: Opened, claim: str) -> Receipt:
    """The receipt of a claim, which is named as for ``find_claim``."""
    alignment = opened.align()
    found = find_claim(compare_aligned(opened.story, opened.sentences, alignment), claim)
    members = {s.id: s for reading in found.readings for s in (*reading.sentences, *reading.also)}
    return Receipt(
        claim=found,
        links=tuple(link for link in alignment.links if link.x in members and link.y in members),
        rivals=_rivals(opened, alignment, members),
        threshold=alignment.stands,
        signature=alignment.signature,
    )


def find_claim(comparison: Comparison, wanted: str) -> Claim:
    """A claim by its id, by the start of its id, or by the id of one of its sentences.

    Raises:
        SourceError: There is none, or there are several.
    """
    name = wanted.strip().removeprefix("#").removeprefix("claim-").lower()

    def has_name(claim: Claim) -> bool:
        own = (sentence.id for reading in claim.readings for sentence in reading.sentences)
        return name in (claim.id, *own)

    fits = list(filter(has_name, comparison.claims))
    fits = fits or [claim for claim in comparison.claims if name and claim.id.startswith(name)]
    if len(fits) == 1:
        return fits[0]
    what = f"{len(fits)} claims begin with “{wanted[:40]}”" if fits else f"there is no claim “{wanted[:40]}”"
    ids = ", ".join(claim.id for claim in (fits or comparison.claims)[:12])
    hint = f"claims are named by 8 hex digits, such as {ids}"
    raise SourceError(f"{what} in {comparison.story.id}", hint=hint)


def _rivals(opened: Opened, alignment: Alignment, members: dict[str, Sentence]) -> tuple[Rival, ...]:
    by_id = {sentence.id: sentence for article in opened.sentences for sentence in article}
    found: dict[str, list[Rival]] = {name: [] for name in members}
    for link in alignment.links:  # strongest first
        for one, other in ((link.x, link.y), (link.y, link.x)):
            if one in members and other not in members and len(found[one]) < _RIVALS:
                found[one].append(Rival(members[one], by_id[other], link.probability))
    return tuple(rival for rivals in found.values() for rival in rivals)


def log_odds(probability: float) -> float:
    """The score behind a probability: ``log(p / (1 - p))``, bounded at ±20."""
    if not 0 < probability < 1:
        return math.copysign(20.0, probability - 0.5)
    return max(-20.0, min(20.0, math.log(probability / (1 - probability))))
