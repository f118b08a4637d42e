"""Omissions: left out, published before anybody reported it, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from compare.model import Article, Certainty, Claim, Nearest, Omission, OmissionReason
from compare.text import primary

# A pair that the aligner does not list has a probability below 0.05; in the middle of that range it lies at:
_UNLISTED = 0.025
_HIGH, _MEDIUM = 0.9, 0.7


def omission(
    claim: Claim, article: Article, articles: Mapping[str, Article], nearest: Nearest | None
) -> Omission:
    """Why an article has nothing for a claim.

    Args:
        claim: With at least one reading that has a sentence.
        article: One that has none.
        articles: The story's articles by id.
        nearest: The article's best candidate, as the aligner scored it.

    Returns:
        ``unknown`` for an excerpt, and where no article in its language has the claim;
        ``published earlier`` when it was last changed before any that has the claim was published, all dates
        known; else ``left out``. The probability is that of no sentence stating the claim: one less the
        best candidate's calibrated probability. In words it is high from 0.9 and medium from 0.7 on, and
        never more than low when the reason is unknown.
    """
    probability = round(1.0 - (nearest.probability if nearest else _UNLISTED), 4)
    carriers = [articles[reading.article] for reading in claim.carried]
    reason = _reason(article, carriers)
    certainty: Certainty = "low"
    if reason != "unknown" and probability >= _MEDIUM:
        certainty = "high" if probability >= _HIGH else "medium"
    return Omission(reason, certainty, probability)


def _reason(article: Article, carriers: list[Article]) -> OmissionReason:
    if not article.complete:
        return "unknown"
    if primary(article.language) not in {primary(other.language) for other in carriers}:
        return "unknown"
    first = _first_report(carriers)
    last_change = max((t for t in (article.published, article.updated) if t is not None), default=None)
    if first is not None and last_change is not None and last_change < first:
        return "published earlier"
    return "left out"


def _first_report(carriers: list[Article]) -> datetime | None:
    """When the first of some articles was published; None unless every one of them says so."""
    times = [article.published for article in carriers]
    known = [time for time in times if time is not None]
    return min(known) if known and len(known) == len(times) else None
