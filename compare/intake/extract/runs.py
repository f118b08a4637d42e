"""The blocks of a page in reading order, with their structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree
from lxml.html import HtmlElement

from compare.model import BlockKind
from compare.site.readers.blocks import Piece
from compare.text import plain_words

_INLINE = frozenset(
    """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt
    ruby s samp small span strike strong sub sup time tt u var wbr img amp-img""".split()  # noqa: SIM905
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = ("b", "strong")
_LONGEST_BOLD_HEADING = 90
_LONG = 12  # words of a block that is surely prose
ENDS = '.!?…:;"”’»)。！？؟”'


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
        """The block without its place in the page."""
        return Piece(self.kind, self.text, self.level)


class Parted(NamedTuple):
    """Blocks parted from what is no part of the article.

    Attributes:
        kept: In order.
        left: The texts left out of which an editor is told.
    """

    kept: Sequence[Run]
    left: Sequence[str]


def is_prose(run: Run) -> bool:
    """Whether a block has a sentence, and not of links."""
    return run.linked < 0.3 and len(plain_words(run.text)) >= _LONG


class _Walk:
    """Gathers text between the borders of block elements."""

    def __init__(self, tree: HtmlElement) -> None:
        self.inside = dict.fromkeys(("a", "bold", "blockquote", "list", "li"), 0)
        self.headings: list[int] = []
        self.homes = [tree]
        self._begin()

    def _begin(self) -> None:
        self.buffer: list[str] = []
        self.size = self.linked = self.bold = self.breaks = 0

    def take(self, text: str | None) -> None:
        if not text:
            return
        self.buffer.append(text)
        size = len(text.strip())
        if size:
            self.breaks = 0
            self.size += size
            self.linked += size if self.inside["a"] else 0
            self.bold += size if self.inside["bold"] else 0

    def flush(self) -> Iterator[Run]:
        if self.size:
            text = " ".join("".join(self.buffer).split())
            kind, level = self._kind(text, self.bold / self.size)
            yield Run(text, kind, level, self.linked / self.size, self.homes[-1])
        self._begin()

    def _kind(self, text: str, bold: float) -> tuple[BlockKind, int]:
        if self.headings:
            return "heading", self.headings[-1]
        if self.inside["li"]:
            return "item", max(self.inside["list"], 1)
        if self.inside["blockquote"]:
            return "quote", self.inside["blockquote"]
        if bold > 0.98 and len(text) <= _LONGEST_BOLD_HEADING and text[-1] not in '.!?…:;,"”»。！？؟':
            return "heading", 3
        return "paragraph", 0

    def cross(self, element: HtmlElement, tag: str, *, is_start: bool) -> Iterator[Run]:
        """Go into an element, or out of it."""
        if tag not in _INLINE:
            yield from self.flush()
            if is_start:
                self.homes.append(element)
            elif len(self.homes) > 1:
                self.homes.pop()
        name = "bold" if tag in _BOLD else "list" if tag in ("ul", "ol") else tag
        if name in self.inside:
            self.inside[name] += 1 if is_start else -1
        if tag in _HEADINGS:
            if is_start:
                self.headings.append(_HEADINGS[tag])
            else:
                self.headings.pop()


def runs(tree: HtmlElement) -> Iterator[Run]:
    """Every block of text below an element; two line breaks in a row part blocks as paragraphs do."""
    walk = _Walk(tree)
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        is_start = event == "start"
        if tag != "br":
            yield from walk.cross(element, tag, is_start=is_start)
            walk.take(element.text if is_start else None)
        elif is_start:
            walk.breaks += 1
            walk.take("\n")
            if walk.breaks > 1:
                yield from walk.flush()
        if not is_start and element is not tree:
            walk.take(element.tail)
    yield from walk.flush()
