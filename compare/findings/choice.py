"""What one text calls a thing and a near copy of it calls otherwise.

Where two sentences are equal but for a few words, somebody exchanged these words: ``the invasion`` for
``the special operation``. One to four words are told that stand in the place of as few others, and only
when neither article uses the other's words anywhere: a choice, and not a variation. Figures, dates, names
and what is quoted have rules of their own. Every language whose words are parted by spaces.
"""

from __future__ import annotations

from collections.abc import Iterator

from compare.findings.numerals import numerals
from compare.findings.read_dates import dates
from compare.findings.sides import Difference, Mark, Pair, Side, Sides, neither_has
from compare.text import stems, words
from compare.text.lexicon import lexicon, opposites
from compare.text.wording import near_edits

_ALIKE = 0.5  # of the stems of content, which near copies have in common: fewer need no comparison by words
_MOST = 4  # words of one choice
_LEAST = 4  # letters of a word of content
_QUOTES = frozenset('"“”„«»')


def examine(pair: Pair, sides: Sides) -> Iterator[Difference]:
    """The words that are exchanged between a sentence and its near copy, which both tell all of a claim."""
    base, copy, common, _ = pair
    if not {base.article.id, copy.article.id} <= sides.full:
        return
    if len(common) < _ALIKE * max(len(base.parsed.content), len(copy.parsed.content)):
        return
    at_old = at_new = 0
    for edit in near_edits(base.sentence.text, copy.sentence.text):
        if edit.op == "replace":
            old, new = _mark(base, at_old, edit.old), _mark(copy, at_new, edit.new)
            if old and new and _is_choice(old, base, new, copy):
                yield Difference("words", False, old, new, "The words on both sides of it agree.")
        at_old, at_new = at_old + len(edit.old), at_new + len(edit.new)


def _mark(side: Side, start: int, text: str) -> Mark | None:
    """Exchanged words as a mark; None for too many, and for what says nothing or has a rule of its own."""
    told = words(text)
    if not 0 < len(told) <= _MOST or not _QUOTES.isdisjoint(text):
        return None
    if any(character.isdigit() for character in text) or not _is_content(side, text):
        return None
    first, last = start + told[0].start, start + told[-1].end
    own = side.parsed.words
    if any(own[d.first].start < last and first < own[d.last - 1].end for d in dates(side.parsed)):
        return None
    if sum(side.sentence.text.count(mark, 0, first) for mark in _QUOTES) % 2:
        return None
    counted = [own[numeral.last].start for numeral in numerals(side.parsed) if numeral.last < len(own)]
    if first in counted:
        return None  # two miles are another number than two kilometres, and no other word for them
    spot = side.place(first, last)
    return Mark(spot, spot.text, " ".join(word.text for word in told))


def _is_content(side: Side, text: str) -> bool:
    """Whether any word means something by itself, not all are names, and none says who is speaking."""
    told = text.split()
    if len(told) > 1 and not lexicon("speech", side.article.language).isdisjoint(map(str.lower, told)):
        return False
    meanings = side.parsed.meaning
    known = dict(zip(side.parsed.names, meanings, strict=True))
    content = [word for word in words(text) if known.get(word.text) and len(word.text) >= _LEAST]
    return bool(content) and not all(word[:1].isupper() for word in told)


def _is_choice(old: Mark, ours: Side, new: Mark, theirs: Side) -> bool:
    """Whether the two share no stem and are no contraries, and neither article has the other's words."""
    language = ours.article.language
    contrary = opposites("contrary", language)
    if any(contrary.get(word, frozenset()) & set(new.key.split()) for word in old.key.split()):
        return False
    one, other = set(stems(old.key.split(), language)), set(stems(new.key.split(), language))
    if not one.isdisjoint(other):
        return False
    return neither_has(ours.article, old.key, theirs.article, new.key)
