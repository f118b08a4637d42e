"""Undoing the content encodings of HTTP: gzip, deflate, Brotli."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from compare.errors import FetchError

_PIECE = 65_536


class Decoder:
    """Undoes a content encoding piece by piece, never growing past a limit unseen.

    httpx decodes too, but takes a cut gzip stream for a whole one.
    """

    def __init__(self, encoding: str) -> None:
        self._name = encoding.strip().lower()
        self._zlib = (
            zlib.decompressobj(zlib.MAX_WBITS | 32) if self._name in ("gzip", "x-gzip", "deflate") else None
        )
        self._brotli = None
        self._fed = False
        if self._name == "br":
            import brotli

            self._brotli = brotli.Decompressor()

    def feed(self, raw: bytes, url: str) -> Iterator[bytes]:
        """Decode some more bytes, in pieces of bounded size.

        Raises:
            FetchError: They are no such encoding.
        """
        self._fed = self._fed or bool(raw)
        if self._name in ("", "identity"):
            yield raw
        elif self._zlib is not None:
            yield from self._inflate(raw, url)
        elif self._brotli is not None:
            yield from self._unbrotli(raw, url)
        else:
            raise FetchError(f"the page comes in an unknown encoding, {self._name[:30]}", path=url)

    def _inflate(self, raw: bytes, url: str) -> Iterator[bytes]:
        assert self._zlib is not None  # noqa: S101 - feed() has looked
        try:
            while raw and not self._zlib.eof:
                yield self._zlib.decompress(raw, _PIECE)
                raw = self._zlib.unconsumed_tail
        except zlib.error as error:
            raise FetchError(f"the page’s {self._name} encoding is damaged", path=url) from error

    def _unbrotli(self, raw: bytes, url: str) -> Iterator[bytes]:
        import brotli

        assert self._brotli is not None  # noqa: S101 - feed() has looked
        try:
            piece = self._brotli.process(raw, output_buffer_limit=_PIECE)
            while piece or not self._brotli.can_accept_more_data():
                yield piece
                piece = self._brotli.process(b"", output_buffer_limit=_PIECE)
        except brotli.error as error:
            raise FetchError("the page’s Brotli encoding is damaged", path=url) from error

    def finish(self, url: str) -> None:
        """Refuse a stream that was cut.

        Raises:
            FetchError: The end of the encoded stream never came.
        """
        whole = True
        if self._zlib is not None:
            whole = self._zlib.eof or not self._fed
        elif self._brotli is not None:
            whole = self._brotli.is_finished() or not self._fed
        if not whole:
            raise FetchError("the page was cut off on its way", path=url, hint="try again")
