"""Two people where there is one: other given names before one surname, other names after one office.

Two given names that begin with one sound are a difference of spelling. Two words with a capital can be a
thing: one with an article before it or a common noun in it is no person. Two senators may have said the same,
two mayors of one town hardly: only offices that one person holds at a time are looked at (English, German,
Spanish, French). Nothing is said where an article has the other's name anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from compare.findings.parsed import Parsed
from compare.findings.sides import Difference, Pair, Side
from compare.findings.spelling import are_alike, name_mark, plain, small_words, vocabulary
from compare.text.lexicon import classes, lexicon, phrases

_LEAST = 4  # letters of a given name; one fewer at the beginning makes a short form of it
_AROUND = 7  # words on either side of a full name, of which these must agree
_SAME_AROUND = 3
_MOST_NAMES = 3  # words of one person's name
_ALIKE = 0.7  # of the words that say something in the shorter sentence, which must agree beside an office
_AFTER = 6  # words after the names of both holders, of which two must agree
_SAME_AFTER = 2


def given_names(pair: Pair) -> Iterator[Difference]:
    """A dispute for each surname that two sentences put after two given names of one initial."""
    a, b, common, _ = pair
    if len(common) <= _SAME_AROUND:
        return
    ours, theirs = _full_names(a.parsed), _full_names(b.parsed)
    for surname in sorted(ours.keys() & theirs.keys()):
        x, y = ours[surname], theirs[surname]
        first, second = plain(a.parsed.names[x]), plain(b.parsed.names[y])
        if not _are_two_names(first, second, a.parsed.language) or _tell_both(a, {first}, b, {second}):
            continue
        if _is_thing(a, x) or _is_thing(b, y):
            continue
        near = a.parsed.near(x, x + 2, _AROUND) & b.parsed.near(y, y + 2, _AROUND)
        if len(near) + (len(common) > 2 * _SAME_AROUND) >= _SAME_AROUND:
            note = f"Both stand before “{surname}”, near the same words."
            yield Difference("spelling", True, name_mark(a, x), name_mark(b, y), note)


def _tell_both(a: Side, ours: set[str], b: Side, theirs: set[str]) -> bool:
    """Whether an article has a name of the other sentence, or the names are one in two spellings."""
    if ours & vocabulary(b.article.text) or theirs & vocabulary(a.article.text):
        return True
    return any(are_alike(old, new) for old in ours for new in theirs)


@lru_cache(maxsize=2048)
def _full_names(parsed: Parsed) -> dict[str, int]:
    """Surname → index of the given name before it; names of two words only, without titles."""
    titles = classes("title", parsed.language)
    found: dict[str, int] = {}
    for i in parsed.capitals:
        if _run(parsed, i, 3) == i + 2 and parsed.meaning[i] and parsed.names[i] not in titles:
            found.setdefault(plain(parsed.names[i + 1]), i)
    return found


def _run(parsed: Parsed, first: int, most: int) -> int:
    """Index past the words with a capital from ``first`` on, with nothing but a space between them."""
    last = first
    while last < min(first + most, len(parsed.words)) and parsed.capital[last]:
        if last > first and parsed.between(last) != " ":
            break
        last += 1
    return last


def _is_thing(side: Side, given: int) -> bool:
    """Whether a full name is that of a street, a court or the like: no person stands after ``the``."""
    parsed = side.parsed
    name, things = parsed.names[given + 1], lexicon("thing", parsed.language)
    if parsed.has("place", given - 1, given) or name in things or name.removesuffix("s") in things:
        return True
    return not small_words(side.article.text).isdisjoint((name, parsed.names[given]))


def _are_two_names(first: str, second: str, language: str) -> bool:
    """Whether two given names begin with one sound (``Kristine``, ``Christina``) and are not forms of one."""
    sounds = {{"c": "k", "g": "j"}.get(name[0], name[0]) for name in (first, second)}
    if min(len(first), len(second)) < _LEAST or len(sounds) > 1:
        return False
    if first.startswith(second[: _LEAST - 1]) or not (first + second).isalpha():
        return False
    table = classes("nickname", language)
    return table.get(first, first) != table.get(second, second)


def holders(pair: Pair) -> Iterator[Difference]:
    """A dispute for each office that two sentences, which otherwise agree, give to two people."""
    a, b, common, _ = pair
    ours, theirs = _held(a.parsed), _held(b.parsed)
    for office in sorted(ours.keys() & theirs.keys()):
        x, y = ours[office], theirs[office]
        one, two = ({plain(name) for name in s.parsed.names[slice(*run)]} for s, run in ((a, x), (b, y)))
        if _tell_both(a, one, b, two):
            continue
        rest = min(len(a.parsed.content) - len(one), len(b.parsed.content) - len(two))
        after = a.parsed.near(x[1], x[1], _AFTER) & b.parsed.near(y[1], y[1], _AFTER)
        if len(common) >= _ALIKE * rest and len(after) >= _SAME_AFTER:
            note = f"Both stand after “{' '.join(office)}”, in sentences that otherwise agree."
            yield Difference("holder", True, a.mark(*x), b.mark(*y), note)


@lru_cache(maxsize=2048)
def _held(parsed: Parsed) -> dict[tuple[str, ...], tuple[int, int]]:
    """Office → the words of the name after it, from the first to past the last."""
    offices = _offices(parsed.language)
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for first in parsed.capitals:
        last = _run(parsed, first, _MOST_NAMES)
        for at in range(max(0, first - _MOST_NAMES - 1), first):
            office = tuple(parsed.names[at:first])
            if (
                office in offices
                and parsed.between(first) == " "
                and not parsed.has("not_holding", at - 1, at)
            ):
                found.setdefault(office, (first, last))
    return found


@lru_cache(maxsize=16)
def _offices(language: str) -> frozenset[tuple[str, ...]]:
    return frozenset((office,) for office in lexicon("office", language)) | phrases("office", language)
