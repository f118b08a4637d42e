"""A folder → a story; ``sources/`` → all stories."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from compare.errors import CrossreadError, Problems, SourceError
from compare.model import Article, Site, Story, WholeDay
from compare.site import fields, files
from compare.site.folders import FORMATS, find_stories
from compare.site.outlets import SLUG, Directory, slug
from compare.site.readers import corrections, front_matter, pictures
from compare.site.readers.articles import Read, Surroundings, read_article

STORY = "story.md"
KEYS = ("title", "date", "tags", "language", "draft")
RESERVED = frozenset(("side-by-side",))  # a page of the story has this name
_LITTER = frozenset(("readme.md", "readme.txt", "license.txt", "thumbs.db", "desktop.ini"))
_NAME = re.compile(r"(?P<id>.*?)(?:\.v(?P<version>[1-9][0-9]{0,3}))?")
_NAME_HINT = "use lower-case letters a-z, digits and hyphens; rename it to “{}”"


def read_stories(root: Path, site: Site) -> list[Story]:
    """Read every story of a site that is no draft, ordered by id.

    Raises:
        Problems: With everything that is wrong in ``sources/``.
    """
    folders, problems = find_stories(root)
    stories = []
    for folder in folders:
        if not is_draft(folder, root):
            examined = examine_story(folder, root, site)
            problems.extend(examined.problems)
            stories.append(examined.story)
    if problems:
        raise Problems(problems)
    return stories


def read_story(folder: Path, root: Path, site: Site) -> Story:
    """Read one story. What it gives depends on nothing outside of the folder and the site.

    Raises:
        Problems: With everything that is wrong in the folder.
    """
    examined = examine_story(folder, root, site)
    if examined.problems:
        raise Problems(examined.problems)
    return examined.story


def find_drafts(root: Path) -> list[str]:
    """Ids of the stories that builds leave out."""
    return [folder.name for folder in find_stories(root)[0] if is_draft(folder, root)]


def is_draft(folder: Path, root: Path) -> bool:
    """Whether a story's ``story.md`` says ``draft: true``, whatever else is wrong with the story."""
    try:
        raw = files.read_text(folder / STORY, root, front_matter.LARGEST_FILE)
        if "draft" not in raw:
            return False
        entry = front_matter.split(raw, STORY, []).entries.get("draft")
        return entry is not None and fields.flag(entry.value)
    except (SourceError, fields.Invalid):
        return False


class Examined(NamedTuple):
    """A story as far as it could be read.

    Attributes:
        story: With the articles and corrections that are well formed.
        problems: Everything that is wrong in the folder.
        whole: Whether every article could be read.
        notes: What is no problem, but may not be what was meant.
    """

    story: Story
    problems: list[CrossreadError]
    whole: bool
    notes: list[CrossreadError]


def examine_story(folder: Path, root: Path, site: Site) -> Examined:
    """Read as much of a story as can be read."""
    problems: list[CrossreadError] = []
    try:
        entries = files.listing(folder, root)
    except SourceError as error:
        return Examined(Story(folder.name, folder.name, ()), [error], False, [])

    def wrong(what: str, hint: str) -> None:
        problems.append(files.problem(folder, root, what, hint))

    if not SLUG.fullmatch(folder.name):
        wrong("the folder's name is not an id", _NAME_HINT.format(slug(folder.name)))
    story = _story(folder, root, site, problems)
    around = Surroundings(root, Directory(site.outlets), story.language, site.rights or "full")
    articles, notes = _sorted_out(entries, story, root, problems)
    read = [_newest(identifier, articles[identifier], around, problems) for identifier in sorted(articles)]
    if not read:
        wrong("the story has no articles", "add one file an article, such as outlet.md")
    elif len(read) == 1:
        wrong("the story has only one article", "add the article of another outlet")
    _refuse_twins(read, problems)
    whole = tuple(one.article for one in read if one.article is not None)
    story = replace(story, articles=whole, corrections=corrections.read(folder, root, problems))
    return Examined(story, problems, len(whole) == len(read), notes)


def _sorted_out(
    entries: Sequence[os.DirEntry[str]], story: Story, root: Path, problems: list[CrossreadError]
) -> tuple[dict[str, dict[int | None, Path]], list[CrossreadError]]:
    """The articles in a story's folder, by id and version, and notes on what is none."""
    shown = pictures.shown(story.introduction)
    articles: dict[str, dict[int | None, Path]] = {}
    notes: list[CrossreadError] = []
    for entry in entries:
        file = Path(entry.path)
        if entry.name in (STORY, corrections.NAME) or entry.name in shown:
            continue
        if file.suffix.lower() in files.PICTURES and not files.is_folder(entry):
            what = "is a picture that story.md does not show, so it is not copied"
            notes.append(files.problem(file, root, what, f"show it there: ![what it shows]({file.name})"))
        elif _is_stray(entry):
            kinds = f"an article is a file of the kind {', '.join(FORMATS)}"
            hint = None if entry.name.lower() in _LITTER else kinds
            notes.append(files.problem(file, root, "is passed over", hint))
        else:
            try:
                identifier, version = _identity(file, entry)
                other = articles.setdefault(identifier, {}).setdefault(version, file)
                if other != file:
                    hint = f"{files.quoted(other.name)} has it too; keep one"
                    raise fields.Invalid("the article is there twice", hint)
            except fields.Invalid as invalid:
                problems.append(files.problem(file, root, str(invalid), invalid.hint))
    return articles, notes


def _is_stray(entry: os.DirEntry[str]) -> bool:
    """Whether something is what systems and people leave in folders, and nobody would take for an article."""
    if files.is_folder(entry):
        return False
    return Path(entry.name).suffix.lower() not in FORMATS or entry.name.lower() in _LITTER


def _identity(file: Path, entry: os.DirEntry[str]) -> tuple[str, int | None]:
    """The id and the version in an article's file name."""
    if files.is_folder(entry):
        raise fields.Invalid("is a folder inside a story", "move it out")
    if file.suffix not in FORMATS:
        raise fields.Invalid("is no article", f"rename it to “{file.stem}{file.suffix.lower()}”")
    match = _NAME.fullmatch(file.stem)
    identifier, version = (match["id"], match["version"]) if match else (file.stem, None)
    if not SLUG.fullmatch(identifier):
        hint = _NAME_HINT.format(slug(identifier) + file.suffix)
        raise fields.Invalid("the file's name is not an id", hint)
    if identifier in RESERVED:
        raise fields.Invalid(f"the name “{identifier}” is taken by a page", "give the file another name")
    return identifier, int(version) if version else None


def _story(folder: Path, root: Path, site: Site, problems: list[CrossreadError]) -> Story:
    """What ``story.md`` says; defaults where it is wrong, so that the articles are read all the same."""
    file = folder / STORY
    try:
        if not file.exists() and not file.is_symlink():
            hint = "write one with “title: …” in its front matter"
            raise files.problem(folder, root, "the story has no story.md", hint)
        given, body = front_matter.read_own(file, root, KEYS, problems)
    except SourceError as error:
        problems.append(error)
        return Story(folder.name, folder.name, (), language=site.language)
    given.take("draft", fields.flag)
    return Story(
        id=folder.name,
        title=given.take("title", fields.text) or folder.name,
        articles=(),
        date=given.take("date", fields.day),
        tags=given.take("tags", fields.texts) or (),
        introduction=body,
        language=given.take("language", fields.language) or site.language,
    )


def _newest(
    identifier: str, versions: Mapping[int | None, Path], around: Surroundings, problems: list[CrossreadError]
) -> Read:
    """Read all versions of an article; the newest, with the text of the one before it."""
    former: Article | None = None
    newest = Read(None, [])
    for version, file in sorted(versions.items(), key=lambda item: item[0] or 1):
        newest = read_article(file, identifier, version, around)
        problems.extend(newest.problems)
        article = newest.article
        if article is None:
            return newest
        if former is not None:
            other = files.quoted(former.source)
            if article.outlet.id != former.outlet.id:
                hint = f"{other} is by {former.outlet.name}"
                problems.append(SourceError("is a version by another outlet", article.source, hint=hint))
            if article.version <= former.version:
                what = f"is version {article.version} again"
                problems.append(SourceError(what, article.source, hint=f"{other} has it too"))
            article = replace(article, earlier=former.text)
        former = article
    return newest._replace(article=former)


def _refuse_twins(read: Sequence[Read], problems: list[CrossreadError]) -> None:
    """Two articles of one outlet must be told apart by their time."""
    seen: dict[tuple[str, str], Article] = {}
    for article, _, line in read:
        if article is None or isinstance(article.published, WholeDay):
            continue
        other = seen.setdefault((article.outlet.id, str(article.published)), article)
        if other is not article:
            what = f"is by the same outlet and of the same time as {files.quoted(other.source)}"
            hint = "give each its own “published”, or make one a version of the other (name.v2.md)"
            problems.append(SourceError(what, article.source, line or 1, hint))
