"""Which blocks of a page are its article: those that trafilatura took, with their like among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice, pairwise

from lxml.html import HtmlElement

from compare.intake.extract import standing
from compare.intake.extract.asides import CORRECTION, asides
from compare.intake.extract.runs import Run, is_prose
from compare.text import normalise, plain_words

_SHINGLE = 4
_SHORT_TEXT = 20  # characters up to which a block is found whole or not at all
TAKEN = 0.6  # share of a block's shingles that trafilatura must have
_LINKED = 0.6  # share of links from which a block is a pointer to elsewhere
_LONGEST_POINTER = 300  # characters
_NEAR = 2  # elements around a block among which is what holds its neighbours
_LONGEST_GAP = 12  # blocks that trafilatura may miss in a row
_FEWEST_OF_LEAD = 6  # words
_FARTHEST_LEAD = 20  # blocks from the headline to the first one found


def select(every: Sequence[Run], found: Sequence[str], title: str | None) -> tuple[list[Run], list[str]]:
    """The article's blocks, and the texts that trafilatura took and are left out all the same.

    Args:
        every: The page's blocks.
        found: The texts that trafilatura took.
        title: The headline.
    """
    hits = _hits(every, found)
    boxed = asides(every, hits)
    kept = {at for at in hits if at not in boxed}
    prose = [at for at in sorted(kept) if every[at].kind == "paragraph" and is_prose(every[at])]
    if not prose:
        return [every[at] for at in sorted(kept)], [every[at].text for at in hits if at not in kept]
    kept -= {at for at in kept if _points_elsewhere(every[at], is_among=prose[0] < at < prose[-1])}
    left = [every[at].text for at in hits if at not in kept]
    paths = {_path(every[at].home) for at in prose}
    kept |= {at for at, name in boxed.items() if name == CORRECTION}
    for before, after in pairwise(sorted(kept)):
        gap = [at for at in range(before + 1, after) if at not in boxed and not _points_elsewhere(every[at])]
        if len(gap) <= _LONGEST_GAP:  # or the next one is a stray
            around = {*_around(every[before].home), *_around(every[after].home)}
            kept |= {at for at in gap if _path(every[at].home) in paths or _is_beside(every[at], around)}
    last = max(kept)
    for at, run in enumerate(every):
        is_like = is_prose(run) and _path(run.home) in paths and at not in boxed
        if at > last and is_like and _goes_on(every, at, last):
            kept.add(at)
            last = at
    lead = _standfirst(every, boxed, min(kept), title)
    return [*lead, *(every[at] for at in sorted(kept))], left


def _hits(every: Sequence[Run], found: Sequence[str]) -> list[int]:
    """The numbers of the blocks that were found."""
    known = shingles_of([" ".join(found)])  # where it saw several lines, the page may have one block
    whole = set(found)
    return [
        at
        for at, run in enumerate(every)
        if run.text in whole or (len(run.text) > _SHORT_TEXT and share(run.text, known) >= TAKEN)
    ]


def _shingles(text: str) -> list[tuple[str, ...]]:
    found = plain_words(text.lower())
    return [tuple(found[at : at + _SHINGLE]) for at in range(max(len(found) - _SHINGLE + 1, bool(found)))]


def share(text: str, known: set[tuple[str, ...]]) -> float:
    """How many of a text's shingles are known, 0..1."""
    own = _shingles(text)
    return sum(shingle in known for shingle in own) / max(len(own), 1)


def shingles_of(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """The runs of four words in some texts."""
    return {shingle for text in texts for shingle in _shingles(text)}


def _around(home: HtmlElement) -> Iterator[HtmlElement]:
    return islice(home.iterancestors(), _NEAR)


def _is_beside(run: Run, around: Set[HtmlElement]) -> bool:
    """Whether a heading, quote or item stands near the elements that hold its neighbours."""
    return run.kind != "paragraph" and not around.isdisjoint((run.home, *_around(run.home)))


def _path(home: HtmlElement) -> tuple[str, ...]:
    """Tags and classes of a block and of the element around it: blocks of one template share them."""
    parent = home.getparent()
    return tuple(f"{one.tag!s}.{one.get('class') or ''}" for one in (home, parent) if one is not None)


def _goes_on(every: Sequence[Run], at: int, last: int) -> bool:
    """Whether a block after the last one found can be of the same article: no headline stands between."""
    if any(run.kind == "heading" and run.level <= 2 for run in every[last + 1 : at]):
        return False
    one, other = (next(every[block].home.iterancestors("article", "main"), None) for block in (at, last))
    return one is other


def _standfirst(every: Sequence[Run], boxed: dict[int, str], first: int, title: str | None) -> list[Run]:
    """What stands between the headline and the first block found and reads like a lead."""
    head = _row(title or "")
    heads = [at for at in range(first) if every[at].kind == "heading" and _is_headline(every[at], head)]
    if not heads or first - heads[-1] > _FARTHEST_LEAD:
        return []
    return [every[at] for at in range(heads[-1] + 1, first) if at not in boxed and _is_lead(every[at])]


def _is_headline(run: Run, head: str) -> bool:
    """Whether a heading is the page's headline, perhaps with a kicker, or its first-level heading."""
    text = _row(run.text)
    return run.level == 1 or (head != "" and (text.startswith(head) or text.endswith(head)))


def _row(text: str) -> str:
    return " ".join(plain_words(normalise(text)))


def _is_lead(run: Run) -> bool:
    """Whether a block below the headline can be what an article begins with."""
    count = len(plain_words(run.text))
    return count >= _FEWEST_OF_LEAD and run.linked <= 0.3 and not standing.is_byline(run.text)


def _points_elsewhere(run: Run, is_among: bool = False) -> bool:
    """Whether a block is mostly a link; a linked item or heading among prose is as good as any."""
    if run.linked <= _LINKED or len(run.text) >= _LONGEST_POINTER:
        return False
    return run.kind == "paragraph" if is_among else run.kind != "heading" or run.linked > 0.95
