"""Front matter: YAML between two lines of ``---``, read as keys with text or lists of text.

All scalars stay text (``no``, ``1.10`` and ``12:30`` survive), and nothing is ever built from an alias,
a deep nest or a repeated key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from compare.errors import CrossreadError, SourceError
from compare.site import files
from compare.site.fields import Entry, Fields, short
from compare.site.readers import pictures

LARGEST = 64_000
DEEPEST = 10
LARGEST_FILE = 200_000  # of a site's maker's own
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_EMPTY = frozenset(("", "~", "null"))
_HINT = "begin the file with a line of ---, keys such as “{}: …”, and another line of ---"


class FrontMatter(NamedTuple):
    """A file in its two parts: what it says by key, its body, and the line on which that begins."""

    entries: dict[str, Entry]
    body: str
    line: int


def split(text: str, path: str, problems: list[CrossreadError], needed: str = "title") -> FrontMatter:
    """Part a file into its front matter and its body.

    Args:
        text: Of the file.
        path: As the user would name it.
        problems: What is wrong with single values is added here.
        needed: The key that such a file cannot do without.

    Raises:
        SourceError: When there is no front matter or it is not YAML.
    """
    opening = FENCE.match(text)
    if opening is None:
        raise SourceError("has no front matter", path, 1, _HINT.format(needed))
    closing = FENCE.search(text, opening.end())
    if closing is None:
        raise SourceError("the front matter does not end", path, 1, "close it with a line of ---")
    entries = parse(text[opening.end() + 1 : closing.start()], path, 2, problems)
    return FrontMatter(entries, text[closing.end() :], text.count("\n", 0, closing.end()) + 1)


def read_own(
    file: Path, root: Path, keys: Collection[str], problems: list[CrossreadError]
) -> tuple[Fields, str]:
    """Read a text of the site's maker: front matter that names a title, and Markdown with pictures.

    Args:
        file: Where it is.
        root: The site's folder.
        keys: That its front matter may have.
        problems: Takes what is wrong with single keys and pictures.

    Raises:
        SourceError: The file cannot be read, or has no front matter.
    """
    path = files.shown(file, root)
    parts = split(files.read_text(file, root, LARGEST_FILE), path, problems)
    given = Fields(path, parts.entries, problems, SourceError)
    given.refuse_unknown(keys)
    if given.value("title") in (None, ""):
        given.report("names no title", line=1, hint="add “title: …” to the front matter")
    pictures.check(parts.body, parts.line, file, root, problems)
    return given, parts.body.strip()


def parse(text: str, path: str, first: int, problems: list[CrossreadError]) -> dict[str, Entry]:
    """Read YAML of keys with text or lists of text.

    Args:
        text: The YAML.
        path: The file that it stands in.
        first: The line that it begins on.
        problems: Takes what is wrong with single keys.

    Raises:
        SourceError: When it is not YAML, or not keys with values at all.
    """
    if len(text) > LARGEST:
        message = f"the front matter is longer than {LARGEST} characters"
        raise SourceError(message, path, first, "the article's text belongs below it")

    def wrong(message: str, part: Any, hint: str) -> SourceError:
        return SourceError(message, path, first + part.start_mark.line, hint)

    try:
        depth = 0
        for event in yaml.parse(text, _LOADER):  # before nodes are built, which recurses
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if getattr(event, "anchor", None):  # of an alias, too
                raise wrong("anchors and aliases (& and *) are not allowed", event, "write the value out")
            if depth > DEEPEST:
                raise wrong("the front matter is nested too deeply", event, "write “key: value” on each line")
        return _entries(yaml.compose(text, _LOADER), first, wrong, problems)
    except yaml.MarkedYAMLError as error:
        line = first + error.problem_mark.line if error.problem_mark else first
        hint = "put values with a colon, # or quotation marks inside in quotation marks"
        message = f"the front matter is not valid YAML: {error.problem}"
        raise SourceError(message, path, line, hint) from None
    except yaml.YAMLError:
        hint = "write “key: value” on each line"
        raise SourceError("the front matter is not valid YAML", path, first, hint) from None


def _entries(
    top: Any, first: int, wrong: Callable[..., SourceError], problems: list[CrossreadError]
) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    if top is None:
        return entries
    if not isinstance(top, yaml.MappingNode):
        raise wrong("the front matter holds no keys", top, "write “key: value” on each line")
    for name, node in top.value:
        if not isinstance(name, yaml.ScalarNode):
            raise wrong("a key of the front matter is not plain text", name, "write it as “key: value”")
        key = str(name.value)
        if isinstance(node, yaml.MappingNode):
            raise wrong(f"{short(key)}: must be text or a list", node, "write it as “key: value”")
        parts = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for part in parts:
            if not isinstance(part, yaml.ScalarNode):
                raise wrong(f"{short(key)}: a list holds text only", part, "write it as [first, second]")
        # What YAML writes as nothing is "".
        texts = ["" if not part.style and part.value.lower() in _EMPTY else part.value for part in parts]
        found = Entry(texts if parts is node.value else texts[0], first + name.start_mark.line)
        if entries.setdefault(key, found) is not found:
            hint = f"line {entries[key].line} has it too; keep one"
            problems.append(wrong(f"the key “{short(key)}” is given twice", name, hint))
    return entries
