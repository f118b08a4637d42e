"""Date: the readable cases of cases/findings/date.md."""

from __future__ import annotations

import pytest
from told import cases, claim, of_kind, told

from compare.findings.parsed import parse
from compare.findings.read_dates import dates

CASES = cases("date")


@pytest.mark.parametrize(("case", "language", "readings", "expected"), CASES, ids=[c[0] for c in CASES])
def test_case(case: str, language: str, readings: str, expected: str) -> None:
    """Exactly the findings that the case names, with true spans."""
    made, articles = claim(readings, language)
    assert told(of_kind("date", made, articles), articles) == expected


@pytest.mark.parametrize(
    "text", ["The gates closed at midnight's stroke.", "It was two week's ago.", "noon's"]
)
def test_a_possessive_is_the_same_word(text: str) -> None:
    """What a word means does not depend on its possessive ending."""
    assert len(dates(parse(text, "en"))) == 1
