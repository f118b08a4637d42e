"""Who else in a claim has the very words of one side of a dispute.

Rules lay side by side what links join; other sentences of the claim may say the same word for word, and a
reader who sees them unmarked takes them for no part of the dispute.
"""

from __future__ import annotations

from msgspec.structs import replace

from compare.model import Claim, Finding, Place, Sentence
from compare.text import words

_RULES = frozenset(("number.conflict", "date.conflict", "name.spelling", "quotation.altered"))


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
    sides, beside = finding.variants, int(finding.kind != "date")
    for other in others:
        found = [
            [p for q in v.places for p in _places(q, sentences.get(q.sentence), other, beside)] for v in sides
        ]
        if sum(map(bool, found)) == 1:
            sides = tuple(
                [replace(v, places=(*v.places, *new[:1])) for v, new in zip(sides, found, strict=True)]
            )
    return replace(finding, variants=sides)


def _places(told: Place, sentence: Sentence | None, other: Sentence, beside: int) -> list[Place]:
    """Where another sentence has the words of a place with ``beside`` words next to them."""
    own, theirs = words(sentence.text) if sentence else (), words(other.text)
    here = sentence.start if sentence else 0
    inside = [at for at, w in enumerate(own) if w.start < told.end - here and told.start - here < w.end]
    if not inside or len(own) == len(inside):
        return []
    before = beside * (inside[-1] + 1 == len(own))
    first, size = inside[0] - before, len(inside) + beside
    run = [word.text for word in own[first : first + size]]
    for at in range(len(theirs) - size + 1):
        if [word.text for word in theirs[at : at + size]] == run:
            start, end = theirs[at + before].start, theirs[at + before + len(inside) - 1].end
            begin = other.start
            return [Place(other.article, other.id, begin + start, begin + end, other.text[start:end])]
    return []
