"""Currencies beside numbers."""

from __future__ import annotations

from functools import cache

import regex

from compare.findings.numerals import Amount
from compare.findings.parsed import Parsed
from compare.text.lexicon import ANY, lexicon, meanings

COINS = "$€£¥₺₽₹₩₪₴₦"
_COIN_BEFORE = regex.compile(rf"(?:(?<![\p{{L}}\d])[A-Z]{{1,3}})?[{COINS}]$")
_COIN_AFTER = regex.compile(rf"[ .\u00a0\u202f]{{0,2}}([{COINS}])(?!\d)")
_MANY = 6  # a power of ten from which pounds are money


@cache
def is_currency(kind: str) -> bool:
    """Whether a kind of amounts is a currency: ``$``, ``CA$``, ``pesos``, ``Jamaican dollars``."""
    coins = {*meanings("currency").values(), *meanings("currency_before").values(), *meanings("currency")}
    return kind[-1] in COINS or kind.rpartition(" ")[2] in coins


def currency_of(parsed: Parsed, number: Amount) -> Amount | None:
    """The currency beside a number: ``$5``, ``A$5 million``, ``Rs 5``, ``3,5 M€``, ``5 Canadian dollars``."""
    text, first, last = parsed.text, number.first, number.last
    if sign := _COIN_BEFORE.search(text, max(0, number.start - 4), number.start):
        return number._replace(kind=sign[0], start=sign.start())
    before, coins = meanings("currency_before").get(parsed.name(first - 1)), meanings("currency")
    if before and not parsed.between(first).strip(" .\u00a0"):
        return number._replace(kind=before, start=parsed.words[first - 1].start)
    if sign := _COIN_AFTER.match(text, number.end):
        return number._replace(kind=sign[1], end=sign.end())
    last += parsed.name(last) in lexicon("of", ANY)
    name, second = parsed.name(last).removeprefix("d'"), parsed.name(last + 1)  # "3,5 millions d'euros"
    if name in coins:
        # pounds are money and not a weight where there are millions of them, or somebody pays them
        is_money = name not in {"pound", "pounds"} or number.power >= _MANY or parsed.has("money")
        return number._replace(kind=coins[name], last=last + 1) if is_money else None
    if second in coins and parsed.capital[last]:
        coin, kind = coins[second], f"{name.title()} {second}"
        known = meanings("dollar").get(name, kind) if coin == "$" else "£" if name == "british" else kind
        return number._replace(kind=known if coin[0] in COINS else coin, last=last + 2)
    return None
