"""The body of a page: trafilatura finds it, the page's own markup gives its structure back.

trafilatura is good at telling an article from what stands around it, but it loses block quotes
and now and then a short paragraph. So its text only votes: the page is walked again, blocks that
it took are kept, and so are their siblings between them. A body that the page states in its
linked data is the second witness.
"""

from __future__ import annotations

import copy
import html
import logging
import re
from collections.abc import Iterable, Sequence
from typing import cast

from lxml.html import HtmlElement

from compare.extract.pruning import prune
from compare.extract.runs import Run, runs
from compare.readers.blocks import Piece
from compare.text import normalise, words

_SHINGLE = 4
_TAKEN = 0.6  # share of a block's shingles that trafilatura must have
_NEARLY_ALL = 0.85  # share of the found text that the article's container holds
_EDGE = 3  # blocks at the top among which labels are looked for
_MOST_ELEMENTS = 30_000
_MOST_CHILDREN = 3_000
_LINKED = 0.6  # share of links from which a block is a pointer to elsewhere
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[A-Za-z.]{1,5}){0,2}")
_NOTICES = frozenset(
    (
        "advertisement",
        "reklam",
        "publicidad",
        "anzeige",
        "publicité",
        "pubblicità",
        "publicidade",
        "إعلان",
        "广告",
        "广告 ",
        "реклама",
    )
)
_EDITED_BY = re.compile(r"[(（\[【]?\s?(?:责任编辑|责编|编辑)\s?[:：].{1,40}")
_ENDS = '.!?…:;"”’»)。！？؟”'


def read_body(tree: HtmlElement, title: str | None, stated: str) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The blocks of a page's article.

    Args:
        tree: The whole page; it is changed.
        title: The headline, which is no part of the body.
        stated: The body in the page's linked data, or "".

    Returns:
        The pieces, none when there is no article, and what is unsure about them.
    """
    prune(tree)
    every = [run for run in runs(tree) if run.home.tag != "title"]
    found = _found_by_trafilatura(tree)
    kept = _select(every, found) if found else _densest(every)
    kept = _trim(kept, title)
    pieces = _without_repeats([Piece(run.kind, run.text, run.level) for run in kept])
    return _weigh(pieces, stated)


def _found_by_trafilatura(tree: HtmlElement) -> list[str]:
    """The texts of the blocks that trafilatura takes for the article."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    for name in ("trafilatura", "htmldate"):  # what they warn of is told in our own words
        logging.getLogger(name).setLevel(logging.CRITICAL)
    if _is_monstrous(tree):
        return []
    plain = copy.deepcopy(tree)
    for quote in list(plain.iter("blockquote")):
        quote.tag = "div" if any(child.tag in ("p", "div", "ul", "ol") for child in quote) else "p"
    document = bare_extraction(plain, include_comments=False, include_tables=True, with_metadata=False)
    if not isinstance(document, Document) or document.body is None:
        return []
    return [run.text for run in runs(cast(HtmlElement, document.body))]


def _is_monstrous(tree: HtmlElement) -> bool:
    """Whether a page has more elements than news has: trafilatura's time grows with their square."""
    children = [len(element) for element in tree.iter()]
    return len(children) > _MOST_ELEMENTS or max(children) > _MOST_CHILDREN


def _shingles(text: str) -> list[tuple[str, ...]]:
    found = [word.text for word in words(text)]
    return (
        [tuple(found[at : at + _SHINGLE]) for at in range(max(len(found) - _SHINGLE + 1, 1))] if found else []
    )


def _share(text: str, known: set[tuple[str, ...]]) -> float:
    own = _shingles(text)
    return sum(shingle in known for shingle in own) / len(own) if own else 0.0


def _known(texts: Iterable[str]) -> set[tuple[str, ...]]:
    return {shingle for text in texts for shingle in _shingles(text)}


def _select(every: Sequence[Run], found: Sequence[str]) -> list[Run]:
    """The blocks that were found, without strays at the edges, and their like among them."""
    known = _known(found)
    hits = [
        at for at, run in enumerate(every) if _share(run.text, known) >= _TAKEN and not _points_elsewhere(run)
    ]
    if not hits:
        return []
    telling = [every[at] for at in hits if every[at].kind != "heading"]
    box = _container(telling or [every[at] for at in hits])
    inside = {at for at, run in enumerate(every) if _within(run.home, box)}
    kept = {at for at in hits if at in inside} | _outside(every, hits, inside)
    paths = {_path(every[at].home, box) for at in hits if at in inside and every[at].kind == "paragraph"}
    first, last = min(kept), max(kept)
    for at in sorted(inside - kept):
        run = every[at]
        between = first < at < last
        alike = _path(run.home, box) in paths and (between or run.text[-1] in _ENDS)
        if not _points_elsewhere(run) and (alike or (between and run.kind in ("heading", "quote", "item"))):
            kept.add(at)
    return [every[at] for at in sorted(kept)]


def _container(hits: Sequence[Run]) -> HtmlElement:
    """The deepest element that holds nearly all of the found text."""
    weight: dict[HtmlElement, int] = {}
    total = sum(len(run.text) for run in hits)
    best = hits[0].home
    for run in hits:
        element: HtmlElement | None = run.home
        while element is not None:
            weight[element] = weight.get(element, 0) + len(run.text)
            element = element.getparent()
    for element, size in weight.items():
        if size >= _NEARLY_ALL * total and (weight[best] < _NEARLY_ALL * total or _within(element, best)):
            best = element
    return best


def _outside(every: Sequence[Run], hits: Sequence[int], inside: set[int]) -> set[int]:
    """Found blocks outside the container: a lead before it, a real continuation after it."""
    first, last = min(inside), max(at for at in hits if at in inside)
    after = [at for at in hits if at > last]
    long = [at for at in after if every[at].linked == 0 and len(words(every[at].text)) > 30]
    before = {at for at in hits if at < first and every[at].linked == 0 and every[at].text[-1] in _ENDS}
    middle = {at for at in hits if first < at < last and at not in inside}
    return before | middle | (set(after) if len(long) > 1 else set())


def _within(element: HtmlElement | None, box: HtmlElement) -> bool:
    while element is not None and element is not box:
        element = element.getparent()
    return element is box


def _path(element: HtmlElement, box: HtmlElement) -> tuple[str, ...]:
    """Tags and classes from the container down to a block: blocks of one template share it."""
    steps: list[str] = []
    at: HtmlElement | None = element
    while at is not None and at is not box:
        steps.append(f"{at.tag!s}.{at.get('class') or ''}")
        at = at.getparent()
    return tuple(steps)


def _points_elsewhere(run: Run) -> bool:
    return run.linked > _LINKED and (run.kind != "heading" or run.linked > 0.95) and len(run.text) < 300


def _densest(every: Sequence[Run]) -> list[Run]:
    """Without trafilatura: the blocks under the element that directly holds most unlinked text."""
    weight: dict[HtmlElement, int] = {}
    for run in every:
        parent = run.home.getparent()
        if parent is not None and run.linked < _LINKED and run.kind != "heading" and len(run.text) > 40:
            weight[parent] = weight.get(parent, 0) + len(run.text)
    if not weight:
        return []
    most = max(weight.values())
    best = next(element for element, size in weight.items() if size == most)
    return [run for run in every if best in (run.home, run.home.getparent()) and not _points_elsewhere(run)]


def _trim(kept: Sequence[Run], title: str | None) -> list[Run]:
    """Without the headline, clock marks and notices, and what only stands at the edges."""
    head = normalise(title or "")
    body = [run for run in kept if not _is_mark(run.text) and normalise(run.text) != head]
    body = [
        run for at, run in enumerate(body) if not (_is_label(run) and (at < _EDGE or _holds_picture(run)))
    ]
    end = len(body)
    while end and (body[end - 1].kind == "heading" or _EDITED_BY.fullmatch(body[end - 1].text)):
        end -= 1
    return [
        run for run in body[:end] if run.kind != "heading" or run.level > 1 or normalise(run.text) != head
    ]


def _is_mark(text: str) -> bool:
    return (len(text) < 25 and _CLOCK.fullmatch(text) is not None) or normalise(text) in _NOTICES


def _is_label(run: Run) -> bool:
    """Whether a block is no sentence: a byline, a date or a section's name, or with a picture its caption."""
    return run.kind == "paragraph" and run.text[-1] not in _ENDS and len(run.text) < 90


def _holds_picture(run: Run) -> bool:
    return next(run.home.iter("img", "picture", "amp-img"), None) is not None


def _without_repeats(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Without blocks said before word for word, and without quotes lifted out of the text beside them."""
    plain = [normalise(piece.text) for piece in pieces]
    long_texts = [
        text for text, piece in zip(plain, pieces, strict=True) if piece.kind in ("paragraph", "item")
    ]
    whole = "\n".join(long_texts) if len(pieces) < 2000 else ""
    seen: set[str] = set()
    kept: list[Piece] = []
    for text, piece in zip(plain, pieces, strict=True):
        lifted = piece.kind == "quote" and len(text) > 20 and text.strip("\" '") in whole
        if not lifted and not (text in seen and len(text) > 40):
            kept.append(piece)
        seen.add(text)
    return tuple(kept)


def _weigh(pieces: tuple[Piece, ...], stated: str) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The page's blocks against the body that its linked data states."""
    if len(words(stated[:5000])) < 40:
        return pieces, ()
    told = stated_pieces(stated)
    size, stated_size = (len(words(" ".join(piece.text for piece in some))) for some in (pieces, told))
    if size < 0.6 * stated_size:
        return told, ("the body is taken from the page's linked data, so headings and quotes are lost",)
    known = _known(piece.text for piece in told)
    shares = [_share(piece.text, known) for piece in pieces]
    covered = sum(len(piece.text) * share for piece, share in zip(pieces, shares, strict=True))
    if covered < 0.8 * sum(len(piece.text) for piece in pieces):
        return pieces, ()
    kept = tuple(
        piece
        for piece, share in zip(pieces, shares, strict=True)
        if share >= 0.2 or piece.kind in ("heading", "item", "quote") or len(piece.text) > 200
    )
    return kept, ()


def stated_pieces(stated: str) -> tuple[Piece, ...]:
    """Paragraphs of a plain text: parted by line ends, or the whole as one."""
    if "<p" in stated or "<br" in stated or "&lt;p" in stated:
        from lxml.html import fragment_fromstring

        tree = fragment_fromstring(
            html.unescape(stated) if "&lt;p" in stated else stated, create_parent="div"
        )
        return tuple(Piece(run.kind, run.text, run.level) for run in runs(tree))
    lines = (" ".join(html.unescape(line).split()) for line in stated.splitlines())
    return tuple(Piece("paragraph", line) for line in lines if line)
