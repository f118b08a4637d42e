"""Number: the readable cases of cases/findings/number.md."""

from __future__ import annotations

import pytest
from told import cases, claim, of_kind, told

CASES = cases("number")


@pytest.mark.parametrize(("case", "language", "readings", "expected"), CASES, ids=[c[0] for c in CASES])
def test_case(case: str, language: str, readings: str, expected: str) -> None:
    """Exactly the findings that the case names, with true spans."""
    made, articles = claim(readings, language)
    assert told(of_kind("number", made, articles), articles) == expected


def test_a_hedge_is_marked_with_its_number() -> None:
    """A reader sees the bound as the text prints it."""
    made, articles = claim(
        "lamp: No more than 40 passengers were aboard the ferry when it struck the wall.\n"
        "kite: Some 90 passengers were aboard the ferry when it struck the wall.",
        "en",
    )
    (found,) = of_kind("number", made, articles)
    assert [place.text for v in found.variants for place in v.places] == ["No more than 40", "Some 90"]
