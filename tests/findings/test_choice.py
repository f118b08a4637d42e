"""Choice: the readable cases of cases/findings/choice.md."""

from __future__ import annotations

import pytest
from told import cases, claim, told

from compare.findings import choice
from compare.findings.sides import Sides

CASES = cases("choice")


@pytest.mark.parametrize(("case", "language", "readings", "expected"), CASES, ids=[c[0] for c in CASES])
def test_case(case: str, language: str, readings: str, expected: str) -> None:
    """Exactly the findings that the case names, with true spans."""
    made, articles = claim(readings, language)
    assert told(choice.examine(Sides(made, articles)), articles) == expected
