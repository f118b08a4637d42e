"""What the renderer gives back: a file of the site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """One file of the site.

    Attributes:
        path: POSIX, relative to the output folder.
        content: Its bytes.
    """

    path: str
    content: bytes
