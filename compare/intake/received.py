"""A page's bytes as they come, and what HTTP headers say of them: content encoding, charset."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from compare.errors import FetchError

_PIECE = 65_536
_CHARSET = re.compile(r"charset=[ \"']*([^;\"']*)", re.IGNORECASE)


class Received(NamedTuple):
    """Some bytes and what is known of where they came from.

    Attributes:
        content: As received.
        name: What to call them in messages; its suffix is a hint.
        address: Where they were fetched from, or None.
        media: Media type that the server declared, or "".
        charset: Charset that the server declared, or None.
    """

    content: bytes
    name: str = ""
    address: str | None = None
    media: str = ""
    charset: str | None = None


def charset_of(content_type: str) -> str | None:
    """The charset that a Content-Type header declares."""
    declared = _CHARSET.search(content_type)
    return (declared[1].strip() or None) if declared else None


def decoded(parts: Iterable[bytes], encoding: str, url: str) -> Iterator[bytes]:
    """Undo gzip, deflate or Brotli in pieces of bounded size: no page grows past a limit unseen.

    httpx decodes too, but takes a cut gzip stream for a whole one.

    Raises:
        FetchError: It is no such encoding, or was cut.
    """
    name = encoding.strip().lower()
    if name not in ("", "identity", "gzip", "x-gzip", "deflate", "br"):
        raise FetchError(f"the page comes in an unknown encoding, {name[:30]}", path=url)
    try:
        yield from parts if name in ("", "identity") else (_unbrotli if name == "br" else _inflate)(parts)
    except zlib.error as error:
        label = "Brotli" if name == "br" else name
        raise FetchError(f"the page’s {label} encoding is damaged", path=url) from error
    except EOFError as error:
        raise FetchError("the page was cut off on its way", path=url, hint="try again") from error


def _inflate(parts: Iterable[bytes]) -> Iterator[bytes]:
    stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
    is_fed = False
    for part in parts:
        raw, is_fed = part, is_fed or bool(part)
        while raw and not stream.eof:
            yield stream.decompress(raw, _PIECE)
            raw = stream.unconsumed_tail
    if is_fed and not stream.eof:
        raise EOFError


def _unbrotli(parts: Iterable[bytes]) -> Iterator[bytes]:
    import brotli

    stream = brotli.Decompressor()
    is_fed = False
    try:
        for part in parts:
            is_fed = is_fed or bool(part)
            piece = stream.process(part, output_buffer_limit=_PIECE)
            while piece or not stream.can_accept_more_data():
                yield piece
                piece = stream.process(b"", output_buffer_limit=_PIECE)
    except brotli.error as error:
        raise zlib.error from error
    if is_fed and not stream.is_finished():
        raise EOFError
