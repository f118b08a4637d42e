"""Markdown with front matter.

Headings, lists and block quotes are kept as structure; emphasis, links and images are stripped
to their text (an image has none). Raw HTML is not markup here: it stays as the characters that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from compare.errors import CrossreadError, SourceError
from compare.model import BlockKind
from compare.site.readers import front_matter
from compare.site.readers.blocks import LONGEST_TEXT, Draft, Piece, level_spaces

DEEPEST = 40
# Each bracket that never closes is looked for to the end of its paragraph.
LONGEST_PARAGRAPH = 30_000
MOST_BRACKETS = 200
_ONE = "a source is one article"
_BLANK = re.compile(r"\n[ \t]*\n")
_FLAT = "write them side by side"
_CONTAINERS: dict[str, BlockKind] = {"blockquote": "quote", "list_item": "item"}
_ADDRESS = ("http://", "https://", "mailto:", "#", "/", "./", "../", "www.")


def read(text: str, path: str, problems: list[CrossreadError]) -> Draft:
    """Read a Markdown article.

    Raises:
        SourceError: When its front matter cannot be read or it nests too deeply.
    """
    parts = front_matter.split(text, path, problems, "outlet")
    return Draft(parts.entries, list(pieces(parts.body, path)), parts.line)


def pieces(body: str, path: str) -> Iterator[Piece]:
    """The blocks of Markdown text.

    Raises:
        SourceError: When it, or a paragraph, is too long, or it nests deeper than ``DEEPEST``.
    """
    if len(body) > LONGEST_TEXT:
        raise SourceError(f"the text is longer than {LONGEST_TEXT} characters", path=path, hint=_ONE)
    for paragraph in _BLANK.split(body):
        if len(paragraph) > LONGEST_PARAGRAPH or paragraph.count("[") > MOST_BRACKETS:
            what = f"longer than {LONGEST_PARAGRAPH} characters or has more than {MOST_BRACKETS} brackets"
            raise SourceError(f"a paragraph is {what}", path=path, hint="part it with blank lines")
    containers: list[tuple[BlockKind, int]] = []
    depth = {"quote": 0, "item": 0}
    heading = 0
    for token in _tokens(body):
        if token.level >= DEEPEST - 1:
            raise SourceError("lists or block quotes are nested too deeply", path=path, hint=_FLAT)
        name, _, side = token.type.rpartition("_")
        kind = _CONTAINERS.get(name)
        if kind is not None:
            depth[kind] += token.nesting
            if side == "open":
                containers.append((kind, depth[kind]))
            else:
                containers.pop()
        elif name == "heading":
            heading = int(token.tag[1]) if side == "open" else 0
        elif token.type == "inline" or token.content:
            plain = level_spaces(_plain(token))
            if plain and heading:
                yield Piece("heading", plain, heading)
            elif plain:
                place, level = containers[-1] if containers else ("paragraph", 0)
                yield Piece(place, plain, level)


def _tokens(body: str) -> list[Token]:
    found: dict[str, dict[str, dict[str, str]]] = {}
    tokens = _parser(True).parse(body, found)
    targets = [reference["href"] for reference in found.get("references", {}).values()]
    if all(target.startswith(_ADDRESS) for target in targets):
        return tokens
    # “[Update]: corrected” is the definition of a link to Markdown, which would drop it.
    return _parser(False).parse(body)


@cache
def _parser(references: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST})
    return parser if references else parser.disable("reference")


def _plain(token: Token) -> str:
    """The text of a token, without its markup."""
    if token.children is None:
        return token.content
    shown = (child for child in token.children if child.type != "image")
    return "".join("\n" if child.type in ("softbreak", "hardbreak") else child.content for child in shown)
