"""Quotation: the readable cases of cases/findings/quotation.md."""

from __future__ import annotations

import pytest
from told import cases, claim, told

from compare.findings import quotation

CASES = cases("quotation")


@pytest.mark.parametrize(("case", "language", "readings", "expected"), CASES, ids=[c[0] for c in CASES])
def test_case(case: str, language: str, readings: str, expected: str) -> None:
    """Exactly the findings that the case names, with true spans."""
    made, articles = claim(readings, language)
    assert told([f for _, f in quotation.examine((made,), articles)], articles) == expected
