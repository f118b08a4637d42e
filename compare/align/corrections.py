"""The editor's corrections as constraints of the grouping."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from compare.model import Correction, Link, Sentence


@dataclass(frozen=True, slots=True)
class Decisions:
    """Corrections with sentences as row numbers.

    Attributes:
        together: Rows that are one claim.
        apart: Pairs of rows that are not.
    """

    together: tuple[tuple[int, ...], ...]
    apart: tuple[tuple[int, int], ...]


def resolve(corrections: Iterable[Correction], sentences: Sequence[Sentence]) -> Decisions:
    """Find the sentences that corrections name; ``site.readers.corrections`` has checked them."""
    rows = {sentence.id: row for row, sentence in enumerate(sentences)}
    together: list[tuple[int, ...]] = []
    apart: list[tuple[int, int]] = []
    for correction in corrections:
        named = tuple(sorted({rows[name] for name in correction.sentences}))
        if correction.kind == "same":
            together.append(named)
        else:
            apart += combinations(named, 2)
    return Decisions(tuple(together), tuple(apart))


def overrule(links: Iterable[Link], decisions: Decisions, sentences: Sequence[Sentence]) -> tuple[Link, ...]:
    """Give the editor's word to the links that it is about; strongest first, ties by ids.

    A pair that the editor parted stays listed, with probability 0; two sentences of one article
    make no link.
    """
    table = {(link.x, link.y): link for link in links}
    word = [(pair, 1.0) for rows in decisions.together for pair in combinations(rows, 2)] + [
        (pair, 0.0) for pair in decisions.apart
    ]
    for (one, two), probability in word:
        if sentences[one].article == sentences[two].article:
            continue
        x, y = sorted((sentences[one].id, sentences[two].id))
        evidence = table[x, y].evidence if (x, y) in table else ()
        table[x, y] = Link(x, y, probability, evidence, "editor")
    return tuple(sorted(table.values(), key=lambda link: (-link.probability, link.x, link.y)))
