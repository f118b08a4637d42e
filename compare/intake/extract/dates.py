"""Moments as pages write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from compare.intake.extract.model import Doubt
from compare.model import WholeDay
from compare.text.zones import ZONES

# As scripts print it: “Mon May 13 2024 18:30:00 GMT+0200 (Central European Summer Time)”.
_PRINTED = re.compile(
    r"(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) (\d{1,2}),? (\d{4}) (\d{1,2}:\d{2}(?::\d{2})?)"
    r"(?: (?:GMT|UTC)?([+-]\d{4}|Z?))?(?: \(.{1,60}\))?"
)
_ZONE = re.compile(r" \(?([A-Z]{3,4})\)?$")
_LONGEST = 100
_FIRST_YEAR = 1990  # there were no news pages before


def parse_moment(text: str) -> datetime | None:
    """The moment that a date of ISO 8601, an e-mail or a script names; without a zone when it gives none.

    A date without a time is a ``WholeDay``: nothing is invented.
    """
    bare = " ".join(text.split())
    if not 8 <= len(bare) <= _LONGEST:
        return None
    named = _ZONE.search(bare)
    offsets = ZONES.get(named[1].lower(), ()) if named else ()
    if named is None or len(offsets) != 1:  # what stands for several zones is no zone
        return _in_iso(bare) or _in_mail(bare)
    moment = parse_moment(bare[: named.start()])
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=timezone(timedelta(minutes=offsets[0])))


def _in_iso(text: str) -> datetime | None:
    try:
        if len(text) <= 10:
            return WholeDay.of(date.fromisoformat(text))
        return datetime.fromisoformat(re.sub(r" (?=[+-])", "", text)).replace(microsecond=0)
    except ValueError:
        return None


def _in_mail(text: str) -> datetime | None:
    """A date of an e-mail (RFC 5322) or as a script prints it."""
    if printed := _PRINTED.fullmatch(text):
        month, day, year, clock, zone = printed.groups()
        text = f"{day} {month} {year} {clock} {(zone or '').replace('Z', '+0000')}".strip()
    try:
        # “-0000” is UTC of a clock whose zone is not told (RFC 5322, 3.3).
        return parsedate_to_datetime(re.sub(r"-0000$", "+0000", text)).replace(microsecond=0)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def is_possible(moment: datetime) -> bool:
    """Whether something can have been published then: placeholders are of year 1 or 1970."""
    return moment.year >= _FIRST_YEAR


def read_moment(about: str, stated: Iterable[str]) -> tuple[datetime | None, tuple[Doubt, ...]]:
    """The first moment with a time zone, of the first day that is told; else that day.

    Args:
        about: “published” or “updated”.
        stated: What the page says, the more deliberate first.
    """
    what = "publication" if about == "published" else "update"
    found: datetime | None = None
    doubts: list[Doubt] = []
    for text in stated:
        moment = parse_moment(text)
        if moment is None:
            continue
        if not is_possible(moment):
            told = f"the page gives {text.strip()[:40]} as the time of {what}, which cannot be"
            doubts.append(Doubt(about, told))
        elif found is not None and abs((moment.date() - found.date()).days) > 1:
            continue
        elif moment.tzinfo is not None and not isinstance(moment, WholeDay):
            return moment, tuple(doubts)
        elif found is None or isinstance(found, WholeDay):
            found = moment
    if found is not None and not isinstance(found, WholeDay):
        when = found.isoformat(timespec="minutes")
        told = f"the page gives {when} as the time of {what}, without a time zone; only the day is taken"
        doubts.append(Doubt(about, told))
        found = WholeDay.of(found.date())
    return found, tuple(doubts)
