"""Choice: the readable cases of cases/findings/choice.md."""

from __future__ import annotations

import pytest
from told import cases, claim, of_kind, told

CASES = cases("choice")


@pytest.mark.parametrize(("case", "language", "readings", "expected"), CASES, ids=[c[0] for c in CASES])
def test_case(case: str, language: str, readings: str, expected: str) -> None:
    """Exactly the findings that the case names, with true spans."""
    made, articles = claim(readings, language)
    assert told(of_kind("choice", made, articles), articles) == expected
