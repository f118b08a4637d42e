"""The words of a sentence that say a point in time, and where it lies on the calendar."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal, NamedTuple

Grain = Literal["day", "month", "year", "time"]


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


def weekday(said: DateWords, published: datetime | None) -> int | None:
    """Its weekday, Monday 0, as far as it can be known."""
    if said.weekday >= 0:
        return said.weekday
    day = calendar_day(said, published)
    return None if day is None else day.weekday()


def calendar_day(said: DateWords, published: datetime | None) -> date | None:
    """Its date, as far as it can be known; a day without a year is the one nearest to publication."""
    if said.offset is not None:
        day = published.toordinal() + said.offset if published is not None else 0
        return date.fromordinal(day) if 1 <= day <= date.max.toordinal() else None
    if not said.day:
        return None
    if said.year:
        return _day_of(said.year, said)
    if published is None:
        return None
    near = [d for year in (-1, 0, 1) if (d := _day_of(published.year + year, said))]
    return min(near, key=lambda d: (abs(d - published.date()), d), default=None)


def _day_of(year: int, said: DateWords) -> date | None:
    try:
        return date(year, said.month, said.day)
    except ValueError:
        return None
