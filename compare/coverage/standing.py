"""Who tells a claim and who lacks it, summed up; sums are made of sure readings alone."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from compare.model import SILENT, Claim, Family, Standing


def with_standing(claim: Claim, families: Iterable[Family] = ()) -> Claim:
    """The claim, which has its states and findings, with who tells it and who lacks it.

    Args:
        claim: Of a story.
        families: The story's: articles that copy one text, or tell a claim in the same words, count as one
            when most others are said to tell it.
    """
    standing, lacking = _standing(claim), _lacking(claim, families)
    if standing == claim.standing and lacking == claim.lacking:
        return claim
    return replace(claim, standing=standing, lacking=lacking)


def _standing(claim: Claim) -> Standing:
    if claim.disputed:
        return "disputed"
    tellers, articles = len(claim.tellers), len(claim.readings)
    if 2 * tellers > articles and not claim.contested:
        return "all" if tellers == articles else "most"
    silent = sum(reading.state in SILENT for reading in claim.readings)
    return "only" if tellers == 1 and silent == articles - 1 else "some"


def _lacking(claim: Claim, families: Iterable[Family]) -> tuple[str, ...]:
    """Who tells a part in a sentence of this claim counts, too: what is said is said of the others."""
    absent = [reading.article for reading in claim.readings if reading.state == "absent"]
    if claim.disputed or claim.contested or not absent:
        return ()
    text_of = {member: family.id for family in families for member in family.members}
    base = text_of.get(claim.base, claim.base)
    text_of |= {r.article: base for r in claim.readings if r.state == "same"}
    told = [r.article for r in claim.readings if r.in_full or (r.state == "part" and r.sentences)]
    texts = len({text_of.get(article, article) for article in told})
    return tuple([a for a in absent if texts >= 2 and 2 * texts > _other_texts(claim, a, text_of)])


def _other_texts(claim: Claim, article: str, text_of: dict[str, str]) -> int:
    """How many texts the other articles print."""
    return len({text_of.get(r.article, r.article) for r in claim.readings if r.article != article})
