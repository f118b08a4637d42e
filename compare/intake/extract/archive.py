"""Web archives (``.warc``, ``.warc.gz``) → the pages in them."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from compare.errors import PASTE, FetchError
from compare.intake.content_encoding import charset_of
from compare.intake.extract.model import Received

_MOST_RECORDS = 5000
_LARGEST_PAGE = 10_000_000


def read_archive(content: bytes) -> Iterator[Received]:
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
                raise FetchError("a page in the archive is over 10 MB", hint=PASTE)
            url = record.rec_headers.get_header("WARC-Target-URI")
            yield Received(page, address=url, charset=charset_of(media))
    except (ArchiveLoadFailed, EOFError, zlib.error, ValueError, OSError) as error:
        raise FetchError("the archive is damaged", hint="capture the page again") from error
