"""Word-level differences between two readings, and whether their words are the same.

A text is cut into tokens, each a word, a symbol such as ``$`` or ``%``, or a quotation mark,
with the spaces and the punctuation that follow it. Tokens are equal when their normalised words
are: full stops and commas never make a difference, a currency sign or an added pair of quotation
marks does. The same rule decides the wording status and the edits, so that *same words* means
exactly that no edit is anything but ``equal``.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

import regex

from compare.model import Edit, EditOp
from compare.text import normalise, words

if TYPE_CHECKING:
    from diff_match_patch import diff_match_patch

# What makes a difference though it is no word: symbols, per cent, quotation marks, a minus sign.
_SIGN = regex.compile(r"""[\p{S}%‰&@#§"'‘’‚‛“”„‟«»‹›「」『』]|(?<![\w-])[-−](?=\p{N})""")
_QUOTES = frozenset("\"'")

# Tokens are handed to diff-match-patch as single characters. CJK ideographs are all letters of one
# class, so that its semantic clean-up sees no boundary where there is none.
_FIRST_CODE = 0x4E00
_CODES = 0x9FFF - _FIRST_CODE

# A run of at most this many words of at most so many letters says little when it stands between changes.
_LIGHT_RUN, _LIGHT = 2, 3

# Past this product of lengths the search for the shortest edit takes seconds, and a time limit
# would make the result depend on the machine.
_MOST_CELLS = 4_000_000


class _Token(NamedTuple):
    key: str
    text: str


def same_words(a: str, b: str) -> bool:
    """Whether two texts are equal after normalisation of case, space, quotation marks and dashes."""
    return a == b or [token.key for token in _tokens(a)] == [token.key for token in _tokens(b)]


def diff(old: str, new: str) -> tuple[Edit, ...]:
    """The edits over words that turn one text into another.

    The shortest edit (Myers 1986, as diff-match-patch computes it in its word mode). Two changes
    that only an "of the" or a quotation mark parts are joined, or a reader would be shown rubble;
    diff-match-patch's own clean-up would also swallow common runs of five and six words. Two texts
    of more than about 2,000 words each are compared only at their beginning and end.

    Returns:
        Edits in text order, no two neighbours with the same op. The ``old`` texts joined give
        ``old``, the ``new`` texts ``new``. Equal edits keep each side's own capitals and commas.
    """
    before, after = _tokens(old), _tokens(new)
    edits: list[Edit] = []
    at_old = at_new = 0
    for op, count_old, count_new in _steps(before, after):
        old_text = "".join(token.text for token in before[at_old : at_old + count_old])
        new_text = "".join(token.text for token in after[at_new : at_new + count_new])
        edits.append(Edit(op, old_text, new_text))
        at_old, at_new = at_old + count_old, at_new + count_new
    return tuple(edits)


def _tokens(text: str) -> list[_Token]:
    """Cut a text, losing nothing; what precedes the first token belongs to it."""
    marks = [(word.start, word.end, word.text) for word in words(text)]
    inside = {offset for start, end, _ in marks for offset in range(start, end)}
    for match in _SIGN.finditer(text):
        if match.start() not in inside:
            sign = normalise(match[0])
            marks.append((match.start(), match.end(), '"' if sign in _QUOTES else sign))
    marks.sort()
    if not marks:
        return [_Token("", text)] if text else []
    ends = [start for start, _, _ in marks[1:]] + [len(text)]
    starts = [0, *ends[:-1]]
    return [_Token(key, text[s:e]) for (_, _, key), s, e in zip(marks, starts, ends, strict=True)]


def _steps(before: Sequence[_Token], after: Sequence[_Token]) -> list[tuple[EditOp, int, int]]:
    """Ops with the number of old and new tokens that each covers."""
    codes: dict[str, str] = {}
    for token in (*before, *after):
        codes.setdefault(token.key, chr(_FIRST_CODE + len(codes)))
    old = "".join(codes[token.key] for token in before)
    new = "".join(codes[token.key] for token in after)
    if len(codes) > _CODES or len(old) * len(new) > _MOST_CELLS:
        return _ends_only([token.key for token in before], [token.key for token in after])
    light = {code for key, code in codes.items() if _is_light(key)}
    diffs = _engine().diff_main(old, new, False)
    return _merge(_absorb([(int(op), text) for op, text in diffs], light))


@lru_cache(maxsize=8192)
def _is_light(key: str) -> bool:
    return len(key) <= _LIGHT and not any(letter.isnumeric() for letter in key)


@cache
def _engine() -> diff_match_patch:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # no clock: the same texts give the same edits on every machine
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
