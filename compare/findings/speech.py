"""What stands in quotation marks in an article, word by word.

Marks of every style are read: “ ”, „ “, « », » «, ‹ ›, 「 」, 『 』, ‘ ’, ", ' and doubled single marks. A
straight mark opens when nothing but space or a bracket stands before it. Single marks must open before a
word and close after one, so that apostrophes are none. A quotation that lacks its closing mark ends with its
paragraph, or where the next one opens. A block quote is a quotation without marks. Words are read as they
are spoken: contractions written out, one spelling for British and American papers. The speaker is a name
beside a verb of speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from compare.findings.sides import Mark, Side
from compare.model import Article
from compare.text import normalise, primary, words
from compare.text.lexicon import ANY, classes, lexicon, meanings

_MARKS = re.compile("[\"“”„‟«»‹›「『‘’'‚`]")
_QUOTED = regex.compile(
    r"""
    (?: [“„‟] | ["”](?<![^\s(\[{—–\-/:“«¿¡]["”]) | '' | `` | ‘‘ ) (?=\S)
        ( (?: [^"“”„‟'’] | ['’](?!['’]) )* ) (?: ["”] | “(?!\w) | '' | ’’ | (?=[“„‟]) | $ )
    | «([^«»]*)(?:»|$) | »([^«»]*)(?:«|$) | ‹([^‹›]*)(?:›|$) | ›([^‹›]*)(?:‹|$)
    | 「([^「」]*)(?:」|$) | 『([^『』]*)(?:』|$)
    | ['‘‚](?<![^\s(\[{—–\-/:“"«¿¡].)(?=\p{L})
        ( (?: [^'’‘] | ['’‘](?=\w) | (?<=s)['’](?=\s\p{Ll}) ){1,2000}+ ) ['’‘](?!\w)
    """,
    regex.VERBOSE,
)
_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
_END = frozenset(".!?…")
# How words end as they are spoken in full, and how British words end in America.
_ENDINGS = {"'re": "are", "'m": "am", "'ll": "will", "'ve": "have", "'d": "would"}
_ENDINGS_ABROAD = {"isation": "ization", "ising": "izing", "ised": "ized", "ise": "ize", "ence": "ense"}
_NAME = r"(?P<name>\p{Lu}[\p{L}'’.-]*(?:\s+(?:(?:de|del|van|von|bin|al|el)\s+)?\p{Lu}[\p{L}'’.-]*){0,4})"
_LINKS = r"\b(?:while|and|but|as|when|after|before|in|on|at|to|from|during|about|via|for|with|según|en|a)\b\s"
_NO_NAMES = frozenset(("mr", "mrs", "ms", "dr", "the"))
_NEAR = 160  # characters on either side of a quotation
_ANY_MARK = regex.compile('["“”„«»]')


class Token(NamedTuple):
    """A spoken word.

    Attributes:
        word: Normalised, contractions written out.
        start: Offset into the article.
        end: Offset past its last character.
        ends: Whether a sentence or the words between two marks end before it.
        gap: Whether an ellipsis stands before it.
        editor: Whether it stands in brackets, which the spoken word has not.
    """

    word: str
    start: int
    end: int
    ends: bool
    gap: bool
    editor: bool


def spoken(article: Article) -> list[Token]:
    """All words that an article quotes, in text order."""
    text, found = article.text, list[Token]()
    for block in article.blocks if _MARKS.search(text) else ():
        if block.kind == "quote":
            found += _tokens(text, block.start, block.end)
            continue
        for match in _QUOTED.finditer(text, block.start, block.end):
            start, end = match.span(match.lastindex or 0)
            if " " in match[0] or match[0][0] not in "'‘‚":  # a word in single marks is no quotation
                found += _tokens(text, start, end)
    return found


def _tokens(text: str, start: int, end: int) -> Iterator[Token]:
    """The words of ``text[start:end]``, as they are spoken."""
    last, new, inside = 0, True, False
    for word in words(text[start:end]):
        between = text[start + last : start + word.start]
        if "&" in between:  # said as a word
            at = start + last + between.index("&")
            yield Token("and", at, at + 1, new, False, inside)
            new = False
        opened, closed = max(map(between.rfind, "[(")), max(map(between.rfind, "])"))
        inside = inside if opened == closed else opened > closed
        gap = _ELLIPSIS.search(between) is not None
        ends = new or not _END.isdisjoint(between)
        last, new = word.end, False
        for part in _in_full(word.text):
            yield Token(part, start + word.start, start + word.end, ends, gap, inside)
            ends = gap = False


@lru_cache(maxsize=1 << 14)
def _in_full(word: str) -> tuple[str, ...]:
    """A normalised word as it is spoken in full: ``they're`` is ``they are``."""
    if full := meanings("spoken").get(word):
        return tuple(full.split("_"))
    if word.endswith("n't"):
        return (word[:-3], "not")
    stem, mark, ending = word.rpartition("'")
    if mark + ending in _ENDINGS:
        return (stem, _ENDINGS[mark + ending])
    if mark and ending == "s" and stem in lexicon("is_after", ANY):
        return (stem, "is")
    return (word if mark else _american(word),)


def _american(word: str) -> str:
    """One spelling for words that British and American papers spell differently."""
    if len(word) < 6:
        return word
    for british, american in _ENDINGS_ABROAD.items():
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word.replace("our", "or") if word.endswith(("our", "ours", "oured", "ouring")) else word


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
    after = _ANY_MARK.search(text, at)
    if patterns and after:
        offset = after.end()
        found = next((m for p in patterns[:2] if (m := p.search(text[offset : offset + _NEAR]))), None)
    if patterns and found is None:
        opening = max((m.start() for m in _ANY_MARK.finditer(text, 0, at)), default=0)
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
