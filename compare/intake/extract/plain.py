"""Text and Markdown files, as typed or pasted → a draft."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePath
from textwrap import dedent

from compare.errors import PASTE, FetchError, SourceError
from compare.intake.extract import standing
from compare.intake.extract.dates import is_possible, parse_moment, read_moment
from compare.intake.extract.decoding import decode
from compare.intake.extract.language import in_its_language
from compare.intake.extract.model import NO_OUTLET, NO_TIME, NO_TITLE, Doubt, Draft, Facts, left_out
from compare.intake.extract.naming import clean_address
from compare.intake.extract.people import read_names
from compare.site.readers import front_matter, markdown
from compare.site.readers.blocks import Piece

_ENDS = ".!?…:;。！？؟"
_CLOSERS = "\"'”’»)]"
_STAMP = re.compile(r"^(?:first )?(?:published|posted|created)(?: on| at)?:?\s*", re.IGNORECASE)
_LONGEST_LINE = 100  # characters up to which a line may be wrapped by hand or by a mail program
_SHORT_LINE = 0.7  # share of the longest line, up to which one ends a paragraph
_WRAPPED = 0.3  # share of lines that break off, from which they are wrapped
_BULLET = re.compile(r"[-*•‣–]\s+(\S.*)")


def read_text(content: bytes, name: str) -> Draft:
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
    facts = Facts(unsure=(Doubt("encoding", note),) if note else ())
    title = _text(stated.get("title"))
    if title is None:
        facts = _take_title(pieces, facts)
    if not pieces:
        raise FetchError("there is no text in it", hint=PASTE)
    facts = _with_stated(facts if title is None else replace(facts, title=title), stated)
    if not stated:
        facts = _take_byline(pieces, facts)
    if not is_markdown:
        pieces, left = _without_standing(pieces)
        facts = facts.doubting(*left_out(left))
    if facts.published is None and "published" not in stated:
        facts = facts.doubting(NO_TIME)
    return in_its_language(Draft(facts, tuple(pieces), content, ".md" if is_markdown else ".txt"))


def _with_stated(facts: Facts, stated: dict[str, object]) -> Facts:
    """The facts with what front matter says; the title is there already."""
    said = {key: _text(stated.get(key)) for key in ("outlet", "author", "agency", "language")}
    url = clean_address(_text(stated.get("url")) or "")
    facts = facts.doubting(**said, url=url, complete=stated.get("complete") != "false")
    for key, what in (("published", "publication"), ("updated", "update")):
        if text := _text(stated.get(key)):
            moment, doubts = read_moment(key, [text])
            if parse_moment(text) is None:
                told = f"the file gives {text[:40]} as the time of {what}, which is no date that can be read"
                doubts = (Doubt(key, told), *doubts)
            facts = facts.doubting(*doubts, **{key: moment})
    return facts if facts.outlet is not None else facts.doubting(NO_OUTLET)


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


def _take_title(pieces: list[Piece], facts: Facts) -> Facts:
    """The facts with the first heading, or a first line that does not end like a sentence, as the title.

    It is taken out of the body.
    """
    if pieces and pieces[0].kind == "heading":
        return replace(facts, title=pieces.pop(0).text)
    if len(pieces) > 1 and len(pieces[0].text) < 160 and pieces[0].text[-1] not in _ENDS:
        doubt = Doubt("title", "the first line is taken as the title")
        return facts.doubting(doubt, title=pieces.pop(0).text)
    return facts.doubting(NO_TITLE)


def _take_byline(pieces: list[Piece], facts: Facts) -> Facts:
    """Facts with who wrote it and when, as short lines below the title tell it; taken out of the body."""
    while len(pieces) > 1 and standing.is_byline(pieces[0].text):
        line = pieces.pop(0).text
        moment = parse_moment(_STAMP.sub("", line).replace(",", ""))
        if moment is not None and facts.published is None and is_possible(moment):
            published, doubts = read_moment("published", [moment.isoformat()])
            facts = facts.doubting(*doubts, published=published)
        names, agency = read_names(line, facts.outlet) if standing.CREDIT.match(line) else ((), None)
        facts = replace(facts, author=facts.author or ", ".join(names) or None, agency=facts.agency or agency)
    return facts


def _without_standing(pieces: Sequence[Piece]) -> tuple[list[Piece], list[str]]:
    """Pasted text without the marks of advertisements, pointers and closing lines; and these."""
    left: list[str] = []
    kept: list[Piece] = []
    for piece in pieces:
        is_line = len(piece.text) < 160 and piece.text[-1] not in ".!"
        if standing.is_notice(piece.text) or (is_line and standing.is_pointer(piece.text)):
            left.append(piece.text)
        else:
            kept.append(piece)
    while len(kept) > 1 and standing.is_closing(kept[-1].text):
        left.append(kept.pop().text)
    return kept, left


def _plain(text: str) -> list[Piece]:
    """Paragraphs parted by blank lines or, where there is none, by the ends of lines that are not wrapped."""
    text = dedent(text.expandtabs(4))
    chunks = [chunk for chunk in re.split(r"\n[ ]*\n", text) if chunk.strip()]
    if len(chunks) == 1:
        chunks = _unwrapped([line for line in chunks[0].split("\n") if line.strip()])
    elif chunks:
        lines = chunks[0].strip().split("\n")  # a title and the lines below it
        if all(standing.is_byline(line.strip()) for line in lines[1:]):
            chunks[:1] = lines
    pieces: list[Piece] = []
    for chunk in chunks:
        bullets = [_BULLET.fullmatch(line.strip()) for line in chunk.split("\n") if line.strip()]
        if all(bullets):
            pieces += [Piece("item", " ".join(bullet[1].split()), 1) for bullet in bullets if bullet]
        else:
            pieces.append(Piece("paragraph", " ".join(chunk.split())))
    return pieces


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """Paragraphs of lines: each a paragraph, unless many break off in the middle of a sentence."""
    broken = sum(line.rstrip()[-1] not in _ENDS + _CLOSERS for line in lines[:-1])
    width = max(len(line.rstrip()) for line in lines)
    if width > _LONGEST_LINE or broken < _WRAPPED * len(lines):
        return list(lines)
    found = [lines[0]]
    for before, line in pairwise(lines):
        is_short = len(before.rstrip()) < _SHORT_LINE * width and not line.lstrip()[0].islower()
        if is_short or (line[0] == " " and before[0] != " ") or _BULLET.fullmatch(line.strip()):
            found.append(line)
        else:
            found[-1] += "\n" + line
    return found
