"""A story's picture for those who share it: its first claims as rows of marks, without a word.

Networks show a PNG beside the page's title and description and no SVG, and a picture without letters
needs no font, so that it is the same on every machine.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from compare.pages.story_view import StoryView

WIDTH, HEIGHT = 600, 315  # the shape that networks cut pictures to
_MARGIN = 30
_MOST_ROWS, _MOST_COLUMNS = 8, 16
_PALETTE = ("fbfaf6", "0f6f6a", "8a5000", "77736a", "a8123e")
_PAPER, _SAME, _REWORDED, _GREY, _ALARM = range(len(_PALETTE))

Pixels = NDArray[np.uint8]


def share_image(view: StoryView) -> bytes:
    """The picture as PNG; a band at its edge is red when a claim is disputed."""
    claims = view.shared[:_MOST_ROWS] or view.claims[:_MOST_ROWS]
    disputed = any(claim.disputed for claim in view.claims)
    return _png(_drawn([claim.states[:_MOST_COLUMNS] for claim in claims], disputed))


def _drawn(rows: Sequence[Sequence[str]], disputed: bool) -> Pixels:
    """Palette indices, rows x columns of the picture."""
    picture = np.full((HEIGHT, WIDTH), _PAPER, dtype=np.uint8)
    picture[:, :8] = _ALARM if disputed else _SAME
    if not rows:
        return picture
    height = (HEIGHT - 2 * _MARGIN) // len(rows)
    width = (WIDTH - 2 * _MARGIN) // len(rows[0])
    size = min(height, width, 56) * 3 // 4
    for y, states in enumerate(rows):
        for x, state in enumerate(states):
            top = _MARGIN + y * height + (height - size) // 2
            left = _MARGIN + x * width + (width - size) // 2
            picture[top : top + size, left : left + size] = _mark(state, size)
    return picture


@cache
def _mark(state: str, size: int) -> Pixels:
    """The mark of a state as the pages draw it, in a square."""
    middle = (size - 1) / 2
    down, right = np.indices((size, size)) - middle
    distance = np.hypot(down, right)
    disc, ring = distance <= middle, (distance <= middle) & (distance >= middle - 2)
    filled = {
        "base": ring | (distance <= middle * 0.55),
        "same": disc,
        "reworded": ring | (disc & (right >= 0)),
        "part": ring | (disc & (right >= 0) & (down <= 0)),
        "possible": distance <= 2,
        "unknown": (abs(down) <= 1) & disc,
    }.get(state, ring)
    colours = {"base": _SAME, "same": _SAME, "reworded": _REWORDED, "part": _REWORDED}
    mark: Pixels = np.where(filled, colours.get(state, _GREY), _PAPER).astype(np.uint8)
    return mark


def _png(picture: Pixels) -> bytes:
    """An indexed picture (ISO/IEC 15948), each line unfiltered."""
    height, width = picture.shape
    lines = np.zeros((height, width + 1), dtype=np.uint8)
    lines[:, 1:] = picture
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        (b"PLTE", bytes.fromhex("".join(_PALETTE))),
        (b"IDAT", zlib.compress(lines.tobytes(), 9)),
        (b"IEND", b""),
    ]
    told = [struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)
