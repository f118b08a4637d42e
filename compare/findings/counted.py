"""What a number counts, and how sure it is of it: its kind, its unit and the hedge before it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from compare.findings.currencies import money
from compare.findings.numerals import Numeral
from compare.findings.parsed import Parsed
from compare.text import stems
from compare.text.lexicon import lexicon, phrases, stemmed, stemmed_classes

Hedge = Literal["", "about", "more", "less"]

SCALES = frozenset(("celsius", "fahrenheit"))
DEGREE = stems(("degrees",), "en")[0]
_SCALE_SIGNS = {"c": "celsius", "f": "fahrenheit"}
_PERCENT = frozenset("%٪")
BARS = frozenset('.,;:()[]{}"“”«»!?…')
_HEDGES: tuple[Hedge, ...] = ("more", "less", "about")
_LONGEST_HEDGE = 3  # words
_OR: dict[str, Hedge] = {"more": "more", "so": "about", "less": "less", "fewer": "less"}
_REACH_OF_UNIT = 3
_REACH_OF_NAME = 8  # words after an age, in which the name stands that it belongs to


class Counted(NamedTuple):
    """The kind of a number as far as signs and words beside it say so, with the span that these make.

    Attributes:
        kind: ``count``, ``percent``, ``points``, ``ordinal``, ``age`` or a currency.
        start: Offset of the first character.
        end: Offset past the last character.
        last: Index past the last word.
    """

    kind: str
    start: int
    end: int
    last: int


def counted(parsed: Parsed, numeral: Numeral) -> Counted:
    """What kind of amount a number is."""
    last = numeral.last
    start, end = parsed.words[numeral.first].start, parsed.words[last - 1].end
    percent = _percent(parsed, numeral, start, end)
    if percent:
        return percent
    paid = money(parsed, numeral, start, last)
    if paid:
        return Counted(paid.kind, paid.start, max(end, paid.end), paid.last)
    if numeral.ordinal:
        return Counted("ordinal", start, end, last)
    return Counted("age" if _is_age(parsed, numeral, end, last) else "count", start, end, last)


def _percent(parsed: Parsed, numeral: Numeral, start: int, end: int) -> Counted | None:  # noqa: PLR0911
    """``56%``, ``%56``, ``56 per cent``, ``yüzde 56``, ``2 percentage points``."""
    text, names, last = parsed.text, parsed.names, numeral.last
    following, before = parsed.name(last), parsed.name(numeral.first - 1)
    percents = lexicon("percent", parsed.language)
    sign = end + text[end : end + 1].isspace()
    if text[sign : sign + 1] in _PERCENT:
        return Counted("percent", start, sign + 1, last)
    if text[max(0, start - 1) : start] in _PERCENT or before in percents:
        return Counted("percent", start, end, last)
    if following in {"percentage", "puan"}:
        return Counted("points", start, end, last + 1)
    if following in {"point", "points"} and numeral.values[0] % 1:
        return Counted("points", start, end, last + 1)  # "a quarter-point cut"
    if following in percents:
        return Counted("percent", start, end, last + 1)
    if tuple(names[last : last + 2]) in phrases("percent", parsed.language):
        return Counted("percent", start, end, last + 2)
    return None


def _is_age(parsed: Parsed, numeral: Numeral, end: int, last: int) -> bool:
    """``75-year-old``, ``aged 75``, ``Mr Brat, 75,``."""
    if not 0 < numeral.values[0] < 120:
        return False
    before = numeral.first - 1
    if parsed.name(last + 1) == "old" and parsed.name(last) in {"year", "years"}:
        return True
    if parsed.name(before) in {"aged", "age"}:
        return True
    apposed = before >= 0 and parsed.capital[before] and parsed.between(numeral.first).strip() == ","
    return apposed and not numeral.spelt and parsed.text[end : end + 1] in {",", ".", ")"}


def whose(parsed: Parsed, numeral: Numeral) -> frozenset[str]:
    """The name that an age stands after, or those soon after ``a 29-year-old``."""
    before = numeral.first - 1
    if before >= 0 and parsed.capital[before] and parsed.between(numeral.first).strip() == ",":
        return frozenset((parsed.stems[before],))
    after = range(numeral.last, min(numeral.last + _REACH_OF_NAME, len(parsed.names)))
    return frozenset(parsed.stems[i] for i in after if parsed.capital[i] and parsed.meaning[i])


def unit_of(parsed: Parsed, kind: str, last: int) -> tuple[frozenset[str], bool]:
    """Stems of the content words after a number, up to the end of its phrase; whether it is a measure."""
    if kind in {"percent", "points"}:
        return frozenset(), False
    degrees = _degrees(parsed, last)
    if degrees:
        return degrees, False
    unit, singular = [], stemmed_classes("plural", parsed.language)
    last += parsed.has("further", last, last + 1)
    for index in range(last, min(last + _REACH_OF_UNIT, len(parsed.names))):
        if not parsed.meaning[index]:
            break
        gap = parsed.between(index)
        if not BARS.isdisjoint(gap) or " - " in gap:
            break
        unit.append(singular.get(parsed.meaning[index], parsed.meaning[index]))
    known = stemmed("measure", parsed.language)
    if unit[1:] and unit[1] in SCALES:
        return frozenset(unit[:2]), False
    plain = frozenset(unit) - known
    return (plain, False) if plain and unit[0] not in known else (frozenset(unit[:1]), bool(unit))


def _degrees(parsed: Parsed, last: int) -> frozenset[str]:
    """The unit of ``10°C``, ``50 °F`` and ``10C``; empty for anything else."""
    if parsed.between(last).strip() not in {"°", "º"}:
        return frozenset()
    return frozenset((DEGREE, _SCALE_SIGNS.get(parsed.name(last), DEGREE)))


def hedge_before(parsed: Parsed, first: int) -> tuple[Hedge, int]:
    """The hedge that ends right before a word, and the index of its first word; the longest there is."""
    for begin in range(max(0, first - _LONGEST_HEDGE), first):
        words = tuple(parsed.names[begin:first])
        for kind in _HEDGES:
            if words in phrases(kind, parsed.language) or (
                len(words) == 1 and words[0] in lexicon(kind, parsed.language)
            ):
                return kind, begin
    return "", first


def hedge_of(parsed: Parsed, first: int, last: int, start: int) -> Hedge:
    """How sure a number of the words ``first`` to ``last`` is, whose sign begins at offset ``start``."""
    if first and BARS.intersection(parsed.text[parsed.words[first - 1].end : start]):
        return ""
    if found := hedge_before(parsed, first)[0]:
        return found
    either = next((at for at in (last, last + 1) if parsed.name(at) == "or"), -2)
    return _OR.get(parsed.name(either + 1), "")  # "24 or more", "24 pounds or less"
