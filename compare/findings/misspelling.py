"""A surname that one article spells as no other does, though it is the story's.

Over a whole story a name recurs: in two other articles, or three times or more, somewhere with another name
before it. A word that is written with a capital, stands in one article alone, once or twice, differs from
such a name in a letter or two and has no neighbours that the name has not is that name misspelt, unless it is
a word of its own: written small anywhere, a form of the same stem, or another alphabet's spelling.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from compare.findings.parsed import parse
from compare.findings.read_dates import date_words
from compare.findings.sides import Difference, Side, gather
from compare.findings.spelling import (
    are_transliterations,
    capitalised,
    is_form,
    name_mark,
    plain,
    small_words,
)
from compare.model import Article, Claim, Finding, Sentence
from compare.text.sequences import distance

_LEAST = 5  # letters of a name
_LONG = 6  # letters, from which two may differ
_RECURS = 3  # places that make a name the story's
_OFTEN = 6  # places, from which two letters of a shorter name may differ
_RARE = 2  # places of a slip


class _Use(NamedTuple):
    """One place of a name."""

    article: Article
    sentence: Sentence
    at: int


def examine(claims: Sequence[Claim], articles: Mapping[str, Article]) -> Iterator[tuple[str, Finding]]:
    """The misspelt names of a story, each with the id of the claim in which it stands."""
    uses: defaultdict[str, list[_Use]] = defaultdict(list)
    home: dict[str, str] = {}
    for claim in claims:
        for reading in claim.readings:
            article = articles[reading.article]
            dated = date_words(article.language)
            for sentence in reading.sentences:
                home[sentence.id] = claim.id
                for letters, at in capitalised(parse(sentence.text, article.language)):
                    if len(letters) >= _LEAST and letters not in dated:
                        uses[letters].append(_Use(article, sentence, at))
    known = [name for name in sorted(uses) if len(uses[name]) >= _RARE]
    for slip, where in sorted(uses.items()):
        alone = {use.article.id for use in where}
        if len(where) > _RARE or len(alone) > 1:
            continue
        rightly = [n for n in known if n[0] == slip[0] and n != slip and _is_slip(slip, where, n, uses[n])]
        if len(rightly) != 1 or any({slip, *rightly} & small_words(a.text) for a in articles.values()):
            continue
        elsewhere = [use for use in uses[rightly[0]] if use.article.id not in alone]
        wrong, right = ([name_mark(Side(*use[:2]), use.at) for use in some] for some in (where, elsewhere))
        note = f"“{wrong[0].value}” stands in one article, “{right[0].value}” in all that name it."
        pairs = [Difference("spelling", True, x, y, note) for x in wrong for y in right]
        for finding in gather("name", pairs):
            yield home[wrong[0].place.sentence], finding


def _is_slip(slip: str, where: Sequence[_Use], name: str, elsewhere: Sequence[_Use]) -> bool:
    """Whether a name is that of the story, and the slip hardly another's."""
    others = {use.article.id for use in elsewhere} - {where[0].article.id}
    often = len(elsewhere) >= _OFTEN
    if len(others) < (1 if len(elsewhere) >= _RECURS else 2):
        return False
    if distance(slip, name) > (2 if often or min(len(slip), len(name)) >= _LONG else 1):
        return False
    if not any(use.at for use in where):
        return False  # the first word of a sentence has a capital in any case
    given, beside = _neighbours(elsewhere)
    if not given or not set().union(*_neighbours(where)) <= given | beside:
        return False
    return not (are_transliterations(slip, name) or is_form(slip, name, where[0].article.language))


def _neighbours(uses: Sequence[_Use]) -> tuple[set[str], set[str]]:
    """Words with a capital right before places of a name, and right after them."""
    before, after = set[str](), set[str]()
    for article, sentence, at in uses:
        parsed = parse(sentence.text, article.language)
        for i, gap, names in ((at - 1, at, before), (at + 1, at + 1, after)):
            if i in parsed.capitals and parsed.meaning[i] and not parsed.between(gap).strip(' "“”'):
                names.add(plain(parsed.names[i]))
    return before, after
