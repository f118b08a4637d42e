"""Who published a page, and where."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from compare.intake.extract import linked_data
from compare.intake.extract.headline import SEPARATORS
from compare.intake.extract.model import NO_OUTLET, Doubt
from compare.intake.extract.page import Page, visible
from compare.text import normalise
from compare.text.agencies import is_agency

_COPYRIGHT = re.compile(r"^(?:©|copyright)\s{0,3}(?:\d{4})?\s{0,3}", re.IGNORECASE)
_NO_NAME = re.compile(
    r"[{}$%<>]|^https?://|^@|^(?:null|undefined|none|n/a|website|my (?:site|blog))$", re.IGNORECASE
)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_OUTLETS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name", "copyright")


def read_outlet(page: Page, url: str | None) -> tuple[str | None, tuple[Doubt, ...]]:
    """The outlet's name: as the site calls itself, then its publisher, then what leads to the front page.

    The publisher in linked data is often the company, and of wire copy the agency; an agency counts only
    where nobody else is named. For want of any name it is the host of the address.
    """
    names = _named(page)
    if names and not is_agency(names[0]):
        return names[0], ()
    shown, where = _from_home(page) or _from_title(page) or ("", "")
    if names and (not shown or is_agency(shown)):
        return names[0], ()
    if shown:
        return shown, (Doubt("outlet", f"the outlet’s name, {shown}, is taken from {where}"),)
    host = (urlsplit(url).hostname or "").removeprefix("www.") if url else ""
    if host:
        return host, (Doubt("outlet", "the outlet’s name is taken from the address"),)
    return None, (NO_OUTLET,)


def _named(page: Page) -> list[str]:
    """The names by which a page calls its outlet, the best first."""
    article = page.article
    linked = [*linked_data.names(article.get("publisher")), *linked_data.names(article.get("isPartOf"))]
    inside = page.tree.xpath("//*[@itemprop='publisher']//*[@itemprop='name']")
    marked = [element.get("content") or visible(element) for element in inside]
    sites = [
        name
        for document in page.documents
        for node in linked_data.nodes(document)
        if {"NewsMediaOrganization", "WebSite"} & set(linked_data.types(node))
        for name in linked_data.names(node)
    ]
    first, rest = (told := page.metas_of(_OUTLETS))[:1], told[1:]
    found = [" ".join(_COPYRIGHT.sub("", text).split()) for text in (*first, *linked, *marked, *sites, *rest)]
    names = [name for name in found if 1 < len(name) <= 80 and not _NO_NAME.search(name)]
    # A bare host is a name only for want of another.
    return sorted(names, key=lambda name: (is_agency(name), _HOST.fullmatch(name) is not None))


def _from_home(page: Page) -> tuple[str, str] | None:
    """The words on the link to the front page, when the document's title has them too."""
    document = normalise(page.document_title)
    for link in page.tree.xpath("//a[@href='/' or @rel='home' or @href='index.html']"):
        for name in (visible(link), *(image.get("alt") or "" for image in link.iter("img", "amp-img"))):
            if 2 < len(name) <= 60 and not _NO_NAME.search(name) and normalise(name) in document:
                return name, "the link to its front page"
    return None


def _from_title(page: Page) -> tuple[str, str] | None:
    """The part of the document's title that stands somewhere on the page by itself."""
    document = page.document_title
    parts = {normalise(part): part for separator in SEPARATORS for part in document.split(separator)[1:][-1:]}
    for element in page.tree.iter("a", "div", "span", "td", "p", "b", "strong", "font"):
        name = parts.get(normalise(element.text or "")) if len(element.text or "") <= 60 else None
        if name:
            return name.strip(), "the page’s title"
    return None


def read_address(page: Page, address: str | None) -> str | None:
    """The page's own address: canonical, else as declared, else where it came from."""
    canonical = [
        element.get("href") or ""
        for element in page.tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    ]
    home = page.article.get("mainEntityOfPage")
    linked = linked_data.texts(home) or (linked_data.texts(home.get("@id")) if isinstance(home, dict) else ())
    own = (*page.metas_of(["og:url"]), *linked_data.texts(page.article.get("url")), *linked)
    for text in (*canonical, *own, address or ""):
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
