"""Whether two amounts stand in the same slot of two sentences: what they count, and the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile

from compare.findings.amounts import Amount
from compare.findings.currencies import is_currency
from compare.findings.measures import converted
from compare.findings.parsed import Parsed
from compare.findings.sides import Side
from compare.text import stems
from compare.text.lexicon import classes, lexicon, phrases

_REACH = 9
_LEAST_COMMON = 3  # content words that two sentences must share
_ALIKE_SENTENCES = 0.4  # of the shorter one's content in common, from which one word around is enough
_REACH_OF_RATE = 7  # words after an amount in which "a year" makes it a rate
_NEXT = 4  # words on either side of an amount that decide between two that could be meant
_ONE_BODY = 0.6  # of the votes cast in the other vote, from which both can be one
_MOST_VOTES = 1000  # below which a pair may be a vote; larger ones are ranges
_FEW = 2  # up to which many things in one story are counted by the same words


def correspond(a: Side, x: Amount, b: Side, y: Amount, common: int) -> bool:
    """Whether two amounts stand in the same slot.

    Args:
        a: The sentence of ``x``.
        x: An amount.
        b: The sentence of ``y``.
        y: Another.
        common: How many stems of content both sentences have.
    """
    if (common < _LEAST_COMMON and x.kind != "age") or not _comparable(x.base, y.base):
        return False
    if not _can_be_one(a.parsed, x, b.parsed, y):
        return False
    fate, other = _fate(a.parsed, x), _fate(b.parsed, y)
    if fate and other:
        return fate == other and _are_of_one_kind(x, y, a.parsed.language) and _around(a, x, b, y) > 0
    counted = x.kind in {"count", "ordinal"}
    named = (x.unit | y.unit) - _vague(a.parsed.language)
    if counted and not x.unit & y.unit and named and converted(y, x) is None:
        return False
    return _around(a, x, b, y) >= _least_around(a, x, b, y, common)


def _can_be_one(ours: Parsed, x: Amount, theirs: Parsed, y: Amount) -> bool:  # noqa: PLR0911
    """Whether nothing beside two amounts says that they are of two things."""
    if _is_rate(ours, x) != _is_rate(theirs, y) or _times_differ(ours, x, theirs, y):
        return False  # 3 million a year are not 15 million, 600 next year not 4,000 by 2030
    if _asks(ours, x) != _asks(theirs, y) or _are_others(ours, x) != _are_others(theirs, y):
        return False
    if x.base == "percent":
        return _is_one_share(ours, x, theirs, y)
    if x.kind == "age":
        return bool(x.unit or y.unit) == bool(x.unit & y.unit)
    if x.kind == y.kind == "pair" and x.base == "count" and max(x.values + y.values) < _MOST_VOTES:
        return _is_one_body(x, y)
    if 1 in {x.values[0], y.values[0]} and x.values != y.values and not _is_one_act(ours, x, theirs, y):
        return False
    return not _spans_differ(ours, x, theirs, y)


def _is_one_act(ours: Parsed, x: Amount, theirs: Parsed, y: Amount) -> bool:
    """Whether one and several do the same, and nobody else is told of: ``One man was shot, another fled``."""
    if x.kind != "count":
        return True
    if not _else(ours.language).isdisjoint(ours.vocabulary | theirs.vocabulary):
        return False
    first, second = _after_unit(ours, x), _after_unit(theirs, y)
    return bool(first) and first == second


@lru_cache(maxsize=16)
def _else(language: str) -> frozenset[str]:
    return lexicon("others", language) | lexicon("another", language)


def _after_unit(parsed: Parsed, amount: Amount) -> str:
    """The first word of content after what is counted: its verb, most often."""
    after = [stem for stem in parsed.meaning[amount.last : amount.last + _REACH] if stem]
    return after[1] if len(after) > 1 else ""


def _are_others(parsed: Parsed, amount: Amount) -> bool:
    """Whether an amount leaves some out: ``12 others``."""
    return not lexicon("others", parsed.language).isdisjoint(parsed.names[amount.last : amount.last + 1])


def _asks(parsed: Parsed, amount: Amount) -> bool:
    """Whether an amount is one that is needed: ``the 60 votes it needed``."""
    near = parsed.names[max(0, amount.first - _NEXT) : amount.last + _NEXT]
    return not lexicon("need", parsed.language).isdisjoint(near)


def _spans_differ(ours: Parsed, x: Amount, theirs: Parsed, y: Amount) -> bool:
    """Whether one sum is for a year or less and the other for many."""
    if not is_currency(x.base):
        return False
    first, second = _span(ours, x), _span(theirs, y)
    return bool(first and second) and first != second


def _times_differ(ours: Parsed, x: Amount, theirs: Parsed, y: Amount) -> bool:
    """Whether the years, months or weeks that are named around two amounts are others."""
    first, second = _time(ours, x), _time(theirs, y)
    return bool(first and second) and first.isdisjoint(second)


def _time(parsed: Parsed, amount: Amount) -> frozenset[str]:
    """What is named of years, months and weeks around an amount: ``2030``, ``next year``."""
    first, last = max(0, amount.first - _REACH), amount.last + _REACH
    near = [*parsed.names[first : amount.first], "", *parsed.names[amount.last : last]]
    years = {name for name in near if len(name) == 4 and name.isdigit() and name[:2] in {"19", "20"}}
    named = phrases("period", parsed.language)
    return frozenset(years.union(" ".join(two) for two in pairwise(near) if two in named))


def _span(parsed: Parsed, amount: Amount) -> str:
    near = parsed.names[max(0, amount.first - _REACH) : amount.last + _REACH]
    spans = [rule for rule in ("short", "long") if not lexicon(rule, parsed.language).isdisjoint(near)]
    return spans[0] if len(spans) == 1 else ""


def _is_one_body(x: Amount, y: Amount) -> bool:
    """Whether two votes can be of one body: about as many voted."""
    few, many = sorted((sum(x.values), sum(y.values)))
    return float(few) > _ONE_BODY * float(many)


def _fate(parsed: Parsed, amount: Amount) -> str:
    """What became of the people that are counted: ``killing at least nine``, ``16 people died``; or ""."""
    fates = _fates(parsed.language)
    if amount.kind != "count" or fates.keys().isdisjoint(parsed.content):
        return ""
    at = amount.first - 1
    while (
        at > 0 and not parsed.meaning[at] and parsed.names[at] != "and" and parsed.between(at + 1).isspace()
    ):
        at -= 1
    before = parsed.meaning[at] if at >= 0 and parsed.between(at + 1).isspace() else ""
    if before in fates:
        return fates[before]
    after = filter(None, parsed.meaning[amount.last : amount.last + _NEXT])
    return next((fates[stem] for stem in after if stem in fates), "")


def _are_of_one_kind(x: Amount, y: Amount, language: str) -> bool:
    """Whether two amounts of one fate count the same people: not women and men, nor children among people.

    More commuters than there are dead are no part of them.
    """
    if x.unit & y.unit:
        return True
    vague = _vague(language)
    general = [not amount.unit or not amount.unit.isdisjoint(vague) for amount in (x, y)]
    if all(general) or not any(general):
        return all(general)
    part, whole = (y, x) if general[0] else (x, y)
    return part.values[0] > whole.values[0]


@lru_cache(maxsize=16)
def _vague(language: str) -> frozenset[str]:
    """Stems by which a count says only that it is of people, or what became of them."""
    return frozenset(stems(sorted(lexicon("people", language)), language)).union(_fates(language))


def _around(a: Side, x: Amount, b: Side, y: Amount) -> int:
    """How many stems around two amounts agree, besides what they count.

    Years and metres are counted of many things: what is told of one name is nothing to agree in.
    """
    near = (near_words(a.parsed, x) & near_words(b.parsed, y)) - (x.unit & y.unit)
    if x.measure and y.measure and near <= _named(a.parsed) & _named(b.parsed):
        return 0
    return len(near - _poll(a.parsed.language) if x.base == "percent" else near)


def _named(parsed: Parsed) -> frozenset[str]:
    """Stems that are written with a capital."""
    return frozenset([stem for stem, capital in zip(parsed.meaning, parsed.capital, strict=True) if capital])


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


def near_words(parsed: Parsed, amount: Amount) -> frozenset[str]:
    """Content stems around an amount; those for one fate, such as to be killed and to die, are one."""
    return _near(parsed, amount.first, amount.last)


@lru_cache(maxsize=2048)  # by numbers, as an amount takes longer to be hashed
def _near(parsed: Parsed, first: int, last: int) -> frozenset[str]:
    fates = _fates(parsed.language)
    near = parsed.near(first, last, _REACH)
    return near if near.isdisjoint(fates) else frozenset(fates.get(stem, stem) for stem in near)


@lru_cache(maxsize=16)
def _fates(language: str) -> dict[str, str]:
    table = classes("casualty", language)
    return dict(zip(stems(tuple(table), language), stems(tuple(table.values()), language), strict=True))


def _is_rate(parsed: Parsed, amount: Amount) -> bool:
    """Whether an amount is one of each year, month or day."""
    if _rate_words(parsed.language).isdisjoint(parsed.vocabulary):
        return False
    after = parsed.names[amount.last : amount.last + _REACH_OF_RATE]
    if not lexicon("rate", parsed.language).isdisjoint(after):
        return True
    rates = phrases("rate", parsed.language)
    return any(pair in rates for pair in pairwise(after))


@lru_cache(maxsize=16)
def _rate_words(language: str) -> frozenset[str]:
    """Every word that a rate is told with, or that its phrase begins with."""
    return lexicon("rate", language) | {phrase[0] for phrase in phrases("rate", language)}


def _comparable(kind: str, other: str) -> bool:
    """Whether amounts of two kinds can speak of one thing: dollars and euros, a range and a count."""
    return kind == other or (is_currency(kind) and is_currency(other))


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
    return len(x.unit & y.unit) > 1 and min(map(abs, x.values + y.values)) > _FEW


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
    stems_after = parsed.meaning[first : first + 2] if first else ()
    return frozenset(takewhile(bool, stems_after))


@lru_cache(maxsize=16)
def _poll(language: str) -> frozenset[str]:
    return frozenset(stems(sorted(lexicon("poll", language)), language))
