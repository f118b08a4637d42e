"""Headlines compared with each other and with the body under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from compare.model import Article, Claim, Finding, Place, Sentence, Variant
from compare.text import normalise, stems, stop_words, words

_BORNE_OUT = 0.25  # of a headline's content words in one sentence, from which nothing is held against it


def headlines(claims: Sequence[Claim], articles: Mapping[str, Article]) -> tuple[Finding, ...]:
    """Findings on headlines: those that their article does not bear out, then all of them compared.

    Args:
        claims: All claims of the story.
        articles: The story's articles by id.
    """
    heads: dict[str, Sentence] = {}
    body: dict[str, list[Sentence]] = {}
    borne_out = set()
    for claim in claims:
        for reading in claim.carried:
            kinds = {sentence.kind for sentence in reading.sentences}
            if kinds >= {"headline", "body"}:
                borne_out.add(reading.article)
            for sentence in reading.sentences:
                if sentence.kind == "body":
                    body.setdefault(reading.article, []).append(sentence)
                elif (
                    sentence.kind == "headline"
                    and sentence.index <= heads.get(reading.article, sentence).index
                ):
                    heads[reading.article] = sentence
    doubtful = [
        _unsupported(heads[article])
        for article in sorted(heads)
        if article not in borne_out
        and not _echoed(heads[article], body.get(article, ()), articles[article].language)
    ]
    return tuple(doubtful + _compared(heads))


def _place(sentence: Sentence) -> Place:
    return Place(sentence.article, sentence.id, sentence.start, sentence.end, sentence.text)


def _unsupported(head: Sentence) -> Finding:
    return Finding(
        "headline",
        "unsupported",
        "headline.unsupported",
        disputed=False,
        variants=(Variant(head.text, (_place(head),)),),
        note="No sentence below it shares its claim or a quarter of its words.",
    )


def _echoed(head: Sentence, body: Sequence[Sentence], language: str) -> bool:
    """Whether a sentence of the body has a quarter of the headline's content words."""
    idle = stop_words(language)
    said = _content(head.text, language, idle)
    return not said or any(
        len(said & _content(sentence.text, language, idle)) >= _BORNE_OUT * len(said) for sentence in body
    )


def _content(text: str, language: str, idle: frozenset[str]) -> set[str]:
    return set(stems([word.text for word in words(text) if word.text not in idle], language))


def _compared(heads: Mapping[str, Sentence]) -> list[Finding]:
    variants: dict[str, list[Sentence]] = {}
    for article in sorted(heads):
        variants.setdefault(normalise(heads[article].text), []).append(heads[article])
    if len(variants) < 2:
        return []
    return [
        Finding(
            "headline",
            "compared",
            "headline.compared",
            disputed=False,
            variants=tuple(Variant(same[0].text, tuple(map(_place, same))) for same in variants.values()),
            note=f"{len(heads)} articles have a headline.",
        )
    ]
