"""The files that a site's maker adds: pages, their pictures, those of a story, a style sheet and a logo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from compare.errors import SourceError
from compare.model import Site
from compare.pages import Page, Renderer
from compare.site import files, readers


def pictures_of(folder: Path, text: str, home: str, root: Path) -> Iterator[Page]:
    """The pictures that a text shows, as they lie beside it.

    Reading the text has told what is wrong with them; one that has gone since is left out.

    Args:
        folder: Where they lie.
        text: Markdown.
        home: Folder of the page, from the site's top, with a slash.
        root: The site's folder.
    """
    for name in readers.shown_pictures(text):
        try:
            yield Page(home + name, files.read_bytes(folder / name, root, files.LARGEST_PICTURE))
        except SourceError:
            continue


def files_of_site(root: Path, site: Site, renderer: Renderer, *, drafts: bool) -> Iterator[Page]:
    """The site's own pages with their pictures, its style sheet and its logo.

    Raises:
        Problems: Something is wrong with a page.
        SourceError: A file has gone since the configuration was read.
    """
    for own in readers.read_pages(root, site, drafts=drafts):
        yield renderer.own_page(own)
        yield from pictures_of(root / "pages", own.text, f"{own.id}/", root)
    for name in (site.css, site.logo):
        if name is not None:
            yield Page(f"static/own/{name}", files.read_bytes(root / name, root, files.LARGEST_PICTURE))
