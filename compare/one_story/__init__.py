"""One story of a site by its name, for commands that look into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from compare.errors import SourceError
from compare.model import Alignment, Comparison, Sentence, Site, Story
from compare.site import config, fields, readers
from compare.site.folders import find_stories
from compare.story import align_story, compare_aligned
from compare.text.segment import split


@dataclass(frozen=True, slots=True)
class Opened:
    """A story with its sentences.

    Attributes:
        site: The site it belongs to.
        story: The story.
        sentences: Of each article, in the story's order of articles.
    """

    site: Site
    story: Story
    sentences: tuple[tuple[Sentence, ...], ...]

    def align(self) -> Alignment:
        """Its links and groups, as ``align_story`` finds them."""
        return align_story(self.story, self.sentences, self.site.settings)

    def compare(self) -> Comparison:
        """Everything that is found in it."""
        return compare_aligned(self.story, self.sentences, self.align())


def open_story(root: Path, name: str) -> Opened:
    """Read one story of the site in a folder, by its id, that is its folder's name.

    Raises:
        SourceError: There is no such story.
        Problems: It, or the configuration, cannot be used.
    """
    site = config.load(root)
    folders = {folder.name: folder for folder in find_stories(root)[0]}
    if name not in folders:
        hint = fields.did_you_mean(name, folders.keys()) if folders else "there is no story yet"
        raise SourceError(f"there is no story “{fields.short(name)}”", path="sources", hint=hint)
    story = readers.read_story(folders[name], root, site)
    return Opened(site, story, tuple(split(article) for article in story.articles))
