"""Words that say something of a sentence's sense: what stands before a word of content, and its forms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from compare.findings.difference import Mark
from compare.findings.parsed import Parsed
from compare.findings.sides import Side, place_of_words
from compare.text.lexicon import stemmed_classes

_SCOPE = 4  # words before a verb, or from where one looks, in which its subject or the next word stands


class Use(NamedTuple):
    """A content word and what stands before it: a negator or a modal, from word ``first`` on."""

    first: int
    word: int


def mark(side: Side, use: Use) -> Mark:
    """The words of a use."""
    spot = place_of_words(side, use.first, use.word + 1)
    return Mark(spot, spot.text, " ".join(side.parsed.names[use.first : use.word + 1]))


def next_content(parsed: Parsed, start: int, *, skip_first: bool = False) -> int | None:
    """The next word of content, unless a comma or a full stop stands before it, after the first word."""
    for index in range(start, min(start + _SCOPE, len(parsed.names))):
        if not (skip_first and index == start) and any(c in ",;.:" for c in parsed.between(index)):
            return None
        if parsed.meaning[index]:
            return index
    return None


def subject(meaning: Sequence[str], verb: int) -> str:
    """The nearest word of content before a verb."""
    return next(filter(None, reversed(meaning[max(0, verb - _SCOPE) : verb])), "")


@lru_cache(maxsize=2048)
def bases(parsed: Parsed) -> list[str]:
    """For each word of content the stem of the form that it is one of: ``knew``, ``know``; "" for others."""
    known = stemmed_classes("irregular", parsed.language)
    return [known.get(stem, stem) for stem in parsed.meaning]
