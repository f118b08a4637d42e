"""Atom feed and sitemap. Both want whole addresses, so a site without one has neither."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from compare.model import Site
from compare.pages.cards import StoryCard

_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_MOST = 50
_NO_DATE = "1970-01-01T00:00:00+00:00"


def atom(site: Site, stories: Sequence[StoryCard]) -> bytes:
    """The newest stories (RFC 4287). No clock is read: a story is as new as its newest article."""
    base = site.url or ""
    feed = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": site.language})
    newest = stories[:_MOST]
    _add(feed, "title", site.title)
    _add(feed, "id", base)
    _add(feed, "updated", max((_moment(story) for story in newest), default=_NO_DATE))
    _add(feed, "link", rel="self", href=base + "feed.xml")
    _add(feed, "link", rel="alternate", href=base)
    author = ElementTree.SubElement(feed, "author")
    _add(author, "name", site.title)
    for story in newest:
        entry = ElementTree.SubElement(feed, "entry")
        href = f"{base}stories/{story.id}/index.html"
        _add(entry, "title", story.title)
        _add(entry, "id", href)
        _add(entry, "updated", _moment(story))
        _add(entry, "link", rel="alternate", href=href)
        for tag in story.tags:
            _add(entry, "category", term=tag)
        _add(entry, "summary", ", ".join(card.outlet.name for card in story.outlets))
    return _xml(feed)


def sitemap(site: Site, stories: Sequence[StoryCard]) -> bytes:
    """Every page that a search engine should know (sitemaps.org 0.9)."""
    paths = ["index.html", "outlets/index.html", "method/index.html"]
    outlets = {card.outlet.id for story in stories for card in story.outlets}
    paths += [f"outlets/{outlet}/index.html" for outlet in outlets]
    paths += [entry.path for entry in site.menu]
    for story in stories:
        paths += [f"stories/{story.id}/index.html", f"stories/{story.id}/side-by-side/index.html"]
        paths += [f"stories/{story.id}/{card.article}/index.html" for card in story.outlets]
    top = ElementTree.Element("urlset", {"xmlns": _SITEMAP})
    for path in sorted(paths):
        _add(ElementTree.SubElement(top, "url"), "loc", (site.url or "") + path)
    return _xml(top)


def _moment(story: StoryCard) -> str:
    when = story.updated or story.date
    return _NO_DATE if when is None else when if "T" in when else f"{when}T00:00:00+00:00"


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> None:
    ElementTree.SubElement(parent, tag, attributes).text = text if text is None else _allowed(text)


def _allowed(text: str) -> str:
    """Without the control characters that XML 1.0 cannot hold."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))


def _xml(top: ElementTree.Element) -> bytes:
    body: bytes = ElementTree.tostring(top, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"
