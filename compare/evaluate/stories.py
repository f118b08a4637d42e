"""Gold stories as the pipeline's own types."""

from __future__ import annotations

from compare.evaluate.gold import GoldStory
from compare.model import Article, Block, Outlet, Sentence


def articles(story: GoldStory) -> tuple[Article, ...]:
    """A gold story's articles: each one paragraph, its sentences parted by a space."""
    result = []
    for (name, texts), language in zip(story.articles.items(), story.languages, strict=True):
        text = " ".join(texts)
        block = Block("paragraph", 0, len(text))
        result.append(Article(name, Outlet(name, name, name[:4].upper()), text, (block,), language))
    return tuple(result)


def sentences(story: GoldStory) -> tuple[tuple[Sentence, ...], ...]:
    """The annotated sentences, named as in the gold file."""
    result = []
    for name, texts in story.articles.items():
        found, start = [], 0
        for index, text in enumerate(texts):
            found.append(Sentence(f"{name}:{index}", name, index, start, start + len(text), text))
            start += len(text) + 1
        result.append(tuple(found))
    return tuple(result)
