"""Quotations of a few words, which are too short to be known by their words alone.

Two to six words are compared with as few of the other article, and inside a longer quotation of it, when the
sentences share enough outside the marks. They are the same when one word stands for another (``husband its
resources``, ``steward its resources``) or a word is put between the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compare.findings.difference import Difference, Mark
from compare.findings.sides import Side, place_in_text
from compare.findings.speech import Token, Utterance
from compare.findings.spoken import spoken

_BRIEF = 6  # words of a quotation that is too short to be known by its words alone
_MOST_BRIEFS = 6  # of them in one sentence
_BRIEF_CONTEXT = 3  # content words outside the marks that must agree then
_LEAST_WINDOW = 4  # words of a brief quotation that is looked for inside a long one
_MOST_WINDOWS = 120  # words of the long one
_TWO, _TWO_CONTEXT = 2, 5  # for a quotation of two words


def brief(a: Side, ours: Sequence[Utterance], b: Side, theirs: Sequence[Utterance]) -> Iterator[Difference]:
    """A few quoted words of which one is another, or is not there in the other article."""
    old, new = _briefs(a, ours), _briefs(b, theirs)
    pairs = [
        *((x, y) for x in old for y in (*new, *_windows(b, theirs, x))),
        *((x, y) for y in new for x in _windows(a, ours, y)),
    ]
    for x, y in pairs:
        yield from _altered(a, x, b, y)


def _altered(a: Side, x: Sequence[Token], b: Side, y: Sequence[Token]) -> Iterator[Difference]:
    """A few words of two quotations in which one word differs."""
    old, new = [t.word for t in x], [t.word for t in y]
    core = _core(old, new)
    if core is None or any(t.editor for t in (*x, *y)):
        return
    agreeing = {word for word in old if word in new} & _content(a)
    outside = (_content(a) - set(old)) & (_content(b) - set(new))
    short = min(len(old), len(new))
    enough = _BRIEF_CONTEXT if short > _TWO else _TWO_CONTEXT
    plain = short > _TWO + 1 and len(outside) > enough  # "not going to cave"
    if (agreeing or plain) and len(outside) >= enough and core & (_content(a) | _content(b)):
        note = f"The sentences share {', '.join(sorted(outside)[:5])} outside the quotation."
        yield Difference("altered", True, _mark(a, x), _mark(b, y), note)


def _core(old: Sequence[str], new: Sequence[str]) -> set[str] | None:
    """The words that differ, when one stands for another or is put between others; else None."""
    first = next(
        (i for i, (x, y) in enumerate(zip(old, new, strict=False)) if x != y), min(len(old), len(new))
    )
    last = first + (len(old) >= len(new)), first + (len(new) >= len(old))
    if abs(len(old) - len(new)) > 1 or old == new or old[last[0] :] != new[last[1] :]:
        return None
    if len(old) != len(new) and (not 0 < first < min(len(old), len(new)) or min(len(old), len(new)) <= _TWO):
        return None  # a word more at either end is a longer quotation
    return {*old[first : last[0]], *new[first : last[1]]}


def _windows(side: Side, said: Sequence[Utterance], brief: Sequence[Token]) -> Iterator[list[Token]]:
    """Runs of as many words of a long quotation as a brief one has, all but one of them the same."""
    size = len(brief)
    if size < _LEAST_WINDOW:
        return
    words = [t.word for t in brief]
    for utterance in said:
        tokens = [t for t in utterance.tokens if side.sentence.start <= t.start < side.sentence.end]
        if size + 1 < len(tokens) <= _MOST_WINDOWS:
            for at in range(len(tokens) - size + 1):
                if sum(t.word == word for t, word in zip(tokens[at:], words, strict=False)) == size - 1:
                    yield tokens[at : at + size]


def _briefs(side: Side, said: Sequence[Utterance]) -> list[list[Token]]:
    """The first short pieces in a sentence."""
    start, end = side.sentence.start, side.sentence.end
    inside = [(u, p) for u in said for p in u.pieces if start <= p.start and p.end <= end]
    found = []
    for utterance, piece in inside[:_MOST_BRIEFS]:
        tokens = [t for t in utterance.tokens if piece.start <= t.start < piece.end]
        if _TWO <= len(tokens) <= _BRIEF:
            found.append(tokens)
    return found


def _content(side: Side) -> set[str]:
    """The words, not stems, that carry meaning in a sentence, as quotations have them."""
    parsed = side.parsed
    return {
        part for name, stem in zip(parsed.names, parsed.meaning, strict=True) if stem for part in spoken(name)
    }


def _mark(side: Side, said: Sequence[Token]) -> Mark:
    start, end = said[0].start, said[-1].end
    place = place_in_text(side, start, end)
    return Mark(place, place.text, " ".join(token.word for token in said))
