"""Finding the schema.org article in JSON-LD, however it is wrapped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# Subtypes of schema.org/Article in use by news pages.
_TYPES = frozenset(
    """ReportageNewsArticle AnalysisNewsArticle BackgroundNewsArticle OpinionNewsArticle ReviewNewsArticle
    AdvertiserContentArticle NewsArticle LiveBlogPosting Report BlogPosting SocialMediaPosting TechArticle
    ScholarlyArticle Article""".split()  # noqa: SIM905
)
_TELLING = ("headline", "datePublished", "publisher", "author", "articleBody")
_REFERRING = ("publisher", "author", "creator", "sourceOrganization", "isPartOf", "mainEntityOfPage")
_DEPTH = 12
_NODES = 20_000

Node = Mapping[str, Any]


def parse(text: str) -> Any:
    """A JSON document as publishers write it, or None when it cannot be read.

    Control characters inside strings and HTML comment or CDATA wrappers are forgiven.
    """
    bare = text.strip().removeprefix("<!--").removesuffix("-->").strip()
    bare = (
        bare.removeprefix("//<![CDATA[").removeprefix("<![CDATA[").removesuffix("//]]>").removesuffix("]]>")
    )
    try:
        return json.loads(bare.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def nodes(document: Any) -> Iterator[Node]:
    """Every object of a JSON document, outermost first, to a bounded depth and number."""
    level = [document]
    left = _NODES
    for _ in range(_DEPTH):
        following: list[Any] = []
        for value in level:
            left -= 1
            if left < 0:
                return
            if isinstance(value, Mapping):
                yield value
                following.extend(value.values())
            elif isinstance(value, list):
                following.extend(value)
        level = [value for value in following if isinstance(value, Mapping | list)]


def types(node: Node) -> tuple[str, ...]:
    """The types of a node without their vocabulary's address."""
    found = texts(node.get("@type"))
    return tuple(name.rpartition("/")[2].rpartition(":")[2] for name in found)


def find_article(documents: Sequence[Any]) -> Node:
    """The node that describes the page's own article, or {}: the one that tells most, then the longest body.

    Articles that are listed inside another node's ``mentions`` or a list of links carry no body
    and lose to the page's own. References to the publisher and the author are replaced by what they name.
    """
    every = [node for document in documents for node in nodes(document)]
    article = max(
        (node for node in every if not _TYPES.isdisjoint(types(node))),
        key=lambda node: (sum(bool(node.get(key)) for key in _TELLING), len(body_text(node))),
        default=None,
    )
    if article is None:
        return {}
    by_id: dict[str, Node] = {}
    for node in every:
        name = node.get("@id")
        if isinstance(name, str) and len(node) > 1:
            by_id.setdefault(name, node)
    return {**article, **{key: _resolved(article[key], by_id) for key in _REFERRING if key in article}}


def _resolved(value: Any, by_id: Mapping[str, Node]) -> Any:
    """A value with each ``{"@id": …}`` replaced by the node of that name."""
    if isinstance(value, list):
        return [_resolved(item, by_id) for item in value]
    name = value.get("@id") if isinstance(value, Mapping) and set(value) <= {"@id", "@type"} else None
    return by_id.get(name, value) if isinstance(name, str) else value


def texts(value: Any) -> tuple[str, ...]:
    """The strings in a value that may be one, a list of them, or ``{"@value": …}``."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, Mapping):
        return texts(value.get("@value"))
    if isinstance(value, list):
        return tuple(text for item in value[:100] for text in texts(item))
    return ()


def names(value: Any) -> tuple[str, ...]:
    """The names in a value that may be a string, a Person or Organization, or a list of them."""
    if isinstance(value, list):
        return tuple(name for item in value[:50] for name in names(item))
    if isinstance(value, Mapping):
        return texts(value.get("name"))[:1]
    return texts(value)


def body_text(node: Node) -> str:
    """The article's text: of a live blog the updates in turn, else ``articleBody`` or ``text``."""
    own = next((text for key in ("articleBody", "text") for text in texts(node.get(key)) if text.strip()), "")
    if own:
        return own
    updates = node.get("liveBlogUpdate")
    if not isinstance(updates, list):
        return ""
    parts: list[str] = []
    for update in updates[:500]:
        if isinstance(update, Mapping):
            parts += [*texts(update.get("headline")), *texts(update.get("articleBody"))]
    return "\n\n".join(parts)
