"""The body of a page: trafilatura finds it, the page's own markup gives its structure back.

trafilatura is good at telling an article from what stands around it, but it loses standfirsts and what
stands in a second container. So its text votes: the page is walked again, and the blocks that it took are
kept, with their like among them. What it took and is left out all the same is told.

What is no part of an article goes in this order: by tag (``prepare``); where trafilatura leaves it out;
by the name of its box, where the article can spare it (``select``, with ``asides``); and by its words and
its place (``_trim``, with ``standing``).
"""

from __future__ import annotations

import copy
import html
import logging
from collections.abc import Sequence
from typing import cast

from lxml.html import HtmlElement, fragment_fromstring

from compare.intake.extract import standing
from compare.intake.extract.linked_data import body_text
from compare.intake.extract.model import Doubt, left_out
from compare.intake.extract.page import Page
from compare.intake.extract.prepare import prepare
from compare.intake.extract.runs import Run, is_prose, runs
from compare.intake.extract.selection import select
from compare.site.readers.blocks import Piece
from compare.text import normalise, words

# Beyond what news has: trafilatura's time grows with their square.
_MOST_ELEMENTS = 30_000
_MOST_CHILDREN = 3_000
_STUB = 150  # words up to which a text before a wall is only its beginning
_FEWEST_STATED = 40  # words of a body in linked data that is more than a summary
_TOP = 4  # blocks among which bylines are looked for
_TAIL = 12  # blocks at the end among which closing lines are looked for


def read_body(page: Page, title: str | None) -> tuple[tuple[Piece, ...], tuple[Doubt, ...], bool]:
    """The blocks of a page's article, what to look at again, and whether there is more for those who pay.

    Args:
        page: Its tree is changed.
        title: The headline, which is no part of the body.
    """
    prepare(page.tree)
    every = [run for run in runs(page.tree) if run.home.tag != "title"]
    selected, left = select(every, _found_by_trafilatura(page.tree))
    kept, trimmed = _trim(selected, title)
    pieces = tuple(run.piece() for run in kept)
    is_walled = any(map(standing.is_wall, trimmed))
    doubts: list[Doubt] = []
    stated = body_text(page.article)
    told = stated_pieces(stated)
    size, size_told = (sum(len(words(piece.text)) for piece in some) for some in (pieces, told))
    is_whole = size_told >= _FEWEST_STATED and not stated.rstrip().endswith(("…", "..."))
    if is_whole and size < 0.6 * size_told:
        pieces, is_walled = told, False
        doubt = "the body is taken from the page's linked data, so headings and quotes are lost"
        doubts.append(Doubt("text", doubt))
    is_cut = is_walled and size <= _STUB
    if is_cut:
        doubt = "the page asks to subscribe or to sign in, so the text is only its beginning"
        doubts.append(Doubt("complete", doubt))
    return pieces, (*doubts, *left_out([*left, *trimmed])), is_cut


def _found_by_trafilatura(tree: HtmlElement) -> list[str]:
    """The texts of the blocks that trafilatura takes for the article."""
    from trafilatura import bare_extraction, baseline
    from trafilatura.settings import Document

    for name in ("trafilatura", "htmldate"):  # what they warn of is told in our own words
        logging.getLogger(name).setLevel(logging.CRITICAL)
    children = [len(element) for element in tree.iter()]
    plain = copy.deepcopy(tree)
    if len(children) <= _MOST_ELEMENTS and max(children) <= _MOST_CHILDREN:
        document = bare_extraction(plain, include_comments=False, include_tables=True, with_metadata=False)
        if isinstance(document, Document) and len(document.body) > 0:
            return [run.text for run in runs(cast(HtmlElement, document.body))]
    body, _, _ = baseline(copy.deepcopy(tree))
    return [run.text for run in runs(cast(HtmlElement, body))]


def _trim(selected: Sequence[Run], title: str | None) -> tuple[list[Run], list[str]]:
    """The blocks without the headline, standing lines and repeats; and the texts to tell of."""
    head = normalise(title or "")
    kept = [run for run in selected if normalise(run.text) != head and not standing.is_notice(run.text)]
    top = [run for run in kept[:_TOP] if standing.is_byline(run.text) or standing.is_dateline(run.text)]
    among = [*top, *_pointers(kept)]
    dropped = frozenset(among)
    kept = [run for run in kept if run not in dropped]
    end = len(kept)
    for at in range(len(kept) - 1, max(len(kept) - _TAIL, 0), -1):
        run = kept[at]
        if standing.is_closing(run.text) or (run.kind == "heading" and at == end - 1):
            end = at
        elif is_prose(run):
            break
    told = [*among, *(run for run in kept[end:] if run.kind != "heading")]
    return _without_repeats(kept[:end]), [run.text for run in told]


def _pointers(kept: Sequence[Run]) -> list[Run]:
    """The lines “Related: …” between paragraphs, and the lists that such lines head."""
    found: list[Run] = []
    below = False
    for run in kept:
        is_short = run.kind == "heading" or len(run.text) < 60
        is_line = run.linked > 0.3 or (is_short and run.text[-1] not in ".!")
        is_pointer = is_line and standing.is_pointer(run.text)
        below = is_pointer or (below and (run.kind == "item" or run.linked > 0.3))
        if below:
            found.append(run)
    return found


def _without_repeats(kept: Sequence[Run]) -> list[Run]:
    """Without blocks said before word for word, and without quotes lifted out of the text beside them."""
    prose = "\n".join(normalise(run.text) for run in kept if run.kind == "paragraph")
    seen: set[str] = set()
    alone: list[Run] = []
    for run in kept:
        text = normalise(run.text)
        is_lifted = run.kind == "quote" and len(text) > 20 and text.strip("\" '") in prose
        if not is_lifted and not (text in seen and len(text) > 40):
            alone.append(run)
        seen.add(text)
    return alone


def stated_pieces(stated: str) -> tuple[Piece, ...]:
    """Paragraphs of a plain text: parted by line ends, or the whole as one."""
    markup = html.unescape(stated) if "&lt;p" in stated else stated
    if "<p" in markup or "<br" in markup:
        return tuple(run.piece() for run in runs(fragment_fromstring(markup, create_parent="div")))
    lines = (" ".join(html.unescape(line).split()) for line in stated.splitlines())
    return tuple(Piece("paragraph", line) for line in lines if line)
