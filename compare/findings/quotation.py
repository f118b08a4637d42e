"""The same quotation in two articles.

Two utterances are the same when a run of their words agrees: five words or more, three of them in a row,
and three in five of the words between the first and the last that agree. What stands inside that run is
compared word by word. Contractions, British and American spelling, masked oaths, hyphens and what an
ellipsis or square brackets mark as the editor's hand are no alterations. Quotation marks and the comparison
work in every language; speakers are found in English, Spanish, French, German and Turkish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations

from compare.findings.brief import brief
from compare.findings.difference import Difference, Mark, gather
from compare.findings.retelling import Chunk, Part, Run, changes, chunks, has_gap, is_cut, part, tail, within
from compare.findings.sides import Pair, Side, Sides, place_in_text
from compare.findings.speaker import is_initialism, speaker
from compare.findings.speech import Utterance
from compare.findings.splicing import cut_out, put_together
from compare.findings.unmarked import unmarked
from compare.model import Finding

_LEAST_SAID = 6  # words that two people can hardly have said alike


def examine(sides: Sides) -> tuple[Finding, ...]:
    """The quotations of a claim in which its readings differ."""
    if not any(side.said for told in sides.told.values() for side in told):
        return ()
    return gather("quotation", chain.from_iterable((*map(_differences, sides.pairs), *_together(sides))))


def _together(sides: Sides) -> Iterator[Iterator[Difference]]:
    """Quotations that another article prints as two."""
    for ours, theirs in combinations(sides.groups, 2):
        yield from (put_together(side, theirs) for side in ours)
        for side in theirs:
            yield (d._replace(old=d.new, new=d.old) for d in put_together(side, ours))


def _differences(pair: Pair) -> Iterator[Difference]:
    a, b, _ = pair
    ours, theirs = a.said, b.said
    found = [difference for x in ours for y in theirs for difference in _compare(a, x, b, y)]
    yield from found
    if ours and theirs and not found:
        yield from brief(a, ours, b, theirs)
    if bool(ours) != bool(theirs):
        yield from unmarked(pair)


def _compare(a: Side, x: Utterance, b: Side, y: Utterance) -> Iterator[Difference]:
    ours, theirs = part(x, a), part(y, b)
    if ours is None or theirs is None:
        return
    found = chunks(ours, theirs)
    if not found:
        return
    whole = len(found) == 1 and min(len(x.tokens), len(y.tokens)) == found[0].ours.last - found[0].ours.first
    spliced = [] if whole else list(cut_out(a, x, b, y))[:1]
    altered = [
        (old, new)
        for c in changes(ours, theirs, found)
        if not (spliced and is_cut(c)) and (old := _mark(ours, c.ours)) and (new := _mark(theirs, c.theirs))
    ]
    if altered:
        old, new = _joint(a, [c[0] for c in altered]), _joint(b, [c[1] for c in altered])
        yield Difference("altered", True, old, new, "The words around them agree: " + _around(ours, found))
    elif spliced:
        yield from spliced
    else:
        yield from _shortened(ours, theirs, found)
        yield from _speakers(ours, theirs, found)


def _joint(side: Side, marks: Sequence[Mark]) -> Mark:
    """One mark from the first altered word to the last."""
    start, end = min(m.place.start for m in marks), max(m.place.end for m in marks)
    spot = place_in_text(side, start, end)
    return Mark(spot, spot.text, " … ".join(m.key for m in marks))


def _mark(part: Part, run: Run) -> Mark | None:
    """The run with a word of its surroundings; None when it does not stand in the side's sentence."""
    side, tokens = part.side, part.tokens
    first, last = run
    if first < len(tokens) and first > 0 and not tokens[first].ends:
        first -= 1
    if last < len(tokens) and (not tokens[last].ends or first == last):
        last += 1
    core = tokens[run.first : run.last] or tokens[run.first : last] or tokens[first : run.last]
    shown = [token for token in tokens[first:last] if within(side, token)]
    if not shown or not any(within(side, token) for token in core):
        return None
    spot = place_in_text(side, shown[0].start, shown[-1].end)
    return Mark(spot, spot.text, " ".join(token.word for token in shown))


def _around(part: Part, agreed: Sequence[Chunk]) -> str:
    words = [token.word for token in part.tokens[agreed[0].ours.first : agreed[-1].ours.last]]
    return f"“{' '.join(words[:12])}{' …' if len(words) > 12 else ''}”."


def _shortened(ours: Part, theirs: Part, agreed: Sequence[Chunk]) -> Iterator[Difference]:
    """A sentence that one side quotes to its end and the other breaks off as if it ended there."""
    x, y = tail(ours.tokens, agreed[-1].ours.last), tail(theirs.tokens, agreed[-1].theirs.last)
    longer, shorter = (x, y) if y.first == y.last else (y, x)
    if shorter.first != shorter.last or longer.first == longer.last:
        return
    if has_gap(ours.tokens, x) or has_gap(theirs.tokens, y):
        return
    if _is_whole(ours, agreed[0].ours.first) and _is_whole(theirs, agreed[0].theirs.first):
        old, new = (
            _cut(ours, Run(agreed[0].ours.first, x.last)),
            _cut(theirs, Run(agreed[0].theirs.first, y.last)),
        )
        if old and new:
            yield Difference("shortened", False, old, new, "Both begin with the same words.")


def _is_whole(part: Part, first: int) -> bool:
    """Whether a run begins a sentence with a capital, so that it is given as a whole one."""
    token = part.tokens[first]
    return token.ends and part.side.article.text[token.start].isupper()


def _cut(part: Part, run: Run) -> Mark | None:
    """The words of a run, if its end stands in the side's sentence."""
    shown = [token for token in part.tokens[run.first : run.last] if within(part.side, token)]
    if not shown or shown[-1] is not part.tokens[run.last - 1]:
        return None
    spot = place_in_text(part.side, shown[0].start, shown[-1].end)
    return Mark(spot, spot.text, " ".join(token.word for token in shown))


def _speakers(ours: Part, theirs: Part, agreed: Sequence[Chunk]) -> Iterator[Difference]:
    """The same words said by two people."""
    if sum(c.ours.last - c.ours.first for c in agreed if c.equal) < _LEAST_SAID:
        return
    x = speaker(ours.side.article, ours.tokens[agreed[0].ours.first].start, ours.side.sentence)
    y = speaker(theirs.side.article, theirs.tokens[agreed[0].theirs.first].start, theirs.side.sentence)
    if x is None or y is None or not x.names.isdisjoint(y.names) or is_initialism(x.shown, y.shown):
        return
    if x.surname in theirs.side.sentence.text or y.surname in ours.side.sentence.text:
        return
    old = Mark(place_in_text(ours.side, x.start, x.end), x.shown)
    new = Mark(place_in_text(theirs.side, y.start, y.end), y.shown)
    yield Difference("speaker", True, old, new, "The same words: " + _around(ours, agreed))
