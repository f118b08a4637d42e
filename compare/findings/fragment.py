"""A short quotation that the other side prints with one word more, or one less, in its midst."""

from __future__ import annotations

from collections.abc import Iterator

from compare.findings.retelling import LEAST_RUN, SHORT, Chunk, Part, Run, tail, within
from compare.text import stop_words

_TELLING = 1  # words of a short quotation that are no function words


def one_word_apart(ours: Part, theirs: Part) -> tuple[Chunk, ...]:
    """A short quotation that the other side prints with one word more, or one less, in its midst.

    Returns:
        What agrees, the word, what agrees; () when there is none.
    """
    for old in _phrases(ours):
        for new in _phrases(theirs):
            found = _inserted(theirs, new, ours, old)
            if found:
                return tuple(found)
            found = _inserted(ours, old, theirs, new)
            if found:
                return tuple(Chunk(c.equal, c.theirs, c.ours) for c in found)
    return ()


def _phrases(part: Part) -> Iterator[Run]:
    """What stands in one pair of marks, or between two ends of sentences in it, of a part's own sentence."""
    starts = [i for i in range(part.first, part.last) if part.tokens[i].ends or i == 0]
    for first in starts:
        run = tail(part.tokens, first + 1)
        if all(within(part.side, token) for token in part.tokens[first : run.last]):
            yield Run(first, run.last)


def _inserted(long: Part, outer: Run, short: Part, inner: Run) -> list[Chunk]:
    """Stretches (short, long) where all of ``inner`` stands in ``outer`` but for one word in its midst."""
    size = inner.last - inner.first
    words = [token.word for token in short.tokens[inner.first : inner.last]]
    idle = stop_words(short.side.article.language)
    if not LEAST_RUN <= size <= SHORT or sum(word not in idle for word in words) < _TELLING:
        return []
    for first in range(outer.first, outer.last - size):
        within_marks = [token.word for token in long.tokens[first : first + size + 1]]
        for at in range(1, size):
            if within_marks[:at] == words[:at] and within_marks[at + 1 :] == words[at:]:
                middle, gap = inner.first + at, first + at
                return [
                    Chunk(True, Run(inner.first, middle), Run(first, gap)),
                    Chunk(False, Run(middle, middle), Run(gap, gap + 1)),
                    Chunk(True, Run(middle, inner.last), Run(gap + 1, first + size + 1)),
                ]
    return []
