"""Figures and number words of a sentence.

Figures of every script that Unicode calls decimal are read, with the separators that the language
uses: ``1,000.50``, ``1.000,50``, ``1 000``, ``١٬٠٠٠٫٥``. A lone separator with three figures after it
is ambiguous between languages; both values are kept. Number words are read by text2num in English,
Spanish, French, Portuguese, Italian, German and Dutch, magnitudes (``million``, ``milyon``,
``مليون``) also in Turkish and Arabic.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from compare.findings.fractions import broken
from compare.findings.parsed import Parsed
from compare.text import primary
from compare.text.lexicon import ANY, lexicon, meanings, numbers

_MOST_DIGITS = 30  # a longer run of figures is an identifier, not an amount
_POINT = frozenset(
    ("en", "zh", "ja", "ko", "th", "he", "hi", "bn", "ta", "te", "ur", "ms", "ga", "cy", "mt", "sw", "ar")
)

_LETTERS_AFTER = {"k": 3, "m": 6, "mn": 6, "bn": 9, "b": 9, "tn": 12, "th": 0, "st": 0, "nd": 0, "rd": 0}
_MILLION = 6
# Languages that write a number of several words as one: "zweiundzwanzig", "tweeëntwintig", "ventidue".
_COMPOUNDING = frozenset(("de", "nl", "it"))
_ENDINGS_OF_ONE = {"it": ("uno", "un", "tré"), "de": ("hunderteins", "hundertein"), "nl": ("deen", "déén")}
_FIRST_CJK = "\u2e80"  # from which words are not parted by spaces


class Numeral(NamedTuple):
    """A number as written.

    Attributes:
        first: Index of its first word.
        last: Index past its last word.
        values: What it can mean, exactly; two where the separators are ambiguous.
        ordinal: Whether it counts a place in a row.
        spelt: Whether it is written in words.
        rounded: How many of its last figures are zeros that may stand for any, as a power of ten;
            negative for decimals.
        power: The power of ten of a magnitude after it: 6 for ``2 million`` and ``2m``.
        loose: How far off words leave room for: a tenth of ``two dozen``, half a million of ``two million``.
    """

    first: int
    last: int
    values: tuple[Decimal, ...]
    ordinal: bool = False
    spelt: bool = False
    rounded: int = 0
    power: int = 0
    loose: Decimal = Decimal(0)


def numerals(parsed: Parsed) -> tuple[Numeral, ...]:
    """The numbers of a sentence in order; identifiers such as ``S-400`` or ``Mi8`` are none."""
    found = [n for i in parsed.figures if (n := _figures(parsed, i))]
    more = _spelt(parsed) if has_number_word(parsed) else []
    more += [] if lexicon("dozen", ANY).isdisjoint(parsed.vocabulary) else _dozen(parsed)
    clues = numbers("magnitude").keys() | meanings("broken").keys()
    kept = [] if clues.isdisjoint(parsed.vocabulary) else _broken(parsed, [*found, *more])
    for numeral in (*found, *more):
        if all(numeral.last <= n.first or n.last <= numeral.first for n in kept):
            kept.append(numeral)
    return tuple(sorted(kept))


def has_number_word(parsed: Parsed) -> bool:
    """Whether a word of a sentence is a number, or in languages that join them ends in one."""
    plain = lexicon("number", parsed.language)
    if not plain.isdisjoint(parsed.vocabulary):
        return True
    if primary(parsed.language) not in _COMPOUNDING:
        return False
    return any(name.endswith(_endings(parsed.language)) for name in parsed.names)


@lru_cache(maxsize=16)
def _endings(language: str) -> tuple[str, ...]:
    """How a number of several words written as one can end."""
    words = lexicon("number", language)
    return (*sorted(word for word in words if len(word) > 2), *_ENDINGS_OF_ONE.get(primary(language), ()))


@lru_cache(maxsize=16)
def _clues(language: str) -> frozenset[str]:
    """Every word that can be a part of a number in words."""
    tables = (numbers("magnitude"), numbers("part"), meanings("broken"), meanings("multiple", language))
    return lexicon("dozen", ANY).union(lexicon("number", language), *tables)


def can_have_numerals(parsed: Parsed) -> bool:
    """Whether a sentence has a figure, or a word that may be a number or a fraction."""
    has_clue = parsed.figures or not parsed.vocabulary.isdisjoint(_clues(parsed.language))
    return bool(has_clue) or has_number_word(parsed)


def _broken(parsed: Parsed, whole: list[Numeral]) -> list[Numeral]:
    """Numbers with a fraction in words, with the whole number before them: ``two and a half million``."""
    found: list[Numeral] = []
    for begin, last, part, magnitude, adds in broken(parsed):
        first, value, power = begin, part, magnitude
        if adds:
            before = next((n for n in (*found, *whole) if n.last == first), None)
            if before is None:
                continue
            # Of "two million and a half" the half is one of the magnitude before it.
            value = before.values[0].scaleb(power) + value.scaleb(power or before.power)
            first, power = before.first, power or before.power
            found = [n for n in found if n is not before]
        elif found and first < found[-1].last:
            continue
        loose = value / 10 if power else Decimal(0)
        found.append(Numeral(first, last, (value,), False, True, _rounded(value), power, loose))
    return found


def _figures(parsed: Parsed, index: int) -> Numeral | None:
    word = parsed.words[index]
    before = parsed.text[max(0, word.start - 2) : word.start]
    after = parsed.text[word.end : word.end + 2]
    if _is_identifier(before, after):
        return None
    figures = word.text if word.text.isdecimal() else word.text.rstrip(_letters(word.text))
    letters = word.text[len(figures) :]
    if letters and letters not in _LETTERS_AFTER:
        return None
    if len(figures) > _MOST_DIGITS or ":" in figures:
        return None
    last, figures = _spaced_groups(parsed, index, figures)
    power = _LETTERS_AFTER.get(letters, 0)
    magnitudes = numbers("magnitude")
    while parsed.name(last) in magnitudes and not parsed.between(last).strip():
        power += magnitudes[parsed.names[last]]
        last += 1
    values, rounded = _scaled(figures, power, parsed.language)
    if not values:
        return None
    ordinal = letters in {"th", "st", "nd", "rd"}
    return Numeral(index, last, values, ordinal, False, rounded, power)


def _letters(word: str) -> str:
    return "".join([c for c in word if c.isalpha()]) or " "


def _is_identifier(before: str, after: str) -> bool:
    """``S-400``, ``12/21``, ``#5``, ``A4``, ``5/6``: figures that are part of something else."""
    if before[-1:] in {"/", "#", "_", "№"} or (before[-1:].isalpha() and before[-1:] < _FIRST_CJK):
        return True
    if before[-1:] in {"-", "–", "‑"} and before[:1].isalpha():
        return True
    return after[:1] in {"/", "_"} and after[1:].isalnum()


def _spaced_groups(parsed: Parsed, index: int, figures: str) -> tuple[int, str]:
    """Join ``1 000 000``: with any space in languages that group so, else only with a hard one."""
    last = index + 1
    if not parsed.name(last).isdigit():
        return last, figures
    if len(figures) > 3 or primary(parsed.language) in {"zh", "ja", "th"}:
        return last, figures
    gaps = {"\u00a0", "\u202f", "\u2009"}
    if primary(parsed.language) in {"fr", "ru", "uk", "pl", "cs", "sv", "nb", "no", "fi", "es"}:
        gaps.add(" ")
    while (
        last < len(parsed.words)
        and parsed.between(last) in gaps
        and len(parsed.names[last]) == 3
        and parsed.names[last].isdigit()
        and len(figures) < _MOST_DIGITS
    ):
        figures += parsed.names[last]
        last += 1
    return last, figures


@lru_cache(maxsize=1 << 12)  # the articles of a story tell the same numbers
def _scaled(figures: str, power: int, language: str) -> tuple[tuple[Decimal, ...], int]:
    """The values of figures with a magnitude after them, and the power of ten to which they are exact."""
    values = _values(figures, language)
    rounded = _rounded(values[0]) + power if values else 0
    return tuple(value.scaleb(power) for value in values), rounded


def _values(figures: str, language: str) -> tuple[Decimal, ...]:
    """The values that figures with separators can have; none when they cannot be a number."""
    if figures.isascii() and figures.isdecimal():
        return (Decimal(figures),)
    plain = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in figures)
    plain = plain.replace("٬", "").replace("٫", "·")
    marks = [c for c in plain if not c.isdecimal()]
    if not marks:
        return (Decimal(plain),)
    if not set(marks) <= {".", ",", "·"}:
        return ()
    if len(set(marks)) > 1 or "·" in marks:
        return _mixed(plain, "·" if "·" in marks else marks[-1])
    return _one_kind(plain.split(marks[0]), marks[0], language)


def _mixed(plain: str, decimal: str) -> tuple[Decimal, ...]:
    """``1.000,50``: two kinds of marks, of which the last parts the decimals."""
    if plain.count(decimal) > 1:
        return ()
    whole, _, decimals = plain.rpartition(decimal)
    return (Decimal(f"{whole.replace('.', '').replace(',', '')}.{decimals}"),)


def _one_kind(groups: list[str], mark: str, language: str) -> tuple[Decimal, ...]:
    """``1.000``, ``1,000,000``, ``4,2``: marks of one kind, which group or part decimals."""
    groups_well = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if mark == "," and len(groups) > 2 and len(groups[0]) <= 2 and len(groups[-1]) == 3:
        groups_well |= all(len(group) == 2 for group in groups[1:-1])  # 2,50,000 is a quarter of a million
    grouped = (Decimal("".join(groups)),) if groups_well else ()
    if len(groups) > 2:
        return grouped
    decimal = (Decimal(".".join(groups)),)
    return grouped + decimal if (mark == ",") == (primary(language) in _POINT) else decimal + grouped


def _rounded(value: Decimal) -> int:
    """The power of ten of the last figure that is not a zero after the first."""
    if not value:
        return 0
    sign_digits_exponent = value.normalize().as_tuple()
    exponent = sign_digits_exponent.exponent
    return exponent if isinstance(exponent, int) else 0


class _Token:
    """A word in the form that text2num asks for."""

    __slots__ = ("figures", "gap", "name")

    def __init__(self, name: str, gap: str) -> None:
        self.name = name
        self.gap = gap
        self.figures = name[0].isdigit()

    def text(self) -> str:
        return self.name

    def nt_separated(self, _previous: object) -> bool:
        return self.figures or bool(self.gap.strip(" -‐‑\u00a0"))

    def not_a_number_part(self) -> bool:
        return self.figures


def _spelt(parsed: Parsed) -> list[Numeral]:
    from text_to_num import find_numbers

    # text2num knows "centoottanta", and papers write "centottanta".
    tokens = [
        _Token(name.replace("centott", "centoott"), parsed.between(i)) for i, name in enumerate(parsed.names)
    ]
    found, magnitudes = [], numbers("magnitude")
    for hit in find_numbers(tokens, primary(parsed.language), 0.0):
        spoken = parsed.names[hit.start : hit.end]
        if "tens" in spoken or all(name.rstrip("s") in magnitudes for name in spoken):
            continue  # "hundreds", "half a million", and the magnitude that the figure of "2 million" took
        value, last = Decimal(int(hit.value)), hit.end
        power = magnitudes.get(spoken[-1], 0)
        while (name := parsed.name(last)) in magnitudes and len(name) > 1:
            value, power = value.scaleb(magnitudes[name]), power + magnitudes[name]
            last += 1  # "two lakh", which text2num leaves
        loose = Decimal(5).scaleb(power - 1) if power >= _MILLION else Decimal(0)
        if parsed.name(last) in lexicon("dozen", ANY):
            value, last = value * 12, last + 1
            loose = value / 10
        rounded = _rounded(value)
        found.append(Numeral(hit.start, last, (value,), bool(hit.is_ordinal), True, rounded, power, loose))
    return found


def _dozen(parsed: Parsed) -> list[Numeral]:
    """``a dozen``, ``half a dozen``."""
    found = []
    for index, name in enumerate(parsed.names):
        if name in lexicon("dozen", ANY) and parsed.name(index - 1) in lexicon("one", ANY):
            half = parsed.name(index - 2) == "half"
            value = Decimal(6 if half else 12)
            found.append(Numeral(index - 1 - half, index + 1, (value,), spelt=True, loose=value / 10))
    return found
