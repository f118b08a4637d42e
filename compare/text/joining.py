"""What belongs together, told by pairs that do."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def joined(pairs: Iterable[tuple[T, T]]) -> dict[T, T]:
    """Each value of the pairs → one that stands for all that it is joined with, directly or by others."""
    leader: dict[T, T] = {}

    def find(value: T) -> T:
        while leader.setdefault(value, value) != value:
            leader[value] = value = leader[leader[value]]
        return value

    for one, other in pairs:
        leader[find(other)] = find(one)
    return {value: find(value) for value in leader}
