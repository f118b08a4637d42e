"""Finding the schema.org article in JSON-LD, however it is wrapped."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

# The subtypes of schema.org/Article end so.
_TYPE = re.compile(r"(?:\w*Article|\w+Posting|Report)$")
_TELLING = ("headline", "datePublished", "publisher", "author", "articleBody")
_REFERRING = ("publisher", "author", "creator", "mainEntityOfPage")
_MOST_VALUES = 50_000

Node = Mapping[str, Any]


def parse(text: str) -> Any:
    """A JSON document as publishers write it, or None when it cannot be read.

    Control characters inside strings and HTML comment or CDATA wrappers are forgiven.
    """
    bare = text.replace("<![CDATA[", "").replace("]]>", "").strip("<!->/*; \t\r\n")
    try:
        return json.loads(bare, strict=False)
    except (ValueError, RecursionError):
        return None


def nodes(document: Any) -> Iterator[Node]:
    """Every object of a JSON document, outermost first, to a bounded number of values."""
    queue = deque([document])
    for _ in range(_MOST_VALUES):
        if not queue:
            break
        value = queue.popleft()
        if isinstance(value, Mapping):
            yield value
            queue.extend(value.values())
        elif isinstance(value, list):
            queue.extend(value)


def types(node: Node) -> set[str]:
    """The types of a node without their vocabulary's address."""
    return {re.split("[/:]", name)[-1] for name in texts(node.get("@type"))}


def find_article(every: Sequence[Node]) -> Node:
    """The node that describes the page's own article, or {}: the one that tells most.

    Articles that are listed inside another node's ``mentions`` or a list of links carry no body
    and lose to the page's own. References to the publisher and the author are replaced by what they name.
    """
    articles = [node for node in every if any(map(_TYPE.match, types(node)))]
    if not articles:
        return {}
    article = max(articles, key=lambda node: sum(bool(node.get(key)) for key in _TELLING))
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


def texts(value: Any, key: str = "@value") -> tuple[str, ...]:
    """The strings in a value that may be one, a list of some, or an object that has it under a key."""
    if isinstance(value, list):
        return tuple(text for item in value[:100] for text in texts(item, key))
    if isinstance(value, Mapping):
        return texts(value.get(key))[: 1 if key == "name" else None]
    return (value,) if isinstance(value, str) else ()


def names(value: Any) -> tuple[str, ...]:
    """The names in a value that may be a string, a Person or Organization, or a list of them."""
    return texts(value, "name")


def body_text(node: Node) -> str:
    """The article's text: ``articleBody`` or ``text``."""
    return next(
        (text for key in ("articleBody", "text") for text in texts(node.get(key)) if text.strip()), ""
    )
