"""Opposite verbs of one subject, and small words that turn a sense round, such as ``before``, ``after``.

Beside them what all rules of negation know of a word: what stands before it, and its forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from compare.findings.parsed import Parsed
from compare.findings.sides import Difference, Mark, Pair, Side
from compare.text import stems
from compare.text.lexicon import classes, lexicon, opposites, stemmed_classes

_SCOPE = 4  # words before a verb, or from where one looks, in which its subject or the next word stands
_REACH = 7
_SHARED = 2  # words of content around two opposites that agree
_ALIKE = 0.5  # of the shorter sentence's content in common, from which "before" and "after" are compared


class Use(NamedTuple):
    """A content word and what stands before it: a negator or a modal, from word ``first`` on."""

    first: int
    word: int


def mark(side: Side, use: Use) -> Mark:
    """The words of a use."""
    return side.mark(use.first, use.word + 1, " ".join(side.parsed.names[use.first : use.word + 1]))


def next_content(parsed: Parsed, start: int, *, skip_first: bool = False) -> int | None:
    """The next word of content, unless a comma or a full stop stands before it, after the first word."""
    for index in range(start, min(start + _SCOPE, len(parsed.names))):
        if not (skip_first and index == start) and any(c in ",;.:" for c in parsed.between(index)):
            return None
        if parsed.meaning[index]:
            return index
    return None


def subject(parsed: Parsed, verb: int) -> str:
    """The nearest word of content before a verb."""
    return next(filter(None, reversed(parsed.meaning[max(0, verb - _SCOPE) : verb])), "")


@lru_cache(maxsize=2048)
def bases(parsed: Parsed) -> list[str]:
    """For each word of content the stem of the form that it is one of: ``knew``, ``know``; "" for others."""
    known = stemmed_classes("irregular", parsed.language)
    return [known.get(stem, stem) for stem in parsed.meaning]


def opposite_verbs(a: Side, b: Side) -> Iterator[Difference]:
    """One text has a verb of which the other has the opposite in any form, with the same word before it."""
    ours, theirs = a.parsed, b.parsed
    first, second = _verbs(ours), _verbs(theirs)
    if not first or not second:
        return
    table = _opposite_bases(ours.language)
    for base, (start, i) in first.items():
        found = table[base].intersection(second)
        if len(found) != 1 or base in second or not found.isdisjoint(first):
            continue
        begin, j = second[next(iter(found))]
        shared = ours.near(i, i + 1, _REACH) & theirs.near(j, j + 1, _REACH)
        before = subject(ours, start)
        if len(shared) >= _SHARED and before and before == subject(theirs, begin):
            x, y = mark(a, Use(max(0, i - 1), i)), mark(b, Use(max(0, j - 1), j))
            yield Difference("negation", True, x, y, "The one is the opposite of the other.")
            return


@lru_cache(maxsize=2048)
def _verbs(parsed: Parsed) -> dict[str, Use]:
    """Verbs that have an opposite, several words as one; none where something else is denied."""
    table, free = _opposite_bases(parsed.language), list(parsed.names)
    found: dict[str, Use] = {}
    for phrase, verb in _phrases(parsed.language).items():
        size = len(phrase)
        for at in range(len(free) - size + 1) if parsed.vocabulary.issuperset(phrase) else ():
            if tuple(free[at : at + size]) == phrase:
                free[at : at + size] = [""] * size
                found[verb] = Use(at, at + size - 1)
    for at, base in enumerate(bases(parsed)):
        if base in table and free[at]:
            found.setdefault(base, Use(at, at))
    return found if lexicon("negator", parsed.language).isdisjoint(free) else {}


@lru_cache(maxsize=16)
def _phrases(language: str) -> dict[tuple[str, ...], str]:
    """Several words that are one verb: ``found not guilty``, the longest first."""
    phrases = classes("phrase", language).items()
    table = {tuple(words.split("_")): verb for words, verb in phrases if "_" in words}
    return {
        words: stems((table[words],), language)[0] for words in sorted(table, key=lambda words: -len(words))
    }


@lru_cache(maxsize=16)
def _opposite_bases(language: str) -> dict[str, frozenset[str]]:
    """Stem of a verb, of its irregular forms too → stems of its opposites."""
    known = stemmed_classes("irregular", language)
    table: dict[str, frozenset[str]] = {}
    for word, others in opposites("opposite", language).items():
        stem, *rest = (known.get(s, s) for s in stems((word, *sorted(others)), language))
        table[stem] = table.get(stem, frozenset()) | frozenset(rest)
    return table | {form: table[base] for form, base in known.items() if base in table}


def contraries(pair: Pair) -> Iterator[Difference]:
    """``before`` for ``after`` and the like, between the same two words of content."""
    ours, theirs = pair.a.parsed, pair.b.parsed
    table = opposites("contrary", ours.language)
    smaller = min(len(ours.content), len(theirs.content))
    if len(pair.common) < _ALIKE * smaller:
        return
    for name in sorted((table.keys() & ours.vocabulary) - theirs.vocabulary):
        found = (table[name] & theirs.vocabulary) - ours.vocabulary
        if len(found) != 1:
            continue
        i = ours.names.index(name)
        j = theirs.names.index(next(iter(found)))
        x, y = next_content(ours, i + 1), next_content(theirs, j + 1)
        if x is None or y is None or ours.meaning[x] != theirs.meaning[y]:
            continue
        if subject(ours, i) and subject(ours, i) == subject(theirs, j):
            marks = mark(pair.a, Use(i, x)), mark(pair.b, Use(j, y))
            note = f"“{name}” and “{theirs.names[j]}” stand between the same words."
            yield Difference("negation", True, *marks, note)
            return
