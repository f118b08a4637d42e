"""Word-level differences between two readings, and whether their words are the same.

A text is cut into tokens, each a word, a symbol such as ``$`` or ``%``, or a quotation mark,
with the spaces and the punctuation that follow it. Tokens are equal when their normalised words
are: full stops and commas never make a difference, a currency sign or an added pair of quotation
marks does. The same rule decides the wording status and the edits, so that *same words* means
exactly that no edit is anything but ``equal``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

import regex

from compare.model import Edit, EditOp
from compare.text import Word, Words, normalise, words
from compare.text.sequences import shortest_edit

if TYPE_CHECKING:
    from diff_match_patch import diff_match_patch

# What makes a difference though it is no word: symbols, per cent, quotation marks, a minus sign.
_SIGN = regex.compile(r"""[\p{S}%‰&@#§"'‘’‚‛“”„‟«»‹›「」『』]|(?<![\w-])[-−](?=\p{N})""")
_QUOTES = frozenset("\"'")
_START = attrgetter("start")

# Tokens are handed to diff-match-patch as single characters. CJK ideographs are all letters of one
# class, so that its semantic clean-up sees no boundary where there is none.
_CODES = "".join(map(chr, range(0x4E00, 0x9FFF)))

# A run of at most this many words of at most so many letters says little when it stands between changes.
_LIGHT_RUN, _LIGHT = 2, 3

_NEAR = 2 / 3

# Past this product of lengths the search for the shortest edit takes seconds, and a time limit
# would make the result depend on the machine.
_MOST_CELLS = 4_000_000

# Of two versions: how many pairs of paragraphs are weighed, from which share of common words two are one
# paragraph, and what one that changed weighs against one that did not.
_MOST_PAIRS, _SAME_PARAGRAPH, _CHANGED = 20_000, 0.5, 1.5


class _Tokens(NamedTuple):
    """A text's tokens.

    Attributes:
        keys: What each is compared by.
        cuts: The offset at which each begins, and the one at which the last one ends.
    """

    keys: tuple[str, ...] = ()
    cuts: tuple[int, ...] = (0,)


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
    if old == new:
        return (Edit("equal", old, new),) if old else ()
    before, after = _tokens(old), _tokens(new)
    edits: list[Edit] = []
    done_old = done_new = at_old = at_new = 0
    for op, count_old, count_new in _steps(before.keys, after.keys):
        at_old, at_new = at_old + count_old, at_new + count_new
        end_old, end_new = before.cuts[at_old], after.cuts[at_new]
        edits.append(Edit(op, old[done_old:end_old], new[done_new:end_new]))
        done_old, done_new = end_old, end_new
    return tuple(edits)


def near_edits(old: str, new: str) -> tuple[Edit, ...]:
    """The edits of a near copy, in which two thirds of the longer text's letters are equal; else none."""
    least = _NEAR * max(len(old), len(new))
    before, after = set(_tokens(old).keys), _tokens(new)
    lengths = zip(after.keys, after.cuts, after.cuts[1:], strict=False)
    if sum([end - begin for key, begin, end in lengths if key in before]) < least:
        return ()  # no search could keep more
    edits = diff(old, new)
    return edits if sum([len(edit.new) for edit in edits if edit.op == "equal"]) >= least else ()


def diff_versions(old: str, new: str) -> tuple[Edit, ...]:
    """The edits that turn one version of an article into the next, paragraph by paragraph.

    Words are compared inside paragraphs that stay in their order; one that moved is deleted whole at its old
    place and inserted whole at its new one, so that no words of two paragraphs are spliced. Joined, the texts
    give back both versions, as those of ``diff`` do.
    """
    before, after = _paragraphs(old), _paragraphs(new)
    if len(before) * len(after) > _MOST_PAIRS:
        return diff(old, new)
    edits: list[Edit] = []
    at_old = at_new = 0
    for i, j in [*_kept_in_order(before, after), (len(before), len(after))]:
        if gone := "".join(before[at_old:i]):
            edits.append(Edit("delete", gone, ""))
        if come := "".join(after[at_new:j]):
            edits.append(Edit("insert", "", come))
        if i < len(before):
            edits.extend(diff(before[i], after[j]))
        at_old, at_new = i + 1, j + 1
    return tuple(edits)


def _paragraphs(text: str) -> list[str]:
    """The paragraphs, each with the blank line after it."""
    return [part for part in regex.split(r"(?<=\n\n)", text) if part]


def _kept_in_order(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of paragraphs that are one, in the order of both: those of the greatest weight together.

    A paragraph that changed weighs more than one that did not: where two have changed places, it is the one
    whose words a reader wants to see compared.
    """
    words_of = [[Counter(_tokens(text).keys) for text in texts] for texts in (before, after)]
    best = [[(0.0, 0, 0)] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in reversed(range(len(before))):
        for j in reversed(range(len(after))):
            choices = [(best[i + 1][j][0], 1, 0), (best[i][j + 1][0], 0, 1)]
            x, y = words_of[0][i], words_of[1][j]
            share = 2 * (x & y).total() / max(x.total() + y.total(), 1)
            if share >= _SAME_PARAGRAPH:
                choices.append((best[i + 1][j + 1][0] + (1 if share == 1 else _CHANGED), 1, 1))
            best[i][j] = max(choices)
    pairs = []
    i = j = 0
    while i < len(before) and j < len(after):
        _, down, across = best[i][j]
        if down and across:
            pairs.append((i, j))
        i, j = i + down, j + across
    return pairs


@lru_cache(maxsize=2048)  # a claim's base is laid beside each of its readings
def _tokens(text: str) -> _Tokens:
    """Cut a text, losing nothing; what precedes the first token belongs to it."""
    marks = words(text)
    keys: Sequence[str] = marks.texts
    starts: Sequence[int] = marks.starts
    if signs := _signs(text, marks):
        keys, starts, _ = zip(*sorted([*marks, *signs], key=_START), strict=True)
    if not keys:
        return _Tokens(("",), (0, len(text))) if text else _Tokens()
    return _Tokens(tuple(keys), (0, *starts[1:], len(text)))


def _signs(text: str, marks: Words) -> list[Word]:
    """The signs outside of words; all quotation marks are one."""
    found = []
    for match in _SIGN.finditer(text):
        start, end = match.span()
        before = bisect_right(marks.starts, start) - 1
        if before < 0 or start >= marks.ends[before]:  # an apostrophe belongs to its word
            sign = normalise(match[0])
            found.append(Word('"' if sign in _QUOTES else sign, start, end))
    return found


@lru_cache(maxsize=256)  # copies of one text are laid beside the same base
def _steps(one: tuple[str, ...], two: tuple[str, ...]) -> tuple[tuple[EditOp, int, int], ...]:
    """Ops with the number of old and new tokens that each covers."""
    if one == two:
        return tuple(_merge([(0, len(one))]))
    keys = dict.fromkeys(one + two)
    if len(keys) > len(_CODES) or len(one) * len(two) > _MOST_CELLS:
        return tuple(_ends_only(one, two))
    codes = dict(zip(keys, _CODES, strict=False))
    old, new = "".join([codes[key] for key in one]), "".join([codes[key] for key in two])
    diffs = _engine().diff_main(old, new, False)
    return tuple(_merge(_absorb([(op, len(text)) for op, text in diffs], one)))


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


def _absorb(diffs: Sequence[tuple[int, int]], old: Sequence[str]) -> list[tuple[int, int]]:
    """Count a common run as changed when it is light and words are replaced on both of its sides.

    Args:
        diffs: Ops, each with the number of tokens that it covers.
        old: Keys of the old text's tokens.
    """
    runs: list[tuple[int, int]] = []
    at = 0
    for position, (op, count) in enumerate(diffs):
        stranded = (
            not op
            and count <= _LIGHT_RUN
            and _replaced(diffs[:position][-2:])
            and _replaced(diffs[position + 1 : position + 3])
            and all(map(_is_light, old[at : at + count]))
        )
        runs += [(-1, count), (1, count)] if stranded else [(op, count)]
        at += count * (op <= 0)
    return runs


def _replaced(neighbours: Sequence[tuple[int, int]]) -> bool:
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
