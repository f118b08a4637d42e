"""Everything that is wrong with a site, found without building it."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from compare.errors import CrossreadError, Problems, SourceError
from compare.model import Article
from compare.site import config, files, readers
from compare.site.folders import find_stories
from compare.site.readers import corrections
from compare.text import segment

LARGEST_CAPTURE = 100_000_000
_LOSSES = {
    "published": "omissions cannot be told from earlier articles",
    "url": "readers cannot open the original",
    "title": "readers see no headline",
}


class Checked(NamedTuple):
    """What a check went through.

    Attributes:
        stories: How many there are.
        articles: How many of theirs could be read.
        sentences: Of those articles.
        problems: What is wrong, in the order of file and line.
        gaps: What is not wrong but missing, such as the time of an article.
        notes: What is no problem, such as a file that is passed over, and what is wrong with drafts.
        drafts: Stories that builds leave out; they are counted nowhere else.
    """

    stories: int
    articles: int
    sentences: int
    problems: tuple[CrossreadError, ...]
    gaps: tuple[CrossreadError, ...]
    notes: tuple[CrossreadError, ...] = ()
    drafts: int = 0


def check(root: Path) -> Checked:
    """Read the configuration and every story of a site, and gather all that is wrong.

    Unlike a build it goes on after errors in the configuration, compares captures with their
    digests and looks up the sentences that corrections name.
    """
    site, problems = config.read(root)
    gaps: list[CrossreadError] = []
    notes: list[CrossreadError] = []
    stories = articles = sentences = drafts = 0
    folders, wrong = find_stories(root)
    problems.extend(wrong)
    for is_draft, problem in readers.examine_pages(root, site)[1]:
        (notes if is_draft else problems).append(problem)
    for folder in folders:
        found = readers.examine_story(folder, root, site)
        is_draft = readers.is_draft(folder, root)
        notes.extend(found.notes)
        count = _check_story(found, root, notes if is_draft else problems)
        if is_draft:
            drafts += 1
            continue
        stories += 1
        articles += len(found.story.articles)
        sentences += count
        gaps.extend(gap for article in found.story.articles for gap in _gaps(article))
    counts = (stories, articles, sentences)
    return Checked(
        *counts, Problems(problems).problems, Problems(gaps).problems, Problems(notes).problems, drafts
    )


def _check_story(found: readers.Examined, root: Path, problems: list[CrossreadError]) -> int:
    """Note what is wrong, and check what reading alone does not; the number of sentences."""
    story = found.story
    problems.extend(found.problems)
    sentences = [sentence for article in story.articles for sentence in segment.split(article)]
    if found.whole:  # else sentences would seem to be gone that only could not be read
        path = f"sources/{story.id}/{corrections.NAME}"
        problems.extend(readers.check_corrections(story.corrections, sentences, path))
    for article in story.articles:
        problems.extend(_check_capture(article, root))
    return len(sentences)


def _check_capture(article: Article, root: Path) -> Iterator[CrossreadError]:
    if article.capture is None:
        return
    path, quoted = root / article.capture.path, files.quoted(article.capture.path)
    if not path.exists():
        hint = "put the file there, or leave “capture” and “sha256” out"
        yield SourceError(f"capture: there is no file {quoted}", path=article.source, hint=hint)
        return
    try:
        found = sha256(files.read_bytes(path, root, LARGEST_CAPTURE)).hexdigest()
    except SourceError as error:
        yield error
        return
    if found != article.capture.sha256:
        hint = f"the file's digest is {found}"
        yield SourceError(f"sha256: is not the digest of {quoted}", path=article.source, hint=hint)


def _gaps(article: Article) -> Iterator[CrossreadError]:
    """What the pages can do without, but say less well."""
    for key, loss in _LOSSES.items():
        if getattr(article, key) is None:
            hint = f"add “{key}: …” if it is known"
            yield SourceError(f"has no {key}: {loss}", path=article.source, hint=hint)
