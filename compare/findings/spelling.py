"""Letters of names: without accents, levelled as transliterations vary, and how far two names are apart."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from itertools import takewhile

import regex

from compare.findings.parsed import Parsed
from compare.findings.sides import Mark, Side
from compare.text import stems, words
from compare.text.sequences import distance

_LONG = 6  # letters, from which two may differ
_AFTER_HONORIFIC = 2  # words that are names
_ENDING = regex.compile(
    r"(?:ans|an|ians|ian|ese|ish|s|es|e|a|i|is|n|ns|ic|ics|ists?|isms?|ers?|ed|ing|y|ies|al|ally|ly|o|os|as|)"
)


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


@lru_cache(maxsize=1 << 14)
def are_alike(first: str, second: str) -> bool:
    """Whether two words can be one name: a letter or two apart, or equal once levelled."""
    if levelled(first) == levelled(second):
        return True
    if first[0] != second[0] and first[-3:] != second[-3:]:
        return False
    return distance(first, second) <= (1 if min(len(first), len(second)) < _LONG else 2)


def are_transliterations(first: str, second: str) -> bool:
    """Whether two spellings differ only in what writing a name in another alphabet leaves open.

    A doubled letter, an i for a y, a c for a k, a tch for a ch or an ey at the end is how European names are
    misspelt, too: those alone are not counted as one.
    """
    return levelled(first) == levelled(second) and _european(first) != _european(second)


def _european(name: str) -> str:
    name = regex.sub("e[yi]$|ie$", "y", name.replace("tch", "ch").replace("ph", "f"))
    return regex.sub(r"(\p{L})\1+", r"\1", name.replace("y", "i").replace("c", "k"))


def is_form(first: str, second: str, language: str) -> bool:
    """Whether two words are forms of one: they differ in their ending only."""
    alike = takewhile(lambda letters: letters[0] == letters[1], zip(first, second, strict=False))
    common = sum(1 for _ in alike)
    ours, theirs = first[common:], second[common:]
    if language.startswith("en") and {ours, theirs} == {"", "e"}:
        return False  # Clark, Clarke
    if stems((first,), language) == stems((second,), language):
        return True
    return common >= 3 and bool(_ENDING.fullmatch(ours) and _ENDING.fullmatch(theirs))


@lru_cache(maxsize=64)
def vocabulary(text: str) -> frozenset[str]:
    """The words of a text, in plain letters."""
    return frozenset([plain(word) for word in {word.text for word in words(text)}])


@lru_cache(maxsize=64)
def small_words(text: str) -> frozenset[str]:
    """The words of a text that are written in small letters somewhere."""
    return frozenset([word.text for word in words(text) if text[word.start].islower()])


@lru_cache(maxsize=2048)
def capitalised(parsed: Parsed) -> list[tuple[str, int]]:
    """The plain letters of words that are written like a name, with their places; figures are none.

    Such a word has a capital and carries meaning, or in Arabic and Hebrew stands soon after an honorific.
    """
    own = parsed.capitals
    if parsed.has("honorific"):
        own = [i for i in range(len(parsed.names)) if parsed.has("honorific", i - _AFTER_HONORIFIC, i)]
    found = [(plain(parsed.names[at]), at) for at in own if parsed.meaning[at]]
    return [(letters, at) for letters, at in found if letters.isalpha()]


def name_mark(side: Side, index: int) -> Mark:
    """A word of a sentence as a mark, without its possessive ending."""
    word = side.parsed.words[index]
    text = side.sentence.text[word.start : word.end]
    end = word.end - 2 if text.lower().endswith(("'s", "’s")) else word.end
    spot = side.place(word.start, end)
    return Mark(spot, spot.text, plain(spot.text))
