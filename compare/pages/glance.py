"""What a reader should know of a story first: what all report, what is disputed, what each lacks."""

from __future__ import annotations

from typing import NamedTuple

from compare.pages.claim_view import ClaimView, shorten
from compare.pages.finding_view import FindingView, SideView
from compare.pages.outlet_view import OutletView
from compare.pages.story_view import StoryView

_MOST = 3
_LONGEST = 48


class LackView(NamedTuple):
    """An outlet, how many claims it left out that most others carry, and the one most of them carry."""

    outlet: OutletView
    omitted: int
    claim: ClaimView | None


class DisputeView(NamedTuple):
    """A disputed finding: its first side, and what the others say instead, cut short."""

    claim: str
    first: SideView
    others: tuple[tuple[SideView, str], ...]


class Glance(NamedTuple):
    """The first screen of a story.

    Attributes:
        agreed: The first claims that every outlet carries, or where there is none those that most carry.
        unanimous: Whether every outlet carries them.
        more_agreed: How many more there are.
        disputed: The first disputed findings, of different claims.
        more_disputed: How many more disputed claims there are.
        lacks: One for each outlet.
    """

    agreed: tuple[ClaimView, ...]
    unanimous: bool
    more_agreed: int
    disputed: tuple[DisputeView, ...]
    more_disputed: int
    lacks: tuple[LackView, ...]


def glance(view: StoryView) -> Glance:
    """Work out the first screen of a story."""
    total = len(view.outlets)
    told = [claim for claim in view.claims if claim.title]
    agreed = [claim for claim in told if claim.carried == total]
    unanimous = bool(agreed)
    if not agreed:
        agreed = [claim for claim in told if 2 * claim.carried > total]
        agreed.sort(key=lambda claim: -claim.carried)
    disputes = {finding.claim: finding for finding in reversed(view.disputes)}
    disputed = [finding for finding in view.disputes if disputes[finding.claim] is finding]
    omitted = {summary.article: summary.omitted for summary in view.comparison.summaries}
    return Glance(
        agreed=tuple(agreed[:_MOST]),
        unanimous=unanimous,
        more_agreed=max(0, len(agreed) - _MOST),
        disputed=tuple([_dispute(finding) for finding in disputed[:_MOST]]),
        more_disputed=max(0, len(disputed) - _MOST),
        lacks=tuple([LackView(o, omitted[o.article], _most_told(told, o)) for o in view.outlets]),
    )


def _dispute(finding: FindingView) -> DisputeView:
    others = [(side, shorten(side.value, _LONGEST)) for side in finding.sides[1:]]
    return DisputeView(finding.claim, finding.sides[0], tuple(others))


def _most_told(claims: list[ClaimView], outlet: OutletView) -> ClaimView | None:
    """Of the claims that most others carry and the outlet left out, the one that most carry."""
    others = len(claims[0].states) - 1 if claims else 0
    lacked = [c for c in claims if c.states[outlet.number] == "omitted" and 2 * c.carried > others]
    return max(lacked, key=lambda claim: claim.carried, default=None)
