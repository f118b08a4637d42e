"""Where a draft goes: a new article, the next version of one, or nowhere when it is there already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from compare.errors import PASTE, CrossreadError, FetchError, SourceError
from compare.intake.article_file import clean, write_front_matter, write_markdown
from compare.intake.extract.kinds import read
from compare.intake.extract.model import Doubt, Draft, Facts
from compare.intake.received import Received
from compare.model import Rights
from compare.site import fields, files
from compare.site.new_files import Batch
from compare.site.outlets import Directory
from compare.site.readers.articles import LARGEST_FILE, READERS
from compare.site.readers.blocks import LONGEST_TEXT, Piece
from compare.text import normalise

Outcome = Literal["added", "new version", "already there"]

_TRACKING = re.compile(r"utm_.*|fbclid|gclid|mc_[ce]id|cmpid|ns_[a-z]+")
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d|story|corrections")
_VERSION = "[0-9]{1,4}"
_WRITTEN = ("title", "url", "published", "updated", "author", "agency", "language")
_LONGEST_ID = 60
_LONGEST_NAME = 500
_LARGEST_CAPTURE = 20_000_000


class Added(NamedTuple):
    """What became of one article.

    Attributes:
        source: What the editor gave.
        outcome: What was done.
        path: Its file, POSIX, relative to the site's root.
        draft: What was taken.
    """

    source: str
    outcome: Outcome
    path: str
    draft: Draft


class Known(NamedTuple):
    """An article file that is in the story.

    Attributes:
        path: The file.
        id: The article's id, without its version.
        version: 1 and up.
        said: What its front matter says, as text by key.
        text: Its body's words, normalised.
    """

    path: Path
    id: str
    version: int
    said: dict[str, str]
    text: str


class Intake:
    """Takes drafts into one story.

    Args:
        root: The site's folder.
        story: The story's id.
        outlets: Those of the site.
        rights: What to note for new articles.
    """

    def __init__(self, root: Path, story: str, outlets: Directory, rights: Rights) -> None:
        self._root = root
        self._sources = root / "sources" / story
        self._seeds = root / "seeds" / story
        self._outlets = outlets
        self._rights = rights

    def store(self, draft: Draft, source: str) -> Added:
        """Write one article with its capture, unless it is there.

        Raises:
            CrossreadError: The outlet is unknown, the text too long, or a file cannot be written.
        """
        draft = _checked(draft, source)
        known = known_articles(self._sources, self._root)
        earlier = sorted((other for other in known if is_page(other, draft)), key=lambda other: other.version)
        if any(_is_same(self._root, other, draft) for other in earlier):
            return Added(source, "already there", files.shown(earlier[-1].path, self._root), draft)
        with Batch() as batch:
            for folder in (self._sources, self._seeds):
                files.refuse_link_out(folder, self._root)
                batch.folder(folder)
            path = self._write(batch, draft, earlier, known)
            self._write_story(batch, draft.facts)
        return Added(source, "new version" if earlier else "added", files.shown(path, self._root), draft)

    def _write(self, batch: Batch, draft: Draft, earlier: Sequence[Known], known: Sequence[Known]) -> Path:
        """The capture and then the article, under the first free name."""
        facts = draft.facts
        outlet = self._outlets.find(facts.outlet or "")
        for name, version in _names(outlet.id, earlier, known):
            capture = self._seeds / (name + draft.suffix)
            article = self._sources / f"{name}.md"
            if article.exists() or not batch.file(capture, draft.raw):
                continue
            said = {key: getattr(facts, key) for key in _WRITTEN}
            values = {
                "outlet": outlet.id if outlet.name != facts.outlet else outlet.name,
                **{key: one.isoformat() if isinstance(one, datetime) else one for key, one in said.items()},
                "complete": None if facts.complete else "false",
                "rights": self._rights,
                "version": str(version) if version > 1 else None,
                "capture": capture.relative_to(self._root).as_posix(),
                "sha256": sha256(draft.raw).hexdigest(),
            }
            head = write_front_matter(values, [doubt.text for doubt in facts.unsure])
            if batch.file(article, f"{head}\n{write_markdown(draft.pieces)}".encode()):
                return article
        raise SourceError("no free name is left for the article", path=files.shown(self._sources, self._root))

    def _write_story(self, batch: Batch, facts: Facts) -> None:
        """A ``story.md`` for a new story, titled like its first article."""
        path = self._sources / "story.md"
        day = facts.published.date().isoformat() if facts.published else None
        values = {"title": facts.title or self._sources.name, "date": day, "language": facts.language}
        if not path.exists():
            batch.file(path, write_front_matter(values).encode())


def _checked(draft: Draft, source: str) -> Draft:
    """The draft with only values that a reader of the site accepts.

    Raises:
        FetchError: Without an outlet, or too long for an article.
    """
    facts = draft.facts
    if facts.outlet is None or not clean(facts.outlet):
        hint = "name it with --outlet: a name, or an id from the configuration"
        raise FetchError("the outlet is not known", path=source, hint=hint)
    if len(draft.text) > LONGEST_TEXT or len(draft.text.encode()) > LARGEST_FILE // 2:
        hint = "copy the part to compare into a .txt file and add that"
        raise FetchError(f"the article is longer than {LONGEST_TEXT} characters", path=source, hint=hint)
    if draft.pieces and all(piece.kind == "heading" for piece in draft.pieces):
        raise FetchError("there is no text but headings", path=source, hint=PASTE)
    for key in ("title", "outlet", "author", "agency", "url", "language"):
        facts = _accepted(facts, key)
    return replace(draft, facts=facts)


def _accepted(facts: Facts, key: str) -> Facts:
    """The facts with a value as a reader accepts it, or without it."""
    check = {"url": fields.url, "language": fields.language}.get(key, fields.text)
    value = clean(getattr(facts, key) or "")[: None if key == "url" else _LONGEST_NAME]
    try:
        changed: dict[str, Any] = {key: check(value) if value else None}
    except fields.Invalid as invalid:
        return facts.doubting(Doubt(key, f"the page’s {key} was not taken: it {invalid}"), **{key: None})
    return replace(facts, **changed)


def _names(outlet: str, earlier: Sequence[Known], known: Sequence[Known]) -> Iterator[tuple[str, int]]:
    """File stems to try, with the version that each stands for."""
    if earlier:
        newest = earlier[-1]
        for version in range(newest.version + 1, newest.version + 50):
            yield f"{newest.id}.v{version}", version
        return
    taken = {other.id for other in known}
    stem = outlet[:_LONGEST_ID].strip("-_")
    if _RESERVED.fullmatch(stem):
        stem = f"outlet-{stem}"
    for number in range(1, 1000):
        name = stem if number == 1 else f"{stem}-{number}"
        if name not in taken:
            yield name, 1


def known_articles(folder: Path, root: Path) -> list[Known]:
    """The articles in a story's folder, as far as they can be read; ordered by file name."""
    if not folder.is_dir():
        return []
    found: list[Known] = []
    for entry in files.listing(folder, root):
        path = Path(entry.path)
        if path.suffix not in READERS or path.stem == "story":
            continue
        try:
            draft = READERS[path.suffix](files.read_text(path, root, LARGEST_FILE), path.name, [])
        except CrossreadError:
            continue  # “crossread check” tells what is wrong with it
        said = {key: entry.value for key, entry in draft.entries.items() if isinstance(entry.value, str)}
        stem, _, number = path.stem.rpartition(".v")
        if not (stem and re.fullmatch(_VERSION, number)):
            stem, number = path.stem, said.get("version", "")
        version = int(number) if re.fullmatch(_VERSION, number) else 1
        found.append(Known(path, stem, version, said, _words(draft.pieces)))
    return found


def _words(pieces: Iterable[Piece]) -> str:
    return "\n".join(normalise(piece.text) for piece in pieces)


def is_page(other: Known, draft: Draft) -> bool:
    """Whether a file was made from the page of a draft, at any time."""
    facts, said = draft.facts, other.said
    if said.get("sha256") == sha256(draft.raw).hexdigest():
        return True
    if said.get("url") and facts.url:
        return plain_address(said["url"]) == plain_address(facts.url)
    own = [normalise(text or "") for text in (facts.outlet, facts.title)]
    return own[1] != "" and own == [normalise(said.get(key, "")) for key in ("outlet", "title")]


def plain_address(url: str) -> str:
    """An address without what does not tell pages apart: scheme, www, tracking, a last slash."""
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, max_num_fields=None) if not _TRACKING.fullmatch(pair[0])]
    host = (parts.hostname or "").removeprefix("www.").removeprefix("amp.").removeprefix("m.")
    return f"{host}{parts.path.rstrip('/')}?{urlencode(sorted(query))}"


def _is_same(root: Path, other: Known, draft: Draft) -> bool:
    """Whether nothing of the text has changed since: by bytes, by words, or by its capture's words.

    The capture is read again because an editor may have mended the file since.
    """
    text, capture = _words(draft.pieces), other.said.get("capture")
    if text == other.text or other.said.get("sha256") == sha256(draft.raw).hexdigest():
        return True
    if capture is None:
        return False
    try:
        raw = files.read_bytes(root / capture, root, _LARGEST_CAPTURE)
        return any(_words(old.pieces) == text for old in read(Received(raw, capture)))
    except CrossreadError:
        return False
