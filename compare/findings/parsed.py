"""A sentence as the rules read it."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise

from compare.text import stems, stop_words, words
from compare.text.lexicon import lexicon, phrases

MOST = 40  # numbers, dates, names or negators of one sentence that are compared; no honest sentence has more


class Parsed:
    """The words, stems and content of one sentence.

    Attributes:
        text: The sentence.
        language: BCP 47 tag of its article.
        words: Normalised, with offsets into ``text``.
        names: The words of ``words``, without offsets.
        vocabulary: The words of ``names``.
        figures: Indices of the words that begin with a figure.
        meaning: For each word its stem, or "" for a function word or a figure.
        content: Stems of the words that carry meaning; no function words, no figures.
        capital: For each word whether it is written with a capital.
        capitals: Indices of those words.
    """

    __slots__ = (
        "_stems", "capital", "capitals", "content", "figures", "language", "meaning", "names", "text",
        "vocabulary", "words",
    )  # fmt: skip

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self.words = words(text)
        self.names = self.words.texts
        self.vocabulary = frozenset(self.names)
        self._stems: tuple[str, ...] = ()
        self.figures = [i for i, name in enumerate(self.names) if name[0].isdigit()]
        self.meaning = tuple(map(_meanings(language).__getitem__, self.names))
        self.content = frozenset(filter(None, self.meaning))
        self.capital = tuple([text[start].isupper() for start in self.words.starts])
        self.capitals = [i for i, capital in enumerate(self.capital) if capital]

    @property
    def stems(self) -> tuple[str, ...]:
        """One for each word; few rules ask for those of function words and figures."""
        if not self._stems:
            self._stems = stems(self.names, self.language)
        return self._stems

    @property
    def named(self) -> frozenset[str]:
        """Stems of the words that are written with a capital."""
        return frozenset([self.meaning[i] for i in self.capitals])

    def name(self, index: int) -> str:
        """The word at an index; "" before the first and past the last."""
        return self.names[index] if 0 <= index < len(self.names) else ""

    def past(self, end: int, index: int = 0) -> int:
        """The index past the words, from ``index`` on, that begin before an offset."""
        while index < len(self.words) and self.words.starts[index] < end:
            index += 1
        return index

    def window(self, first: int, last: int) -> list[str]:
        """The words from ``first``, which may be less than 0, to before ``last``."""
        return self.names[max(0, first) : max(0, last)]

    def has(self, rule: str, first: int = 0, last: int = 1 << 30) -> bool:
        """Whether a word or a phrase of two words that a rule knows stands in a window."""
        if _beginnings(rule, self.language).isdisjoint(self.vocabulary):
            return False
        known, longer, near = (
            lexicon(rule, self.language),
            phrases(rule, self.language),
            self.window(first, last),
        )
        return not known.isdisjoint(near) or (bool(longer) and any(two in longer for two in pairwise(near)))

    def near(self, first: int, last: int, reach: int) -> frozenset[str]:
        """Content stems up to ``reach`` words before word ``first`` and from word ``last`` on."""
        around = self.meaning[max(0, first - reach) : first] + self.meaning[last : last + reach]
        return frozenset(around) - {""}

    def between(self, word: int) -> str:
        """What stands between a word and the one before it."""
        start = self.words.ends[word - 1] if word else 0
        end = self.words.starts[word] if word < len(self.words) else len(self.text)
        return self.text[start:end]


@cache
def _beginnings(rule: str, language: str) -> frozenset[str]:
    """The words of a rule, and the first ones of its phrases."""
    return lexicon(rule, language).union(phrase[0] for phrase in phrases(rule, language))


class _Meanings(dict[str, str]):
    """Word → its stem, or "" when it says nothing; filled as words are asked for."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._idle = lexicon("function", language) or stop_words(language)

    def __missing__(self, word: str) -> str:
        idle = word in self._idle or word[0].isdigit()
        self[word] = meaning = "" if idle else stems((word,), self._language)[0]
        return meaning


@cache
def _meanings(language: str) -> dict[str, str]:
    return _Meanings(language)


@lru_cache(maxsize=2048)  # a sentence can stand in several claims
def parse(text: str, language: str) -> Parsed:
    """The sentence as the rules read it."""
    return Parsed(text, language)
