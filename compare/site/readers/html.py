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

How deep a page nests is heard while it is parsed, and of attributes only those that matter are kept, so
that no hostile page costs more than time in proportion.
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
_ENDS = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)  # what follows them would be no part of the tree

_NOT_PROSE = tuple(
    """script style noscript template head nav aside footer form figure figcaption button svg math iframe
    object select textarea audio video canvas dialog menu address time""".split()  # noqa: SIM905
)
_BLOCKS = frozenset(
    """p div section article main header blockquote ul ol li dl dt dd pre table caption tr h1 h2 h3 h4 h5 h6
    hr details summary body html center hgroup""".split()  # noqa: SIM905
)
_CONTAINERS = ("li", "dt", "dd", "blockquote")
_BREAK = "\u2028"

# Element and what it is about → key, and the check that its value must pass.
_SAID: dict[tuple[str, str], tuple[str, Callable[[object], object]]] = {
    ("meta", "og:title"): ("title", fields.text),
    ("meta", "og:site_name"): ("outlet", fields.text),
    ("meta", "og:url"): ("url", fields.url),
    ("meta", "article:published_time"): ("published", fields.moment),
    ("meta", "article:modified_time"): ("updated", fields.moment),
    ("meta", "author"): ("author", fields.text),
    ("link", "canonical"): ("url", fields.url),
    ("html", ""): ("language", fields.language),
}
_VALUES = {"meta": "content", "link": "href", "html": "lang"}
_ATTRIBUTES = ("property", "name", "rel", "content", "href", "lang", "hidden", "aria-hidden")


def read(text: str, path: str, problems: list[CrossreadError]) -> Draft:
    """Read a saved page or fragment.

    Raises:
        SourceError: When its opening comment is not front matter, or it nests too deeply.
    """
    entries: dict[str, Entry] = {}
    comment = _COMMENT.match(text)
    if comment:
        first = text.count("\n", 0, comment.start(1)) + 1
        entries = front_matter.parse(front_matter.FENCE.sub("", comment[1]), path, first, problems)
    page = _parsed(text, path)
    if page is None:
        return Draft(entries, [])
    for node in page.iter(*_VALUES):
        about = node.get("property") or node.get("name") or node.get("rel") or ""
        key, check = _SAID.get((node.tag, about.lower()), ("", fields.text))
        value = node.get(_VALUES[node.tag], "")
        try:
            if key and check(value):
                entries.setdefault(key, Entry(value, None))
        except Invalid:
            continue
    return Draft(entries, _body(page))


def _parsed(text: str, path: str) -> Any:
    """The page's tree; None where there is nothing."""
    from lxml import etree

    target = _Target(etree.TreeBuilder())
    # Any: the types that are published for lxml lack the arguments together.
    make: Any = etree.HTMLParser
    parser = make(target=target, encoding="utf-8", huge_tree=True)
    data = _ENDS.sub("", text).encode()
    for start in range(0, len(data), _CHUNK):
        parser.feed(data[start : start + _CHUNK])
        if target.deepest > DEEPEST:
            raise SourceError(f"the elements are nested deeper than {DEEPEST}", path=path, hint=_FLAT)
    return parser.close() if data else None


class _Target:
    """Hears the parser's tags and makes a tree of them, without what may be endless and says nothing."""

    def __init__(self, builder: Any) -> None:
        self._builder = builder
        self._depth = self.deepest = 0
        self.data = builder.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self.deepest = max(self.deepest, self._depth)
        self._builder.start(tag, {name: attributes[name] for name in _ATTRIBUTES if name in attributes})

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._builder.end(tag)

    def close(self) -> Any:
        return self._builder.close() if self.deepest else None


def _body(page: Any) -> list[Piece]:
    """The pieces of the region that holds the article."""
    from lxml import etree

    for node in page.xpath("//*[@hidden or @aria-hidden='true']"):
        node.tag = "aside"
    etree.strip_elements(page, *_NOT_PROSE, with_tail=False)
    articles = [_pieces(article) for article in page.xpath("//article[not(ancestor::article)]")]
    longest = max(articles, key=lambda pieces: sum(len(piece.text) for piece in pieces), default=[])
    return (
        longest
        or [piece for main in page.xpath("//main[not(ancestor::main)]") for piece in _pieces(main)]
        or _pieces(page)
    )


def _pieces(region: Any) -> list[Piece]:
    """The blocks of an element; two line breaks part them, too."""
    from lxml import etree

    found: list[Piece] = []
    words: list[str] = []
    inside: Counter[str] = Counter()
    containers: list[str] = []

    def flush() -> None:
        text = "".join(words)
        words.clear()
        kind, level = _place(inside, containers)
        for part in re.split(rf"{_BREAK}\s*{_BREAK}", text):
            if plain := level_spaces(part.replace(_BREAK, "\n")):
                found.append(Piece(kind, plain, level))

    for event, node in etree.iterwalk(region, events=("start", "end")):
        is_start = event == "start"
        if node.tag in _BLOCKS:
            flush()
            inside[node.tag] += 1 if is_start else -1
            if node.tag in _CONTAINERS:
                containers.append(node.tag) if is_start else containers.pop()
        if is_start:
            words.append(_BREAK if node.tag == "br" else node.text or "")
        else:
            words.append(" " if node.tag in ("td", "th") else "")
            words.append((node is not region and node.tail) or "")
    flush()
    return found


def _place(inside: Counter[str], containers: list[str]) -> tuple[BlockKind, int]:
    for level in range(1, 7):
        if inside[f"h{level}"]:
            return "heading", level
    if not containers:
        return "paragraph", 0
    if containers[-1] == "blockquote":
        return "quote", inside["blockquote"]
    return "item", max(1, inside["ul"] + inside["ol"] + inside["dl"])
