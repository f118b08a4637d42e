"""Numbers with a fraction in words: ``half a million``, ``two and a half million``."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from compare.findings.parsed import Parsed
from compare.text.lexicon import ANY, lexicon, meanings, numbers

_LARGE = 5  # power of ten from which one of it is a number: "a lakh" and more
_POINTS = frozenset(("percentage", "point", "points"))


class Broken(NamedTuple):
    """A number of words of which one is a fraction, without a whole number before it.

    Attributes:
        first: Index of its first word.
        last: Index past its last word.
        value: What it is.
        power: That of the magnitude in it.
        adds: Whether it is added to the number that ends at ``first``: ``and a half million``.
    """

    first: int
    last: int
    value: Decimal
    power: int
    adds: bool


def broken(parsed: Parsed) -> Iterator[Broken]:
    """The numbers with a fraction in words: ``half a million``, ``a quarter point``."""
    return filter(None, (_broken(parsed, index) for index in range(len(parsed.names))))


def _broken(parsed: Parsed, index: int) -> Broken | None:
    names = parsed.names
    name, before = names[index], parsed.name(index - 1)
    one, of = lexicon("one", ANY), lexicon("of", ANY)
    power = numbers("magnitude").get(name, 0)
    if power >= _LARGE and before in one:
        return Broken(index - 1, index + 1, Decimal(1).scaleb(power), power, False)
    if name not in meanings("broken"):
        return None
    times = numbers("times").get(before, 0) or (before in one)
    first = index - bool(times)
    joined = first > 0 and names[first - 1] in lexicon("and", ANY)
    value = Decimal(meanings("broken")[name]) * (times or 1)
    if joined and times < 2:  # "two and a half million", "dos millones y medio"
        last, power = _magnitude(parsed, index + 1)
        return Broken(first - 1, last, value, power, True)
    past = index + 1 + (parsed.name(index + 1) in of)
    past += parsed.name(past) in one
    last, power = _magnitude(parsed, past)
    if power:
        return Broken(first, last, value.scaleb(power), power, False)
    if parsed.name(past) in _POINTS:  # "a quarter of a percentage point"
        return Broken(first, past, value, 0, False)
    return None


def _magnitude(parsed: Parsed, index: int) -> tuple[int, int]:
    """Index past the magnitude at an index, and its power of ten; 0 for none."""
    name = parsed.name(index)
    power = numbers("magnitude").get(name, 0) if len(name) > 1 else 0
    return index + bool(power), power
