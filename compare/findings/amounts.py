"""Amounts of a sentence: a number with what it counts and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from compare.findings.counted import (
    Counted,
    Hedge,
    counted,
    hedge_before,
    hedge_of,
    is_currency,
    shown_sum,
    unit_of,
    whose,
)
from compare.findings.numerals import Numeral, numerals
from compare.findings.parsed import MOST, Parsed
from compare.findings.read_dates import dates
from compare.text.lexicon import meanings, numbers

_NO_NUMBER = frozenset(
    ("no", "any", "every", "each", "some", "this", "that", "the", "another", "only", "last", "which")
)
_SMALL = 1000  # below which "5 to 12" is a range, or a score, whatever stands before it
_WIDE = 100  # times the lower end, up to which two larger numbers are the ends of one range
_DASHES = frozenset(("-", "–"))
_HEDGED = {"about": "about ", "more": "more than ", "less": "less than ", "": ""}


class Amount(NamedTuple):
    """A number of a sentence.

    Attributes:
        first: Index of its first word.
        last: Index past its last word.
        start: Offset of its first character, a currency sign included.
        end: Offset past its last character, a percent sign included.
        values: What it can mean; two where separators are ambiguous, both ends of a range or a vote.
        kind: ``count``, ``percent``, ``points``, ``times``, ``ordinal``, ``age``, ``pair`` or a currency.
        unit: Stems of the nouns that it counts.
        measure: Whether its only units are measures, such as years, that say little.
        hedge: Whether it is approximate or a bound.
        rounded: Power of ten below which its figures say nothing.
        words: How the text writes it, where it is a fraction in words.
        ends: The kind of both ends of a pair, else "".
        loose: How far off it may be because of its words: ``a dozen``, ``two million``.
    """

    first: int
    last: int
    start: int
    end: int
    values: tuple[Decimal, ...]
    kind: str
    unit: frozenset[str] = frozenset()
    measure: bool = False
    hedge: Hedge = ""
    rounded: int = 0
    words: str = ""
    ends: str = ""
    loose: Decimal = Decimal(0)

    @property
    def base(self) -> str:
        """Its kind, or that of both its ends."""
        return self.ends or self.kind

    @property
    def shown(self) -> str:
        """The value as people read it: ``about $5,400,000``, ``56%``, ``52-48``."""
        if self.words:
            return self.words
        shown = self.values if self.kind == "pair" else self.values[:1]
        text = "-".join(f"{value.normalize():,f}" for value in shown)
        text = shown_sum(self.base, text) if is_currency(self.base) else text
        text += {"percent": "%", "points": " points"}.get(self.base, "")
        if self.kind == "ordinal":
            text += "th" if text[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(text[-1], "th")
        return _HEDGED[self.hedge] + text


@lru_cache(maxsize=2048)
def amounts(parsed: Parsed) -> tuple[Amount, ...]:
    """The amounts of a sentence in order; dates, times, identifiers and fractions are none."""
    found = numerals(parsed)
    # "a quarter of a million" is a number, and "a quarter of the voters" a share
    broken = [n for n in found if n.spelt and (n.power or n.values[0] % 1)]
    result = [s for s in _shares(parsed) if all(s.last <= n.first or n.last <= s.first for n in broken)]
    taken = {i for share in result for i in range(share.first, share.last)}
    taken |= {i for date in (dates(parsed) if found else ()) for i in range(date.first, date.last)}
    result += _multiples(parsed)
    kept = [n for n in found if taken.isdisjoint(range(n.first, n.last))]
    kept = [_scaled(parsed, n, after) for n, after in zip(kept, [*kept[1:], None], strict=False)]
    skip = -1
    for numeral, after in zip(kept, [*kept[1:], None], strict=False):
        if numeral.first < skip:
            continue
        if after is not None and (pair := _pair(parsed, numeral, after)):
            skip = after.last
            result.append(pair)
        elif _counts(parsed, numeral) and not _is_numbered(parsed, amount := _amount(parsed, numeral)):
            result.append(amount)
    return tuple(sorted(result, key=lambda amount: amount.first)[:MOST])


def _shares(parsed: Parsed) -> Iterator[Amount]:
    """Fractions as percentages, near enough, as ``a third`` may be 35 percent; ``half an hour`` is none."""
    parts = numbers("part")
    for index in [] if parsed.vocabulary.isdisjoint(parts) else range(len(parsed.names)):
        name, times = parsed.names[index], numbers("times").get(parsed.name(index - 1), 0)
        if name in parts and (times or name == "half") and parsed.has("fraction", index + 1, index + 2):
            percent = round(Decimal(100 * (times or 1)) / parts[name], 2)
            share = _in_words(parsed, index - bool(times), index + 1, percent, "percent")
            if percent < 100:
                yield share._replace(hedge=share.hedge or "about", rounded=-1)


def _multiples(parsed: Parsed) -> Iterator[Amount]:
    """How many times as much something became: ``doubled``, ``tripled``."""
    table = meanings("multiple", parsed.language)
    for at in [] if table.keys().isdisjoint(parsed.vocabulary) else range(len(parsed.names)):
        if parsed.names[at] in table:
            yield _in_words(parsed, at, at + 1, Decimal(table[parsed.names[at]]), "times")


def _in_words(parsed: Parsed, first: int, last: int, value: Decimal, kind: str) -> Amount:
    """An amount that is shown in the words that the text has for it."""
    start, end = parsed.words[first].start, parsed.words[last - 1].end
    hedge, words = hedge_before(parsed, first)[0], parsed.text[start:end]
    return Amount(first, last, start, end, (value,), kind, hedge=hedge, words=words)


def _is_numbered(parsed: Parsed, amount: Amount) -> bool:
    """``Interstate 95``, ``Game 1``: a name that ends in a number, and counts nothing."""
    before = amount.first - 1
    counts = amount.kind != "count" or amount.unit
    return before > 0 and not counts and parsed.capital[before] and parsed.between(amount.first) == " "


def _pair(parsed: Parsed, numeral: Numeral, after: Numeral) -> Amount | None:
    """A vote, a score or a range: ``52-48``, ``10 to 15``, ``between $10 and $15 million``."""
    if after.first - numeral.last > 3:
        return None  # the words of a currency or a percentage, and the one that joins the two
    ours, theirs = counted(parsed, numeral), counted(parsed, after)
    joint = parsed.text[max(ours.end, parsed.words[ours.last - 1].end) : theirs.start]
    low, high = numeral.values[0], after.values[0]
    if after.power and not numeral.power and low.scaleb(after.power) <= high:
        low = low.scaleb(after.power)  # "10 to 15 million"
    if not _is_joint(parsed, ours.start, joint) or not _are_ends(ours, theirs, numeral, after, joint):
        return None
    two = parsed.name(numeral.first - 1) == "from" or not low < high <= low * _WIDE
    if two and high >= _SMALL and joint.strip() not in _DASHES:
        return None  # "rose from 1,000 to 1,500" tells of two numbers
    kind = ours.kind if ours.kind not in {"count", "age"} else theirs.kind
    unit, measure = unit_of(parsed, kind, theirs.last)
    hedged = hedge_of(parsed, numeral.first, after.last, ours.start)
    span = numeral.first, theirs.last, ours.start, max(theirs.end, parsed.words[after.last - 1].end)
    ends = "count" if kind in {"age", "ordinal"} else kind
    return Amount(*span, (low, high), "pair", unit, measure, hedged, numeral.rounded, ends=ends)


def _scaled(parsed: Parsed, numeral: Numeral, after: Numeral | None) -> Numeral:
    """A number with the magnitude of the one behind it: ``rose from 310 to 520 million``."""
    if after is None or numeral.power or not after.power or after.first != numeral.last + 1:
        return numeral
    if parsed.name(numeral.first - 1) != "from" or parsed.name(numeral.last) != "to":
        return numeral
    values = tuple([value.scaleb(after.power) for value in numeral.values])
    return numeral._replace(values=values, power=after.power, rounded=numeral.rounded + after.power)


def _is_joint(parsed: Parsed, start: int, joint: str) -> bool:
    """Whether what stands between two numbers makes them one amount, whose text begins at ``start``."""
    joined = joint.strip()
    if joined in _DASHES:
        return True
    between = parsed.text[max(0, start - 9) : start].strip().lower().endswith("between")
    return joint != joined and joined in ({"to", "a", "and"} if between else {"to", "a"})


def _are_ends(ours: Counted, theirs: Counted, numeral: Numeral, after: Numeral, joint: str) -> bool:
    """Whether two numbers beside a joint can be of one kind: not ``$10 million to 15 schools``."""
    kinds = {ours.kind, theirs.kind} - {"count", "age", "ordinal"}
    if len(kinds) > 1:
        return False
    if ours.kind in kinds and theirs.kind not in kinds:
        return not _DASHES.isdisjoint(joint) or bool(after.power and not numeral.power)
    return not (numeral.power and not after.power and after.values[0] < _SMALL)


def _counts(parsed: Parsed, numeral: Numeral) -> bool:
    """Whether a number word is meant as a number; ``one of``, ``no one``, ``first`` hardly are."""
    if not numeral.spelt or numeral.values[0] > 2 or (numeral.values[0] != 1 and not numeral.ordinal):
        return True
    before, last = parsed.name(numeral.first - 1), numeral.last
    followed = last < len(parsed.names) and bool(parsed.meaning[last])
    free = before not in _NO_NUMBER or (numeral.ordinal and before == "the")
    return followed and free and not parsed.between(last).strip(" -")


def _amount(parsed: Parsed, numeral: Numeral) -> Amount:
    kind, start, end, last = counted(parsed, numeral)
    unit, measure = unit_of(parsed, kind, last)
    if kind == "age":
        unit, measure = whose(parsed, numeral), False
    hedged = hedge_of(parsed, numeral.first, numeral.last, start)
    span, values = (numeral.first, last, start, end), numeral.values
    return Amount(*span, values, kind, unit, measure, hedged, numeral.rounded, loose=numeral.loose)
