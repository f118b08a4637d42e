"""Words that say a point in time, and times of day: ``4.40am``, noon."""

from __future__ import annotations

from typing import Literal, NamedTuple

import regex

from compare.findings.parsed import Parsed
from compare.text.zones import ZONES

_CLOCK = regex.compile(
    r"(?i)(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d))?(?:\s?(?P<half>[ap])\.?m)?(?!\w|[.:]\d)"
)


class DateWords(NamedTuple):
    """Words that say a point in time, and what they say of it.

    Attributes:
        first: Index of its first word.
        last: Index past its last word.
        grain: How exact it is.
        year: Or 0.
        month: 1 to 12, or 0.
        day: 1 to 31, or 0.
        weekday: Monday is 0; -1 when not said.
        offset: Days from the article's day of publication, or None.
        minute: Minutes since midnight, or since midnight or noon when ``half``.
        half: Whether the time does not say which half of the day.
        slack: Days or minutes by which the words leave it open: ``two weeks ago``, ``around noon``.
        zones: What the named time zone can be, in minutes ahead of Greenwich; () without one.
    """

    first: int
    last: int
    grain: Literal["day", "month", "year", "time"]
    year: int = 0
    month: int = 0
    day: int = 0
    weekday: int = -1
    offset: int | None = None
    minute: int = -1
    half: bool = False
    slack: int = 0
    zones: tuple[int, ...] = ()


def noon(parsed: Parsed, index: int, minute: int) -> DateWords | None:
    """``noon``, ``12 noon``, ``midnight``, but not ``après-midi``."""
    before = parsed.name(index - 1)
    if before in {"après", "after"} and parsed.between(index) == "-":
        return None
    return zoned(parsed, DateWords(index - (before == "12"), index + 1, "time", minute=minute))


def clock(parsed: Parsed, index: int) -> DateWords | None:
    """``4.40am``, ``4:30 p.m.``, ``16:30``."""
    found = _CLOCK.match(parsed.text, parsed.words[index].start)
    if found is None or not (found["half"] or ":" in found[0]):
        return None
    hours, minutes, half = int(found["hour"]), int(found["minute"] or 0), (found["half"] or "").lower()
    if hours > (12 if half else 23) or minutes > 59:
        return None
    unsure = not half and hours < 13 and found["hour"][0] != "0"
    if half:
        hours = hours % 12 + 12 * (half == "p")
    last = parsed.past(found.end(), index)
    return zoned(parsed, DateWords(index, last, "time", minute=hours * 60 + minutes, half=unsure))


def zoned(parsed: Parsed, date: DateWords) -> DateWords:
    """A time with what its hedge and its zone say."""
    last, name = date.last, parsed.name(date.last)
    exact = next((minutes for minutes in (60, 15) if not date.minute % minutes), 0)
    slack = exact * parsed.has("vague", date.first - 1, date.first)
    zones = ZONES.get(name, ())
    written = parsed.text[parsed.words[last].start : parsed.words[last].end] if zones else ""
    told = written.isupper() or parsed.name(last + 1) in {"time", "standard", "daylight"}
    if zones and told and not parsed.between(last).strip(" .(,"):
        return date._replace(last=last + 1, slack=slack, zones=zones)
    return date._replace(slack=slack)
