"""The search index: Pagefind's, made as the last step before the site is shown.

Pagefind is given one small document a story instead of the pages: each claim is a heading with the
anchor that it has on the story's page, its other wordings follow. That is a tenth of the work, and
every sentence is found once, at its claim.

A large site is indexed in parts, so that an edit costs one part; the search page joins them.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from compare.build import manifest
from compare.build.writer import Writer, Written
from compare.errors import OutputError
from compare.model import Claim, Comparison
from compare.pages.claim_view import told_by

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

FOLDER = "pagefind"
PARTS = f"{FOLDER}/parts.json"
WAITING = ".search"  # folder of the staged documents
ONE_PART = 125  # stories
MOST_PARTS = 8
# Ready-made interfaces that the site does not use.
_UNUSED = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).disable(["image", "heading", "lheading"])


def document(comparison: Comparison) -> bytes:
    """What is found of a story, as a page for Pagefind.

    Args:
        comparison: Of texts that may be published.
    """
    story = comparison.story
    title = escape(story.title)
    lines = [
        f'<!doctype html>\n<html lang="{escape(story.language)}"><head><title>{title}</title></head>',
        f"<body><h1>{title}</h1>\n{_parser().render(story.introduction)}",
        f"<p>{escape(' '.join(story.tags))}</p>",
    ]
    for article in story.articles:
        named = escape(f"{article.outlet.name}: {article.title or ''}".rstrip(": "))
        lines.append(f'<h2 id="o-{escape(article.id)}">{named}</h2>\n<p>{escape(article.author or "")}</p>')
    for claim in sorted(comparison.claims, key=lambda claim: not claim.heading):
        first, *others = _wordings(claim) or [""]
        if first and claim.heading:  # it has no place of its own on the story's page
            lines.append(f"<p>{escape(first)}</p>")
        elif first:
            lines.append(f'<h2 id="c-{escape(claim.id)}">{escape(first)}</h2>')
        lines += [f"<p>{escape(other)}</p>" for other in others]
    return "\n".join([*lines, "</body></html>\n"]).encode("utf-8", "replace")


def _wordings(claim: Claim) -> list[str]:
    """The distinct texts of a claim, the base reading's first."""
    texts = [" ".join([sentence.text for sentence in told_by(reading)]) for reading in claim.readings]
    told = [text for text in texts if text.strip()]
    base = texts[claim.readings.index(claim.base_reading)]
    return list(dict.fromkeys([base, *told])) if told else []


def part_of(story: str, stories: int) -> int:
    """The number of the part that a story is in, in a site of so many stories.

    The number of parts is a power of two, so that a growing site seldom moves its stories.
    """
    parts = 1
    while stories > ONE_PART * parts and parts < MOST_PARTS:
        parts *= 2
    return int(hashlib.sha256(story.encode("utf-8", "surrogateescape")).hexdigest()[:8], 16) % parts


def folder_of(part: int) -> str:
    """Where a part's index is, below the site's folder."""
    return f"{FOLDER}/{part}" if part else FOLDER


def files_of(part: int, files: Iterable[str]) -> list[str]:
    """The files of a part's index among a site's."""
    home = folder_of(part) + "/"
    below = [path for path in files if path.startswith(home) and path != PARTS]
    if part:
        return below
    return [path for path in below if not path[len(home) :].partition("/")[0].isdecimal()]


def index(writer: Writer, part: int, language: str) -> None:
    """Index the documents that wait for a part; the index waits beside them. May run in a thread.

    Args:
        writer: The staging folder.
        part: Its number.
        language: Of the interface; its stemmer serves all stories, which are searched from one page.

    Raises:
        OutputError: Pagefind failed.
    """
    from pagefind_bin import get_executable

    waiting = f"{writer.new}/{WAITING}/{part}"
    bundle = _bundle(writer, part)
    options = ["--silent", "--keep-index-url", "--force-language", language.partition("-")[0]]
    ran = subprocess.run(  # noqa: S603 - a program of our own dependency, and no shell
        [str(get_executable()), "--site", waiting, "--output-path", bundle, *options],
        cwd=waiting,  # so that no configuration file of Pagefind's is picked up elsewhere
        env={name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if ran.returncode:
        said = (ran.stderr or ran.stdout).strip().splitlines()
        raise OutputError("the search index could not be made: " + (said[-1] if said else "Pagefind failed"))


def take_over(writer: Writer, part: int, old: Mapping[str, str]) -> dict[str, Written]:
    """Put the files of a part's index in their place; what is as before becomes a link.

    Args:
        writer: The staging folder.
        part: Its number.
        old: Path → digest of the old site's files.

    Raises:
        OutputError: The disk refuses.
    """
    taken = {}
    bundle = Path(_bundle(writer, part))
    for below in sorted(manifest.scan(bundle)):
        name = below.rpartition("/")[2]
        if below.endswith("/") or name.startswith(_UNUSED) or (part and name.endswith(".js")):
            continue
        path = f"{folder_of(part)}/{below}"
        taken[path] = writer.put(path, (bundle / below).read_bytes(), old)
    return taken


def _bundle(writer: Writer, part: int) -> str:
    return f"{writer.new}/{WAITING}/index-{part}"


def clear(writer: Writer) -> None:
    """Take away the documents that were indexed."""
    shutil.rmtree(f"{writer.new}/{WAITING}", ignore_errors=True)
