"""A page and what it says of itself by machine: its meta elements, its linked data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from lxml.html import HtmlElement

from compare.intake.extract import linked_data


class Page(NamedTuple):
    """A page.

    Attributes:
        tree: The whole of it.
        metas: The contents of its meta elements by name, property or itemprop in lower case.
        documents: Its parsed JSON-LD.
        article: The node there that describes its article, or {}.
    """

    tree: HtmlElement
    metas: Mapping[str, tuple[str, ...]]
    documents: Sequence[Any]
    article: linked_data.Node

    @classmethod
    def of(cls, tree: HtmlElement, documents: Sequence[Any] = ()) -> Page:
        """The page of a tree, with the linked data in it and what else is given of that."""
        scripts = [node for node in tree.iter("script") if "ld+json" in (node.get("type") or "").lower()]
        parsed = [*documents, *(linked_data.parse(node.text or "") for node in scripts)]
        told = [document for document in parsed if document is not None]
        return cls(tree, _metas(tree), told, linked_data.find_article(told))

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


def _metas(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            key = name.strip().lower()
            found[key] = (*found.get(key, ()), content)
    return found


def visible(element: HtmlElement) -> str:
    """The text of an element, white space levelled."""
    return " ".join("".join(element.itertext()).split())
