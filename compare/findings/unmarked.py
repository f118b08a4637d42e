"""What one article quotes and another has without quotation marks: word for word, or nearly.

Word for word are six words in a row. Nearly the same is a sentence with a verb of speech where seven in ten
of the quotation's words of content stand, four at least. Both dispute nothing: papers paraphrase every day.
"""

from __future__ import annotations

from collections.abc import Iterator

from compare.findings.difference import Difference, Mark
from compare.findings.lexicon import lexicon
from compare.findings.retelling import Run, part, within
from compare.findings.sides import Pair, Side, place, place_in_text
from compare.findings.speech import Token, Utterance
from compare.text import stems

_VERBATIM = 6
_LEAST_CONTENT = 4
_SHARE = 0.7


def unmarked(pair: Pair) -> Iterator[Difference]:
    """The quotations of one sentence that the other, which has none, tells in the same words or nearly so."""
    marked, plain = (pair.a, pair.b) if pair.a.said else (pair.b, pair.a)
    if not pair.common or len(marked.parsed.vocabulary & plain.parsed.vocabulary) < _LEAST_CONTENT:
        return
    for utterance in marked.said:
        quoted = _quoted(marked, utterance)
        found = _verbatim(marked, quoted, plain)
        if not found and len(pair.common) >= _LEAST_CONTENT:
            found = _paraphrase(marked, quoted, plain)
        if found:
            yield found


def _quoted(side: Side, utterance: Utterance) -> list[Token]:
    own = part(utterance, side)
    return [t for t in own.tokens[own.first : own.last] if within(side, t)] if own else []


def _difference(relation: str, marked: Side, quoted: list[Token], plain: Side, told: Run) -> Difference:
    start, end = quoted[0].start, quoted[-1].end
    old = place_in_text(marked, start, end)
    new = place(plain, plain.parsed.words[told.first].start, plain.parsed.words[told.last - 1].end)
    return Difference(relation, False, Mark(old, f"“{old.text}”"), Mark(new, new.text))


def _verbatim(marked: Side, quoted: list[Token], plain: Side) -> Difference | None:
    """Six words or more in a row."""
    told = plain.parsed.names
    names = [token.word for token in quoted]
    if len(names) < _VERBATIM or len(plain.parsed.vocabulary.intersection(names)) < _LEAST_CONTENT:
        return None
    known = {tuple(told[i : i + _VERBATIM]): i for i in range(len(told) - _VERBATIM, -1, -1)}
    for i in range(len(names) - _VERBATIM + 1):
        at = known.get(tuple(names[i : i + _VERBATIM]))
        if at is None:
            continue
        size = _VERBATIM
        while i + size < len(names) and at + size < len(told) and names[i + size] == told[at + size]:
            size += 1
        return _difference("unmarked", marked, quoted[i : i + size], plain, Run(at, at + size))
    return None


def _paraphrase(marked: Side, quoted: list[Token], plain: Side) -> Difference | None:
    """Nearly the same words as indirect speech."""
    parsed = plain.parsed
    if lexicon("speech", parsed.language).isdisjoint(parsed.vocabulary):
        return None
    meant = marked.parsed.content.intersection(stems([token.word for token in quoted], parsed.language))
    common = meant & parsed.content
    if len(common) < _LEAST_CONTENT or len(common) < _SHARE * len(meant):
        return None
    at = [i for i, stem in enumerate(parsed.meaning) if stem in common]
    found = _difference("paraphrased", marked, quoted, plain, Run(at[0], at[-1] + 1))
    return found._replace(note=f"Both have {', '.join(sorted(common)[:6])}.")
