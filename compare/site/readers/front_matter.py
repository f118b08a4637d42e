"""Front matter: YAML between two lines of ``---``, read as keys with text or lists of text.

All scalars stay text (``no``, ``1.10`` and ``12:30`` survive). The events of the parser are read
one by one, so that nothing is ever built from an alias, a deep nest or a repeated key.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from compare.errors import CrossreadError, SourceError
from compare.site import files
from compare.site.fields import Entry, Fields, short
from compare.site.readers import pictures

LARGEST = 64_000
LARGEST_FILE = 200_000  # of a site's maker's own
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_EMPTY = frozenset(("", "~", "null"))
_HINT = "begin the file with a line of ---, keys such as “{}: …”, and another line of ---"


class FrontMatter(NamedTuple):
    """A file in its two parts.

    Attributes:
        entries: By key.
        body: What follows.
        line: Line of the file on which the body begins.
    """

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
    opening = _FENCE.match(text)
    if opening is None:
        raise SourceError("has no front matter", path=path, line=1, hint=_HINT.format(needed))
    closing = _FENCE.search(text, opening.end())
    if closing is None:
        raise SourceError(
            "the front matter does not end", path=path, line=1, hint="close it with a line of ---"
        )
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

    Returns:
        Its front matter, to take values from, and its body.

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
        raise SourceError(
            f"the front matter is longer than {LARGEST} characters",
            path=path,
            line=first,
            hint="the article's text belongs below it",
        )
    try:
        return _Reader(path, first, problems).read(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        line = first + error.problem_mark.line if error.problem_mark else first
        hint = "put values with a colon, # or quotation marks inside in quotation marks"
        message = f"the front matter is not valid YAML: {error.problem}"
        raise SourceError(message, path=path, line=line, hint=hint) from None
    except yaml.YAMLError:
        hint = "write “key: value” on each line"
        raise SourceError("the front matter is not valid YAML", path=path, line=first, hint=hint) from None


class _Reader:
    """Builds entries from YAML events."""

    def __init__(self, path: str, first: int, problems: list[CrossreadError]) -> None:
        self._path = path
        self._first = first
        self._problems = problems

    def read(self, events: Any) -> dict[str, Entry]:
        entries: dict[str, Entry] = {}
        event = self._next(events)
        if event is None:
            return entries
        if not isinstance(event, yaml.MappingStartEvent):
            raise self._error("the front matter holds no keys", event, "write “key: value” on each line")
        while not isinstance(event := self._required(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._error(
                    "a key of the front matter is not plain text", event, "write it as “key: value”"
                )
            key, at = str(event.value), event
            value = self._value(events, key)
            if key in entries:
                hint = f"line {entries[key].line} has it too; keep one"
                self._problems.append(self._error(f"the key “{short(key)}” is given twice", at, hint))
            entries.setdefault(key, Entry(value, self._line(at)))
        return entries

    def _value(self, events: Any, key: str) -> str | list[str]:
        event = self._required(events)
        if isinstance(event, yaml.ScalarEvent):
            return _plain(event)
        values: list[str] = []
        if isinstance(event, yaml.SequenceStartEvent):
            while not isinstance(event := self._required(events), yaml.SequenceEndEvent):
                if not isinstance(event, yaml.ScalarEvent):
                    raise self._error(
                        f"{short(key)}: a list holds text only", event, "write it as [first, second]"
                    )
                values.append(_plain(event))
            return values
        raise self._error(f"{short(key)}: must be text or a list", event, "write it as “key: value”")

    def _next(self, events: Any) -> Any:
        """The next event that says something, or None at the end."""
        for event in events:
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                raise self._error(
                    "anchors and aliases (& and *) are not allowed", event, "write the value out"
                )
            if isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
                return event
        return None

    def _required(self, events: Any) -> Any:
        event = self._next(events)
        if event is None:
            raise AssertionError("the parser ended inside a collection")
        return event

    def _line(self, event: Any) -> int:
        return self._first + int(event.start_mark.line)

    def _error(self, message: str, event: Any, hint: str | None = None) -> SourceError:
        return SourceError(message, path=self._path, line=self._line(event), hint=hint)


def _plain(event: Any) -> str:
    """A scalar's text; "" for what YAML writes as nothing."""
    value = str(event.value)
    return "" if event.implicit[0] and value.lower() in _EMPTY else value
