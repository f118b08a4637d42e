"""Looking a finished site over before anyone else does: whole, linked, small enough, within its rights."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import islice
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

from compare.build import manifest
from compare.errors import CrossreadError, PublishError
from compare.model import Article, Story
from compare.text import normalise, segment, words

LARGEST_SITE = 1_000_000_000  # what GitHub Pages serves of one site
LARGEST_FILE = 100_000_000  # what GitHub takes of one file
_MOST_TOLD = 50
_TELLING_WORDS = 8  # a sentence of fewer words may be anybody's
_CSS_ADDRESS = re.compile(r"""url\(\s{0,9}["']?([^"')\s]{1,500})""")


def published_files(output: Path) -> dict[str, str]:
    """The files of a site that a build has finished: path → digest, without the manifest.

    Raises:
        PublishError: There is no site, or it is not whole.
        OutputError: The folder holds other files.
    """
    found = manifest.inspect(output)
    if not found.manifest:
        raise PublishError("there is no built site", path=output, hint="run “crossread build” first")
    read = manifest.decode((output / manifest.NAME).read_bytes())
    missing = found.files.keys() - found.stamps.keys()
    if read is None or not read[1] or missing:
        raise PublishError("the site is not whole", path=output, hint="run “crossread build” again")
    return found.files


def check_size(output: Path, paths: Sequence[str]) -> Iterator[CrossreadError]:
    """What is too large to be served."""
    total = 0
    for path in paths:
        size = (output / path).stat().st_size
        total += size
        if size > LARGEST_FILE:
            what = f"is {size / 1e6:.0f} MB large, more than {LARGEST_FILE / 1e6:.0f} MB"
            yield PublishError(what, path=path)
    if total > LARGEST_SITE:
        message = f"the site is {total / 1e9:.2f} GB large, more than {LARGEST_SITE / 1e9:.0f} GB"
        hint = "publish fewer stories, or use a host without that limit"
        yield PublishError(message, path=output, hint=hint)


def check_drafts(paths: Iterable[str], drafts: Iterable[str]) -> Iterator[CrossreadError]:
    """Stories that are in the site, by its files, although they say that they are drafts."""
    there = {path.split("/")[1] for path in paths if path.startswith("stories/")}
    for story in sorted(there.intersection(drafts)):
        hint = "build the site without --drafts, or take “draft: true” out"
        yield PublishError("is a draft, but it is in the built site", f"sources/{story}/story.md", hint=hint)


def check_links(output: Path, paths: Sequence[str], own: Mapping[str, str]) -> Iterator[CrossreadError]:
    """Links inside the site that lead nowhere, at most 50; ``own``: page → the file that it was made from."""
    there = set(paths)
    marks = cache(lambda page: _marks(output / page))
    broken = (
        PublishError(problem, path=own.get(path, path), hint=_mend(path, own))
        for path in paths
        for address in _addresses(output, path)
        if (problem := _broken(path, address, there, marks))
    )
    yield from islice(broken, _MOST_TOLD)


def _mend(path: str, own: Mapping[str, str]) -> str:
    """Where a broken link of a page is to be mended."""
    if path in own:
        return f"mend the link in {own[path]}: begin it with / for a place in the site, as in /method/"
    if path.startswith("static/own/"):
        return "mend the address in your style sheet"
    return "mend the link in your story.md or site_templates/, or report it if you have none there"


def _addresses(output: Path, path: str) -> list[str]:
    """What a page or a style sheet refers to."""
    if path.endswith(".css"):
        return _CSS_ADDRESS.findall((output / path).read_text("utf-8", "replace"))
    if not path.endswith(".html"):
        return []
    found = _parsed(output / path).xpath("//@href | //@src | //@action | //@poster")
    return [str(address).strip() for address in found]


def _broken(path: str, address: str, there: Set[str], marks: Callable[[str], frozenset[str]]) -> str | None:
    """Why an address leads nowhere, or None."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return f"links to {address[:100]}, which is no address"
    if parts.scheme or parts.netloc:
        return None
    if parts.path.startswith("/"):
        # The page for missing addresses is served anywhere, so only it may be absolute.
        return None if path == "404.html" else f"links to {address[:100]}, which fails under a base path"
    target = path
    if parts.path:
        target = normpath((PurePosixPath(path).parent / unquote(parts.path)).as_posix())
        if parts.path.endswith("/") or target == ".":
            target = "index.html" if target == "." else f"{target}/index.html"
    if target not in there:
        return f"links to {address[:100]}, which is not there"
    fragment = unquote(parts.fragment)
    if not fragment or fragment.startswith(":~:") or not target.endswith(".html"):
        return None
    return None if fragment in marks(target) else f"links to {address[:100]}, where no such place is"


def _marks(page: Path) -> frozenset[str]:
    return frozenset(map(str, _parsed(page).xpath("//@id | //a/@name")))


def _parsed(page: Path) -> Any:
    from lxml import html

    return html.parse(str(page), html.HTMLParser(encoding="utf-8"))


def check_rights(output: Path, stories: Sequence[Story], excerpt_words: int) -> Iterator[CrossreadError]:
    """Articles of which more is in the site than their rights allow, such as one built before they changed.

    Only whole sentences that no freely published article of the story shares are counted, in the published
    comparison, which is all that the story's pages are made from.
    """
    for story in stories:
        restricted = [article for article in story.articles if article.rights != "full"]
        written = output / "stories" / story.id / "comparison.json"
        if not restricted or not written.is_file():
            continue
        free = {text for other in story.articles if other.rights == "full" for text in _sentences(other)}
        shown = normalise(written.read_text("utf-8").replace('\\"', '"'))
        for article in restricted:
            found = [text for text in _sentences(article) if text not in free and text in shown]
            count = sum(len(words(text)) for text in found)
            limit = excerpt_words if article.rights == "excerpt" else 0
            if count > limit:
                message = f"{count} words of it are in the site, but its rights allow {limit}"
                hint = "build the site again: crossread build --fresh"
                yield PublishError(message, path=article.source, hint=hint)


def _sentences(article: Article) -> list[str]:
    """The telling sentences of an article's body, normalised."""
    texts = [normalise(sentence.text) for sentence in segment.split(article) if sentence.kind == "body"]
    return [text for text in texts if len(words(text)) >= _TELLING_WORDS]
