"""The story's texts without the outlets' names, for a classroom: on paper, without script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from compare.pages.outlet_view import OutletView
from compare.pages.story_view import StoryView

_ARTICLES = re.compile(r"^(?:the|la|le|el|il|al|los|las|les|der|die|das) ", re.IGNORECASE)
_WITHHELD = "[…]"
_LEAST = 3  # letters of a bare name that is masked


class TextView(NamedTuple):
    """One article under a letter: its blocks as (kind, text); ``lang`` as for ``OutletView``."""

    letter: str
    outlet: OutletView
    blocks: tuple[tuple[str, str], ...]


def letter(number: int) -> str:
    """``A`` to ``Z``, then ``AA``: as the page's script names outlets in classroom mode."""
    return (letter(number // 26 - 1) if number > 25 else "") + chr(ord("A") + number % 26)


def handout(view: StoryView, outlet_word: str) -> tuple[TextView, ...]:
    """The texts of a story, each under a letter, with no outlet named in any of them.

    Args:
        view: Of the story.
        outlet_word: "Outlet" in the site's language, which stands before a letter in running text.
    """
    masked = _masks(view.outlets, outlet_word)
    told = []
    for outlet, article, sentences in zip(
        view.outlets, view.comparison.story.articles, view.comparison.sentences, strict=True
    ):
        blocks: dict[int, list[str]] = {}
        for sentence in sentences:
            blocks.setdefault(sentence.block, []).append(sentence.text or _WITHHELD)
        texts = [(article.blocks[at].kind, masked(" ".join(own))) for at, own in blocks.items()]
        told.append(TextView(letter(outlet.number), outlet, tuple(texts)))
    return tuple(told)


def _masks(outlets: Sequence[OutletView], word: str) -> Callable[[str], str]:
    """A function that puts letters in the place of names and signs of outlets, longest first."""
    letters: dict[str, str] = {}
    for outlet in outlets:
        instead = f"{word} {letter(outlet.number)}"
        for term in (outlet.name, _ARTICLES.sub("", outlet.name), outlet.sign):
            if len(term) > 1 and (term == outlet.sign or len(term) >= _LEAST):
                letters.setdefault(term, instead)
    last = Counter(outlet.name.split()[-1] for outlet in outlets if " " in outlet.name)
    for outlet in outlets:
        word_alone = outlet.name.split()[-1] if " " in outlet.name else ""
        if last[word_alone] == 1 and word_alone[:1].isupper():  # “The Herald will print …”
            for article in ("The", "the"):
                letters.setdefault(f"{article} {word_alone}", f"{word} {letter(outlet.number)}")
    terms = sorted(letters, key=lambda term: (-len(term), term))
    pattern = re.compile(rf"(?<!\w)(?:[Tt]he )?({'|'.join(map(re.escape, terms)) or '(?!)'})(?!\w)")

    def masked(text: str) -> str:
        if not any(term in text for term in terms):  # as most texts: to look is faster than the pattern
            return text
        return pattern.sub(lambda found: letters[found[1]], text)

    return masked
