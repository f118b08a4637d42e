"""Which rows hold which columns, and what two rows hold in common.

Rows are sentences (or their neighbourhoods, or what they quote), columns are stems, runs of stems
or character n-grams. Only pairs that are asked for are computed, so the work grows with the
candidates and not with the square of the story. All weights are whole numbers: sums are exact in
any order, on any machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
_CELLS = 4_000_000  # products held at once
_PRODUCTS = 5_000_000  # fewer are soonest made all, as products of matrices
# Products in one call: for more, OpenBLAS wakes threads that cost ten times the work.
_ON_ONE_THREAD = 200_000


@dataclass(frozen=True, slots=True, eq=False)
class Incidence:
    """A sparse table of zeros and ones.

    Attributes:
        starts: Row ``r`` holds ``columns[starts[r]:starts[r + 1]]``.
        rows: The row of each of ``columns``.
        columns: Column numbers, ascending in a row, without repeats.
        dense: The same as rows x columns of booleans.
    """

    starts: Ints
    rows: Ints
    columns: Ints
    dense: NDArray[np.bool_]

    @classmethod
    def of(cls, rows: Ints, columns: Ints, shape: tuple[int, int]) -> Incidence:
        """Build from row and column numbers in any order, repeats allowed."""
        dense = np.zeros((shape[0], max(shape[1], 1)), dtype=np.bool_)
        dense[rows, columns] = True
        return cls.of_dense(dense)

    @classmethod
    def of_dense(cls, dense: NDArray[np.bool_]) -> Incidence:
        """Build from rows x columns of booleans."""
        cells = np.flatnonzero(dense)
        rows, columns = np.divmod(cells, dense.shape[1])
        starts = np.searchsorted(rows, np.arange(dense.shape[0] + 1))
        return cls(starts, rows, columns, dense)

    def repeated(self) -> Incidence:
        """The same without the columns that stand in one row only: no two rows share those."""
        again = (self.frequencies() > 1)[self.columns]
        rows = self.rows[again]
        starts = np.searchsorted(rows, np.arange(len(self.starts)))
        return Incidence(starts, rows, self.columns[again], self.dense)

    def sums(self, weights: Floats) -> Floats:
        """The weight of each row."""
        total = np.bincount(self.rows, weights=weights[self.columns], minlength=len(self.starts) - 1)
        return np.asarray(total, dtype=np.float64)

    def frequencies(self) -> Ints:
        """In how many rows each column stands."""
        return np.bincount(self.columns, minlength=self.dense.shape[1])


@dataclass(frozen=True, slots=True, eq=False)
class Listing:
    """The columns of the left row of every pair, one after another.

    Attributes:
        pairs: Number of the pair.
        columns: A column of that pair's left row.
    """

    pairs: Ints
    columns: Ints


def listing(table: Incidence, rows: Ints) -> Listing:
    """List the columns of the given rows, in order."""
    begins = table.starts[rows]
    lengths = table.starts[rows + 1] - begins
    pairs = np.repeat(np.arange(len(rows)), lengths)
    ends = np.cumsum(lengths)
    within = np.arange(len(pairs)) - np.repeat(ends - lengths, lengths)
    return Listing(pairs, table.columns[begins[pairs] + within])


def common(listed: Listing, dense: NDArray[np.bool_], rows: Ints) -> Listing:
    """Keep what also stands in the row of a dense table that is the pair's other side."""
    cells = rows[listed.pairs] * dense.shape[1] + listed.columns
    hits = dense.ravel()[cells]
    return Listing(listed.pairs[hits], listed.columns[hits])


def weigh(shared: Listing, weights: Floats, pairs: int) -> Floats:
    """The total weight of every pair's columns."""
    total = np.bincount(shared.pairs, weights=weights[shared.columns], minlength=pairs)
    return np.asarray(total, dtype=np.float64)


def mutual(table: Incidence, weights: Floats) -> Floats:
    """Rows x rows: the weight of the columns that two rows share; what stands in one row only is left out."""
    telling = np.flatnonzero((table.frequencies() > 1) & (weights > 0))
    count = len(table.dense)
    if count**2 * len(telling) <= _PRODUCTS:
        held = table.dense[:, telling]
        return common_weight(held, held, weights[telling])
    return mutual_of_many(table, weights)


def common_weight(rows: NDArray[np.bool_], others: NDArray[np.bool_], weights: NDArray[Any]) -> Floats:
    """Rows x other rows: the weight of the columns that both have."""
    cells = len(rows) * len(others)
    room = _ON_ONE_THREAD // max(1, cells) if cells < _ON_ONE_THREAD else _CELLS // (len(rows) + len(others))
    step = max(1, room)
    result = np.zeros((len(rows), len(others)))
    for at in range(0, len(weights), step):
        some = slice(at, at + step)
        result += (rows[:, some] * weights[some].astype(np.float64)) @ others[:, some].T.astype(np.float64)
    return result


def mutual_of_many(table: Incidence, weights: Floats) -> Floats:
    """The same for a long story, in which two rows share little: only what they do share is multiplied."""
    count = table.dense.shape[0]
    result = np.zeros(count * count)
    order = np.argsort(table.columns, kind="stable")
    frequencies = table.frequencies()
    begins = np.cumsum(frequencies) - frequencies
    counted = np.where(weights > 0, frequencies, 0)
    products: list[Ints] = []
    worth: list[Floats] = []
    held = 0
    for frequency in np.flatnonzero(np.bincount(counted[counted > 1])).tolist():
        chosen = np.flatnonzero(counted == frequency)
        step = max(1, _CELLS // frequency**2)
        for at in range(0, len(chosen), step):
            some = chosen[at : at + step]
            rows = table.rows[order[begins[some][:, None] + np.arange(frequency)]]
            products.append((rows[:, :, None] * count + rows[:, None, :]).ravel())
            worth.append(np.repeat(weights[some], frequency**2))
            held += len(products[-1])
            if held >= _CELLS:
                result += np.bincount(np.concatenate(products), np.concatenate(worth), count * count)
                products, worth, held = [], [], 0
    if products:
        result += np.bincount(np.concatenate(products), np.concatenate(worth), count * count)
    return result.reshape(count, count)
