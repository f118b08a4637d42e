"""A draft → the text of its file in ``sources/``: front matter and Markdown that reads back the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from compare.site.readers.blocks import Piece

_PLAIN = re.compile(r"[^\W\d_](?:[^:#\[\]{}&*!|>'\"%@`,\\~\n\t]|,(?= ))*")
_NOTHING = frozenset(("null", "true", "false", "yes", "no", "on", "off", "y", "n"))
_INLINE = re.compile(r"([\\`*_\[\]<]|&(?=#?[A-Za-z0-9]))")
_STARTS = re.compile(r"(?:[#>+~=|-]|\d{1,9}[.)])")
_CLOSING = re.compile(r"(?<=\s)(#+)$")  # would end a heading unseen
_BACKSLASHED = r"\\\1"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def write_front_matter(values: Mapping[str, str | None], notes: Iterable[str] = ()) -> str:
    """Front matter with the keys that have a value; notes become comments in it."""
    lines = [f"{key}: {_scalar(value)}" for key, value in values.items() if value]
    comments = [f"# {clean(note)}" for note in notes]
    return "\n".join(["---", *lines, *comments, "---", ""])


def _scalar(value: str) -> str:
    text = clean(value)
    is_moment = re.fullmatch(
        r"\d{4}-\d\d-\d\d(?:T[\d:+-]+Z?)?|[0-9a-f]{64}|https?://[\w./~%?=-]+|\d{1,6}", text
    )
    if is_moment or (_PLAIN.fullmatch(text) and text.lower() not in _NOTHING):
        return text
    return json.dumps(text, ensure_ascii=False)


def clean(text: str) -> str:
    """Text on one line without control characters."""
    return " ".join(_CONTROL.sub("", " ".join(text.split())).split())


def write_markdown(pieces: Iterable[Piece]) -> str:
    """The blocks as Markdown; every character of their text is text there too."""
    lines: list[str] = []
    before: Piece | None = None
    for piece in pieces:
        text = escape(piece.text)
        if not text:
            continue
        if lines and not (piece.kind == "item" and before is not None and before.kind == "item"):
            lines.append("")
        lines.append(_marked(piece, text, before))
        before = piece
    return "\n".join(lines) + "\n"


def _marked(piece: Piece, text: str, before: Piece | None) -> str:
    if piece.kind == "heading":
        return f"{'#' * max(piece.level, 2)} {_CLOSING.sub(_BACKSLASHED, text)}"
    if piece.kind == "quote":
        return "> " * max(piece.level, 1) + text
    if piece.kind == "item":
        deepest = 1 + (before.level if before is not None and before.kind == "item" else 0)
        return "  " * (min(max(piece.level, 1), deepest) - 1) + "- " + text
    return text


def escape(text: str) -> str:
    """Text with a backslash before what Markdown would take for markup."""
    plain = _INLINE.sub(r"\\\1", clean(text))
    start = _STARTS.match(plain)
    if start:
        mark = start[0]
        return plain[: len(mark) - 1] + "\\" + plain[len(mark) - 1 :]
    return plain
