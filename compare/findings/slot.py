"""Whether two amounts stand in the same slot of two sentences: what they count, and the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

from compare.findings.amounts import Amount
from compare.findings.lexicon import classes, lexicon, phrases
from compare.findings.measures import ratio
from compare.findings.parsed import Parsed
from compare.findings.sides import Side
from compare.text import stems

_REACH = 9
_LEAST_COMMON = 3  # content words that two sentences must share
_ALIKE_SENTENCES = 0.4  # of the shorter one's content in common, from which one word around is enough
_REACH_OF_RATE = 7  # words behind an amount in which "a year" makes it a rate
_NEXT = 4  # words on either side of an amount that decide between two that could be meant
_FEW = 2  # up to which many things in one story are counted by the same words
_CURRENCIES = frozenset("$€£¥₺₽₹")


def correspond(a: Side, x: Amount, b: Side, y: Amount, common: int) -> bool:
    """Whether two amounts stand in the same slot.

    Args:
        a: The sentence of ``x``.
        x: An amount.
        b: The sentence of ``y``.
        y: Another.
        common: How many stems of content both sentences have.
    """
    if (common < _LEAST_COMMON and x.kind != "age") or not _comparable(x.kind, y.kind):
        return False
    counted = x.kind in {"count", "ordinal"}
    shared_unit = x.unit & y.unit
    if counted and not shared_unit and (x.unit or y.unit) and ratio(x, y) is None:
        return False
    if _is_rate(a.parsed, x) != _is_rate(b.parsed, y):
        return False  # 3 million a year are not 15 million
    if x.kind == "percent" and not _is_one_share(a.parsed, x, b.parsed, y):
        return False
    if x.kind == "age" and bool(x.unit or y.unit) != bool(shared_unit):
        return False  # of two people
    return _around(a, x, b, y) >= _least_around(a, x, b, y, common)


def _around(a: Side, x: Amount, b: Side, y: Amount) -> int:
    """How many stems around two amounts agree, besides what they count."""
    near = (near_words(a.parsed, x) & near_words(b.parsed, y)) - (x.unit & y.unit)
    return len(near - _poll(a.parsed.language) if x.kind == "percent" else near)


def _least_around(a: Side, x: Amount, b: Side, y: Amount, common: int) -> int:
    """How many must agree."""
    if x.kind == "age":
        return 1
    if _is_telling(x, y):
        return 0
    if x.kind in {"count", "ordinal"} and not x.unit & y.unit:
        return 2
    smaller = min(len(a.parsed.content), len(b.parsed.content))
    return 1 if common >= _ALIKE_SENTENCES * smaller else 2


def _is_one_share(ours: Parsed, x: Amount, theirs: Parsed, y: Amount) -> bool:
    """Whether two percentages can be of one whole, and not those of two candidates."""
    whole, other = _whole(ours, x), _whole(theirs, y)
    return not (whole and other and whole.isdisjoint(other)) and not _are_rivals(ours, x, theirs, y)


@lru_cache(maxsize=2048)
def near_words(parsed: Parsed, amount: Amount) -> frozenset[str]:
    """Content stems around an amount; those for one fate, such as to be killed and to die, are one."""
    fates = _fates(parsed.language)
    near = parsed.near(amount.first, amount.last, _REACH)
    return near if near.isdisjoint(fates) else frozenset(fates.get(stem, stem) for stem in near)


@lru_cache(maxsize=16)
def _fates(language: str) -> dict[str, str]:
    table = classes("casualty", language)
    return dict(zip(stems(tuple(table), language), stems(tuple(table.values()), language), strict=True))


def _is_rate(parsed: Parsed, amount: Amount) -> bool:
    """Whether an amount is one of each year, month or day."""
    behind = parsed.names[amount.last : amount.last + _REACH_OF_RATE]
    if not lexicon("rate", parsed.language).isdisjoint(behind):
        return True
    rates = phrases("rate", parsed.language)
    return any(pair in rates for pair in pairwise(behind))


def _comparable(kind: str, other: str) -> bool:
    """Whether amounts of two kinds can speak of one thing: dollars and euros, a range and a count."""
    return kind == other or {kind, other} <= _CURRENCIES or {kind, other} == {"pair", "count"}


def clear(a: Side, b: Side, candidates: Sequence[tuple[Amount, Amount]]) -> Iterator[tuple[Amount, Amount]]:
    """The pairs of which no other has a part, or that agree in more words next to them than those that do."""
    for x, y in candidates:
        rivals = [(p, q) for p, q in candidates if (p is x) != (q is y)]
        if all(_beside(a, x, b, y) > _beside(a, p, b, q) for p, q in rivals):
            yield x, y


def _beside(a: Side, x: Amount, b: Side, y: Amount) -> int:
    """How many content words next to two amounts agree."""
    ours = a.parsed.near(x.first, x.last, _NEXT) | x.unit
    theirs = b.parsed.near(y.first, y.last, _NEXT) | y.unit
    return len(ours & theirs) + len(_whole(a.parsed, x) & _whole(b.parsed, y))


def _is_telling(x: Amount, y: Amount) -> bool:
    """Whether two amounts count the same thing by two words: ``28-page indictment``."""
    return len(x.unit & y.unit) > 1 and min(x.values + y.values) > _FEW


def _are_rivals(ours: Parsed, x: Amount, theirs: Parsed, y: Amount) -> bool:
    """Whether the shares of two candidates are meant: different names stand right before them."""
    first, second = _holder(ours, x), _holder(theirs, y)
    return bool(first and second) and first != second


def _holder(parsed: Parsed, amount: Amount) -> str:
    """The last name shortly before an amount, or ""."""
    before = range(amount.first - 1, max(0, amount.first - _NEXT) - 1, -1)
    return next((parsed.meaning[i] for i in before if parsed.capital[i] and parsed.meaning[i]), "")


def _whole(parsed: Parsed, amount: Amount) -> frozenset[str]:
    """What a percentage is one of: ``of women in Orlan``."""
    if parsed.names[amount.last : amount.last + 1] != ["of"]:
        return frozenset()
    first = next((i for i in range(amount.last + 1, amount.last + 4) if any(parsed.meaning[i : i + 1])), 0)
    stems_behind = parsed.meaning[first : first + 2] if first else ()
    return frozenset(takewhile(bool, stems_behind))


@lru_cache(maxsize=16)
def _poll(language: str) -> frozenset[str]:
    return frozenset(stems(sorted(lexicon("poll", language)), language))
