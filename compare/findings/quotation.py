"""The same quotation in two articles.

Two utterances are the same when a run of their words agrees: five words or more, three of them in a row,
and three in five of the words between the first and the last that agree. What stands inside that run is
compared word by word. Contractions, British and American spelling, masked oaths, hyphens and what an
ellipsis or square brackets mark as the editor's hand are no alterations. Quotation marks and the comparison
work in every language; speakers are found in English, Spanish, French, German and Turkish.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import Match, SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from compare.findings.parsed import Difference, Mark, Side, gather, pairs, sides
from compare.findings.speaker import speaker
from compare.findings.speech import Token, Utterance, utterances
from compare.findings.spelling import levelled
from compare.model import Article, Claim, Finding, Place
from compare.text import stop_words

RULES = {
    "quotation.altered": "Inside the same quotation, words between the marks differ, and neither an ellipsis nor "
    "brackets say that somebody changed them.",
    "quotation.shortened": "One text ends or begins the quotation in the middle of a sentence that the other "
    "quotes further, and nothing marks the cut.",
    "quotation.speaker": "The same words are given to two people whose names have nothing in common.",
    "quotation.unmarked": "One text has the other's quotation word for word, but without quotation marks.",
}
PATTERNS = {
    "altered": "{a} quotes “{x}”, {b} quotes “{y}”.",
    "shortened": "{a} quotes “{x}”, {b} only “{y}”, with no sign of a cut.",
    "speaker": "{a} gives these words to {x}, {b} to {y}.",
    "unmarked": "{a} has these words in quotation marks, {b} has them as its own.",
}

_LEAST_WORDS = 5
_LEAST_RUN = 3
_LEAST_SHARE = 0.6
_SHORT = 6  # words up to the end of a sentence that can stand for one another
_CONTEXT = 14  # words beyond the sentence that are aligned with it
_MOST = 240  # words of one sentence that are aligned; the rest of a longer one is left out
_UNMARKED = 6
_DOUBLED = re.compile(r"(.)\1")
_MASKS = frozenset("*@#")
_LOOSE = frozenset({"and", "but", "well", "so"})


class _Run(NamedTuple):
    """Words ``first`` to ``last`` of an utterance."""

    first: int
    last: int


class _Chunk(NamedTuple):
    """A stretch of both utterances: agreeing or not."""

    equal: bool
    ours: _Run
    theirs: _Run


def examine(claim: Claim, articles: Mapping[str, Article]) -> tuple[Finding, ...]:
    """The quotations of a claim in which its readings differ."""
    groups = sides(claim, articles)
    if not any(_said(side) for group in groups for side in group):
        return ()
    return gather("quotation", (d for a, b in pairs(groups) for d in _differences(a, b)))


def _said(side: Side) -> tuple[Utterance, ...]:
    return utterances(side.article, side.sentence.start, side.sentence.end)


def _differences(a: Side, b: Side) -> Iterator[Difference]:
    ours, theirs = _said(a), _said(b)
    for x in ours:
        for y in theirs:
            yield from _compare(a, x, b, y)
    for marked, plain, said in ((a, b, ours), (b, a, theirs)):
        if said and not _said(plain):
            yield from _unmarked(marked, plain, said)


class _Part(NamedTuple):
    """The words of an utterance in a sentence and a few around it: ``tokens[first:last]``."""

    side: Side
    tokens: tuple[Token, ...]
    first: int
    last: int


def _part(utterance: Utterance, side: Side) -> _Part | None:
    tokens = utterance.tokens
    inside = [i for i, t in enumerate(tokens) if side.sentence.start <= t.start < side.sentence.end]
    if not inside:
        return None
    last = min(inside[-1] + 1, inside[0] + _MOST) + _CONTEXT
    return _Part(side, tokens, max(0, inside[0] - _CONTEXT), min(last, len(tokens)))


def _compare(a: Side, x: Utterance, b: Side, y: Utterance) -> Iterator[Difference]:
    ours, theirs = _part(x, a), _part(y, b)
    if ours is None or theirs is None:
        return
    chunks = _align(
        tuple(t.word for t in ours.tokens[ours.first : ours.last]),
        tuple(t.word for t in theirs.tokens[theirs.first : theirs.last]),
    )
    chunks = tuple(
        _Chunk(
            c.equal,
            _Run(c.ours.first + ours.first, c.ours.last + ours.first),
            _Run(c.theirs.first + theirs.first, c.theirs.last + theirs.first),
        )
        for c in chunks
    )
    if not chunks or not _is_inside(ours, theirs, chunks):
        return
    changes = [
        (old, new)
        for c in _changes(ours, theirs, chunks)
        if (old := _mark(ours, c.ours)) and (new := _mark(theirs, c.theirs))
    ]
    if changes:
        old, new = _joint(a, [c[0] for c in changes]), _joint(b, [c[1] for c in changes])
        yield Difference("altered", True, old, new, "The words around them agree: " + _around(ours, chunks))
    else:
        yield from _shortened(ours, theirs, chunks)
        yield from _speakers(ours, theirs, chunks)


def _joint(side: Side, marks: Sequence[Mark]) -> Mark:
    """One mark from the first altered word to the last."""
    start, end = min(m.place.start for m in marks), max(m.place.end for m in marks)
    spot = _place(side, start, end)
    return Mark(spot, spot.text, " … ".join(m.key for m in marks))


@lru_cache(maxsize=4096)
def _align(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[_Chunk, ...]:
    """Agreeing and differing stretches from the first to the last word that agree; () for other words."""
    if len(set(ours) & set(theirs)) < _LEAST_RUN + 1:
        return ()
    blocks = [m for m in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks() if m.size]
    if not blocks:
        return ()
    core = max(range(len(blocks)), key=lambda i: blocks[i].size)
    if blocks[core].size < _LEAST_RUN:
        return ()
    first = last = core
    while first > 0 and _holds(blocks[first - 1], blocks[first], blocks[first - 1].size):
        first -= 1
    while last + 1 < len(blocks) and _holds(blocks[last], blocks[last + 1], blocks[last + 1].size):
        last += 1
    kept = blocks[first : last + 1]
    agreed = sum(block.size for block in kept)
    spans = [kept[-1].a + kept[-1].size - kept[0].a, kept[-1].b + kept[-1].size - kept[0].b]
    if agreed < _LEAST_WORDS or agreed < _LEAST_SHARE * max(spans):
        return ()
    idle = stop_words("en")
    if sum(ours[i] not in idle for block in kept for i in range(block.a, block.a + block.size)) < 1:
        return ()
    chunks: list[_Chunk] = []
    for block in kept:
        if chunks:
            at = chunks[-1]
            chunks.append(_Chunk(False, _Run(at.ours.last, block.a), _Run(at.theirs.last, block.b)))
        chunks.append(_Chunk(True, _Run(block.a, block.a + block.size), _Run(block.b, block.b + block.size)))
    return tuple(chunks)


def _holds(left: Match, right: Match, size: int) -> bool:
    """Whether two agreeing stretches belong together: the gap is no longer than what lies beyond it."""
    gap = max(right.a - left.a - left.size, right.b - left.b - left.size)
    return gap <= max(2, min(6, 2 * size))


def _is_inside(ours: _Part, theirs: _Part, chunks: Sequence[_Chunk]) -> bool:
    """Whether enough of what agrees stands in both sentences themselves."""
    agreed = 0
    for chunk in chunks:
        if chunk.equal:
            for i, j in zip(range(*chunk.ours), range(*chunk.theirs), strict=True):
                agreed += _within(ours.side, ours.tokens[i]) and _within(theirs.side, theirs.tokens[j])
    return agreed >= _LEAST_RUN


def _within(side: Side, token: Token) -> bool:
    return side.sentence.start <= token.start < side.sentence.end


def _changes(ours: _Part, theirs: _Part, chunks: Sequence[_Chunk]) -> Iterator[_Chunk]:
    """The stretches that were altered: inside, and at either end where both sides go on differently."""
    first, last = chunks[0], chunks[-1]
    heads = _Chunk(False, _head(ours.tokens, first.ours.first), _head(theirs.tokens, first.theirs.first))
    tails = _Chunk(False, _tail(ours.tokens, last.ours.last), _tail(theirs.tokens, last.theirs.last))
    for chunk in (heads, *chunks, tails):
        lengths = (_length(ours, chunk.ours), _length(theirs, chunk.theirs))
        at_end = chunk is heads or chunk is tails
        if chunk.equal or (at_end and not (min(lengths) and max(lengths) <= _SHORT)):
            continue
        if not _excused(ours, chunk.ours, theirs, chunk.theirs):
            yield chunk


def _length(part: _Part, run: _Run) -> int:
    """Words of a run that the speaker said."""
    return sum(not token.editor for token in part.tokens[run.first : run.last])


def _head(tokens: Sequence[Token], first: int) -> _Run:
    """From the beginning of the sentence to where the agreement begins."""
    start = first
    while 0 < start < len(tokens) and not tokens[start].ends:
        start -= 1
    return _Run(start, first)


def _tail(tokens: Sequence[Token], last: int) -> _Run:
    """From where the agreement ends to the end of the sentence."""
    end = last
    while end < len(tokens) and not tokens[end].ends:
        end += 1
    return _Run(last, end)


def _excused(ours: _Part, x: _Run, theirs: _Part, y: _Run) -> bool:
    """Whether a difference is none: the editor's hand, a mask, another way to write the same words."""
    old, new = ours.tokens[x.first : x.last], theirs.tokens[y.first : y.last]
    plain_old, plain_new = [t for t in old if not t.editor], [t for t in new if not t.editor]
    if (len(plain_old) < len(old) and not plain_old) or (len(plain_new) < len(new) and not plain_new):
        return True  # "[Democrats]" for "they"
    if _letters(plain_old) == _letters(plain_new) or _letters(old) == _letters(new):
        return True
    if _has_gap(ours.tokens, x) or _has_gap(theirs.tokens, y) or _masked(ours, x) or _masked(theirs, y):
        return True
    if (
        old
        and new
        and all(_capital(ours.side, t) for t in old)
        and all(_capital(theirs.side, t) for t in new)
    ):
        return levelled(_letters(old)) == levelled(_letters(new))  # a name spelt in another way
    if old and new:
        return len(old) == len(new) == 1 and _respelt(old[0].word, new[0].word)
    bare, at = (theirs, y.first) if old else (ours, x.first)
    return {t.word for t in old or new} <= _LOOSE and at < len(bare.tokens) and bare.tokens[at].ends


def _letters(tokens: Sequence[Token]) -> str:
    return "".join(token.word for token in tokens if token.word != "al")


def _respelt(old: str, new: str) -> bool:
    """``canceled`` and ``cancelled``: a doubled letter alone."""
    return min(len(old), len(new)) > 4 and _DOUBLED.sub(r"\1", old) == _DOUBLED.sub(r"\1", new)


def _capital(side: Side, token: Token) -> bool:
    return side.article.text[token.start].isupper() or token.word == "al"


def _masked(part: _Part, run: _Run) -> bool:
    """Whether asterisks stand for letters, or the words are handles or tags of a network."""
    if run.first == run.last:
        return False
    text = part.side.article.text[part.tokens[run.first].start : part.tokens[run.last - 1].end + 1]
    return not _MASKS.isdisjoint(text) or "--" in text.strip("- ")


def _has_gap(tokens: Sequence[Token], run: _Run) -> bool:
    """Whether an ellipsis stands before, inside or right behind a run."""
    return any(t.gap for t in tokens[run.first : run.last + 1])


def _mark(part: _Part, run: _Run) -> Mark | None:
    """The run with a word of its surroundings; None when it does not stand in the side's sentence."""
    side, tokens = part.side, part.tokens
    first, last = run
    if first < len(tokens) and first > 0 and not tokens[first].ends:
        first -= 1
    if last < len(tokens) and (not tokens[last].ends or first == last):
        last += 1
    core = tokens[run.first : run.last] or tokens[run.first : last] or tokens[first : run.last]
    shown = [token for token in tokens[first:last] if _within(side, token)]
    if not shown or not any(_within(side, token) for token in core):
        return None
    spot = _place(side, shown[0].start, shown[-1].end)
    return Mark(spot, spot.text, " ".join(token.word for token in shown))


def _place(side: Side, start: int, end: int) -> Place:
    return Place(side.article.id, side.sentence.id, start, end, side.article.text[start:end])


def _around(part: _Part, chunks: Sequence[_Chunk]) -> str:
    words = [token.word for token in part.tokens[chunks[0].ours.first : chunks[-1].ours.last]]
    return f"“{' '.join(words[:12])}{' …' if len(words) > 12 else ''}”."


def _shortened(ours: _Part, theirs: _Part, chunks: Sequence[_Chunk]) -> Iterator[Difference]:
    """A sentence that one side quotes to its end and the other breaks off as if it ended there."""
    x, y = _tail(ours.tokens, chunks[-1].ours.last), _tail(theirs.tokens, chunks[-1].theirs.last)
    longer, shorter = (x, y) if y.first == y.last else (y, x)
    if shorter.first != shorter.last or longer.first == longer.last:
        return
    if _has_gap(ours.tokens, x) or _has_gap(theirs.tokens, y):
        return
    if _is_whole(ours, chunks[0].ours.first) and _is_whole(theirs, chunks[0].theirs.first):
        old, new = (
            _cut(ours, _Run(chunks[0].ours.first, x.last)),
            _cut(theirs, _Run(chunks[0].theirs.first, y.last)),
        )
        if old and new:
            yield Difference("shortened", False, old, new, "Both begin with the same words.")


def _is_whole(part: _Part, first: int) -> bool:
    """Whether a run begins a sentence with a capital, so that it is given as a whole one."""
    token = part.tokens[first]
    return token.ends and part.side.article.text[token.start].isupper()


def _cut(part: _Part, run: _Run) -> Mark | None:
    """The words of a run, if its end stands in the side's sentence."""
    shown = [token for token in part.tokens[run.first : run.last] if _within(part.side, token)]
    if not shown or shown[-1] is not part.tokens[run.last - 1]:
        return None
    spot = _place(part.side, shown[0].start, shown[-1].end)
    return Mark(spot, spot.text, " ".join(token.word for token in shown))


def _speakers(ours: _Part, theirs: _Part, chunks: Sequence[_Chunk]) -> Iterator[Difference]:
    """The same words said by two people."""
    if sum(c.ours.last - c.ours.first for c in chunks if c.equal) < _UNMARKED:
        return
    x = speaker(ours.side.article, ours.tokens[chunks[0].ours.first].start, ours.side.sentence)
    y = speaker(theirs.side.article, theirs.tokens[chunks[0].theirs.first].start, theirs.side.sentence)
    if x is None or y is None or not x.names.isdisjoint(y.names):
        return
    if x.surname in theirs.side.sentence.text or y.surname in ours.side.sentence.text:
        return
    old = Mark(_place(ours.side, x.start, x.end), x.shown)
    new = Mark(_place(theirs.side, y.start, y.end), y.shown)
    yield Difference("speaker", True, old, new, "The same words: " + _around(ours, chunks))


def _unmarked(marked: Side, plain: Side, said: Sequence[Utterance]) -> Iterator[Difference]:
    """Six words or more of a quotation that the other side has without marks."""
    told = plain.parsed.names
    known = {tuple(told[i : i + _UNMARKED]): i for i in range(len(told) - _UNMARKED, -1, -1)}
    for utterance in said:
        part = _part(utterance, marked)
        window = part.tokens[part.first : part.last] if part else ()
        names = [token.word for token in window]
        for i in range(len(names) - _UNMARKED + 1):
            at = known.get(tuple(names[i : i + _UNMARKED]))
            if at is None or not all(_within(marked, token) for token in window[i : i + _UNMARKED]):
                continue
            size = _UNMARKED
            while i + size < len(names) and at + size < len(told) and names[i + size] == told[at + size]:
                size += 1
            if not _within(marked, window[i + size - 1]):
                continue
            words = plain.parsed.words
            start = plain.sentence.start + words[at].start
            end = plain.sentence.start + words[at + size - 1].end
            old = _place(marked, window[i].start, window[i + size - 1].end)
            new = _place(plain, start, end)
            yield Difference("unmarked", False, Mark(old, f"“{old.text}”"), Mark(new, new.text))
            break
