"""The body of a page: trafilatura finds it, the page's own markup gives its structure back.

trafilatura is good at telling an article from what stands around it, but it loses block quotes,
standfirsts and what stands in a second container. So its text votes: the page is walked again, and the
blocks that it took are kept, with their like among them. What it took and is left out all the same is told.
"""

from __future__ import annotations

import copy
import html
import logging
import re
from collections.abc import Iterable, Sequence
from itertools import islice, pairwise
from typing import NamedTuple, cast

from lxml.html import HtmlElement

from compare.intake.extract import standing
from compare.intake.extract.asides import CORRECTION, asides
from compare.intake.extract.prepare import prepare
from compare.intake.extract.runs import Run, runs
from compare.site.readers.blocks import Piece
from compare.text import normalise, plain_words, words

_SHINGLE = 4
_SHORT_TEXT = 20  # characters up to which a block is found whole or not at all
_TAKEN = 0.6  # share of a block's shingles that trafilatura must have
_EDGE = 4  # blocks at the top among which labels are looked for
_TAIL = 12  # blocks at the end among which standing lines are looked for
_MOST_ELEMENTS = 30_000
_MOST_CHILDREN = 3_000
_LINKED = 0.6  # share of links from which a block is a pointer to elsewhere
_NEAR = 3  # elements between a block and what holds its neighbours
_LONGEST_GAP = 12  # blocks that trafilatura may miss in a row
_FEWEST_OF_LEAD = 6  # words
_LONG = 12  # words of a paragraph that is surely prose
_SAME_END = 30  # letters
_STUB = 150  # words up to which a text before a wall is only its beginning
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[A-Za-z.]{1,5}){0,2}")
_STANDFIRST = re.compile(
    r"intro|standfirst|\blead\b|lead[-_]|[-_]lead|lede|\bdek\b|[-_]dek|\bdeck\b|summary|"
    r"sub-?(?:title|head|line)|excerpt|chap[oô]|sommario|abstract|"
    r"vorspann|ingress|entradilla|teaser-?text|description|sapo",
    re.IGNORECASE,
)
_ENDS = '.!?…:;"”’»)。！？؟”'


class Body(NamedTuple):
    """What was found of an article.

    Attributes:
        pieces: None when there is no article.
        unsure: What to look at again.
        is_cut: Whether the page says that there is more for those who pay.
    """

    pieces: tuple[Piece, ...]
    unsure: tuple[str, ...] = ()
    is_cut: bool = False


def read_body(tree: HtmlElement, title: str | None, author: str | None, stated: str) -> Body:
    """The blocks of a page's article.

    Args:
        tree: The whole page; it is changed.
        title: The headline, which is no part of the body.
        author: As credited, to tell a line about them from the article.
        stated: The body in the page's linked data, or "".
    """
    prepare(tree)
    every = [run for run in runs(tree) if run.home.tag != "title"]
    found = _found_by_trafilatura(tree)
    left: list[str] = []
    kept = _select(every, found, title, left) or _densest(every)
    is_cut = any(standing.is_wall(run.text) for run in kept[-_TAIL:])
    kept = _trim(kept, title, author, left)
    pieces = _without_repeats([_piece(run) for run in kept])
    pieces, unsure = _weigh(pieces, stated, left)
    is_cut = is_cut and len(words(" ".join(piece.text for piece in pieces))) <= _STUB
    if is_cut:
        unsure += ("the page asks to subscribe or to sign in, so the text is only its beginning",)
    return Body(pieces, (*unsure, *standing.left_out(left)), is_cut)


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
    found = plain_words(text.lower())
    return (
        [tuple(found[at : at + _SHINGLE]) for at in range(max(len(found) - _SHINGLE + 1, 1))] if found else []
    )


def _share(text: str, known: set[tuple[str, ...]]) -> float:
    own = _shingles(text)
    return sum(shingle in known for shingle in own) / len(own) if own else 0.0


def _known(texts: Iterable[str]) -> set[tuple[str, ...]]:
    return {shingle for text in texts for shingle in _shingles(text)}


def _select(every: Sequence[Run], found: Sequence[str], title: str | None, left: list[str]) -> list[Run]:
    """The blocks that were found, but for what stands in boxes, and their like among and after them.

    Args:
        every: The page's blocks.
        found: What trafilatura took.
        title: The headline.
        left: Takes the texts that were found and are left out.
    """
    known = _known([" ".join(found)])  # where it saw several lines, the page may have one block
    whole = set(found)
    hits = [
        at
        for at, run in enumerate(every)
        if run.text in whole or (len(run.text) > _SHORT_TEXT and _share(run.text, known) >= _TAKEN)
    ]
    boxed = asides(every, hits)
    kept = {at for at in hits if at not in boxed}
    prose = [at for at in sorted(kept) if every[at].kind == "paragraph" and _is_prose(every[at])]
    if not prose:
        return [every[at] for at in sorted(kept)]
    kept -= {at for at in kept if _points_elsewhere(every[at], prose[0] < at < prose[-1])}
    left += [every[at].text for at in hits if at not in kept]
    kept |= {at for at, name in boxed.items() if name == CORRECTION}
    paths = {_path(every[at].home) for at in prose}
    kept |= _filled(every, kept, boxed, paths)
    alike = [
        at for at, run in enumerate(every) if _is_prose(run) and _path(run.home) in paths and at not in boxed
    ]
    outside = [every[at].text for at in alike if at not in kept]
    if len(outside) >= max(3, len(alike) / 2):
        left.append(f"{len(outside)} paragraphs that look like the article’s, such as {outside[0]}")
    first = min(kept)
    return [*_standfirst(every, boxed, first, title), *(every[at] for at in sorted(kept))]


def _filled(
    every: Sequence[Run], kept: set[int], boxed: dict[int, str], paths: set[tuple[str, ...]]
) -> set[int]:
    """Blocks among those kept, and after the last of them, that look as they do."""
    found: set[int] = set()
    for before, after in pairwise(sorted(kept)):
        gap = [at for at in range(before + 1, after) if at not in boxed and not _points_elsewhere(every[at])]
        if len(gap) <= _LONGEST_GAP:  # or the next one is a stray
            around = (every[before].home.getparent(), every[after].home.getparent())
            found |= {
                at
                for at in gap
                if _path(every[at].home) in paths
                or (every[at].kind != "paragraph" and not _is_apart(every[at], around))
            }
    last = max(kept)
    for at in range(last + 1, len(every)):
        run = every[at]
        if at not in boxed and _is_prose(run) and _path(run.home) in paths and _goes_on(every, at, last):
            found.add(at)
            last = at
    return found


def _is_apart(run: Run, around: Sequence[HtmlElement | None]) -> bool:
    """Whether a heading, quote or item stands far from the elements that hold its neighbours."""
    return not any(one in around for one in (run.home, *islice(run.home.iterancestors(), _NEAR)))


def _is_prose(run: Run) -> bool:
    return run.linked < 0.3 and len(plain_words(run.text)) >= _LONG


def _path(home: HtmlElement) -> tuple[str, ...]:
    """Tags and classes of a block and of the two elements around it: blocks of one template share them."""
    steps: list[str] = []
    at: HtmlElement | None = home
    while at is not None and len(steps) < 2:
        steps.append(f"{at.tag!s}.{at.get('class') or ''}")
        at = at.getparent()
    return tuple(steps)


def _goes_on(every: Sequence[Run], at: int, last: int) -> bool:
    """Whether a block after the last one found can be of the same article: no headline stands between."""
    parent = every[at].home.getparent()
    if at < last or parent is None or not parent.get("class"):
        return False
    between = every[last + 1 : at]
    return not any(run.kind == "heading" and run.level <= 2 for run in between) and _article(
        every[at].home
    ) is _article(every[last].home)


def _article(home: HtmlElement) -> HtmlElement | None:
    return next(home.iterancestors("article", "main"), None)


def _standfirst(every: Sequence[Run], boxed: dict[int, str], first: int, title: str | None) -> list[Run]:
    """What stands between the headline and the first block found and reads like a lead."""
    head = _row(title or "")
    heads = [at for at in range(first) if every[at].kind == "heading" and _is_headline(every[at], head)]
    if not heads or first - heads[-1] > 20:
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
    parent = run.home.getparent()
    around = [run.home] if parent is None else [run.home, parent]
    called = " ".join(f"{element.tag!s} {element.get('class') or ''}" for element in around)
    return _STANDFIRST.search(called) is not None or (count >= _LONG and run.text[-1] in _ENDS)


def _points_elsewhere(run: Run, is_among: bool = False) -> bool:
    """Whether a block is mostly a link; a linked item or heading among prose is as good as any."""
    if run.linked <= _LINKED or len(run.text) >= 300 or (is_among and run.home.tag in ("td", "th")):
        return False
    return run.kind == "paragraph" if is_among else run.kind != "heading" or run.linked > 0.95


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


def _trim(kept: Sequence[Run], title: str | None, author: str | None, left: list[str]) -> list[Run]:
    """Without the headline, notices, pointers, and what stands at the edges of many articles."""
    head = normalise(title or "")
    body = [run for run in kept if normalise(run.text) != head and not standing.is_notice(run.text)]
    body = _without_pointers(body, left)
    start = next((at for at, run in enumerate(body[:_EDGE]) if _is_prose(run)), min(_EDGE, len(body)))
    top = [run for run in body[:start] if not _is_label(run)]
    left += [run.text for run in body[:start] if run not in top]
    body = top + body[start:]
    end = len(body)
    for at in range(len(body) - 1, max(len(body) - _TAIL, 0), -1):
        run = body[at]
        if (
            (run.kind == "heading" and at == end - 1)
            or standing.is_closing(run.text)
            or standing.is_wall(run.text)
            or standing.is_about(run.text, author)
        ):
            end = at
        elif _is_prose(run):
            break
    left += [run.text for run in body[end:] if run.kind != "heading"]
    return body[:end]


def _without_pointers(body: Sequence[Run], left: list[str]) -> list[Run]:
    """Without “Related: …” between paragraphs, and the list that such a line heads."""
    kept: list[Run] = []
    below = False
    for run in body:
        is_short = run.kind == "heading" or len(run.text) < 60
        is_line = run.linked > 0.3 or (is_short and run.text[-1] not in ".!")
        if is_line and standing.is_pointer(run.text):
            below = True
        elif not (below and (run.kind == "item" or run.linked > 0.3)):
            below = False
            kept.append(run)
            continue
        left.append(run.text)
    return kept


def _is_label(run: Run) -> bool:
    """Whether a block at the top is no sentence: a byline, a date or a section's name."""
    if standing.is_byline(run.text):
        return True
    return run.kind == "paragraph" and run.text[-1] not in _ENDS and len(run.text) < 60 and not _is_clock(run)


def _is_clock(run: Run) -> bool:
    return len(run.text) < 25 and _CLOCK.fullmatch(run.text) is not None


def _piece(run: Run) -> Piece:
    """A block; the time of an update parts it from the one before as a heading does."""
    return Piece("heading", run.text, 3) if _is_clock(run) else Piece(run.kind, run.text, run.level)


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


def _weigh(
    pieces: tuple[Piece, ...], stated: str, left: list[str]
) -> tuple[tuple[Piece, ...], tuple[str, ...]]:
    """The page's blocks against the body in its linked data: what stands after its end is no part of it."""
    if len(words(stated[:5000])) < 40 or stated.rstrip().endswith(("…", "...")):
        return pieces, ()
    told = stated_pieces(stated)
    size, stated_size = (len(words(" ".join(piece.text for piece in some))) for some in (pieces, told))
    if size < 0.6 * stated_size:
        return told, ("the body is taken from the page's linked data, so headings and quotes are lost",)
    known = _known(piece.text for piece in told)
    shares = [_share(piece.text, known) for piece in pieces]
    covered = sum(len(piece.text) * share for piece, share in zip(pieces, shares, strict=True))
    end = max((at for at, share in enumerate(shares, 1) if share >= _TAKEN), default=0)
    ends_alike = end and normalise(pieces[end - 1].text).endswith(normalise(told[-1].text)[-_SAME_END:])
    if covered < 0.8 * sum(len(piece.text) for piece in pieces) or not ends_alike:
        return pieces, ()
    left += [piece.text for piece in pieces[end:] if piece.kind != "heading"]
    return pieces[:end], ()


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
