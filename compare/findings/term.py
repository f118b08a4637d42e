"""What one outlet calls a thing and another calls otherwise, in the same slot of the same claim.

A slot is a stretch of one to four words that the word-level differences show as replaced while the words on
both sides of it agree. It counts when it is headed like a noun in both texts and when neither article ever
uses the other's wording: a choice, and not a variation. Languages: English and Spanish.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from compare.findings.lexicon import lexicon
from compare.findings.parsed import Difference, Mark, Parsed, Side, gather, parse, place
from compare.model import Article, Claim, Edit, Finding, Reading
from compare.text import primary, words

RULES = {
    "term.choice": "In the same slot of the same sentence the texts use different words for a thing, and neither "
    "article uses the other's word anywhere.",
}
PATTERNS = {"choice": "{a} writes “{x}”, {b} writes “{y}”."}

_MOST = 4


def examine(claim: Claim, articles: Mapping[str, Article]) -> tuple[Finding, ...]:
    """The wording choices of a claim."""
    base = claim.base_reading
    ours = articles[base.article]
    if not lexicon("determiner", ours.language):
        return ()
    found: list[Difference] = []
    for reading in claim.carried:
        theirs = articles[reading.article]
        if reading.wording == "reworded" and primary(theirs.language) == primary(ours.language):
            found.extend(_differences(base, ours, reading, theirs))
    return gather("term", found)


def _differences(base: Reading, ours: Article, reading: Reading, theirs: Article) -> Iterator[Difference]:
    old_at = new_at = 0
    edits = reading.edits
    for index, edit in enumerate(edits):
        if edit.op == "replace" and index > 0 and _is_slot(edits, index):
            old = _phrase(base, ours, old_at, edit.old)
            new = _phrase(reading, theirs, new_at, edit.new)
            if old and new and _is_choice(old, ours, new, theirs):
                yield Difference("choice", False, old, new, "The words on both sides of it agree.")
        old_at, new_at = old_at + len(edit.old), new_at + len(edit.new)


def _is_slot(edits: Sequence[Edit], index: int) -> bool:
    """Whether words that agree stand on both sides: two or more together."""
    before = words(edits[index - 1].old)[-3:] if edits[index - 1].op == "equal" else ()
    behind = (
        words(edits[index + 1].old)[:3] if index + 1 < len(edits) and edits[index + 1].op == "equal" else ()
    )
    return len(before) >= 1 and (len(before) + len(behind) >= 3)


def _phrase(reading: Reading, article: Article, at: int, text: str) -> Mark | None:
    """The replaced words without their article, as a mark; None when they are no wording of a thing."""
    for sentence in reading.sentences:
        if at <= len(sentence.text):
            break
        at -= len(sentence.text) + 1
    else:
        return None
    parsed = parse(sentence.text, article.language)
    inside = [i for i, word in enumerate(parsed.words) if at <= word.start and word.end <= at + len(text)]
    if not inside or inside[-1] - inside[0] >= _MOST + 1:
        return None
    first, last = inside[0], inside[-1] + 1
    heads = lexicon("determiner", article.language)
    while first < last and parsed.names[first] in heads:
        first += 1
    while last > first and not parsed.meaning[last - 1]:
        last -= 1
    if not first < last <= first + _MOST or not first or parsed.names[first - 1] not in heads:
        return None
    if not _is_thing(parsed, first, last):
        return None
    side = Side(article, sentence)
    spot = place(side, parsed.words[first].start, parsed.words[last - 1].end)
    return Mark(spot, " ".join(parsed.names[first:last]))


def _is_thing(parsed: Parsed, first: int, last: int) -> bool:
    """Whether words can name a thing: letters only, none of them idle, not a proper name, not spoken."""
    names = parsed.names[first:last]
    if not all(name.replace("'", "").isalpha() for name in names) or not all(parsed.meaning[first:last]):
        return False
    if all(parsed.capital[first:last]):
        return False
    start = parsed.words[first].start
    return not sum(parsed.text.count(mark, 0, start) for mark in '"“”') % 2


def _is_choice(old: Mark, ours: Article, new: Mark, theirs: Article) -> bool:
    """Whether each article uses its own wording and never the other's."""
    if set(old.value.split()) & set(new.value.split()):
        return False
    return f" {new.value} " not in _running(ours.text) and f" {old.value} " not in _running(theirs.text)


@lru_cache(maxsize=64)
def _running(text: str) -> str:
    return f" {' '.join(word.text for word in words(text))} "
