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
from typing import Literal, NamedTuple

import regex

from compare.findings.parsed import Parsed
from compare.text import primary
from compare.text.lexicon import ANY, lexicon, meanings, numbers

_MOST_DIGITS = 30  # a longer run of figures is an identifier, not an amount
_FIGURES = regex.compile(r"([^\p{L}]+)(\p{L}*)")
_POINT = frozenset(
    ("en", "zh", "ja", "ko", "th", "he", "hi", "bn", "ta", "te", "ur", "ms", "ga", "cy", "mt", "sw", "ar")
)
_ORDINAL = frozenset(("th", "st", "nd", "rd"))
_LETTERS_AFTER = {"": 0, "k": 3, "m": 6, "mn": 6, "bn": 9, "b": 9, "tn": 12} | dict.fromkeys(_ORDINAL, 0)
# What makes figures a part of something else: "S-400", "12/21", "#5", "A4"; Chinese words stand beside them.
_IDENTIFIER = regex.compile(r"[/#_№]$|[\p{L}--[\u2e80-\U0010ffff]]$|\p{L}[-–‑]$", regex.VERSION1)
_MILLION = 6
_LARGE = 5  # power of ten from which one of it is a number: "a lakh" and more
_DOZEN = 12
_POINTS = frozenset(("percentage", "point", "points"))
_SPACED = frozenset(("fr", "ru", "uk", "pl", "cs", "sv", "nb", "no", "fi", "es"))
# Languages that write a number of several words as one: "zweiundzwanzig", "tweeëntwintig", "ventidue".
_ENDINGS_OF_ONE = {"it": ("uno", "un", "tré"), "de": ("hunderteins", "hundertein"), "nl": ("deen", "déén")}


class Amount(NamedTuple):
    """A number of a sentence; what it counts and how sure it is are found in ``amounts``.

    Attributes:
        first: Index of its first word.
        last: Index past its last word.
        start: Offset of its first character, a currency sign included.
        end: Offset past its last character, a percent sign included.
        values: What it can mean, exactly; two where separators are ambiguous, both ends of a pair.
        kind: ``count``, ``percent``, ``points``, ``times``, ``ordinal``, ``age``, or a currency: its sign
            with the letters before it (``CA$``), or its name.
        pair: Whether it is a range, a vote or a score.
        unit: Stems of the nouns that it counts.
        measure: Whether its only units are measures, such as years, that say little.
        hedge: Whether it is approximate or a bound.
        rounded: Power of ten below which its figures say nothing; negative for decimals.
        power: The power of ten of a magnitude after it: 6 for ``2 million`` and ``2m``.
        spelt: Whether it is written in words.
        words: How the text writes it, where that says more than the value.
        loose: How far off words leave room for: a tenth of ``two dozen``, half a million of ``two million``.
    """

    first: int
    last: int
    start: int
    end: int
    values: tuple[Decimal, ...]
    kind: str = "count"
    pair: bool = False
    unit: frozenset[str] = frozenset()
    measure: bool = False
    hedge: Literal["", "about", "more", "less"] = ""
    rounded: int = 0
    power: int = 0
    spelt: bool = False
    words: str = ""
    loose: Decimal = Decimal(0)


@lru_cache(maxsize=2048)
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
def numerals(parsed: Parsed) -> tuple[Amount, ...]:
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


def _broken(parsed: Parsed, whole: list[Amount]) -> list[Amount]:
    """Numbers with a fraction in words, with the whole number before them: ``two and a half million``."""
    one, found = lexicon("one", ANY), list[Amount]()
    for index, name in enumerate(parsed.names):
        before = parsed.name(index - 1)
        if found and index < found[-1].last:
            continue  # "half a million"
        if before in one and (name in lexicon("dozen", ANY) or numbers("magnitude").get(name, 0) >= _LARGE):
            last, factor, power = _multiplied(parsed, index)
            found.append(_worded(parsed, (index - 1, last), Decimal(factor), power))
            continue
        if name not in meanings("broken"):
            continue
        times = numbers("times").get(before, 0) or (before in one)
        part, first = Decimal(meanings("broken")[name]) * (times or 1), index - bool(times)
        if times < 2 and parsed.name(first - 1) in lexicon("and", ANY):
            # "two million and a half": the half is one of the magnitude before it
            last, _, power = _multiplied(parsed, index + 1)
            for ended in [n for n in (*found, *whole) if n.last == first - 1]:
                value = ended.values[0].scaleb(power) + part.scaleb(power or ended.power)
                found = [n for n in found if n is not ended]
                found.append(_worded(parsed, (ended.first, last), value, power or ended.power))
            continue
        last = index + 1 + (parsed.name(index + 1) in lexicon("of", ANY))
        last, factor, power = _multiplied(parsed, last + (parsed.name(last) in one))
        if factor > 1 or parsed.name(last) in _POINTS:  # "half of the voters" are a share
            found.append(_worded(parsed, (first, last), part * factor, power))
    return found


def _worded(parsed: Parsed, span: tuple[int, int], value: Decimal, power: int) -> Amount:
    """A number in words; a whole one, such as a dozen or two million, is right to a tenth."""
    start, end = parsed.words[span[0]].start, parsed.words[span[1] - 1].end
    number = Amount(*span, start, end, (value,), rounded=_rounded(value), power=power, spelt=True)
    return number._replace(loose=value / 10 if value % 1 == 0 else Decimal(0))


def _figures(parsed: Parsed, index: int) -> Amount | None:
    word = parsed.words[index]
    parts = _FIGURES.fullmatch(word.text)
    if parts is None or _IDENTIFIER.search(parsed.text, max(0, word.start - 2), word.start):
        return None
    figures, letters = parts.groups()
    after, power = parsed.text[word.end : word.end + 2], _LETTERS_AFTER.get(letters, -1)
    if power < 0 or len(figures) > _MOST_DIGITS or (after[:1] in {"/", "_"} and after[1:].isalnum()):
        return None
    last, figures = _spaced_groups(parsed, index, figures)
    last, factor, more = _multiplied(parsed, last)
    values = tuple([value.scaleb(power) * factor for value in _values(figures, parsed.language)])
    if not values:
        return None
    kind = "ordinal" if letters in _ORDINAL else "count"
    rounded, end = _rounded(values[0]), parsed.words[last - 1].end
    return Amount(index, last, word.start, end, values, kind, rounded=rounded, power=power + more)


def _spaced_groups(parsed: Parsed, index: int, figures: str) -> tuple[int, str]:
    """Join ``1 000 000``: with any space in languages that group so, else only with a hard one."""
    last = index + 1
    gaps = {"\u00a0", "\u202f", "\u2009", " " if primary(parsed.language) in _SPACED else ""}
    while index + 1 < last or len(figures) <= 3:
        name = parsed.name(last)
        if len(name) != 3 or not name.isdigit() or parsed.between(last) not in gaps:
            break
        figures, last = figures + name, last + 1
    return last, figures


@lru_cache(maxsize=1 << 12)  # the articles of a story tell the same numbers
def _values(figures: str, language: str) -> tuple[Decimal, ...]:
    """The values that figures with separators can have; none when they cannot be a number."""
    plain = figures.replace("٬", "").replace("٫", ".")
    marks = [c for c in plain if not c.isdecimal()]
    if not marks:
        return (Decimal(plain),)
    if not set(marks) <= {".", ","}:
        return ()
    *groups, last = plain.split(marks[-1])
    if len(set(marks)) > 1:  # "1.000,50": the last mark parts the decimals
        return (Decimal(f"{groups[0].replace(marks[0], '')}.{last}"),) if len(groups) == 1 else ()
    first, *inner = groups
    by_three = len(first) <= 3 and all(len(group) == 3 for group in (*inner, last))
    # 2,50,000 is a quarter of a million
    by_two = marks[0] == "," and inner and len(first) <= 2 and all(len(group) == 2 for group in inner)
    grouped = (Decimal("".join((*groups, last))),) if by_three or (by_two and len(last) == 3) else ()
    if inner:
        return grouped
    decimal = (Decimal(f"{first}.{last}"),)
    return grouped + decimal if (marks[0] == ",") == (primary(language) in _POINT) else decimal + grouped


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


def _spelt(parsed: Parsed) -> list[Amount]:
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
        value, kind = Decimal(int(hit.value)) * factor, "ordinal" if hit.is_ordinal else "count"
        number = _worded(parsed, (hit.start, last), value, power)
        loose = Decimal(5).scaleb(power - 1) if power >= _MILLION else value / 10 * (factor == _DOZEN)
        found.append(number._replace(kind=kind, loose=loose))
    return found
