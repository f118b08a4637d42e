"""Pictures in an editor's own Markdown: files beside it, each with words for those who do not see it.

They are copied into the site, never shown from another host, which would learn who reads what.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from markdown_it import MarkdownIt

from compare.errors import CrossreadError, SourceError
from compare.site import files
from compare.site.outlets import slug


class Picture(NamedTuple):
    """A picture as a text names it: its address (a file's name if all is well), words, and line, from 0."""

    name: str
    alt: str
    line: int


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def named(text: str) -> Iterator[Picture]:
    """The pictures that a Markdown text names, in order."""
    if "![" not in text:
        return
    for token in _parser().parse(text):
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            if child.type == "image":
                yield Picture(str(child.attrGet("src") or ""), child.content.strip(), line)
            line += child.type in ("softbreak", "hardbreak")


def is_local(name: str) -> bool:
    """Whether an address is the plain name of a picture that may lie beside the text."""
    return bool(files.PLAIN_NAME.fullmatch(name)) and Path(name).suffix.lower() in files.PICTURES


def shown(text: str) -> tuple[str, ...]:
    """Names of the files whose pictures a text shows, each once."""
    return tuple(dict.fromkeys(picture.name for picture in named(text) if is_local(picture.name)))


def check(text: str, line: int, source: Path, root: Path, problems: list[CrossreadError]) -> None:
    """Note what is wrong with the pictures of a Markdown text, which begins on a line of a source file."""
    for picture in named(text):
        if wrong := _wrong(picture, source.parent, root):
            message, hint = wrong
            problems.append(SourceError(message, files.shown(source, root), line + picture.line, hint))


def _wrong(picture: Picture, folder: Path, root: Path) -> tuple[str, str] | None:
    """What is wrong with a picture, and how to mend it."""
    name = files.quoted(picture.name)
    if "/" in picture.name:
        return f"the picture {name} is not beside this file", "save it there and write its name alone"
    if Path(picture.name).suffix.lower() not in files.PICTURES:
        return f"the picture {name} is of no kind that is shown", "known are " + ", ".join(files.PICTURES)
    if not files.PLAIN_NAME.fullmatch(picture.name):
        plain = slug(Path(picture.name).stem) + Path(picture.name).suffix.lower()
        return f"the picture’s name {name} cannot be an address", f"rename it to “{plain}”, here and there"
    if not picture.alt:
        return f"the picture {name} has no words", f"say what it shows: ![words]({picture.name})"
    try:
        files.read_bytes(folder / picture.name, root, files.LARGEST_PICTURE)
    except SourceError as error:
        return f"the picture {name} {error.message}", "put it beside this file, or leave it out"
    return None
