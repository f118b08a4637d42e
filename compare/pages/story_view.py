"""A comparison as the pages of its story show it: worked out once, so that templates only loop."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from markupsafe import Markup
from msgspec.structs import replace

from compare.model import Claim, Comparison, Link, Reading, Sentence
from compare.pages.claim_view import (
    ClaimView,
    GapsView,
    HolderView,
    RowView,
    anchor,
    filters,
    heads_of,
    in_order,
    naming,
    row_of,
    told_by,
)
from compare.pages.escaping import escaped, html
from compare.pages.finding_view import FindingView, FindingViews
from compare.pages.labels import Labels
from compare.pages.marks import quoted, reading_html
from compare.pages.outlet_view import OutletView, outlet_view, sig
from compare.pages.phrases import Phrases
from compare.pages.receipts import matches_around, receipt, shared_words
from compare.pages.titles import title
from compare.text import normalise, plain_words

_UNSURE = frozenset(("part", "possible", "unknown"))  # states beside which more may tell a claim in full
_ALIKE = ("same", "reworded", "part")
_NOTHING = Markup("")
_NO_LANGUAGE = Markup(' lang="" dir="ltr"')


class PlaceView(NamedTuple):
    """Where an expression stands: an article, a link to its sentence, and the words around it."""

    outlet: OutletView
    href: Markup
    quote: Markup


class ExpressionView(NamedTuple):
    """What some outlets call a thing, "" where it may not be shown."""

    value: str
    places: tuple[PlaceView, ...]


class Counts(NamedTuple):
    """Claims of a story, those told by every article, by one alone and disputed, and how many disputes."""

    claims: int
    all: int
    alone: int
    disputed: int
    disputes: int


class StoryView:
    """Turns one comparison into views.

    Args:
        comparison: What may be published of it.
        phrases: The site's language.
        labels: The names and marks of states.

    Attributes:
        comparison: The same.
        outlets: One for each article, in the story's order.
        names: Their names, one a line.
        signs: Their signs, one a line.
        sentences: Sentence id → sentence.
        anchors: Sentence id → its fragment on its article's page, as HTML.
        hrefs: Sentence id → where it stands there, from the story's folder, as HTML.
        claims: The counted claims, in the comparison's order.
        headings: Claims of headlines and headings alone.
    """

    def __init__(self, comparison: Comparison, phrases: Phrases, labels: Labels) -> None:
        self.comparison = comparison
        self.phrases = phrases
        self.labels = labels
        self._threshold = phrases.percent(comparison.threshold)
        story = comparison.story
        self.outlets = tuple(outlet_view(a, i, phrases) for i, a in enumerate(story.articles))
        self.names = "\n".join([outlet.name for outlet in self.outlets])
        self.signs = "\n".join([outlet.sign for outlet in self.outlets])
        self._outlet = {outlet.article: outlet for outlet in self.outlets}
        # Classroom mode hides whole names; a receipt that lists their words one by one would tell them.
        self._named_words = frozenset(plain_words(normalise(self.names)))
        bodies = [[s.id for s in own if s.kind == "body"] for own in comparison.sentences]
        self._places = {name: (at, len(own)) for own in bodies for at, name in enumerate(own, 1)}
        self.sentences: dict[str, Sentence] = {s.id: s for own in comparison.sentences for s in own}
        fragments = {name: escaped(anchor(name)) for name in self.sentences}
        pages = {article: f"{escaped(article)}/index.html#" for article in self._outlet}
        self.anchors = {name: html(fragment) for name, fragment in fragments.items()}
        self.hrefs = {s.id: html(pages[s.article] + fragments[s.id]) for s in self.sentences.values()}
        self._findings = FindingViews(self._outlet, self.sentences, phrases, labels)
        self.claims = tuple(self._claim(claim, n) for n, claim in enumerate(comparison.counted, 1))
        self.headings = tuple(self._claim(claim, 0) for claim in comparison.claims if claim.heading)

    @cached_property
    def claim_of(self) -> dict[str, ClaimView]:
        """Sentence id → the view of its claim."""
        views = {claim.id: claim for claim in (*self.claims, *self.headings)}
        return {
            sentence.id: views[claim.id]
            for claim in self.comparison.claims
            for reading in claim.readings
            for sentence in reading.sentences
        }

    @cached_property
    def disputed(self) -> frozenset[str]:
        """Ids of the sentences that say one side of a dispute."""
        findings = [finding for claim in self.comparison.claims for finding in claim.findings]
        sides = [variant for finding in findings if finding.disputed for variant in finding.variants]
        return frozenset([place.sentence for side in sides for place in side.places])

    @cached_property
    def disputes(self) -> tuple[FindingView, ...]:
        """The disputed findings of all claims."""
        return tuple(finding for claim in self.claims for finding in claim.findings if finding.disputed)

    @cached_property
    def terms(self) -> tuple[tuple[ExpressionView, ...], ...]:
        """For each choice of words the expressions that stand for one another."""
        shown = []
        for term in self.comparison.terms:
            variants = []
            for variant in term.variants:
                places = []
                for place in variant.places:
                    sentence = self.sentences[place.sentence]
                    span = (place.start - sentence.start, min(place.end, sentence.end) - sentence.start)
                    text = quoted(sentence.text, span, "notice") if place.text else Markup("")
                    outlet = self._outlet[place.article]
                    places.append(PlaceView(outlet, self.hrefs[sentence.id], text))
                variants.append(ExpressionView(variant.value, tuple(places)))
            shown.append(tuple(variants))
        return tuple(shown)

    def _claim(self, claim: Claim, number: int) -> ClaimView:
        states: tuple[str, ...] = tuple([reading.state for reading in claim.readings])
        rows: dict[object, RowView] = {}
        gaps: dict[str, list[OutletView]] = {}
        for outlet, reading in zip(self.outlets, claim.readings, strict=True):
            if told := told_by(reading):
                self._into_rows(rows, reading, told, claim)
            else:
                gaps.setdefault(reading.state, []).append(outlet)
        ordered = in_order(rows.values())
        named = naming(rows.values())
        tellers = len(claim.tellers)
        disputed = claim.disputed
        is_sure = _UNSURE.isdisjoint(states)
        return ClaimView(
            id=claim.id,
            number=number,
            title=title(claim, claim.readings[named.holders[0].outlet.number]) if named else "",
            lang=named.lang if named else _NO_LANGUAGE,
            tellers=tellers,
            standing=claim.standing,
            spread=self.labels.spread(claim.standing, tellers, len(states), is_sure=is_sure),
            lacking=claim.lacking,
            disputed=disputed,
            corrected=claim.corrected,
            base=states.index("base"),
            states=states,
            cells=html("".join([marks[state] for marks, state in zip(self._marks, states, strict=True)])),
            filters=filters(claim),
            rows=ordered,
            row_of=row_of(ordered, len(states)),
            silent=tuple([GapsView(state, silent) for state, silent in gaps.items()]),
            findings=tuple([self._findings.view(finding, claim.id) for finding in claim.findings]),
            author=self._author(named, states) if named and not disputed else None,
            compared=any(reading.edits for reading in claim.readings),
        )

    def _into_rows(
        self, rows: dict[object, RowView], reading: Reading, told: Sequence[Sentence], claim: Claim
    ) -> None:
        """Enter a reading beside those with exactly its text, or as a row of its own."""
        outlet, state = self._outlet[reading.article], reading.state
        texts = [sentence.text for sentence in told]
        text = " ".join(texts) if all(texts) else ""
        # The same text may tell one outlet's claim and a part of it elsewhere, and each possible reading is
        # as likely as it is: a mark must say of each outlet what is known of it.
        certain = text and state != "possible"
        key = (outlet.language, state == "part", text) if certain else outlet.article
        holder = HolderView(outlet, self.hrefs[told[0].id])
        heads = heads_of(reading, told)
        row = rows.get(key)
        if row is None:
            shown = reading_html(reading, claim, told) if text else _NOTHING
            note, why = self._note(reading, told), self._why(claim, reading, told)
            rows[key] = RowView(state, [holder], text, shown, outlet.lang, heads, note, why)
            return
        row.holders.append(holder)
        if heads != row.heads:  # each has a headline of its own
            row = rows[key] = replace(row, heads=())
        if state == "base":  # of several with its very words, the base gives the row its name
            rows[key] = replace(row, state=state)

    def _note(self, reading: Reading, told: Sequence[Sentence]) -> Markup:
        """Where a part or a possible reading stands."""
        if reading.state == "possible":
            return self.labels.perhaps(self.phrases.percent(reading.probability))
        if reading.state == "part" and not reading.sentences:
            return self.labels.place(*self._places[told[0].id])
        return _NOTHING

    def _author(self, named: RowView, states: Sequence[str]) -> OutletView:
        """Whose words a title is: of several with the very same, the base's."""
        return self.outlets[states.index("base")] if named.state == "base" else named.holders[0].outlet

    @cached_property
    def _marks(self) -> list[dict[str, str]]:
        """For each outlet the marks of the states, with its sign and what they stand for in words."""
        names = {state: escaped(name) for state, name in self.labels.states.items()}
        signs = [escaped(outlet.sign) for outlet in self.outlets]
        return [
            {state: f'<i class="m {state}">{sign} {names[state]}</i>' for state in names} for sign in signs
        ]

    @cached_property
    def compared(self) -> list[dict[str, Markup]]:
        """For each outlet its sign with the marks of how its reading is like another one."""
        return [{state: sig(o.sign, o.invented, state) for state in _ALIKE} for o in self.outlets]

    def _why(self, claim: Claim, reading: Reading, told: Sequence[Sentence]) -> Markup:
        """What matched a reading with the claim, in words, and how sure that is, or how likely."""
        possible = reading.state == "possible"
        link = None if reading.state in ("base", "same") else receipt(claim, told)
        if link is None:
            return _NOTHING
        if link.decided_by == "editor":
            why = escaped(self.labels.by_editor)
        else:
            sure = min(reading.probability if possible else link.probability, 0.99)
            score = self.labels.score(self.phrases.percent(sure), self._threshold)
            why = f"{escaped(self._matched(claim, link, told))} {score}"
        return html(f"{why} {self.labels.doubts[reading.doubt]}" if reading.doubt else why)

    def _matched(self, claim: Claim, link: Link, told: Sequence[Sentence]) -> str:
        """What two linked sentences share, and which other reading the link leads to."""
        x, y = self.sentences[link.x], self.sentences[link.y]
        other = x if y in told else y
        said = [] if other.id == claim.core else [f"{self._outlet[other.article].name}:"]
        if x.text and y.text:
            language = self._outlet[x.article].language
            shared = ", ".join(shared_words(x.text, y.text, language, self._named_words))
            said.append(self.labels.share % {"words": shared} if shared else self.labels.share_little)
        if matches_around(link):
            said.append(self.labels.around)
        return " ".join(said)

    @cached_property
    def shared(self) -> tuple[ClaimView, ...]:
        """The counted claims that two or more outlets surely tell, or that are disputed."""
        return tuple([claim for claim in self.claims if not _alone(claim)])

    @cached_property
    def alone(self) -> tuple[tuple[OutletView, tuple[ClaimView, ...], int], ...]:
        """Each outlet with the other claims that only it surely tells, and how many surely no other has."""
        told = []
        for outlet in self.outlets:
            own = tuple([c for c in self.claims if _alone(c) and c.base == outlet.number])
            if own:
                told.append((outlet, own, sum(claim.standing == "only" for claim in own)))
        return tuple(told)

    def counts(self) -> Counts:
        """How many claims there are, and of which kind."""
        count = Counter(claim.standing for claim in self.claims)
        return Counts(
            claims=len(self.claims),
            all=count["all"],
            alone=count["only"],
            disputed=count["disputed"],
            disputes=len(self.disputes),
        )


def _alone(claim: ClaimView) -> bool:
    return claim.tellers < 2 and not claim.disputed
