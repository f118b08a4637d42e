"""Values that users write, checked one by one: each says what is wrong and how to mend it.

The configuration and the readers share these checks. A check takes what stood in the file and
gives the value or raises ``Invalid``; ``Fields`` turns that into an error with file and line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple, TypeVar, cast
from urllib.parse import urlsplit

from compare.errors import CrossreadError
from compare.model import Rights, WholeDay
from compare.site.outlets import SLUG
from compare.text import STEMMERS, primary

LONGEST_VALUE = 2000
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
T = TypeVar("T")

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")
_COMMON = frozenset(STEMMERS) | {"cs", "fa", "he", "ja", "ko", "pl", "th", "uk", "ur", "vi", "zh"}
_MOMENT = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T, ]+(\d{1,2})[:.](\d{2})"
    r"(?:[:.]\d{2}(?:\.\d{1,9})?)?(?:\s{0,3}(Z|[+-]\d{2}):?(\d{2})?)?)?",
    re.ASCII,
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})", re.ASCII)
_UNSAFE_IN_URL = re.compile(r"[\s<>\"\\^`{|}\x00-\x20\x7f]")
_QUOTE = "put it in quotation marks"
# Kind of a value that is no text → its name, and how to mend it.
_KINDS: dict[type, tuple[str, str]] = {
    bool: ("true or false", _QUOTE),
    int: ("a number", _QUOTE),
    float: ("a number", _QUOTE),
    list: ("a list", "write one text, such as “Ann Pell and Tom Reed”"),
    dict: ("a table", "write one text"),
}


class Invalid(ValueError):  # noqa: N818 - it reads as what it says of a value
    """A value that a check refuses, and a hint at how to mend it, or None."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


class Entry(NamedTuple):
    """A value as it stands in a file: text or a list from YAML, any type from TOML; its line, from 1."""

    value: object
    line: int | None


@dataclass(frozen=True, slots=True)
class Fields:
    """What one table of a file says by key, read with checks that report into one list."""

    path: str
    entries: Mapping[str, Entry]
    problems: list[CrossreadError]
    error: type[CrossreadError]

    def of(self, entries: Mapping[str, Entry]) -> Fields:
        """Another table of the same file."""
        return replace(self, entries=entries)

    def line(self, key: str) -> int | None:
        """The line of a key, or None."""
        return self.entries[key].line if key in self.entries else None

    def value(self, key: str) -> object:
        """What stands at a key, unchecked; None when it is absent."""
        return self.entries[key].value if key in self.entries else None

    def refuse_unknown(self, known: Collection[str], above: Collection[str] = ()) -> None:
        """Report every key that is not known, with the nearest that is; some stand ``above`` all tables."""
        for key, entry in self.entries.items():
            if key not in known:
                misplaced = "put it above the first line in [brackets]"
                hint = misplaced if key in above else did_you_mean(key, known)
                self.report(f"unknown key “{short(key)}”", line=entry.line, hint=hint)

    def take(self, key: str, check: Callable[[object], T]) -> T | None:
        """The checked value of a key; None when it is absent, empty or refused."""
        entry = self.entries.get(key)
        if entry is None or entry.value == "":
            return None
        try:
            return check(entry.value)
        except Invalid as invalid:
            self.report(f"{key}: {invalid}", line=entry.line, hint=invalid.hint)
            return None

    def report(self, message: str, *, line: int | None = None, hint: str | None = None) -> None:
        """Note one problem in this file."""
        self.problems.append(self.error(message, path=self.path, line=line, hint=hint))


def short(value: str) -> str:
    """A value as a message shows it: on one line, printable, not long."""
    shown = value if value.isprintable() else ascii(value)[1:-1]
    return shown if len(shown) <= 60 else shown[:59] + "…"


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A hint that names the nearest known word, or all of them."""
    near = get_close_matches(word[:80].lower(), sorted(known), 1, 0.6)
    return f"did you mean “{near[0]}”?" if near else "known are " + ", ".join(sorted(known))


def text(value: object) -> str:
    """Text on one line."""
    if not isinstance(value, str):
        kind, hint = _KINDS.get(type(value), ("a date", _QUOTE))
        raise Invalid(f"must be text, not {kind}", hint)
    if len(value) > LONGEST_VALUE:
        raise Invalid(f"is longer than {LONGEST_VALUE} characters", "shorten it")
    if CONTROL.search(value):
        raise Invalid("holds a control character", "remove it; it is not text")
    return " ".join(value.split())


def texts(value: object) -> tuple[str, ...]:
    """A list of texts."""
    if not isinstance(value, list):
        raise Invalid("must be a list", "write it as [first, second]")
    return tuple(dict.fromkeys(filter(None, map(text, value))))


def one_of(*choices: str) -> Callable[[object], str]:
    """A check for one of some words."""

    def check(value: object) -> str:
        word = text(value)
        if word not in choices:
            raise Invalid(f"“{short(word)}” is not a choice", did_you_mean(word, choices))
        return word

    return check


def rights(value: object) -> Rights:
    """How much of an article may be shown."""
    return cast(Rights, one_of("full", "excerpt", "none")(value))


def flag(value: object) -> bool:
    """``true`` or ``false``."""
    if isinstance(value, bool):
        return value
    word = text(value).lower()
    if word not in ("true", "false"):
        raise Invalid(f"“{short(word)}” is neither true nor false", "write true or false")
    return word == "true"


def whole(least: int, most: int) -> Callable[[object], int]:
    """A check for a whole number between two others."""

    def check(value: object) -> int:
        if isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value):
            value = int(value)
        hint = f"write a number from {least} to {most}"
        if not isinstance(value, int) or isinstance(value, bool):
            raise Invalid("must be a whole number", hint)
        if not least <= value <= most:
            raise Invalid(f"{value} is out of range", hint)
        return value

    return check


def share(value: object) -> float:
    """A number from 0 to 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise Invalid("must be a number from 0 to 1", "write a number such as 0.6")
    return float(value)


def _matching(pattern: str | re.Pattern[str], what: str, hint: str) -> Callable[[object], str]:
    """A check for a text of some form."""

    def check(value: object) -> str:
        word = text(value)
        if not re.fullmatch(pattern, word):
            raise Invalid(f"“{short(word)}” is not {what}", hint)
        return word

    return check


# An id that may stand in a path, and an ISO 3166 alpha-2 code.
slug = _matching(SLUG, "an id", "use lower-case letters a-z, digits and hyphens")
country = _matching(r"[A-Z]{2}", "a country code", "write two capitals such as DE")


def url(value: object) -> str:
    """A web address, http or https."""
    address = text(value)
    wrong = Invalid(f"“{short(address)}” is not a web address", "write it as https://host/path")
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme not in ("http", "https"):
        what = f"the scheme of “{short(address)}” is not allowed"
        raise Invalid(what, "write a web address with http or https")
    if not host or _UNSAFE_IN_URL.search(address) or parts.username is not None:
        raise wrong
    return address


def moment(value: object) -> datetime:
    """A date and time with its zone, or a day of which no time is known."""
    word = text(value) if isinstance(value, str) else str(value)
    try:
        if _DAY.fullmatch(word):
            return WholeDay.of(date.fromisoformat(word))
        found = datetime.fromisoformat(word)
        if found.tzinfo is not None:
            found.astimezone(UTC)  # the first and last hours of the calendar have no such moment
            return found
    except (ValueError, OverflowError):
        raise Invalid(f"“{short(word)}” is not a date and time", f"write it as {_mended(word)}") from None
    hint = f"add the zone of the outlet's clock: {word}+00:00 if that is UTC"
    raise Invalid(f"“{short(word)}” has no time zone", hint)


def _mended(word: str) -> str:
    """How to write a moment that could not be taken, as far as its figures tell."""
    form = "YYYY-MM-DDTHH:MM+HH:MM, or as YYYY-MM-DD when only the day is known"
    match = _MOMENT.match(word)
    if match is None:
        return form
    year, month, day_of_month, hour, minute = (int(part or 0) for part in match.group(1, 2, 3, 4, 5))
    try:
        found = datetime(year, month, day_of_month, hour, minute)
    except ValueError:
        return form
    hours, minutes = match.group(6, 7)
    if match[4] is None:
        return f"{found:%Y-%m-%d} when only the day is known, or add time and zone"
    if hours is None:
        return f"{found:%Y-%m-%dT%H:%M}+00:00 if that is UTC, or with the zone of the outlet's clock"
    zone = "+00:00" if hours == "Z" else f"{hours}:{minutes or '00'}"
    return f"{found:%Y-%m-%dT%H:%M}{zone}"


def day(value: object) -> date:
    """A calendar day."""
    word = text(value) if isinstance(value, str) else str(value)
    if not _DAY.fullmatch(word):
        raise Invalid(f"“{short(word)}” is not a date", f"write it as {_mended_day(word)}")
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise Invalid(f"“{word}” is not in the calendar", "look at its month and its day") from None


def _mended_day(word: str) -> str:
    """How to write a day that could not be taken, where its figures leave no doubt."""
    first, last = _MOMENT.match(word), _DAY_FIRST.match(word)
    figures = first.group(1, 2, 3) if first else last.group(3, 2, 1) if last else ()
    try:
        found = date(*map(int, figures))
    except (ValueError, TypeError):
        return "YYYY-MM-DD"
    return found.isoformat() if first or found.day > 12 or "." in word else "YYYY-MM-DD"


def language(value: object) -> str:
    """A BCP 47 tag of a language that is known."""
    tag = text(value)
    if not _LANGUAGE.fullmatch(tag) or not (primary(tag) in _COMMON or primary(tag) in _languages()):
        raise Invalid(f"“{short(tag)}” is not a known language", "write a BCP 47 tag such as en or pt-BR")
    return tag


def sign(value: object) -> str:
    """Two to four capitals or digits."""
    word = text(value)
    if not (2 <= len(word) <= 4 and word.isalnum() and word == word.upper()):
        raise Invalid(f"“{short(word)}” is not a sign", "write two to four capitals")
    return word


@cache
def _languages() -> frozenset[str]:
    from babel import Locale

    return frozenset(primary(str(name).replace("_", "-")) for name in Locale("en").languages)
