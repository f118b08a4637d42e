"""What of a comparison may be published: withheld text is taken out before any page is made.

``full`` keeps an article as it is. ``excerpt`` keeps its headline and the sentences that a comparison
needs, up to a number of words. ``none`` keeps no sentence: its measures and its link remain. A withheld
sentence is still there, with its id and its place in every claim, but its text is empty and its span has
no length; texts, blocks and spans are counted anew, so that ``article.text[start:end] == text`` holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from compare.model import (
    Article,
    Block,
    Claim,
    Comparison,
    Finding,
    Place,
    Reading,
    Sentence,
    Term,
    Variant,
)
from compare.text import normalise, words

_FACTS = frozenset(("number", "date"))


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is left of one article, and how far each of its sentences moved."""

    article: Article
    sentences: dict[str, Sentence]
    shifts: dict[str, int]


def publishable(comparison: Comparison, excerpt_words: int) -> Comparison:
    """Take out all text that the articles' rights withhold.

    Args:
        comparison: Of whole texts.
        excerpt_words: Most words that are kept of an article with ``rights: excerpt``.

    Returns:
        The same comparison when every article may be shown in full.
    """
    articles = comparison.story.articles
    if all(article.rights == "full" for article in articles):
        return comparison
    kept = _kept(comparison, excerpt_words)
    shown = {
        article.id: _redact(article, sentences, kept)
        for article, sentences in zip(articles, comparison.sentences, strict=True)
    }
    return replace(
        comparison,
        story=replace(comparison.story, articles=tuple(shown[article.id].article for article in articles)),
        sentences=tuple(tuple(shown[article.id].sentences.values()) for article in articles),
        claims=tuple(_claim(claim, shown) for claim in comparison.claims),
        terms=tuple(_term(term, shown) for term in comparison.terms),
    )


def _kept(comparison: Comparison, most: int) -> set[str]:
    """Ids of the sentences that may be shown."""
    needed = _need(comparison)
    kept: set[str] = set()
    for article, sentences in zip(comparison.story.articles, comparison.sentences, strict=True):
        if article.rights == "full":
            kept.update(sentence.id for sentence in sentences)
        elif article.rights == "excerpt":
            kept |= _excerpt(sentences, needed, most)
    return kept


def _excerpt(sentences: Sequence[Sentence], needed: dict[str, tuple[int, int]], most: int) -> set[str]:
    ranked = sorted(
        (s for s in sentences if s.id in needed or s.kind == "headline"),
        key=lambda s: (s.kind != "headline", needed.get(s.id, (0, 0)), s.index),
    )
    kept: set[str] = set()
    for sentence in ranked:
        length = max(1, len(words(sentence.text)))
        if length <= most:
            kept.add(sentence.id)
            most -= length
    return kept


def _need(comparison: Comparison) -> dict[str, tuple[int, int]]:
    """Sentences that a comparison needs, with their rank: disputed first, then the most shared."""
    return {
        sentence.id: (not claim.disputed, -len(claim.carried))
        for claim in comparison.claims
        if len(claim.carried) > 1
        for reading in claim.carried
        for sentence in reading.sentences
    }


def _redact(article: Article, sentences: Sequence[Sentence], kept: set[str]) -> _Shown:
    pieces: list[str] = []
    moved: dict[str, Sentence] = {}
    at = length = 0
    for sentence in sentences:
        gap = article.text[at : sentence.start]
        own = sentence.text if sentence.id in kept else ""
        start = length + len(gap)
        moved[sentence.id] = replace(sentence, start=start, end=start + len(own), text=own)
        pieces += (gap, own)
        length, at = start + len(own), sentence.end
    shifts = {sentence.id: moved[sentence.id].start - sentence.start for sentence in sentences}
    if article.rights == "full":
        return _Shown(article, moved, shifts)
    text = "".join(pieces) + article.text[at:]
    headline = any(sentence.kind == "headline" and sentence.text for sentence in moved.values())
    redacted = replace(
        article,
        text=text,
        title=article.title if headline else None,
        blocks=_blocks(article, moved),
        earlier=None,
    )
    return _Shown(redacted, moved, shifts)


def _blocks(article: Article, moved: dict[str, Sentence]) -> tuple[Block, ...]:
    """Each block from its first sentence's start to its last one's end."""
    spans: dict[int, tuple[int, int]] = {}
    for sentence in moved.values():
        start, _ = spans.get(sentence.block, (sentence.start, 0))
        spans[sentence.block] = (start, sentence.end)
    return tuple(
        replace(block, start=spans[number][0], end=spans[number][1])
        for number, block in enumerate(article.blocks)
        if number in spans
    )


def _claim(claim: Claim, shown: dict[str, _Shown]) -> Claim:
    """A claim whose base is withheld is compared with another reading that is not, if there is one."""
    findings = tuple(_finding(finding, shown) for finding in claim.findings)
    left = {r.article: _left(r, shown[r.article]) for r in claim.readings}
    told = {article for article, r in left.items() if r.told and all(s.text for s in r.told)}
    readings: tuple[Reading, ...] = claim.readings
    base = claim.base_reading
    if told and base.article not in told:
        base = next((r for r in claim.readings if r.article in told and r.in_full), base)
        readings = tuple(_against(reading, base) for reading in claim.readings)
    return replace(
        claim,
        base=base.article,
        readings=tuple(
            replace(
                left[r.article],
                state=r.state,
                probability=r.probability,
                edits=r.edits if {r.article, base.article} <= told else (),
                common=r.common if {r.article, base.article} <= told else (),
            )
            for r in readings
        ),
        findings=findings,
    )


def _left(reading: Reading, shown: _Shown) -> Reading:
    """A reading with what may be shown of its sentences."""
    return replace(
        reading,
        sentences=tuple(shown.sentences[s.id] for s in reading.sentences),
        also=tuple(shown.sentences[s.id] for s in reading.also),
    )


def _against(reading: Reading, base: Reading) -> Reading:
    """A reading compared with another base."""
    if not reading.in_full:
        return reading
    if reading.article == base.article:
        return replace(reading, state="base", probability=1.0, edits=(), common=())
    from compare.align.claims.states import against  # loads what compares, which pages seldom need

    sure = base.probability if reading.state == "base" else reading.probability
    return against(replace(reading, probability=sure), base)


def _finding(finding: Finding, shown: dict[str, _Shown]) -> Finding:
    """What a rule told of withheld words goes with them.

    Values and notes may quote more of a text than the places show, so that they are kept only where every
    article concerned may be shown in full; a number or a date is a fact, and stays with its place.
    """
    told = {place.article for variant in finding.variants for place in variant.places}
    full = all(shown[article].article.rights == "full" for article in told)
    variants = tuple(_variant(variant, shown, finding.kind in _FACTS) for variant in finding.variants)
    return replace(finding, variants=variants, note=finding.note if full else "")


def _term(term: Term, shown: dict[str, _Shown]) -> Term:
    return replace(term, variants=tuple(_variant(variant, shown, False) for variant in term.variants))


def _variant(variant: Variant, shown: dict[str, _Shown], fact: bool) -> Variant:
    places = tuple(_place(place, shown[place.article]) for place in variant.places)
    full = any(shown[place.article].article.rights == "full" for place in places)
    quoted = any(place.text and normalise(variant.value) in normalise(place.text) for place in places)
    told = full or quoted or (fact and any(place.text for place in places))
    return replace(variant, places=places, value=variant.value if told else "")


def _place(place: Place, shown: _Shown) -> Place:
    start = place.start + shown.shifts[place.sentence]
    end = start + len(place.text)
    if shown.sentences[place.sentence].text and shown.article.text[start:end] == place.text:
        return replace(place, start=start, end=end)
    start = shown.sentences[place.sentence].start
    return replace(place, start=start, end=start, text="")
