"""Which blocks of a page are its article: those that trafilatura took, with their like among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import islice, pairwise

from lxml.html import HtmlElement

from compare.intake.extract import standing
from compare.intake.extract.asides import CORRECTION, asides
from compare.intake.extract.runs import Run, is_prose
from compare.text import plain_words

_SHINGLE = 4
_TAKEN = 0.6  # share of a block's shingles that trafilatura must have
_LINKED = 0.6  # share of links from which a block is a pointer to elsewhere
_NEAR = 2  # elements around a block among which is what holds its neighbours
_FEWEST_OF_LEAD = 6  # words


def select(every: Sequence[Run], found: Sequence[str]) -> tuple[list[Run], list[str]]:
    """The article's blocks, and the texts that trafilatura took and are left out all the same.

    Args:
        every: The page's blocks.
        found: The texts that trafilatura took.
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
        around = {*_around(every[before].home), *_around(every[after].home)}
        kept |= {at for at in gap if _path(every[at].home) in paths or _is_beside(every[at], around)}
    last = max(kept)
    for at, run in enumerate(every):
        if at > last and run.kind == "heading" and run.level <= 2:
            break  # what is alike below another headline is another article's
        if at > last and is_prose(run) and _path(run.home) in paths and at not in boxed:
            kept.add(at)
    return [*_standfirst(every, boxed, min(kept)), *(every[at] for at in sorted(kept))], left


def _hits(every: Sequence[Run], found: Sequence[str]) -> list[int]:
    """The numbers of the blocks that were found."""
    known = set(_shingles(" ".join(found)))  # where it saw several lines, the page may have one block
    whole = set(found)
    return [at for at, run in enumerate(every) if run.text in whole or _share(run.text, known) >= _TAKEN]


def _shingles(text: str) -> list[tuple[str, ...]]:
    found = plain_words(text.lower())
    return [tuple(found[at : at + _SHINGLE]) for at in range(max(len(found) - _SHINGLE + 1, bool(found)))]


def _share(text: str, known: set[tuple[str, ...]]) -> float:
    """How many of a text's shingles are known, 0..1."""
    own = _shingles(text)
    return sum(shingle in known for shingle in own) / max(len(own), 1)


def _around(home: HtmlElement) -> Iterator[HtmlElement]:
    return islice(home.iterancestors(), _NEAR)


def _is_beside(run: Run, around: Set[HtmlElement]) -> bool:
    """Whether a heading, quote or item stands near the elements that hold its neighbours."""
    return run.kind != "paragraph" and not around.isdisjoint((run.home, *_around(run.home)))


def _path(home: HtmlElement) -> tuple[str, ...]:
    """Tags and classes of a block and of the element around it: blocks of one template share them."""
    parent = home.getparent()
    return tuple(f"{one.tag!s}.{one.get('class') or ''}" for one in (home, parent) if one is not None)


def _standfirst(every: Sequence[Run], boxed: dict[int, str], first: int) -> list[Run]:
    """What stands between the headline and the first block found and reads like a lead."""
    heads = [at for at in range(first) if every[at].kind == "heading" and every[at].level == 1]
    head = max(heads, default=first)
    return [every[at] for at in range(head + 1, first) if at not in boxed and _is_lead(every[at])]


def _is_lead(run: Run) -> bool:
    """Whether a block below the headline can be what an article begins with."""
    count = len(plain_words(run.text))
    return count >= _FEWEST_OF_LEAD and run.linked <= 0.3 and not standing.is_byline(run.text)


def _points_elsewhere(run: Run, is_among: bool = False) -> bool:
    """Whether a block is mostly a link; a linked item or heading among prose is as good as any."""
    if run.linked <= _LINKED:
        return False
    return run.kind == "paragraph" if is_among else run.kind != "heading" or run.linked > 0.95
