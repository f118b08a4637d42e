"""Letters of names: without accents, levelled as transliterations vary, and how far two names are apart."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex


@lru_cache(maxsize=1 << 14)
def plain(name: str) -> str:
    """Letters without accents and without a possessive ending."""
    bare = name.partition("'")[0] if name.endswith(("'s", "'")) else name
    if bare.isascii():
        return bare.replace("'", "")
    split = unicodedata.normalize("NFD", bare.replace("ı", "i").replace("ø", "o").replace("ł", "l"))
    return "".join(c for c in split if not unicodedata.combining(c)).replace("'", "")


_LEVELS = [
    (regex.compile(pattern), level)
    for pattern, level in (
        (r"^(?:al|el|ul)(?=\p{L}{4})", ""), ("kh|gh|q|g|c(?=[aou])", "k"), ("dh|th", "d"), ("ph", "f"),
        ("tch|tsch", "ch"), ("w|ff", "v"), ("tz|ts", "z"), ("ou|oo|u|o", "o"),
        ("iy|yi|ij|ie|ee|ei|y|i|e", "i"), (r"(\p{L})\1+", r"\1"),
    )
]  # fmt: skip


@lru_cache(maxsize=1 << 14)
def levelled(name: str) -> str:
    """The letters that a transliteration cannot vary."""
    for pattern, level in _LEVELS:
        name = pattern.sub(level, name)
    return name


def distance(first: str, second: str) -> int:
    """Letters to insert, delete, replace or swap (Damerau's distance, optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, x in enumerate(first, 1):
        before, last, row = row, before, [i]
        for j, y in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == second[j - 2] and first[i - 2] == y:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def are_transliterations(first: str, second: str) -> bool:
    """Whether two spellings differ only in what writing a name in another alphabet leaves open.

    A doubled letter, an i for a y, a c for a k, a tch for a ch or an ey at the end is how European names are
    misspelt, too: those alone are not counted as one.
    """
    if levelled(first) != levelled(second):
        return False
    return _european(first) != _european(second)


def _european(name: str) -> str:
    name = regex.sub("e[yi]$|ie$", "y", name.replace("tch", "ch").replace("ph", "f"))
    return regex.sub(r"(\p{L})\1+", r"\1", name.replace("y", "i").replace("c", "k"))
