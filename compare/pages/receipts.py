"""Receipts: what matched a reading with its claim."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from compare.model import Claim, Link, Sentence
from compare.text import normal_word
from compare.text.lexicon import function_words

# Features that speak of the sentences around, and the log-odds from which they are worth a word.
AROUND = frozenset(("near_extra", "near_name", "before", "after"))
_NOTABLE = 0.3
_LEAST_LETTERS = 3  # of a word that says something by itself
_MOST_SHARED = 6  # words that a receipt names
# Letters and digits; inside of a word also a few marks, and a comma between digits.
_WORD = re.compile(r"[^\W_]+(?:(?:[_'’.-]+|(?<=\d),(?=\d))[^\W_]+)*")


def receipt(claim: Claim, told: Sequence[Sentence]) -> Link | None:
    """The strongest link of some of a claim's sentences: to its base sentence, or else to any other."""
    own = {sentence.id for sentence in told}
    links = [link for link in claim.links if (link.x in own) != (link.y in own)]
    to_base = [link for link in links if claim.core in (link.x, link.y)]
    return next(iter(to_base or links), None)


def matches_around(link: Link) -> bool:
    """Whether the sentences around had a notable part in a link."""
    return sum([each.weight for each in link.evidence if each.feature in AROUND]) >= _NOTABLE


def shared_words(one: str, other: str, language: str, unsaid: Collection[str] = ()) -> list[str]:
    """Words that two sentences share and that say something by themselves, as the first one has them.

    Args:
        one: A sentence.
        other: Another.
        language: BCP 47 tag of the first.
        unsaid: Normalised words that are left out.
    """
    idle = function_words(language)
    theirs = {key for piece in other.split() for key, _ in _words(piece)}
    shared: dict[str, str] = {}
    for piece in one.split():
        for key, word in _words(piece):
            if key in theirs and key not in idle and key not in unsaid and _is_telling(word):
                shared.setdefault(key, word)
    return list(shared.values())[:_MOST_SHARED]


@lru_cache(maxsize=1 << 14)  # news repeats its words
def _words(piece: str) -> tuple[tuple[str, str], ...]:
    """The words of a text without spaces, each normalised and as it is printed."""
    return tuple([(normal_word(word), word) for word in _WORD.findall(piece)])


def _is_telling(word: str) -> bool:
    return len(word) >= _LEAST_LETTERS or word[0].isdigit() or not word.isascii()
