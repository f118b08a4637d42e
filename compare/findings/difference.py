"""How differences between two sentences become findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from compare.model import Finding, FindingKind, Place, Variant


class Mark(NamedTuple):
    """One side of a difference.

    Attributes:
        place: Where it stands.
        value: What it says, in a form people can read.
        key: By which values are the same; "" for the value itself.
    """

    place: Place
    value: str
    key: str = ""


class Difference(NamedTuple):
    """What a rule found between two sentences.

    Attributes:
        relation: In the words of the kind's module.
        disputed: Whether both cannot be right.
        old: The side that comes first in the claim.
        new: The other side.
        note: Inputs of the rule in one plain sentence.
    """

    relation: str
    disputed: bool
    old: Mark
    new: Mark
    note: str = ""


def gather(kind: FindingKind, differences: Iterable[Difference]) -> tuple[Finding, ...]:
    """Join the differences of a claim so that many outlets give one finding and not one a pair.

    Differences of one relation that share a place belong together; sides with equal values are one
    variant. The variant that came first in the claim stays first.
    """
    by_relation: dict[tuple[str, bool], list[Difference]] = {}
    for difference in differences:
        by_relation.setdefault((difference.relation, difference.disputed), []).append(difference)
    findings: list[Finding] = []
    for (relation, disputed), found in by_relation.items():
        for group in _connected(found):
            variants: dict[str, dict[Place, None]] = {}
            values: dict[str, str] = {}
            for difference in group:
                for mark in (difference.old, difference.new):
                    value = values.setdefault(mark.key or mark.value, mark.value)
                    variants.setdefault(value, {})[mark.place] = None
            if len(variants) > 1:
                findings.append(
                    Finding(
                        kind=kind,
                        relation=relation,
                        rule=f"{kind}.{relation.replace(' ', '-')}",
                        disputed=disputed,
                        variants=tuple(Variant(value, tuple(places)) for value, places in variants.items()),
                        note=group[0].note,
                    )
                )
    return tuple(findings)


def _connected(differences: Sequence[Difference]) -> list[list[Difference]]:
    """Differences that share a place, directly or through others, in order of their first."""
    group_of: dict[Place, int] = {}
    groups: list[list[Difference]] = []
    for difference in differences:
        known = sorted({group_of[m.place] for m in (difference.old, difference.new) if m.place in group_of})
        target = known[0] if known else len(groups)
        if not known:
            groups.append([])
        for other in known[1:]:
            groups[target].extend(groups[other])
            groups[other] = []
            group_of.update({key: target for key, group in group_of.items() if group == other})
        groups[target].append(difference)
        group_of[difference.old.place] = group_of[difference.new.place] = target
    return [group for group in groups if group]
