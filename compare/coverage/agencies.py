"""News agencies that the articles of a story name: what all of them may rest on."""

from __future__ import annotations

from collections.abc import Sequence

from compare.model import Agency, Article
from compare.text import normalise
from compare.text.agencies import PATTERNS


def agencies(articles: Sequence[Article]) -> tuple[Agency, ...]:
    """The agencies that two or more articles name or credit, the most named first.

    An outlet that is an agency itself names nobody by its own name. Whether a text *rests* on the agency is
    for its readers to say: that it names it is a fact.
    """
    named: dict[str, set[str]] = {}
    for article in articles:
        text = "\n".join(filter(None, (article.text, article.agency, article.author)))
        own = normalise(article.outlet.name)
        for name, pattern in PATTERNS.items():
            if pattern.search(text) and normalise(name) != own:
                named.setdefault(name, set()).add(article.id)
        if article.agency and not any(p.search(article.agency) for p in PATTERNS.values()):
            named.setdefault(article.agency, set()).add(article.id)
    found = [Agency(name, tuple(sorted(who))) for name, who in named.items() if len(who) > 1]
    return tuple(sorted(found, key=lambda agency: (-len(agency.articles), agency.name)))
