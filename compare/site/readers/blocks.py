"""Pieces of structure → an article's text and its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from compare.model import Block, BlockKind
from compare.site.fields import CONTROL, Entry
from compare.text import normalise

# About fifty thousand words: no article, and as much as pathological Markdown may cost a few seconds.
LONGEST_TEXT = 300_000

# Not every white space: a no-break space is typography and stays.
_UNLEVEL = ("  ", "\n", "\t", "\r", "\f", "\v")
_SPACES = re.compile(r"[ \t\n\r\f\v]{2,}|[\t\n\r\f\v]")


class Piece(NamedTuple):
    """One block of a body before it has a place: never the headline; text on one line, not empty."""

    kind: BlockKind
    text: str
    level: int = 0


class Draft(NamedTuple):
    """What a reader makes of a file: what it says by key, its body, and the line where that begins."""

    entries: dict[str, Entry]
    pieces: list[Piece]
    line: int = 1


def level_spaces(text: str) -> str:
    """Text on one line; control characters, which entities can smuggle in, become U+FFFD."""
    if any(spaces in text for spaces in _UNLEVEL):  # most paragraphs are one line already
        text = _SPACES.sub(" ", text)
    text = text.strip()
    return text if text.isprintable() else CONTROL.sub("\ufffd", text)


def assemble(title: str | None, pieces: Iterable[Piece]) -> tuple[str | None, str, tuple[Block, ...]]:
    """Join the headline and the body.

    A first heading of level 1 is the headline when there is no other, and one that repeats the
    title is the headline too: saved pages and exported Markdown have it in both places.

    Returns:
        The title, the text, and the blocks that cover it.
    """
    body = list(pieces)
    if body and body[0].kind == "heading":
        first = body[0]
        if title is None and first.level == 1:
            title = first.text
        if title is not None and normalise(first.text) == normalise(title):
            del body[0]
    found = [*([] if title is None else [Piece("headline", title)]), *body]
    blocks, place = [], 0
    for kind, text, level in found:
        blocks.append(Block(kind, place, place + len(text), level))
        place += len(text) + 2
    return title, "\n\n".join(text for _, text, _ in found), tuple(blocks)
