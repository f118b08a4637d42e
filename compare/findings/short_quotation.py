"""Quotations too short to be told by what agrees in them: one word more, one less or another in the midst."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from compare.findings.retelling import Chunk, Part, Run, is_within, rest_of_sentence
from compare.text import stop_words

_LEAST, _MOST = 3, 6  # words of a short quotation


def one_word_apart(ours: Part, theirs: Part) -> tuple[Chunk, ...]:
    """A short quotation that the other side prints with one word more, one less or another one in its midst.

    Returns:
        What agrees, the word, what agrees; () when there is none.
    """
    for old, new in product(_phrases(ours), _phrases(theirs)):
        if found := _inserted(theirs, new, ours, old) or _replaced(theirs, new, ours, old):
            return found
        if found := _inserted(ours, old, theirs, new):
            return tuple(Chunk(c.equal, c.theirs, c.ours) for c in found)
    return ()


def _phrases(part: Part) -> Iterator[Run]:
    """What stands in one pair of marks, or between two ends of sentences in it, of a part's own sentence."""
    starts = [i for i, token in enumerate(part.tokens) if token.ends]
    for first in starts:
        run = rest_of_sentence(part.tokens, first + 1)
        if all(is_within(part.side, token) for token in part.tokens[first : run.last]):
            yield Run(first, run.last)


def _inserted(long: Part, outer: Run, short: Part, inner: Run) -> tuple[Chunk, ...]:
    """Stretches (short, long) where all of ``inner`` stands in ``outer`` but for one word in its midst."""
    size = inner.last - inner.first
    words = _short_words(short, inner)
    for first in range(outer.first, outer.last - size) if words else ():
        within_marks = [token.word for token in long.tokens[first : first + size + 1]]
        for at in range(1, size):
            if within_marks[:at] == words[:at] and within_marks[at + 1 :] == words[at:]:
                return _around(inner, at, 0, Run(first, first + size + 1))
    return ()


def _replaced(long: Part, outer: Run, short: Part, inner: Run) -> tuple[Chunk, ...]:
    """Stretches (short, long) where both say the same but for one word in their midst."""
    words, others = _short_words(short, inner), _short_words(long, outer)
    differ = [at for at, (x, y) in enumerate(zip(words, others, strict=False)) if x != y]
    if len(words) != len(others) or len(differ) != 1 or differ[0] in {0, len(words) - 1}:
        return ()
    return _around(inner, differ[0], 1, outer)


def _short_words(part: Part, run: Run) -> list[str]:
    """The words of a short run; none of a longer one, or of one that says nothing."""
    words = [token.word for token in part.tokens[run.first : run.last]]
    says = not stop_words(part.side.article.language).issuperset(words)
    return words if _LEAST <= len(words) <= _MOST and says else []


def _around(inner: Run, at: int, changed: int, outer: Run) -> tuple[Chunk, ...]:
    """What agrees, a word of ``outer`` for so many of ``inner`` from the index ``at`` on, what agrees."""
    middle, gap = inner.first + at, outer.first + at
    return (
        Chunk(True, Run(inner.first, middle), Run(outer.first, gap)),
        Chunk(False, Run(middle, middle + changed), Run(gap, gap + 1)),
        Chunk(True, Run(middle + changed, inner.last), Run(gap + 1, outer.last)),
    )
