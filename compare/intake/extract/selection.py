"""Which blocks of a page are its article: those that trafilatura took, with their like among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice, pairwise

from lxml.html import HtmlElement

from compare.intake.extract import standing
from compare.intake.extract.asides import CORRECTION, asides
from compare.intake.extract.runs import ENDS, Parted, Run, is_prose
from compare.text import normalise, plain_words

_SHINGLE = 4
_SHORT_TEXT = 20  # characters up to which a block is found whole or not at all
TAKEN = 0.6  # share of a block's shingles that trafilatura must have
_LINKED = 0.6  # share of links from which a block is a pointer to elsewhere
_NEAR = 2  # elements around a block among which is what holds its neighbours
_LONGEST_GAP = 12  # blocks that trafilatura may miss in a row
_FEWEST_OF_LEAD = 6  # words
_LONG_LEAD = 12  # words from which a lead need not be called one
_FARTHEST_LEAD = 20  # blocks from the headline to the first one found
_STANDFIRST = re.compile(
    r"intro|standfirst|\blead\b|lead[-_]|[-_]lead|lede|\bdek\b|[-_]dek|\bdeck\b|summary|"
    r"sub-?(?:title|head|line)|excerpt|chap[oô]|sommario|abstract|"
    r"vorspann|ingress|entradilla|teaser-?text|description|sapo",
    re.IGNORECASE,
)


def select(every: Sequence[Run], found: Sequence[str], title: str | None) -> Parted:
    """The blocks that were found, but for what stands in boxes, and their like among and after them.

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
        return Parted([every[at] for at in sorted(kept)] or _densest(every), [])
    kept -= {at for at in kept if _points_elsewhere(every[at], prose[0] < at < prose[-1])}
    left = [every[at].text for at in hits if at not in kept]
    kept |= {at for at, name in boxed.items() if name == CORRECTION}
    paths = {_path(every[at].home) for at in prose}
    for before, after in pairwise(sorted(kept)):
        gap = [at for at in range(before + 1, after) if at not in boxed and not _points_elsewhere(every[at])]
        if len(gap) <= _LONGEST_GAP:  # or the next one is a stray
            around = {*_around(every[before].home), *_around(every[after].home)}
            kept |= {at for at in gap if _path(every[at].home) in paths or _is_beside(every[at], around)}
    alike = [
        at for at, run in enumerate(every) if is_prose(run) and _path(run.home) in paths and at not in boxed
    ]
    last = max(kept)
    for at in alike:
        if at > last and _goes_on(every, at, last):
            kept.add(at)
            last = at
    outside = [every[at].text for at in alike if at not in kept]
    if len(outside) >= max(3, len(alike) / 2):
        left.append(f"{len(outside)} paragraphs that look like the article’s, such as {outside[0]}")
    return Parted([*_standfirst(every, boxed, min(kept), title), *(every[at] for at in sorted(kept))], left)


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
    parent = every[at].home.getparent()
    if parent is None or not parent.get("class"):
        return False
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
    """Whether a block below the headline is a sentence, or is called what leads are called."""
    count = len(plain_words(run.text))
    if run.linked > 0.3 or count < _FEWEST_OF_LEAD or standing.is_byline(run.text):
        return False
    is_sentence = count >= _LONG_LEAD and run.text[-1] in ENDS
    return is_sentence or _STANDFIRST.search(" ".join(_path(run.home)).replace(".", " ")) is not None


def _points_elsewhere(run: Run, is_among: bool = False) -> bool:
    """Whether a block is mostly a link; a linked item or heading among prose is as good as any."""
    if run.linked <= _LINKED or len(run.text) >= 300 or (is_among and run.home.tag in ("td", "th")):
        return False
    return run.kind == "paragraph" if is_among else run.kind != "heading" or run.linked > 0.95


def _densest(every: Sequence[Run]) -> list[Run]:
    """Without trafilatura: the blocks under the element that directly holds most unlinked text."""
    weight: Counter[HtmlElement | None] = Counter()
    for run in every:
        if run.linked < _LINKED and run.kind != "heading" and len(run.text) > 40:
            weight[run.home.getparent()] += len(run.text)
    best = max(weight, key=weight.__getitem__, default=None)
    return [run for run in every if best in (run.home, run.home.getparent()) and not _points_elsewhere(run)]
