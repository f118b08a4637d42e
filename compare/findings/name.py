"""Names that are spelt in two ways, and offices that are given to two people.

Words written with a capital are compared where one article has a word that the other has nowhere: two
such words are one name when they differ in a letter or two and the same name stands beside them, or the
same words around them. Differences of accents, of grammatical ending (``Ukraine``, ``Ukrainian``) and of
hyphens are none. Spellings that come from another alphabet (``Kiev``, ``Kyiv``; ``Gadhafi``, ``al-Qaddafi``)
are told apart from plain misspellings by levelling what transliterations vary in. Two given names of one
initial before one surname, and two names after one office, are looked at in ``holder``. Spellings: every
language that writes names with capitals; in Arabic and Hebrew only names after an honorific. Titles: English.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product

import regex

from compare.findings.holder import given_names, holders
from compare.findings.parsed import MOST, Parsed
from compare.findings.sides import Difference, Pair, Sides
from compare.findings.spelling import (
    are_alike,
    are_transliterations,
    levelled,
    name_mark,
    plain,
    vocabulary,
)
from compare.text import stems
from compare.text.lexicon import classes
from compare.text.sequences import distance

_LEAST = 4  # letters of a name
_MOST_LONGER = 3  # letters that one spelling has more than another
_NEAR = 4  # words on either side of a name, of which two must agree where no name beside it does
_LEAST_COMMON = 4  # content words of both sentences, where no name beside it agrees
_GIVEN = 2  # words after an honorific that are names
_LONG = 7  # letters, from which two may differ; one fewer where the same name stands beside
_ENDING = regex.compile(
    r"(?:ans|an|ians|ian|ese|ish|s|es|e|a|i|is|n|ns|ic|ics|ists?|isms?|ers?|ed|ing|y|ies|al|ally|ly|o|os|as|)"
)


@lru_cache(maxsize=2048)
def _names(parsed: Parsed) -> dict[str, int]:
    """Plain letters → index of the first occurrence, of the capitalised words that carry meaning."""
    found: dict[str, int] = {}
    for index, named in enumerate(_named(parsed)):
        if named and parsed.meaning[index] and len(parsed.names[index]) >= _LEAST:
            letters = plain(parsed.names[index])
            if letters.isalpha() and len(found) < MOST:
                found.setdefault(letters, index)
    return found


@lru_cache(maxsize=2048)
def _named(parsed: Parsed) -> tuple[bool, ...]:
    """For each word whether it is written like a name: with a capital, or soon after an honorific."""
    if not parsed.has("honorific"):
        return parsed.capital
    return tuple(parsed.has("honorific", i - _GIVEN, i) for i in range(len(parsed.names)))


def examine(pair: Pair, _sides: Sides) -> Iterator[Difference]:
    """Names that only the one sentence has beside names that only the other has."""
    a, b, *_ = pair
    ours, theirs = _names(a.parsed), _names(b.parsed)
    for first, second in product(sorted(ours.keys() - theirs.keys()), sorted(theirs.keys() - ours.keys())):
        if abs(len(first) - len(second)) > _MOST_LONGER or not are_alike(first, second):
            continue
        x, y = ours[first], theirs[second]
        if _are_one(pair, x, y, first, second):
            relation = "transliteration" if are_transliterations(first, second) else "spelling"
            note = f"“{a.parsed.names[x]}” and “{b.parsed.names[y]}” stand in the same place."
            yield Difference(relation, relation == "spelling", name_mark(a, x), name_mark(b, y), note)
    yield from given_names(pair)
    yield from holders(pair)


def _are_one(pair: Pair, x: int, y: int, first: str, second: str) -> bool:
    """Whether two alike words are spellings of one name: not two names, nor two forms of one word."""
    a, b, *_ = pair
    beside = _beside(a.parsed, x, b.parsed, y)
    if is_form(first, second, a.parsed.language):
        if not beside or not classes("title", a.parsed.language).keys().isdisjoint((first, second)):
            return False
    elif not (
        beside
        or min(len(first), len(second)) >= _LONG
        or distance(first, second) <= 1
        or levelled(first) == levelled(second)
    ):
        return False
    if second in vocabulary(a.article.text) or first in vocabulary(b.article.text):
        return False
    if beside or 0 in {x, y}:  # a word that begins a sentence has a capital in any case
        return beside
    near = a.parsed.near(x, x + 1, _NEAR) & b.parsed.near(y, y + 1, _NEAR)
    plain_slip = min(len(first), len(second)) > _LONG and distance(first, second) == 1
    return len(near) >= (1 if plain_slip else 2) and len(pair.common) >= _LEAST_COMMON


def is_form(first: str, second: str, language: str) -> bool:
    """Whether two words are forms of one: they differ in their ending only."""
    common = 0
    for x, y in zip(first, second, strict=False):
        if x != y:
            break
        common += 1
    if language.startswith("en") and {first[common:], second[common:]} == {"", "e"}:
        return False  # Clark, Clarke
    if stems((first,), language) == stems((second,), language):
        return True
    return common >= 3 and bool(_ENDING.fullmatch(first[common:]) and _ENDING.fullmatch(second[common:]))


def _beside(a: Parsed, x: int, b: Parsed, y: int) -> bool:
    """Whether the same capitalised word stands right before or right after both."""
    for step in (-1, 1):
        i, j = x + step, y + step
        ours, theirs = a.name(i), b.name(j)
        same = len(ours) > 1 and theirs and plain(ours) == plain(theirs)
        if same and a.meaning[i] and _named(a)[i] and _named(b)[j]:
            gaps = a.between(max(x, i)) + b.between(max(y, j))
            if not gaps.strip(" -"):
                return True
    return False
