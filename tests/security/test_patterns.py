"""Every regular expression of the package takes linear time, whatever it is run on.

``CROSSREAD_PATTERNS=full`` runs each on strings of 1 MB; an ordinary run does so only where short
strings leave a doubt.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
import re
import sys
import time
from collections import deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import regex

import compare

FULL = os.environ.get("CROSSREAD_PATTERNS") == "full"
SHORT, LONG = 2**16, 2**20  # characters
HOPELESS = 5.0  # seconds for SHORT characters
# LONG against SHORT: 16 in theory, up to eight times that where the matcher's stack begins to be taken
# from the system page by page (measured between 2**18 and 2**19), 256 for a quadratic pattern.
MOST_GROWTH = 128
NOISE = 0.002  # seconds that no ratio is taken of
ANCHORED = frozenset(("match", "fullmatch"))
QUICK = 0.0005  # seconds for GLANCE characters, below which even quadratic growth ends in seconds
GLANCE = 2**12  # characters
# What general attacks are made of: each is repeated, with an end that no pattern accepts.
# fmt: off
PIECES = [
    " ", "\n", " \n", "\t ", "a", "A", "Aa", "a ", "A ", "Aa ", "A. ", "a.", "a-", "a'", "1", "1,",
    "1.", "1 ", "1:", "11:11 ", "1/", "1-", "$1", "1%", "\"", "\" ", "“", "“a", "”", "'", "' ", "’",
    "(", ")", "()", "[", "[]", "{", "<", "<a", "<a ", "<!--", "</", "&", "&a", "=", "a=", "@", "/",
    "//", "http://", "a/", "\\", "*", "_", "`", "#", "- ", "> ", "|", "~", "…", "—", "é", "e\u0301",
    "\u0301", "\u200d", "ا", "漢", "。", "said ", "not ", "Mr. ", "and ", "of the ", "one ",
    "two hundred ", "January ", "in 2020 ", "Inc. ", "million ",
]
# fmt: on
END = "\x00"


def modules() -> Iterator[Any]:
    """Every module of the package that can be imported."""
    for found in pkgutil.walk_packages(compare.__path__, "compare."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


class Used(NamedTuple):
    """A pattern and how it is run."""

    pattern: Any
    methods: frozenset[str]


def patterns() -> dict[str, Used]:
    """Every compiled pattern that is reachable from a module, by the first place it is found in."""
    found: dict[str, Used] = {}
    seen: set[int] = set()
    for module in modules():
        for name, value in sorted(vars(module).items()):
            for number, pattern in enumerate(reachable(value, seen)):
                direct = isinstance(value, re.Pattern | regex.Pattern)
                how = methods(module.__name__, name) if direct else frozenset(("finditer", "match"))
                found[f"{module.__name__}.{name}" + ("" if direct else f"[{number}]")] = Used(pattern, how)
    return found


@cache
def sources() -> dict[str, str]:
    """Module → its source text."""
    return {module.__name__: Path(module.__file__).read_text(encoding="utf-8") for module in modules()}


def methods(module: str, name: str) -> frozenset[str]:
    """How a pattern is run: the methods called on its name, in its own module and in others.

    A pattern that is only ever matched at one place need not be searched for at every place.
    """
    own = re.findall(rf"\b{name}\.(\w+)", sources()[module])
    short = module.rpartition(".")[2]
    others = [re.findall(rf"\b{short}\.{name}\.(\w+)", text) for text in sources().values()]
    called = frozenset([*own, *(method for found in others for method in found)])
    return called & ANCHORED if called and called <= ANCHORED else frozenset(("finditer", "match"))


def reachable(value: object, seen: set[int], depth: int = 0) -> Iterator[Any]:
    """Patterns in a value, its items, its fields, and the variables that a function keeps."""
    if id(value) in seen or depth > 6:
        return
    seen.add(id(value))
    if isinstance(value, re.Pattern | regex.Pattern):
        yield value
    elif isinstance(value, dict):
        for item in [*value.keys(), *value.values()]:
            yield from reachable(item, seen, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from reachable(item, seen, depth + 1)
    elif type(value).__module__.startswith("compare.") or isinstance(value, type):
        kept = [*vars(type(value)).values()] if not isinstance(value, type) else []
        if isinstance(value, type) and not value.__module__.startswith("compare."):
            return
        kept += list(getattr(value, "__dict__", {}).values())
        kept += [getattr(value, name, None) for name in getattr(value, "__slots__", ()) if name != "__dict__"]
        for item in kept:
            yield from reachable(item, seen, depth + 1)


def attacks(pattern: Any) -> list[str]:
    """Pieces to repeat: the general ones and those that the pattern's own letters suggest."""
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    letters = sorted(set(re.findall(r"[^\s\\()\[\]{}|?*+^$.:]", source)))[:40]
    words = sorted({word.lower() for word in re.findall(r"[A-Za-z]{3,}", source)})[:25]
    return [*PIECES, *letters, *(f"{letter} " for letter in letters), *(f"{word} " for word in words)]


def seconds(used: Used, piece: str, length: int) -> float:
    """The time to run a pattern as it is used on a piece repeated to a length."""
    text = piece * (length // len(piece)) + END
    given = text.encode("utf-8") if isinstance(used.pattern.pattern, bytes) else text
    started = time.process_time()
    for method in sorted(used.methods):
        found = getattr(used.pattern, method)(given)
        if method == "finditer":
            deque(found, maxlen=0)
    return time.process_time() - started


PATTERNS = patterns()


def test_the_patterns_are_found() -> None:
    """The search sees the package's patterns; if it sees few, it is broken."""
    assert len(PATTERNS) > 40
    assert "compare.text._WORD" in PATTERNS


@pytest.mark.parametrize("name", sorted(PATTERNS))
def test_time_grows_with_the_length(name: str) -> None:
    """Sixteen times the text takes about sixteen times as long, not 256 times."""
    used = PATTERNS[name]
    for piece in attacks(used.pattern):
        if not FULL and looks_linear(used, piece):
            continue
        assert seconds(used, piece, SHORT) < HOPELESS, f"{piece!r} repeated: hopeless"
        # The least of three: other processes only ever make one of them larger.
        growth = min(seconds(used, piece, LONG) / max(seconds(used, piece, SHORT), NOISE) for _ in range(3))
        assert growth < MOST_GROWTH, f"{piece!r} repeated: {growth:.0f} times the time"


def test_a_quadratic_pattern_is_caught() -> None:
    """By the glance at short texts, and by what is asked of long ones, here on shorter ones."""
    used = Used(re.compile("a+b"), frozenset(("search",)))
    assert not looks_linear(used, "a")
    assert seconds(used, "a", 2**15) / seconds(used, "a", 2**11) > MOST_GROWTH


def looks_linear(used: Used, piece: str) -> bool:
    """Whether an eightfold small text takes far less than the 64-fold time of a quadratic pattern."""
    longer = seconds(used, piece, GLANCE)
    return longer < QUICK or longer < 16 * seconds(used, piece, GLANCE // 8)


def main() -> None:
    """Print the slowest attacks, for whoever mends a pattern."""
    slowest = [
        (seconds(used, piece, 2**14), name, piece)
        for name, used in PATTERNS.items()
        for piece in attacks(used.pattern)
    ]
    for taken, name, piece in sorted(slowest, reverse=True)[:40]:
        print(f"{taken * 1000:9.2f} ms  {piece!r:12}  {name}", file=sys.stderr)


if __name__ == "__main__":
    main()
