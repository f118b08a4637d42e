"""Plain text with front matter: a blank line parts paragraphs, nothing is markup."""

from __future__ import annotations

import re

from compare.errors import CrossreadError
from compare.site.readers import front_matter
from compare.site.readers.blocks import Draft, Piece, level_spaces

_BLANK = re.compile(r"\n[ \t]*(?=\n)")


def read(text: str, path: str, problems: list[CrossreadError]) -> Draft:
    """Read a plain text article.

    Raises:
        SourceError: When its front matter cannot be read.
    """
    parts = front_matter.split(text, path, problems, "outlet")
    paragraphs = map(level_spaces, _BLANK.split(parts.body))
    return Draft(
        parts.entries, [Piece("paragraph", paragraph) for paragraph in paragraphs if paragraph], parts.line
    )
