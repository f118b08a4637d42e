"""Folders of coverage → stories: one file a format, and every problem in one run.

A story is a folder ``sources/<story>/`` with ``story.md`` and one file an article. The names of
the folder and of the files are the ids: lower-case letters a-z, digits and hyphens.

Several versions of an article are files ``<id>.md``, ``<id>.v2.md``, ``<id>.v3.md`` … of one
outlet (a ``version`` key must agree with the name). The newest is compared under the id, and
the text of the one before it is kept in ``Article.earlier``.
"""

from compare.site.readers.articles import READERS
from compare.site.readers.corrections import check_corrections
from compare.site.readers.own_pages import OwnPage, examine_pages, menu, read_pages
from compare.site.readers.pictures import shown as shown_pictures
from compare.site.readers.stories import (
    Examined,
    examine_story,
    find_drafts,
    is_draft,
    read_stories,
    read_story,
)

__all__ = [
    "READERS",
    "Examined",
    "OwnPage",
    "check_corrections",
    "examine_pages",
    "examine_story",
    "find_drafts",
    "is_draft",
    "menu",
    "read_pages",
    "read_stories",
    "read_story",
    "shown_pictures",
]
