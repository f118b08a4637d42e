"""What one outlet calls a thing and another calls otherwise, in the same slot of the same claim.

A slot is a stretch of one to four words that differs while the words on both sides of it agree. It counts
when it is headed like a noun in both texts (an article, a possessive or *of* stands before it) and when
neither article ever uses the other's wording: a choice, and not a variation. Languages: English and Spanish.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from compare.findings.difference import Difference, Mark, gather
from compare.findings.lexicon import lexicon
from compare.findings.parsed import Parsed
from compare.findings.sides import Pair, Side, Sides, place
from compare.model import Article, Finding
from compare.text import words

_MOST = 4
_AGREEING = 3  # words around a slot that agree, at least
_ALIKE = 0.5  # of the shorter sentence's words, in common
_REACH = 2
_PRINT = str.maketrans({**dict.fromkeys("“”„«»‘–—…\u00a0", " "), "’": "'", "`": "'"})


def examine(sides: Sides) -> tuple[Finding, ...]:
    """The wording choices of a claim."""
    return gather("term", (d for pair in sides.standing for d in _differences(pair)))


def _differences(pair: Pair) -> Iterator[Difference]:
    a, b, _ = pair
    ours, theirs = a.parsed, b.parsed
    if not lexicon("determiner", ours.language):
        return
    old, new = ours.vocabulary - theirs.vocabulary, theirs.vocabulary - ours.vocabulary
    common = len(ours.vocabulary) - len(old)
    if common <= _AGREEING or common < _ALIKE * min(len(ours.names), len(theirs.names)):
        return
    if _openings(ours, old).isdisjoint(_openings(theirs, new)):
        return
    steps = SequenceMatcher(None, ours.names, theirs.names, autojunk=False).get_opcodes()
    for index, (op, i, j, k, m) in enumerate(steps):
        if op != "replace" or j - i > _MOST + _REACH or m - k > _MOST + _REACH:
            continue
        if not _is_slot(ours, steps, index):
            continue
        x, y = _phrase(a, i, j), _phrase(b, k, m)
        if x and y and _is_choice(x, a.article, y, b.article):
            yield Difference("choice", False, x, y, "The words on both sides of it agree.")


def _openings(parsed: Parsed, own: frozenset[str]) -> set[tuple[str, ...]]:
    """What stands before the things of a sentence that are told with any words that the other has not.

    Two texts that share none of it have no slot in common, which costs less to see than where they agree.
    """
    return {opening for opening, thing in _things(parsed) if not thing.isdisjoint(own)} if own else set()


@lru_cache(maxsize=2048)
def _things(parsed: Parsed) -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """The words behind each head of a noun, and what may stand before the slot that they fill."""
    heads, found = lexicon("determiner", parsed.language), []
    for index, name in enumerate(parsed.names, 1):
        possessive = name[-2:] == "'s"
        if (possessive or name in heads) and any(parsed.meaning[index : index + 1]):
            thing = frozenset(parsed.names[index : index + _MOST + 1])
            for first in (index, index + 1) if possessive else (index,):
                found += [(opening, thing) for opening in _before(parsed, first, heads)]
    return tuple(found)


def _before(parsed: Parsed, first: int, heads: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """The last words that agree before a slot whose thing begins at word ``first``, for each such slot.

    One word of content is enough to tell them, or two words of which the first may be the sentence's begin.
    """
    while first > 0:
        first -= 1
        yield (
            (parsed.names[first],)
            if parsed.meaning[first]
            else (parsed.names[first - 1] if first else "", parsed.names[first])
        )
        if parsed.names[first] not in heads:
            return


def _is_slot(parsed: Parsed, steps: Sequence[tuple[str, int, int, int, int]], index: int) -> bool:
    """Whether words agree on both sides, and those before it say something or begin the sentence."""
    if not 0 < index < len(steps) - 1:
        return False
    before, behind = steps[index - 1], steps[index + 1]
    if before[2] - before[1] + behind[2] - behind[1] < _AGREEING:
        return False
    return before[1] == before[3] == 0 or any(parsed.meaning[before[1] : before[2]])


def _phrase(side: Side, first: int, last: int) -> Mark | None:
    """Differing words without their article, as a mark; None when they are no wording of a thing."""
    parsed, heads = side.parsed, lexicon("determiner", side.article.language)
    while first < last and parsed.names[first] in heads:
        first += 1
    end = first
    while end < last and parsed.meaning[end]:
        end += 1
    if end < last and parsed.names[end] not in lexicon("link", side.article.language):
        return None
    if (
        not first < end <= first + _MOST
        or not _is_headed(parsed, first, heads)
        or not _is_thing(side, first, end)
    ):
        return None
    spot = place(side, parsed.words[first].start, parsed.words[end - 1].end)
    return Mark(spot, " ".join(parsed.names[first:end]))


def _is_headed(parsed: Parsed, first: int, heads: frozenset[str]) -> bool:
    """Whether an article stands right before a phrase, or a possessive there or before an adjective."""
    for index in range(first - 1, max(-1, first - 1 - _REACH), -1):
        possessive = parsed.names[index].endswith("'s")
        if possessive or (index == first - 1 and parsed.names[index] in heads):
            return True
        if not parsed.meaning[index] or parsed.between(index + 1) != " ":
            return False
    return False


def _is_thing(side: Side, first: int, last: int) -> bool:
    """Whether words can name a thing: letters only, no proper name, no gerund, not spoken."""
    parsed = side.parsed
    if first and parsed.names[first - 1] == "of" and parsed.names[first].endswith("ing"):
        return False
    if not all(name.replace("'", "").isalpha() for name in parsed.names[first:last]):
        return False
    if all(parsed.capital[first:last]):
        return False
    start = parsed.words[first].start
    return sum(parsed.text.count(mark, 0, start) for mark in '"“”') % 2 == 0


def _is_choice(old: Mark, ours: Article, new: Mark, theirs: Article) -> bool:
    """Whether each article uses its own wording and never the other's."""
    if set(old.value.split()) & set(new.value.split()):
        return False
    return not _holds(ours.text, new.value) and not _holds(theirs.text, old.value)


def _holds(text: str, phrase: str) -> bool:
    """Whether a text has words of which a normalised phrase consists, in a row."""
    plain = _plain(text)
    if plain.isascii() and not all(_has_word(plain, word) for word in phrase.split()):
        return False  # which is known in a fraction of the time
    if phrase.isascii() and "'" not in phrase and f" {phrase} " in plain:
        return True  # and so is this, as nothing but letters and spaces stands there
    return f" {phrase} " in _running(text)


def _has_word(text: str, word: str) -> bool:
    """Whether a word stands in a text with no letter or figure beside it."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (text[at - 1 : at].isalnum() or text[end : end + 1].isalnum()):
            return True
        at = text.find(word, end)
    return False


@lru_cache(maxsize=64)
def _plain(text: str) -> str:
    """A text in small letters, with no more than apostrophes of the marks that no word has."""
    return text.translate(_PRINT).lower()


@lru_cache(maxsize=64)
def _running(text: str) -> str:
    return f" {' '.join(word.text for word in words(text))} "
