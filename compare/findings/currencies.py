"""Currencies as signs and words beside a number: ``$5``, ``A$5 million``, ``5 million Canadian dollars``."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from compare.findings.numerals import Numeral
from compare.findings.parsed import Parsed
from compare.text.lexicon import ANY, lexicon, meanings

SIGNS = frozenset("$€£¥₺₽₹₩₪₴₦")
_MOST_LETTERS = 3
_MANY = 6  # a power of ten from which pounds are money


class Sum(NamedTuple):
    """What makes a number a sum of money.

    Attributes:
        kind: The currency: its sign with the letters before it, or its name.
        start: Offset of its first character.
        last: Index past its last word.
        end: Offset past its sign, where that stands after; else 0.
    """

    kind: str
    start: int
    last: int
    end: int = 0


@lru_cache(maxsize=256)
def is_currency(kind: str) -> bool:
    """Whether a kind of amounts is a currency: ``$``, ``CA$``, ``pesos``, ``Jamaican dollars``."""
    coins = {*meanings("currency").values(), *meanings("currency_before").values()}
    return kind[-1] in SIGNS or kind.rpartition(" ")[2] in {*coins, *meanings("currency")}


def shown(kind: str, figures: str) -> str:
    """Figures with their currency as people read it: ``$5``, ``5 pesos``."""
    return f"{kind}{figures}" if kind[-1] in SIGNS else f"{figures} {kind}"


def money(parsed: Parsed, numeral: Numeral, start: int, last: int) -> Sum | None:
    """The currency that stands beside a number, or None."""
    text = parsed.text
    if start and text[start - 1] in SIGNS:
        first = start - 1
        while first and text[first - 1].isupper() and text[first - 1].isascii():
            first -= 1
        letters = text[first : start - 1]
        if len(letters) > _MOST_LETTERS or (first and text[first - 1].isalnum()):
            letters = ""
        return Sum(letters + text[start - 1], start - 1 - len(letters), last)
    before = parsed.name(numeral.first - 1)
    earlier, coins = meanings("currency_before"), meanings("currency")
    if before in earlier and not parsed.between(numeral.first).strip(" .\u00a0"):
        return Sum(earlier[before], parsed.words[numeral.first - 1].start, last)
    if sign := _sign_after(text, parsed.words[last - 1].end):
        return Sum(text[sign - 1], start, last, sign)
    last += parsed.name(last) in lexicon("of", ANY)
    name = parsed.name(last).removeprefix("d'")  # "3,5 millions d'euros"
    if name in coins:
        return Sum(coins[name], start, last + 1) if _is_money(parsed, numeral, name) else None
    after = parsed.name(last + 1)
    if after in coins and parsed.capital[last]:
        coin = coins[after]
        word = f"{name.title()} {after}" if coin[0] in SIGNS else coin
        kind = meanings("dollar").get(name, word) if coin == "$" else "£" if name == "british" else word
        return Sum(kind, start, last + 2)
    return None


def _sign_after(text: str, end: int) -> int:
    """Offset past a currency's sign after a number, or 0: ``3,5 M€``, ``3,5 Mio. €``."""
    at = end
    while at < end + 2 and text[at : at + 1] in {" ", ".", "\u00a0", "\u202f"}:
        at += 1
    free = not text[at + 1 : at + 2].isdigit()
    return at + 1 if text[at : at + 1] and text[at] in SIGNS and free else 0


def _is_money(parsed: Parsed, numeral: Numeral, name: str) -> bool:
    """Whether pounds are money and not a weight: there are millions of them, or somebody pays them."""
    if name not in {"pound", "pounds"} or numeral.power >= _MANY:
        return True
    return parsed.has("money")
