"""What a site's maker writes, from Markdown to HTML: the introduction of a story, a page of the site's own.

Raw HTML stays text. A picture is shown only when it is the plain name of a file beside the text, which
the build copies; the address of one elsewhere is shown as the words that stand for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count, zip_longest
from posixpath import splitext
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup, escape

from compare.site.outlets import slug
from compare.site.readers.pictures import is_local


def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False})
    made.add_render_rule("image", _picture)
    return made


def _picture(_: RendererHTML, tokens: Sequence[Token], at: int, *__: Any) -> str:
    token = tokens[at]
    name, words = str(token.attrGet("src") or ""), escape(token.content)
    return f'<img src="{escape(name)}" alt="{words}" loading="lazy">' if is_local(name) else str(words)


_INTRODUCTION = _parser()
_PAGE = _parser().enable("table")


def introduction(text: str) -> Markup:
    """An editor's introduction to a story."""
    return Markup(_INTRODUCTION.render(text))  # noqa: S704 - html is off


def page(text: str) -> Markup:
    """The text of a page of the site's own, which lies one folder below the site's top.

    Its headings begin below the page's own, and each can be linked to by its words, as in ``#our-rules``.
    Links to other such pages by their files' names, and those that begin with a slash, lead there wherever
    the site is served.
    """
    tokens = _PAGE.parse(text)
    taken: set[str] = set()
    lower = any(token.tag == "h1" for token in tokens)
    for token, inside in zip_longest(tokens, tokens[1:]):
        if token.type == "heading_open" and inside is not None:
            token.attrSet("id", _anchor(inside.content, taken))
        if lower and token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        for child in token.children or ():
            if child.type == "link_open":
                child.attrSet("href", _link(str(child.attrGet("href") or "")))
    return Markup(_PAGE.renderer.render(tokens, _PAGE.options, {}))  # noqa: S704 - html is off


def _anchor(words: str, taken: set[str]) -> str:
    """An id for a heading, from its words; a second one of the same words gets a number."""
    name = slug(words)
    numbered = (f"{name}-{number}" for number in count(2))
    found = name if name not in taken else next(one for one in numbered if one not in taken)
    taken.add(found)
    return found


def _link(address: str) -> str:
    path, mark, fragment = address.partition("#")
    if path.startswith("/") and not path.startswith("//"):
        path = ".." + path + ("index.html" if path.endswith("/") else "")
    elif "/" not in path and path.endswith(".md"):
        path = f"../{splitext(path)[0]}/index.html"
    return path + mark + fragment
