"""Fractions in words: ``half of the voters``, ``half a million``, ``two and a half million``."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from compare.findings.parsed import Parsed

PARTS = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "sixth": 6,
    "sixths": 6, "eighth": 8, "eighths": 8, "tenth": 10, "tenths": 10,
}  # fmt: skip
_TIMES = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "nine": 9}

MAGNITUDES = {
    "hundred": 2, "thousand": 3, "million": 6, "mln": 6, "m": 6, "billion": 9, "bn": 9, "trillion": 12,
    "k": 3, "cien": 2, "mil": 3, "millón": 6, "millones": 6, "mille": 3, "millions": 6, "milliard": 9,
    "milliards": 9, "md": 9, "mds": 9, "tausend": 3, "millionen": 6, "milliarde": 9, "milliarden": 9,
    "mio": 6, "mrd": 9, "miljoen": 6, "miljard": 9, "milione": 6, "milioni": 6, "miliardo": 9,
    "miliardi": 9, "mld": 9, "milhão": 6, "milhões": 6, "bilhão": 9, "bilhões": 9,
    "lakh": 5, "lakhs": 5, "lac": 5, "lacs": 5, "crore": 7, "crores": 7,
    "tys": 3, "tysięcy": 3, "milion": 6, "miliony": 6, "milionów": 6, "miliard": 9, "miliardy": 9,
    "miliardów": 9, "тыс": 3, "тысяч": 3, "млн": 6, "миллион": 6, "миллиона": 6, "миллионов": 6,
    "млрд": 9, "миллиард": 9, "миллиарда": 9, "миллиардов": 9,
    "bin": 3, "milyon": 6, "milyar": 9, "trilyon": 12,
    "ألف": 3, "آلاف": 3, "مليون": 6, "ملايين": 6, "مليار": 9, "مليارات": 9,
}  # fmt: skip
LARGE = frozenset(name for name, power in MAGNITUDES.items() if power >= 5)  # "a lakh" and more
_HALF = Decimal("0.5")
_BROKEN = {
    **dict.fromkeys(("half", "halbe", "halben", "halbes", "halve", "medio", "media", "demi", "demie"), _HALF),
    **dict.fromkeys(("mezzo", "mezza", "meio", "meia"), _HALF),
    **dict.fromkeys(("quarter", "quarters", "viertel", "cuarto", "quart"), Decimal("0.25")),
}
_A = frozenset(
    ("a", "an", "one", "un", "una", "uno", "bir", "ein", "eine", "einer", "une", "een", "um", "uma")
)
_AND = frozenset(("and", "y", "et", "e", "und", "en"))
_OF = frozenset(("of", "de", "di", "von", "van"))
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
    if parsed.vocabulary.isdisjoint(PARTS):
        return ()
    found = []
    for index, name in enumerate(parsed.names):
        if name not in PARTS or not parsed.has("fraction", index + 1, index + 2):
            continue
        times = _TIMES.get(parsed.name(index - 1), 0)
        if not times and name != "half":
            continue
        value = Decimal(100 * (times or 1)) / PARTS[name]
        if value < 100:
            found.append(Fraction(index - bool(times), index + 1, round(value, 2)))
    return tuple(found)


@lru_cache(maxsize=2048)
def broken(parsed: Parsed) -> tuple[Broken, ...]:
    """The numbers with a fraction in words: ``half a million``, ``a quarter point``."""
    return tuple(filter(None, (_broken(parsed, index) for index in range(len(parsed.names)))))


def can_be_broken(parsed: Parsed) -> bool:
    """Whether a sentence has a word of which a number with a fraction is made."""
    return not (parsed.vocabulary.isdisjoint(_BROKEN) and parsed.vocabulary.isdisjoint(LARGE))


def _broken(parsed: Parsed, index: int) -> Broken | None:
    names = parsed.names
    name, before = names[index], parsed.name(index - 1)
    if name in LARGE and before in _A:
        return Broken(index - 1, index + 1, Decimal(1).scaleb(MAGNITUDES[name]), MAGNITUDES[name], False)
    if name not in _BROKEN:
        return None
    times = _TIMES.get(before, 0) or (before in _A)
    first = index - bool(times)
    joined = first > 0 and names[first - 1] in _AND
    value = _BROKEN[name] * (times or 1)
    if joined and times < 2:  # "two and a half million", "dos millones y medio"
        last, power = _magnitude(parsed, index + 1)
        return Broken(first - 1, last, value, power, True)
    past = index + 1 + (parsed.name(index + 1) in _OF)
    past += parsed.name(past) in _A
    last, power = _magnitude(parsed, past)
    if power:
        return Broken(first, last, value.scaleb(power), power, False)
    if parsed.name(past) in _POINTS:  # "a quarter of a percentage point"
        return Broken(first, past, value, 0, False)
    return None


def _magnitude(parsed: Parsed, index: int) -> tuple[int, int]:
    """Index past the magnitude at an index, and its power of ten; 0 for none."""
    name = parsed.name(index)
    power = MAGNITUDES.get(name, 0) if len(name) > 1 else 0
    return index + bool(power), power
