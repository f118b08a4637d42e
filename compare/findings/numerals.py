"""Figures and number words of a sentence.

Figures of every script that Unicode calls decimal are read, with the separators that the language
uses: ``1,000.50``, ``1.000,50``, ``1 000``, ``١٬٠٠٠٫٥``. A lone separator with three figures after it
is ambiguous between languages; both values are kept. Number words are read by text2num in English,
Spanish, French, Portuguese, Italian, German and Dutch, magnitudes (``million``, ``milyon``,
``مليون``) also in Turkish and Arabic, halves and quarters of them (``two and a half million``) and dozens
in some of these.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from compare.findings.parsed import Parsed
from compare.text import primary
from compare.text.lexicon import ANY, lexicon, meanings, numbers

_MOST_DIGITS = 30  # a longer run of figures is an identifier, not an amount
_FIGURES = regex.compile(r"([^\p{L}]+)(\p{L}*)")
_POINT = frozenset(
    ("en", "zh", "ja", "ko", "th", "he", "hi", "bn", "ta", "te", "ur", "ms", "ga", "cy", "mt", "sw", "ar")
)
_LETTERS_AFTER = {"": 0, "k": 3, "m": 6, "mn": 6, "bn": 9, "b": 9, "tn": 12}
_ORDINAL = frozenset(("th", "st", "nd", "rd"))
_MILLION = 6
_LARGE = 5  # power of ten from which one of it is a number: "a lakh" and more
_DOZEN = 12
_POINTS = frozenset(("percentage", "point", "points"))
_SPACED = frozenset(("fr", "ru", "uk", "pl", "cs", "sv", "nb", "no", "fi", "es"))
# Languages that write a number of several words as one: "zweiundzwanzig", "tweeëntwintig", "ventidue".
_ENDINGS_OF_ONE = {"it": ("uno", "un", "tré"), "de": ("hunderteins", "hundertein"), "nl": ("deen", "déén")}
_FIRST_CJK = "\u2e80"  # from which words are not parted by spaces


class Numeral(NamedTuple):
    """A number as written.

    Attributes:
        first: Index of its first word.
        last: Index past its last word.
        values: What it can mean, exactly; two where the separators are ambiguous.
        rounded: How many of its last figures are zeros that may stand for any, as a power of ten;
            negative for decimals.
        power: The power of ten of a magnitude after it: 6 for ``2 million`` and ``2m``.
        ordinal: Whether it counts a place in a row.
        spelt: Whether it is written in words.
        loose: How far off words leave room for: a tenth of ``two dozen``, half a million of ``two million``.
    """

    first: int
    last: int
    values: tuple[Decimal, ...]
    rounded: int = 0
    power: int = 0
    ordinal: bool = False
    spelt: bool = False
    loose: Decimal = Decimal(0)


def written(parsed: Parsed) -> tuple[str, ...]:
    """The words of a sentence that make its numbers, in order: who writes the same tells the same numbers."""
    known, endings = _number_words(parsed.language), _endings(primary(parsed.language))
    if not endings and known.isdisjoint(parsed.vocabulary):
        return tuple([parsed.names[i] for i in parsed.figures])
    told = [n for n in parsed.names if n in known or n[0].isdigit() or (endings and n.endswith(endings))]
    return tuple(told)


@cache
def _number_words(language: str) -> frozenset[str]:
    tables = (_units(), meanings("broken"), numbers("part"), meanings("multiple", language))
    return lexicon("number", language).union(*tables)


@cache
def _endings(language: str) -> tuple[str, ...]:
    """How a number of several words written as one can end, in the languages that join them."""
    ones = _ENDINGS_OF_ONE.get(language, ())
    return (*ones, *(word for word in sorted(lexicon("number", language)) if len(word) > 2)) if ones else ()


@lru_cache(maxsize=2048)
def numerals(parsed: Parsed) -> tuple[Numeral, ...]:
    """The numbers of a sentence in order; identifiers such as ``S-400`` or ``Mi8`` are none."""
    found = [n for i in parsed.figures if (n := _figures(parsed, i))]
    if len(written(parsed)) == len(parsed.figures):
        return tuple(found)
    if lexicon("number", parsed.language):
        found += _spelt(parsed)
    kept = _broken(parsed, found)
    kept += [n for n in found if all(n.last <= k.first or k.last <= n.first for k in kept)]
    return tuple(sorted(kept))


@cache
def _units() -> dict[str, tuple[int, int]]:
    """What a number can be multiplied by, with its power of ten: dozens have none."""
    powers = {name: (10**power, power) for name, power in numbers("magnitude").items()}
    return powers | dict.fromkeys(lexicon("dozen", ANY), (_DOZEN, 0))


def _multiplied(parsed: Parsed, index: int) -> tuple[int, int, int]:
    """Index past the magnitudes and dozens from an index on, their product, and the magnitudes' power."""
    factor, power = 1, 0
    while found := _units().get(parsed.name(index)):
        gap = parsed.between(index).strip()
        if gap and (gap != "-" or len(parsed.names[index]) == 1):
            break
        factor, power, index = factor * found[0], power + found[1], index + 1
    return index, factor, power


def _broken(parsed: Parsed, whole: list[Numeral]) -> list[Numeral]:
    """Numbers with a fraction in words, with the whole number before them: ``two and a half million``."""
    one, of, found = lexicon("one", ANY), lexicon("of", ANY), list[Numeral]()
    for index, name in enumerate(parsed.names):
        before = parsed.name(index - 1)
        if before in one and (name in lexicon("dozen", ANY) or numbers("magnitude").get(name, 0) >= _LARGE):
            part, first = Decimal(1), index - 1
            last, factor, power = _multiplied(parsed, index)
        elif name in meanings("broken"):
            times = numbers("times").get(before, 0) or (before in one)
            part, first = Decimal(meanings("broken")[name]) * (times or 1), index - bool(times)
            if times < 2 and first and parsed.names[first - 1] in lexicon("and", ANY):
                ended = next((n for n in (*found, *whole) if n.last == first - 1), None)
                if ended:  # "two million and a half": the half is one of the magnitude before it
                    last, _, power = _multiplied(parsed, index + 1)
                    value = ended.values[0].scaleb(power) + part.scaleb(power or ended.power)
                    found = [n for n in found if n is not ended]
                    found.append(_worded(ended.first, last, value, power or ended.power))
                continue
            last = index + 1 + (parsed.name(index + 1) in of)
            last, factor, power = _multiplied(parsed, last + (parsed.name(last) in one))
            if factor == 1 and parsed.name(last) not in _POINTS:
                continue  # "a quarter of a percentage point" is a number, "half of the voters" a share
        else:
            continue
        if not found or found[-1].last <= first:
            found.append(_worded(first, last, part * factor, power, is_rough=factor > 1))
    return found


def _worded(first: int, last: int, value: Decimal, power: int, *, is_rough: bool = False) -> Numeral:
    """A number in words, which with a magnitude or of dozens is one to a tenth."""
    loose = value / 10 if power or is_rough else Decimal(0)
    return Numeral(first, last, (value,), _rounded(value), power, spelt=True, loose=loose)


def _figures(parsed: Parsed, index: int) -> Numeral | None:
    word = parsed.words[index]
    before = parsed.text[max(0, word.start - 2) : word.start]
    after = parsed.text[word.end : word.end + 2]
    parts = _FIGURES.fullmatch(word.text)
    if parts is None or _is_identifier(before, after):
        return None
    figures, letters = parts.groups()
    if len(figures) > _MOST_DIGITS or not (letters in _LETTERS_AFTER or letters in _ORDINAL):
        return None
    last, figures = _spaced_groups(parsed, index, figures)
    last, factor, power = _multiplied(parsed, last)
    after_letters = _LETTERS_AFTER.get(letters, 0)
    values = [value.scaleb(after_letters) * factor for value in _values(figures, parsed.language)]
    if not values:
        return None
    rounded = _rounded(values[0])
    return Numeral(index, last, tuple(values), rounded, power + after_letters, letters in _ORDINAL)


def _is_identifier(before: str, after: str) -> bool:
    """``S-400``, ``12/21``, ``#5``, ``A4``, ``5/6``: figures that are part of something else."""
    if before[-1:] in {"/", "#", "_", "№"} or (before[-1:].isalpha() and before[-1:] < _FIRST_CJK):
        return True
    if before[-1:] in {"-", "–", "‑"} and before[:1].isalpha():
        return True
    return after[:1] in {"/", "_"} and after[1:].isalnum()


def _spaced_groups(parsed: Parsed, index: int, figures: str) -> tuple[int, str]:
    """Join ``1 000 000``: with any space in languages that group so, else only with a hard one."""
    last, language = index + 1, primary(parsed.language)
    if len(figures) > 3 or language in {"zh", "ja", "th"}:
        return last, figures
    gaps = {"\u00a0", "\u202f", "\u2009", " " if language in _SPACED else ""}
    while (
        len(name := parsed.name(last)) == 3
        and name.isdigit()
        and parsed.between(last) in gaps
        and len(figures) < _MOST_DIGITS
    ):
        figures, last = figures + name, last + 1
    return last, figures


@lru_cache(maxsize=1 << 12)  # the articles of a story tell the same numbers
def _values(figures: str, language: str) -> tuple[Decimal, ...]:
    """The values that figures with separators can have; none when they cannot be a number."""
    plain = figures.replace("٬", "").replace("٫", "·")
    marks = [c for c in plain if not c.isdecimal()]
    if not marks:
        return (Decimal(plain),)
    if not set(marks) <= {".", ",", "·"}:
        return ()
    groups, mark = plain.split(marks[-1]), marks[-1]
    if len(set(marks)) > 1 or mark == "·":  # "1.000,50": the last mark parts the decimals
        whole = groups[0].replace(".", "").replace(",", "")
        return (Decimal(f"{whole}.{groups[1]}"),) if len(groups) == 2 else ()
    groups_well = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    if mark == "," and len(groups) > 2 and len(groups[0]) <= 2 and len(groups[-1]) == 3:
        groups_well |= all(len(group) == 2 for group in groups[1:-1])  # 2,50,000 is a quarter of a million
    grouped = (Decimal("".join(groups)),) if groups_well else ()
    if len(groups) > 2:
        return grouped
    decimal = (Decimal(".".join(groups)),)
    return grouped + decimal if (mark == ",") == (primary(language) in _POINT) else decimal + grouped


@lru_cache(maxsize=1 << 12)
def _rounded(value: Decimal) -> int:
    """The power of ten of the last figure that is not a zero after the first."""
    exponent = value.normalize().as_tuple().exponent if value else 0
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
        last, factor, power = _multiplied(parsed, hit.end)  # "two lakh", "two dozen", which text2num leaves
        power += magnitudes.get(spoken[-1], 0)
        number = _worded(hit.start, last, Decimal(int(hit.value)) * factor, 0, is_rough=factor == _DOZEN)
        loose = Decimal(5).scaleb(power - 1) if power >= _MILLION else number.loose
        found.append(number._replace(power=power, ordinal=bool(hit.is_ordinal), loose=loose))
    return found
