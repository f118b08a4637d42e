"""Claims with their readings, gaps and receipts as the story page shows them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from markupsafe import Markup
from msgspec import Struct

from compare.model import FULL, Claim, Reading, Sentence
from compare.pages.escaping import escaped, html
from compare.pages.finding_view import FindingView
from compare.pages.labels import STATES
from compare.pages.outlet_view import OutletView


class HolderView(Struct, frozen=True):
    """An article that has a reading, and where that stands, as HTML."""

    outlet: OutletView
    href: Markup


class RowView(Struct, frozen=True):
    """One text of a claim, with every article that has exactly this text.

    ``text`` is "" when rights withhold it; ``lang`` is its language and direction as HTML attributes;
    ``heads`` are headlines and headings in the same claim; ``note`` says where a part or a possible
    reading stands; ``why`` is its receipt: in words what matched it and how sure that is, "" for the base.
    """

    state: str
    holders: list[HolderView]
    text: str
    html: Markup
    lang: Markup
    heads: tuple[str, ...]
    note: str
    why: Markup

    @property
    def who(self) -> Markup:
        """Links to where the holders have it."""
        return html(", ".join([f'<a href="{h.href}"{h.outlet.linked}</a>' for h in self.holders]))


class GapsView(Struct, frozen=True):
    """The outlets without a sentence here whose articles have one state."""

    state: str
    outlets: list[OutletView]

    @property
    def who(self) -> Markup:
        """Their names."""
        return html(", ".join([f'<span data-n="{o.number}">{escaped(o.name)}</span>' for o in self.outlets]))


class ClaimView(Struct, frozen=True):
    """One claim of the story page.

    Attributes:
        id: Permalink.
        number: From 1 in the order most articles tell it.
        title: The base sentence, or where rights withhold it another reading; "" when all are withheld.
        lang: Language and direction of the title as HTML attributes.
        tellers: How many articles surely tell it whole.
        standing: Who tells it, as ``Claim.standing`` sums it up.
        spread: The same in words.
        lacking: Articles that surely lack it though most others tell it.
        disputed: Whether two readings cannot both be right.
        corrected: Whether an editor's correction shaped it.
        base: Index of the base's article.
        states: State of each article, in the story's order.
        cells: The marks of the states, as HTML.
        filters: Words that the page's script selects it by.
        rows: The texts.
        row_of: For each article the index of its row, -1 for a gap.
        silent: The outlets without one, by state.
        findings: Most severe first.
        author: Whose words the title is; None where sides of a dispute stand in it, or all are withheld.
        compared: Whether words of a reading are struck or underlined.
    """

    id: str
    number: int
    title: str
    lang: Markup
    tellers: int
    standing: str
    spread: str
    lacking: tuple[str, ...]
    disputed: bool
    corrected: bool
    base: int
    states: tuple[str, ...]
    cells: Markup
    filters: str
    rows: tuple[RowView, ...]
    row_of: tuple[int, ...]
    silent: tuple[GapsView, ...]
    findings: tuple[FindingView, ...]
    author: OutletView | None
    compared: bool


def anchor(sentence_id: str) -> str:
    """The fragment of a sentence on its article's page."""
    return "s-" + sentence_id.rpartition("/")[2]


def told_by(reading: Reading) -> Sequence[Sentence]:
    """Its body sentences, or what else it has; the first is where the reading stands."""
    told = reading.sentences or reading.also
    if len(told) == 1:
        return told
    return [sentence for sentence in told if sentence.kind == "body"] or told


def heads_of(reading: Reading, told: Sequence[Sentence]) -> tuple[str, ...]:
    """The headlines and headings that stand in a claim beside the body sentences that are shown of it."""
    beside = len(reading.told) > len(told)
    return tuple([s.text for s in reading.told if s.kind != "body"]) if beside else ()


def in_order(rows: Collection[RowView]) -> tuple[RowView, ...]:
    """The base first, then what surely tells the claim, a part of it, or perhaps."""
    return tuple(sorted(rows, key=lambda row: STATES.index(row.state)) if len(rows) > 1 else rows)


def naming(rows: Collection[RowView]) -> RowView | None:
    """The text that serves as a title: the base's, or where rights withhold it another's."""
    told = [row for row in rows if row.text]
    base = next((row for row in told if row.state == "base"), None)
    return base or min(told, key=_as_title, default=None)


def _as_title(row: RowView) -> tuple[bool, int]:
    return row.state not in FULL, len(row.text)


def row_of(rows: tuple[RowView, ...], articles: int) -> tuple[int, ...]:
    """For each of so many articles the index of its row, -1 where it has none."""
    found = [-1] * articles
    for at, row in enumerate(rows):
        for holder in row.holders:
            found[holder.outlet.number] = at
    return tuple(found)


def filters(claim: Claim) -> str:
    """Words that the page's script chooses claims by: all say what the claim itself says.

    ``all`` and ``disputed`` are its standing, ``=name`` is the one article that tells it, ``-name`` each that
    lacks it though most others tell it.
    """
    found: list[str] = []
    if claim.standing in ("all", "disputed"):
        found.append(claim.standing)
    if claim.standing == "only":
        found.append("=" + claim.base)
    found += ["-" + article for article in claim.lacking]
    return " ".join(found)
