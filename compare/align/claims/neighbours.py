"""What up to three neighbouring sentences of an article have of each sentence of its story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from compare.align.similarity.incidence import common_weight

_NEIGHBOURS = 3  # sentences over which a claim may be spread


def best_neighbours(
    content: Mapping[str, frozenset[str]],
    of: Mapping[str, Sequence[frozenset[str]]],
    weight: Mapping[str, int],
) -> dict[str, dict[str, tuple[float, int, int]]]:
    """Article → sentence → the greatest share of it in neighbours, with the first and last of the fewest.

    Args:
        content: Of each sentence, article after article as in ``of``.
        of: The content of each article's sentences.
        weight: Of each stem.
    """
    number = {stem: at for at, stem in enumerate(weight)}
    held = np.zeros((len(content), len(number)), dtype=np.bool_)
    rows = np.repeat(np.arange(len(content)), list(map(len, content.values())))
    held[rows, [number[stem] for told in content.values() for stem in told]] = True
    weights = np.array(list(weight.values()), dtype=np.int64)
    whole = np.maximum(held @ weights, 1)
    again = np.flatnonzero(held.sum(axis=0) > 1)  # what stands once is shared with nobody
    found, begin = {}, 0
    for article, own in of.items():
        some = [held[begin : begin + len(own)]]
        for more in range(1, min(_NEIGHBOURS, len(own))):
            some.append(some[-1][:-1] | some[0][more:])
        places = [(at, at + more) for more, windows in enumerate(some) for at in range(len(windows))]
        shared = common_weight(held[:, again], np.concatenate(some)[:, again], weights[again])
        best = shared.argmax(axis=1)  # of equals the fewest neighbours, and the first
        shares = (shared[np.arange(len(content)), best] / whole).tolist()
        told = zip(content, shares, best.tolist(), strict=True)
        found[article] = {name: (share, *places[at]) for name, share, at in told}
        begin += len(own)
    return found
