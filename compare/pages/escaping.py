"""Text as HTML: what ``markupsafe.escape`` gives, at a third of its cost.

A story's pages need it 5,000 times.
"""

from __future__ import annotations

from markupsafe import Markup, escape


def escaped(text: str) -> str:
    """The text with the five characters that mean something to HTML written as references."""
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&#34;")
        .replace("'", "&#39;")
    )


def output(value: object) -> str:
    """What a template prints for a value: HTML as it is, anything else escaped."""
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[return-value]  # Markup is a str
    if kind is str:
        return escaped(value)  # type: ignore[arg-type]
    if kind is int or kind is float:
        return str(value)
    return escape(value)
