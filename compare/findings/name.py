"""Names that are spelt in two ways, and offices that are given to two people.

Words written with a capital are compared where one article has a word that the other has nowhere: two
such words are one name when they differ in a letter or two and the same name stands beside them, or the
same words around them. Differences of accents, of grammatical ending (``Ukraine``, ``Ukrainian``) and of
hyphens are none. Spellings that come from another alphabet (``Kiev``, ``Kyiv``; ``Gadhafi``, ``al-Qaddafi``)
are told apart from plain misspellings by levelling what transliterations vary in. Two given names of one
initial before one surname are a difference of spelling, too (``full_name``); two names after one office are
two people (``office``). Spellings: every language that
writes names with capitals; in Arabic and Hebrew only names after an honorific. Titles: English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import regex

from compare.findings.difference import Difference, gather
from compare.findings.full_name import are_alike, given_names, name_mark, vocabulary
from compare.findings.office import holders
from compare.findings.parsed import MOST, Parsed
from compare.findings.sides import Pair, Side, Sides
from compare.findings.spelling import are_transliterations, distance, levelled, plain
from compare.model import Finding
from compare.text import stems
from compare.text.lexicon import classes

_LEAST = 4
_GIVEN = 2  # words after an honorific that are names
_LONG = 7  # letters, from which two may differ; one fewer where the same name stands beside
_ENDING = regex.compile(
    r"(?:ans|an|ians|ian|ese|ish|s|es|e|a|i|is|n|ns|ic|ics|ists?|isms?|ers?|ed|ing|y|ies|al|ally|ly|o|os|as|)"
)


class _Name(NamedTuple):
    """A capitalised word: its plain letters and its index."""

    plain: str
    at: int


def examine(sides: Sides) -> tuple[Finding, ...]:
    """The names of a claim on which its readings differ."""
    return gather("name", (d for pair in sides.pairs for d in _differences(pair)))


@lru_cache(maxsize=2048)
def _names(parsed: Parsed) -> dict[str, _Name]:
    """Plain letters → first occurrence, of the capitalised words that carry meaning."""
    found: dict[str, _Name] = {}
    for index, named in enumerate(_named(parsed)):
        if named and parsed.meaning[index] and len(parsed.names[index]) >= _LEAST:
            letters = plain(parsed.names[index])
            if letters.isalpha() and len(found) < MOST:
                found.setdefault(letters, _Name(letters, index))
    return found


@lru_cache(maxsize=2048)
def _named(parsed: Parsed) -> tuple[bool, ...]:
    """For each word whether it is written like a name: with a capital, or soon after an honorific."""
    if not parsed.has("honorific"):
        return parsed.capital
    return tuple(parsed.has("honorific", i - _GIVEN, i) for i in range(len(parsed.names)))


def _differences(pair: Pair) -> Iterator[Difference]:
    a, b, _ = pair
    ours, theirs = _names(a.parsed), _names(b.parsed)
    if not (ours.keys() <= theirs.keys() or theirs.keys() <= ours.keys()):
        yield from _spellings(a, ours, b, theirs)
    yield from given_names(pair)
    yield from holders(pair)


def _spellings(
    a: Side, ours: Mapping[str, _Name], b: Side, theirs: Mapping[str, _Name]
) -> Iterator[Difference]:
    """Names that only the one sentence has beside names that only the other has."""
    only_theirs = sorted(theirs.keys() - ours.keys())
    for first in sorted(ours.keys() - theirs.keys()):
        for second in only_theirs:
            if abs(len(first) - len(second)) > 3 or not are_alike(first, second):
                continue
            relation = _relation(a, ours[first], b, theirs[second])
            if relation:
                x, y = ours[first].at, theirs[second].at
                note = f"“{a.parsed.names[x]}” and “{b.parsed.names[y]}” stand in the same place."
                yield Difference(relation, relation == "spelling", name_mark(a, x), name_mark(b, y), note)


def _near_spelt(first: str, second: str) -> bool:
    """Whether two words are alike enough to be one name without the same name beside them."""
    return (
        min(len(first), len(second)) >= _LONG
        or distance(first, second) <= 1
        or levelled(first) == levelled(second)
    )


def _relation(a: Side, x: _Name, b: Side, y: _Name) -> str | None:
    """How two alike names relate; None when they are two names or two forms of one word."""
    beside = _beside(a.parsed, x, b.parsed, y)
    if is_form(x.plain, y.plain, a.parsed.language):
        if not beside or not classes("title", a.parsed.language).keys().isdisjoint((x.plain, y.plain)):
            return None
    elif not (beside or _near_spelt(x.plain, y.plain)):
        return None
    if y.plain in vocabulary(a.article.text) or x.plain in vocabulary(b.article.text):
        return None
    if not (beside or _around(a.parsed, x, b.parsed, y)):
        return None
    return "transliteration" if are_transliterations(x.plain, y.plain) else "spelling"


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


def _beside(a: Parsed, x: _Name, b: Parsed, y: _Name) -> bool:
    """Whether the same capitalised word stands right before or right after both."""
    for step in (-1, 1):
        i, j = x.at + step, y.at + step
        if 0 <= i < len(a.names) and 0 <= j < len(b.names):
            same = plain(a.names[i]) == plain(b.names[j]) and len(a.names[i]) > 1
            if (
                same
                and _named(a)[i]
                and _named(b)[j]
                and a.meaning[i]
                and _adjoin(a, x.at, i)
                and _adjoin(b, y.at, j)
            ):
                return True
    return False


def _adjoin(parsed: Parsed, i: int, j: int) -> bool:
    return parsed.between(max(i, j)).strip(" -") == ""


def _around(a: Parsed, x: _Name, b: Parsed, y: _Name) -> bool:
    """Whether the words around both agree, and neither merely begins its sentence."""
    if 0 in {x.at, y.at}:
        return False
    near = a.near(x.at, x.at + 1, 4) & b.near(y.at, y.at + 1, 4)
    plain_slip = min(len(x.plain), len(y.plain)) > _LONG and distance(x.plain, y.plain) == 1
    return len(near) >= (1 if plain_slip else 2) and len(a.content & b.content) >= 4
