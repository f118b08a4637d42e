"""Dates, weekdays, years and times of day of a sentence.

Names of months and weekdays come from Babel's CLDR data, so every language that CLDR knows is read
in the forms ``21 May 2024``, ``May 21, 2024``, ``21 de mayo``, ``21 Mayıs'ta``, ``٢١ مايو``, and in figures
(``2024-05-21``, ``21.5.2024``, ``21/5/2024``). Figures with slashes whose language does not say whether the
day or the month comes first stay ambiguous. Chinese, Japanese and Korean dates and weekdays are read by their
signs. ``yesterday``, ``today`` and ``tomorrow`` are known in English, Spanish, Turkish and Arabic,
``two weeks ago`` and noon in some more languages; times of day with the zones that agencies name.
(dateparser finds more, at 5.6 ms a sentence where 0.05 ms can be spent.)
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import regex

from compare.findings.numerals import numerals
from compare.findings.parsed import Parsed
from compare.text import primary, words

Grain = Literal["day", "month", "year", "time"]

RELATIVE = {
    "en": {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1},
    "es": {"hoy": 0, "ayer": -1, "anteayer": -2},
    "tr": {"bugün": 0, "dün": -1, "yarın": 1},
    "ar": {"أمس": -1, "غدا": 1, "غدًا": 1},
}
# Units of "two weeks ago" in days, and the words that make it one, behind or before it.
_UNITS = {
    "day": 1, "days": 1, "week": 7, "weeks": 7, "fortnight": 14, "tag": 1, "tage": 1, "tagen": 1, "woche": 7,
    "wochen": 7, "jour": 1, "jours": 1, "semaine": 7, "semaines": 7, "día": 1, "días": 1, "semana": 7,
    "semanas": 7, "giorno": 1, "giorni": 1, "settimana": 7, "settimane": 7, "dag": 1, "dagen": 1, "weken": 7,
    "dia": 1, "dias": 1, "dni": 1, "tydzień": 7, "tygodnie": 7, "tygodni": 7,
}  # fmt: skip
_AGO = {"en": ("ago",), "it": ("fa",), "nl": ("geleden",), "pl": ("temu",), "pt": ("atrás",)}
_SINCE = {"de": ("vor",), "fr": ("il", "y", "a"), "es": ("hace",), "pt": ("há",)}
_ONE = frozenset(("a", "one", "einer", "einem", "une", "un", "una", "een", "um", "uma"))
_VAGUE = frozenset(
    ("about", "around", "almost", "nearly", "over", "than", "least", "some", "roughly", "shortly", "just",
     "before", "after", "near", "by", "towards", "toward", "approximately", "vers", "gegen", "sobre")
)  # fmt: skip
_NOON = {
    "en": {"noon": 720, "midday": 720, "midnight": 0}, "fr": {"midi": 720, "minuit": 0},
    "it": {"mezzogiorno": 720, "mezzanotte": 0}, "de": {"mitternacht": 0}, "nl": {"middernacht": 0},
    "es": {"medianoche": 0},
}  # fmt: skip
# Minutes ahead of Greenwich; more than one where a name stands for several zones or for summer and winter.
_ZONES = {
    "et": (-300, -240), "est": (-300,), "edt": (-240,), "ct": (-360, -300), "cdt": (-300,),
    "mt": (-420, -360), "mst": (-420,), "mdt": (-360,), "pt": (-480, -420), "pst": (-480,), "pdt": (-420,),
    "eastern": (-300, -240), "central": (-360, -300), "mountain": (-420, -360), "pacific": (-480, -420),
    "gmt": (0,), "utc": (0,), "bst": (60,), "wet": (0,), "cet": (60,), "cest": (120,), "mez": (60,),
    "mesz": (120,), "eet": (120,), "eest": (180,), "msk": (180,), "moscow": (180,), "trt": (180,),
    "ist": (330, 120, 60), "pkt": (300,), "cst": (-360, 480), "hkt": (480,), "sgt": (480,), "jst": (540,),
    "kst": (540,), "aest": (600,), "aedt": (660,), "nzst": (720,), "nzdt": (780,), "wat": (60,),
    "cat": (120,), "eat": (180,), "sast": (120,),
}  # fmt: skip
_FIRST = {"premier": 1, "primero": 1, "primo": 1, "primeiro": 1, "ersten": 1, "erster": 1, "first": 1}
_FRENCH_CLOCK = regex.compile(r"\d{1,2}h\d{0,2}")
_DAY = regex.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|°)?")
# Languages whose weekdays stand in a case: the name with another ending is the name.
_INFLECTING = frozenset(
    ("pl", "cs", "sk", "ru", "uk", "be", "bg", "hr", "sr", "bs", "sl", "lt", "lv", "et", "fi", "hu", "tr",
     "ko", "kk", "el")
)  # fmt: skip
_SIGNED_DATE = regex.compile(r"(?:(\d{4})\s?[年년]\s?)?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日号號일]")
_SIGNED_DAY = regex.compile(r"(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])|([月火水木金土日])曜")
_ALSO_WORDS = frozenset({"may", "march", "mar", "sun", "sat", "mon", "wed", "mart", "dec", "jan", "mai"})
_BEFORE_MONTH = (
    "in since until till by last next early late mid this of from through en desde hasta de para entre"
)
_JOIN = frozenset({"de", "of", "del", "the"})
_HALVES = frozenset({"am", "pm", "a", "p"})
_MOST_DAYS_AGO = 62  # from which a count of weeks is a rough one
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
        slack: Days or minutes by which the words leave it open: ``two weeks ago``, ``around noon``.
        zones: What the named time zone can be, in minutes ahead of Greenwich; () without one.
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
    slack: int = 0
    zones: tuple[int, ...] = ()


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
    if language == "de":
        days["sonnabend"] = 5
    relative = RELATIVE.get(language, {})
    others = _NOON.get(language, {}), (_UNITS if language in {*_AGO, *_SINCE} else {})
    return _Names(months, days, relative, frozenset((*months, *days, *relative, *others[0], *others[1])))


@lru_cache(maxsize=2048)
def moments(parsed: Parsed) -> tuple[Moment, ...]:
    """The dates and times of a sentence in order, none inside another."""
    names = _names(parsed.language)
    found: list[Moment] = []
    index = 0
    signed = _signed(parsed)
    for clue in _clues(parsed, names):
        if any(moment.first <= clue < moment.last for moment in signed):
            continue
        if clue < index:
            continue  # it is part of the moment before
        moment = _moment(parsed, clue, names)
        if moment is None:
            continue
        while found and found[-1].last > moment.first:
            found.pop()
        found.append(_with_weekday(parsed, moment, found))
        index = moment.last
    return tuple(sorted((*found, *signed), key=lambda moment: moment.first))


def _signed(parsed: Parsed) -> tuple[Moment, ...]:
    """The dates and weekdays of Chinese, Japanese and Korean, whose words no space parts."""
    if parsed.text.isascii() or primary(parsed.language) not in {"zh", "ja", "ko"}:
        return ()
    starts = [word.start for word in parsed.words]
    found = []
    for match in _SIGNED_DATE.finditer(parsed.text):
        first, last = bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end() - 1)
        year, month, day = (int(figures or 0) for figures in match.groups())
        if first >= 0 and 1 <= month <= 12 and 1 <= day <= 31:
            found.append(Moment(first, last, "day", year, month, day))
    for match in _SIGNED_DAY.finditer(parsed.text):
        first, last = bisect_right(starts, match.start()) - 1, bisect_right(starts, match.end() - 1)
        sign = match[1] or match[2]
        weekday = ("一二三四五六日".find(sign) if match[1] else "月火水木金土日".find(sign)) % 7
        if first >= 0:
            found.append(Moment(first, last, "day", weekday=6 if sign == "天" else weekday))
    return tuple(found)


def _clues(parsed: Parsed, names: _Names) -> list[int]:
    """Indices of the words that can be a moment or a part of one."""
    inflected = primary(parsed.language) in _INFLECTING
    plain = parsed.text.isascii() and "'" not in parsed.text
    if plain and not inflected and names.all.isdisjoint(parsed.vocabulary):
        return parsed.figures
    bare = [name.partition("'")[0] if "'" in name else name for name in parsed.names]
    return [
        i
        for i, name in enumerate(bare)
        if name in names.all or name[0].isdigit() or (inflected and _inflected(name, names.days))
    ]


def _inflected(name: str, days: dict[str, int]) -> str:
    """The weekday of which a word is another case, or ""."""
    for day in days:
        # "sobota", "sobotę": the last vowel alone changes; "maanantai", "maanantaina": an ending is added.
        changed = len(day) > 3 and len(name) == len(day) and name[:-1] == day[:-1]
        if changed or (len(day) > 4 and name.startswith(day) and len(name) - len(day) <= 3):
            return day
    return ""


def _moment(parsed: Parsed, index: int, names: _Names) -> Moment | None:  # noqa: PLR0911
    name = parsed.names[index].partition("'")[0]
    if name in names.months:
        return _around_month(parsed, index, names)
    if name in names.days and name not in _ALSO_WORDS:
        return Moment(index, index + 1, "day", weekday=names.days[name])
    if name in names.relative:
        return Moment(index, index + 1, "day", offset=names.relative[name])
    if name in _NOON.get(primary(parsed.language), {}):
        return _noon(parsed, index)
    if name in _UNITS:
        return _ago(parsed, index)
    if name[0].isdigit():
        return _figures(parsed, index)
    day = _inflected(name, names.days)
    return Moment(index, index + 1, "day", weekday=names.days[day]) if day else None


def _ago(parsed: Parsed, unit: int) -> Moment | None:
    """``two weeks ago``, ``vor zwei Wochen``, ``il y a deux semaines``."""
    names, language = parsed.names, primary(parsed.language)
    count = next((n for n in numerals(parsed) if n.last == unit and not n.ordinal), None)
    first = count.first if count else unit - 1
    if count is None and (unit == 0 or names[unit - 1] not in _ONE):
        return None
    times = count.values[0] if count else 1
    before, last = _SINCE.get(language, ()), unit + 1
    if names[last : last + 1] and names[last] in _AGO.get(language, ()):
        last += 1
    elif before and tuple(names[max(0, first - len(before)) : first]) == before:
        first -= len(before)
    else:
        return None
    days = times * _UNITS[names[unit]]
    if days % 1 or days > _MOST_DAYS_AGO or (first and names[first - 1] in _VAGUE):
        return None
    slack = 3 if _UNITS[names[unit]] > 1 else 1
    return Moment(first, last, "day", offset=-int(days), slack=slack)


def _noon(parsed: Parsed, index: int) -> Moment | None:
    """``noon``, ``12 noon``, ``midnight``."""
    before = parsed.names[index - 1] if index else ""
    if before in {"après", "after"} and parsed.between(index) == "-":
        return None
    first = index - (before == "12")
    minute = _NOON[primary(parsed.language)][parsed.names[index]]
    return _zoned(parsed, Moment(first, index + 1, "time", minute=minute))


def _zoned(parsed: Parsed, moment: Moment) -> Moment:
    """A time with what its hedge and its zone say."""
    before = parsed.names[moment.first - 1] if moment.first else ""
    last = moment.last
    name = parsed.names[last] if last < len(parsed.names) else ""
    exact = next((minutes for minutes in (60, 15) if not moment.minute % minutes), 0)
    slack = exact if before in _VAGUE else 0
    written = parsed.text[parsed.words[last].start : parsed.words[last].end] if name else ""
    long = len(name) > 4 and parsed.names[last + 1 : last + 2] in (["time"], ["standard"], ["daylight"])
    if name in _ZONES and (written.isupper() or long) and not parsed.between(last).strip(" .(,"):
        return moment._replace(last=last + 1, slack=slack, zones=_ZONES[name])
    return moment._replace(slack=slack)


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
    found = _DAY.fullmatch(name)
    value = int(found[1]) if found else _FIRST.get(name, 0)
    return value if 1 <= value <= 31 else 0


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
    """``4.40am``, ``4:30 p.m.``, ``16:30``, ``16h30``, ``16.30 Uhr``, ``1630 GMT``."""
    name = parsed.names[index]
    behind = parsed.names[index + 1] if index + 1 < len(parsed.names) else ""
    whole = behind in {"gmt", "utc", "est", "edt", "ist", "hours", "hrs"} and len(name) == 4
    if whole or behind == "uhr" or _FRENCH_CLOCK.fullmatch(name):
        return _whole_clock(parsed, index)
    if name.isdecimal() and not (behind and behind in _HALVES):
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
    unsure = not half and hours < 13 and hour[0] != "0"
    return _zoned(parsed, Moment(index, last, "time", minute=hours * 60 + minutes, half=unsure))


def _whole_clock(parsed: Parsed, index: int) -> Moment | None:
    """A time of the day of 24 hours: ``1630 GMT``, ``16.30 Uhr``, ``16h30``."""
    name = parsed.names[index]
    hour, _, minute = regex.sub("[.h]", ":", name).partition(":")
    if len(name) == 4 and name.isdecimal():
        hour, minute = name[:2], name[2:]
    if not hour.isdecimal() or not (not minute or minute.isdecimal()):
        return None
    hours, minutes = int(hour), int(minute or 0)
    if hours > 23 or minutes > 59:
        return None
    last = index + 1 + (parsed.names[index + 1 : index + 2] == ["uhr"])
    half = parsed.names[index + 1 : index + 2] == ["uhr"] and hours < 13
    return _zoned(parsed, Moment(index, last, "time", minute=hours * 60 + minutes, half=half))


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
