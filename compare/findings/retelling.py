"""Two utterances laid side by side, word by word.

They are the same quotation when a run of their words agrees: five words or more, three of them in a row, and
three in five of the words between the first and the last that agree.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from difflib import Match, SequenceMatcher
from operator import attrgetter
from typing import NamedTuple

from compare.findings.sides import Side
from compare.findings.speech import Token, Utterance
from compare.findings.spelling import levelled
from compare.text import stop_words

_LEAST_RUN = 3  # words in a row that agree
_LEAST_WORDS = 5  # words that agree in all
_LEAST_SHARE = 0.6  # of the words between the first and the last that agree
_SHORT = 6  # words up to the end of a sentence that can stand for one another
_PLAIN = 7  # words that agree, from which none of them need carry meaning: "they are going to … about him"
_FURTHER = 0.6  # of the words that agree, where that is more
_CONTEXT = 14  # words beyond the sentence that are aligned with it
_MOST = 240  # words of one sentence that are aligned; the rest of a longer one is left out
_MASKS = frozenset("*@#")
_DOUBLED = re.compile(r"(.)\1")
_LEAST_END = 2  # words that agree beyond what differs, unless one says something
_AT_END = 7  # words that agree, from which what both say before or after them can be one thing altered
_LOOSE = frozenset({"and", "but", "well", "so"})


class Run(NamedTuple):
    """Words ``first`` to ``last`` of an utterance."""

    first: int
    last: int


class Chunk(NamedTuple):
    """A stretch of both utterances: agreeing or not."""

    equal: bool
    ours: Run
    theirs: Run


class Part(NamedTuple):
    """The words of an utterance in a sentence and a few around it."""

    side: Side
    tokens: tuple[Token, ...]


_start = attrgetter("start")


def part(utterance: Utterance, side: Side) -> Part | None:
    """The words of an utterance in a sentence and a few around it; None when it has none there."""
    tokens = utterance.tokens
    first = bisect_left(tokens, side.sentence.start, key=_start)
    end = bisect_left(tokens, side.sentence.end, lo=first, key=_start)
    if first == end:
        return None
    return Part(side, tokens[max(0, first - _CONTEXT) : min(end, first + _MOST) + _CONTEXT])


def chunks(ours: Part, theirs: Part) -> tuple[Chunk, ...]:
    """Agreeing and differing stretches of two parts, from the first word that agrees to the last.

    Returns:
        In order, agreeing ones at both ends; () when the parts are other words, or when too little of what
        agrees stands in both sentences themselves.
    """
    idle = stop_words(ours.side.article.language)
    found = _align([token.word for token in ours.tokens], [token.word for token in theirs.tokens], idle)
    if not found or not _is_inside(ours, theirs, found):
        return ()
    found[-1] = _trimmed(ours, theirs, found[-1])
    while len(found) > 1 and _is_chance(ours, found[-1], idle):
        found = found[:-2]
    while len(found) > 1 and _is_chance(ours, found[0], idle):
        found = found[2:]
    return tuple(found)


def _is_chance(part: Part, chunk: Chunk, idle: Collection[str]) -> bool:
    """Whether a stretch at an end is a lone function word, which agrees by chance."""
    return chunk.ours.last - chunk.ours.first < _LEAST_END and part.tokens[chunk.ours.first].word in idle


def _trimmed(ours: Part, theirs: Part, chunk: Chunk) -> Chunk:
    """The last agreeing stretch without a word or two of a next sentence: many sentences begin alike."""
    for size in range(1, min(_LEAST_RUN, chunk.ours.last - chunk.ours.first)):
        i, j = chunk.ours.last - size, chunk.theirs.last - size
        if ours.tokens[i].ends and theirs.tokens[j].ends:
            return Chunk(True, Run(chunk.ours.first, i), Run(chunk.theirs.first, j))
    return chunk


def _align(ours: Sequence[str], theirs: Sequence[str], idle: frozenset[str]) -> list[Chunk]:
    """Agreeing and differing stretches from the first to the last word that agree; [] for other words."""
    if len(set(ours) & set(theirs)) < _LEAST_RUN + 1:
        return []
    blocks = [m for m in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks() if m.size]
    core = max(range(len(blocks)), key=lambda i: blocks[i].size, default=0)
    if not blocks or blocks[core].size < _LEAST_RUN:
        return []
    first = last = core
    while first > 0 and _holds(blocks[first - 1], blocks[first], blocks[first - 1].size):
        first -= 1
    while last + 1 < len(blocks) and _holds(blocks[last], blocks[last + 1], blocks[last + 1].size):
        last += 1
    kept = blocks[first : last + 1]
    agreed = sum(block.size for block in kept)
    spans = [kept[-1].a + kept[-1].size - kept[0].a, kept[-1].b + kept[-1].size - kept[0].b]
    if agreed < _LEAST_WORDS or agreed < _LEAST_SHARE * max(spans):
        return []
    if agreed < _PLAIN and all(
        word in idle for block in kept for word in ours[block.a : block.a + block.size]
    ):
        return []
    chunks: list[Chunk] = []
    for block in kept:
        if chunks:
            at = chunks[-1]
            chunks.append(Chunk(False, Run(at.ours.last, block.a), Run(at.theirs.last, block.b)))
        chunks.append(Chunk(True, Run(block.a, block.a + block.size), Run(block.b, block.b + block.size)))
    return chunks


def _holds(left: Match, right: Match, size: int) -> bool:
    """Whether two agreeing stretches belong together: the gap is no longer than what lies beyond it."""
    gap = max(right.a - left.a - left.size, right.b - left.b - left.size)
    return gap <= max(2, min(6, 2 * size))


def _is_inside(ours: Part, theirs: Part, chunks: Sequence[Chunk]) -> bool:
    """Whether enough of what agrees stands in both sentences themselves."""
    agreed = sum(
        is_within(ours.side, x) and is_within(theirs.side, y)
        for chunk in chunks
        if chunk.equal
        for x, y in zip(ours.tokens[slice(*chunk.ours)], theirs.tokens[slice(*chunk.theirs)], strict=True)
    )
    return agreed >= _LEAST_RUN


def is_within(side: Side, token: Token) -> bool:
    """Whether a word stands in the side's sentence."""
    return side.sentence.start <= token.start < side.sentence.end


def changes(ours: Part, theirs: Part, chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """The stretches that were altered: inside, and at either end where both sides go on differently."""
    first, last = chunks[0], chunks[-1]
    heads = Chunk(False, _head(ours.tokens, first.ours.first), _head(theirs.tokens, first.theirs.first))
    tails = Chunk(
        False,
        rest_of_sentence(ours.tokens, last.ours.last),
        rest_of_sentence(theirs.tokens, last.theirs.last),
    )
    agreed = sum(c.ours.last - c.ours.first for c in chunks if c.equal)
    most = max(_SHORT, min(_CONTEXT, round(agreed * _FURTHER)))
    for chunk in (heads, *chunks, tails):
        if chunk is heads or chunk is tails:
            other = tails if chunk is heads else heads
            lengths = (spoken_words(ours, chunk.ours), spoken_words(theirs, chunk.theirs))
            anchored = other.ours.first == other.ours.last and other.theirs.first == other.theirs.last
            enough = agreed >= _AT_END or (anchored and max(lengths) <= max(_LEAST_END, agreed // 2))
            if not (enough and min(lengths) and max(lengths) <= most):
                continue
        if not chunk.equal and not _excused(ours, chunk.ours, theirs, chunk.theirs):
            yield chunk


def spoken_words(part: Part, run: Run) -> int:
    """Words of a run that the speaker said."""
    return sum(not token.editor for token in part.tokens[run.first : run.last])


def _head(tokens: Sequence[Token], first: int) -> Run:
    """From the beginning of the sentence to where the agreement begins."""
    start = first
    while 0 < start < len(tokens) and not tokens[start].ends:
        start -= 1
    return Run(start, first)


def rest_of_sentence(tokens: Sequence[Token], last: int) -> Run:
    """From where the agreement ends to the end of the sentence."""
    end = last
    while end < len(tokens) and not tokens[end].ends:
        end += 1
    return Run(last, end)


def _excused(ours: Part, x: Run, theirs: Part, y: Run) -> bool:
    """Whether a difference is none: the editor's hand, a mask, another way to write the same words."""
    old, new = ours.tokens[x.first : x.last], theirs.tokens[y.first : y.last]
    plain_old, plain_new = [t for t in old if not t.editor], [t for t in new if not t.editor]
    if (old and not plain_old) or (new and not plain_new):  # "[Democrats]" for "they"
        return True
    if _letters(plain_old) == _letters(plain_new) or _letters(old) == _letters(new):
        return True
    early = not (old and new)  # the word after an ellipsis may have been found before it
    if any(_has_gap(part, run, early) or _masked(part, run) for part, run in ((ours, x), (theirs, y))):
        return True
    if old and new:
        return _is_respelt(ours.side, old, theirs.side, new)
    bare, at = (theirs, y.first) if old else (ours, x.first)
    return {t.word for t in old or new} <= _LOOSE and at < len(bare.tokens) and bare.tokens[at].ends


def _letters(tokens: Sequence[Token]) -> str:
    return "".join(token.word for token in tokens if token.word != "al")


def _is_respelt(ours: Side, old: Sequence[Token], theirs: Side, new: Sequence[Token]) -> bool:
    """Whether words are the same in another spelling: a transliterated name, a doubled letter."""
    if all(_capital(ours, t) for t in old) and all(_capital(theirs, t) for t in new):
        return levelled(_letters(old)) == levelled(_letters(new))
    if len(old) > 1 or len(new) > 1 or min(len(old[0].word), len(new[0].word)) < 5:
        return False
    return _DOUBLED.sub(r"\1", old[0].word) == _DOUBLED.sub(r"\1", new[0].word)


def _capital(side: Side, token: Token) -> bool:
    return side.article.text[token.start].isupper() or token.word == "al"


def _masked(part: Part, run: Run) -> bool:
    """Whether asterisks stand for letters, or the words are handles or tags of a network."""
    last = run.last if run.first < run.last else min(run.last + 1, len(part.tokens))
    if run.first >= last:
        return False
    start = max(0, part.tokens[run.first].start - 1)
    text = part.side.article.text[start : part.tokens[last - 1].end + 1]
    return not _MASKS.isdisjoint(text) or "--" in text.strip("- ")


def _has_gap(part: Part, run: Run, early: bool) -> bool:
    """Whether an ellipsis stands before, inside or right after a run, or ``early``, one word before it."""
    return any(token.gap for token in part.tokens[max(0, run.first - early) : run.last + 1])
