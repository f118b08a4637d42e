"""Whether two amounts stand in the same slot of two sentences: what they count, and the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise, takewhile

from compare.findings.amounts import SCALES
from compare.findings.money import is_currency
from compare.findings.numerals import Amount
from compare.findings.parsed import Parsed
from compare.findings.sides import Pair, Side
from compare.text.lexicon import phrases, stemmed, stemmed_classes

_REACH = 9
_LEAST_SHARED = 3  # content words that two sentences must share
_ALIKE_SENTENCES = 0.4  # of the shorter one's content in common, from which one word around is enough
_NEXT = 4  # words on either side of an amount that decide between two that could be meant
_ONE_BODY = 0.6  # of the votes cast in the other vote, from which both can be one
_MOST_VOTES = 1000  # below which a pair may be a vote; larger ones are ranges
# What makes an amount another thing than one without it, and how many words before or after it is looked for.
_SIGNS = (("rate", 0, 7), ("need", _NEXT, _NEXT), ("others", 0, 1))
_SPAN = ("long", _REACH, _REACH)


def correspond(pair: Pair, x: Amount, y: Amount, lone: bool) -> bool:
    """Whether two amounts stand in the same slot of two sentences, of which they may be the only ones."""
    a, b, common, _ = pair
    lone = lone and not x.unit.isdisjoint(y.unit)
    few = len(common) < _LEAST_SHARED and x.kind != "age" and not lone
    if x.kind != y.kind or few or not _can_be_one(a.parsed, x, b.parsed, y):
        return False
    fate, other = _fate(a.parsed, x), _fate(b.parsed, y)
    if fate and other:
        return fate == other and _are_of_one_kind(x, y, a.parsed.language)
    counted = x.kind in {"count", "ordinal"} and not x.pair
    named = (x.unit | y.unit) - _vague(a.parsed.language)
    if counted and not x.unit & y.unit and named:
        return False
    least = _least_around(a, x, b, y, len(common))
    return _around(a, x, b, y) >= (min(least, 1) if lone else least)


def _can_be_one(ours: Parsed, x: Amount, theirs: Parsed, y: Amount) -> bool:
    """Whether nothing beside two amounts says that they are of two things."""
    time, other_time = _time(ours, x), _time(theirs, y)
    if _signs(ours, x) != _signs(theirs, y) or (time and other_time and time.isdisjoint(other_time)):
        return False  # 600 next year are not 4,000 by 2030
    if x.kind == "percent":
        whole, other = _whole(ours, x), _whole(theirs, y)
        holder, rival = _holder(ours, x), _holder(theirs, y)
        apart = (whole and other and whole.isdisjoint(other)) or (holder and rival and holder != rival)
        return not apart
    if (x.unit ^ y.unit) & SCALES:
        return False  # degrees of two scales, or of one that only one text names
    if x.kind == "age":
        return bool(x.unit or y.unit) == bool(x.unit & y.unit)
    if x.pair and y.pair and x.kind == "count" and max(x.values + y.values) < _MOST_VOTES:
        few, many = sorted((sum(x.values), sum(y.values)))
        return float(few) > _ONE_BODY * float(many)  # about as many voted
    another = ours.has("another") or theirs.has("another")
    return not (another and x.kind == "count" and 1 in {x.values[0], y.values[0]} and x.values != y.values)


def _signs(parsed: Parsed, amount: Amount) -> list[bool]:
    """Of each sign whether it stands beside an amount; of two sums for years, one or many, too."""
    first, last = amount.first, amount.last
    signs = [*_SIGNS, _SPAN] if is_currency(amount.kind) else _SIGNS
    return [parsed.has(rule, first - before, last + after) for rule, before, after in signs]


def _time(parsed: Parsed, amount: Amount) -> frozenset[str]:
    """What is named of years, months and weeks around an amount: ``2030``, ``next year``."""
    first, last = max(0, amount.first - _REACH), amount.last + _REACH
    near = [*parsed.names[first : amount.first], "", *parsed.names[amount.last : last]]
    years = {name for name in near if len(name) == 4 and name.isdigit() and name[:2] in {"19", "20"}}
    named = phrases("period", parsed.language)
    return frozenset(years.union(" ".join(two) for two in pairwise(near) if two in named))


def _fate(parsed: Parsed, amount: Amount) -> str:
    """What became of the people that are counted: ``killing at least nine``, ``16 people died``; or ""."""
    fates = stemmed_classes("casualty", parsed.language)
    if amount.kind != "count" or amount.pair or fates.keys().isdisjoint(parsed.content):
        return ""
    before = takewhile(
        lambda at: parsed.between(at + 1).isspace() and parsed.names[at] != "and",
        range(amount.first - 1, -1, -1),
    )
    near = next((parsed.meaning[at] for at in before if parsed.meaning[at]), "")
    after = parsed.meaning[amount.last : amount.last + _NEXT]
    return next((fates[stem] for stem in (near, *after) if stem in fates), "")


def _are_of_one_kind(x: Amount, y: Amount, language: str) -> bool:
    """Whether two amounts of one fate count the same people: not women and men, nor children among people.

    More commuters than there are dead are no part of them.
    """
    vague = _vague(language)
    general = [not amount.unit or not amount.unit.isdisjoint(vague) for amount in (x, y)]
    if x.unit & y.unit or general[0] == general[1]:
        return bool(x.unit & y.unit) or general[0]
    part, whole = (y, x) if general[0] else (x, y)
    return part.values[0] > whole.values[0]


@cache
def _vague(language: str) -> frozenset[str]:
    """Stems by which a count says only that it is of people, or what became of them."""
    return stemmed("people", language).union(stemmed_classes("casualty", language))


def _around(a: Side, x: Amount, b: Side, y: Amount) -> int:
    """How many stems around two amounts agree, besides what they count.

    Years and metres are counted of many things: what is told of one name is nothing to agree in.
    """
    near = (near_words(a.parsed, x) & near_words(b.parsed, y)) - (x.unit & y.unit)
    if x.measure and y.measure and near <= a.parsed.named & b.parsed.named:
        return 0
    return len(near - stemmed("poll", a.parsed.language))


def _least_around(a: Side, x: Amount, b: Side, y: Amount, common: int) -> int:
    """How many must agree."""
    if len(x.unit & y.unit) > 1:
        return 0  # "28-page indictment": two words that they count
    smaller = min(len(a.parsed.content), len(b.parsed.content))
    return 1 if common >= _ALIKE_SENTENCES * smaller else 2


def near_words(parsed: Parsed, amount: Amount) -> frozenset[str]:
    """Content stems around an amount; those for one fate, such as to be killed and to die, are one."""
    fates = stemmed_classes("casualty", parsed.language)
    return frozenset(fates.get(stem, stem) for stem in parsed.near(amount.first, amount.last, _REACH))


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


def _holder(parsed: Parsed, amount: Amount) -> str:
    """The last name before an amount, or ""."""
    before = range(amount.first - 1, max(0, amount.first - _REACH) - 1, -1)
    return next((parsed.meaning[i] for i in before if parsed.capital[i] and parsed.meaning[i]), "")


def _whole(parsed: Parsed, amount: Amount) -> frozenset[str]:
    """What a percentage is one of: ``of women in Orlan``."""
    if parsed.name(amount.last) != "of":
        return frozenset()
    after = parsed.meaning[amount.last + 1 : amount.last + 5]
    first = next((i for i, stem in enumerate(after[:3]) if stem), 3)
    return frozenset(takewhile(bool, after[first : first + 2]))
