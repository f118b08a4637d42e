"""Who else in a claim has the very words of one side of a dispute.

Rules lay side by side what links join; other sentences of the claim may say the same word for word, and a
reader who sees them unmarked takes them for no part of the dispute.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from compare.model import Claim, Finding, Place, Sentence, Variant
from compare.text import words

_RULES = frozenset(("number.conflict", "date.conflict", "name.spelling", "quotation.altered"))
_Run = tuple[list[str], int, int]  # words, and of them the first and past the last that are the side's


def completed(finding: Finding, claim: Claim) -> Finding:
    """The finding with each other sentence of its claim that has the words of one side and of no other.

    The words are those of the side and the one behind them, or before them at the end of a sentence: ``four
    people``, so that ``four hours`` is nothing of the kind. Dates need no word beside them.
    """
    told = {place.sentence for variant in finding.variants for place in variant.places}
    others = [s for reading in claim.readings for s in reading.sentences if s.id not in told]
    if finding.rule not in _RULES or not others:
        return finding
    sentences = {s.id: s for reading in claim.readings for s in (*reading.sentences, *reading.also)}
    said = [list(_said(variant, sentences, finding.kind == "date")) for variant in finding.variants]
    more: list[list[Place]] = [[] for _ in said]
    for sentence in others:
        found = [[p for run in runs if (p := _place(sentence, run))] for runs in said]
        if sum(map(bool, found)) == 1:
            for places, new in zip(more, found, strict=True):
                places.extend(new[:1])
    sides = [replace(v, places=(*v.places, *new)) for v, new in zip(finding.variants, more, strict=True)]
    return replace(finding, variants=tuple(sides))


def _said(variant: Variant, sentences: dict[str, Sentence], alone: bool) -> Iterator[_Run]:
    """What a side says, alone or each with a word beside it."""
    for place in variant.places:
        sentence = sentences.get(place.sentence)
        own = words(sentence.text) if sentence else ()
        start, end = (place.start - sentence.start, place.end - sentence.start) if sentence else (0, 0)
        inside = [at for at, word in enumerate(own) if word.start < end and start < word.end]
        if inside and len(own) > len(inside):
            first, last = inside[0], inside[-1] + 1
            begin, stop = (first, last + 1) if last < len(own) else (first - 1, last)
            if alone:
                begin, stop = first, last
            yield [word.text for word in own[begin:stop]], first - begin, last - begin


def _place(sentence: Sentence, run: _Run) -> Place | None:
    """Where a sentence has a run, first of all."""
    (told, first, last), own = run, words(sentence.text)
    names = [word.text for word in own]
    at = next((at for at in range(len(own) - len(told) + 1) if names[at : at + len(told)] == told), None)
    if at is None:
        return None
    here, start, end = sentence.start, own[at + first].start, own[at + last - 1].end
    return Place(sentence.article, sentence.id, here + start, here + end, sentence.text[start:end])
