"""What a number counts, and how sure it is of it: its kind or currency, its unit and the hedge before it."""

from __future__ import annotations

from functools import cache
from typing import Literal, NamedTuple

from compare.findings.numerals import Numeral
from compare.findings.parsed import Parsed
from compare.text import stems
from compare.text.lexicon import ANY, lexicon, meanings, phrases, stemmed, stemmed_classes

Hedge = Literal["", "about", "more", "less"]

SCALES = frozenset(("celsius", "fahrenheit"))
_DEGREE = stems(("degrees",), "en")[0]
_SCALE_SIGNS = {"c": "celsius", "f": "fahrenheit"}
_PERCENT = frozenset("%٪")
_POINTS = frozenset(("percentage", "puan"))
_COINS = frozenset("$€£¥₺₽₹₩₪₴₦")
_MOST_LETTERS = 3  # before a sign: CA$
_MANY = 6  # a power of ten from which pounds are money
_BARS = frozenset('.,;:()[]{}"“”«»!?…')
_LONGEST_HEDGE = 3  # words
_OR: dict[str, Hedge] = {"more": "more", "so": "about", "less": "less", "fewer": "less"}
_REACH_OF_UNIT = 3
_REACH_OF_NAME = 8  # words after an age, in which the name stands that it belongs to


class Counted(NamedTuple):
    """The kind of a number as far as signs and words beside it say so, with the span that these make.

    Attributes:
        kind: ``count``, ``percent``, ``points``, ``ordinal``, ``age`` or a currency: its sign with the
            letters before it (``CA$``), or its name.
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
    start, end = parsed.words[numeral.first].start, parsed.words[numeral.last - 1].end
    told = _percent(parsed, numeral, start, end) or _money(parsed, numeral, start, end)
    if told:
        return told
    is_age = not numeral.ordinal and _is_age(parsed, numeral, end)
    return Counted("ordinal" if numeral.ordinal else "age" if is_age else "count", start, end, numeral.last)


def _percent(parsed: Parsed, numeral: Numeral, start: int, end: int) -> Counted | None:
    """``56%``, ``%56``, ``56 per cent``, ``yüzde 56``, ``2 percentage points``, ``a quarter-point cut``."""
    text, last, following = parsed.text, numeral.last, parsed.name(numeral.last)
    percents = lexicon("percent", parsed.language)
    sign = end + text[end : end + 1].isspace()
    if text[sign : sign + 1] in _PERCENT:
        return Counted("percent", start, sign + 1, last)
    if text[max(0, start - 1) : start] in _PERCENT or parsed.name(numeral.first - 1) in percents:
        return Counted("percent", start, end, last)
    if following in _POINTS or (following in {"point", "points"} and numeral.values[0] % 1):
        return Counted("points", start, end, last + 1)
    if following in percents:
        return Counted("percent", start, end, last + 1)
    both = (following, parsed.name(last + 1)) in phrases("percent", parsed.language)
    return Counted("percent", start, end, last + 2) if both else None


@cache
def is_currency(kind: str) -> bool:
    """Whether a kind of amounts is a currency: ``$``, ``CA$``, ``pesos``, ``Jamaican dollars``."""
    coins = {*meanings("currency").values(), *meanings("currency_before").values(), *meanings("currency")}
    return kind[-1] in _COINS or kind.rpartition(" ")[2] in coins


def shown_sum(kind: str, figures: str) -> str:
    """Figures with their currency as people read it: ``$5``, ``5 pesos``."""
    return f"{kind}{figures}" if kind[-1] in _COINS else f"{figures} {kind}"


def _money(parsed: Parsed, numeral: Numeral, start: int, end: int) -> Counted | None:
    """The currency beside a number: ``$5``, ``A$5 million``, ``Rs 5``, ``3,5 M€``, ``5 Canadian dollars``."""
    text, last = parsed.text, numeral.last
    if start and text[start - 1] in _COINS:
        first = start - 1
        while first and text[first - 1].isupper() and text[first - 1].isascii():
            first -= 1
        if start - 1 - first > _MOST_LETTERS or (first and text[first - 1].isalnum()):
            first = start - 1
        return Counted(text[first:start], first, end, last)
    before, coins = meanings("currency_before").get(parsed.name(numeral.first - 1)), meanings("currency")
    if before and not parsed.between(numeral.first).strip(" .\u00a0"):
        return Counted(before, parsed.words[numeral.first - 1].start, end, last)
    after = text[end : end + 4].lstrip(" .\u00a0\u202f")
    if after[:1] in _COINS and not after[1:2].isdigit():
        sign = text.index(after[0], end)
        return Counted(after[0], start, sign + 1, last) if sign <= end + 2 else None
    last += parsed.name(last) in lexicon("of", ANY)
    name, second = parsed.name(last).removeprefix("d'"), parsed.name(last + 1)  # "3,5 millions d'euros"
    if name in coins:
        # pounds are money and not a weight where there are millions of them, or somebody pays them
        is_money = name not in {"pound", "pounds"} or numeral.power >= _MANY or parsed.has("money")
        return Counted(coins[name], start, end, last + 1) if is_money else None
    if second in coins and parsed.capital[last]:
        coin = coins[second]
        word = f"{name.title()} {second}" if coin[0] in _COINS else coin
        kind = meanings("dollar").get(name, word) if coin == "$" else "£" if name == "british" else word
        return Counted(kind, start, end, last + 2)
    return None


def _is_age(parsed: Parsed, numeral: Numeral, end: int) -> bool:
    """``75-year-old``, ``aged 75``, ``Mr Brat, 75,``."""
    if not 0 < numeral.values[0] < 120:
        return False
    last = numeral.last
    if parsed.name(last + 1) == "old" and parsed.name(last) in {"year", "years"}:
        return True
    if parsed.name(numeral.first - 1) in {"aged", "age"}:
        return True
    return (
        _is_apposed(parsed, numeral) and not numeral.spelt and parsed.text[end : end + 1] in {",", ".", ")"}
    )


def _is_apposed(parsed: Parsed, numeral: Numeral) -> bool:
    """Whether a name and a comma stand before a number."""
    first = numeral.first
    return first > 0 and parsed.capital[first - 1] and parsed.between(first).strip() == ","


def whose(parsed: Parsed, numeral: Numeral) -> frozenset[str]:
    """The name that an age stands after, or those soon after ``a 29-year-old``."""
    if _is_apposed(parsed, numeral):
        return frozenset((parsed.stems[numeral.first - 1],))
    after = range(numeral.last, min(numeral.last + _REACH_OF_NAME, len(parsed.names)))
    return frozenset(parsed.stems[i] for i in after if parsed.capital[i] and parsed.meaning[i])


def unit_of(parsed: Parsed, kind: str, last: int) -> tuple[frozenset[str], bool]:
    """Stems of the content words after a number, up to the end of its phrase; whether it is a measure."""
    if kind in {"percent", "points"}:
        return frozenset(), False
    if parsed.between(last).strip() in {"°", "º"}:  # 10°C, 50 °F
        return frozenset((_DEGREE, _SCALE_SIGNS.get(parsed.name(last), _DEGREE))), False
    unit, singular = [], stemmed_classes("plural", parsed.language)
    last += parsed.has("further", last, last + 1)
    for index in range(last, min(last + _REACH_OF_UNIT, len(parsed.names))):
        gap, stem = parsed.between(index), parsed.meaning[index]
        if not stem or " - " in gap or not _BARS.isdisjoint(gap):
            break
        unit.append(singular.get(stem, stem))
    if unit[1:] and unit[1] in SCALES:
        return frozenset(unit[:2]), False
    known = stemmed("measure", parsed.language)
    plain = frozenset(unit) - known
    return (plain, False) if plain and unit[0] not in known else (frozenset(unit[:1]), bool(unit))


@cache
def _hedges(language: str) -> dict[tuple[str, ...], Hedge]:
    """The words of each hedge; what is known of several kinds is of the last of them."""
    kinds: tuple[Hedge, ...] = ("about", "less", "more")
    single: dict[tuple[str, ...], Hedge] = {
        (word,): kind for kind in kinds for word in lexicon(kind, language)
    }
    return single | {words: kind for kind in kinds for words in phrases(kind, language)}


def hedge_before(parsed: Parsed, first: int) -> tuple[Hedge, int]:
    """The hedge that ends right before a word, and the index of its first word; the longest there is."""
    hedges = _hedges(parsed.language)
    for begin in range(max(0, first - _LONGEST_HEDGE), first):
        if kind := hedges.get(tuple(parsed.names[begin:first])):
            return kind, begin
    return "", first


def hedge_of(parsed: Parsed, first: int, last: int, start: int) -> Hedge:
    """How sure a number of the words ``first`` to ``last`` is, whose sign begins at offset ``start``."""
    if first and _BARS.intersection(parsed.text[parsed.words[first - 1].end : start]):
        return ""
    if found := hedge_before(parsed, first)[0]:
        return found
    either = next((at for at in (last, last + 1) if parsed.name(at) == "or"), -2)
    return _OR.get(parsed.name(either + 1), "")  # "24 or more", "24 pounds or less"
