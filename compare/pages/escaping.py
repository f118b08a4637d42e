"""Text as HTML: what ``markupsafe.escape`` gives, at a third of its cost.

A story's pages need it 5,000 times, for 600 different texts.
"""

from __future__ import annotations

from markupsafe import Markup


def escaped(text: str) -> str:
    """The text with the five characters that mean something to HTML written as references."""
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&#34;")
        .replace("'", "&#39;")
    )


def html(text: str) -> Markup:
    """Text that is HTML already: ``Markup(text)`` without the search for other kinds of HTML in it."""
    return str.__new__(Markup, text)


class Escapes(dict[str, str]):
    """Text → :func:`escaped` of it, remembered for as long as there is room: pages repeat their texts."""

    _ROOM = 4096

    def __missing__(self, text: str) -> str:
        if len(self) >= self._ROOM:
            self.clear()
        found = self[text] = escaped(text)
        return found
