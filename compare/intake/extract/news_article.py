"""A schema.org ``NewsArticle`` as a JSON file → a draft."""

from __future__ import annotations

from compare.errors import PASTE, FetchError
from compare.intake.extract import linked_data
from compare.intake.extract.body import stated_pieces
from compare.intake.extract.decoding import decode
from compare.intake.extract.html import parse
from compare.intake.extract.language import in_its_language
from compare.intake.extract.metadata import read_facts
from compare.intake.extract.model import Draft
from compare.intake.extract.page import Page


def read_news_article(content: bytes) -> Draft:
    """The article that a JSON document describes.

    Raises:
        FetchError: It is no JSON, or has no article with an ``articleBody``.
    """
    text, _ = decode(content)
    document = linked_data.parse(text)
    if document is None:
        raise FetchError("the file is no valid JSON", hint=PASTE)
    page = Page.of(parse("<html></html>"), [document])
    if not page.article:
        hint = 'it needs an object with "@type": "NewsArticle", a headline and an articleBody'
        raise FetchError("the JSON has no schema.org article", hint=hint)
    pieces = stated_pieces(linked_data.body_text(page.article))
    if not pieces:
        raise FetchError("the JSON’s article has no articleBody", hint=PASTE)
    return in_its_language(Draft(read_facts(page, None), pieces, content, ".json"))
