"""What the site's own pages show: the index in parts, each outlet across stories, the method."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from importlib import resources
from typing import Any, Generic, NamedTuple, TypeVar

from compare.model import Outlet
from compare.pages.cards import OutletCard, StoryCard
from compare.pages.rules import RULES

# Gold file of the training → what kind of text it holds; translated by the template.
KINDS_OF_TEXT = {
    "news3-dev.jsonl": "Three outlets on one event",
    "news3-more.jsonl": "Three outlets on one event, annotated more densely",
    "summary-dev.jsonl": "News and its summary",
    "revisions-dev.jsonl": "An article and its revision",
}
PER_PAGE = 100
T = TypeVar("T")


class Part(NamedTuple, Generic[T]):
    """One page of a long list; ``before`` and ``after`` are paths from the site's root, or None."""

    path: str
    number: int
    of: int
    items: Sequence[T]
    before: str | None
    after: str | None


class OutletTrail(NamedTuple):
    """One outlet through all stories.

    Attributes:
        outlet: Who it is.
        stories: Those that it covers with its card there, newest first.
        claims: Claims it tells in all of them.
        unique: Claims that only it tells.
        absent: Claims it surely lacks that most others tell.
        copies: (other outlet, stories in which that one has the original of this one's text), most first.
    """

    outlet: Outlet
    stories: Sequence[tuple[StoryCard, OutletCard]]
    claims: int
    unique: int
    absent: int
    copies: Sequence[tuple[Outlet, int]]


def parts(folder: str, items: Sequence[T]) -> Iterator[Part[T]]:
    """A list in pages of ``PER_PAGE`` below a folder of the site; one empty page when nothing is in it."""
    count = max(1, -(-len(items) // PER_PAGE))
    paths = [
        folder + (f"page/{number}/" if number > 1 else "") + "index.html" for number in range(1, count + 1)
    ]
    for at, path in enumerate(paths):
        shown = items[at * PER_PAGE : (at + 1) * PER_PAGE]
        before, after = paths[at - 1] if at else None, paths[at + 1] if at + 1 < count else None
        yield Part(path, at + 1, count, shown, before, after)


def choices(stories: Sequence[StoryCard]) -> dict[str, Any]:
    """What stories can be chosen by: their outlets, by name, and their tags."""
    outlets = {card.outlet.id: card.outlet.name for story in stories for card in story.outlets}
    return {
        "outlets": sorted(outlets.items(), key=lambda outlet: (outlet[1].casefold(), outlet[0])),
        "tags": sorted({tag for story in stories for tag in story.tags}),
    }


def outlet_trails(stories: Sequence[StoryCard]) -> list[OutletTrail]:
    """Every outlet with its stories, by name."""
    held: defaultdict[str, list[tuple[StoryCard, OutletCard]]] = defaultdict(list)
    for story in stories:
        for card in story.outlets:
            held[card.outlet.id].append((story, card))
    trails = map(_trail, held.values())
    return sorted(trails, key=lambda trail: (trail.outlet.name.casefold(), trail.outlet.id))


def _trail(stories: Sequence[tuple[StoryCard, OutletCard]]) -> OutletTrail:
    cards = [card for _, card in stories]
    copied = Counter(card.copies for card in cards if card.copies)
    named = {other.outlet.id: other.outlet for story, _ in reversed(stories) for other in story.outlets}
    return OutletTrail(
        outlet=cards[0].outlet,
        stories=stories,
        claims=sum(card.claims for card in cards),
        unique=sum(card.unique for card in cards),
        absent=sum(card.absent for card in cards),
        copies=[(named[other], n) for other, n in sorted(copied.items(), key=lambda c: (-c[1], c[0]))],
    )


class Rate(NamedTuple):
    """How the alignment did on annotated stories that it had not seen, in shares 0..1."""

    kind: str
    right: float
    found: float
    absent: float
    calibration: float


def method() -> dict[str, Any]:
    """The measured error rates and the rules, for the method page."""
    weights = json.loads(resources.files("compare").joinpath("data/alignment.json").read_text("utf-8"))
    measured = weights["provenance"]["cross_validated"]
    rates = [
        Rate(
            KINDS_OF_TEXT.get(name, name),
            m["shown_precision"],
            m["shown_recall"],
            m["absent_f1"],
            m["calibration_error"],
        )
        for name, m in measured.items()
    ]
    sums = json.loads(resources.files("compare").joinpath("data/statements.json").read_text("utf-8"))
    return {"rates": rates, "statements": sums["all"], "rules": sorted(RULES.items())}
