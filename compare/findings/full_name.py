"""Two given names before one surname.

Where both begin with one sound and the words around agree, they are a difference of spelling. Two words with
a capital can be a thing: one with an article before it or a common noun in it is no person.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from compare.findings.difference import Difference, Mark
from compare.findings.parsed import Parsed
from compare.findings.sides import Pair, Side, place
from compare.findings.spelling import distance, levelled, plain
from compare.text import words
from compare.text.lexicon import classes, lexicon

_LEAST = 4  # letters of a given name; one fewer at the beginning makes a short form of it
_LONG = 6  # letters, from which two may differ
_AROUND = 7  # words on either side of a full name, of which these must agree when its given name does not
_SAME_AROUND = 3


@lru_cache(maxsize=64)
def vocabulary(text: str) -> frozenset[str]:
    """The words of a text, in plain letters."""
    return frozenset(plain(word.text) for word in words(text))


def name_mark(side: Side, index: int) -> Mark:
    """A word of a sentence as a mark, without its possessive ending."""
    word = side.parsed.words[index]
    text = side.sentence.text[word.start : word.end]
    end = word.end - 2 if text.lower().endswith(("'s", "’s")) else word.end
    spot = place(side, word.start, end)
    return Mark(spot, spot.text, plain(spot.text))


@lru_cache(maxsize=1 << 14)
def are_alike(first: str, second: str) -> bool:
    """Whether two words can be one name: a letter or two apart, or equal once levelled."""
    if levelled(first) == levelled(second):
        return True
    if first[0] != second[0] and first[-3:] != second[-3:]:
        return False
    return distance(first, second) <= (1 if min(len(first), len(second)) < _LONG else 2)


def given_names(pair: Pair) -> Iterator[Difference]:
    """One surname after two given names of one initial, with the same words around.

    Args:
        pair: Two sentences of a claim.

    Yields:
        A dispute for each person whose given name they do not agree on.
    """
    a, b, common = pair
    if len(common) <= _SAME_AROUND:
        return
    ours, theirs = _full_names(a.parsed), _full_names(b.parsed)
    for surname in sorted(ours.keys() & theirs.keys()):
        x, y = ours[surname], theirs[surname]
        first, second = plain(a.parsed.names[x]), plain(b.parsed.names[y])
        if not _are_two_names(first, second, a.parsed.language):
            continue
        if second in vocabulary(a.article.text) or first in vocabulary(b.article.text):
            continue
        if _is_thing(a, x) or _is_thing(b, y):
            continue
        near = a.parsed.near(x, x + 2, _AROUND) & b.parsed.near(y, y + 2, _AROUND)
        if len(near) + (len(common) > 2 * _SAME_AROUND) >= _SAME_AROUND:
            note = f"Both stand before “{surname}”, near the same words."
            yield Difference("spelling", True, name_mark(a, x), name_mark(b, y), note)


@lru_cache(maxsize=2048)
def _full_names(parsed: Parsed) -> dict[str, int]:
    """Surname → index of the given name before it; names of two words only, without titles."""
    capital = parsed.capital
    pairs = [i for i, (first, second) in enumerate(pairwise(capital)) if first and second]
    if not pairs:
        return {}
    titles = classes("title", parsed.language)
    found: dict[str, int] = {}
    for i in pairs:
        if parsed.between(i + 1) != " ":
            continue
        further = i + 2 < len(capital) and capital[i + 2] and parsed.between(i + 2) == " "
        if not further and parsed.meaning[i] and parsed.names[i] not in titles:
            found.setdefault(plain(parsed.names[i + 1]), i)
    return found


def _is_thing(side: Side, given: int) -> bool:
    """Whether a full name is that of a street, a court or the like: no person stands after ``the``."""
    parsed = side.parsed
    if parsed.has("place", given - 1, given):
        return True
    name, language = parsed.names[given + 1], parsed.language
    if name in lexicon("thing", language) or name.removesuffix("s") in lexicon("thing", language):
        return True
    return not _small(side.article.text).isdisjoint((name, parsed.names[given]))


@lru_cache(maxsize=64)
def _small(text: str) -> frozenset[str]:
    """The words of a text that are written in small letters somewhere."""
    return frozenset(word.text for word in words(text) if text[word.start].islower())


def _sound(name: str) -> str:
    """The first letter, one for those that sound alike: ``Kristine``, ``Christina``."""
    return {"c": "k", "g": "j"}.get(name[0], name[0])


def _are_two_names(first: str, second: str, language: str) -> bool:
    """Whether two given names are neither alike, which is looked at elsewhere, nor forms of one."""
    if min(len(first), len(second)) < _LEAST or _sound(first) != _sound(second):
        return False
    if are_alike(first, second) or first.startswith(second[: _LEAST - 1]) or not (first + second).isalpha():
        return False
    table = classes("nickname", language)
    return table.get(first, first) != table.get(second, second)
