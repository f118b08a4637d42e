"""Text and Markdown files, as typed or pasted → a draft."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath

from compare.errors import FetchError, SourceError
from compare.extract.dates import parse_moment
from compare.extract.decoding import decode
from compare.extract.html import with_language
from compare.extract.model import Draft, Facts
from compare.extract.publisher import clean_address
from compare.readers import front_matter, markdown
from compare.readers.blocks import Piece

_ENDS = ".!?…:;。！？؟"
_KEYS = ("title", "outlet", "url", "author", "agency", "language")
_BULLET = re.compile(r"[-*•‣–]\s+(\S.*)")


def read_text(content: bytes, *, name: str = "") -> Draft:
    """The article in a text or Markdown file; front matter is understood when it is there.

    Args:
        content: The file.
        name: Its name; ``.md`` and ``.markdown`` are Markdown, anything else is plain text unless
            it has front matter or starts with a Markdown heading.

    Raises:
        FetchError: There is no text in it.
    """
    text, note = decode(content)
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff\n")
    stated, body = _parts(text, name)
    suffix = PurePath(name).suffix.lower()
    is_markdown = suffix in (".md", ".markdown") or bool(stated) or body.startswith("# ")
    pieces = list(markdown.pieces(body, name)) if is_markdown else _plain(body)
    unsure: list[str] = [note] if note else []
    title = _text(stated.get("title"))
    if title is None:
        title = _take_title(pieces, unsure)
    if not pieces:
        raise FetchError("there is no text in it", path=name or None)
    facts = _facts(stated, title, unsure)
    body_text = "\n\n".join(piece.text for piece in pieces)
    return Draft(with_language(facts, body_text), tuple(pieces), content, ".md" if is_markdown else ".txt")


def _facts(stated: dict[str, object], title: str | None, unsure: list[str]) -> Facts:
    known = {key: _text(stated.get(key)) for key in _KEYS} | {"title": title}
    if known["url"] is not None:
        known["url"] = clean_address(known["url"])
    facts = Facts(**known, complete=stated.get("complete") != "false")  # type: ignore[arg-type]
    published, updated = (_moment(stated, key, unsure) for key in ("published", "updated"))
    facts = replace(facts, published=published, updated=updated)
    if facts.outlet is None:
        unsure.append("no outlet was found; name it with --outlet")
    if facts.published is None and "published" not in stated:
        unsure.append("no time of publication was found; give it with --published")
    return replace(facts, unsure=tuple(unsure))


def _moment(stated: dict[str, object], key: str, unsure: list[str]) -> datetime | None:
    text = _text(stated.get(key))
    moment = parse_moment(text) if text else None
    if moment is not None and moment.tzinfo is not None:
        return moment
    if text:
        what = "publication" if key == "published" else "update"
        unsure.append(f"the file gives {text[:40]} as the time of {what}, without a time zone")
    return None


def _parts(text: str, name: str) -> tuple[dict[str, object], str]:
    """What the front matter says, and the body; all of it body when there is none."""
    if not text.startswith("---\n"):
        return {}, text
    try:
        parts = front_matter.split(text, name, [])
    except SourceError:
        return {}, text
    return {key: entry.value for key, entry in parts.entries.items()}, parts.body


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _take_title(pieces: list[Piece], unsure: list[str]) -> str | None:
    """The first heading, or a first line that does not end like a sentence; taken out of the body."""
    if not pieces:
        return None
    first = pieces[0]
    if first.kind == "heading" or (len(pieces) > 1 and len(first.text) < 160 and first.text[-1] not in _ENDS):
        if first.kind != "heading":
            unsure.append("the first line is taken as the title")
        pieces.pop(0)
        return first.text
    unsure.append("no title was found")
    return None


def _plain(text: str) -> list[Piece]:
    """Paragraphs parted by blank lines, or by every line end when there is no blank line."""
    lines = text.split("\n")
    chunks = re.split(r"\n[ \t]*\n", text) if "\n\n" in text.replace(" ", "") else lines
    pieces: list[Piece] = []
    for chunk in chunks:
        bullets = [_BULLET.fullmatch(line.strip()) for line in chunk.split("\n") if line.strip()]
        if bullets and all(bullets):
            pieces += [Piece("item", " ".join(bullet[1].split()), 1) for bullet in bullets if bullet]
        elif chunk.strip():
            pieces.append(Piece("paragraph", " ".join(chunk.split())))
    return pieces
