"""Title, outlet, dates, author and language of a page: JSON-LD, then meta elements, then what is visible.

Where two places disagree, the more deliberate one is taken and the disagreement is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from typing import Any

from lxml.html import HtmlElement

from compare.intake.extract import linked_data
from compare.intake.extract.bylines import bylines
from compare.intake.extract.dates import is_possible, parse_moment
from compare.intake.extract.headline import read_title
from compare.intake.extract.model import Facts
from compare.intake.extract.people import read_names
from compare.intake.extract.publisher import outlet_from_host, read_address, read_outlet
from compare.intake.extract.values import Metas, read_metas, stated
from compare.model import WholeDay, on_one_clock
from compare.text import normalise
from compare.text.agencies import is_agency

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_DAY_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/-])")
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
    published = read_moment("publication", _published(tree, metas, article), unsure)
    updated = read_moment("update", stated(metas, article, ("dateModified",), _UPDATED), [])
    if published is None:
        published = _guessed_day(tree, url, unsure)
    updated = _doubt_order(published, updated, url, unsure)
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
        updated=updated,
        author=author,
        agency=agency,
        language=_language(tree, metas, article),
        complete=complete,
        unsure=tuple(unsure),
    )


def _published(tree: HtmlElement, metas: Metas, article: linked_data.Node) -> Iterator[str]:
    """What may be the time of publication, the more deliberate first; looked for only as it is asked."""
    yield from stated(metas, article, ("datePublished", "dateCreated"), _PUBLISHED)
    times = tree.xpath(
        "//*[@itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content"
        " | //time[@pubdate]/@datetime | //time[contains(@class, 'publish')]/@datetime"
        " | //time[contains(@class, 'entry-date')]/@datetime"
    )
    yield from map(str, times)
    others = tree.xpath("//header//time/@datetime | //article//time/@datetime | //time/@datetime")
    yield from map(str, others[:1])


def read_moment(what: str, stated: Iterable[str], unsure: list[str]) -> datetime | None:
    """The first moment with a time zone, of the first day that is told; else that day.

    Args:
        what: “publication” or “update”.
        stated: What the page says, the more deliberate first.
        unsure: Takes doubts.
    """
    found: datetime | None = None
    for text in stated:
        moment = parse_moment(text)
        if moment is None:
            continue
        if not is_possible(moment):
            unsure.append(f"the page gives {text.strip()[:40]} as the time of {what}, which cannot be")
        elif found is not None and abs((moment.date() - found.date()).days) > 1:
            continue
        elif moment.tzinfo is not None and not isinstance(moment, WholeDay):
            return moment
        elif found is None or isinstance(found, WholeDay):
            found = moment
    if found is not None and not isinstance(found, WholeDay):
        when = found.isoformat(timespec="minutes")
        unsure.append(
            f"the page gives {when} as the time of {what}, without a time zone; only the day is taken"
        )
        return WholeDay.of(found.date())
    return found


def _guessed_day(tree: HtmlElement, url: str | None, unsure: list[str]) -> datetime | None:
    """The day of publication as the page's address or text tells it."""
    from htmldate import find_date

    # Its extensive search takes the years of copyright lines and costs more than all the rest.
    day = find_date(tree, original_date=True, extensive_search=False, url=url)
    if not day:
        unsure.append("no time of publication was found; give it with --published")
        return None
    unsure.append(f"the day of publication, {day}, is a guess from the page’s text or address")
    return WholeDay.of(date.fromisoformat(day))


def _doubt_order(
    published: datetime | None, updated: datetime | None, url: str | None, unsure: list[str]
) -> datetime | None:
    """The update, unless it is the publication or before it; and a doubt when that seems to be an update."""
    told = _DAY_IN_ADDRESS.search(url or "")
    if told and published is not None:
        in_address = f"{told[1]}-{told[2]:0>2}-{told[3]:0>2}"
        if published.date().isoformat() > in_address and parse_moment(in_address) is not None:
            days = published.date() - date.fromisoformat(in_address)
            if days.days > 1:
                unsure.append(f"the address says {in_address}, so the time of publication may be an update’s")
    if published is None or updated is None:
        return updated
    first, second = on_one_clock([published, updated])
    if second < first:
        unsure.append(f"the page says that it was updated at {updated.isoformat()}, before its publication")
    return updated if second > first else None


def _authors(
    tree: HtmlElement, metas: Metas, article: linked_data.Node, outlet: str | None
) -> tuple[str | None, str | None]:
    """Who is credited: the people that the first telling place names, and the agency that any place does."""
    credited = article.get("author") or article.get("creator") or ()
    people: list[str] = []
    bodies = list(linked_data.names(article.get("sourceOrganization")))
    for value in credited if isinstance(credited, list) else [credited]:
        is_body = isinstance(value, dict) and any("Organization" in kind for kind in linked_data.types(value))
        (bodies if is_body else people).extend(linked_data.names(value))
    agency = next((name for name in bodies if normalise(name) != normalise(outlet or "")), None)
    owner = normalise(" ".join(metas.get("copyright", ())))
    told = [text for name in _AUTHORS for text in metas.get(name, ())]
    publisher = next(iter(linked_data.names(article.get("publisher"))), None)
    if publisher and is_agency(publisher) and normalise(publisher) != normalise(outlet or ""):
        agency = agency or publisher
    for texts in chain((people, told), bylines(tree)):
        named = [read_names(text, outlet) for text in texts]
        agency = agency or next((one for _, one in named if one), None)
        names = list(dict.fromkeys(name for some, _ in named for name in some))
        names = [name for name in names if normalise(name) not in owner] or names
        if names:
            return ", ".join(names), None if agency in names else _other(agency, outlet)
    return None, _other(agency, outlet)


def _other(agency: str | None, outlet: str | None) -> str | None:
    return agency if normalise(agency or "") != normalise(outlet or "") else None


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
