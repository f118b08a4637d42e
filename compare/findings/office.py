"""Two names after one office: ``Mayor Ana Lind`` and ``Mayor Otto Brand``, in sentences that agree.

Two senators may have said the same, two mayors of one town hardly: only offices that one person holds at a
time are looked at, and only where neither article has the other's name anywhere. Offices: English, German,
Spanish, French.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from compare.findings.difference import Difference, Mark
from compare.findings.full_name import are_alike, vocabulary
from compare.findings.parsed import Parsed
from compare.findings.sides import Pair, Side, place_of_words
from compare.findings.spelling import plain
from compare.text.lexicon import lexicon, phrases

_MOST_NAMES = 3  # words of one person's name
_ALIKE = 0.7  # of the words that say something in the shorter sentence, which must agree
_AFTER = 6  # words after both names, of which two must agree
_SAME_AFTER = 2


def holders(pair: Pair) -> Iterator[Difference]:
    """Two people who are given one office in sentences that otherwise agree.

    Args:
        pair: Two sentences of a claim.

    Yields:
        A dispute for each office that they give to two names without a word in common.
    """
    a, b, common = pair
    ours, theirs = _held(a.parsed), _held(b.parsed)
    for office in sorted(ours.keys() & theirs.keys()):
        x, y = ours[office], theirs[office]
        names = [{plain(name) for name in side.parsed.names[slice(*run)]} for side, run in ((a, x), (b, y))]
        if names[0] & vocabulary(b.article.text) or names[1] & vocabulary(a.article.text):
            continue
        if any(are_alike(old, new) for old in names[0] for new in names[1]):
            continue  # one name in two spellings
        rest = min(len(a.parsed.content) - len(names[0]), len(b.parsed.content) - len(names[1]))
        after = a.parsed.near(x[1], x[1], _AFTER) & b.parsed.near(y[1], y[1], _AFTER)
        if len(common) >= _ALIKE * rest and len(after) >= _SAME_AFTER:
            note = f"Both stand after “{' '.join(office)}”, in sentences that otherwise agree."
            yield Difference("holder", True, _mark(a, x), _mark(b, y), note)


@lru_cache(maxsize=2048)
def _held(parsed: Parsed) -> dict[tuple[str, ...], tuple[int, int]]:
    """Office → the words of the name after it, from the first to past the last."""
    offices = _offices(parsed.language)
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    for length in sorted({len(office) for office in offices}):
        for at in range(len(parsed.names) - length):
            office = tuple(parsed.names[at : at + length])
            if office in offices and not parsed.has("not_holding", at - 1, at):
                run = _name(parsed, at + length)
                if run[0] < run[1]:
                    found.setdefault(office, run)
    return found


@lru_cache(maxsize=16)
def _offices(language: str) -> frozenset[tuple[str, ...]]:
    single = frozenset((office,) for office in lexicon("office", language))
    return single.union(phrases("office", language))


def _name(parsed: Parsed, first: int) -> tuple[int, int]:
    """The words with a capital from ``first`` on, with nothing but a space between them."""
    last = first
    while (
        last < min(len(parsed.words), first + _MOST_NAMES)
        and parsed.capital[last]
        and parsed.meaning[last]
        and parsed.between(last) == " "
    ):
        last += 1
    return first, last


def _mark(side: Side, run: tuple[int, int]) -> Mark:
    spot = place_of_words(side, *run)
    return Mark(spot, spot.text)
