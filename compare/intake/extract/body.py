"""The body of a page: trafilatura finds it, the page's own markup gives its structure back.

trafilatura is good at telling an article from what stands around it, but it loses block quotes,
standfirsts and what stands in a second container. So its text votes: the page is walked again, and the
blocks that it took are kept, with their like among them. What it took and is left out all the same is told.

So what is no part of an article goes in this order: by tag (``prepare``); where trafilatura leaves it out;
by the name of its box, where the article can spare it (``select``, with ``asides``); by its words and its
place (``_STEPS``, with ``standing``); and when it stands behind the end that linked data states.
"""

from __future__ import annotations

import copy
import html
import logging
from collections.abc import Sequence
from typing import cast

from lxml.html import HtmlElement, fragment_fromstring

from compare.intake.extract import standing, trimming
from compare.intake.extract.linked_data import body_text
from compare.intake.extract.model import Doubt, Facts
from compare.intake.extract.page import Page
from compare.intake.extract.prepare import prepare
from compare.intake.extract.runs import runs
from compare.intake.extract.selection import TAKEN, select, share, shingles_of
from compare.site.readers.blocks import Piece
from compare.text import normalise, words

# Beyond what news has: trafilatura's time grows with their square.
_MOST_ELEMENTS = 30_000
_MOST_CHILDREN = 3_000
_SAME_END = 30  # letters
_STUB = 150  # words up to which a text before a wall is only its beginning
_FEWEST_STATED = 40  # words of a body in linked data that is more than a summary
_STEPS = (
    trimming.without_headline,
    trimming.without_pointers,
    trimming.without_labels,
    trimming.without_closing_lines,
    trimming.with_times_as_headings,
    trimming.without_repeats,
)


def read_body(page: Page, facts: Facts) -> tuple[tuple[Piece, ...], tuple[Doubt, ...], bool]:
    """The blocks of a page's article, what to look at again, and whether there is more for those who pay.

    Args:
        page: Its tree is changed.
        facts: Its headline is no part of the body, and a line about its author neither.
    """
    prepare(page.tree)
    every = [run for run in runs(page.tree) if run.home.tag != "title"]
    kept, left = select(every, _found_by_trafilatura(page.tree), facts.title)
    is_walled = any(standing.is_wall(run.text) for run in kept[-trimming.TAIL :])
    for step in _STEPS:
        kept, more = step(kept, facts)
        left = [*left, *more]
    pieces = tuple(run.piece() for run in kept)
    stated = body_text(page.article)
    is_whole = _size(stated[:5000]) >= _FEWEST_STATED and not stated.rstrip().endswith(("…", "..."))
    told = stated_pieces(stated) if is_whole else ()
    size = _size("\n\n".join(piece.text for piece in pieces))
    doubts: list[Doubt] = []
    if size < 0.6 * _size("\n\n".join(piece.text for piece in told)):
        pieces, is_walled = told, False
        doubt = "the body is taken from the page's linked data, so headings and quotes are lost"
        doubts.append(Doubt("text", doubt))
    elif told:
        end = _stated_end(pieces, told)
        left = [*left, *(piece.text for piece in pieces[end:] if piece.kind != "heading")]
        pieces = pieces[:end]
    is_cut = is_walled and size <= _STUB
    if is_cut:
        doubt = "the page asks to subscribe or to sign in, so the text is only its beginning"
        doubts.append(Doubt("complete", doubt))
    return pieces, (*doubts, *standing.left_out(left)), is_cut


def _size(text: str) -> int:
    return len(words(text))


def _found_by_trafilatura(tree: HtmlElement) -> list[str]:
    """The texts of the blocks that trafilatura takes for the article."""
    from trafilatura import bare_extraction
    from trafilatura.settings import Document

    for name in ("trafilatura", "htmldate"):  # what they warn of is told in our own words
        logging.getLogger(name).setLevel(logging.CRITICAL)
    children = [len(element) for element in tree.iter()]
    if len(children) > _MOST_ELEMENTS or max(children) > _MOST_CHILDREN:
        return []
    plain = copy.deepcopy(tree)
    for quote in list(plain.iter("blockquote")):
        quote.tag = "div" if any(child.tag in ("p", "div", "ul", "ol") for child in quote) else "p"
    document = bare_extraction(plain, include_comments=False, include_tables=True, with_metadata=False)
    if not isinstance(document, Document) or document.body is None:
        return []
    return [run.text for run in runs(cast(HtmlElement, document.body))]


def _stated_end(pieces: Sequence[Piece], told: Sequence[Piece]) -> int:
    """How many blocks of the page there are to the end of the body in its linked data."""
    known = shingles_of(piece.text for piece in told)
    shares = [share(piece.text, known) for piece in pieces]
    covered = sum(len(piece.text) * part for piece, part in zip(pieces, shares, strict=True))
    end = max((at for at, part in enumerate(shares, 1) if part >= TAKEN), default=0)
    ends_alike = end and normalise(pieces[end - 1].text).endswith(normalise(told[-1].text)[-_SAME_END:])
    is_told = covered >= 0.8 * sum(len(piece.text) for piece in pieces)
    return end if is_told and ends_alike else len(pieces)


def stated_pieces(stated: str) -> tuple[Piece, ...]:
    """Paragraphs of a plain text: parted by line ends, or the whole as one."""
    markup = html.unescape(stated) if "&lt;p" in stated else stated
    if "<p" in markup or "<br" in markup:
        return tuple(run.piece() for run in runs(fragment_fromstring(markup, create_parent="div")))
    lines = (" ".join(html.unescape(line).split()) for line in stated.splitlines())
    return tuple(Piece("paragraph", line) for line in lines if line)
