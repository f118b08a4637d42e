"""What a page is called: its headline, its outlet, its address."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from compare.intake.extract import linked_data
from compare.intake.extract.model import NO_OUTLET, NO_TITLE, Doubt
from compare.intake.extract.page import Page, visible
from compare.text import normalise
from compare.text.agencies import is_agency

_SEPARATORS = ("_", ": ", " | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • ")
_LONGEST_TITLE = 400
_MOST_HEADLINES = 50
_TITLES = ("og:title", "twitter:title", "dc.title", "title", "headline")
_NO_NAME = re.compile(
    r"[{}$%<>]|^https?://|^@|^(?:null|undefined|none|n/a|website|my (?:site|blog))$", re.IGNORECASE
)
_OUTLETS = ("og:site_name", "dc.publisher", "publisher", "application-name")


def read_title(page: Page, outlet: str | None) -> tuple[str | None, tuple[Doubt, ...]]:
    """The headline: as shown where that agrees with what the page declares, else as declared.

    The outlet's name is cut off it.
    """
    stated = (_without_site(text, outlet) for text in page.stated(("headline", "name"), _TITLES))
    declared = [text for text in stated if text]
    heads = _headlines(page, outlet)
    document = _without_site(page.document_title, outlet)
    agreed = (head for text in (*declared, document) for head in heads if _alike(head, text))
    likely = next(filter(None, (*agreed, *declared, *sorted(heads, key=len, reverse=True), document)), None)
    if likely is None:
        return None, (NO_TITLE,)
    guessed = () if declared else (Doubt("title", "the title is a guess from the page's headings"),)
    return likely[:_LONGEST_TITLE], guessed


def _headlines(page: Page, outlet: str | None) -> list[str]:
    """First-level headings that can be a headline: not the site's name, not empty."""
    elements = page.tree.xpath("//h1 | //*[@itemprop='headline'][not(self::meta)]")
    texts = dict.fromkeys(map(visible, elements[:_MOST_HEADLINES]))
    own = normalise(outlet or "")
    return [text for text in texts if 3 < len(text) <= _LONGEST_TITLE and normalise(text) != own]


def _alike(one: str, other: str) -> bool:
    """Whether two titles are one, apart from a cut end or an ellipsis."""
    x, y = (normalise(text).rstrip(".… ") for text in (one, other))
    shorter, longer = sorted((x, y), key=len)
    return bool(shorter) and (x == y or (len(shorter) > 20 and longer.startswith(shorter)))


def _without_site(text: str, outlet: str | None) -> str:
    """A document title without the outlet's name at one end."""
    bare = " ".join(text.split())
    for separator in _SEPARATORS if outlet else ():
        head, found, tail = bare.rpartition(separator)
        if found and _is_site(tail, outlet):
            return _without_site(head, outlet)
        first, found, rest = bare.partition(separator)
        if found and _is_site(first, outlet):
            return rest.strip()
    return bare


def _is_site(part: str, outlet: str | None) -> bool:
    shorter, longer = sorted((normalise(part), normalise(outlet or "")), key=len)
    return shorter in longer and 2 * len(shorter) >= len(longer) > 0


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
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    if host:
        return host, (Doubt("outlet", "the outlet’s name is taken from the address"),)
    return None, (NO_OUTLET,)


def _named(page: Page) -> list[str]:
    """The names by which a page calls its outlet, the best first."""
    linked = linked_data.names(page.article.get("publisher"))
    inside = page.tree.xpath("//*[@itemprop='publisher']//*[@itemprop='name']")
    marked = [element.get("content") or visible(element) for element in inside]
    first, rest = (told := page.metas_of(_OUTLETS))[:1], told[1:]
    found = [" ".join(text.split()) for text in (*first, *linked, *marked, *rest)]
    names = [name for name in found if 1 < len(name) <= 80 and not _NO_NAME.search(name)]
    return sorted(names, key=is_agency)


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
    parts = {
        normalise(part): part for separator in _SEPARATORS for part in document.split(separator)[1:][-1:]
    }
    for element in page.tree.iter("a", "div", "span", "td", "p", "b", "strong", "font"):
        name = parts.get(normalise(element.text or "")) if len(element.text or "") <= 60 else None
        if name:
            return name.strip(), "the page’s title"
    return None


def read_address(page: Page, address: str | None) -> str | None:
    """The page's own address: canonical, else as declared, else where it came from."""
    links = (
        link for link in page.tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    )
    canonical = [link.get("href") or "" for link in links]
    home = linked_data.texts(page.article.get("mainEntityOfPage"), "@id")
    own = (*page.metas_of(["og:url"]), *linked_data.texts(page.article.get("url")), *home)
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
