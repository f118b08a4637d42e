"""What two sequences of words have in the same order: how much, and where they part."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, LCSseq

_SURROGATES = 0xD800  # no characters from here on
_AFTER = 0x800  # code points that are none
_LAST = 0x10FFFF


def letter(number: int) -> str:
    """The character that stands for a word: rapidfuzz is fastest on strings.

    Args:
        number: The word's, from 0; past the first million all count as one.
    """
    return chr(number if number < _SURROGATES else min(number + _AFTER, _LAST))


def distance(first: str, second: str) -> int:
    """Letters to insert, delete, replace or swap (Damerau's distance, optimal string alignment)."""
    return OSA.distance(first, second)


def kept_in_order(ones: Sequence[str], others: Sequence[str]) -> NDArray[np.float64]:
    """Share of the shorter sequence that a longest common subsequence keeps.

    Args:
        ones: Sequences of words, a ``letter`` for each.
        others: Such sequences.

    Returns:
        ``ones`` x ``others``, 0..1; 0 where a sequence is empty.
    """
    if not ones or not others:
        return np.zeros((len(ones), len(others)))
    common = process.cdist(ones, others, scorer=LCSseq.similarity, dtype=np.int32)
    sizes = np.array([len(one) for one in ones])[:, None], np.array([len(other) for other in others])[None, :]
    return np.asarray(common / np.maximum(np.minimum(*sizes), 1), dtype=np.float64)


def shortest_edit(old: str, new: str) -> list[tuple[int, str]]:
    """The fewest single characters to delete and insert that turn one string into another.

    Returns:
        Runs in order, as diff-match-patch writes them: -1 and what is deleted, 1 and what is
        inserted, 0 and what both have. Where several edits are equally short, always the same one.
    """
    runs: list[tuple[int, str]] = []
    for step in LCSseq.opcodes(old, new):
        if step.tag == "equal":
            runs.append((0, old[step.src_start : step.src_end]))
            continue
        if step.src_end > step.src_start:
            runs.append((-1, old[step.src_start : step.src_end]))
        if step.dest_end > step.dest_start:
            runs.append((1, new[step.dest_start : step.dest_end]))
    return runs
