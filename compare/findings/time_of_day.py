"""Times of day: ``4.40am``, ``16:30``, noon and midnight, with their zones."""

from __future__ import annotations

from compare.findings.date_words import DateWords
from compare.findings.parsed import Parsed
from compare.text.zones import ZONES

_HALVES = frozenset({"am", "pm", "a", "p"})


def noon(parsed: Parsed, index: int, minute: int) -> DateWords | None:
    """``noon``, ``12 noon``, ``midnight``, so many minutes after midnight."""
    before = parsed.name(index - 1)
    if before in {"après", "after"} and parsed.between(index) == "-":
        return None
    first = index - (before == "12")
    return zoned(parsed, DateWords(first, index + 1, "time", minute=minute))


def zoned(parsed: Parsed, date: DateWords) -> DateWords:
    """A time with what its hedge and its zone say."""
    last = date.last
    name = parsed.name(last)
    exact = next((minutes for minutes in (60, 15) if not date.minute % minutes), 0)
    slack = exact * parsed.has("vague", date.first - 1, date.first)
    written = parsed.text[parsed.words[last].start : parsed.words[last].end] if name else ""
    long = len(name) > 4 and parsed.name(last + 1) in {"time", "standard", "daylight"}
    zones = ZONES.get(name, ())
    if zones and (written.isupper() or long) and not parsed.between(last).strip(" .(,"):
        return date._replace(last=last + 1, slack=slack, zones=zones)
    return date._replace(slack=slack)


def clock(parsed: Parsed, index: int) -> DateWords | None:
    """``4.40am``, ``4:30 p.m.``, ``16:30``."""
    name = parsed.names[index]
    after = parsed.name(index + 1)
    if name.isdecimal() and not (after and after in _HALVES):
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
    return zoned(parsed, DateWords(index, last, "time", minute=hours * 60 + minutes, half=unsure))
