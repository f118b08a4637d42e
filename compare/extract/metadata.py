"""Title, outlet, dates, author and language of a page: JSON-LD, then meta elements, then what is visible.

Where two places disagree, the more deliberate one is taken and the disagreement is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from compare.extract import linked_data
from compare.extract.dates import parse_moment
from compare.extract.model import Facts
from compare.text import normalise

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_SEPARATORS = ("_", ": ", " | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • ")
_BY = re.compile(r"^(?:by|por|von|par|di|yazan|من|作者[:：]?|文[/／])\s+", re.IGNORECASE)
_COPYRIGHT = re.compile(r"^(?:©|copyright)\s{0,3}(?:\d{4})?\s{0,3}", re.IGNORECASE)
_LONGEST_TITLE = 400

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "date",
    "pubdate",
    "publish-date",
    "publishdate",
    "article.published",
    "cxenseparse:recs:publishtime",
    "og:pubdate",
)
_UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
    "article.updated",
    "lastmod",
    "revised",
)
_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "title",
    "headline",
)
_OUTLETS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name", "copyright")
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)


def read_facts(tree: HtmlElement, documents: Sequence[Any], address: str | None) -> Facts:
    """What the page says about its article.

    Args:
        tree: The whole page.
        documents: Its parsed JSON-LD.
        address: Where it was fetched from, if known.
    """
    node = linked_data.find_article(documents)
    article = {} if node is None else linked_data.resolve(node, documents)
    metas = _metas(tree)
    unsure: list[str] = []
    url = _address(tree, metas, article, address)
    outlet = _outlet(tree, metas, documents, article, unsure) or _host(url, unsure)
    title = _title(tree, metas, article, outlet, unsure)
    published = _moment("publication", _published(tree, metas, article), unsure)
    if published is None and not any("publication" in note for note in unsure):
        unsure.append(_day_only(tree, url))
    updated = _moment("update", _first(metas, article, ("dateModified",), _UPDATED), [])
    author, agency = _authors(tree, metas, article, outlet)
    free = linked_data.texts(article.get("isAccessibleForFree")) or (article.get("isAccessibleForFree"),)
    complete = str(free[0]).lower() != "false"
    if not complete:
        unsure.append("the page says that it is not free to read, so the text may be cut")
    return Facts(
        title=title,
        outlet=outlet,
        url=url,
        published=published,
        updated=updated if updated != published else None,
        author=author,
        agency=agency,
        language=_language(tree, metas, article),
        complete=complete,
        unsure=tuple(unsure),
    )


def _metas(tree: HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = " ".join((element.get("content") or "").split())
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return {name: tuple(contents) for name, contents in found.items()}


def _first(
    metas: dict[str, tuple[str, ...]], article: linked_data.Node, keys: Iterable[str], names: Iterable[str]
) -> tuple[str, ...]:
    """All that JSON-LD and then the meta elements say, in order of trust."""
    linked = [text for key in keys for text in linked_data.texts(article.get(key))]
    return (*linked, *(text for name in names for text in metas.get(name, ())))


def visible(element: HtmlElement) -> str:
    """The text of an element, white space levelled."""
    return " ".join("".join(element.itertext(with_tail=False)).split())


# --- title


def _title(
    tree: HtmlElement,
    metas: dict[str, tuple[str, ...]],
    article: linked_data.Node,
    outlet: str | None,
    unsure: list[str],
) -> str | None:
    declared = [_without_site(text, outlet) for text in _first(metas, article, ("headline", "name"), _TITLES)]
    declared = [text for text in declared if text]
    heads = list(_headlines(tree, outlet))
    document = next((_without_site(visible(element), outlet) for element in tree.iter("title")), "")
    agreed = next((head for head in heads for text in declared if _alike(head, text)), None)
    if agreed is None and document:
        agreed = next((head for head in heads if _alike(head, document)), None)
    if agreed:
        return agreed
    if len(heads) == 1 and declared:
        unsure.append(f"the page's headline is “{heads[0][:90]}” but it names itself “{declared[0][:90]}”")
        return heads[0]
    for text in (*declared, *heads, document):
        if text:
            if not declared:
                unsure.append("the title is a guess from the page's headings")
            return text[:_LONGEST_TITLE]
    unsure.append("no title was found")
    return None


def _headlines(tree: HtmlElement, outlet: str | None) -> Iterator[str]:
    """First-level headings that can be a headline: not the site's name, not empty."""
    seen = set()
    for element in tree.xpath("//h1 | //*[@itemprop='headline'][not(self::meta)]"):
        text = visible(element)
        if (
            3 < len(text) <= _LONGEST_TITLE
            and text not in seen
            and normalise(text) != normalise(outlet or "")
        ):
            seen.add(text)
            yield text


def _alike(one: str, other: str) -> bool:
    """Whether two titles are one, apart from a cut end or an ellipsis."""
    x, y = (normalise(text).rstrip(".… ") for text in (one, other))
    shorter, longer = sorted((x, y), key=len)
    return bool(shorter) and (x == y or (len(shorter) > 20 and longer.startswith(shorter)))


def _without_site(text: str, outlet: str | None) -> str:
    """A document title without the outlet's name at one end."""
    bare = " ".join(text.split())
    name = normalise(outlet or "")
    for separator in _SEPARATORS:
        head, found, tail = bare.rpartition(separator)
        if found and name and _is_site(tail, name):
            return _without_site(head, outlet)
        first, found, rest = bare.partition(separator)
        if found and name and _is_site(first, name):
            return rest.strip()
    return bare


def _is_site(part: str, name: str) -> bool:
    other = normalise(part)
    if not other:
        return False
    shorter, longer = sorted((other, name), key=len)
    return shorter in longer and 2 * len(shorter) >= len(longer)


# --- outlet, address


def _outlet(
    tree: HtmlElement,
    metas: dict[str, tuple[str, ...]],
    documents: Sequence[Any],
    article: linked_data.Node,
    unsure: list[str],
) -> str | None:
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
    for text in (*linked, *marked, *metas_say[:1], *sites, *metas_say[1:]):
        clean = " ".join(_COPYRIGHT.sub("", text).split())
        if 1 < len(clean) <= 80 and not clean.startswith(("http://", "https://", "@")):
            return clean
    return _outlet_from_home(tree, unsure)


def _host(url: str | None, unsure: list[str]) -> str | None:
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
            if 2 < len(name) <= 60 and normalise(name) in document:
                unsure.append(f"the outlet’s name, {name}, is taken from the link to its front page")
                return name
    return None


def _address(
    tree: HtmlElement, metas: dict[str, tuple[str, ...]], article: linked_data.Node, address: str | None
) -> str | None:
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


# --- dates


def _published(
    tree: HtmlElement, metas: dict[str, tuple[str, ...]], article: linked_data.Node
) -> tuple[str, ...]:
    declared = _first(metas, article, ("datePublished", "dateCreated"), _PUBLISHED)
    times = tree.xpath(
        "//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content"
        " | //time[@pubdate]/@datetime | //time[contains(@class, 'publish')]/@datetime"
        " | //time[contains(@class, 'entry-date')]/@datetime"
    )
    others = tree.xpath("//header//time/@datetime | //article//time/@datetime | //time/@datetime")
    return (*declared, *map(str, times), *map(str, others[:1]))


def _moment(what: str, stated: tuple[str, ...], unsure: list[str]) -> datetime | None:
    """The first moment with a time zone; else a note about the one without."""
    naive = ""
    for text in stated:
        moment = parse_moment(text)
        if moment is not None and moment.tzinfo is not None:
            return moment
        if moment is not None and not naive:
            naive = moment.isoformat(timespec="minutes")
    if naive:
        unsure.append(f"the page gives {naive} as the time of {what}, without a time zone")
    return None


def _day_only(tree: HtmlElement, url: str | None) -> str:
    from htmldate import find_date

    day = find_date(tree, original_date=True, url=url)
    if day:
        return f"the page gives {day} as the day of publication, without a time"
    return "no time of publication was found; give it with --published"


# --- author, language


def _authors(
    tree: HtmlElement, metas: dict[str, tuple[str, ...]], article: linked_data.Node, outlet: str | None
) -> tuple[str | None, str | None]:
    people: list[str] = []
    agency: str | None = next(iter(linked_data.names(article.get("sourceOrganization"))), None)
    credited = article.get("author") or article.get("creator") or ()
    for value in credited if isinstance(credited, list) else [credited]:
        is_body = isinstance(value, dict) and any("Organization" in kind for kind in linked_data.types(value))
        for name in linked_data.names(value):
            if is_body and normalise(name) != normalise(outlet or ""):
                agency = agency or name
            elif not is_body:
                people.append(name)
    if not people:
        people = [text for name in _AUTHORS for text in metas.get(name, ())][:1]
    if not people:
        people = [visible(element) for element in tree.xpath("//*[@rel='author'] | //*[@itemprop='author']")][
            :1
        ]
    clean = [_BY.sub("", " ".join(name.split())) for name in people]
    clean = [
        name
        for name in clean
        if 1 < len(name) <= 120 and "://" not in name and normalise(name) != normalise(outlet or "")
    ]
    return ", ".join(dict.fromkeys(clean)) or None, agency if normalise(agency or "") != normalise(
        outlet or ""
    ) else None


def _language(tree: HtmlElement, metas: dict[str, tuple[str, ...]], article: linked_data.Node) -> str | None:
    root = tree.xpath(
        "/html/@lang | /html/@xml:lang", namespaces={"xml": "http://www.w3.org/XML/1998/namespace"}
    )
    linked = linked_data.texts(article.get("inLanguage"))
    for text in (
        *map(str, root[:1]),
        *linked,
        *metas.get("og:locale", ()),
        *metas.get("content-language", ()),
    ):
        match = _TAG.fullmatch(text.strip())
        if match:
            first, *rest = re.split("[-_]", match[0])
            return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
    return None
