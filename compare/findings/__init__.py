"""Typed differences inside a claim, one file a kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from compare.findings import date, name, negation, number, quotation
from compare.model import Article, Claim, Finding

KINDS: tuple[Callable[[Claim, Mapping[str, Article]], tuple[Finding, ...]], ...] = (
    number.examine,
    date.examine,
    name.examine,
    quotation.examine,
    negation.examine,
)
_MODULES = {"number": number, "date": date, "name": name, "quotation": quotation, "negation": negation}
RULES: dict[str, str] = {
    **{rule: text for module in _MODULES.values() for rule, text in module.RULES.items()},
    "headline.unsupported": "The headline shares a claim with no sentence of its own article, and no sentence there "
    "has half of its words.",
    "headline.compared": "The headlines of the story, side by side.",
}
PATTERNS: dict[tuple[str, str], str] = {
    **{
        (kind, relation): text
        for kind, module in _MODULES.items()
        for relation, text in module.PATTERNS.items()
    },
    ("headline", "unsupported"): "The headline of {a} says “{x}”; no sentence below it was found to say so.",
    ("headline", "compared"): "{a} heads the story “{x}”, {b} “{y}”.",
}


def examine(claim: Claim, articles: Mapping[str, Article]) -> tuple[Finding, ...]:
    """Everything on which the readings of a claim differ, most severe first."""
    return tuple(finding for kind in KINDS for finding in kind(claim, articles))
