"""Numbers that differ in one claim.

``numerals`` reads an ``Amount`` as it is written, ``amounts`` what it counts and how sure it is; ``slot``
tells which two stand for one thing. Here it is decided whether both can be right.

Two numbers are compared when they count the same thing: their units share a noun (``47-page`` and
``48 pages``), or they are both percentages, sums in one currency, ages, ranks or votes; and the words around
them agree, of which one is enough where a sure link joins two sentences with one number each. A number that
the other article also has is left out, and where a sentence has several candidates nothing is said. Figures
are read in every script; number words in English, Spanish, French, Portuguese, Italian, German and Dutch;
hedges (``about``, ``more than``) in English, Spanish, Turkish and Arabic.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from compare.findings.amounts import amounts, hedge_before, shown
from compare.findings.money import is_currency
from compare.findings.numerals import Amount, written
from compare.findings.sides import Difference, Mark, Pair, Side, Sides
from compare.findings.slot import clear, correspond, near_words
from compare.model import on_one_clock
from compare.text.lexicon import stemmed

_LEAST_COMMON = 2  # stems of content
_LOOSE = Decimal("0.1")  # share of a number by which "about" leaves it open
_ANOTHER_BOUND = 5  # times as high, from which a bound is another one
_UPDATE = Decimal("0.1")  # share by which a percentage moves from one hour to another
_HOUR = 3600
_IN_WORDS = 6  # zeros of a million
_CUT_OFF = Decimal("0.25")  # share of a number that its later figures are at most


def examine(pair: Pair, sides: Sides) -> Iterator[Difference]:
    """The numbers in which two sentences differ."""
    a, b, common, sure = pair
    if len(common) < _LEAST_COMMON or written(a.parsed) == written(b.parsed):
        return  # as most sentences of one claim
    ours, theirs = amounts(a.parsed), amounts(b.parsed)
    if not sure:
        ours, theirs = [tuple([x for x in own if not is_currency(x.kind)]) for own in (ours, theirs)]
    held = {side: [z for s in sides.told[side.article.id] for z in amounts(s.parsed)] for side in (a, b)}
    open_ours = [x for x in ours if not any(_equal(x, z) for z in held[b])]
    open_theirs = [y for y in theirs if not any(_equal(y, z) for z in held[a])]
    equal = [(x, y) for x, y in product(ours, theirs) if _equal(x, y)]
    lone = sure and len(ours) == len(theirs) == 1
    candidates = [
        (x, y) for x, y in (*equal, *product(open_ours, open_theirs)) if correspond(pair, x, y, lone)
    ]
    for x, y in clear(a, b, candidates):
        if note := _conflict(a, x, b, y):
            yield Difference("conflict", True, _mark(a, x), _mark(b, y), note)


def _mark(side: Side, amount: Amount) -> Mark:
    """Where the text has it, with the hedge before it."""
    start = side.parsed.words[hedge_before(side.parsed, amount.first)[1]].start
    return Mark(side.place(min(start, amount.start), amount.end), shown(amount))


def _conflict(a: Side, x: Amount, b: Side, y: Amount) -> str:
    """Why two amounts of one kind cannot both be right; "" where they can."""
    if _equal(x, y):
        return ""
    if x.pair != y.pair:
        return _outside(x, y)
    both_ways = ((x, y), (y, x))
    if any(_bound_holds(p, q) or (not x.pair and _rounds(p, q)) for p, q in both_ways) or _moved(a, x, b, y):
        return ""
    unit = ", ".join(sorted(x.unit & y.unit))
    near = sorted(near_words(a.parsed, x) & near_words(b.parsed, y))
    what = f"count “{unit}”" if unit else f"are of one kind ({'pair' if x.pair else x.kind})"
    return f"Both {what} near the stems {', '.join(near[:5])}." if near else f"Both {what}."


def _outside(x: Amount, y: Amount) -> str:
    """Why a number is none of a range."""
    whole, part = (x, y) if x.pair else (y, x)
    low, high = whole.values
    counts_alike = whole.unit & part.unit or whole.kind == "percent" or is_currency(whole.kind)
    if low <= part.values[0] <= high or part.hedge or not (low < high and counts_alike):
        return ""
    far = min(abs(part.values[0] - low), abs(part.values[0] - high)) > high * _LOOSE
    return f"{shown(part)} does not lie between {shown(whole)}." if far else ""


def _equal(x: Amount, y: Amount) -> bool:
    if x.pair or y.pair:  # 3-1 for the one is 1-3 for the other
        return x.pair == y.pair and x.values in {y.values, y.values[::-1]}
    return not set(x.values).isdisjoint(y.values)


def _bound_holds(bound: Amount, other: Amount) -> bool:
    """Whether ``more than 1,000`` allows ``1,200``; of two bounds neither is many times the other."""
    ours, theirs = bound.values[0], other.values[0]
    if bound.hedge and bound.hedge == other.hedge != "about":
        return max(ours, theirs) < _ANOTHER_BOUND * min(ours, theirs)
    if bound.hedge == "more":
        return ours <= theirs <= 2 * ours
    return bound.hedge == "less" and theirs <= ours


def _rounds(rough: Amount, exact: Amount) -> bool:
    """Whether the rough value is the exact one rounded, or near it and hedged."""
    step = Decimal(1).scaleb(rough.rounded)
    fine = rough.rounded >= 2 or rough.rounded < 0 or exact.rounded < 0
    in_words = rough.rounded >= _IN_WORDS and not rough.hedge
    for ours, theirs in product(rough.values, exact.values):
        gap = abs(ours - theirs)
        if gap <= rough.loose or (rough.hedge == "about" and gap <= abs(ours) * _LOOSE):
            return True
        cut_off = in_words and gap < step and gap <= abs(theirs) * _CUT_OFF  # "43 million", "43.9 million"
        rounded = fine and gap * 2 <= step and gap <= abs(theirs) * _LOOSE
        if exact.rounded < rough.rounded and (cut_off or rounded):
            return True
    return False


def _moved(a: Side, x: Amount, b: Side, y: Amount) -> bool:
    """Whether a count grew with the news, or a percentage moved, as those of votes, polls and shares do."""
    if a.parsed.has("provisional") or b.parsed.has("provisional"):
        return True
    ours, theirs = a.article.since(a.sentence.text), b.article.since(b.sentence.text)
    if ours is None or theirs is None:
        return False
    first, second = on_one_clock([ours, theirs])
    seconds = (second - first).total_seconds()
    if abs(seconds) < _HOUR:
        return False
    apart = max(max(x.values) - min(y.values), max(y.values) - min(x.values))
    traded = a.parsed.has("market") and b.parsed.has("market")
    if x.kind == "percent" and (traded or apart < _UPDATE * max(x.values + y.values)):
        return True
    growing = stemmed("growing", a.article.language)
    told = [t.unit | side.parsed.near(t.first, t.last, 3) for side, t in ((a, x), (b, y))]
    grows = not any(map(growing.isdisjoint, told)) or a.parsed.has("so_far") or b.parsed.has("so_far")
    return grows and (seconds > 0) == (y.values > x.values)
