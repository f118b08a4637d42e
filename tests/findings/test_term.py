"""Term: the readable cases of cases/findings/term.md."""

from __future__ import annotations

import pytest
from told import cases, claim, told

from compare.findings import term
from compare.findings.sides import Sides

CASES = cases("term")


@pytest.mark.parametrize(("case", "language", "readings", "expected"), CASES, ids=[c[0] for c in CASES])
def test_case(case: str, language: str, readings: str, expected: str) -> None:
    """Exactly the findings that the case names, with true spans."""
    made, articles = claim(readings, language)
    assert told(term.examine(Sides(made, articles)), articles) == expected
