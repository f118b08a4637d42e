"""What other sites are told: JSON-LD for search engines, the lines of a story's picture for social ones."""

from __future__ import annotations

from typing import Any

import msgspec
from markupsafe import Markup

from compare.model import Article, Comparison, Site
from compare.pages.escaping import html

_SCHEMA = "https://schema.org"
# Inside <script> only these can end the element or open a comment.
_ESCAPES = tuple((character, f"\\u{ord(character):04x}") for character in "<>&\u2028\u2029")


def story_data(comparison: Comparison, site: Site) -> Markup:
    """The story as a schema.org Dataset with its two files."""
    story = comparison.story
    home = f"{site.url or ''}stories/{story.id}/" if site.url else ""
    found: dict[str, Any] = {
        "@context": _SCHEMA,
        "@type": "Dataset",
        "name": story.title,
        "inLanguage": story.language,
        "keywords": list(story.tags),
        "creator": {"@type": "Organization", "name": site.title},
        "isBasedOn": [_article(article) for article in story.articles],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": home + name}
            for kind, name in (("application/json", "comparison.json"), ("text/csv", "claims.csv"))
        ],
    }
    if story.date:
        found["temporalCoverage"] = story.date.isoformat()
    if home:
        found["url"] = home + "index.html"
    return _script(found)


def _article(article: Article) -> dict[str, Any]:
    told = {
        "@type": "NewsArticle",
        "headline": article.title,
        "url": article.url,
        "inLanguage": article.language,
        "datePublished": article.published and article.published.isoformat(),
        "dateModified": article.updated and article.updated.isoformat(),
        "author": article.author and {"@type": "Person", "name": article.author},
        "publisher": {"@type": "NewsMediaOrganization", "name": article.outlet.name},
    }
    return {key: value for key, value in told.items() if value}


def _script(data: dict[str, Any]) -> Markup:
    shown = msgspec.json.encode(data).decode()
    for character, escape in _ESCAPES:  # str.translate asks a dict for each character
        shown = shown.replace(character, escape)
    return html(shown)
