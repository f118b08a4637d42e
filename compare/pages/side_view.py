"""Articles in parallel columns: a row for each claim, a gap where an article has nothing.

The page holds every article's column once. Without script a reader sees all of them beside each
other; the script shows the two that are chosen, in the order of the left one.
"""

from __future__ import annotations

from markupsafe import Markup
from msgspec import Struct

from compare.pages.outlet_view import OutletView
from compare.pages.story_view import StoryView


class SentenceCell(Struct, frozen=True):
    """One sentence in a column.

    ``href`` leads to it from the story's folder, ``place`` is its number in the article, from 0; ``disputed``
    when it says one side of a dispute.
    """

    text: str
    href: Markup
    place: int
    heading: bool
    disputed: bool


class ColumnCell(Struct, frozen=True):
    """What one article has in a row; where it only tells a part, that sentence of another row."""

    outlet: OutletView
    state: str
    sentences: list[SentenceCell]


class ClaimRow(Struct, frozen=True):
    """One claim over all columns; ``claim`` is "" for headings, which have no permalink."""

    claim: str
    disputed: bool
    cells: tuple[ColumnCell, ...]


def side_by_side(view: StoryView) -> list[ClaimRow]:
    """One row for each claim, headlines first, then in the order that most articles tell them."""
    headlines = {view.claim_of[s.id].id for s in view.sentences.values() if s.kind == "headline"}
    hrefs, disputed = view.hrefs, view.disputed
    cells = {
        s.id: SentenceCell(s.text, hrefs[s.id], s.index, s.kind != "body", s.id in disputed)
        for s in view.sentences.values()
    }
    return [
        ClaimRow(
            "" if claim.heading else claim.id,
            claim.disputed,
            tuple(
                [
                    ColumnCell(outlet, reading.state, [cells[s.id] for s in reading.sentences])
                    for outlet, reading in zip(view.outlets, claim.readings, strict=True)
                ]
            ),
        )
        for claim in sorted(view.comparison.claims, key=lambda claim: claim.id not in headlines)
    ]
