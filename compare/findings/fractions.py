"""Fractions in words: ``half of the voters``, ``half a million``, ``two and a half million``."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from compare.findings.parsed import Parsed
from compare.text.lexicon import ANY, lexicon, meanings, numbers

_LARGE = 5  # power of ten from which one of it is a number: "a lakh" and more
_POINTS = frozenset(("percentage", "point", "points"))


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


def fractions(parsed: Parsed) -> tuple[Fraction, ...]:
    """The fractions of something in a sentence; ``the third of May`` and ``half an hour`` are none."""
    parts, found = numbers("part"), []
    if parsed.vocabulary.isdisjoint(parts):
        return ()
    for index, name in enumerate(parsed.names):
        if name not in parts or not parsed.has("fraction", index + 1, index + 2):
            continue
        times = numbers("times").get(parsed.name(index - 1), 0)
        if not times and name != "half":
            continue
        value = Decimal(100 * (times or 1)) / parts[name]
        if value < 100:
            found.append(Fraction(index - bool(times), index + 1, round(value, 2)))
    return tuple(found)


@lru_cache(maxsize=2048)
def broken(parsed: Parsed) -> tuple[Broken, ...]:
    """The numbers with a fraction in words: ``half a million``, ``a quarter point``."""
    return tuple(filter(None, (_broken(parsed, index) for index in range(len(parsed.names)))))


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
