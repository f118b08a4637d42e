"""TOML with line numbers and bounds: what ``tomllib`` leaves out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

from compare.errors import CrossreadError
from compare.site.fields import Entry

LARGEST = 1_000_000
MOST_DOTS = 200  # tomllib's time grows with the square of a dotted key's parts

_AT_LINE = re.compile(
    r"^(?P<what>.*?)(?: \(at (?:line (?P<line>\d+), column \d+|end of document)\))?$", re.DOTALL
)
_HEADER = re.compile(r"^\s*(\[{1,2})\s*([^\[\]]+?)\s*\]{1,2}\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')\s*[=.]")
_TWICE = "Cannot overwrite a value", "Cannot declare"


def parse(text: str, path: str, error: type[CrossreadError]) -> dict[str, object]:
    """Parse a document.

    Raises:
        CrossreadError: Of the class ``error``, when it is not TOML or out of bounds.
    """
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            raise error(f"the line has more than {MOST_DOTS} full stops", path=path, line=number)
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise error("is nested too deeply", path=path) from None
    except tomllib.TOMLDecodeError as broken:
        match = _AT_LINE.match(str(broken))
        what, line_text = (match["what"], match["line"]) if match else (str(broken), None)
        line_number = int(line_text) if line_text else text.count("\n") + 1
        hint = "a key or table is given twice" if what.startswith(_TWICE) else None
        raise error(f"is not valid TOML: {what}", path=path, line=line_number, hint=hint) from None


class Lines:
    """Where the keys of a document stand, found by reading its lines.

    A key inside an inline table or a multi-line value is not found; its table's line stands in.

    Args:
        text: The document.
        within: The tables that names are counted from.
    """

    def __init__(self, text: str, within: tuple[str, ...] = ()) -> None:
        self._within = within
        self._found: dict[str, int] = {}
        table, counts = "", dict[str, int]()
        for number, line in enumerate(text.split("\n"), 1):
            header, key = _HEADER.match(line), _KEY.match(line)
            if header:
                table = ".".join(part.strip().strip("\"'") for part in header[2].split("."))
                self._found.setdefault(table, number)
                if header[1] == "[[":
                    counts[table] = counts.get(table, -1) + 1
                    table = f"{table}.{counts[table]}"
                self._found.setdefault(table, number)
            elif key:
                self._found.setdefault(f"{table}.{key[1].strip(chr(34) + chr(39))}".lstrip("."), number)

    def line(self, *names: str) -> int | None:
        """The line of a key by the names of its tables and its own, or of the nearest table around it."""
        whole = (*self._within, *names)
        ends = range(len(whole), 0, -1)
        return next((at for end in ends if (at := self._found.get(".".join(whole[:end])))), None)

    def entries(self, table: Mapping[str, object], *names: str) -> dict[str, Entry]:
        """The values of a table with their lines."""
        return {key: Entry(value, self.line(*names, key)) for key, value in table.items()}
