"""A schema.org ``NewsArticle`` as a JSON file → a draft."""

from __future__ import annotations

from dataclasses import replace

from compare.errors import PASTE, FetchError
from compare.intake.extract import linked_data
from compare.intake.extract.body import stated_pieces
from compare.intake.extract.decoding import decode
from compare.intake.extract.html import parse, with_language
from compare.intake.extract.metadata import read_facts
from compare.intake.extract.model import Draft


def read_news_article(content: bytes, *, name: str | None = None) -> Draft:
    """The article that a JSON document describes.

    Raises:
        FetchError: It is no JSON, or has no article with an ``articleBody``.
    """
    text, _ = decode(content)
    document = linked_data.parse(text)
    if document is None:
        raise FetchError("the file is no valid JSON", path=name, hint=PASTE)
    node = linked_data.find_article([document])
    if node is None:
        hint = 'it needs an object with "@type": "NewsArticle", a headline and an articleBody'
        raise FetchError("the JSON has no schema.org article", path=name, hint=hint)
    pieces = stated_pieces(linked_data.body_text(node))
    if not pieces:
        raise FetchError("the JSON’s article has no articleBody", path=name, hint=PASTE)
    facts = read_facts(parse("<html></html>"), [document], None)
    body = "\n\n".join(piece.text for piece in pieces)
    return Draft(with_language(replace(facts), body), pieces, content, ".json")
