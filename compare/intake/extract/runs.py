"""The blocks of a page in reading order, with their structure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from compare.model import BlockKind
from compare.site.readers.blocks import Piece
from compare.text import plain_words

_INLINE = frozenset(
    """a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark nobr q rp rt
    ruby s samp small span strike strong sub sup time tt u var wbr img amp-img""".split()  # noqa: SIM905
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_LONGEST_BOLD_HEADING = 90
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?: ?[A-Za-z.]{1,5}){0,2}")
_LONG = 12  # words of a block that is surely prose


@dataclass(frozen=True, slots=True)
class Run:
    """One block.

    Attributes:
        text: White space levelled, never empty.
        kind: From the markup around it.
        level: As in ``Piece``.
        linked: Share of its characters inside links, 0..1.
        home: The innermost block element that holds it.
    """

    text: str
    kind: BlockKind
    level: int
    linked: float
    home: HtmlElement

    def piece(self) -> Piece:
        """The block without its place in the page; a time alone parts updates as a heading does."""
        if len(self.text) < 25 and _CLOCK.fullmatch(self.text):
            return Piece("heading", self.text, 3)
        return Piece(self.kind, self.text, self.level)


def is_prose(run: Run) -> bool:
    """Whether a block has a sentence, and not of links."""
    return run.linked < 0.3 and len(plain_words(run.text)) >= _LONG


class _Gathered:
    """Text since the last border of a block element."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.size = self.linked = self.bold = self.breaks = 0

    def take(self, text: str | None, path: Sequence[str]) -> None:
        self.texts.append(text or "")
        size = len((text or "").strip())
        if size:
            self.breaks = 0
            self.size += size
            self.linked += size * ("a" in path)
            self.bold += size * ("b" in path or "strong" in path)

    def run(self, path: Sequence[str], home: HtmlElement) -> Iterator[Run]:
        """The text as a block in elements of some tags, unless it is blank."""
        if self.size:
            text = " ".join("".join(self.texts).split())
            kind, level = _kind(text, path, self.bold / self.size)
            yield Run(text, kind, level, self.linked / self.size, home)


def _kind(text: str, path: Sequence[str], bold: float) -> tuple[BlockKind, int]:
    headings = [tag for tag in path if tag in _HEADINGS]
    if headings:
        return "heading", int(headings[-1][1])
    if "li" in path:
        return "item", max(path.count("ul") + path.count("ol"), 1)
    if "blockquote" in path:
        return "quote", path.count("blockquote")
    if bold > 0.98 and len(text) <= _LONGEST_BOLD_HEADING and text[-1] not in '.!?…:;,"”»。！？؟':
        return "heading", 3
    return "paragraph", 0


def runs(tree: HtmlElement) -> Iterator[Run]:
    """Every block of text below an element; two line breaks in a row part blocks as paragraphs do."""
    path: list[str] = []
    homes = [tree]
    gathered = _Gathered()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        is_start = event == "start"
        gathered.breaks += is_start and element.tag == "br"
        if element.tag not in _INLINE or gathered.breaks > 1:
            yield from gathered.run(path, homes[-1])
            gathered = _Gathered()
        if is_start:
            path.append(str(element.tag))
            if element.tag not in _INLINE:
                homes.append(element)
            gathered.take("\n" if element.tag == "br" else element.text, path)
        else:
            path.pop()
            if element.tag not in _INLINE:
                homes.pop()
            if element is not tree:
                gathered.take(element.tail, path)
    yield from gathered.run(path, homes[-1])
