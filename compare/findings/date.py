"""Days, months, years and times of day that differ in one claim.

``Tuesday``, ``yesterday`` and ``21 May`` are laid onto the calendar with the article's date of publication;
without one, weekdays are compared with weekdays and dates with dates. Two dates are compared when they
are equally exact and a word around them agrees that is no name. What
could be either of two dates (``03/04/2022``) disputes nothing, nor does what was expected for one day and
happened on another. Names of months and weekdays are known in every language of CLDR, relative days and
expectations in English, Spanish and Turkish.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import product

from compare.findings.date_words import DateWords
from compare.findings.parsed import Parsed
from compare.findings.read_dates import dates
from compare.findings.sides import Difference, Mark, Pair, Side, Sides
from compare.model import Day
from compare.text.lexicon import classes, lexicon

_REACH = 12  # words on either side of a date that can be told of it
_SAYING = 3  # words before a date in which a verb of speech makes it the date of the statement
_SHARE = 0.35  # of the shorter sentence's content that must agree
_BESIDE = 2  # words before a date, and one behind it, that say that it is one more: "also on Monday"
_CLOSE = 6  # words on either side of a date, of which one must be by the other
_ALIKE = 0.7  # of the shorter sentence's content in common, from which that is not asked
_ARTICLES = frozenset(["the", "el", "la", "le"])
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_BOUNDS = frozenset(["since", "until", "till", "before", "after", "by", "from", "desde", "hasta"])
_ZONE = 30  # minutes that zones are apart by
_NEAR_ENOUGH = 10  # minutes that reports of one time may differ by


def examine(pair: Pair, sides: Sides) -> Iterator[Difference]:
    """The dates on which two sentences differ."""
    a, b, common, sure = pair
    ours, theirs = dates(a.parsed), dates(b.parsed)
    if not ours or not theirs:
        return
    lone = sure and len(ours) == len(theirs) == 1
    lone = lone and (min(ours[0].month, theirs[0].month) > 0 or _are_copies(a, ours[0], b, theirs[0]))
    least = max(3, _SHARE * min(len(a.parsed.content), len(b.parsed.content)))
    if len(common) < least and not lone:
        return
    told = {side: [m for s in sides.told[side.article.id] for m in dates(s.parsed)] for side in (a, b)}
    open_ours = [x for x in ours if not any(_agree(a, x, b, y) for y in told[b])]
    open_theirs = [y for y in theirs if not any(_agree(a, x, b, y) for x in told[a])]
    candidates = [(x, y) for x, y in product(open_ours, open_theirs) if _correspond(a, x, b, y)]
    for x, y in candidates:
        if sum(p is x for p, _ in candidates) > 1 or sum(q is y for _, q in candidates) > 1:
            continue
        if _conflict(a, x, b, y) and not _are_two_acts(a, x, b, y):
            near = ", ".join(sorted(_near(a.parsed, x) & _near(b.parsed, y))[:5])
            note = f"Both speak of a {x.grain} near the stems {near}."
            yield Difference("conflict", True, _mark(a, x), _mark(b, y), note)


def _mark(side: Side, date: DateWords) -> Mark:
    mark = side.mark(date.first, date.last)
    return mark._replace(value=_shown(date, side) or mark.value)


def _shown(date: DateWords, side: Side) -> str:
    """The date as ISO 8601 writes it, as far as it is known; "" when its own words say it best."""
    if date.grain == "time":
        return f"{date.minute // 60:02}:{date.minute % 60:02}"
    if date.grain == "year":
        return str(date.year)
    if date.grain == "month":
        return f"{date.year}-{date.month:02}" if date.year else ""
    day = calendar_day(date, side.article.published)
    if day is not None:
        return day.isoformat()
    if date.weekday >= 0:
        return _WEEKDAYS[date.weekday]
    return f"--{date.month:02}-{date.day:02}" if date.day else ""


def calendar_day(said: DateWords, published: datetime | None) -> Day | None:
    """Its date, as far as it can be known; a day without a year is the one nearest to publication."""
    if said.offset is not None:
        day = published.toordinal() + said.offset if published is not None else 0
        return Day.fromordinal(day) if 1 <= day <= Day.max.toordinal() else None
    if not said.day or not (said.year or published):
        return None
    if said.year or published is None:
        return _day_of(said.year, said)
    near = [d for year in (-1, 0, 1) if (d := _day_of(published.year + year, said))]
    return min(near, key=lambda d: (abs(d - published.date()), d), default=None)


def _day_of(year: int, said: DateWords) -> Day | None:
    try:
        return Day(year, said.month, said.day)
    except ValueError:
        return None


@lru_cache(maxsize=2048)
def _near(parsed: Parsed, date: DateWords) -> frozenset[str]:
    """Content stems around a date, without those of dates."""
    dated = frozenset(parsed.stems[i] for m in dates(parsed) for i in range(m.first, m.last))
    return parsed.near(date.first, date.last, _REACH) - dated


def _bound(parsed: Parsed, date: DateWords) -> str:
    """``since``, ``until``, ``before``…: what makes a date a bound and not the time itself."""
    before = [name for name in parsed.window(date.first - 2, date.first) if name not in _ARTICLES]
    return before[-1] if before and before[-1] in _BOUNDS else ""


def _correspond(a: Side, x: DateWords, b: Side, y: DateWords) -> bool:
    """Whether two dates stand in the same slot: the words next to them agree."""
    if x.grain != y.grain or _bound(a.parsed, x) != _bound(b.parsed, y):
        return False
    if _statement(a.parsed, x) != _statement(b.parsed, y):
        return False  # "…, the court said on Tuesday": the day of the report
    shared = _near(a.parsed, x) & _near(b.parsed, y)
    close = a.parsed.near(x.first, x.last, _CLOSE) & b.parsed.near(y.first, y.last, _CLOSE)
    smaller = min(len(a.parsed.content), len(b.parsed.content))
    if not close and len(a.parsed.content & b.parsed.content) < _ALIKE * smaller:
        return False
    return not shared <= a.parsed.named


@lru_cache(maxsize=2048)
def _statement(parsed: Parsed, date: DateWords) -> str:
    """The verb of speech right before or after a date, which makes it that of a statement; or ""."""
    verbs = lexicon("speech", parsed.language)
    before = parsed.window(date.first - _SAYING, date.first)
    after = parsed.names[date.last : date.last + 1] if parsed.between(date.last) == " " else []
    return next((name for name in (*before, *after) if name in verbs), "")


def _agree(a: Side, x: DateWords, b: Side, y: DateWords) -> bool:
    """Whether two dates can be the same as far as each is exact."""
    if "time" in {x.grain, y.grain}:
        return x.grain == y.grain and _times_agree(x, y)
    if x.year and y.year and x.year != y.year:
        return False
    if x.month and y.month:
        return x.month == y.month and (x.day == y.day or not (x.day and y.day))
    if x.grain != "day" or y.grain != "day":
        return bool(x.year and y.year)
    return _days_agree(a, x, b, y)


def _times_agree(x: DateWords, y: DateWords) -> bool:
    """Whether two times can be one: zones that are named count, and one that is not may be any."""
    near = max(_NEAR_ENOUGH, x.slack, y.slack)
    if x.zones and y.zones:
        gaps = [(x.minute - ours - y.minute + theirs) % 1440 for ours in x.zones for theirs in y.zones]
        return any(min(gap, 1440 - gap) <= near for gap in gaps)
    gap = abs(x.minute - y.minute)
    gap = min(gap % 720, 720 - gap % 720) if x.half or y.half else min(gap, 1440 - gap)
    zoned = bool(x.zones or y.zones) and gap % _ZONE in {0, _ZONE - 1, 1}
    return gap <= near or zoned


def _are_two_acts(a: Side, x: DateWords, b: Side, y: DateWords) -> bool:
    """Whether one date is of what came to nothing at first, or of something more than the other's."""
    if a.parsed.has("change") or b.parsed.has("change"):
        return True
    return any(s.parsed.has("also", d.first - _BESIDE, d.last + 1) for s, d in ((a, x), (b, y)))


def _days_agree(a: Side, x: DateWords, b: Side, y: DateWords) -> bool:
    """Whether two days can be one: by the calendar, or by the weekday where it is all that is known."""
    ours, theirs = calendar_day(x, a.article.published), calendar_day(y, b.article.published)
    if ours is not None and theirs is not None:
        return abs((ours - theirs).days) <= max(1, x.slack + y.slack)  # "today" is not one day in every zone
    first, second = (
        said.weekday if said.weekday >= 0 or day is None else day.weekday()
        for said, day in ((x, ours), (y, theirs))
    )
    return first == second or min(first, second) < 0  # cannot be laid onto one calendar


def _are_copies(a: Side, x: DateWords, b: Side, y: DateWords) -> bool:
    """Whether two sentences have the same words but for a date in each."""
    ours, theirs = ([*s.parsed.names[: d.first], "", *s.parsed.names[d.last :]] for s, d in ((a, x), (b, y)))
    return ours == theirs


def _conflict(a: Side, x: DateWords, b: Side, y: DateWords) -> bool:
    """Whether two dates that differ are both certain, and of one thing that happened or is to come."""
    ahead = [s.parsed.has("future", date.first - _REACH, date.first) for s, date in ((a, x), (b, y))]
    if ahead[0] == ahead[1]:
        return True
    side, date = (b, y) if ahead[0] else (a, x)
    return not _is_past(side.parsed, date)


def _is_past(parsed: Parsed, date: DateWords) -> bool:
    """Whether a word around a date tells it as something that happened."""
    near = parsed.window(date.first - _REACH, date.last + _CLOSE)
    happened, forms = lexicon("happened", parsed.language), classes("irregular", parsed.language)
    return any(name.endswith("ed") or name in happened or forms.get(name, name) != name for name in near)
