"""Who says a quotation, as far as a name stands beside a verb of speech."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from compare.model import Article, Sentence
from compare.text import normalise, primary
from compare.text.lexicon import classes, lexicon

_NAME = r"(?P<name>\p{Lu}[\p{L}'’.-]*(?:\s+(?:(?:de|del|van|von|bin|al|el)\s+)?\p{Lu}[\p{L}'’.-]*){0,4})"
_LINKS = r"\b(?:while|and|but|as|when|after|before|in|on|at|to|from|during|about|via|for|with|según|en|a)\b\s"
_NO_NAMES = frozenset(("mr", "mrs", "ms", "dr", "the"))
_MARKS = regex.compile('["“”„«»]')


class Speaker(NamedTuple):
    """A named speaker: where the name stands, and its words.

    Attributes:
        start: Offset into the article.
        end: Offset past the name.
        shown: The name as written.
        surname: Its last word.
        names: Its words, normalised, without titles.
    """

    start: int
    end: int
    shown: str
    surname: str
    names: frozenset[str]


@lru_cache(maxsize=16)
def _patterns(language: str) -> tuple[regex.Pattern[str], ...] | None:
    verbs = sorted(lexicon("speech", language))
    if not verbs:
        return None
    verb = r"(?:" + "|".join(verbs) + r")"
    return (
        # “…,” said the harbour master, Tobias Renn
        regex.compile(rf"^[^\p{{L}}]{{0,6}}{verb}\s(?:(?!{_LINKS})[^.;:\"“”]){{0,60}}?{_NAME}"),
        # “…,” the Orlan mayor Tobias Renn told reporters; “…,” Tobias Renn of the port authority said
        regex.compile(
            rf"^[^\p{{L}}]{{0,6}}(?:\p{{L}}[\p{{Ll}}'’]*,?\s){{0,6}}?{_NAME}"
            rf"(?:,[^,]{{0,60}}(?=,)|\sof\s[^,.;:\"“”]{{1,40}}?)?,?\s(?:\p{{Ll}}+ly\s)?{verb}\b"
        ),
        # Tobias Renn said: “…
        regex.compile(rf"{_NAME}(?:,[^,]{{0,60}},)?\s(?:\p{{Ll}}+ly\s)?{verb}\b[^.;\"“”]{{0,40}}$"),
    )


def speaker(article: Article, at: int, sentence: Sentence) -> Speaker | None:
    """The named speaker of the quotation that holds a position, from its own sentence.

    Args:
        article: Where it stands.
        at: Offset of a word of the quotation.
        sentence: The sentence that is examined; only names in it count.
    """
    patterns = _patterns(primary(article.language))
    if patterns is None:
        return None
    text = article.text[sentence.start : sentence.end]
    inside = min(max(at - sentence.start, 0), len(text))
    after = _MARKS.search(text, inside)
    found = None
    if after:
        found = next(
            (m for p in patterns[:2] if (m := p.search(text[after.end() : after.end() + 160]))), None
        )
        offset = after.end()
    if found is None:
        opening = max((m.start() for m in _MARKS.finditer(text, 0, inside)), default=0)
        offset = max(0, opening - 160)
        found = patterns[2].search(text[offset:opening].rstrip(" ,:"))
    if found is None:
        return None
    shown = found["name"].rstrip(".")
    no_names = classes("title", "en").keys() | _NO_NAMES
    names = [n for n in normalise(shown).replace(".", " ").split() if n not in no_names]
    if not names:
        return None
    start = sentence.start + offset + found.start("name")
    return Speaker(start, start + len(shown), shown, shown.split()[-1], frozenset(names))


def is_initialism(first: str, second: str) -> bool:
    """Whether one name is the initials of the other: ``NYSE``, ``New York Stock Exchange``."""
    short, long = sorted((first.replace(".", ""), second), key=len)
    return short == "".join(word[0] for word in long.split() if word[0].isupper())
