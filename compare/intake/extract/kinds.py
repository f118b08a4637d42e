"""Telling what some bytes are, and reading them as that."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import Literal

from compare.errors import PASTE, FetchError
from compare.intake.extract import linked_data
from compare.intake.extract.body import stated_pieces
from compare.intake.extract.decoding import decode
from compare.intake.extract.feed import Entry, choose, read_feed
from compare.intake.extract.html import read_page
from compare.intake.extract.language import in_its_language
from compare.intake.extract.metadata import read_facts
from compare.intake.extract.model import Draft, Facts
from compare.intake.extract.page import Page, parse
from compare.intake.extract.plain import read_text
from compare.intake.received import Received, charset_of
from compare.model import WholeDay
from compare.text import words

Follow = Callable[[str], tuple[Draft, ...]]
Kind = Literal["page", "feed", "archive", "json", "text"]

_SNIFFED = 2048
_TEXT_SUFFIXES = (".md", ".markdown", ".txt", ".text")
_FEED = re.compile(rb"<(?:rss|feed|(?:rdf:)?RDF)[\s>]")
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|div|p|meta|table|title|h1)[\s/>]", re.IGNORECASE
)
_BINARIES = {
    b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"\x7fELF": "a program",
    b"PK\x03\x04": "a ZIP file or an office document",
}  # fmt: skip
_FULL_ENTRY_WORDS = 80
_MOST_RECORDS = 5000
_LARGEST_PAGE = 10_000_000


def tell(content: bytes, *, name: str = "", media: str = "") -> Kind:
    """What some bytes are, from the bytes first, then their name and media type.

    Raises:
        FetchError: They are empty or nothing that holds text.
    """
    head = content[:_SNIFFED]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise FetchError("it is empty", path=name or None, hint=f"save the page again, or {PASTE}")
    if start.startswith(b"WARC/") or head.startswith(b"\x1f\x8b"):
        return "archive"
    is_utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    what = next((what for mark, what in _BINARIES.items() if start.startswith(mark)), None)
    if what or (b"\x00" in head and not is_utf16):
        told = f"this is {what or 'a binary file'}, not a page or a text"
        raise FetchError(told, path=name or None, hint=PASTE)
    suffix, head = PurePath(name).suffix.lower(), head.replace(b"\x00", b"")
    if suffix in _TEXT_SUFFIXES:
        return "text"
    if suffix == ".json" or "json" in media or (start[:1] in b"{[" and b'"@type"' in head):
        return "json"
    if _FEED.search(head) and not re.search(rb"<html[\s>]", head, re.IGNORECASE):
        return "feed"
    if _MARKUP.search(head) or suffix in (".html", ".htm", ".xhtml") or "html" in media:
        return "page"
    return "text"


def read(received: Received, entry: str | None = None, follow: Follow | None = None) -> tuple[Draft, ...]:
    """The articles in some bytes: one, or of an archive one for each page.

    Args:
        received: The bytes.
        entry: Which entry of a feed: a number from 1, an address or words of the title.
        follow: Brings in the page of a feed entry that carries no full text.

    Raises:
        FetchError: There is no article in them.
    """
    content, name = received.content, received.name
    try:
        match tell(content, name=name, media=received.media):
            case "json":
                return (_from_json(content),)
            case "text":
                return (read_text(content, name),)
            case "archive":
                return _from_archive(content)
            case "feed":
                return _from_feed(content, choose(read_feed(content), entry), follow)
            case "page":
                return (read_page(content, address=received.address, charset=received.charset),)
    except FetchError as error:
        raise FetchError(error.message, path=error.path or name, hint=error.hint) from error


def _from_json(content: bytes) -> Draft:
    """The article that a schema.org ``NewsArticle`` describes."""
    document = linked_data.parse(decode(content)[0])
    if document is None:
        raise FetchError("the file is no valid JSON", hint=PASTE)
    nodes = list(linked_data.nodes(document))
    page = Page(parse("<html></html>"), {}, nodes, linked_data.find_article(nodes))
    if not page.article:
        hint = 'it needs an object with "@type": "NewsArticle", a headline and an articleBody'
        raise FetchError("the JSON has no schema.org article", hint=hint)
    pieces = stated_pieces(linked_data.body_text(page.article))
    if not pieces:
        raise FetchError("the JSON’s article has no articleBody", hint=PASTE)
    return in_its_language(Draft(read_facts(page, None), pieces, content, ".json"))


def _from_archive(content: bytes) -> tuple[Draft, ...]:
    drafts: list[Draft] = []
    refused: list[FetchError] = []
    for page in _archived(content):
        try:
            drafts.append(read_page(page.content, address=page.address, charset=page.charset))
        except FetchError as error:
            refused.append(error)
    if not drafts:
        hint = str(refused[0]) if refused else "it holds no HTML page that was answered with status 200"
        raise FetchError("no article was found in the archive", hint=hint)
    return tuple(drafts)


def _archived(content: bytes) -> Iterator[Received]:
    """The HTML pages of a web archive (``.warc``, ``.warc.gz``) that were answered with status 200."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(content))):
            if number >= _MOST_RECORDS:
                return
            headers = record.http_headers
            if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
                continue
            media = (headers.get_header("Content-Type") or "").lower()
            if "html" not in media:
                continue
            page = record.content_stream().read(_LARGEST_PAGE + 1)
            if len(page) > _LARGEST_PAGE:
                raise FetchError("a page in the archive is over 10 MB", hint=PASTE)
            url = record.rec_headers.get_header("WARC-Target-URI")
            yield Received(page, address=url, charset=charset_of(media))
    except (ArchiveLoadFailed, EOFError, zlib.error, ValueError, OSError) as error:
        raise FetchError("the archive is damaged", hint="capture the page again") from error


def _from_feed(content: bytes, entry: Entry, follow: Follow | None) -> tuple[Draft, ...]:
    """The entry's own text when it is whole, else the page that it points to, completed from the entry."""
    url = entry.facts.url
    is_whole = len(words(re.sub(r"<[^<>]*>", " ", entry.content[:50_000]))) >= _FULL_ENTRY_WORDS
    if follow is not None and url is not None and not is_whole:
        return tuple(replace(draft, facts=_completed(draft.facts, entry.facts)) for draft in follow(url))
    page = f"<html><head><title></title></head><body><article>{entry.content}</article></body></html>"
    draft = read_page(page.encode())
    left = [doubt for doubt in draft.facts.unsure if doubt.about == "left out"]
    return (in_its_language(Draft(entry.facts.doubting(*left), draft.pieces, content, ".xml")),)


def _completed(page: Facts, entry: Facts) -> Facts:
    """What a page says, with what only the feed that led to it tells."""
    if entry.published is not None and (page.published is None or isinstance(page.published, WholeDay)):
        page = page.settling(published=entry.published).doubting(*entry.unsure)
    missing = {key: getattr(page, key) or getattr(entry, key) for key in ("author", "agency", "title")}
    return replace(page, **missing)
