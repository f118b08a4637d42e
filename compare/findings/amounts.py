"""Amounts of a sentence: its numbers with what each counts, and how sure it is of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

import regex

from compare.findings.money import COINS, currency_of, is_currency
from compare.findings.numerals import Amount, numerals, written
from compare.findings.parsed import MOST, Parsed
from compare.findings.read_dates import dates
from compare.text.lexicon import lexicon, meanings, numbers, phrases, stemmed, stemmed_classes

Hedge = Literal["", "about", "more", "less"]

SCALES = frozenset(("celsius", "fahrenheit"))
_PERCENT = regex.compile(r"\s?[%٪]")
_POINTS = frozenset(("percentage", "puan"))
_BARS = frozenset('.,;:()[]{}"“”«»!?…')
_LONGEST_HEDGE = 3  # words
_OR: dict[str, Hedge] = {"more": "more", "so": "about", "less": "less", "fewer": "less"}
_HEDGED = {"about": "about ", "more": "more than ", "less": "less than ", "": ""}
_REACH_OF_UNIT = 3
_BETWEEN = 2  # words between two measures of one amount: the first measure, and one of these
_AND = frozenset(("and", "y", "und", "et", "e", "en", "ve"))
_REACH_OF_NAME = 8  # words after an age, in which the name stands that it belongs to
_NO_NUMBER = frozenset(
    ("no", "any", "every", "each", "some", "this", "that", "the", "another", "only", "last", "which")
)
_SMALL = 1000  # below which "5 to 12" is a range, or a score, whatever stands before it
_DASHES = frozenset(("-", "–"))


@lru_cache(maxsize=2048)
def amounts(parsed: Parsed) -> tuple[Amount, ...]:
    """The amounts of a sentence in order; dates, times, identifiers and fractions are none."""
    if not written(parsed):
        return ()
    found = numerals(parsed)
    # "a quarter of a million" is a number, and "a quarter of the voters" a share
    broken = {i for n in found if n.spelt and (n.power or n.values[0] % 1) for i in range(n.first, n.last)}
    result = [share for share in _shares(parsed) if broken.isdisjoint(range(share.first, share.last))]
    taken = {i for share in result for i in range(share.first, share.last)}
    taken |= {i for date in (dates(parsed) if found else ()) for i in range(date.first, date.last)}
    told = [_counted(parsed, n) for n in found if taken.isdisjoint(range(n.first, n.last))]
    result += _multiples(parsed)
    told = _without_compounds(parsed, told)
    result += _paired(parsed, told)
    return tuple(sorted(result, key=lambda amount: amount.first)[:MOST])


def shown(amount: Amount) -> str:
    """The value as people read it: ``about $5,400,000``, ``56%``, ``52-48``."""
    if amount.words:
        return amount.words
    kind = amount.kind
    text = "-".join(f"{value.normalize():,f}" for value in amount.values[: 1 + amount.pair])
    if is_currency(kind):
        text = f"{kind}{text}" if kind[-1] in COINS else f"{text} {kind}"
    text += {"percent": "%", "points": " points"}.get(kind, "")
    if kind == "ordinal":
        text += "th" if text[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(text[-1], "th")
    return _HEDGED[amount.hedge] + text


def _shares(parsed: Parsed) -> Iterator[Amount]:
    """Fractions as percentages, near enough, as ``a third`` may be 35 percent; ``half an hour`` is none."""
    parts = numbers("part")
    for index in () if parsed.vocabulary.isdisjoint(parts) else range(len(parsed.names)):
        name, times = parsed.names[index], numbers("times").get(parsed.name(index - 1), 0)
        if name in parts and (times or name == "half") and parsed.has("fraction", index + 1, index + 2):
            percent = round(Decimal(100 * (times or 1)) / parts[name], 2)
            share = _in_words(parsed, index - bool(times), index + 1, percent, "percent")
            if percent < 100:
                yield share._replace(hedge=share.hedge or "about", rounded=-1)


def _multiples(parsed: Parsed) -> Iterator[Amount]:
    """How many times as much something became: ``doubled``, ``tripled``."""
    table = meanings("multiple", parsed.language)
    for at in () if table.keys().isdisjoint(parsed.vocabulary) else range(len(parsed.names)):
        if parsed.names[at] in table:
            yield _in_words(parsed, at, at + 1, Decimal(table[parsed.names[at]]), "times")


def _without_compounds(parsed: Parsed, told: Sequence[Amount]) -> list[Amount]:
    """Without one amount in two measures, ``four years and six months``, of which neither is the whole."""
    halves = {
        half
        for x, y in pairwise(told)
        if x.measure and y.measure
        if parsed.name(y.first - 1) in _AND or y.first - 1 == x.last  # the word that names the measure
        if y.first - x.last <= _BETWEEN
        for half in (x.first, y.first)
    }
    return [amount for amount in told if amount.first not in halves]


def _in_words(parsed: Parsed, first: int, last: int, value: Decimal, kind: str) -> Amount:
    """An amount that is shown in the words that the text has for it."""
    start, end = parsed.words[first].start, parsed.words[last - 1].end
    hedge, words = hedge_before(parsed, first)[0], parsed.text[start:end]
    return Amount(first, last, start, end, (value,), kind, hedge=hedge, words=words)


def _counted(parsed: Parsed, number: Amount) -> Amount:
    """A number with its kind, the signs and words that say so, its unit and its hedge."""
    told = _percent(parsed, number) or currency_of(parsed, number)
    if told is None:
        is_age = number.kind != "ordinal" and _is_age(parsed, number)
        told = number._replace(kind="age") if is_age else number
    unit, measure = (_whose(parsed, number), False) if told.kind == "age" else _unit_of(parsed, told)
    return told._replace(unit=unit, measure=measure, hedge=_hedge_of(parsed, number))


def _percent(parsed: Parsed, number: Amount) -> Amount | None:
    """``56%``, ``%56``, ``56 per cent``, ``yüzde 56``, ``2 percentage points``."""
    text, last, after = parsed.text, number.last, parsed.name(number.last)
    percents = lexicon("percent", parsed.language)
    if sign := _PERCENT.match(text, number.end):
        return number._replace(kind="percent", end=sign.end())
    if after in _POINTS:
        return number._replace(kind="points", last=last + 1)
    if after in percents:
        return number._replace(kind="percent", last=last + 1)
    if (after, parsed.name(last + 1)) in phrases("percent", parsed.language):
        return number._replace(kind="percent", last=last + 2)
    before = text[max(0, number.start - 1) : number.start] in {"%", "٪"}
    is_percent = before or parsed.name(number.first - 1) in percents
    return number._replace(kind="percent") if is_percent else None


def _is_age(parsed: Parsed, number: Amount) -> bool:
    """``75-year-old``, ``aged 75``, ``Mr Brat, 75,``."""
    last, after = number.last, parsed.text[number.end : number.end + 1]
    if parsed.name(last + 1) == "old" and parsed.name(last) in {"year", "years"}:
        return True
    beside = _is_apposed(parsed, number) and not number.spelt and after in {",", ".", ")"}
    return beside or parsed.name(number.first - 1) in {"aged", "age"}


def _is_apposed(parsed: Parsed, number: Amount) -> bool:
    """Whether a name and a comma stand before a number."""
    first = number.first
    return first > 0 and parsed.capital[first - 1] and parsed.between(first).strip() == ","


def _whose(parsed: Parsed, number: Amount) -> frozenset[str]:
    """The name that an age stands after, or those soon after ``a 29-year-old``."""
    if _is_apposed(parsed, number):
        return frozenset((parsed.stems[number.first - 1],))
    after = range(number.last, min(number.last + _REACH_OF_NAME, len(parsed.names)))
    return frozenset(parsed.stems[i] for i in after if parsed.capital[i] and parsed.meaning[i])


def _unit_of(parsed: Parsed, told: Amount) -> tuple[frozenset[str], bool]:
    """Stems of the content words after a number, up to the end of its phrase; whether it is a measure."""
    last = told.last
    if told.kind in {"percent", "points"}:
        return frozenset(), False
    unit, singular = list[str](), stemmed_classes("plural", parsed.language)
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
    single: dict[tuple[str, ...], Hedge] = {(w,): kind for kind in kinds for w in lexicon(kind, language)}
    return single | {words: kind for kind in kinds for words in phrases(kind, language)}


def hedge_before(parsed: Parsed, first: int) -> tuple[Hedge, int]:
    """The hedge that ends right before a word, and the index of its first word; the longest there is."""
    hedges = _hedges(parsed.language)
    for begin in range(max(0, first - _LONGEST_HEDGE), first):
        if kind := hedges.get(tuple(parsed.names[begin:first])):
            return kind, begin
    return "", first


def _hedge_of(parsed: Parsed, number: Amount) -> Hedge:
    """How sure a number is: ``about 24``, ``24 or more``, ``24 pounds or less``."""
    after = pairwise(parsed.names[number.last : number.last + 3])
    said: Iterator[Hedge] = (_OR[name] for either, name in after if either == "or" and name in _OR)
    return hedge_before(parsed, number.first)[0] or next(said, "")


def _paired(parsed: Parsed, told: Sequence[Amount]) -> Iterator[Amount]:
    """The numbers that count something, two of which may be one range, vote or score."""
    at = 0
    while at < len(told):
        ours, *after = told[at : at + 2]
        if after and (joint := _joint(parsed, ours, after[0])):
            ours = _scaled(parsed, ours, after[0])
            if pair := _pair(parsed, ours, after[0], joint):
                yield pair
                at += 2
                continue
        if _counts(parsed, ours):
            yield ours
        at += 1


def _joint(parsed: Parsed, ours: Amount, theirs: Amount) -> str:
    """What joins two numbers as ends of one amount: a dash, or ``to`` (``and`` after ``between``); or ""."""
    between = parsed.text[max(ours.end, parsed.words[ours.last - 1].end) : theirs.start]
    joint = between.strip()
    words = {"to", "a", "and"} if parsed.name(ours.first - 1) == "between" else {"to", "a"}
    return joint if joint in _DASHES or (joint in words and joint != between) else ""


def _scaled(parsed: Parsed, ours: Amount, theirs: Amount) -> Amount:
    """A number with the magnitude of the one behind it: ``10 to 15 million``, ``from 310 to 520 million``."""
    power = theirs.power
    falls = ours.values[0].scaleb(power) > theirs.values[0] and parsed.name(ours.first - 1) != "from"
    if ours.power or not power or falls:
        return ours
    values = tuple([value.scaleb(power) for value in ours.values])
    return ours._replace(values=values, power=power, rounded=ours.rounded + power)


def _pair(parsed: Parsed, ours: Amount, theirs: Amount, joint: str) -> Amount | None:
    """A vote, a score or a range: ``52-48``, ``10 to 15``, ``between $10 and $15 million``."""
    low, high = ours.values[0], theirs.values[0]
    kinds = {ours.kind, theirs.kind} - {"count", "age", "ordinal"}
    # "rose from 1,000 to 1,500" and "$10 million to 15 schools" tell of two numbers
    two = parsed.name(ours.first - 1) == "from" or not low < high
    apart = (two and max(low, high) >= _SMALL) or (ours.kind in kinds - {theirs.kind} and not theirs.power)
    if len(kinds) > 1 or (apart and joint not in _DASHES):
        return None
    kind = next(iter(kinds), "count")
    unit, measure = _unit_of(parsed, theirs._replace(kind=kind))
    hedge = _hedge_of(parsed, ours._replace(last=theirs.last))
    end = max(theirs.end, parsed.words[theirs.last - 1].end)
    pair = ours._replace(last=theirs.last, end=end, values=(low, high), kind=kind, pair=True)
    return pair._replace(unit=unit, measure=measure, hedge=hedge, loose=Decimal(0))


def _counts(parsed: Parsed, told: Amount) -> bool:
    """Whether a number is meant as one: not in ``one of``, ``no one``, ``first``, ``Interstate 95``."""
    before, last = told.first - 1, told.last
    named = before > 0 and parsed.capital[before] and parsed.between(told.first) == " "
    if named and told.kind == "count" and not told.unit:
        return False
    is_ordinal = told.kind == "ordinal"
    if not told.spelt or told.values[0] > 2 or (told.values[0] != 1 and not is_ordinal):
        return True
    followed = last < len(parsed.names) and bool(parsed.meaning[last])
    free = parsed.name(before) not in _NO_NUMBER or (is_ordinal and parsed.name(before) == "the")
    return followed and free and not parsed.between(last).strip(" -")
