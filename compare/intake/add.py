"""Bringing articles into a story: from a page, a file or a feed to ``sources/`` and ``seeds/``.

Nothing that is there is ever changed: the same page again is told, a changed page becomes the
next version of its article beside the earlier one.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from compare.errors import PASTE, CrossreadError, FetchError, SourceError
from compare.intake.extract.kinds import Follow, read, tell
from compare.intake.extract.model import Draft
from compare.intake.fetch import Fetcher
from compare.intake.received import Received
from compare.intake.store import Added, Intake
from compare.model import Rights
from compare.site import config, fields
from compare.site.folders import find_stories
from compare.site.outlets import Directory

LARGEST = 10_000_000
_WORKERS = 6
_SAVED = f"open the file in a browser; if it shows the article, {PASTE}"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{0,30}:/")


class Wishes(NamedTuple):
    """What the editor says about what is brought in.

    Attributes:
        outlet: Id or name, instead of what the page says.
        title: Instead of what the page says.
        published: Instead of what the page says; with time zone.
        entry: Which entry of a feed.
        rights: How much of the text may be published.
    """

    outlet: str | None = None
    title: str | None = None
    published: datetime | None = None
    entry: str | None = None
    rights: Rights = "excerpt"


def add(
    root: Path, story: str, sources: Sequence[str], wishes: Wishes, fetcher: Fetcher | None = None
) -> Iterator[Added | CrossreadError]:
    """Bring articles into a story, in the order given; what fails is yielded as its error.

    Pages are fetched in parallel, one at a time for each host, and written one after the other.

    Args:
        root: The site's folder; its configuration tells the outlets.
        story: Its folder's name below ``sources/``; it is made when it is new.
        sources: Addresses, files, or ``-`` for standard input.
        wishes: What the editor says about all of them.
        fetcher: Brings pages over the network.

    Raises:
        SourceError: The story's name cannot be a folder's.
        Problems: The configuration is wrong.
    """
    try:
        fields.slug(story)
    except fields.Invalid as error:
        raise SourceError(f"the story’s name {error}", hint=error.hint) from error
    intake = Intake(root, story, Directory(config.load(root).outlets), wishes.rights)
    fetcher = fetcher or Fetcher()
    pool = ThreadPoolExecutor(min(_WORKERS, max(len(sources), 1)))
    try:
        brought = {
            source: pool.submit(bring, source, wishes.entry, fetcher) for source in dict.fromkeys(sources)
        }
        for source, drafts in brought.items():
            try:
                for draft in drafts.result():
                    yield intake.store(_as_wished(draft, wishes), source)
            except CrossreadError as error:
                yield error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def near_stories(root: Path, story: str) -> tuple[str, ...] | None:
    """The stories whose names are near that of one that is not there yet; None when it is there."""
    folders, _ = find_stories(root)
    names = [folder.name for folder in folders]
    return None if story in names else tuple(get_close_matches(story, names, n=3))


def bring(source: str, entry: str | None, fetcher: Fetcher) -> tuple[Draft, ...]:
    """The articles in one source.

    Raises:
        FetchError: There is none, or it cannot be had.
    """

    def follow(address: str) -> tuple[Draft, ...]:
        return read(fetcher.get(address), entry)

    if source == "-":
        content = _bounded(sys.stdin.buffer.read(LARGEST + 1), "standard input")
        return read(Received(content, "standard input"), entry, follow)
    if source.lower().startswith(("http://", "https://")):
        return read(fetcher.get(source), entry, follow)
    if _SCHEME.match(source):
        raise FetchError("the address is neither http nor https", path=source[:200])
    try:
        with Path(source).open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a usable name"
        raise FetchError(f"cannot be read: {reason}", path=source[:200]) from error
    return read_file(_bounded(content, source), source, entry, follow)


def read_file(
    content: bytes, name: str, entry: str | None = None, follow: Follow | None = None
) -> tuple[Draft, ...]:
    """The articles in a file.

    Args:
        content: Of the file.
        name: What to call it.
        entry: Which entry of a feed.
        follow: Brings in the page of a feed entry.

    Raises:
        FetchError: There is none; what helps against that is said of a file, not of an address.
    """
    try:
        return read(Received(content, name), entry, follow)
    except FetchError as error:
        if error.hint is None or tell(content, name=name) != "page":
            raise
        raise FetchError(error.message, path=error.path, hint=_SAVED) from error


def _bounded(content: bytes, name: str) -> bytes:
    if len(content) > LARGEST:
        raise FetchError(f"it is larger than {LARGEST // 1_000_000} MB", path=name, hint=PASTE)
    return content


def _as_wished(draft: Draft, wishes: Wishes) -> Draft:
    """The draft with what the editor says, and without the doubts that this settles."""
    wanted = {"outlet": wishes.outlet, "title": wishes.title, "published": wishes.published}
    said = {key: value for key, value in wanted.items() if value is not None}
    return replace(draft, facts=draft.facts.settling(**said))
