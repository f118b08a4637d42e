"""Words that two sentences quote, laid side by side.

They are the same quotation when a run of their words agrees: five words or more, three of them in a row, and
three in five of the words between the first and the last that agree. Of three to six words in marks of their
own one may be another, or be there in one of them alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import Match, SequenceMatcher
from itertools import pairwise, product
from typing import NamedTuple

from compare.findings.sides import Side
from compare.findings.speech import Token
from compare.findings.spelling import levelled
from compare.text import stop_words

_LEAST_RUN = 3  # words in a row that agree
_LEAST_WORDS = 5  # words that agree in all
_LEAST_SHARE = 0.6  # of the words between the first and the last that agree
_PLAIN = 7  # words that agree, from which none of them need carry meaning: "they are going to … about him"
_MOST = 240  # words of one sentence that are aligned; the rest of a longer one is left out
_SHORT = range(3, 7)  # words of a short quotation
_MASKS = frozenset("*@#")
_DOUBLED = re.compile(r"(.)\1")
_LOOSE = frozenset({"and", "but", "well", "so"})


class Part(NamedTuple):
    """The words that a sentence quotes."""

    side: Side
    tokens: Sequence[Token]


class Chunk(NamedTuple):
    """A stretch of both: agreeing or not."""

    equal: bool
    ours: slice
    theirs: slice


def chunks(ours: Part, theirs: Part) -> list[Chunk]:
    """Agreeing and differing stretches from the first word that agrees to the last; [] for other words."""
    idle = stop_words(ours.side.article.language)
    one, two = ([token.word for token in part.tokens[:_MOST]] for part in (ours, theirs))
    found = _laid_out(_agreeing(one, two, idle))
    if found:
        found[-1] = _trimmed(ours.tokens, theirs.tokens, found[-1])
    while len(found) > 1 and _is_chance(one[found[-1].ours], idle):
        found = found[:-2]
    while len(found) > 1 and _is_chance(one[found[0].ours], idle):
        found = found[2:]
    return found or _one_word_apart(ours.tokens, theirs.tokens, idle)


def _trimmed(ours: Sequence[Token], theirs: Sequence[Token], last: Chunk) -> Chunk:
    """The last agreeing stretch without a word or two of a next sentence: many sentences begin alike."""
    size = last.ours.stop - last.ours.start
    for i, j in ((last.ours.stop - beyond, last.theirs.stop - beyond) for beyond in range(1, min(3, size))):
        if ours[i].ends and theirs[j].ends:
            return Chunk(True, slice(last.ours.start, i), slice(last.theirs.start, j))
    return last


def _is_chance(agreeing: Sequence[str], idle: frozenset[str]) -> bool:
    """Whether a stretch at an end is a lone function word, which agrees by chance."""
    return len(agreeing) == 1 and agreeing[0] in idle


def _agreeing(ours: Sequence[str], theirs: Sequence[str], idle: frozenset[str]) -> list[Match]:
    """The stretches that agree, around the longest, when there are enough to make one quotation of both."""
    if len(set(ours) & set(theirs)) < _LEAST_RUN + 1:
        return []
    found = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()[:-1]
    first = last = max(range(len(found)), key=lambda i: found[i].size)
    while first > 0 and _holds(found[first - 1], found[first], found[first - 1].size):
        first -= 1
    while last + 1 < len(found) and _holds(found[last], found[last + 1], found[last + 1].size):
        last += 1
    kept = found[first : last + 1]
    said = [word for match in kept for word in ours[match.a : match.a + match.size]]
    span = max(kept[-1].a - kept[0].a, kept[-1].b - kept[0].b) + kept[-1].size
    enough = len(said) >= max(_LEAST_WORDS, _LEAST_SHARE * span) and max(m.size for m in kept) >= _LEAST_RUN
    return kept if enough and (len(said) >= _PLAIN or not idle.issuperset(said)) else []


def _holds(left: Match, right: Match, size: int) -> bool:
    """Whether two agreeing stretches belong together: the gap is no longer than what lies beyond it."""
    gap = max(right.a - left.a, right.b - left.b) - left.size
    return gap <= max(2, min(6, 2 * size))


def _laid_out(agreeing: Sequence[Match]) -> list[Chunk]:
    """Stretches that agree, and between any two of them the one that does not."""
    found = [Chunk(True, slice(m.a, m.a + m.size), slice(m.b, m.b + m.size)) for m in agreeing]
    between = [
        Chunk(False, slice(x.ours.stop, y.ours.start), slice(x.theirs.stop, y.theirs.start))
        for x, y in pairwise(found)
    ]
    return sorted([*found, *between], key=lambda chunk: (chunk.ours.start, chunk.theirs.start))


def _one_word_apart(ours: Sequence[Token], theirs: Sequence[Token], idle: frozenset[str]) -> list[Chunk]:
    """A short quotation with one word more on one side, or another one, in its midst."""
    for x, y in product(_phrases(ours), _phrases(theirs)):
        old, new = ([token.word for token in tokens[run]] for tokens, run in ((ours, x), (theirs, y)))
        if min(len(old), len(new)) not in _SHORT or idle.issuperset(old) or idle.issuperset(new):
            continue
        found = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()[:-1]
        if len(found) != 2:
            continue
        agreed = found[0].size + found[1].size
        gaps = found[1].a - found[0].a - found[0].size, found[1].b - found[0].b - found[0].size
        whole = gaps in {(len(old) - agreed, 1), (1, len(new) - agreed)}
        if whole and max(gaps) == 1 and (gaps != (1, 1) or len(old) == len(new)):
            return _laid_out([Match(m.a + x.start, m.b + y.start, m.size) for m in found])
    return []


def _phrases(tokens: Sequence[Token]) -> list[slice]:
    """What stands in one pair of marks, or between two ends of sentences in it."""
    starts = [i for i, token in enumerate(tokens) if token.ends]
    return [slice(*run) for run in pairwise([*starts, len(tokens)])]


def changes(ours: Part, theirs: Part, found: Sequence[Chunk]) -> Iterator[Chunk]:
    """The stretches that were altered: inside, and at either end where both sides go on differently."""
    first, last = found[0], found[-1]
    head = Chunk(False, _head(ours.tokens, first.ours.start), _head(theirs.tokens, first.theirs.start))
    tail = Chunk(False, _tail(ours.tokens, last.ours.stop), _tail(theirs.tokens, last.theirs.stop))
    for chunk in (head, *found, tail):
        old, new = ours.tokens[chunk.ours], theirs.tokens[chunk.theirs]
        cut = (chunk is head or chunk is tail) and not (said(old) and said(new))
        if not (chunk.equal or cut or _excused(ours, chunk.ours, theirs, chunk.theirs)):
            yield chunk


def said(tokens: Sequence[Token]) -> list[Token]:
    """The words that the speaker said."""
    return [token for token in tokens if not token.editor]


def _head(tokens: Sequence[Token], first: int) -> slice:
    """From the beginning of the sentence to where the agreement begins."""
    return slice(max((i for i in range(first) if tokens[i].ends), default=0), first)


def _tail(tokens: Sequence[Token], last: int) -> slice:
    """From where the agreement ends to the end of the sentence."""
    return slice(last, next((i for i in range(last, len(tokens)) if tokens[i].ends), len(tokens)))


def _excused(ours: Part, x: slice, theirs: Part, y: slice) -> bool:
    """Whether a difference is none: the editor's hand, a mask, another way to write the same words."""
    old, new = ours.tokens[x], theirs.tokens[y]
    if (old and not said(old)) or (new and not said(new)):  # "[Democrats]" for "they"
        return True
    if _letters(said(old)) == _letters(said(new)):
        return True
    if any(_is_cut(part.tokens, run) for part, run in ((ours, x), (theirs, y))):
        return True
    if _is_masked(ours, x) or _is_masked(theirs, y):
        return True
    if old and new:
        return _is_respelt(ours.side, old, theirs.side, new)
    bare, at = (theirs.tokens, y.start) if old else (ours.tokens, x.start)
    return {t.word for t in old or new} <= _LOOSE and at < len(bare) and bare[at].ends


def _letters(tokens: Sequence[Token]) -> str:
    return "".join(token.word for token in tokens if token.word != "al")


def _is_respelt(ours: Side, old: Sequence[Token], theirs: Side, new: Sequence[Token]) -> bool:
    """Whether words are the same in another spelling: a transliterated name, a doubled letter."""
    one, two = _letters(old), _letters(new)
    if all(_is_name(ours, token) for token in old) and all(_is_name(theirs, token) for token in new):
        return levelled(one) == levelled(two)
    return len(old) == len(new) == 1 and _DOUBLED.sub(r"\1", one) == _DOUBLED.sub(r"\1", two)


def _is_name(side: Side, token: Token) -> bool:
    return side.article.text[token.start].isupper() or token.word == "al"


def _is_masked(part: Part, run: slice) -> bool:
    """Whether asterisks stand for letters, or the words are handles or tags of a network."""
    told = part.tokens[run.start : max(run.stop, run.start + 1)]
    return bool(told) and not _MASKS.isdisjoint(part.side.article.text[told[0].start - 1 : told[-1].end + 1])


def _is_cut(tokens: Sequence[Token], run: slice) -> bool:
    """Whether an ellipsis stands before, inside or right after a run."""
    return any(token.gap for token in tokens[run.start : run.stop + 1])
