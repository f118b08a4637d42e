"""Quotation: the readable cases of cases/findings/quotation.md."""

from __future__ import annotations

import pytest
from told import article, cases, claim, told

from compare.findings import quotation
from compare.model import Claim, Link, Reading
from compare.text.segment import split

CASES = cases("quotation")


@pytest.mark.parametrize(("case", "language", "readings", "expected"), CASES, ids=[c[0] for c in CASES])
def test_case(case: str, language: str, readings: str, expected: str) -> None:
    """Exactly the findings that the case names, with true spans."""
    made, articles = claim(readings, language)
    assert told([f for _, f in quotation.examine((made,), articles)], articles) == expected


def test_who_prints_the_same_sentence_stands_on_its_side():
    """A link to one of two equal sentences is one to the other: both outlets are named in the dispute."""
    said = "“We will rebuild this bridge soon,” she said."
    texts = {"lamp": said, "kite": said, "oak": "“We will repair this bridge soon,” said the mayor."}
    articles = {name: article(name, [text], "en", None) for name, text in texts.items()}
    sentences = {name: split(made) for name, made in articles.items()}
    readings = tuple(Reading(name, sentences[name], "base") for name in texts)
    link = Link(sentences["lamp"][0].id, sentences["oak"][0].id, 0.9)
    made = Claim("0a1b2c3d", "lamp", readings, links=(link,))
    ((_, finding),) = quotation.examine((made,), articles)
    assert [[place.article for place in variant.places] for variant in finding.variants] == [
        ["lamp", "kite"],
        ["oak"],
    ]
