"""Word-level differences between two readings, and whether their words are the same.

A text is cut into tokens, each a word, a symbol such as ``$`` or ``%``, or a quotation mark,
with the spaces and the punctuation that follow it. Tokens are equal when their normalised words
are: full stops and commas never make a difference, a currency sign or an added pair of quotation
marks does. The same rule decides the wording status and the edits, so that *same words* means
exactly that no edit is anything but ``equal``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import regex

from compare.model import Edit, EditOp
from compare.similarity.sequences import shortest_edit
from compare.text import Word, normalise, words

if TYPE_CHECKING:
    from diff_match_patch import diff_match_patch

# What makes a difference though it is no word: symbols, per cent, quotation marks, a minus sign.
_SIGN = regex.compile(r"""[\p{S}%‰&@#§"'‘’‚‛“”„‟«»‹›「」『』]|(?<![\w-])[-−](?=\p{N})""")
_QUOTES = frozenset("\"'")
_START = attrgetter("start")

# Tokens are handed to diff-match-patch as single characters. CJK ideographs are all letters of one
# class, so that its semantic clean-up sees no boundary where there is none.
_FIRST_CODE = 0x4E00
_CODES = 0x9FFF - _FIRST_CODE

# A run of at most this many words of at most so many letters says little when it stands between changes.
_LIGHT_RUN, _LIGHT = 2, 3

# Past this product of lengths the search for the shortest edit takes seconds, and a time limit
# would make the result depend on the machine.
_MOST_CELLS = 4_000_000


class _Tokens(NamedTuple):
    """A text's tokens: what each is compared by, and its text."""

    keys: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


def same_words(a: str, b: str) -> bool:
    """Whether two texts are equal after normalisation of case, space, quotation marks and dashes."""
    return a == b or _tokens(a).keys == _tokens(b).keys


def diff(old: str, new: str) -> tuple[Edit, ...]:
    """The edits over words that turn one text into another.

    A shortest edit (Myers 1986), as diff-match-patch computes it in its word mode, but for its
    search, which rapidfuzz does several times faster. Two changes that only an "of the" or a
    quotation mark parts are joined, or a reader would be shown rubble; diff-match-patch's own
    clean-up would also swallow common runs of five and six words. Two texts of more than about
    2,000 words each are compared only at their beginning and end.

    Returns:
        Edits in text order, no two neighbours with the same op. The ``old`` texts joined give
        ``old``, the ``new`` texts ``new``. Equal edits keep each side's own capitals and commas.
    """
    before, after = _tokens(old), _tokens(new)
    edits: list[Edit] = []
    at_old = at_new = 0
    for op, count_old, count_new in _steps(before.keys, after.keys):
        end_old, end_new = at_old + count_old, at_new + count_new
        edits.append(Edit(op, "".join(before.texts[at_old:end_old]), "".join(after.texts[at_new:end_new])))
        at_old, at_new = end_old, end_new
    return tuple(edits)


@lru_cache(maxsize=2048)  # a claim's base is laid beside each of its readings
def _tokens(text: str) -> _Tokens:
    """Cut a text, losing nothing; what precedes the first token belongs to it."""
    marks = words(text)
    if signs := _signs(text, marks):
        marks = tuple(sorted(marks + signs, key=_START))
    if not marks:
        return _Tokens(("",), (text,)) if text else _Tokens()
    cuts = [0, *[mark.start for mark in marks[1:]], len(text)]
    texts = [text[start:end] for start, end in pairwise(cuts)]
    return _Tokens(tuple([mark.text for mark in marks]), tuple(texts))


def _signs(text: str, marks: Sequence[Word]) -> tuple[Word, ...]:
    """The signs outside of words; all quotation marks are one."""
    found = []
    for match in _SIGN.finditer(text):
        start, end = match.span()
        before = bisect_right(marks, start, key=_START) - 1
        if before < 0 or start >= marks[before].end:  # an apostrophe belongs to its word
            sign = normalise(match[0])
            found.append(Word('"' if sign in _QUOTES else sign, start, end))
    return tuple(found)


def _steps(one: tuple[str, ...], two: tuple[str, ...]) -> list[tuple[EditOp, int, int]]:
    """Ops with the number of old and new tokens that each covers."""
    if one == two:
        return _merge([(0, len(one))])
    codes = {key: chr(_FIRST_CODE + place) for place, key in enumerate(dict.fromkeys(one + two))}
    if len(codes) > _CODES or len(one) * len(two) > _MOST_CELLS:
        return _ends_only(one, two)
    old, new = "".join([codes[key] for key in one]), "".join([codes[key] for key in two])
    light = {code for key, code in codes.items() if _is_light(key)}
    diffs = _engine().diff_main(old, new, False)
    return _merge(_absorb([(int(op), text) for op, text in diffs], light))


@lru_cache(maxsize=8192)
def _is_light(key: str) -> bool:
    return len(key) <= _LIGHT and not any(letter.isnumeric() for letter in key)


@cache
def _engine() -> diff_match_patch:
    from diff_match_patch import diff_match_patch

    class Engine(diff_match_patch):  # type: ignore[misc]  # the library has no types
        """diff-match-patch with its search for the shortest edit in native code."""

        def diff_bisect(self, text1: str, text2: str, deadline: float) -> list[tuple[int, str]]:
            """The search itself; common ends are off already. No clock: equal on every machine."""
            return shortest_edit(text1, text2)

    engine = Engine()
    engine.Diff_Timeout = 0  # nor may the shortcuts cost the shortest edit
    return engine


def _absorb(diffs: Sequence[tuple[int, str]], light: set[str]) -> list[tuple[int, int]]:
    """Count a common run as changed when it is light and words are replaced on both of its sides."""
    runs: list[tuple[int, int]] = []
    for position, (op, text) in enumerate(diffs):
        stranded = not op and len(text) <= _LIGHT_RUN and light.issuperset(text)
        if stranded and _replaced(diffs[:position][-2:]) and _replaced(diffs[position + 1 : position + 3]):
            runs += [(-1, len(text)), (1, len(text))]
        else:
            runs.append((op, len(text)))
    return runs


def _replaced(neighbours: Sequence[tuple[int, str]]) -> bool:
    return {op for op, _ in neighbours} == {-1, 1}


def _merge(diffs: Sequence[tuple[int, int]]) -> list[tuple[EditOp, int, int]]:
    """Join a delete and the insert beside it into a replace."""
    steps: list[tuple[EditOp, int, int]] = []
    deleted = inserted = 0
    for op, count in (*diffs, (0, 0)):
        if op:
            deleted, inserted = deleted + count * (op < 0), inserted + count * (op > 0)
            continue
        if deleted or inserted:
            name: EditOp = "replace" if deleted and inserted else "delete" if deleted else "insert"
            steps.append((name, deleted, inserted))
            deleted = inserted = 0
        if count:
            steps.append(("equal", count, count))
    return steps


def _ends_only(old: Sequence[str], new: Sequence[str]) -> list[tuple[EditOp, int, int]]:
    """Common beginning, one change, common end: linear in the lengths."""
    shorter = min(len(old), len(new))
    head = next((i for i in range(shorter) if old[i] != new[i]), shorter)
    tail = next((i for i in range(shorter - head) if old[-1 - i] != new[-1 - i]), shorter - head)
    return _merge([(0, head), (-1, len(old) - head - tail), (1, len(new) - head - tail), (0, tail)])
