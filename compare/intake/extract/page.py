"""A page's tree, and what the page says of itself by machine: its meta elements, its linked data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from lxml import etree, html
from lxml.html import HtmlElement

from compare.errors import FetchError
from compare.intake.extract import linked_data
from compare.intake.extract.linked_data import Node

_SOFT_HYPHEN = "\u00ad"  # shows only at the end of a line
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # no part of any tree
_REFERENCE = re.compile(r"&(?:#(?:([0-9]{1,9})|[xX]([0-9A-Fa-f]{1,8}))|shy);?")
# A tag ends where the parser ends it or, never closed, where another element does. The possessive marks and
# atomic groups keep the search linear on any input.
_ATTRIBUTE = re.compile(
    r"""[\s/=]*+(?:[^\s/=><]|<(?!/[A-Za-z]))++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s><]*+))?+"""
)
_TAG = re.compile(
    rf"<!--(?>.*?-->|.*+)|(?P<tag><[A-Za-z][^\s/>]*+)(?P<attributes>(?:{_ATTRIBUTE.pattern})*+)", re.DOTALL
)
_MOST_ATTRIBUTES = 500  # the parser compares them pair by pair


class Page(NamedTuple):
    """A page.

    Attributes:
        tree: The whole of it.
        metas: The contents of its meta elements by name, property or itemprop in lower case.
        nodes: All objects of its JSON-LD.
        article: The one that describes its article, or {}.
    """

    tree: HtmlElement
    metas: Mapping[str, Sequence[str]]
    nodes: Sequence[Node]
    article: Node

    @classmethod
    def of(cls, tree: HtmlElement) -> Page:
        """The page of a tree, with the linked data in it."""
        scripts = [node for node in tree.iter("script") if "ld+json" in (node.get("type") or "").lower()]
        nodes = [
            node for script in scripts for node in linked_data.nodes(linked_data.parse(script.text or ""))
        ]
        metas: dict[str, list[str]] = {}
        for element in tree.iter("meta"):
            name = element.get("property") or element.get("name") or element.get("itemprop") or ""
            if content := " ".join((element.get("content") or "").split()):
                metas.setdefault(name.strip().lower(), []).append(content)
        return cls(tree, metas, nodes, linked_data.find_article(nodes))

    @property
    def document_title(self) -> str:
        """The text of its title element, or ""."""
        return next((visible(element) for element in self.tree.iter("title")), "")

    def metas_of(self, names: Iterable[str]) -> list[str]:
        """What the meta elements say under some names, in order of trust."""
        return [text for name in names for text in self.metas.get(name, ())]

    def stated(self, keys: Iterable[str], names: Iterable[str]) -> list[str]:
        """All that the linked data says under some keys and then the meta elements."""
        linked = [text for key in keys for text in linked_data.texts(self.article.get(key))]
        return linked + self.metas_of(names)


def visible(element: HtmlElement) -> str:
    """The text of an element, white space levelled."""
    return " ".join("".join(element.itertext()).split())


def parse(text: str) -> HtmlElement:
    """The tree of a page, however broken.

    Raises:
        FetchError: There is no markup in it.
    """
    clean = _REFERENCE.sub(_reference, _CONTROL.sub("", text.replace(_SOFT_HYPHEN, "")))
    bounded = _TAG.sub(_without_many_attributes, clean)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return html.document_fromstring(bounded.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise FetchError(
            "the page is empty", hint="save the page again after it has loaded in a browser"
        ) from error


def _without_many_attributes(match: re.Match[str]) -> str:
    """A tag, without its attributes when it has more than any page has need of."""
    told = match["attributes"] or ""
    is_long = len(told) > 2 * _MOST_ATTRIBUTES and len(_ATTRIBUTE.findall(told)) > _MOST_ATTRIBUTES
    return match["tag"] if is_long else match[0]


def _reference(match: re.Match[str]) -> str:
    """A character reference, unless no tree may hold what it stands for."""
    code = int(match[1], 10) if match[1] else int(match[2] or "AD", 16)
    return "" if code > 0x10FFFF or code == ord(_SOFT_HYPHEN) or _CONTROL.match(chr(code)) else match[0]
