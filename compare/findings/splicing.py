"""Pieces that one article joins into one quotation and another prints apart.

A join is a place where two runs of four words or more adjoin inside one pair of quotation marks, with no
ellipsis near it, while in the other article words stand between the runs, or they stand in two quotations.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from compare.findings.difference import Difference, Mark
from compare.findings.retelling import Run, has_gap, part, within
from compare.findings.sides import Side, place_in_text
from compare.findings.speech import Token, Utterance

LEAST_DROPPED = 3  # words between two runs, from which their join is called a splice and not an altered word
_LEAST_RUN = 4
_SHOWN = 4  # words on either side of a join that are shown
_NEAR = 2  # words from a join, in which an ellipsis may stand where the runs were cut elsewhere
_MOST = 400  # words of a quotation that are searched


class _Run(NamedTuple):
    """Words of the joined quotation that stand in another: ``ours[at : at + size]``."""

    at: int
    size: int
    source: Utterance
    first: int


def cut_out(a: Side, x: Utterance, b: Side, y: Utterance) -> Iterator[Difference]:
    """Places where one of two quotations drops words of the other without a sign."""
    for side, joined, other, whole in ((a, x, b, y), (b, y, a, x)):
        for before, after in _joins(side, joined, [whole]):
            dropped = whole.tokens[before.first + before.size : after.first]
            if sum(not token.editor for token in dropped) < LEAST_DROPPED:
                continue
            short = _shown(side, joined.tokens[max(0, after.at - _SHOWN) : after.at + _SHOWN])
            long = _shown(other, whole.tokens[after.first - len(dropped) - _SHOWN : after.first + _SHOWN])
            if short and long:
                marks = (short, long) if side is a else (long, short)
                yield Difference("spliced", True, *marks, f"{len(dropped)} words are dropped without a sign.")


def put_together(side: Side, others: Sequence[Side]) -> Iterator[Difference]:
    """Places where a quotation runs on in one article and stands in two quotations of another."""
    sources: dict[int, tuple[Side, Utterance]] = {}
    for other in others:
        for utterance in other.said:
            sources.setdefault(utterance.pieces[0].start, (other, utterance))
    if len(sources) < 2:
        return
    for joined in side.said:
        for before, after in _joins(side, joined, [utterance for _, utterance in sources.values()]):
            if before.source is after.source:
                continue
            old = _shown(side, joined.tokens[max(0, after.at - _SHOWN) : after.at + _SHOWN])
            other = sources[after.source.pieces[0].start][0]
            new = _shown(other, after.source.tokens[after.first : after.first + 2 * _SHOWN])
            if old and new:
                yield Difference("spliced", False, old, new, "The other text has them in two quotations.")


def _joins(side: Side, joined: Utterance, sources: Sequence[Utterance]) -> Iterator[tuple[_Run, _Run]]:
    """Two runs of other quotations that adjoin in a sentence of this one, in one piece and unmarked."""
    own = part(joined, side)
    if own is None or own.last - own.first < 2 * _LEAST_RUN or len(joined.tokens) > _MOST:
        return
    words = [token.word for token in joined.tokens]
    found = [run for source in sources if len(source.tokens) <= _MOST for run in _runs(words, source)]
    runs = sorted(found, key=lambda run: (run.at, run.size, run.first))
    for before, after in pairwise(runs):
        token = joined.tokens[after.at]
        if before.at + before.size != after.at or not within(side, token):
            continue
        if has_gap(joined.tokens, Run(after.at - _NEAR, after.at + _NEAR)):
            continue
        if before.source is after.source and after.first <= before.first + before.size:
            continue
        if any(joined.tokens[after.at - 1].start < piece.start <= token.start for piece in joined.pieces):
            continue  # "he said" stands between them here as well
        if not has_gap(after.source.tokens, Run(after.first, after.first)):
            yield before, after


def _runs(words: Sequence[str], source: Utterance) -> list[_Run]:
    theirs = [token.word for token in source.tokens]
    if len(set(words) & set(theirs)) < _LEAST_RUN:
        return []
    blocks = SequenceMatcher(None, words, theirs, autojunk=False).get_matching_blocks()
    return [_Run(m.a, m.size, source, m.b) for m in blocks if m.size >= _LEAST_RUN]


def _shown(side: Side, tokens: Sequence[Token]) -> Mark | None:
    inside = [token for token in tokens if within(side, token)]
    if not inside:
        return None
    start, end = inside[0].start, inside[-1].end
    place = place_in_text(side, start, end)
    return Mark(place, place.text, " ".join(token.word for token in inside))
