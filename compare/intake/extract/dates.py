"""Moments as pages write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from compare.model import WholeDay

_COMPACT_ZONE = re.compile(r"([+-]\d{2})(\d{2})$")
# As scripts print it: “Mon May 13 2024 18:30:00 GMT+0200 (Central European Summer Time)”.
_PRINTED = re.compile(
    r"(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) (\d{1,2}),? (\d{4}) (\d{1,2}:\d{2}(?::\d{2})?)"
    r"(?: (?:GMT|UTC)?([+-]\d{4}|Z?))?(?: \(.{1,60}\))?"
)
# Names of zones that stand for one offset, in hours; those that stand for several are left out.
_ZONES = {
    "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "TRT": 3,
    "JST": 9, "KST": 9, "AWST": 8, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "HKT": 8, "SGT": 8,
    "PKT": 5, "WIB": 7, "SAST": 2, "EAT": 3, "WAT": 1, "AKST": -9, "AKDT": -8, "HST": -10, "BST": 1,
}  # fmt: skip
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
    if named and named[1] in _ZONES:
        hours = _ZONES[named[1]]
        moment = parse_moment(bare[: named.start()])
        known = moment is not None and moment.tzinfo is None
        return moment.replace(tzinfo=timezone(timedelta(hours=hours))) if moment and known else moment
    candidate = _COMPACT_ZONE.sub(
        r"\1:\2", bare.removesuffix(" UTC") + ("Z" if bare.endswith(" UTC") else "")
    )
    for attempt in (candidate, candidate.replace(" +", "+").replace(" -", "-")):
        try:
            if len(attempt) <= 10:
                return WholeDay.of(date.fromisoformat(attempt))
            return _whole_seconds(datetime.fromisoformat(attempt))
        except ValueError:
            continue
    printed = _PRINTED.fullmatch(bare)
    if printed:
        month, day, year, clock, zone = printed.groups()
        bare = f"{day} {month} {year} {clock} {(zone or '').replace('Z', '+0000')}".strip()
    try:
        # “-0000” is UTC of a clock whose zone is not told (RFC 5322, 3.3).
        return _whole_seconds(parsedate_to_datetime(re.sub(r"-0000$", "+0000", bare)))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def is_possible(moment: datetime) -> bool:
    """Whether something can have been published then: placeholders are of year 1 or 1970."""
    return moment.year >= _FIRST_YEAR


def _whole_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
