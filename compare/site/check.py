"""Everything that is wrong with a site, found without building it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from compare.errors import CrossreadError, Problems, SourceError
from compare.model import Article
from compare.site import config, files, readers
from compare.site.folders import find_stories
from compare.site.readers import corrections
from compare.text import segment

LARGEST_CAPTURE = 100_000_000


@dataclass(frozen=True, slots=True)
class Checked:
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
    for is_drafts, problem in readers.examine_pages(root, site)[1]:
        (notes if is_drafts else problems).append(problem)
    for folder in folders:
        found = readers.examine_story(folder, root, site)
        notes.extend(found.notes)
        if readers.is_draft(folder, root):
            drafts += 1
            notes.extend(found.problems)
            _check_story(found, root, notes)
            continue
        stories += 1
        problems.extend(found.problems)
        articles += len(found.story.articles)
        sentences += _check_story(found, root, problems)
        gaps.extend(gap for article in found.story.articles for gap in _gaps(article))
    told = (_ordered(problems), _ordered(gaps), _ordered(notes))
    return Checked(stories, articles, sentences, *told, drafts)


def _ordered(problems: list[CrossreadError]) -> tuple[CrossreadError, ...]:
    return Problems(problems).problems


def _check_story(found: readers.Examined, root: Path, problems: list[CrossreadError]) -> int:
    """Check what reading alone does not; the number of sentences."""
    story = found.story
    sentences = [sentence for article in story.articles for sentence in segment.split(article)]
    if found.whole:  # else sentences would seem to be gone that only could not be read
        path = f"sources/{story.id}/{corrections.NAME}"
        problems.extend(readers.check_corrections(story.corrections, sentences, path))
    for article in story.articles:
        problems.extend(_check_capture(article, root))
    return len(sentences)


def _check_capture(article: Article, root: Path) -> list[CrossreadError]:
    if article.capture is None:
        return []
    if not (root / article.capture.path).exists():
        message = f"capture: there is no file {files.quoted(article.capture.path)}"
        hint = "put the file there, or leave “capture” and “sha256” out"
        return [SourceError(message, path=article.source, hint=hint)]
    try:
        data = files.read_bytes(root / article.capture.path, root, LARGEST_CAPTURE)
    except SourceError as error:
        return [error]
    found = sha256(data).hexdigest()
    if found == article.capture.sha256:
        return []
    message = f"sha256: is not the digest of {files.quoted(article.capture.path)}"
    return [SourceError(message, path=article.source, hint=f"the file's digest is {found}")]


def _gaps(article: Article) -> list[CrossreadError]:
    """What the pages can do without, but say less well."""
    missing = {
        "published": article.published is None and "omissions cannot be told from earlier articles",
        "url": article.url is None and "readers cannot open the original",
        "title": article.title is None and "readers see no headline",
    }
    return [
        SourceError(f"has no {key}: {loss}", path=article.source, hint=f"add “{key}: …” if it is known")
        for key, loss in missing.items()
        if loss
    ]
