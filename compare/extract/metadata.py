"""Title, outlet, dates, author and language of a page: JSON-LD, then meta elements, then what is visible.

Where two places disagree, the more deliberate one is taken and the disagreement is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lxml.html import HtmlElement

from compare.extract import linked_data
from compare.extract.dates import parse_moment
from compare.extract.headline import read_title
from compare.extract.model import Facts
from compare.extract.publisher import outlet_from_host, read_address, read_outlet
from compare.extract.values import Metas, read_metas, stated, visible
from compare.text import normalise

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_BY = re.compile(r"^(?:by|por|von|par|di|yazan|من|作者[:：]?|文[/／])\s+", re.IGNORECASE)
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
    metas = read_metas(tree)
    unsure: list[str] = []
    url = read_address(tree, metas, article, address)
    outlet = read_outlet(tree, metas, documents, article, unsure) or outlet_from_host(url, unsure)
    title = read_title(tree, metas, article, outlet, unsure)
    published = _moment("publication", _published(tree, metas, article), unsure)
    if published is None and not any("publication" in note for note in unsure):
        unsure.append(_day_only(tree, url))
    updated = _moment("update", stated(metas, article, ("dateModified",), _UPDATED), [])
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


def _published(tree: HtmlElement, metas: Metas, article: linked_data.Node) -> tuple[str, ...]:
    declared = stated(metas, article, ("datePublished", "dateCreated"), _PUBLISHED)
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


def _authors(
    tree: HtmlElement, metas: Metas, article: linked_data.Node, outlet: str | None
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


def _language(tree: HtmlElement, metas: Metas, article: linked_data.Node) -> str | None:
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
