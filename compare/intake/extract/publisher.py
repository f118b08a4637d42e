"""Who published a page, and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from compare.intake.extract import linked_data
from compare.intake.extract.headline import SEPARATORS
from compare.intake.extract.values import Metas, visible
from compare.text import normalise
from compare.text.agencies import is_agency

_COPYRIGHT = re.compile(r"^(?:©|copyright)\s{0,3}(?:\d{4})?\s{0,3}", re.IGNORECASE)
_NO_NAME = re.compile(
    r"[{}$%<>]|^https?://|^@|^(?:null|undefined|none|n/a|website|my (?:site|blog))$", re.IGNORECASE
)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_OUTLETS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name", "copyright")


def read_outlet(
    tree: HtmlElement,
    metas: Metas,
    documents: Sequence[Any],
    article: linked_data.Node,
    unsure: list[str],
) -> str | None:
    """The outlet's name: as the site calls itself, then its publisher, then what leads to the front page.

    The publisher in linked data is often the company, and of wire copy the agency; an agency counts only
    where nobody else is named.
    """
    linked = [*linked_data.names(article.get("publisher")), *linked_data.names(article.get("isPartOf"))]
    inside = tree.xpath("//*[@itemprop='publisher']//*[@itemprop='name']")
    marked = [element.get("content") or visible(element) for element in inside]
    sites = [
        name
        for document in documents
        for node in linked_data.nodes(document)
        if {"NewsMediaOrganization", "WebSite"} & set(linked_data.types(node))
        for name in linked_data.names(node)
    ]
    metas_say = [text for name in _OUTLETS for text in metas.get(name, ())]
    found = [
        " ".join(_COPYRIGHT.sub("", text).split())
        for text in (*metas_say[:1], *linked, *marked, *sites, *metas_say[1:])
    ]
    names = [name for name in found if 1 < len(name) <= 80 and not _NO_NAME.search(name)]
    # A bare host is a name only for want of another.
    names.sort(key=lambda name: (is_agency(name), _HOST.fullmatch(name) is not None))
    if names and not (is_agency(names[0]) and (home := _outlet_from_home(tree, [])) and not is_agency(home)):
        return names[0]
    return _outlet_from_home(tree, unsure)


def outlet_from_host(url: str | None, unsure: list[str]) -> str | None:
    """The host of an address, for want of a name."""
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    if host:
        unsure.append("the outlet’s name is taken from the address")
        return host
    unsure.append("no outlet was found; name it with --outlet")
    return None


def _outlet_from_home(tree: HtmlElement, unsure: list[str]) -> str | None:
    """The words on the link to the front page, when the document's title has them too."""
    document = normalise(next((visible(element) for element in tree.iter("title")), ""))
    for link in tree.xpath("//a[@href='/' or @rel='home' or @href='index.html']"):
        names = [visible(link), *(str(image.get("alt") or "") for image in link.iter("img", "amp-img"))]
        for name in names:
            if 2 < len(name) <= 60 and not _NO_NAME.search(name) and normalise(name) in document:
                unsure.append(f"the outlet’s name, {name}, is taken from the link to its front page")
                return name
    return _outlet_from_title(tree, unsure)


def _outlet_from_title(tree: HtmlElement, unsure: list[str]) -> str | None:
    """The part of the document's title that stands somewhere on the page by itself."""
    document = next((visible(element) for element in tree.iter("title")), "")
    parts = {normalise(part): part for separator in SEPARATORS for part in document.split(separator)[1:][-1:]}
    for element in tree.iter("a", "div", "span", "td", "p", "b", "strong", "font"):
        name = parts.get(normalise(element.text or "")) if len(element.text or "") <= 60 else None
        if name:
            unsure.append(f"the outlet’s name, {name}, is taken from the page’s title")
            return name.strip()
    return None


def read_address(
    tree: HtmlElement, metas: Metas, article: linked_data.Node, address: str | None
) -> str | None:
    """The page's own address: canonical, else as declared, else where it came from."""
    canonical = [
        element.get("href") or ""
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    page = article.get("mainEntityOfPage")
    linked = linked_data.texts(page) or (linked_data.texts(page.get("@id")) if isinstance(page, dict) else ())
    for text in (
        *canonical,
        *metas.get("og:url", ()),
        *linked_data.texts(article.get("url")),
        *linked,
        address or "",
    ):
        whole = clean_address(urljoin(address or "", text.strip()))
        if whole and urlsplit(whole).path not in ("", "/"):
            return whole
    return clean_address(address or "")


def clean_address(text: str) -> str | None:
    """An http or https address without its fragment, or None for anything else."""
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or re.search(r"[\s<>\"\\\x00-\x1f]", text):
        return None
    return parts._replace(fragment="").geturl()
