"""What a reader should know of a story first: what all report, what is disputed, what each lacks."""

from __future__ import annotations

from typing import NamedTuple

from compare.pages.claim_view import ClaimView
from compare.pages.finding_view import FindingView, SideView
from compare.pages.outlet_view import OutletView
from compare.pages.story_view import StoryView
from compare.pages.titles import shorten

_MOST = 3
_LONGEST = 48


class LackView(NamedTuple):
    """An outlet, how many claims that most others tell it lacks, and the one that most of them tell."""

    outlet: OutletView
    absent: int
    claim: ClaimView | None


class DisputeView(NamedTuple):
    """A disputed finding: its first side, and what the others say instead, cut short."""

    claim: str
    first: SideView
    others: tuple[tuple[SideView, str], ...]


class Glance(NamedTuple):
    """The first screen of a story.

    Attributes:
        agreed: The first claims that every outlet tells, or where there is none those that most tell; none
            of them is disputed.
        unanimous: Whether every outlet tells them.
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
    told = [claim for claim in view.claims if claim.title]
    agreed = [claim for claim in told if claim.standing == "all"]
    unanimous = bool(agreed)
    if not agreed:
        agreed = [claim for claim in told if claim.standing == "most"]
        agreed.sort(key=lambda claim: -claim.tellers)
    disputes = {finding.claim: finding for finding in reversed(view.disputes)}
    disputed = [finding for finding in view.disputes if disputes[finding.claim] is finding]
    absent = {summary.article: summary.absent for summary in view.comparison.summaries}
    return Glance(
        agreed=tuple(agreed[:_MOST]),
        unanimous=unanimous,
        more_agreed=max(0, len(agreed) - _MOST),
        disputed=tuple([_dispute(finding) for finding in disputed[:_MOST]]),
        more_disputed=max(0, len(disputed) - _MOST),
        lacks=tuple([LackView(o, absent[o.article], _most_told(told, o)) for o in view.outlets]),
    )


def _dispute(finding: FindingView) -> DisputeView:
    others = [(side, shorten(side.value, _LONGEST)) for side in finding.sides[1:]]
    return DisputeView(finding.claim, finding.sides[0], tuple(others))


def _most_told(claims: list[ClaimView], outlet: OutletView) -> ClaimView | None:
    """Of the claims that the outlet lacks though most others tell them, the one that most tell."""
    lacked = [claim for claim in claims if outlet.article in claim.lacking]
    return max(lacked, key=lambda claim: claim.tellers, default=None)
