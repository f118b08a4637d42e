"""Findings as plain sentences with their sides and their rule."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from markupsafe import Markup

from compare.model import Finding, Sentence, Variant
from compare.pages.labels import Labels
from compare.pages.marks import quoted
from compare.pages.outlet_view import OutletView
from compare.pages.phrases import Phrases
from compare.pages.rules import PATTERNS, RULES
from compare.pages.titles import shorten
from compare.text import normalise

_PLACE = re.compile(r"\{([abxy])\}")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MOST_NAMES = 4
_LONGEST = 160  # characters of a value
_AS_PRINTED = frozenset(("number", "date"))  # shown as the text has them: 1.200 and never 1,200


class SideView(NamedTuple):
    """One side of a finding: its value, who has it, and the words around it ("" when withheld).

    ``outlets`` are those with the very sentence that is quoted, ``likewise`` those that say it in another.
    ``lang`` is its language and direction as HTML attributes.
    """

    value: str
    outlets: tuple[OutletView, ...]
    likewise: tuple[OutletView, ...]
    quote: Markup
    dir: str
    lang: Markup


class FindingView(NamedTuple):
    """A finding; ``claim`` is the id of the claim it belongs to, or ""."""

    name: str
    disputed: bool
    sentence: str
    sides: tuple[SideView, ...]
    rule: str
    rule_text: str
    claim: str


class FindingViews:
    """Makes the views of one story's findings.

    Args:
        outlets: Article id → its outlet, in the order of the story.
        sentences: Sentence id → sentence.
        phrases: The site's language.
        labels: The names of the kinds.
    """

    def __init__(
        self,
        outlets: Mapping[str, OutletView],
        sentences: Mapping[str, Sentence],
        phrases: Phrases,
        labels: Labels,
    ) -> None:
        self._outlets = outlets
        self._sentences = sentences
        self._phrases = phrases
        self._labels = labels

    def view(self, finding: Finding, claim: str = "") -> FindingView:
        """A finding of a claim, or of the whole story."""
        sides = tuple(self.side(variant, finding) for variant in finding.variants)
        pattern = self._phrases.gettext(PATTERNS.get((finding.kind, finding.relation), ""))
        return FindingView(
            name=self._labels.kinds.get(finding.kind, finding.kind),
            disputed=finding.disputed,
            sentence=_told(pattern, sides) or finding.note,
            sides=sides,
            rule=finding.rule,
            rule_text=self._phrases.gettext(RULES.get(finding.rule, "")),
            claim=claim,
        )

    def side(self, variant: Variant, finding: Finding) -> SideView:
        """One variant: its outlets in the story's order, and its first place that may be shown."""
        places = [p for p in variant.places if p.text] or list(variant.places[:1])
        known = [p for p in variant.places if p.sentence in self._sentences]
        texts = {p.article: normalise(self._sentences[p.sentence].text) for p in known}
        most = Counter(texts.values())
        place = max(places, key=lambda p: most[texts.get(p.article, "")])
        told = {p.article for p in variant.places}
        alike = {a for a in told if texts.get(a, "") == texts.get(place.article, "")} | {place.article}
        outlet = self._outlets[place.article]
        quote = Markup("")
        sentence = self._sentences.get(place.sentence)
        if place.text and sentence is not None:
            span = (place.start - sentence.start, min(place.end, sentence.end) - sentence.start)
            quote = quoted(sentence.text, span, "dispute" if finding.disputed else "notice")
        return SideView(
            place.text if place.text and finding.kind in _AS_PRINTED else variant.value,
            tuple([o for article, o in self._outlets.items() if article in alike]),
            tuple([o for article, o in self._outlets.items() if article in told - alike]),
            quote,
            outlet.dir,
            outlet.lang,
        )


def _told(pattern: str, sides: tuple[SideView, ...]) -> str:
    """The pattern, filled with the first side and each other one in turn, so that any number reads well."""
    if not pattern or not all(side.value for side in sides):
        return ""
    first = {"a": _names(sides[0]), "x": _isolated(shorten(sides[0].value, _LONGEST))}
    told = []
    for side in sides[1:] or sides[:1]:
        values = {**first, "b": _names(side), "y": _isolated(shorten(side.value, _LONGEST))}
        told.append(_filled(pattern, values))
    return " ".join(told)


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    """In one pass, so that braces in a value stay what they are."""
    return _PLACE.sub(lambda found: values[found[1]], pattern)


def _names(side: SideView) -> str:
    names = list(dict.fromkeys(outlet.name for outlet in (*side.outlets, *side.likewise)))
    shown = ", ".join(map(_isolated, names[:_MOST_NAMES]))
    return shown + (" …" if len(names) > _MOST_NAMES else "")


def _isolated(text: str) -> str:
    """Text from right to left keeps its own direction inside a sentence that runs the other way."""
    return f"\u2068{text}\u2069" if not text.isascii() and _RIGHT_TO_LEFT.search(text) else text
