"""Name: the readable cases of cases/findings/name.md."""

from __future__ import annotations

import pytest
from told import cases, claim, of_kind, told

from compare.findings import misspelling

CASES = cases("name")


@pytest.mark.parametrize(("case", "language", "readings", "expected"), CASES, ids=[c[0] for c in CASES])
def test_case(case: str, language: str, readings: str, expected: str) -> None:
    """Exactly the findings that the case names, with true spans."""
    made, articles = claim(readings, language)
    assert told(of_kind("name", made, articles), articles) == expected


OTHERS = "kite: The harbour mayor Ada Brackwell spoke in Kells.\noak: A crowd heard Brackwell in the rain."
SLIPS = (
    ("At the quay Bracwell spoke first.", "spelling!: Bracwell | Brackwell"),
    ("At the quay Brackwell's deputy spoke first.", ""),
    ("At the quay a brackwel was seen, and Brackwel spoke first.", ""),  # a word of its own
    ("At the quay Brackwells spoke first.", ""),  # another form of it
    ("At the quay Bracwell Brewing spoke first.", ""),  # beside another name it is another
    ("Bracken was cut on the quay.", ""),  # the first word of a sentence has a capital in any case
)


@pytest.mark.parametrize(("text", "expected"), SLIPS)
def test_a_name_that_one_article_misspells(text: str, expected: str) -> None:
    """A name that recurs in the other articles of a story is the right one; a word of its own is no slip."""
    made, articles = claim(f"lamp: {text}\n{OTHERS}", "en")
    found = [finding for _, finding in misspelling.examine((made,), articles)]
    assert told(found, articles).strip() == expected
