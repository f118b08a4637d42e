"""A saved page or a fragment of HTML.

What the file says about the article comes from a comment that opens it, which holds the same
keys as front matter (with or without its ``---`` lines)::

    <!--
    outlet: The Lamp
    published: 2024-05-31T18:30:00+02:00
    -->

and, for keys that are not there, from the page: ``og:title`` or an ``h1`` that opens the body,
``og:site_name`` for the outlet, the canonical address, ``article:published_time``,
``article:modified_time``, ``author`` and the language of ``html``. A value of the page that would be
refused is left out.

The body is the longest ``article`` element, or ``main``, or everything. Navigation, asides, forms,
captions, scripts and hidden elements are not prose and are left out.

The page is read as a stream of tags: no tree is built, so that neither deep nests nor the repairs
that HTML 5 prescribes for bad ones can cost more than time in proportion to the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from compare.errors import CrossreadError, SourceError
from compare.model import BlockKind
from compare.site import fields
from compare.site.fields import Entry, Invalid
from compare.site.readers import front_matter
from compare.site.readers.blocks import Draft, Piece, level_spaces

DEEPEST = 500
_FLAT = "save the article's text only"
_CHUNK = 65_536
_COMMENT = re.compile(r"\s*<!--(.*?)-->", re.DOTALL)
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)

_NOT_PROSE = frozenset(
    """script style noscript template head nav aside footer form figure figcaption button svg math iframe
    object select textarea audio video canvas dialog menu address time""".split()  # noqa: SIM905
)
_BLOCKS = frozenset(
    """p div section article main header blockquote ul ol li dl dt dd pre table caption tr h1 h2 h3 h4 h5 h6
    hr details summary body html center hgroup""".split()  # noqa: SIM905
)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_CELLS = frozenset(("td", "th"))
_LISTS = frozenset(("ul", "ol", "dl"))
_ITEMS = frozenset(("li", "dt", "dd"))
_BREAK = "\u2028"

# Property or name of a meta element → key, and the check that its value must pass.
_META: dict[str, tuple[str, Callable[[object], object]]] = {
    "og:title": ("title", fields.text),
    "og:site_name": ("outlet", fields.text),
    "og:url": ("url", fields.url),
    "article:published_time": ("published", fields.moment),
    "article:modified_time": ("updated", fields.moment),
    "author": ("author", fields.text),
}


def read(text: str, path: str, problems: list[CrossreadError]) -> Draft:
    """Read a saved page or fragment.

    Raises:
        SourceError: When its opening comment is not front matter, or it nests too deeply.
    """
    entries: dict[str, Entry] = {}
    comment = _COMMENT.match(text)
    if comment:
        first = text.count("\n", 0, comment.start(1)) + 1
        entries = front_matter.parse(_FENCE.sub("", comment[1]), path, first, problems)
    page = _stream(text, path)
    for key, value in page.said.items():
        entries.setdefault(key, Entry(value, None))
    return Draft(entries, page.body())


def _stream(text: str, path: str) -> _Page:
    from lxml import etree

    page = _Page()
    # Any: the types that are published for lxml lack the two arguments together.
    make: Any = etree.HTMLParser
    parser = make(target=page, encoding="utf-8", huge_tree=True)
    data = text.encode()
    for start in range(0, len(data), _CHUNK):
        parser.feed(data[start : start + _CHUNK])
        if page.too_deep:
            raise SourceError(f"the elements are nested deeper than {DEEPEST}", path=path, hint=_FLAT)
    if data:
        parser.close()
    return page


class _Page:
    """Hears the parser's tags and keeps the prose by the region that it stands in.

    Attributes:
        said: What the page says about the article, by key.
        too_deep: Whether elements were nested deeper than ``DEEPEST``.
    """

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.too_deep = False
        self._open: Counter[str] = Counter()
        self._depth = 0
        self._skipped = 0  # depth below an element that is not prose; 0 outside of one
        self._region = ""  # "", "main", or "article" and its number
        self._articles = 0
        self._containers: list[str] = []
        self._words: list[str] = []
        self._found: list[tuple[str, Piece]] = []

    def body(self) -> list[Piece]:
        """The pieces of the region that holds the article."""
        sizes: Counter[str] = Counter()
        for region, piece in self._found:
            sizes[region] += len(piece.text)
        articles = [region for region in sizes if region.startswith("article")]
        # max takes the first of equals, and regions are in the order of the page.
        chosen = max(articles, key=sizes.__getitem__) if articles else "main" if "main" in sizes else None
        return [piece for region, piece in self._found if chosen in (None, region)]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Hear an element begin."""
        if tag in _VOID:
            self._void(tag, attributes)
            return
        self._depth += 1
        self.too_deep = self.too_deep or self._depth > DEEPEST
        if tag == "html" and attributes.get("lang"):
            self._say("language", attributes["lang"], fields.language)
        if self._skipped:
            self._skipped += 1
        elif tag in _NOT_PROSE or "hidden" in attributes or attributes.get("aria-hidden") == "true":
            self._skipped = 1
        elif tag in _BLOCKS:
            self._flush()
            self._enter(tag)

    def end(self, tag: str) -> None:
        """Hear an element end."""
        if tag in _VOID:
            return
        self._depth -= 1
        if self._skipped:
            self._skipped -= 1
        elif tag in _BLOCKS:
            self._flush()
            self._leave(tag)
        elif tag in _CELLS:
            self._words.append(" ")

    def data(self, text: str) -> None:
        """Hear text."""
        if not self._skipped:
            self._words.append(text)

    def comment(self, text: str) -> None:
        """Hear a comment, which is not prose."""

    def close(self) -> None:
        """Hear the end of the page."""
        self._flush()

    def _void(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "meta":
            name = (attributes.get("property") or attributes.get("name") or "").lower()
            if name in _META:
                key, check = _META[name]
                self._say(key, attributes.get("content", ""), check)
        elif tag == "link" and (attributes.get("rel") or "").lower() == "canonical":
            self._say("url", attributes.get("href", ""), fields.url)
        elif tag == "hr":
            self._flush()
        elif tag == "br" and not self._skipped:
            self._words.append(_BREAK)

    def _say(self, key: str, value: str, check: Callable[[object], object]) -> None:
        try:
            check(value)
        except Invalid:
            return
        if value.strip():
            self.said.setdefault(key, value)

    def _enter(self, tag: str) -> None:
        self._open[tag] += 1
        if tag == "article" and self._open["article"] == 1:
            self._articles += 1
            self._region = f"article {self._articles}"
        elif tag == "main" and not self._open["article"]:
            self._region = "main"
        if tag in _ITEMS or tag == "blockquote":
            self._containers.append(tag)

    def _leave(self, tag: str) -> None:
        self._open[tag] -= 1
        if tag in _ITEMS or tag == "blockquote":
            self._containers.pop()
        elif tag in ("article", "main") and not self._open["article"]:
            self._region = "main" if self._open["main"] else ""

    def _flush(self) -> None:
        """Make pieces of the text since the last block began or ended; two line breaks part them."""
        text, self._words = "".join(self._words), []
        kind, level = self._place()
        for part in re.split(rf"{_BREAK}\s*{_BREAK}", text):
            plain = level_spaces(part.replace(_BREAK, "\n"))
            if plain:
                self._found.append((self._region, Piece(kind, plain, level)))

    def _place(self) -> tuple[BlockKind, int]:
        for level in range(1, 7):
            if self._open[f"h{level}"]:
                return "heading", level
        if not self._containers:
            return "paragraph", 0
        if self._containers[-1] == "blockquote":
            return "quote", self._open["blockquote"]
        return "item", max(1, sum(self._open[tag] for tag in _LISTS))
