"""How much of a sentence an article has in a few neighbouring sentences, whatever links say."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from compare.model import Article, Sentence
from compare.text import stems, stop_words, words

_NEIGHBOURS = 3  # sentences over which a claim may be spread


class Contents:
    """The stems of content of a story's sentences, weighted by how rare they are in the story.

    Args:
        articles: The story's.
        sentences: All of them, in text order within an article.
    """

    def __init__(self, articles: Sequence[Article], sentences: Iterable[Sentence]) -> None:
        language = {article.id: article.language for article in articles}
        self._content: dict[str, frozenset[str]] = {}
        self._of: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        count: Counter[str] = Counter()
        for sentence in sorted(sentences, key=lambda s: (s.article, s.index)):
            content = _content(sentence.text, language[sentence.article])
            self._content[sentence.id] = content
            self._of[sentence.article].append(content)
            count.update(content)
        total = len(self._content)
        # In whole thousandths, so that sums are the same in any order.
        self._weight = {s: round(1000 * math.log((total + 1) / (n + 0.5))) for s, n in count.items()}
        self._whole = {article: frozenset().union(*own) for article, own in self._of.items()}

    def holds(self, sentences: Iterable[Sentence], article: str, share: float) -> bool:
        """Whether up to three neighbours of an article have so much of the weight of any of the sentences.

        Args:
            sentences: Of other articles.
            article: Id of the article that is searched.
            share: Of a sentence's weight, 0..1.
        """
        return any(self._holds(self._content[sentence.id], article, share) for sentence in sentences)

    def _holds(self, content: frozenset[str], article: str, share: float) -> bool:
        shared = content & self._whole.get(article, frozenset())
        least = share * self._sum(content)
        if not shared or self._sum(shared) < least:  # the whole article has no more than that
            return False
        rows = [own & shared for own in self._of[article]]
        return any(
            self._sum(frozenset().union(*rows[max(0, at - _NEIGHBOURS + 1) : at + 1])) >= least
            for at, row in enumerate(rows)
            if row
        )

    def _sum(self, content: Iterable[str]) -> int:
        return sum([self._weight[stem] for stem in content])


def _content(text: str, language: str) -> frozenset[str]:
    idle = stop_words(language)
    return frozenset(stems([word.text for word in words(text) if word.text not in idle], language))
