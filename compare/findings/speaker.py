"""Who says a quotation, as far as a name stands beside a verb of speech."""

from __future__ import annotations

from functools import lru_cache

import regex

from compare.findings.sides import Mark, Side
from compare.text import normalise, primary
from compare.text.lexicon import classes, lexicon

_NAME = r"(?P<name>\p{Lu}[\p{L}'’.-]*(?:\s+(?:(?:de|del|van|von|bin|al|el)\s+)?\p{Lu}[\p{L}'’.-]*){0,4})"
_LINKS = r"\b(?:while|and|but|as|when|after|before|in|on|at|to|from|during|about|via|for|with|según|en|a)\b\s"
_NO_NAMES = frozenset(("mr", "mrs", "ms", "dr", "the"))
_NEAR = 160  # characters on either side of a quotation
_MARKS = regex.compile('["“”„«»]')


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


def speaker(side: Side, at: int) -> tuple[Mark, frozenset[str]] | None:
    """The name of the speaker of a quotation, if it stands in its own sentence.

    Args:
        side: The sentence.
        at: Offset into it of a word of the quotation.

    Returns:
        The name, whose key is the last word of it, and its words without titles.
    """
    text, patterns, found, offset = side.sentence.text, _patterns(primary(side.article.language)), None, 0
    after = _MARKS.search(text, at)
    if patterns and after:
        offset = after.end()
        found = next((m for p in patterns[:2] if (m := p.search(text[offset : offset + _NEAR]))), None)
    if patterns and found is None:
        opening = max((m.start() for m in _MARKS.finditer(text, 0, at)), default=0)
        offset = max(0, opening - _NEAR)
        found = patterns[2].search(text[offset:opening].rstrip(" ,:"))
    if found is None:
        return None
    shown = found["name"].rstrip(".")
    start = offset + found.start("name")
    names = frozenset(normalise(shown).replace(".", " ").split()) - classes("title", "en").keys() - _NO_NAMES
    mark = Mark(side.place(start, start + len(shown)), shown, normalise(shown.split()[-1]))
    return (mark, names) if names else None


def is_initialism(first: str, second: str) -> bool:
    """Whether one name is the initials of the other: ``NYSE``, ``New York Stock Exchange``."""
    short, long = sorted((first.replace(".", ""), second), key=len)
    return short == "".join(word[0] for word in long.split() if word[0].isupper())
