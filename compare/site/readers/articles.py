"""One file → one article: every field checked, every slip reported with its line."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from compare.errors import CrossreadError, SourceError
from compare.model import Article, Capture, Rights
from compare.site import fields, files
from compare.site.fields import Fields, Invalid
from compare.site.folders import FORMATS
from compare.site.outlets import Directory
from compare.site.readers.blocks import LONGEST_TEXT, Draft, assemble

Reader = Callable[[str, str, list[CrossreadError]], Draft]

READERS: dict[str, Reader] = {
    suffix: import_module(f"compare.site.readers.{name}").read for suffix, name in FORMATS.items()
}
KEYS = (
    "outlet", "title", "url", "published", "updated", "author", "agency", "language",
    "rights", "complete", "version", "capture", "sha256",
)  # fmt: skip
LARGEST_FILE = 4_000_000


class Surroundings(NamedTuple):
    """What an article's reading needs to know of its site and story.

    The outlets are the site's and those met in the story so far; language and rights are of articles that
    do not say.
    """

    root: Path
    outlets: Directory
    language: str
    rights: Rights = "full"


class Read(NamedTuple):
    """What came of reading one article: none when anything is wrong; and the line of its time, or None."""

    article: Article | None
    problems: list[CrossreadError]
    published_line: int | None = None


def read_article(file: Path, identifier: str, version: int | None, around: Surroundings) -> Read:
    """Read one article from a file, whose name has told its id and, perhaps, its version."""
    problems: list[CrossreadError] = []
    path = files.shown(file, around.root)
    try:
        raw = files.read_text(file, around.root, LARGEST_FILE)
        draft = READERS[file.suffix](raw, path, problems)
    except SourceError as error:
        return Read(None, [*problems, error])
    given = Fields(path, draft.entries, problems, SourceError)
    given.refuse_unknown(KEYS)
    title, body, blocks = assemble(given.take("title", fields.text) or None, draft.pieces)
    article = Article(
        id=identifier,
        outlet=around.outlets.find(_outlet(given)),
        text=body,
        blocks=blocks,
        title=title,
        version=_version(given, version),
        source=path,
        language=given.take("language", fields.language) or around.language,
        url=given.take("url", fields.url),
        published=given.take("published", fields.moment),
        updated=given.take("updated", fields.moment),
        author=given.take("author", fields.text) or None,
        agency=given.take("agency", fields.text) or None,
        rights=given.take("rights", fields.rights) or around.rights,
        complete=given.take("complete", fields.flag) is not False,
        capture=_capture(given),
    )
    _check_body(article, given, draft.line)
    return Read(None if problems else article, problems, given.line("published"))


def _check_body(article: Article, given: Fields, line: int) -> None:
    if all(block.kind in ("headline", "heading") for block in article.blocks):
        given.report("has no text", line=line, hint="write the article's text below the front matter")
    if len(article.text) > LONGEST_TEXT:
        what = f"the text is longer than {LONGEST_TEXT} characters"
        given.report(what, line=line, hint="a source is one article")


def _outlet(given: Fields) -> str:
    """The outlet as the article names it; a name that goes nowhere when there is a problem."""
    if given.value("outlet") in (None, ""):
        given.report("names no outlet", line=1, hint="add “outlet: …” to the front matter")
    return given.take("outlet", fields.text) or "outlet"


def _version(given: Fields, in_name: int | None) -> int:
    number = given.take("version", fields.whole(1, 9999))
    if in_name and number and in_name != number:
        what = f"version: {number} is not that of the file's name"
        hint = f"the file's name says {in_name}; leave the key out"
        given.report(what, line=given.line("version"), hint=hint)
    return in_name or number or 1


def _capture(given: Fields) -> Capture | None:
    """The capture that an article was made from; ``check`` looks at the file, reading does not."""
    place, digest = given.take("capture", _below_seeds), given.take("sha256", _digest)
    if place and digest:
        return Capture(place, digest)
    missing = "sha256" if place else "capture"
    if (place or digest) and given.value(missing) is None:
        given.report(f"names no {missing}", line=1, hint="“capture” and “sha256” go together")
    return None


def _below_seeds(value: object) -> str:
    place = fields.text(value)
    parts = place.split("/")
    if len(parts) < 2 or parts[0] != "seeds" or {"", ".", ".."} & set(parts) or "\\" in place:
        raise Invalid(f"{files.quoted(place)} is not a path below seeds/", "write it as seeds/file")
    return place


def _digest(value: object) -> str:
    digest = fields.text(value).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", digest):
        raise Invalid("is not a SHA-256 digest", "write 64 hexadecimal digits, as sha256sum prints them")
    return digest
