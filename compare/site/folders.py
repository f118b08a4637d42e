"""The folder ``sources/`` and the stories' folders in it; nothing in them is read here."""

from __future__ import annotations

from pathlib import Path

from compare.errors import CrossreadError, Problems, SourceError
from compare.site import files

SOURCES = "sources"
# Suffix of a file that an article can be read from → the module of its reader in ``readers``.
FORMATS = {".htm": "html", ".html": "html", ".md": "markdown", ".txt": "text"}


def no_sources(root: Path) -> SourceError:
    """What to say of a folder that is no site."""
    what = "there is no folder sources/ here" if root.is_dir() else "there is no such folder"
    hint = "name the site's folder, or start one: crossread new FOLDER"
    return files.problem(root, Path(), what, hint)


def story_folders(root: Path) -> list[Path]:
    """The folders of all stories, ordered by name.

    Raises:
        Problems: When there is no story, or something in ``sources/`` is none.
    """
    found, problems = find_stories(root)
    if problems:
        raise Problems(problems)
    return found


def find_stories(root: Path) -> tuple[list[Path], list[CrossreadError]]:
    """The folders of all stories, ordered by name, and everything wrong with ``sources/`` itself."""
    folder = root / SOURCES
    if not folder.is_dir():
        return [], [no_sources(root)]
    try:
        entries = files.listing(folder, root)
    except SourceError as error:
        return [], [error]
    problems: list[CrossreadError] = []
    found = []
    for entry in entries:
        if files.is_folder(entry):
            found.append(folder / entry.name)
        elif Path(entry.name).suffix in FORMATS and entry.name != "README.md":
            what, hint = "stands outside any story", "move it into a story's folder"
            problems.append(files.problem(folder / entry.name, root, what, hint))
    if not found and not problems:
        hint = "make a folder for each story with story.md and one file an article"
        problems.append(files.problem(folder, root, "holds no story", hint))
    return found, problems
