"""News agencies that the articles of a story name: what all of them may rest on."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from compare.model import Agency, Article
from compare.text import normalise

# As readers know it → how texts name it. Three letters count only as capitals between brackets, in a
# dateline or alone: "AP" and "PA" are also initials.
_KNOWN = {
    "Reuters": r"Reuters",
    "AP": r"Associated Press|\(AP\)",
    "AFP": r"Agence France-Presse|AFP",
    "dpa": r"Deutsche Presse-Agentur|dpa",
    "EFE": r"Agencia EFE|\(EFE\)|\bEFE\b",
    "ANSA": r"\bANSA\b",
    "TASS": r"\bTASS\b|Tass",
    "RIA Novosti": r"RIA Novosti",
    "Interfax": r"Interfax",
    "Xinhua": r"Xinhua",
    "Kyodo": r"Kyodo",
    "Anadolu": r"Anadolu (?:Agency|Ajansı|Ajansi)|Anadolu Ajans\p{L}*",
    "PA Media": r"PA Media|Press Association",
    "Bloomberg": r"Bloomberg(?: News)?",
}
_PATTERNS = {
    name: regex.compile(rf"(?<![\p{{L}}\p{{N}}-])(?:{pattern})(?![\p{{L}}\p{{N}}])")
    for name, pattern in _KNOWN.items()
}


def agencies(articles: Sequence[Article]) -> tuple[Agency, ...]:
    """The agencies that two or more articles name or credit, the most named first.

    An outlet that is an agency itself names nobody by its own name. Whether a text *rests* on the agency is
    for its readers to say: that it names it is a fact.
    """
    named: dict[str, set[str]] = {}
    for article in articles:
        text = "\n".join(filter(None, (article.text, article.agency, article.author)))
        own = normalise(article.outlet.name)
        for name, pattern in _PATTERNS.items():
            if pattern.search(text) and normalise(name) != own:
                named.setdefault(name, set()).add(article.id)
        if article.agency and not any(p.search(article.agency) for p in _PATTERNS.values()):
            named.setdefault(article.agency, set()).add(article.id)
    found = [Agency(name, tuple(sorted(who))) for name, who in named.items() if len(who) > 1]
    return tuple(sorted(found, key=lambda agency: (-len(agency.articles), agency.name)))


def known_agency(text: str) -> str | None:
    """The agency that a short text, such as a byline, names."""
    return next((name for name, pattern in _PATTERNS.items() if pattern.search(text)), None)
