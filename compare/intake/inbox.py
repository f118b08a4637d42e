"""A folder of articles of any kind, read and, once they are grouped, taken into stories."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from compare.errors import CrossreadError, FetchError, SourceError
from compare.intake.add import LARGEST, read_file
from compare.intake.extract.model import Draft
from compare.intake.group import Item, Proposal
from compare.intake.store import Added, Intake, is_page, known_articles
from compare.model import Rights
from compare.site import config, files
from compare.site.folders import find_stories
from compare.site.outlets import Directory, slug

_LONGEST_SLUG = 50
_EDITORS = ("story.md", "corrections.toml")


class Waiting(NamedTuple):
    """An article in the inbox.

    Attributes:
        item: What grouping looks at; its id is the file's name, with ``#2`` for a second article in it.
        draft: The whole.
        path: The file.
    """

    item: Item
    draft: Draft
    path: Path


def read_inbox(folder: Path) -> tuple[list[Waiting], list[CrossreadError]]:
    """Every article in a folder and the folders below, and what could not be read.

    Hidden files and links are passed over; files named ``story.md`` are an editor's.

    Raises:
        SourceError: It is no folder.
    """
    if not folder.is_dir():
        raise SourceError("is not a folder", path=folder, hint="name the folder that holds the articles")
    found: list[Waiting] = []
    problems: list[CrossreadError] = []
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        is_hidden = any(part.startswith(".") for part in inside.parts)
        if is_hidden or path.name in _EDITORS or path.is_symlink() or not path.is_file():
            continue
        name = inside.as_posix()
        try:
            drafts = read_file(files.read_bytes(path, folder, LARGEST), name)
        except CrossreadError as error:
            problems.append(FetchError(error.message, path=path, hint=error.hint))
            continue
        for number, draft in enumerate(drafts, 1):
            facts = draft.facts
            key = name if number == 1 else f"{name}#{number}"
            item = Item(key, facts.title or "", draft.text, facts.language or "en", facts.published)
            found.append(Waiting(item, draft, path))
    return found, problems


def part_known(root: Path, waiting: Sequence[Waiting]) -> tuple[list[Waiting], list[tuple[Waiting, str]]]:
    """The articles that are new to the site, and those that stand in a story already, with its name."""
    folders, _ = find_stories(root)
    known = [(folder.name, other) for folder in folders for other in known_articles(folder, root)]
    stands = [next((story for story, other in known if is_page(other, one.draft)), None) for one in waiting]
    pairs = list(zip(waiting, stands, strict=True))
    return [one for one, story in pairs if story is None], [(one, story) for one, story in pairs if story]


def name_story(proposal: Proposal, root: Path, taken: set[str]) -> str:
    """A folder name for a proposal: its day and its telling words, not yet taken."""
    first = proposal.items[0]
    day = "" if first.published is None else first.published.date().isoformat() + "-"
    words = slug("-".join(slug(reason) for reason in proposal.reasons[:3]) or first.title or "story")
    stem = (day + words)[:_LONGEST_SLUG].strip("-")
    numbers = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 10_000))
    return next(name for name in numbers if name not in taken and not (root / "sources" / name).exists())


def take(
    root: Path, proposal: Proposal, story: str, waiting: dict[str, Waiting], rights: Rights
) -> Iterator[Added | CrossreadError]:
    """Write the articles of a proposal into a story; what cannot be is yielded as its error."""
    intake = Intake(root, story, Directory(config.load(root).outlets), rights)
    for item in proposal.items:
        one = waiting[item.id]
        try:
            yield intake.store(one.draft, str(one.path))
        except CrossreadError as error:
            yield error
