"""RSS and Atom feeds → their entries."""

from __future__ import annotations

import html as entities
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from compare.errors import FetchError
from compare.extract.dates import parse_moment
from compare.extract.publisher import clean_address

_MOST_ENTRIES = 2000
_CONTENT = ("encoded", "content", "description", "summary")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    Attributes:
        title: As the feed gives it.
        url: The page it points to (http or https), or None.
        published: With time zone, or None.
        author: Or None.
        outlet: The feed's own title, or None.
        content: The longest HTML that the feed carries for it, or "".
    """

    title: str
    url: str | None
    published: datetime | None
    author: str | None
    outlet: str | None
    content: str


def read_feed(content: bytes, *, name: str | None = None) -> list[Entry]:
    """The entries of a feed in its order.

    Raises:
        FetchError: It is no feed, or has no entry.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True
    )
    try:
        root = etree.fromstring(content, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FetchError("the feed is no well-formed XML", path=name) from error
    if root is None:
        raise FetchError("the feed is empty", path=name)
    channel = next((element for element in root.iter() if _local(element) == "channel"), root)
    outlet = _text(channel, "title")
    found = [element for element in root.iter() if _local(element) in ("item", "entry")]
    if not found:
        raise FetchError("the feed has no entry", path=name)
    return [_entry(element, outlet) for element in found[:_MOST_ENTRIES]]


def choose(entries: list[Entry], wanted: str | None, *, name: str | None = None) -> Entry:
    """The entry with a number from 1, an address, or words of its title.

    Raises:
        FetchError: None or several fit; the message lists what there is.
    """
    if wanted is None:
        fits = entries
    elif wanted.isdecimal() and 1 <= int(wanted) <= len(entries):
        fits = [entries[int(wanted) - 1]]
    else:
        fits = [
            entry for entry in entries if wanted == entry.url or wanted.casefold() in entry.title.casefold()
        ]
    if len(fits) == 1:
        return fits[0]
    listing = "; ".join(f"{number} {entry.title[:60]}" for number, entry in enumerate(entries[:12], 1))
    what = f"the feed has {len(entries)} entries" if wanted is None else f"{len(fits)} entries fit “{wanted}”"
    raise FetchError(
        f"{what}: {listing}", path=name, hint="choose one with --entry NUMBER or words of its title"
    )


def _entry(element: Any, outlet: str | None) -> Entry:
    links = [child for child in element if _local(child) == "link"]
    addresses = [
        child.get("href") or "".join(child.itertext()).strip()
        for child in links
        if child.get("rel") in (None, "alternate")
    ]
    moments = [_moment(element, key) for key in ("pubDate", "published", "date", "updated")]
    contents = [_markup(child) for child in element if _local(child) in _CONTENT]
    author = next((child for child in element if _local(child) in ("creator", "author")), None)
    return Entry(
        title=_text(element, "title") or "",
        url=next(filter(None, map(clean_address, addresses)), None),
        published=next((moment for moment in moments if moment is not None), None),
        author=None
        if author is None
        else (_text(author, "name") or " ".join("".join(author.itertext()).split()) or None),
        outlet=outlet,
        content=max(contents, key=len, default=""),
    )


def _moment(element: Any, key: str) -> datetime | None:
    text = _text(element, key)
    moment = parse_moment(text) if text else None
    return moment if moment is not None and moment.tzinfo is not None else None


def _text(element: Any, name: str) -> str | None:
    """The text of a direct child, markup and white space levelled."""
    for child in element:
        if _local(child) == name:
            return " ".join(entities.unescape("".join(child.itertext())).split()) or None
    return None


def _markup(element: Any) -> str:
    if len(element):  # Atom with type="xhtml"
        return etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return "".join(element.itertext())


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
