"""What stands in quotation marks in an article.

Marks of every style are read: “ ”, „ “, « », » «, ‹ ›, 「 」, 『 』, ‘ ’, ", ' and doubled single marks. A
straight mark opens when nothing but space or a bracket stands before it. Single marks must open before a
word and close after one, so that apostrophes are none. A quotation may mix styles, run over sentences and
paragraphs, or lack its closing mark: then it ends with its paragraph, or where the next one opens. A block
quote is a quotation without marks. Pieces that only a short ``he said`` parts belong to one utterance. Words
are read as they are spoken: contractions written out, one spelling for British and American papers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from operator import attrgetter
from typing import NamedTuple

import regex

from compare.model import Article, Block
from compare.text import words
from compare.text.lexicon import ANY, lexicon, meanings

_MARK = re.compile("''|``|‘‘|’’|[\"“”„‟«»‹›「」『』‘’'‚]")
_CLOSERS = {
    '"': '"”“', "“": '”"', "”": '”"', "„": "“”\"", "‟": '”"', "«": "»", "»": "«»", "‹": "›", "›": "‹›",
    "「": "」", "『": "』", "‘": "’'", "'": "'’", "‚": "‘’",
}  # fmt: skip
_SINGLE = frozenset("‘'‚")
_DOUBLE = frozenset('"“„‟')
_BEFORE = frozenset('([{—–-/:“"«¿¡')
_GAP = 120  # characters between two pieces that one speaker says in a row
_GAP_WORDS = 10
_FULL_STOP = regex.compile(r"(?<!\b(?:Mr|Ms|Mrs|Dr|Sen|Rep|Gov|Gen|St|\p{Lu}))[.!?](?=\s+\S)")
_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
_END = frozenset(".!?…")
# How words end as they are spoken in full, and how British words end in America.
_ENDINGS = {"'re": "are", "'m": "am", "'ll": "will", "'ve": "have", "'d": "would"}
_ENDINGS_ABROAD = {"isation": "ization", "ising": "izing", "ised": "ized", "ise": "ize", "ence": "ense"}


_Span = tuple[int, int]


class Token(NamedTuple):
    """A spoken word.

    Attributes:
        word: Normalised, contractions written out.
        start: Offset into the article.
        end: Offset past its last character.
        ends: Whether a sentence, a piece or the utterance ends before it.
        gap: Whether an ellipsis stands before it.
        editor: Whether it stands in brackets, which the spoken word has not.
    """

    word: str
    start: int
    end: int
    ends: bool
    gap: bool
    editor: bool


class Utterance(NamedTuple):
    """What one speaker says in a row, from ``article.text[start]`` to before ``end``, and its words."""

    start: int
    end: int
    tokens: tuple[Token, ...]


def utterances(article: Article) -> list[Utterance]:
    """All that an article quotes, in text order."""
    groups: list[list[_Span]] = []
    for span in _pieces(article.text, article.blocks):
        if groups and _is_gap(article.text[groups[-1][-1][1] : span[0]]):
            groups[-1].append(span)
        else:
            groups.append([span])
    tokens = [tuple(token for span in group for token in _tokens(article.text, *span)) for group in groups]
    return [Utterance(group[0][0], group[-1][1], said) for group, said in zip(groups, tokens, strict=True)]


def _is_gap(between: str) -> bool:
    """Whether what stands between two pieces is no more than ``he said``."""
    if len(between) > _GAP or len(words(between)) > _GAP_WORDS:
        return False
    return not _FULL_STOP.search(between.strip("\"“”„«»‘’' \n"))


def _pieces(text: str, blocks: Sequence[Block]) -> list[_Span]:
    """What stands between two marks."""
    found: list[_Span] = []
    marks = list(_MARK.finditer(text))
    left_open, at = "", 0
    for block in blocks:
        first = at
        while at < len(marks) and marks[at].start() < block.end:
            at += 1
        if block.kind == "quote":
            found.append((block.start, block.end))
            left_open = ""
        else:
            left_open = _scan(text, block, marks[first:at], left_open, found) if first < at else ""
    return [(start, end) for start, end in found if text[start:end].strip()]


def within(spoken: Sequence[Utterance], start: int, end: int) -> Iterator[Utterance]:
    """The utterances that share a character with a span of the article."""
    first = bisect_left(spoken, start + 1, key=attrgetter("end"))
    return takewhile(lambda utterance: utterance.start < end, spoken[first:])


class _Sign:
    """A quotation mark as it stands: what it is, where, and the characters around it."""

    def __init__(self, text: str, match: re.Match[str], block: Block) -> None:
        self.start, self.end = match.span()
        self.char = '"' if self.end - self.start > 1 else match[0]
        self.before = text[self.start - 1] if self.start > block.start else " "
        self.after = text[self.end] if self.end < block.end else " "
        self.last = self.end >= block.end


def _scan(text: str, block: Block, marks: list[re.Match[str]], left_open: str, found: list[_Span]) -> str:
    """Add the pieces of one block; the mark that it leaves open, or ""."""
    signs = [_Sign(text, match, block) for match in marks]
    mark, start, single_end = "", block.start, 0
    if left_open and signs[0].char in _CLOSERS[left_open] and not _opens(signs[0]):
        mark = left_open  # the quotation of the block before goes on
    for index, sign in enumerate(signs):
        char = sign.char
        if sign.start < single_end:
            continue
        if mark and char in _CLOSERS[mark] and _closes(text, sign):
            found.append((start, sign.start))
            mark = ""
        elif not mark and char in _SINGLE and _opens(sign):
            single_end = _single_end(text, signs[index:])
            if single_end:
                found.append((sign.end, single_end))
        elif char in _DOUBLE and (not mark or mark in _DOUBLE) and _opens(sign):
            if mark:
                found.append((start, sign.start))
            mark, start = char, sign.end
        elif not mark and char not in _SINGLE and char not in _DOUBLE and _opens(sign):
            mark, start = char, sign.end
    if mark:
        found.append((start, block.end))
    return mark


def _single_end(text: str, signs: list[_Sign]) -> int:
    """Where a quotation in single marks closes, or 0: an apostrophe opens nothing."""
    opener = signs[0]
    for sign in signs[1:40]:
        if sign.char in _CLOSERS[opener.char] and _closes(text, sign):
            return sign.start if " " in text[opener.end : sign.start] else 0
    return 0


def _opens(sign: _Sign) -> bool:
    """Whether a mark can open a quotation: what stands before it is no word."""
    char, before, after = sign.char, sign.before, sign.after
    if char in "“„‟«「『‹":
        return not (char == "“" and before.isalnum() and not after.isalnum())
    if char in "」』’":
        return False
    free = before.isspace() or before in _BEFORE
    if char in _SINGLE:
        return free and after.isalpha()
    return free and (not after.isspace() or (char == '"' and sign.last))


def _closes(text: str, sign: _Sign) -> bool:
    """Whether a mark can close a quotation: something is said before it, and no word goes on after it."""
    char, before, after = sign.char, sign.before, sign.after
    if char in "」』»›”" or (char == "“" and not after.isalnum()):
        return True
    if after.isalnum():
        return False
    if char in "’'‘":
        # The plural's apostrophe ("the workers' rights") is followed by a word.
        follows = text[sign.end : sign.end + 2].strip()
        return not before.isspace() and (not (before == "s" and follows[:1].islower()) or after in ",.;:!?)")
    return not before.isspace()


def _tokens(text: str, start: int, end: int) -> list[Token]:
    """The words of ``text[start:end]``, as they are spoken."""
    found: list[Token] = []
    last, new, depth = 0, True, False
    for word in words(text[start:end]):
        between = text[start + last : start + word.start]
        if "&" in between:  # said as a word
            at = start + last + between.index("&")
            found.append(Token("and", at, at + 1, new, False, depth))
            new = False
        depth = _in_brackets(between, depth)
        gap = _ELLIPSIS.search(between) is not None
        ends = new or not _END.isdisjoint(between) or gap
        last, new = word.end, False
        if len(word.text) == 1 and between == "." and found and found[-1].end == start + word.start - 1:
            (whole,) = _spoken(found[-1].word + word.text)[:1]  # F.B.I., O.K.
            found[-1] = found[-1]._replace(word=whole, end=start + word.end)
            continue
        for index, part in enumerate(_spoken(word.text)):
            first = index == 0
            span = start + word.start, start + word.end
            found.append(Token(part, *span, ends and first, gap and first, depth))
    return found


def _in_brackets(between: str, inside: bool) -> bool:
    """Whether brackets are open after what stands between two words."""
    opened = max(between.rfind("["), between.rfind("("))
    closed = max(between.rfind("]"), between.rfind(")"))
    return inside if opened == closed else opened > closed


@lru_cache(maxsize=1 << 14)
def _spoken(word: str) -> tuple[str, ...]:
    """A normalised word as it is spoken in full: ``they're`` is ``they are``."""
    if full := meanings("spoken").get(word):
        return tuple(full.split("_"))
    if "'" not in word:
        return (_american(word),)
    if word.endswith("n't"):
        return (word[:-3], "not")
    stem, mark, ending = word.rpartition("'")
    if mark + ending in _ENDINGS:
        return (stem, _ENDINGS[mark + ending])
    if ending == "s" and stem in lexicon("is_after", ANY):
        return (stem, "is")
    return (word,)


def _american(word: str) -> str:
    """One spelling for words that British and American papers spell differently."""
    if len(word) < 6 or not word.isascii():
        return word
    for british, american in _ENDINGS_ABROAD.items():
        if word.endswith(british):
            return word.removesuffix(british) + american
    return word.replace("our", "or") if word.endswith(("our", "ours", "oured", "ouring")) else word
