"""Fractions in words: ``half of the voters``, ``two thirds of them``, ``a quarter of its budget``."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from compare.findings.lexicon import lexicon
from compare.findings.parsed import Parsed

PARTS = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
_TIMES = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}


class Fraction(NamedTuple):
    """A fraction in words.

    Attributes:
        first: Index of its first word.
        last: Index past its last word.
        percent: Its value in percent, to two decimals.
    """

    first: int
    last: int
    percent: Decimal


def fractions(parsed: Parsed) -> tuple[Fraction, ...]:
    """The fractions of something in a sentence; ``the third of May`` and ``half an hour`` are none."""
    if parsed.vocabulary.isdisjoint(PARTS) or not lexicon("fraction", parsed.language):
        return ()
    found = []
    for index, name in enumerate(parsed.names):
        if name not in PARTS or lexicon("fraction", parsed.language).isdisjoint(
            parsed.names[index + 1 : index + 2]
        ):
            continue
        times = _TIMES.get(parsed.names[index - 1], 0) if index else 0
        if not times and name != "half":
            continue
        value = Decimal(100 * (times or 1)) / PARTS[name]
        if value < 100:
            found.append(Fraction(index - bool(times), index + 1, round(value, 2)))
    return tuple(found)
