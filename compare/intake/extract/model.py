"""What is read out of a capture, before it is an article of a story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from compare.site.readers.blocks import Piece


class Doubt(NamedTuple):
    """Something that an editor should look at again.

    Attributes:
        about: The attribute of ``Facts`` that may be wrong, or ``text``, ``left out`` or ``encoding``.
        text: One sentence.
    """

    about: str
    text: str


NO_TIME = Doubt("published", "no time of publication was found; give it with --published")
NO_OUTLET = Doubt("outlet", "no outlet was found; name it with --outlet")
NO_TITLE = Doubt("title", "no title was found")
_MOST_SHOWN = 4


def left_out(texts: Sequence[str]) -> tuple[Doubt, ...]:
    """The doubt that tells what was found and left out, or nothing."""
    if not texts:
        return ()
    shown = "; ".join(f"“{text[:70]}{'…' * (len(text) > 70)}”" for text in texts[:_MOST_SHOWN])
    more = len(texts) - _MOST_SHOWN
    return (Doubt("left out", f"left out of the article: {shown}{f' and {more} more' * (more > 0)}"),)


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
        unsure: What to look at again, in the order found.
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
    unsure: tuple[Doubt, ...] = ()

    def doubting(self, *doubts: Doubt, **changed: Any) -> Facts:
        """The same with some values changed and with more doubts."""
        return replace(self, **changed, unsure=(*self.unsure, *doubts))

    def settling(self, **known: Any) -> Facts:
        """The same with values that somebody is sure of, and without the doubts about them."""
        return replace(self, **known, unsure=tuple(one for one in self.unsure if one.about not in known))


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
