"""Names that are spelt in two ways, other given names before one surname, and offices given to two people.

Words written with a capital are compared where one article has a word that the other has nowhere: two
such words are one name when they differ in a letter or two and the same name stands beside them, or the
same words around them. Differences of accents, of grammatical ending (``Ukraine``, ``Ukrainian``) and of
hyphens are none. Spellings that come from another alphabet (``Kiev``, ``Kyiv``; ``Gadhafi``, ``al-Qaddafi``)
are told apart from plain misspellings by levelling what transliterations vary in. Two given names that begin
with one sound are a difference of spelling, unless they are those of a thing. Two senators may have said the
same, two mayors of one town hardly: only offices that one person holds at a time are looked at. Spellings:
every language that writes names with capitals; in Arabic and Hebrew only names after an honorific. Titles:
English; offices: English, German, Spanish and French.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

from compare.findings.parsed import MOST, Parsed
from compare.findings.sides import Difference, Pair, Side, Sides
from compare.findings.spelling import (
    are_alike,
    are_transliterations,
    capitalised,
    is_form,
    name_mark,
    plain,
    vocabulary,
)
from compare.text.lexicon import classes, lexicon, phrases
from compare.text.sequences import distance

_LEAST = 4  # letters of a name; one fewer at the beginning makes a short form of a given name
_NEAR = 4  # words on either side of a name, of which two must agree where no name beside it does
_LEAST_COMMON = 4  # content words of both sentences, where no name beside it agrees
_LONG = 7  # letters, past which one that differs is a slip
_AROUND = 7  # words on either side of a full name, of which these must agree
_SAME_AROUND = 3
_MOST_NAMES = 3  # words of one person's name
_MOST_OFFICE = 4  # words of an office
_ALIKE = 0.7  # of the words that say something in the shorter sentence, which must agree beside an office


def examine(pair: Pair, _sides: Sides) -> Iterator[Difference]:
    """Names that only the one sentence has beside names that only the other has."""
    a, b = pair.a, pair.b
    ours, theirs = _names(a.parsed), _names(b.parsed)
    only_ours, only_theirs = ours.keys() - theirs.keys(), theirs.keys() - ours.keys()
    if not only_ours or not only_theirs:
        return
    for first, second in product(sorted(only_ours), sorted(only_theirs)):
        x, y = ours[first], theirs[second]
        if are_alike(first, second) and _are_one(pair, x, y, first, second):
            relation = "transliteration" if are_transliterations(first, second) else "spelling"
            note = f"“{a.parsed.names[x]}” and “{b.parsed.names[y]}” stand in the same place."
            yield Difference(relation, relation == "spelling", name_mark(a, x), name_mark(b, y), note)
    yield from _given_names(pair)
    yield from _holders(pair)


@lru_cache(maxsize=2048)
def _names(parsed: Parsed) -> dict[str, int]:
    """Plain letters → index of the first occurrence, of the words written like names that carry meaning."""
    told = capitalised(parsed)[:MOST]
    return {letters: at for letters, at in reversed(told) if len(letters) >= _LEAST}


def _are_one(pair: Pair, x: int, y: int, first: str, second: str) -> bool:
    """Whether two alike words are spellings of one name: not two names, nor two forms of one word."""
    a, b = pair.a, pair.b
    beside = _beside(a.parsed, x, b.parsed, y)
    titles = classes("title", a.parsed.language).keys()
    if is_form(first, second, a.parsed.language) and not (beside and titles.isdisjoint((first, second))):
        return False
    if second in vocabulary(a.article.text) or first in vocabulary(b.article.text):
        return False
    if beside or 0 in {x, y}:  # a word that begins a sentence has a capital in any case
        return beside
    near = a.parsed.near(x, x + 1, _NEAR) & b.parsed.near(y, y + 1, _NEAR)
    is_slip = min(len(first), len(second)) > _LONG and distance(first, second) == 1
    return len(near) >= (1 if is_slip else 2) and len(pair.common) >= _LEAST_COMMON


def _beside(a: Parsed, x: int, b: Parsed, y: int) -> bool:
    """Whether the same name stands right before or right after both."""
    for step in (-1, 1):
        i, j = x + step, y + step
        same = len(a.name(i)) > 1 and plain(a.name(i)) == plain(b.name(j)) and a.meaning[i]
        gaps = a.between(max(x, i)) + b.between(max(y, j)) if same else "?"
        places = [{at for _, at in capitalised(parsed)} for parsed in (a, b)]
        if not gaps.strip(" -") and i in places[0] and j in places[1]:
            return True
    return False


def _given_names(pair: Pair) -> Iterator[Difference]:
    """A dispute for each surname that two sentences put after two given names of one initial."""
    a, b, common, _ = pair
    ours, theirs = _full_names(a.parsed), _full_names(b.parsed)
    for surname in sorted(ours.keys() & theirs.keys()):
        x, y = ours[surname], theirs[surname]
        first, second = plain(a.parsed.names[x]), plain(b.parsed.names[y])
        if not _are_two_names(first, second, a.parsed.language) or _tell_both(a, {first}, b, {second}):
            continue
        near = a.parsed.near(x, x + 2, _AROUND) & b.parsed.near(y, y + 2, _AROUND)
        enough = len(near) + (len(common) > 2 * _SAME_AROUND) >= _SAME_AROUND
        if enough and not (_is_thing(a.parsed, x) or _is_thing(b.parsed, y)):
            note = f"Both stand before “{surname}”, near the same words."
            yield Difference("spelling", True, name_mark(a, x), name_mark(b, y), note)


def _tell_both(a: Side, ours: set[str], b: Side, theirs: set[str]) -> bool:
    """Whether an article has a name of the other sentence, or the names are one in two spellings."""
    if ours & vocabulary(b.article.text) or theirs & vocabulary(a.article.text):
        return True
    return any(are_alike(old, new) for old in ours for new in theirs)


def _full_names(parsed: Parsed) -> dict[str, int]:
    """Surname → index of the given name before it, for the last two of several names in a row."""
    titles = classes("title", parsed.language)
    pairs = [last - 2 for first, last in _runs(parsed) if last - first > 1]
    return {plain(parsed.names[i + 1]): i for i in reversed(pairs) if parsed.names[i] not in titles}


@lru_cache(maxsize=2048)
def _runs(parsed: Parsed) -> list[tuple[int, int]]:
    """Words with a capital that nothing but a space parts: of each run the first and past the last."""
    found: list[tuple[int, int]] = []
    for at in parsed.capitals:
        goes_on = found and found[-1][1] == at and parsed.between(at) == " "
        found.append((found.pop()[0] if goes_on else at, at + 1))
    return found


def _is_thing(parsed: Parsed, given: int) -> bool:
    """Whether a full name is that of a street, a court or the like: no person stands after ``the``."""
    name = parsed.names[given + 1]
    return parsed.has("place", given - 1, given) or name.removesuffix("s") in lexicon(
        "thing", parsed.language
    )


def _are_two_names(first: str, second: str, language: str) -> bool:
    """Whether two given names begin with one sound (``Kristine``, ``Christina``) and are not forms of one."""
    sounds = {{"c": "k", "g": "j"}.get(name[0], name[0]) for name in (first, second)}
    if min(len(first), len(second)) < _LEAST or len(sounds) > 1 or first.startswith(second[: _LEAST - 1]):
        return False
    table = classes("nickname", language)
    return table.get(first, first) != table.get(second, second)


def _holders(pair: Pair) -> Iterator[Difference]:
    """A dispute for each office that two sentences, which otherwise agree, give to two people."""
    a, b, common, _ = pair
    ours, theirs = _held(a.parsed), _held(b.parsed)
    for office in sorted(ours.keys() & theirs.keys()):
        x, y = ours[office], theirs[office]
        one, two = ({plain(name) for name in s.parsed.names[slice(*run)]} for s, run in ((a, x), (b, y)))
        rest = min(len(a.parsed.content) - len(one), len(b.parsed.content) - len(two))
        if len(common) >= _ALIKE * rest and not _tell_both(a, one, b, two):
            note = f"Both stand after “{' '.join(office)}”, in sentences that otherwise agree."
            yield Difference("holder", True, a.mark(*x), b.mark(*y), note)


def _held(parsed: Parsed) -> dict[tuple[str, ...], tuple[int, int]]:
    """Office → the words of the name after it, from the first to past the last."""
    offices, found = _offices(parsed.language), dict[tuple[str, ...], tuple[int, int]]()
    for start, last in _runs(parsed):
        for first in range(max(1, start), last):
            for at in range(max(0, first - _MOST_OFFICE), first):
                office = tuple(parsed.names[at:first])
                if office in offices and not parsed.has("not_holding", at - 1, at):
                    found.setdefault(office, (first, min(last, first + _MOST_NAMES)))
    return found


@cache
def _offices(language: str) -> frozenset[tuple[str, ...]]:
    return frozenset((office,) for office in lexicon("office", language)) | phrases("office", language)
