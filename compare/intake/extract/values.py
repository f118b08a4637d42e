"""Reading values off a page: its meta elements, its linked data, its visible text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml.html import HtmlElement

from compare.intake.extract import linked_data

Metas = Mapping[str, tuple[str, ...]]


def read_metas(tree: HtmlElement) -> Metas:
    """The contents of the meta elements by name, property or itemprop in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}


def stated(
    metas: Metas, article: linked_data.Node, keys: Iterable[str], names: Iterable[str]
) -> tuple[str, ...]:
    """All that JSON-LD and then the meta elements say, in order of trust."""
    linked = [text for key in keys for text in linked_data.texts(article.get(key))]
    return (*linked, *(text for name in names for text in metas.get(name, ())))


def visible(element: HtmlElement) -> str:
    """The text of an element, white space levelled."""
    return " ".join("".join(element.itertext()).split())
