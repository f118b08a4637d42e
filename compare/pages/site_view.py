"""What the site's own pages show: the index in parts, each outlet across stories, the method."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple

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


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the index; ``before`` and ``after`` are paths from the site's root, or None."""

    path: str
    number: int
    of: int
    stories: tuple[StoryCard, ...]
    outlets: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class OutletPage:
    """One outlet across stories, or a part of its list.

    Attributes:
        path: From the site's root.
        number: Of the part, from 1.
        of: Parts in all.
        id: Of the outlet.
        name: Its name.
        sign: Its sign.
        url: Its home page, or None.
        country: ISO 3166 code, or None.
        invented: True for one that does not exist.
        total: Stories that it covers.
        stories: Those of this part with its card there, newest first.
        claims: Claims it tells in all of its stories.
        unique: Claims that only it tells.
        absent: Claims it surely lacks that most others tell.
        copies: (other outlet's card, stories in which that one is the original of this one's text).
        before: Path of the part before, or None.
        after: Path of the part after, or None.
    """

    path: str
    number: int
    of: int
    id: str
    name: str
    sign: str
    url: str | None
    country: str | None
    invented: bool
    total: int
    stories: tuple[tuple[StoryCard, OutletCard], ...]
    claims: int
    unique: int
    absent: int
    copies: tuple[tuple[OutletCard, int], ...]
    before: str | None
    after: str | None


def _path(folder: str, number: int) -> str:
    return f"{folder}index.html" if number == 1 else f"{folder}page/{number}/index.html"


def story_pages(stories: Sequence[StoryCard]) -> Iterator[Part]:
    """The index in parts of ``PER_PAGE``; one empty part when there are no stories."""
    count = max(1, -(-len(stories) // PER_PAGE))
    for number in range(1, count + 1):
        shown = stories[(number - 1) * PER_PAGE : number * PER_PAGE]
        outlets = {outlet.outlet: outlet.name for story in shown for outlet in story.outlets}
        yield Part(
            path=_path("", number),
            number=number,
            of=count,
            stories=tuple(shown),
            outlets=tuple(sorted(outlets.items(), key=lambda o: (o[1].casefold(), o[0]))),
            tags=tuple(sorted({tag for story in shown for tag in story.tags})),
            before=_path("", number - 1) if number > 1 else None,
            after=_path("", number + 1) if number < count else None,
        )


def outlet_pages(stories: Sequence[StoryCard]) -> list[OutletPage]:
    """Every outlet with its stories, by name, long lists in parts of ``PER_PAGE``."""
    held: defaultdict[str, list[tuple[StoryCard, OutletCard]]] = defaultdict(list)
    for story in stories:
        for card in story.outlets:
            held[card.outlet].append((story, card))
    names = sorted(held, key=lambda name: (held[name][0][1].name.casefold(), name))
    return [page for name in names for page in _outlet(name, held[name])]


def _outlet(name: str, cards: list[tuple[StoryCard, OutletCard]]) -> Iterator[OutletPage]:
    first = cards[0][1]
    folder = f"outlets/{name}/"
    count = -(-len(cards) // PER_PAGE)
    for number in range(1, count + 1):
        yield OutletPage(
            path=_path(folder, number),
            number=number,
            of=count,
            id=name,
            name=first.name,
            sign=first.sign,
            url=first.url,
            country=first.country,
            invented=first.invented,
            total=len(cards),
            stories=tuple(cards[(number - 1) * PER_PAGE : number * PER_PAGE]),
            claims=sum(card.claims for _, card in cards),
            unique=sum(card.unique for _, card in cards),
            absent=sum(card.absent for _, card in cards),
            copies=_copied(cards),
            before=_path(folder, number - 1) if number > 1 else None,
            after=_path(folder, number + 1) if number < count else None,
        )


def _copied(cards: list[tuple[StoryCard, OutletCard]]) -> tuple[tuple[OutletCard, int], ...]:
    """The outlets whose text this one prints, most often first."""
    copied = Counter(card.copies for _, card in cards if card.copies)
    named = {other.outlet: other for story, _ in reversed(cards) for other in story.outlets}
    return tuple(
        (named[other], count) for other, count in sorted(copied.items(), key=lambda c: (-c[1], c[0]))
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
