"""Moments as pages write them."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

_COMPACT_ZONE = re.compile(r"([+-]\d{2})(\d{2})$")
_LONGEST = 60


def parse_moment(text: str) -> datetime | None:
    """The moment that an ISO 8601 or e-mail date names, without a zone when it gives none.

    A date without a time is None: nothing is invented.
    """
    bare = " ".join(text.split())
    if not 10 < len(bare) <= _LONGEST:
        return None
    candidate = _COMPACT_ZONE.sub(
        r"\1:\2", bare.removesuffix(" UTC") + ("Z" if bare.endswith(" UTC") else "")
    )
    for attempt in (candidate, candidate.replace(" +", "+").replace(" -", "-")):
        try:
            return _whole_seconds(datetime.fromisoformat(attempt))
        except ValueError:
            continue
    try:
        return _whole_seconds(parsedate_to_datetime(bare))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _whole_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)
