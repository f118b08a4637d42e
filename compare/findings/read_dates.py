"""Dates, weekdays, years and times of day of a sentence.

Names of months and weekdays come from Babel's CLDR data, so every language that CLDR knows is read
in the forms ``21 May 2024``, ``May 21, 2024``, ``21 de mayo``, ``21 Mayıs'ta``, ``٢١ مايو``, and in figures
(``2024-05-21``, ``21.5.2024``, ``21/5/2024``), unless they could be either of two days in the article's
language. Chinese, Japanese and Korean dates and weekdays are read by their
signs. ``yesterday``, ``today`` and ``tomorrow`` are known in English, Spanish, Turkish and Arabic,
``two weeks ago`` and noon in some more languages; times of day with the zones that agencies name.
(dateparser finds more, at 5.6 ms a sentence where 0.05 ms can be spent.)
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import regex

from compare.findings.date_words import DateWords, clock, noon
from compare.findings.numerals import numerals
from compare.findings.parsed import MOST, Parsed
from compare.text import primary, words
from compare.text.lexicon import ANY, lexicon, numbers

_DAY = regex.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|°)?")
# Languages whose weekdays stand in a case: the name with another ending is the name.
_INFLECTING = frozenset(
    ("pl", "cs", "sk", "ru", "uk", "be", "bg", "hr", "sr", "bs", "sl", "lt", "lv", "et", "fi", "hu", "tr",
     "ko", "kk", "el")
)  # fmt: skip
_NUMERIC = regex.compile(r"(\d{4}|\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{1,2})(?!\w)")
_SIGNED_DATE = regex.compile(r"(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]")
_SIGNED_DAY = regex.compile(r"(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])|([月火水木金土日])曜")
_WEEKDAY_SIGNS = {
    sign: day % 7
    for signs in ("一二三四五六日", "月火水木金土日", "      天")
    for day, sign in enumerate(signs)
}
_MOST_DAYS_AGO = 62  # from which a count of weeks is a rough one
_BEFORE_FIGURES = frozenset("$€£¥₺#/")
_MONTH_FIRST = frozenset({"en-us", "en-ph"})
_DAY_FIRST = frozenset({"en-gb", "en-au", "en-nz", "en-ie", "en-in", "en-za"})


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
    for names, target in ((locale.months, months), (locale.days, days)):
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in names[form][width].items():
                    found = words(name)
                    if len(found) == 1 and len(found[0].text) > 2 and not found[0].text.isdigit():
                        target[found[0].text] = number
    if language == "en":
        months["sept"] = 9  # as agencies write it
    relative = numbers("relative_day", language)
    every = frozenset((*months, *days, *relative, *numbers("noon", language), *numbers("days")))
    return _Names(months, days, relative, every)


def date_words(language: str) -> frozenset[str]:
    """The names of months, weekdays and relative days."""
    return _names(language).all


@lru_cache(maxsize=2048)
def dates(parsed: Parsed) -> tuple[DateWords, ...]:
    """The dates and times of a sentence in order, none inside another; ``MOST`` at most."""
    names = _names(parsed.language)
    found = _signed(parsed)
    taken = {i for date in found for i in range(date.first, date.last)}
    for clue in _clues(parsed, names):
        if clue in taken or (date := _date_at(parsed, clue, names)) is None:
            continue
        found.append(_with_weekday(parsed, date, found))
        taken.update(range(date.first, date.last))
    return tuple(sorted(found)[:MOST])


def _signed(parsed: Parsed) -> list[DateWords]:
    """The dates and weekdays of Chinese, Japanese and Korean, whose words no space parts."""
    if parsed.text.isascii() or primary(parsed.language) not in {"zh", "ja", "ko"}:
        return []
    found = []
    for match in (*_SIGNED_DATE.finditer(parsed.text), *_SIGNED_DAY.finditer(parsed.text)):
        first, last = parsed.past(match.start() + 1) - 1, parsed.past(match.end())
        if match.re is _SIGNED_DAY:
            found.append(DateWords(first, last, "day", weekday=_WEEKDAY_SIGNS[match[1] or match[2]]))
        else:
            year, month, day = (int(figures or 0) for figures in match.groups())
            if 1 <= month <= 12 and 1 <= day <= 31:
                found.append(DateWords(first, last, "day", year, month, day))
    return found


def _clues(parsed: Parsed, names: _Names) -> list[int]:
    """Indices of the words that can be a date or a part of one."""
    inflected = primary(parsed.language) in _INFLECTING
    return [
        i
        for i, name in enumerate(parsed.names)
        if inflected or name[0].isdigit() or name.partition("'")[0] in names.all
    ]


def _weekday(name: str, days: dict[str, int]) -> int:
    """The weekday that a word names in any case, Monday 0, or -1."""
    if name in lexicon("also_word", ANY):
        return -1
    for day in () if name in days else days:
        # "sobota", "sobotę": the last vowel alone changes; "maanantai", "maanantaina": an ending is added.
        changed = len(day) > 3 and len(name) == len(day) and name[:-1] == day[:-1]
        if changed or (len(day) > 4 and name.startswith(day) and len(name) - len(day) <= 3):
            return days[day]
    return days.get(name, -1)


def _date_at(parsed: Parsed, index: int, names: _Names) -> DateWords | None:
    name = parsed.names[index].partition("'")[0]
    if name in names.months:
        return _around_month(parsed, index, names)
    if name in (noons := numbers("noon", parsed.language)):
        return noon(parsed, index, noons[name])
    if name in numbers("days"):
        return _ago(parsed, index, numbers("days")[name])
    if name[0].isdigit():
        return _numeric_date(parsed, index) or clock(parsed, index) or _lone_year(parsed, index)
    day, offset = _weekday(name, names.days), names.relative.get(name)
    known = day >= 0 or offset is not None
    return DateWords(index, index + 1, "day", weekday=day, offset=offset) if known else None


def _ago(parsed: Parsed, unit: int, each: int) -> DateWords | None:
    """``two weeks ago``, ``vor zwei Wochen``, ``il y a deux semaines``: a unit of ``each`` days."""
    count = next((n for n in numerals(parsed) if n.last == unit and n.kind != "ordinal"), None)
    first, last = count.first if count else unit - 1, unit + 1
    if count is None and parsed.name(first) not in lexicon("one", ANY):
        return None
    if parsed.has("ago", last, last + 1):
        last += 1
    elif parsed.has("ago_before", first - 2, first):
        first -= 1
    else:
        return None
    days = (count.values[0] if count else 1) * each
    if days % 1 or days > _MOST_DAYS_AGO or parsed.has("vague", first - 1, first):
        return None
    return DateWords(first, last, "day", offset=-int(days), slack=3 if each > 1 else 1)


def _with_weekday(parsed: Parsed, date: DateWords, found: list[DateWords]) -> DateWords:
    """Join ``Tuesday, 21 May`` into one date."""
    before = found[-1] if found else date
    adjoins = before.last == date.first and not parsed.between(date.first).strip(" ,.")
    if date.day and before.weekday >= 0 and not before.day and adjoins:
        found.pop()
        return date._replace(first=before.first, weekday=before.weekday)
    return date


def _day(name: str) -> int:
    """The day of the month that a word gives, or 0."""
    found = _DAY.fullmatch(name)
    value = int(found[1]) if found else int(name in lexicon("first_day", ANY))
    return value if 1 <= value <= 31 else 0


def _year(name: str) -> int:
    return int(name) if len(name) == 4 and name.isdecimal() and 1000 <= int(name) <= 2199 else 0


def _around_month(parsed: Parsed, index: int, names: _Names) -> DateWords | None:
    name = parsed.names[index].partition("'")[0]
    first, last = index, index + 1
    before = index - 1
    while before > 0 and parsed.names[before] in lexicon("in_date", ANY) and index - before <= 2:
        before -= 1
    if day := _day(parsed.name(before)):
        first = before
    elif not parsed.between(last).strip(" ."):
        day = _day(parsed.name(last))
        last += bool(day)
    after = last + (parsed.name(last) in lexicon("in_date", ANY))
    year = 0 if parsed.between(after).strip(" ,.") else _year(parsed.name(after))
    last = after + 1 if year else last
    if not day and not year and not _is_month(parsed, index, name):
        return None
    return DateWords(first, last, "day" if day else "month", year, names.months[name], day)


def _is_month(parsed: Parsed, index: int, name: str) -> bool:
    """Whether a month's name alone is meant as one; ``may`` and ``march`` are verbs as well."""
    if name not in lexicon("also_word", ANY):
        return len(name) > 3
    return parsed.capital[index] and index > 0 and parsed.names[index - 1] in lexicon("before_month", ANY)


def _numeric_date(parsed: Parsed, index: int) -> DateWords | None:
    """``2024-05-21``, ``21.5.2024``, ``21/5/2024``; None for what could be either of two days."""
    found = _NUMERIC.match(parsed.text, parsed.words[index].start)
    if found is None:
        return None
    a, b, c = int(found[1]), int(found[3]), int(found[4])
    year, month, day = (a, b, c) if a > 31 else (c, b, a)
    language = parsed.language.lower()
    if a <= 31 and found[2] == "/" and primary(language) == "en" and language not in _DAY_FIRST:
        if language not in _MONTH_FIRST and max(a, b) <= 12 and a != b:
            return None
        month, day = a, b
    if month > 12 and a <= 31:
        month, day = day, month
    if year < 1000 or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return DateWords(index, parsed.past(found.end(), index), "day", year, month, day)


def _lone_year(parsed: Parsed, index: int) -> DateWords | None:
    year, word = _year(parsed.names[index]), parsed.words[index]
    plain = 1800 <= year <= 2100 and parsed.text[word.start - 1 : word.start] not in _BEFORE_FIGURES
    return DateWords(index, index + 1, "year", year) if plain else None
