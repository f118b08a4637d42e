"""Coordinates of the pictures; the macros in ``partials/charts.html`` draw them as inline SVG.

Horizontal coordinates are per cent of the picture's width, so that lines stretch and letters do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from compare.model import FULL
from compare.pages.cards import carried_bits, overlap
from compare.pages.claim_view import ClaimView
from compare.pages.labels import STATES
from compare.pages.outlet_view import OutletView
from compare.pages.story_view import StoryView

_MOST_LINES = 40
_MOST_NAMED = 8
_LEVELS = 5
_MOST_COLUMNS = 16


class Bar(NamedTuple):
    """One outlet's claims by state: ``parts`` are (state, x, width), ``counts`` go by ``STATES``."""

    outlet: OutletView
    parts: tuple[tuple[str, float, float], ...]
    counts: tuple[int, ...]


class Line(NamedTuple):
    """One claim's way through the drawn outlets: points (x, y) and the path that joins them.

    ``number`` is its name in the picture, from 1, or 0 for a line that is only background; ``depths``
    tells in words where it stands in every outlet.
    """

    claim: ClaimView
    path: str
    points: tuple[tuple[str, str], ...]
    number: int
    depths: tuple[str, ...]


class OrderChart(NamedTuple):
    """Where claims stand in outlets.

    Attributes:
        columns: The drawn outlets, each with its place: those with most claims, when not all have room.
        lines: The drawn claims, the named ones last, so that they lie on top.
        named: Those with a number: the disputed ones and those that most outlets tell.
        several: How many claims several outlets tell.
    """

    columns: tuple[tuple[OutletView, float], ...]
    lines: tuple[Line, ...]
    named: tuple[Line, ...]
    several: int


class GridCell(NamedTuple):
    """Two outlets: the share of the claims of either that both carry, its level, whether one copies."""

    share: str
    level: int
    kin: bool


class Pictures(NamedTuple):
    """All pictures of a story."""

    bars: tuple[Bar, ...]
    order: OrderChart
    grid: tuple[tuple[OutletView, tuple[GridCell, ...]], ...]


def story_pictures(view: StoryView) -> Pictures:
    """Work out every picture of the story page."""
    return Pictures(
        bars=tuple(_bar(view, outlet) for outlet in view.outlets),
        order=_order(view),
        grid=_grid(view),
    )


def _bar(view: StoryView, outlet: OutletView) -> Bar:
    states = [claim.states[outlet.number] for claim in view.claims]
    counts = tuple([states.count(name) for name in STATES])
    parts, x = [], 0.0
    for name, number in zip(STATES, counts, strict=True):
        width = 100 * number / max(1, len(states))
        if number:
            parts.append((name, round(x, 2), round(width, 2)))
        x += width
    return Bar(outlet, tuple(parts), counts)


def _order(view: StoryView) -> OrderChart:
    """The claims that most outlets tell; a few are named, the others show what is usual."""
    several = [claim for claim in view.claims if claim.tellers > 1]
    depths = {
        c.id: [reading.depth if reading.in_full else None for reading in c.readings]
        for c in view.comparison.counted
    }
    percent = view.phrases.percent
    first = sorted(several, key=lambda claim: (not claim.disputed, -claim.tellers, claim.number))
    named = sorted(first[:_MOST_NAMED], key=lambda claim: claim.number)
    drawn = [*first[_MOST_NAMED:_MOST_LINES], *named]
    outlets = _drawn_outlets(view)
    places = [round(100 * (at + 0.5) / len(outlets), 2) for at in range(len(outlets))]
    shown = [str(place) for place in places]
    lines = []
    for claim in drawn:
        own = depths[claim.id]
        points = tuple(
            [
                (x, f"{100 * depth:.1f}")
                for x, outlet in zip(shown, outlets, strict=True)
                if (depth := own[outlet.number]) is not None
            ]
        )
        number = named.index(claim) + 1 if claim in named else 0
        told = tuple(["" if depth is None else percent(depth) for depth in own])
        lines.append(Line(claim, _path(points), points, number, told))
    background = max(0, len(lines) - len(named))
    columns = tuple(zip(outlets, places, strict=True))
    return OrderChart(columns, tuple(lines), tuple(lines[background:]), len(several))


def _drawn_outlets(view: StoryView) -> list[OutletView]:
    """The outlets that the picture has room for, in the story's order."""
    if len(view.outlets) <= _MOST_COLUMNS:
        return list(view.outlets)
    claims = {summary.article: summary.claims for summary in view.comparison.summaries}
    most = sorted(view.outlets, key=lambda outlet: (-claims[outlet.article], outlet.number))
    return sorted(most[:_MOST_COLUMNS], key=lambda outlet: outlet.number)


def _path(points: Sequence[tuple[str, str]]) -> str:
    """The straight lines through points."""
    return "M" + "L".join([f"{x} {y}" for x, y in points]) if points else ""


def _grid(view: StoryView) -> tuple[tuple[OutletView, tuple[GridCell, ...]], ...]:
    carriers = [[n for n, one in enumerate(claim.states) if one in FULL] for claim in view.claims]
    bits = carried_bits(carriers, len(view.outlets))
    kin = {(a, b) for f in view.comparison.families for a in f.members for b in f.members if a != b}
    shares: dict[tuple[str, str], float] = {}
    for one in view.outlets:
        for other in view.outlets[one.number + 1 :]:
            share = overlap(bits[one.number], bits[other.number])
            shares[one.article, other.article] = shares[other.article, one.article] = share
    rows = []
    for one in view.outlets:
        cells = []
        for other in view.outlets:
            share = shares.get((one.article, other.article), 1.0)
            level = -1 if one is other else min(_LEVELS - 1, int(share * _LEVELS))
            pair = (one.article, other.article)
            cells.append(GridCell("" if one is other else view.phrases.percent(share), level, pair in kin))
        rows.append((one, tuple(cells)))
    return tuple(rows)
