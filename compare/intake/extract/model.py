"""What is read out of a capture, before it is an article of a story."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from compare.site.readers.blocks import Piece


@dataclass(frozen=True, slots=True)
class Facts:
    """What a page says about itself.

    Attributes:
        title: The headline.
        outlet: The publisher's name.
        url: The canonical address (http or https).
        published: With time zone.
        updated: With time zone.
        author: As credited; several joined by a comma.
        agency: Another organisation that is credited for the text.
        language: BCP 47 tag.
        complete: False when the page says that it is not free to read.
        unsure: What to look at again, one sentence each, in the order found.
    """

    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: datetime | None = None
    updated: datetime | None = None
    author: str | None = None
    agency: str | None = None
    language: str | None = None
    complete: bool = True
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as read from one capture.

    Attributes:
        facts: What is known about it.
        pieces: The body in order; at least one.
        raw: The bytes it was read from.
        suffix: File suffix for those bytes, with the dot.
    """

    facts: Facts
    pieces: tuple[Piece, ...]
    raw: bytes = field(repr=False)
    suffix: str = ".html"

    @property
    def text(self) -> str:
        """The body's blocks, parted by blank lines."""
        return "\n\n".join(piece.text for piece in self.pieces)
