"""A name that one article spells as no other does, though it is the story's.

Over a whole story a name recurs: in two other articles, or three times or more. A word that is written
with a capital, stands in one article alone, once or twice, and differs from such a name in a letter or two
is that name misspelt, unless it is a word of its own: written small anywhere, a form of the same stem,
another alphabet's spelling, or the surname of somebody whose given name the other never has.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from compare.findings.difference import Difference, gather
from compare.findings.full_name import name_mark
from compare.findings.name import is_form
from compare.findings.read_dates import dates
from compare.findings.sides import Side
from compare.findings.spelling import are_transliterations, distance, plain
from compare.model import Article, Claim, Finding

_LEAST = 5  # letters of a name
_LONG = 6  # letters, from which two may differ
_RECURS = 3  # places that make a name the story's
_OFTEN = 6  # places, from which two letters of a shorter name may differ
_RARE = 2  # places of a slip
_MOST = 400  # names of a story that are looked at


class _Use(NamedTuple):
    """One place of a name, and the capitalised word before it in plain letters, or ""."""

    side: Side
    at: int
    given: str


def examine(claims: Sequence[Claim], articles: Mapping[str, Article]) -> Iterator[tuple[str, Finding]]:
    """The misspelt names of a story, each with the id of the claim in which it stands."""
    uses: defaultdict[str, list[_Use]] = defaultdict(list)
    small: set[str] = set()
    home: dict[str, str] = {}
    for claim in claims:
        for reading in claim.readings:
            for sentence in reading.sentences:
                home[sentence.id] = claim.id
                _read(Side(articles[reading.article], sentence), uses, small)
    names = sorted(name for name in uses if name not in small)[:_MOST]
    for slip in names:
        rightly = [name for name in names if _is_slip(slip, uses[slip], name, uses[name])]
        if len(rightly) == 1:
            alone = uses[slip][0].side.article.id
            wrong = [name_mark(use.side, use.at) for use in uses[slip]]
            right = [name_mark(use.side, use.at) for use in uses[rightly[0]] if use.side.article.id != alone]
            pairs = [(x, y) for x in wrong for y in right]
            note = f"“{wrong[0].value}” stands in one article, “{right[0].value}” in all that name it."
            for finding in gather("name", (Difference("spelling", True, x, y, note) for x, y in pairs)):
                yield home[wrong[0].place.sentence], finding


def _read(side: Side, uses: defaultdict[str, list[_Use]], small: set[str]) -> None:
    parsed = side.parsed
    dated = {at for date in dates(parsed) for at in range(date.first, date.last)}
    before = ""
    for at, name in enumerate(parsed.names):
        letters = plain(name.removesuffix("'s"))
        if not parsed.capital[at] or not parsed.meaning[at] or at in dated:
            small.add(letters)
        elif len(letters) >= _LEAST and letters.isalpha():
            uses[letters].append(_Use(side, at, before))
        before = letters if parsed.capital[at] and at else ""


def _is_slip(slip: str, where: Sequence[_Use], name: str, elsewhere: Sequence[_Use]) -> bool:
    articles = {use.side.article.id for use in where}
    if slip == name or slip[0] != name[0] or len(articles) > 1 or len(where) > _RARE:
        return False
    others = {use.side.article.id for use in elsewhere} - articles
    if not others or (len(elsewhere) < _RECURS and len(others) < 2):
        return False
    often = len(elsewhere) >= _OFTEN
    if not often and not any(use.at for use in where):
        return False  # the first word of a sentence has a capital in any case
    given, known = ({use.given for use in uses if use.given} for uses in (where, elsewhere))
    far = often or min(len(slip), len(name)) >= _LONG or bool(given & known)
    if distance(slip, name) > (2 if far else 1):
        return False
    language = where[0].side.article.language
    if are_transliterations(slip, name) or is_form(slip, name, language):
        return False
    return not given or bool(given & known)
