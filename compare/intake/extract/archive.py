"""Web archives (``.warc``, ``.warc.gz``) → the pages in them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from compare.errors import PASTE, FetchError

_MOST_RECORDS = 5000
_LARGEST_PAGE = 10_000_000


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """A page as an archive holds it.

    Attributes:
        url: Where it was captured from, or None.
        content: The body of the response, decoded from its transfer and content encodings.
        charset: What the response declares, or None.
    """

    url: str | None
    content: bytes
    charset: str | None


def read_archive(content: bytes, *, name: str | None = None) -> Iterator[ArchivedPage]:
    """The HTML pages of an archive that were answered with status 200, in its order.

    Raises:
        FetchError: The archive is damaged or a page in it is over 10 MB.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for number, record in enumerate(ArchiveIterator(io.BytesIO(content))):
            if number >= _MOST_RECORDS:
                return
            headers = record.http_headers
            if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
                continue
            media = (headers.get_header("Content-Type") or "").lower()
            if "html" not in media:
                continue
            page = record.content_stream().read(_LARGEST_PAGE + 1)
            if len(page) > _LARGEST_PAGE:
                raise FetchError("a page in the archive is over 10 MB", path=name, hint=PASTE)
            charset = media.partition("charset=")[2].split(";")[0].strip(" \"'") or None
            yield ArchivedPage(record.rec_headers.get_header("WARC-Target-URI"), page, charset)
    except (ArchiveLoadFailed, EOFError, zlib.error, ValueError, OSError) as error:
        raise FetchError("the archive is damaged", path=name, hint="capture the page again") from error
