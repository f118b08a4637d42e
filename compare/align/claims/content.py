"""What content two texts have in common, whatever links say: how much of it, and where it stands."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import chain, groupby
from operator import itemgetter

from compare.align.claims.neighbours import best_neighbours
from compare.model import Article, Reading, Sentence
from compare.text import Word, normalise, plain_words, primary, stems, stop_words, words
from compare.text.lexicon import lexicon, phrases

_HYPHENS = frozenset("-‐‑")
RARE = 4  # sentences of a story up to which a name or figure tells what a sentence is about
_CLAUSE = re.compile(r"[,;:()\[\]“”\"«»„]\s|\s[-–—]+\s|—")
_CLAUSE_CONTENT = 2  # words of content from which a clause says something of its own
_CLAUSE_WORDS = 5  # in a quotation, where common words are somebody's too
_QUOTED = re.compile(r"[“\"«„]([^“”\"«»„]+)[”\"»“]")

_FEW = 3  # stems of content, below which a sentence could stand anywhere in other words
_LEAST = 2  # common words in a row from which they say something


class Contents:
    """The stems of content of a story's sentences, weighted by how rare they are in the story.

    Args:
        articles: The story's.
        sentences: All of them, in text order within an article.
    """

    def __init__(self, articles: Sequence[Article], sentences: Iterable[Sentence]) -> None:
        self._language = {article.id: article.language for article in articles}
        ordered = sorted(sentences, key=lambda s: (s.article, s.index))
        self._content = {s.id: _content(s.text, self._language[s.article]) for s in ordered}
        self._of: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
        self._texts: defaultdict[str, list[str]] = defaultdict(list)
        self._rows: dict[str, str] = {}
        self._clauses: dict[str, list[tuple[frozenset[str], str]]] = {}
        self._capitals = {s.id: _capitals(s.text, self._language[s.article]) for s in ordered}
        self._denials: dict[str, bool] = {}
        count: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        for sentence in ordered:
            content = self._content[sentence.id]
            self._of[sentence.article].append(content)
            self._texts[sentence.article].append(sentence.text)
            count.update(content)
            capital.update(self._capitals[sentence.id])
        self._figures = frozenset([stem for stem in count if stem[0].isdigit()])
        self._named = frozenset(
            [s for s, n in count.items() if 2 <= n <= RARE and (2 * capital[s] >= n or s in self._figures)]
        )
        self._whole = {article: frozenset().union(*own) for article, own in self._of.items()}
        total = len(self._content)
        # In whole thousandths, so that sums are the same in any order.
        self._weight = {s: round(1000 * math.log((total + 1) / (n + 0.5))) for s, n in count.items()}
        self._best = best_neighbours(self._content, self._of, self._weight)

    def share(self, sentence: Sentence, article: str) -> float:
        """The greatest share of a sentence's weight that up to three neighbours of an article have, 0..1."""
        return self._place(sentence, article)[0]

    def lacks_detail(self, sentence: Sentence, article: str) -> bool:
        """Whether a figure, name or clause of a sentence is nowhere near what the article shares of it.

        A clause is what stands between commas, dashes, brackets and quotation marks, with two words of
        content, of which less than half is there; in a quotation, five words of any kind: “except the one
        about the date”.
        """
        near = frozenset().union(*self._near(sentence, article))
        content = self._content[sentence.id]
        lacking = content - near
        if not lacking.isdisjoint(self._figures) or not lacking.isdisjoint(self._capitals[sentence.id]):
            return True
        if sentence.id not in self._clauses:
            self._clauses[sentence.id] = _clauses(sentence.text, self._language[sentence.article], content)
        return any(
            2 * self._sum(clause & near) < self._sum(clause)
            and not (spoken and spoken in self._in_a_row(article))
            for clause, spoken in self._clauses[sentence.id]
        )

    def _near(self, sentence: Sentence, article: str) -> list[frozenset[str]]:
        """The content of the neighbours of an article that share most of a sentence, and of those beside."""
        _, first, last = self._place(sentence, article)
        return self._of[article][max(0, first - 1) : last + 2]

    def _place(self, sentence: Sentence, article: str) -> tuple[float, int, int]:
        """Of the neighbours in an article that share most of a sentence: how much, the first and the last."""
        return self._best[article][sentence.id] if article in self._best else (0.0, 0, 0)

    def _in_a_row(self, article: str) -> str:
        """All words of an article, for finding a clause of common words among them."""
        if article not in self._rows:
            self._rows[article] = "".join([_row(text) for text in self._texts[article]])
        return self._rows[article]

    def figures(self, sentence: Sentence) -> frozenset[str]:
        """What of a sentence's content begins with a figure."""
        return self._content[sentence.id] & self._figures

    def holds(self, sentences: Iterable[Sentence], article: str, share: float) -> bool:
        """Whether up to three neighbours of an article have so much of the weight of any of the sentences.

        Args:
            sentences: Of other articles.
            article: Id of the article that is searched.
            share: Of a sentence's weight, 0..1.
        """
        return any(self.share(sentence, article) >= share for sentence in sentences)

    def share_names_alone(self, sentence: Sentence, others: Iterable[Sentence]) -> bool:
        """Whether all that some sentences of an article have of another article's is names and offices."""
        told = frozenset().union(*[self._content[other.id] for other in others])
        shared = self._content[sentence.id] & told
        language = self._language[sentence.article]
        return bool(shared) and shared <= _capitals(sentence.text, language, first=0) | _offices(language)

    def are_turned(self, some: Sequence[Sentence], others: Sequence[Sentence]) -> bool:
        """Whether of two texts one denies something and the other nothing: ``will`` and ``will not``."""
        return self._denies(some) != self._denies(others)

    def _denies(self, sentences: Sequence[Sentence]) -> bool:
        for sentence in sentences:
            if sentence.id not in self._denials:
                self._denials[sentence.id] = _has_denial(sentence.text, self._language[sentence.article])
        return any(self._denials[sentence.id] for sentence in sentences)

    def says_little(self, sentences: Iterable[Sentence]) -> bool:
        """Whether none of the sentences has so much content that it would be known again in other words."""
        return all(len(self._content[sentence.id]) < _FEW for sentence in sentences)

    def names(self, sentences: Iterable[Sentence], article: str) -> bool:
        """Whether an article has a rare name or figure of any of the sentences, wherever it stands."""
        told = frozenset().union(*[self._content[sentence.id] for sentence in sentences])
        return not self._named.isdisjoint(told & self._whole.get(article, frozenset()))

    def common(self, one: Reading, other: Reading) -> tuple[tuple[int, int], ...]:
        """Where a reading has the words of another: runs in which every word of content is the other's too.

        A run of a single word counts only when it is a name or a figure: what common words two sentences
        share says little. What is written without a space stays whole: ``S-400``.

        Args:
            one: The reading whose text is searched.
            other: The reading that it is held against.

        Returns:
            Start and end of each span in the text of ``one``, in order.
        """
        theirs = frozenset().union(*[self._content[sentence.id] for sentence in other.body])
        idle = stop_words(self._language[one.article])
        spans = []
        at = 0
        for sentence in one.body:
            text = sentence.text
            found = [word for word in words(text) if word.text not in idle]
            kept = stems([word.text for word in found], self._language[one.article])
            shared = [(stem in theirs, word) for stem, word in zip(kept, found, strict=True)]
            for is_common, run in groupby(shared, key=itemgetter(0)):
                inside = [word for _, word in run]
                alone = inside[0]
                if is_common and (len(inside) >= _LEAST or _is_name(text, alone)):
                    first, last = _unbroken(text, alone.start, inside[-1].end)
                    spans.append((at + first, at + last))
            at += len(text) + 1
        return tuple(spans)

    def _sum(self, content: Iterable[str]) -> int:
        return sum([self._weight.get(stem, 0) for stem in content])


def _clauses(text: str, language: str, content: frozenset[str]) -> list[tuple[frozenset[str], str]]:
    """The content of each clause that says something, and the words of a quoted one in a row."""
    clauses = _CLAUSE.split(text)
    told = [(_content(clause, language), "") for clause in clauses] if len(clauses) > 1 else [(content, "")]
    quoted = [clause for quote in _QUOTED.findall(text) for clause in _CLAUSE.split(quote)]
    said = [(_content(clause, language), _row(clause)) for clause in quoted]
    return [
        *[(content, row) for content, row in told if len(content) >= _CLAUSE_CONTENT],
        *[(content, row) for content, row in said if row.count(" ") > _CLAUSE_WORDS],
    ]


def _row(text: str) -> str:
    """The words of a text between single spaces."""
    return f" {' '.join(plain_words(normalise(text)))} "


def _capitals(text: str, language: str, first: int = 1) -> frozenset[str]:
    """Stems of the words, from the one with that index on, that are written with a capital."""
    found = words(text)
    capitals = [i for i, start in enumerate(found.starts) if i >= first and text[start].isupper()]
    return frozenset(stems([found.texts[i] for i in capitals], language))


@cache
def _offices(language: str) -> frozenset[str]:
    """Stems of the words that offices are called by."""
    named = {*lexicon("office", language), *chain.from_iterable(phrases("office", language))}
    return frozenset(stems(sorted(named), language))


def _is_name(text: str, word: Word) -> bool:
    """Whether a word has a figure, or a capital within its sentence."""
    first = text[word.start]
    return first.isdigit() or (word.start > 0 and first.isupper())


def _unbroken(text: str, start: int, end: int) -> tuple[int, int]:
    """A span grown over the letters, figures and hyphens that stand beside it without a space."""
    while start and (text[start - 1].isalnum() or (text[start - 1] in _HYPHENS and start > 1)):
        start -= 1
    while end < len(text) and (text[end].isalnum() or (text[end] in _HYPHENS and end + 1 < len(text))):
        end += 1
    return start, end


def _has_denial(text: str, language: str) -> bool:
    found = words(text).texts
    return not lexicon("denial", language).isdisjoint(found) or any(w.endswith("n't") for w in found)


def _content(text: str, language: str) -> frozenset[str]:
    return frozenset(filter(None, map(_meanings(language).__getitem__, words(text).texts)))


class _Meanings(dict[str, str]):
    """Word → its stem, a number word's figures, or "" for a function word; filled as words are asked for."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._numbers = lexicon("number", language)
        self._idle = stop_words(language) - self._numbers

    def __missing__(self, word: str) -> str:
        if word in self._idle:
            meaning = ""
        elif word in self._numbers:
            meaning = _in_figures(word, self._language)
        else:
            meaning = stems((word,), self._language)[0]
        self[word] = meaning
        return meaning


def _in_figures(word: str, language: str) -> str:
    """``9`` for ``nine``; the stem of what is a number only together with other words."""
    from text_to_num import text2num

    try:
        return str(text2num(word, primary(language)))
    except ValueError:
        return stems((word,), language)[0]


@cache
def _meanings(language: str) -> dict[str, str]:
    return _Meanings(language)
