"""Coordinates of the pictures; the macros in ``partials/charts.html`` draw them as inline SVG.

Horizontal coordinates are per cent of the picture's width, so that lines stretch and letters do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

from compare.model import FULL
from compare.pages.cards import carried_bits, overlap
from compare.pages.claim_view import ClaimView
from compare.pages.labels import STATES
from compare.pages.outlet_view import OutletView
from compare.pages.story_view import StoryView

_MOST_LINES = 40
_LEVELS = 5
_MOST_COLUMNS = 16
_TONES = ("same", "reworded", "possible", "only", "dispute")


class Bar(NamedTuple):
    """One outlet's claims by state: ``parts`` are (state, x, width), ``counts`` go by ``STATES``."""

    outlet: OutletView
    parts: tuple[tuple[str, float, float], ...]
    counts: tuple[int, ...]


class Line(NamedTuple):
    """One claim's way through the drawn outlets: points (x, y) and the path that joins them."""

    claim: ClaimView
    path: str
    points: tuple[tuple[str, str], ...]


class OrderChart(NamedTuple):
    """Where claims stand in outlets.

    Attributes:
        columns: The drawn outlets, each with its place: those with most claims, when not all have room.
        lines: The drawn claims: the disputed ones and those that most outlets tell.
        table: Every claim of several outlets, with its depth in every outlet in words.
    """

    columns: tuple[tuple[OutletView, float], ...]
    lines: tuple[Line, ...]
    table: tuple[tuple[ClaimView, tuple[str, ...]], ...]


class Tick(NamedTuple):
    """One sentence of an article map."""

    x: str
    width: str
    state: str


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
    maps: tuple[tuple[OutletView, tuple[Tick, ...], tuple[int, ...]], ...]


def story_pictures(view: StoryView) -> Pictures:
    """Work out every picture of the story page."""
    return Pictures(
        bars=tuple(_bar(view, outlet) for outlet in view.outlets),
        order=_order(view),
        grid=_grid(view),
        maps=_maps(view),
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
    """The claims that most outlets tell, the disputed ones last, so that they lie on top."""
    several = [claim for claim in view.claims if claim.tellers > 1]
    depths = {
        c.id: [reading.depth if reading.in_full else None for reading in c.readings]
        for c in view.comparison.counted
    }
    percent = view.phrases.percent
    table = [
        (claim, tuple(["" if depth is None else percent(depth) for depth in depths[claim.id]]))
        for claim in several
    ]
    first = sorted(several, key=lambda claim: (not claim.disputed, -claim.tellers, claim.number))
    drawn = sorted(first[:_MOST_LINES], key=lambda claim: (claim.disputed, claim.number))
    outlets = _drawn_outlets(view)
    places = [round(100 * (at + 0.5) / len(outlets), 2) for at in range(len(outlets))]
    shown = [str(place) for place in places]
    middles = {
        (str(one), str(other)): str(round((one + other) / 2, 2)) for one, other in combinations(places, 2)
    }
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
        lines.append(Line(claim, _curve(points, middles), points))
    return OrderChart(tuple(zip(outlets, places, strict=True)), tuple(lines), tuple(table))


def _drawn_outlets(view: StoryView) -> list[OutletView]:
    """The outlets that the picture has room for, in the story's order."""
    if len(view.outlets) <= _MOST_COLUMNS:
        return list(view.outlets)
    claims = {summary.article: summary.claims for summary in view.comparison.summaries}
    most = sorted(view.outlets, key=lambda outlet: (-claims[outlet.article], outlet.number))
    return sorted(most[:_MOST_COLUMNS], key=lambda outlet: outlet.number)


def _curve(points: tuple[tuple[str, str], ...], middles: Mapping[tuple[str, str], str]) -> str:
    """The path through points, level at each; ``middles`` are half-way between two places."""
    if not points:
        return ""
    pieces = [f"M{points[0][0]} {points[0][1]}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        middle = middles[x1, x2]
        pieces.append(f"C{middle} {y1} {middle} {y2} {x2} {y2}")
    return "".join(pieces)


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


def _maps(view: StoryView) -> tuple[tuple[OutletView, tuple[Tick, ...], tuple[int, ...]], ...]:
    """For each outlet a tick a sentence, and how many are of each of ``_TONES``."""
    maps = []
    for outlet, sentences in zip(view.outlets, view.comparison.sentences, strict=True):
        body = [sentence for sentence in sentences if sentence.kind == "body"]
        width = 100 / max(1, len(body))
        broad = str(round(width * 0.86, 2))
        claims = [view.claim_of[sentence.id] for sentence in body]
        ticks = [Tick(_place(at, width), broad, _tone(claim, outlet)) for at, claim in enumerate(claims)]
        names = [tick.state for tick in ticks]
        counts = tuple([names.count(tone) for tone in _TONES])
        maps.append((outlet, tuple(ticks), counts))
    return tuple(maps)


@lru_cache(4096)
def _place(at: int, width: float) -> str:
    """Where a tick begins: the same for all articles of so many sentences."""
    return str(round(at * width, 2))


def _tone(claim: ClaimView, outlet: OutletView) -> str:
    if claim.disputed:
        return "dispute"
    if claim.standing == "only":
        return "only"
    state = claim.states[outlet.number]
    if claim.tellers < 2 or state not in FULL:
        return "possible"
    return "reworded" if state == "reworded" else "same"
