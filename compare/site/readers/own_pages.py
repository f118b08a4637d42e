"""``pages/*.md`` → the site's own pages, such as about: front matter and the editor's Markdown."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from compare.errors import CrossreadError, Problems, SourceError
from compare.model import MenuEntry, Site
from compare.site import fields, files
from compare.site.outlets import SLUG, slug
from compare.site.readers import front_matter

FOLDER = "pages"
KEYS = ("title", "menu", "order", "language", "draft")
TAKEN = frozenset(("method", "outlets", "page", "pagefind", "search", "static", "stories"))
_LAST = 1000


class OwnPage(NamedTuple):
    """A page that the site's maker has written.

    Attributes:
        id: Its file's name without suffix; part of its address.
        title: Its heading, and what the menu says.
        text: Markdown.
        order: Place in the menu.
        source: Its file, as the user would name it.
    """

    id: str
    title: str
    text: str
    language: str
    order: int = _LAST
    in_menu: bool = True
    draft: bool = False
    source: str = ""

    @property
    def path(self) -> str:
        """Of the page, from the site's top."""
        return f"{self.id}/index.html"


def read_pages(root: Path, site: Site, *, drafts: bool = False) -> list[OwnPage]:
    """The site's own pages, in the order of the menu.

    Raises:
        Problems: With everything that is wrong with them.
    """
    pages, problems = examine_pages(root, site)
    wrong = [problem for draft, problem in problems if drafts or not draft]
    if wrong:
        raise Problems(wrong)
    return [page for page in pages if drafts or not page.draft]


def menu(pages: list[OwnPage]) -> tuple[MenuEntry, ...]:
    """What the site's menu names."""
    return tuple(MenuEntry(page.title, page.path) for page in pages if page.in_menu)


def examine_pages(root: Path, site: Site) -> tuple[list[OwnPage], list[tuple[bool, CrossreadError]]]:
    """The pages as far as they can be read, and what is wrong, each with whether it is a draft's."""
    folder = root / FOLDER
    if not folder.is_dir():
        return [], []
    found: list[OwnPage] = []
    problems: list[tuple[bool, CrossreadError]] = []
    try:
        entries = files.listing(folder, root)
    except SourceError as error:
        return [], [(False, error)]
    for entry in entries:
        if entry.name.endswith(".md") and entry.name != "README.md":
            wrong: list[CrossreadError] = []
            found.append(_read(folder / entry.name, root, site, wrong))
            problems += [(found[-1].draft, problem) for problem in wrong]
    return sorted(found, key=lambda page: (page.order, page.id)), problems


def _read(file: Path, root: Path, site: Site, problems: list[CrossreadError]) -> OwnPage:
    """One page; what is wrong with it goes to ``problems``."""
    if not SLUG.fullmatch(file.stem):
        hint = f"use lower-case letters a-z, digits and hyphens; rename it to “{slug(file.stem)}.md”"
        problems.append(files.problem(file, root, "the file's name is not an id", hint))
    if file.stem in TAKEN:
        hint = "give the file another name"
        problems.append(files.problem(file, root, f"the name “{file.stem}” is taken by a page", hint))
    try:
        given, body = front_matter.read_own(file, root, KEYS, problems)
    except SourceError as error:
        problems.append(error)
        return OwnPage(file.stem, file.stem, "", site.language)
    order = given.take("order", fields.whole(0, _LAST))
    return OwnPage(
        id=file.stem,
        title=given.take("title", fields.text) or file.stem,
        text=body,
        language=given.take("language", fields.language) or site.language,
        order=_LAST if order is None else order,
        in_menu=given.take("menu", fields.flag) is not False,
        draft=given.take("draft", fields.flag) is True,
        source=given.path,
    )
