"""Coordinates of the pictures; the macros in ``partials/charts.html`` draw them as inline SVG.

Horizontal coordinates are per cent of the picture's width, so that lines stretch and letters do not; in the
plot the drawn outlets stand at 1, 3, 5 … of twice their number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from compare.model import FULL
from compare.pages.claim_view import ClaimView
from compare.pages.labels import STATES
from compare.pages.outlet_view import OutletView
from compare.pages.story_view import StoryView

_MOST_LINES = 40
_MOST_NAMED = 6
_MOST_COLUMNS = 16


class Bar(NamedTuple):
    """One outlet's claims by state: ``parts`` are (state, x, width), ``counts`` go by ``STATES``."""

    outlet: OutletView
    parts: tuple[tuple[str, float, float], ...]
    counts: tuple[int, ...]


class Line(NamedTuple):
    """A named claim's way through the drawn outlets; ``depths`` tells where it stands in every outlet."""

    claim: ClaimView
    path: str
    depths: tuple[str, ...]


class Column(NamedTuple):
    """A drawn outlet, its place, and its points: heights in per cent, each with the line's number from 1."""

    outlet: OutletView
    x: str
    points: tuple[tuple[str, int], ...]


class OrderChart(NamedTuple):
    """Where claims stand in outlets.

    Attributes:
        columns: The drawn outlets: those with most claims, when not all have room.
        axes: The path of the outlets' axes.
        rest: The path of all lines without a number.
        named: The lines with a number: the disputed ones and those that most outlets tell.
        drawn: How many claims are drawn.
        several: How many claims several outlets tell.
    """

    columns: tuple[Column, ...]
    axes: str
    rest: str
    named: tuple[Line, ...]
    drawn: int
    several: int


class Pictures(NamedTuple):
    """All pictures of a story."""

    bars: tuple[Bar, ...]
    order: OrderChart


def story_pictures(view: StoryView) -> Pictures:
    """Work out every picture of the story page."""
    return Pictures(bars=tuple([_bar(view, outlet) for outlet in view.outlets]), order=_order(view))


def _bar(view: StoryView, outlet: OutletView) -> Bar:
    states = [claim.states[outlet.number] for claim in view.claims]
    counts = tuple([states.count(name) for name in STATES])
    parts, x = [], 0.0
    for name, number in zip(STATES, counts, strict=True):
        if number:
            width = 100 * number / len(states)
            parts.append((name, round(x, 2), round(width, 2)))
            x += width
    return Bar(outlet, tuple(parts), counts)


def _order(view: StoryView) -> OrderChart:
    """The claims that most outlets tell; a few are named, the others show what is usual."""
    several = [claim for claim in view.claims if claim.tellers > 1]
    first = sorted(several, key=lambda claim: (not claim.disputed, -claim.tellers, claim.number))
    named = sorted(first[:_MOST_NAMED], key=lambda claim: claim.number)
    rest = first[_MOST_NAMED:_MOST_LINES]
    counted = view.comparison.counted
    depths = {
        c.id: [r.depth if r.state in FULL else None for r in counted[c.number - 1].readings]
        for c in (*named, *rest)
    }
    outlets = _drawn_outlets(view)
    heights = [[None if d is None else _height(d) for d in depths[claim.id]] for claim in named]
    columns = []
    for at, outlet in enumerate(outlets):
        own = [(y, n) for n, line in enumerate(heights, 1) if (y := line[outlet.number]) is not None]
        columns.append(Column(outlet, f"{100 * (at + 0.5) / len(outlets):.4g}", tuple(own)))
    percent = view.phrases.percent
    told = {c.id: tuple(["" if d is None else percent(d) for d in depths[c.id]]) for c in named}
    return OrderChart(
        tuple(columns),
        "".join([f"M{2 * at + 1} 0V100" for at in range(len(outlets))]),
        "".join([_path(depths[claim.id], outlets) for claim in rest]),
        tuple([Line(claim, _path(depths[claim.id], outlets), told[claim.id]) for claim in named]),
        len(rest) + len(named),
        len(several),
    )


def _drawn_outlets(view: StoryView) -> list[OutletView]:
    """The outlets that the picture has room for, in the story's order."""
    if len(view.outlets) <= _MOST_COLUMNS:
        return list(view.outlets)
    claims = {summary.article: summary.claims for summary in view.comparison.summaries}
    most = sorted(view.outlets, key=lambda outlet: (-claims[outlet.article], outlet.number))
    return sorted(most[:_MOST_COLUMNS], key=lambda outlet: outlet.number)


def _path(depths: Sequence[float | None], outlets: Sequence[OutletView]) -> str:
    """The straight lines through a claim's places in the drawn outlets."""
    points = [
        f"{2 * at + 1} {_height(depth)}"
        for at, outlet in enumerate(outlets)
        if (depth := depths[outlet.number]) is not None
    ]
    return "M" + "L".join(points) if points else ""


def _height(depth: float) -> str:
    return f"{100 * depth:.3g}"
