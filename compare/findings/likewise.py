"""Who else in a claim has the very words of one side of a dispute.

Rules lay side by side what links join; other sentences of the claim may say the same word for word, and a
reader who sees them unmarked takes them for no part of the dispute.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from compare.model import Claim, Finding, Place, Sentence, Variant
from compare.text import Word, words

_RULES = frozenset(("number.conflict", "date.conflict", "name.spelling", "quotation.altered"))


def completed(finding: Finding, claim: Claim) -> Finding:
    """The finding with each other sentence of its claim that has the words of one side and of no other.

    The words are those of the side and the one behind them, or before them at the end of a sentence: ``four
    people``, so that ``four hours`` is nothing of the kind.
    """
    if finding.rule not in _RULES:
        return finding
    sentences = {s.id: s for reading in claim.readings for s in (*reading.sentences, *reading.also)}
    told = {place.sentence for variant in finding.variants for place in variant.places}
    others = [s for reading in claim.readings for s in reading.sentences if s.id not in told]
    if not others:
        return finding
    said = [_said(variant, sentences) for variant in finding.variants]
    more: list[list[Place]] = [[] for _ in said]
    for sentence in others:
        found = [(side, place) for side, runs in enumerate(said) for place in _places(sentence, runs)]
        if len({side for side, _ in found}) == 1:
            more[found[0][0]].append(found[0][1])
    variants = [
        replace(v, places=(*v.places, *places)) for v, places in zip(finding.variants, more, strict=True)
    ]
    return replace(finding, variants=tuple(variants))


_Run = tuple[tuple[str, ...], int, int]  # words, and of them the first and past the last that are the side's


def _said(variant: Variant, sentences: dict[str, Sentence]) -> list[_Run]:
    """What a side says, each with a word beside it."""
    found: dict[_Run, None] = {}
    for place in variant.places:
        sentence = sentences.get(place.sentence)
        if sentence is None:
            continue
        own = words(sentence.text)
        start, end = place.start - sentence.start, place.end - sentence.start
        inside = [at for at, word in enumerate(own) if word.start < end and start < word.end]
        if not inside or len(own) == len(inside):
            continue
        first, last = inside[0], inside[-1] + 1
        before, after = (first, last + 1) if last < len(own) else (first - 1, last)
        found[tuple([word.text for word in own[before:after]]), first - before, last - before] = None
    return list(found)


def _places(sentence: Sentence, runs: Sequence[_Run]) -> Iterator[Place]:
    """Where a sentence has any of the runs."""
    own = words(sentence.text)
    for run, first, last in runs:
        for at in range(len(own) - len(run) + 1):
            if tuple([word.text for word in own[at : at + len(run)]]) == run:
                yield _place(sentence, own[at + first : at + last])


def _place(sentence: Sentence, told: Sequence[Word]) -> Place:
    start, end = told[0].start, told[-1].end
    here = sentence.start
    return Place(sentence.article, sentence.id, here + start, here + end, sentence.text[start:end])
