"""What a reader should know of a story first: what all report, what is disputed, what each lacks."""

from __future__ import annotations

from typing import NamedTuple

from compare.model import ArticleSummary
from compare.pages.claim_view import ClaimView
from compare.pages.finding_view import FindingView
from compare.pages.outlet_view import OutletView
from compare.pages.story_view import StoryView
from compare.pages.titles import points_back

_MOST = 3


class LackView(NamedTuple):
    """An outlet's sums, and of the claims that it lacks though most others tell them the most told one."""

    outlet: OutletView
    claims: int
    unique: int
    absent: int
    claim: ClaimView | None


class Glance(NamedTuple):
    """The first screen of a story.

    Attributes:
        agreed: Claims that every outlet tells, or where there is none that most tell, and of them first
            those that speak for themselves; none of them is disputed.
        unanimous: Whether every outlet tells them.
        more_agreed: How many more there are.
        disputed: The disputed findings.
        lacks: One for each outlet.
    """

    agreed: tuple[ClaimView, ...]
    unanimous: bool
    more_agreed: int
    disputed: tuple[FindingView, ...]
    lacks: tuple[LackView, ...]


def glance(view: StoryView) -> Glance:
    """Work out the first screen of a story."""
    told = [claim for claim in view.claims if claim.title]
    agreed = [claim for claim in told if claim.standing == "all"]
    unanimous = bool(agreed)
    if not agreed:
        agreed = [claim for claim in told if claim.standing == "most"]
        agreed.sort(key=lambda claim: -claim.tellers)
    agreed.sort(key=lambda claim: points_back(claim.title, view.comparison.story.language))
    summaries = {summary.article: summary for summary in view.comparison.summaries}
    return Glance(
        agreed=tuple(agreed[:_MOST]),
        unanimous=unanimous,
        more_agreed=max(0, len(agreed) - _MOST),
        disputed=view.disputes,
        lacks=tuple([_lack(summaries[o.article], o, told) for o in view.outlets]),
    )


def _lack(summary: ArticleSummary, outlet: OutletView, told: list[ClaimView]) -> LackView:
    return LackView(outlet, summary.claims, summary.unique, summary.absent, _most_told(told, outlet))


def _most_told(claims: list[ClaimView], outlet: OutletView) -> ClaimView | None:
    """Of the claims that the outlet lacks though most others tell them, the one that most tell."""
    lacked = [claim for claim in claims if outlet.article in claim.lacking]
    return max(lacked, key=lambda claim: claim.tellers, default=None)
