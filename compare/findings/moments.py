"""Dates, weekdays, years and times of day of a sentence.

Names of months and weekdays come from Babel's CLDR data, so every language that CLDR knows is read
in the forms ``21 May 2024``, ``May 21, 2024``, ``21 de mayo``, ``21 Mayıs'ta``, ``٢١ مايو``, and in figures
(``2024-05-21``, ``21.5.2024``, ``21/5/2024``). Figures with slashes whose language does not say whether the
day or the month comes first stay ambiguous. ``yesterday``, ``today`` and ``tomorrow`` are known in English,
Spanish, Turkish and Arabic. (dateparser finds more, at 5.6 ms a sentence where 0.05 ms can be spent.)
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from compare.findings.parsed import Parsed
from compare.text import primary, words

Grain = Literal["day", "month", "year", "time"]

RELATIVE = {
    "en": {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1},
    "es": {"hoy": 0, "ayer": -1, "anteayer": -2},
    "tr": {"bugün": 0, "dün": -1, "yarın": 1},
    "ar": {"أمس": -1, "غدا": 1, "غدًا": 1},
}
_ALSO_WORDS = frozenset({"may", "march", "mar", "sun", "sat", "mon", "wed", "mart", "dec", "jan", "mai"})
_BEFORE_MONTH = (
    "in since until till by last next early late mid this of from through en desde hasta de para entre"
)
_JOIN = frozenset({"de", "of", "del", "the"})
_HALVES = frozenset({"am", "pm", "a", "p"})
_MONTH_FIRST = frozenset({"en-us", "en-ph"})
_DAY_FIRST = frozenset({"en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za"})


class Moment(NamedTuple):
    """A point in time as far as the words say it.

    Attributes:
        first: Index of its first word.
        last: Index past its last word.
        grain: How exact it is.
        year: Or 0.
        month: 1 to 12, or 0.
        day: 1 to 31, or 0.
        weekday: Monday is 0; -1 when not said.
        offset: Days from the article's day of publication, or None.
        minute: Minutes since midnight, or since midnight or noon when ``half``; -1 without a time.
        half: Whether the time does not say which half of the day.
        swapped: Day and month may be the other way round.
    """

    first: int
    last: int
    grain: Grain
    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    offset: int | None = None
    minute: int = -1
    half: bool = False
    swapped: bool = False


class _Names(NamedTuple):
    months: dict[str, int]
    days: dict[str, int]
    relative: dict[str, int]
    all: frozenset[str]


@cache
def _names(language: str) -> _Names:
    """Normalised names of months and weekdays, long and short; empty for a language unknown to CLDR."""
    from babel import Locale, UnknownLocaleError

    language = primary(language)
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return _Names({}, {}, {}, frozenset())
    months: dict[str, int] = {}
    days: dict[str, int] = {}
    for names, target, shift in ((locale.months, months, 0), (locale.days, days, 0)):
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in names[form][width].items():
                    found = words(name)
                    if len(found) == 1 and len(found[0].text) > 2 and not found[0].text.isdigit():
                        target[found[0].text] = number + shift
    if language == "en":
        months["sept"] = 9
        days |= {"tues": 1, "thur": 3, "thurs": 3}
    relative = RELATIVE.get(language, {})
    return _Names(months, days, relative, frozenset((*months, *days, *relative)))


@lru_cache(maxsize=2048)
def moments(parsed: Parsed) -> tuple[Moment, ...]:
    """The dates and times of a sentence in order, none inside another."""
    names = _names(parsed.language)
    found: list[Moment] = []
    index = 0
    for clue in _clues(parsed, names):
        if clue < index:
            continue  # it is part of the moment before
        moment = _moment(parsed, clue, names)
        if moment is None:
            continue
        while found and found[-1].last > moment.first:
            found.pop()
        found.append(_with_weekday(parsed, moment, found))
        index = moment.last
    return tuple(found)


def _clues(parsed: Parsed, names: _Names) -> list[int]:
    """Indices of the words that can be a moment or a part of one."""
    if names.all.isdisjoint(parsed.vocabulary) and parsed.text.isascii() and "'" not in parsed.text:
        return parsed.figures
    bare = [name.partition("'")[0] if "'" in name else name for name in parsed.names]
    return [i for i, name in enumerate(bare) if name in names.all or name[0].isdigit()]


def _moment(parsed: Parsed, index: int, names: _Names) -> Moment | None:
    name = parsed.names[index].partition("'")[0]
    if name in names.months:
        return _around_month(parsed, index, names)
    if name in names.days and name not in _ALSO_WORDS:
        return Moment(index, index + 1, "day", weekday=names.days[name])
    if name in names.relative:
        return Moment(index, index + 1, "day", offset=names.relative[name])
    return _figures(parsed, index) if name[0].isdigit() else None


def _with_weekday(parsed: Parsed, moment: Moment, found: list[Moment]) -> Moment:
    """Join ``Tuesday, 21 May`` into one moment."""
    before = found[-1] if found else None
    if (
        moment.day
        and before is not None
        and before.weekday >= 0
        and not before.day
        and before.last == moment.first
        and not parsed.between(moment.first).strip(" ,.")
    ):
        found.pop()
        return moment._replace(first=before.first, weekday=before.weekday)
    return moment


def _day(name: str) -> int:
    """The day of the month that a word gives, or 0."""
    plain = name.rstrip("sthndr")
    if plain.isdecimal() and len(plain) <= 2 and len(name) - len(plain) in {0, 2}:
        value = int(plain)
        return value if 1 <= value <= 31 else 0
    return 0


def _year(name: str) -> int:
    return int(name) if len(name) == 4 and name.isdecimal() and 1000 <= int(name) <= 2199 else 0


def _around_month(parsed: Parsed, index: int, names: _Names) -> Moment | None:
    name = parsed.names[index].partition("'")[0]
    first, last, day = index, index + 1, 0
    before = index - 1
    while before > 0 and parsed.names[before] in _JOIN and index - before <= 2:
        before -= 1
    if before >= 0 and (day := _day(parsed.names[before])):
        first = before
    elif last < len(parsed.names) and not parsed.between(last).strip(" ."):
        day = _day(parsed.names[last])
        last += bool(day)
    after = last + 1 if last < len(parsed.names) and parsed.names[last] in _JOIN else last
    year = 0
    if after < len(parsed.names) and not parsed.between(after).strip(" ,."):
        year = _year(parsed.names[after])
        last = after + 1 if year else last
    if not day and not year and not _is_month(parsed, index, name):
        return None
    return Moment(first, last, "day" if day else "month", year, names.months[name], day)


def _is_month(parsed: Parsed, index: int, name: str) -> bool:
    """Whether a month's name alone is meant as one; ``may`` and ``march`` are verbs as well."""
    if name not in _ALSO_WORDS:
        return len(name) > 3
    return parsed.capital[index] and index > 0 and parsed.names[index - 1] in _BEFORE_MONTH.split()


def _figures(parsed: Parsed, index: int) -> Moment | None:
    return _numeric_date(parsed, index) or _clock(parsed, index) or _lone_year(parsed, index)


def _numeric_date(parsed: Parsed, index: int) -> Moment | None:
    """``2024-05-21``, ``21.5.2024``, ``21/5/2024``."""
    parts, last, sign = [parsed.names[index]], index + 1, "."
    if parts[0].count(".") == 2:
        parts = parts[0].split(".")
    elif index + 2 < len(parsed.words):
        sign = parsed.between(index + 1)
        if sign in {"/", "-"} and parsed.between(index + 2) == sign:
            parts, last = parsed.names[index : index + 3], index + 3
    if len(parts) != 3 or not all(part.isdecimal() and len(part) in {1, 2, 4} for part in parts):
        return None
    a, b, c = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return Moment(index, last, "day", a, b, c) if 1 <= b <= 12 and 1 <= c <= 31 else None
    if len(parts[2]) != 4 or not (1 <= a <= 31 and 1 <= b <= 31):
        return None
    language = parsed.language.lower()
    if sign == "/" and primary(language) == "en" and language not in _DAY_FIRST:
        month, day = a, b
        unsure = language not in _MONTH_FIRST and a <= 12 and b <= 12 and a != b
    else:
        month, day, unsure = b, a, False
    if month > 12:
        month, day = day, month
    return Moment(index, last, "day", c, month, day, swapped=unsure) if month <= 12 else None


def _clock(parsed: Parsed, index: int) -> Moment | None:
    """``4.40am``, ``4:30 p.m.``, ``16:30``."""
    name = parsed.names[index]
    if name.isdecimal() and not _HALVES.issuperset(parsed.names[index + 1 : index + 2]):
        return None
    figures = name.rstrip("apm")
    half, last = name[len(figures) :], index + 1
    if not half and last < len(parsed.names) and parsed.between(last).isspace():
        if parsed.names[last] in {"am", "pm"}:
            half, last = parsed.names[last], last + 1
        elif (
            parsed.names[last] in {"a", "p"}
            and last + 1 < len(parsed.names)
            and parsed.names[last + 1] == "m"
            and parsed.between(last + 1) == "."
        ):
            half, last = parsed.names[last] + "m", last + 2
    hour, _, minute = figures.replace(".", ":").partition(":")
    if not (hour.isdecimal() and (not minute or (minute.isdecimal() and len(minute) == 2))):
        return None
    if half not in {"am", "pm"} and (half or ":" not in figures):
        return None
    hours, minutes = int(hour[:3]), int(minute or 0)
    if hours > (12 if half else 23) or minutes > 59:
        return None
    if half:
        hours = hours % 12 + 12 * (half == "pm")
    return Moment(
        index, last, "time", minute=hours * 60 + minutes, half=not half and hours < 13 and hour[0] != "0"
    )


def _lone_year(parsed: Parsed, index: int) -> Moment | None:
    year = _year(parsed.names[index])
    if not 1800 <= year <= 2100:
        return None
    word = parsed.words[index]
    before = parsed.text[word.start - 1 : word.start]
    hyphened = before == "-" and parsed.text[word.start - 2 : word.start - 1].isalpha()
    if hyphened or before in {"$", "€", "£", "¥", "₺", "#", "/"}:
        return None
    if parsed.text[word.end : word.end + 2].strip()[:1] in {"%", "°", "٪"}:
        return None
    return Moment(index, index + 1, "year", year)


def weekday(moment: Moment, published: datetime | None) -> int | None:
    """Its weekday, Monday 0, as far as it can be known."""
    if moment.weekday >= 0:
        return moment.weekday
    day = calendar_day(moment, published)
    return None if day is None else day.weekday()


def calendar_day(moment: Moment, published: datetime | None) -> date | None:
    """Its date, as far as it can be known; a day without a year is the one nearest to publication."""
    if moment.offset is not None:
        day = published.toordinal() + moment.offset if published is not None else 0
        return date.fromordinal(day) if 1 <= day <= date.max.toordinal() else None
    if not moment.day:
        return None
    if moment.year:
        return _date(moment.year, moment)
    if published is None:
        return None
    near = [d for year in (-1, 0, 1) if (d := _date(published.year + year, moment))]
    return min(near, key=lambda d: (abs(d - published.date()), d), default=None)


def _date(year: int, moment: Moment) -> date | None:
    try:
        return date(year, moment.month, moment.day)
    except ValueError:
        return None
