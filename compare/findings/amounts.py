"""Amounts of a sentence: a number with what it counts and how sure it is."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from compare.findings.fractions import Fraction, fractions
from compare.findings.lexicon import lexicon, phrases
from compare.findings.moments import moments
from compare.findings.numerals import Numeral, numerals
from compare.findings.parsed import MOST, Parsed
from compare.text import stems

Qualifier = Literal["", "about", "more", "less"]

_CURRENCY = {"$": "$", "€": "€", "£": "£", "¥": "¥", "₺": "₺", "₽": "₽", "₹": "₹"}
_CURRENCY_WORDS = {
    "dollar": "$", "dollars": "$", "usd": "$", "euro": "€", "euros": "€", "eur": "€",
    "lira": "₺", "liras": "₺",
    "dólares": "$", "dolar": "$", "avro": "€", "دولار": "$", "يورو": "€",
}  # fmt: skip
_PERCENT = frozenset("%٪")
_BARS = frozenset('.,;:()[]{}"“”«»!?…')
_NO_NUMBER = frozenset(
    ("no", "any", "every", "each", "some", "this", "that", "the", "another", "only", "last", "which")
)
_OR: dict[str, Qualifier] = {"more": "more", "so": "about", "less": "less", "fewer": "less"}
_REACH_OF_UNIT = 3
_THE = frozenset(("the", "its", "their"))
_REACH_OF_NAME = 8  # words behind an age, in which the name stands that it belongs to
SCALES = frozenset(("celsius", "fahrenheit"))


class Amount(NamedTuple):
    """A number of a sentence.

    Attributes:
        first: Index of its first word.
        last: Index past its last word.
        start: Offset of its first character, a currency sign included.
        end: Offset past its last character, a percent sign included.
        values: What it can mean; two where separators are ambiguous, both ends of a range or a vote.
        kind: ``count``, ``percent``, ``points``, ``ordinal``, ``age``, ``pair`` or a currency sign.
        unit: Stems of the nouns that it counts.
        measure: Whether its only units are measures, such as years, that say little.
        qualifier: Whether it is approximate or a bound.
        rounded: Power of ten below which its figures say nothing.
        words: How the text writes it, where it is a fraction in words.
    """

    first: int
    last: int
    start: int
    end: int
    values: tuple[Decimal, ...]
    kind: str
    unit: frozenset[str]
    measure: bool
    qualifier: Qualifier
    rounded: int
    words: str = ""

    @property
    def shown(self) -> str:
        """The value as people read it: ``about $5,400,000``, ``56%``, ``52-48``."""
        if self.words:
            return self.words
        joint = "-" if self.kind == "pair" else ""
        text = joint.join(f"{value.normalize():,f}" for value in self.values[: 2 if joint else 1])
        text = f"{self.kind}{text}" if self.kind in _CURRENCY else text
        text += {"percent": "%", "points": " points"}.get(self.kind, "")
        if self.kind == "ordinal":
            text += "th" if text[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(text[-1], "th")
        words = {"about": "about ", "more": "more than ", "less": "less than ", "": ""}
        return words[self.qualifier] + text


@lru_cache(maxsize=2048)
def amounts(parsed: Parsed) -> tuple[Amount, ...]:
    """The amounts of a sentence in order; dates, times, identifiers and fractions are none."""
    found, shares = numerals(parsed), fractions(parsed)
    if not found:
        return tuple(_share(parsed, share) for share in shares[:MOST])
    taken = {i for moment in moments(parsed) for i in range(moment.first, moment.last)}
    taken |= {i for share in shares for i in range(share.first, share.last)}
    kept = [n for n in found if taken.isdisjoint(range(n.first, n.last))]
    result = [_share(parsed, share) for share in shares]
    skip = -1
    for index, numeral in enumerate(kept):
        after = kept[index + 1] if index + 1 < len(kept) else None
        if numeral.first < skip:
            continue
        if after is not None and after.first == numeral.last and after.ordinal:
            skip = after.last  # "three fifths"
            continue
        if after is not None and _is_code(parsed, numeral, after):
            skip = after.last
            continue
        if after is not None and _is_pair(parsed, numeral, after):
            skip = after.last
            result.append(_amount(parsed, numeral, after))
        elif _counts(parsed, numeral):
            amount = _amount(parsed, numeral, None)
            if not (_is_numbered(parsed, amount) or _is_rest(parsed, amount)):
                result.append(amount)
    return tuple(sorted(result, key=lambda amount: amount.first)[:MOST])


def _share(parsed: Parsed, share: Fraction) -> Amount:
    """A fraction as the percentage that it is, near enough: ``a third`` may be 35 percent."""
    start, end = parsed.words[share.first].start, parsed.words[share.last - 1].end
    hedge = _hedge(parsed, share.first) or "about"
    value = (share.percent,)
    return Amount(
        share.first,
        share.last,
        start,
        end,
        value,
        "percent",
        frozenset(),
        False,
        hedge,
        -1,
        parsed.text[start:end],
    )


def _is_numbered(parsed: Parsed, amount: Amount) -> bool:
    """``Interstate 95``, ``Game 1``: a name that ends in a number, and counts nothing."""
    before = amount.first - 1
    return (
        before > 0
        and amount.kind == "count"
        and not amount.unit
        and parsed.capital[before]
        and parsed.between(amount.first) == " "
    )


def _is_rest(parsed: Parsed, amount: Amount) -> bool:
    """``an hour and two minutes``, ``six feet and three inches``: the smaller part of one amount."""
    before = amount.first - 1
    return (
        amount.measure
        and before > 0
        and parsed.names[before] == "and"
        and parsed.stems[before - 1] in _measures(parsed.language)
    )


def _is_code(parsed: Parsed, numeral: Numeral, after: Numeral) -> bool:
    """Figures that only a space parts and no language groups so: ``555 0134``, a telephone number."""
    spelt = numeral.spelt or after.spelt
    return after.first == numeral.last and not spelt and parsed.between(after.first) == " "


def _is_pair(parsed: Parsed, numeral: Numeral, after: Numeral) -> bool:
    """A vote or a range: ``52-48``, ``10 to 15``."""
    if after.first == numeral.last:
        return parsed.between(after.first).strip() in {"-", "–"}
    between = numeral.first > 0 and parsed.names[numeral.first - 1] == "between"
    joints = {"to", "a", "and"} if between else {"to", "a"}
    joined = after.first == numeral.last + 1 and parsed.names[numeral.last] in joints
    small = max(numeral.values + after.values) < 1000
    return (
        joined
        and small
        and parsed.between(numeral.last + 1).isspace()
        and parsed.between(numeral.last).isspace()
    )


def _counts(parsed: Parsed, numeral: Numeral) -> bool:
    """Whether a number word is meant as a number; ``one of``, ``no one``, ``first`` hardly are."""
    if not numeral.spelt or numeral.values[0] > 2:
        return True
    before = parsed.names[numeral.first - 1] if numeral.first else ""
    followed = numeral.last < len(parsed.names) and bool(parsed.meaning[numeral.last])
    if numeral.values[0] == 1 or numeral.ordinal:
        free = before not in _NO_NUMBER or (numeral.ordinal and before == "the")
        return followed and free and not parsed.between(numeral.last).strip(" -")
    return True


def _amount(parsed: Parsed, numeral: Numeral, second: Numeral | None) -> Amount:
    last = second.last if second else numeral.last
    start, end = parsed.words[numeral.first].start, parsed.words[last - 1].end
    kind, start, end, last = _kind(parsed, numeral, start, end, last)
    unit, measure = (frozenset[str](), False) if kind in {"percent", "points"} else _unit(parsed, last)
    if kind == "age":
        unit, measure = _whose(parsed, numeral), False
    values = numeral.values
    if second:
        kind, values = "pair", (numeral.values[0], second.values[0])
    return Amount(
        numeral.first,
        last,
        start,
        end,
        values,
        kind,
        unit,
        measure,
        _qualifier(parsed, numeral, start),
        numeral.rounded,
    )


def _kind(parsed: Parsed, numeral: Numeral, start: int, end: int, last: int) -> tuple[str, int, int, int]:
    """What is counted as far as signs and words beside the number say so, and the wider span."""
    names = parsed.names
    percent = _percent(parsed, numeral, start, end, last)
    if percent:
        return percent
    sign = parsed.text[start - 1 : start] if start else ""
    if sign in _CURRENCY:
        return _CURRENCY[sign], start - 1, end, last
    if last < len(names) and names[last] in _CURRENCY_WORDS:
        return _CURRENCY_WORDS[names[last]], start, end, last + 1
    if numeral.ordinal:
        return "ordinal", start, end, last
    return "age" if _is_age(parsed, numeral, end, last) else "count", start, end, last


def _percent(
    parsed: Parsed, numeral: Numeral, start: int, end: int, last: int
) -> tuple[str, int, int, int] | None:
    """``56%``, ``%56``, ``56 per cent``, ``yüzde 56``, ``2 percentage points``."""
    text, names = parsed.text, parsed.names
    following = names[last] if last < len(names) else ""
    before = names[numeral.first - 1] if numeral.first else ""
    percents = lexicon("percent", parsed.language)
    sign = next(
        (at for at in (end, end + 1) if text[at : at + 1] in _PERCENT and not text[end:at].strip()), None
    )
    if sign is not None:
        return "percent", start, sign + 1, last
    if text[max(0, start - 1) : start] in _PERCENT or before in percents:
        return "percent", start, end, last
    if following in {"percentage", "puan"}:
        return "points", start, end, last + 1
    if following in percents:
        return "percent", start, end, last + 1
    if tuple(names[last : last + 2]) in phrases("percent", parsed.language):
        return "percent", start, end, last + 2
    return None


def _is_age(parsed: Parsed, numeral: Numeral, end: int, last: int) -> bool:
    """``75-year-old``, ``aged 75``, ``Mr Brat, 75,``."""
    if not 0 < numeral.values[0] < 120:
        return False
    if parsed.names[last + 1 : last + 2] == ["old"] and parsed.names[last] in {"year", "years"}:
        return True
    if numeral.first and parsed.names[numeral.first - 1] in {"aged", "age"}:
        return True
    apposed = (
        numeral.first > 0
        and parsed.capital[numeral.first - 1]
        and parsed.between(numeral.first).strip() == ","
    )
    return apposed and not numeral.spelt and parsed.text[end : end + 1] in {",", ".", ")"}


def _whose(parsed: Parsed, numeral: Numeral) -> frozenset[str]:
    """The name that an age stands behind, or those soon behind ``a 29-year-old``."""
    before = numeral.first - 1
    if before >= 0 and parsed.capital[before] and parsed.between(numeral.first).strip() == ",":
        return frozenset((parsed.stems[before],))
    behind = range(numeral.last, min(numeral.last + _REACH_OF_NAME, len(parsed.names)))
    return frozenset(parsed.stems[i] for i in behind if parsed.capital[i] and parsed.meaning[i])


def _unit(parsed: Parsed, last: int) -> tuple[frozenset[str], bool]:
    """Stems of the content words behind a number, up to the end of its phrase."""
    unit = []
    last = _past_whole(parsed, last)
    last += not lexicon("further", parsed.language).isdisjoint(parsed.names[last : last + 1])
    for index in range(last, min(last + _REACH_OF_UNIT, len(parsed.names))):
        if not _BARS.isdisjoint(parsed.between(index)) or " - " in parsed.between(index):
            break
        if not parsed.meaning[index]:
            break
        unit.append(parsed.meaning[index])
    measures = _measures(parsed.language)
    if unit[1:] and unit[1] in SCALES:
        return frozenset(unit[:2]), False
    plain = frozenset(unit) - measures
    return (plain, False) if plain and unit[0] not in measures else (frozenset(unit[:1]), bool(unit))


def _past_whole(parsed: Parsed, last: int) -> int:
    """Past ``of the 1,144``, which stands between ``412`` and ``delegates``."""
    names = parsed.names[last : last + 3]
    if len(names) == 3 and names[0] == "of" and names[1] in _THE and names[2][0].isdigit():
        return last + 3
    return last


@lru_cache(maxsize=16)
def _measures(language: str) -> frozenset[str]:
    return frozenset(stems(sorted(lexicon("measure", language)), language))


@lru_cache(maxsize=16)
def _hedges(language: str) -> dict[str, list[tuple[tuple[str, ...], Qualifier]]]:
    """Last word of a hedge → the hedges that end in it; bounds before approximations."""
    table: dict[str, list[tuple[tuple[str, ...], Qualifier]]] = {}
    kinds: tuple[Qualifier, ...] = ("more", "less", "about")
    for kind in kinds:
        for hedge in (*((word,) for word in sorted(lexicon(kind, language))), *phrases(kind, language)):
            table.setdefault(hedge[-1], []).append((hedge, kind))
    return table


def _hedge(parsed: Parsed, first: int) -> Qualifier:
    """The hedge that ends right before a word."""
    if first > 1 and tuple(parsed.names[first - 2 : first]) in phrases("particle", parsed.language):
        return ""  # "turned over 1,250 emails"
    for phrase, kind in _hedges(parsed.language).get(parsed.names[first - 1], ()) if first else ():
        if tuple(parsed.names[max(0, first - len(phrase)) : first]) == phrase:
            return kind
    return ""


def _qualifier(parsed: Parsed, numeral: Numeral, start: int) -> Qualifier:
    names, first = parsed.names, numeral.first
    if first and _BARS.intersection(parsed.text[parsed.words[first - 1].end : start]):
        return ""
    if hedge := _hedge(parsed, first):
        return hedge
    for after in (numeral.last, numeral.last + 1):  # "24 or more", "24 pounds or less"
        if names[after : after + 1] == ["or"] and names[after + 1 : after + 2]:
            return _OR.get(names[after + 1], "")
    return ""
