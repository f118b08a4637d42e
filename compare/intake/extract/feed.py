"""RSS and Atom feeds → their entries."""

from __future__ import annotations

import html as entities
import re
from typing import Any, NamedTuple

from lxml import etree

from compare.errors import FetchError
from compare.intake.extract.dates import read_moment
from compare.intake.extract.model import NO_TIME, Doubt, Facts
from compare.intake.extract.naming import clean_address
from compare.intake.extract.people import read_names
from compare.model import WholeDay

_PARTS = re.compile(r" [-–—|»›:·•] | ?[|»›] ?|: ")
_GENERIC = frozenset(
    """all latest top breaking local world recent rss atom news headlines stories articles posts feed home
    homepage front page updates 2.0 aktuell nachrichten schlagzeilen startseite actualités à la une últimas
    noticias notícias portada ultime notizie nieuws nyheter haberler""".split()  # noqa: SIM905
)
_FEED_WORD = re.compile(r" (?:rss|atom|feed|rss feed|rss-feed)$", re.IGNORECASE)
_TAG = re.compile(r"</?(?:em|i|b|strong|span|a|br|su[bp]|small|p|div)(?:\s[^<>]{0,300})?/?>", re.IGNORECASE)
_PAGES = "add the pages themselves, by their addresses or as saved files"
_MOST_ENTRIES = 2000
_CONTENT = ("encoded", "content", "description", "summary")


class Entry(NamedTuple):
    """What a feed says of one entry, and the longest HTML that it carries for it, or ""."""

    facts: Facts
    content: str


def read_feed(content: bytes) -> list[Entry]:
    """The entries of a feed in its order.

    Raises:
        FetchError: It is no feed, or has no entry.
    """
    parser = etree.XMLParser(resolve_entities=False, recover=True)
    try:
        root = etree.fromstring(content, parser=parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FetchError("the feed is no well-formed XML", hint=_PAGES) from error
    every = [] if root is None else list(root.iter())
    channel = next((element for element in every if _local(element) == "channel"), root)
    found = [element for element in every if _local(element) in ("item", "entry")]
    if not found:
        raise FetchError("the feed has no entry", hint=_PAGES)
    outlet = _outlet(_text(channel, "title"))
    return [_entry(element, outlet) for element in found[:_MOST_ENTRIES]]


def choose(entries: list[Entry], wanted: str | None) -> Entry:
    """The entry with a number from 1, an address, or words of its title.

    Raises:
        FetchError: None or several fit; the message lists what there is.
    """
    if wanted is not None and wanted.isdecimal() and 1 <= int(wanted) <= len(entries):
        return entries[int(wanted) - 1]
    sought = (wanted or "").casefold()
    fits = [one for one in entries if wanted == one.facts.url or sought in (one.facts.title or "").casefold()]
    if len(fits) == 1:
        return fits[0]
    listing = "; ".join(f"{at} {(one.facts.title or '')[:60]}" for at, one in enumerate(entries[:12], 1))
    what = f"the feed has {len(entries)} entries" if wanted is None else f"{len(fits)} entries fit “{wanted}”"
    hint = "choose one with --entry NUMBER or words of its title"
    raise FetchError(f"{what}: {listing}", hint=hint)


def _entry(element: Any, outlet: str | None) -> Entry:
    addresses = [
        child.get("href") or "".join(child.itertext()).strip()
        for child in element
        if _local(child) == "link" and child.get("rel") in (None, "alternate")
    ]
    dates = [text for key in ("pubDate", "published", "date", "updated") if (text := _text(element, key))]
    published, doubts = read_moment("published", dates)
    if dates and (published is None or isinstance(published, WholeDay)):
        told = f"the feed gives “{dates[0][:60]}” as the time of publication, without a known time zone"
        doubts = (Doubt("published", told),)
    elif published is None:
        doubts = (NO_TIME,)
    contents = [_markup(child) for child in element if _local(child) in _CONTENT]
    credited = [
        read_names(_text(child, "name") or _plain("".join(child.itertext())), outlet)
        for child in element
        if _local(child) in ("creator", "author")
    ]
    facts = Facts(
        title=_text(element, "title"),
        outlet=outlet,
        url=next(filter(None, map(clean_address, addresses)), None),
        published=published,
        author=", ".join(dict.fromkeys(name for names, _ in credited for name in names)) or None,
        agency=next((agency for _, agency in credited if agency), None),
        unsure=doubts,
    )
    return Entry(facts, max(contents, key=len, default=""))


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
