"""What stands in quotation marks in an article: pieces, and utterances made of them.

Marks of every style are read: “ ”, „ “, « », » «, ‹ ›, 「 」, 『 』, ‘ ’, ", ' and doubled single marks. A
straight mark opens when nothing but space or a bracket stands before it. Single marks must open before a
word and close after one, so that apostrophes are none. A quotation may mix styles, run over sentences and
paragraphs, or lack its closing mark: then it ends with its paragraph, or where the next one opens. A block
quote is a quotation without marks. Pieces that only a short ``he said`` parts belong to one utterance. Its
words are read as they are spoken: contractions written out, one spelling for British and American papers.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
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
_GAP_WORDS = 10  # words between two pieces that one speaker says in a row
_FULL_STOP = regex.compile(r"(?<!\b(?:Mr|Ms|Mrs|Dr|Sen|Rep|Gov|Gen|St|\p{Lu}))[.!?](?=\s+\S)")
_ELLIPSIS = regex.compile(r"…|\.\s?\.\s?\.")
_END = frozenset(".!?…")
# How words end as they are spoken in full, and how British words end in America.
_ENDINGS = {"'re": "are", "'m": "am", "'ll": "will", "'ve": "have", "'d": "would"}
_ENDINGS_ABROAD = {"isation": "ization", "ising": "izing", "ised": "ized", "ise": "ize", "ence": "ense"}


class Piece(NamedTuple):
    """What stands between two marks: ``article.text[start:end]``.

    Attributes:
        start: Offset of its first character, after the mark.
        end: Offset past its last character, before the closing mark.
    """

    start: int
    end: int


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
    """Pieces that one speaker says in a row.

    Attributes:
        pieces: In text order.
        tokens: Their words.
    """

    pieces: tuple[Piece, ...]
    tokens: tuple[Token, ...]


class Spoken:
    """All utterances of one article."""

    def __init__(self, article: Article) -> None:
        self._found = _join(article.text, _pieces(article.text, article.blocks))
        self._ends = [found.pieces[-1].end for found in self._found]

    def within(self, start: int, end: int) -> Iterator[Utterance]:
        """The utterances of which a piece shares a character with a span of the article."""
        for utterance in self._found[bisect_left(self._ends, start + 1) :]:
            if utterance.pieces[0].start >= end:
                break
            if any(p.start < end and start < p.end for p in utterance.pieces):
                yield utterance


def _pieces(text: str, blocks: tuple[Block, ...]) -> list[Piece]:
    found: list[Piece] = []
    marks = list(_MARK.finditer(text))
    left_open, at = "", 0
    for block in blocks:
        first = at
        while at < len(marks) and marks[at].start() < block.end:
            at += 1
        if block.kind == "quote":
            found.append(Piece(block.start, block.end))
            left_open = ""
        else:
            left_open = _scan(text, block, marks[first:at], left_open, found) if first < at else ""
    return [piece for piece in found if text[piece.start : piece.end].strip()]


class _Sign(NamedTuple):
    """A quotation mark as it stands: what it is, where, and the characters around it."""

    char: str
    start: int
    end: int
    before: str
    after: str
    last: bool


def _sign(text: str, match: re.Match[str], block: Block) -> _Sign:
    start, end = match.span()
    char = '"' if end - start > 1 else match[0]
    before = text[start - 1] if start > block.start else " "
    after = text[end] if end < block.end else " "
    return _Sign(char, start, end, before, after, end >= block.end)


def _scan(text: str, block: Block, marks: list[re.Match[str]], left_open: str, found: list[Piece]) -> str:
    """Add the pieces of one block; the mark that it leaves open, or ""."""
    signs = [_sign(text, match, block) for match in marks]
    mark, start, single_end = "", block.start, 0
    if left_open and signs[0].char in _CLOSERS[left_open] and not _opens(signs[0]):
        mark = left_open  # the quotation of the block before goes on
    for index, sign in enumerate(signs):
        char = sign.char
        if sign.start < single_end:
            continue
        if mark and char in _CLOSERS[mark] and _closes(text, sign):
            found.append(Piece(start, sign.start))
            mark = ""
        elif not mark and char in _SINGLE and _opens(sign):
            single_end = _single_end(text, signs[index:])
            if single_end:
                found.append(Piece(sign.end, single_end))
        elif char in _DOUBLE and (not mark or mark in _DOUBLE) and _opens(sign):
            if mark:
                found.append(Piece(start, sign.start))
            mark, start = char, sign.end
        elif not mark and char not in _SINGLE and char not in _DOUBLE and _opens(sign):
            mark, start = char, sign.end
    if mark:
        found.append(Piece(start, block.end))
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


def _join(text: str, pieces: list[Piece]) -> list[Utterance]:
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and _is_gap(text[groups[-1][-1].end : piece.start]):
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return [Utterance(tuple(group), tuple(_tokens(text, group))) for group in groups]


def _is_gap(between: str) -> bool:
    """Whether what stands between two pieces is no more than ``he said``."""
    if len(between) > 120:
        return False
    return len(words(between)) <= _GAP_WORDS and len(_FULL_STOP.findall(between.strip("\"“”„«»‘’' \n"))) == 0


def _tokens(text: str, pieces: list[Piece]) -> list[Token]:
    found: list[Token] = []
    for piece in pieces:
        inner = text[piece.start : piece.end]
        last, new, depth = 0, True, False
        for word in words(inner):
            between = inner[last : word.start]
            if "&" in between:  # said as a word
                at = piece.start + last + between.index("&")
                found.append(Token("and", at, at + 1, new, False, depth))
                new = False
            depth = _in_brackets(between, depth)
            gap = _ELLIPSIS.search(between) is not None
            ends = new or not _END.isdisjoint(between) or gap
            joined = bool(found) and found[-1].end == piece.start + word.start - 1
            if len(word.text) == 1 and between == "." and joined:
                (whole,) = _spoken(found[-1].word + word.text)[:1]  # F.B.I., O.K.
                found[-1] = found[-1]._replace(word=whole, end=word.end)
                last = word.end
                continue
            for index, part in enumerate(_spoken(word.text)):
                start, end, first = piece.start + word.start, piece.start + word.end, index == 0
                found.append(Token(part, start, end, ends and first, gap and first, depth))
            last, new = word.end, False
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
