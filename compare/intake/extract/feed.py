"""RSS and Atom feeds → their entries."""

from __future__ import annotations

import html as entities
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lxml import etree

from compare.errors import FetchError
from compare.intake.extract.metadata import read_moment
from compare.intake.extract.people import read_names
from compare.intake.extract.publisher import clean_address
from compare.model import WholeDay

_PARTS = re.compile(r" [-–—|»›:·•] | ?[|»›] ?|: ")
_GENERIC = frozenset(
    """all latest top breaking local world recent rss atom news headline headlines stories articles posts
    feed feeds home
    homepage front page update updates 2.0 aktuell aktuelle aktuelles nachrichten schlagzeilen meldungen
    startseite actualité
    actualités à la une toute l’actualité últimas noticias notícias portada ultime notizie nieuws nyheter
    haberler son
    dakika""".split()  # noqa: SIM905
)
_FEED_WORD = re.compile(r" (?:rss|atom|feed|rss feed|rss-feed)$", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:em|i|b|strong|span|a|br|sub|sup|small|q|cite|p|font|u|mark|div)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_PAGES = "add the pages themselves, by their addresses or as saved files"
_MOST_ENTRIES = 2000
_CONTENT = ("encoded", "content", "description", "summary")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed.

    Attributes:
        title: As the feed gives it.
        url: The page it points to (http or https), or None.
        published: With time zone, a day, or None.
        author: Or None.
        agency: Or None.
        outlet: The feed's own title without “RSS feed” and the like, or None.
        content: The longest HTML that the feed carries for it, or "".
        unsure: What to look at again.
    """

    title: str
    url: str | None
    published: datetime | None
    author: str | None
    agency: str | None
    outlet: str | None
    content: str
    unsure: tuple[str, ...] = ()


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
        raise FetchError("the feed is no well-formed XML", path=name, hint=_PAGES) from error
    if root is None:
        raise FetchError("the feed is empty", path=name, hint=_PAGES)
    channel = next((element for element in root.iter() if _local(element) == "channel"), root)
    outlet = _outlet(_text(channel, "title"))
    found = [element for element in root.iter() if _local(element) in ("item", "entry")]
    if not found:
        raise FetchError("the feed has no entry", path=name, hint=_PAGES)
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
    unsure: list[str] = []
    dates = [text for key in ("pubDate", "published", "date", "updated") if (text := _text(element, key))]
    published = read_moment("publication", dates, unsure)
    if dates and (published is None or isinstance(published, WholeDay)):
        unsure = [f"the feed gives “{dates[0][:60]}” as the time of publication, without a known time zone"]
    elif published is None:
        unsure.append("no time of publication was found; give it with --published")
    contents = [_markup(child) for child in element if _local(child) in _CONTENT]
    named = [
        read_names(_text(child, "name") or _plain("".join(child.itertext())), outlet)
        for child in element
        if _local(child) in ("creator", "author")
    ]
    people = list(dict.fromkeys(name for names, _ in named for name in names))
    return Entry(
        title=_text(element, "title") or "",
        url=next(filter(None, map(clean_address, addresses)), None),
        published=published,
        author=", ".join(people) or None,
        agency=next((agency for _, agency in named if agency), None),
        outlet=outlet,
        content=max(contents, key=len, default=""),
        unsure=tuple(unsure),
    )


def _outlet(title: str | None) -> str | None:
    """A feed's title without the parts that say which feed of the outlet it is."""
    parts = [part.strip() for part in _PARTS.split(title or "")]
    kept = [part for part in parts if part and not _GENERIC.issuperset(part.lower().split())]
    return _FEED_WORD.sub("", kept[0]).strip() or kept[0] if kept else title


def _text(element: Any, name: str) -> str | None:
    """The text of a direct child, markup and white space levelled."""
    for child in element:
        if _local(child) == name:
            return _plain("".join(child.itertext())) or None
    return None


def _plain(text: str) -> str:
    """Text whose markup was escaped, once or twice."""
    return " ".join(entities.unescape(_TAG.sub("", entities.unescape(text))).split())


def _markup(element: Any) -> str:
    if len(element):  # Atom with type="xhtml"
        return etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return "".join(element.itertext())


def _local(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
