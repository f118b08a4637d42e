"""Title, outlet, dates, author and language of a page: JSON-LD, then meta elements, then what is visible.

Where two places disagree, the more deliberate one is taken and the disagreement is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain

from compare.intake.extract import linked_data
from compare.intake.extract.dates import read_moment
from compare.intake.extract.model import NO_TIME, Doubt, Facts
from compare.intake.extract.naming import read_address, read_outlet, read_title
from compare.intake.extract.page import Page
from compare.intake.extract.people import bylines, read_names
from compare.model import WholeDay, on_one_clock
from compare.text import normalise
from compare.text.agencies import is_agency

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date", "date", "pubdate", "publishdate",
)  # fmt: skip
_UPDATED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified")
_AUTHORS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl",
)  # fmt: skip


def read_facts(page: Page, address: str | None) -> Facts:
    """What the page says about its article.

    Args:
        page: The whole page.
        address: Where it was fetched from, if known.
    """
    url = read_address(page, address)
    outlet, of_outlet = read_outlet(page, url)
    title, of_title = read_title(page, outlet)
    published, of_time = _published(page, url)
    stated = page.stated(("dateModified",), _UPDATED)
    updated, of_order = _updated(published, read_moment("updated", stated)[0])
    author, agency = _authors(page, outlet)
    free = page.article.get("isAccessibleForFree")
    complete = str((*linked_data.texts(free), free)[0]).lower() != "false"
    facts = Facts(
        title=title, outlet=outlet, url=url, published=published, updated=updated, author=author,
        agency=agency, language=_language(page), complete=complete,
        unsure=(*of_outlet, *of_title, *of_time, *of_order),
    )  # fmt: skip
    doubt = Doubt("complete", "the page says that it is not free to read, so the text may be cut")
    return facts if complete else facts.doubting(doubt)


def _published(page: Page, url: str | None) -> tuple[datetime | None, tuple[Doubt, ...]]:
    """The time of publication, or its day as the page's address or text tells it."""
    found, doubts = read_moment("published", _times(page))
    if found is not None:
        return found, doubts
    from htmldate import find_date

    # Its extensive search takes the years of copyright lines and costs more than all the rest.
    day = find_date(page.tree, original_date=True, extensive_search=False, url=url)
    if not day:
        return None, (*doubts, NO_TIME)
    doubt = f"the day of publication, {day}, is a guess from the page’s text or address"
    return WholeDay.of(date.fromisoformat(day)), (*doubts, Doubt("published", doubt))


def _times(page: Page) -> Iterator[str]:
    """What may be the time of publication, the more deliberate first; looked for only as it is asked."""
    yield from page.stated(("datePublished", "dateCreated"), _PUBLISHED)
    told = (
        "//*[@itemprop='datePublished']/@datetime | //time[@pubdate or contains(@class, 'publish')]/@datetime"
    )
    for path in (told, "//time/@datetime"):
        yield from map(str, page.tree.xpath(path)[:1])


def _updated(
    published: datetime | None, updated: datetime | None
) -> tuple[datetime | None, tuple[Doubt, ...]]:
    """The update, unless it is the publication; and a doubt when it is before that."""
    if published is None or updated is None:
        return updated, ()
    first, second = on_one_clock([published, updated])
    if second < first:
        doubt = f"the page says that it was updated at {updated.isoformat()}, before its publication"
        return None, (Doubt("published", doubt),)
    return updated if second > first else None, ()


def _authors(page: Page, outlet: str | None) -> tuple[str | None, str | None]:
    """Who is credited: the people that the first telling place names, and the agency that any place does."""
    article = page.article
    credited = article.get("author") or article.get("creator") or ()
    people: list[str] = []
    bodies: list[str] = []
    for value in credited if isinstance(credited, list) else [credited]:
        is_body = isinstance(value, dict) and any("Organization" in kind for kind in linked_data.types(value))
        (bodies if is_body else people).extend(linked_data.names(value))
    bodies += [name for name in linked_data.names(article.get("publisher"))[:1] if is_agency(name)]
    own = normalise(outlet or "")
    agency = next((name for name in bodies if normalise(name) != own), None)
    owner = normalise(" ".join(page.metas_of(["copyright"])))
    names: list[str] = []
    for texts in chain((people, page.metas_of(_AUTHORS)), bylines(page.tree)):
        read = [read_names(text, outlet) for text in texts]
        agency = agency or next((one for _, one in read if one), None)
        names = list(dict.fromkeys(name for some, _ in read for name in some))
        names = [name for name in names if normalise(name) not in owner] or names
        if names:
            break
    is_other = agency not in names and normalise(agency or "") != own
    return ", ".join(names) or None, agency if is_other else None


def _language(page: Page) -> str | None:
    xml = {"xml": "http://www.w3.org/XML/1998/namespace"}
    root = map(str, page.tree.xpath("/html/@lang | /html/@xml:lang", namespaces=xml)[:1])
    for text in (*root, *page.stated(("inLanguage",), ("og:locale", "content-language"))):
        if match := _TAG.fullmatch(text.strip()):
            first, *rest = re.split("[-_]", match[0])
            return "-".join([first.lower(), *(part.upper() if len(part) == 2 else part for part in rest)])
    return None
