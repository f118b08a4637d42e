"""Typed differences between readings, one file a kind.

Numbers, dates, names and negations are compared between sentences that a link of one half or more joins:
a weaker link shares people and setting more often than the fact. Quotations and words that near copies
exchange are looked for over the whole story.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from compare.findings import choice, date, misspelling, name, negation, number, quotation
from compare.findings.likewise import completed
from compare.findings.sides import Difference, Pair, Sides, gather
from compare.model import Article, Claim, Finding, FindingKind

KINDS: dict[FindingKind, Callable[[Pair, Sides], Iterator[Difference]]] = {
    "number": number.examine,
    "date": date.examine,
    "name": name.examine,
    "negation": negation.examine,
    "choice": choice.examine,
}


def examine(claims: Sequence[Claim], articles: Mapping[str, Article]) -> tuple[Claim, ...]:
    """Every claim of a story with what its readings differ in.

    Args:
        claims: All of the story's, with their readings.
        articles: The story's articles by id.

    Returns:
        The claims in the same order; of each the disputed findings come first. One fact is shown once: a
        finding whose sides say what those of an earlier claim's say is given to that claim.
    """
    found: dict[str, list[Finding]] = {claim.id: list(inside(claim, articles)) for claim in claims}
    for whole in (quotation.examine, misspelling.examine):
        for owner, finding in whole(claims, articles):
            found[owner].append(finding)
    kept = _once(claims, _outside_quotations(found))
    told = [tuple([completed(finding, claim) for finding in kept[claim.id]]) for claim in claims]
    return tuple([replace(c, findings=own) if own else c for c, own in zip(claims, told, strict=True)])


def inside(claim: Claim, articles: Mapping[str, Article]) -> Iterator[Finding]:
    """What the rules of ``KINDS`` find in a claim."""
    sides = Sides(claim, articles)
    for kind, differences in KINDS.items() if sides.pairs else ():
        yield from gather(kind, (d for pair in sides.pairs for d in differences(pair, sides)))


def _outside_quotations(found: Mapping[str, list[Finding]]) -> Mapping[str, list[Finding]]:
    """The findings without those inside words that are told to be altered in a quotation."""
    told = [finding for own in found.values() for finding in own if finding.rule == "quotation.altered"]
    altered = [place for finding in told for variant in finding.variants for place in variant.places]

    def is_told(finding: Finding) -> bool:
        return finding.kind != "quotation" and all(
            any(q.sentence == p.sentence and q.start <= p.start and p.end <= q.end for q in altered)
            for variant in finding.variants
            for p in variant.places
        )

    return {name: [f for f in own if not is_told(f)] for name, own in found.items()}


def _once(claims: Sequence[Claim], found: Mapping[str, Sequence[Finding]]) -> dict[str, tuple[Finding, ...]]:
    """The findings of each claim without those that say again what another says.

    What two claims say is given to the one whose own sentences have most of its places; of equals, to the one
    that most outlets tell: there a reader looks.
    """
    told: dict[tuple[str, frozenset[str]], tuple[str, Finding]] = {}
    every = [(claim, finding) for claim in claims for finding in found[claim.id]]
    every.sort(key=lambda one: (-_own_places(*one), -len(one[0].tellers), -len(one[0].carried)))
    for claim, finding in every:
        says = finding.rule, frozenset(variant.value.casefold() for variant in finding.variants)
        owner, first = told.get(says, (claim.id, finding))
        told[says] = owner, first if first is finding else _joined(first, finding)
    kept: dict[str, list[Finding]] = {claim.id: [] for claim in claims}
    for owner, finding in told.values():
        kept[owner].append(finding)
    return {name: tuple(sorted(own, key=lambda finding: not finding.disputed)) for name, own in kept.items()}


def _own_places(claim: Claim, finding: Finding) -> int:
    """Places of a finding in sentences of the claim itself, not of others that tell a part of it."""
    own = {sentence.id for reading in claim.readings for sentence in reading.sentences}
    return len({p.sentence for variant in finding.variants for p in variant.places} & own)


def _joined(one: Finding, other: Finding) -> Finding:
    """A finding with the places of another whose sides have the same values."""
    places = {variant.value.casefold(): variant.places for variant in other.variants}
    variants = tuple(
        replace(v, places=tuple(dict.fromkeys((*v.places, *places.get(v.value.casefold(), ())))))
        for v in one.variants
    )
    return replace(one, variants=variants)
