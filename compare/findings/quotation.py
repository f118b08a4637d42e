"""The same quotation in two articles of a story.

What two sentences quote that a sure link joins is the same when a run of their words agrees (``retelling``),
and what stands inside that run is compared word by word. Contractions, British and American spelling,
abbreviated titles, masked oaths, hyphens and what an ellipsis or square brackets mark as the editor's hand
are no alterations, and two named people who say nearly the same have said two things. Every language is
compared; speakers are found in English, Spanish, French, German and Turkish.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from operator import attrgetter

from compare.findings.retelling import Chunk, Part, changes, chunks, said
from compare.findings.sides import Difference, Mark, Side, gather, neither_has
from compare.findings.speech import Token, is_initialism, speaker, spoken
from compare.model import Article, Claim, Finding
from compare.text.lexicon import lexicon

_LEAST_SAID = 8  # words that two people can hardly have said alike
_LEAST_IN_ALL = 6  # the same, where they are all that both quote
_LINKED = 0.7  # probability of a link, below which two utterances of one meeting may be two statements
_BEFORE = 3  # words before what agrees, in which it is told of whom it is said
_FEW_CHANGED = 2  # words of a long quotation, which two speakers hardly part
_MOST_CHANGED = 0.5  # altered words for each that agrees
_SHOWN = 12  # words of what agrees


def examine(claims: Sequence[Claim], articles: Mapping[str, Article]) -> Iterator[tuple[str, Finding]]:
    """The quotations of a story that its articles print in other words, or give to other people.

    Args:
        claims: All of the story's.
        articles: Its articles by id.

    Yields:
        The id of the claim in which most of a finding's sentences stand, and the finding.
    """
    home: dict[str, str] = {}
    quoted: dict[str, Part] = {}
    tokens = {name: spoken(article) for name, article in articles.items()}
    for claim in claims:
        for reading in sorted(claim.readings, key=lambda reading: reading.article != claim.base):
            for sentence in reading.sentences:
                home.setdefault(sentence.id, claim.id)
                if own := _between(tokens[reading.article], sentence.start, sentence.end):
                    quoted[sentence.id] = Part(Side(articles[reading.article], sentence), own)
    pairs = _pairs(list(quoted.values()), _linked(claims)) if len(quoted) > 1 else ()
    for finding in gather("quotation", (d for ours, theirs in pairs for d in _differences(ours, theirs))):
        names = [home[place.sentence] for variant in finding.variants for place in variant.places]
        yield max(names, key=lambda name: (names.count(name), -names.index(name))), finding


def _between(tokens: Sequence[Token], start: int, end: int) -> Sequence[Token]:
    first = bisect_left(tokens, start, key=attrgetter("start"))
    return tokens[first : bisect_left(tokens, end, lo=first, key=attrgetter("start"))]


def _linked(claims: Sequence[Claim]) -> set[tuple[str, str]]:
    """Pairs of sentences that a sure link joins, or that are given as one claim without links."""
    found: set[tuple[str, str]] = set()
    for claim in claims:
        found.update((link.x, link.y) for link in claim.links if link.probability >= _LINKED)
        if not claim.links:
            told = [s.id for reading in claim.readings for s in reading.sentences]
            found.update(combinations(told, 2))
    return found


def _pairs(quoted: Sequence[Part], linked: Iterable[tuple[str, str]]) -> Iterator[tuple[Part, Part]]:
    """What two articles quote in sentences that a link joins: they, or others that read the same.

    Who prints one text says the same to the rest.
    """
    same: defaultdict[str, list[int]] = defaultdict(list)
    for number, part in enumerate(quoted):
        same[part.side.sentence.text].append(number)
    alike = {part.side.sentence.id: same[part.side.sentence.text] for part in quoted}
    both = [(alike.get(x, ()), alike.get(y, ())) for x, y in linked]
    for one, two in sorted({(min(i, j), max(i, j)) for ours, theirs in both for i in ours for j in theirs}):
        a, b = quoted[one].side, quoted[two].side
        if a.article.id != b.article.id and a.sentence.text != b.sentence.text:
            yield quoted[one], quoted[two]


def _differences(ours: Part, theirs: Part) -> Iterator[Difference]:
    """What differs in one quotation of two articles: its words, or who is said to have said it."""
    found = chunks(ours, theirs)
    if not found:
        return
    agreed = sum(c.ours.stop - c.ours.start for c in found if c.equal)
    words = [token.word for token in ours.tokens[found[0].ours.start : found[-1].ours.stop]]
    around = f"“{' '.join(words[:_SHOWN])}{' …' if len(words) > _SHOWN else ''}”."
    changed = _alterations(ours, theirs, found, agreed)
    if people := _speakers(ours, theirs, found):
        long = agreed >= _LEAST_SAID or agreed == len(ours.tokens) == len(theirs.tokens) >= _LEAST_IN_ALL
        # two named people who say nearly the same have said two things
        if long and not (changed and (agreed < _LEAST_SAID or _size(ours, theirs, changed) > _FEW_CHANGED)):
            yield Difference("speaker", True, *people, "The same words: " + around)
        return
    marks = [(_mark(ours, chunk.ours), _mark(theirs, chunk.theirs)) for chunk in changed]
    # who prints the other's words too has not altered them, but quotes two remarks
    altered = [(x, y) for x, y in marks if neither_has(ours.side.article, x.key, theirs.side.article, y.key)]
    if altered:
        old, new = _joint(ours.side, [x for x, _ in altered]), _joint(theirs.side, [y for _, y in altered])
        yield Difference("altered", True, old, new, "The words around them agree: " + around)


def _alterations(ours: Part, theirs: Part, found: Sequence[Chunk], agreed: int) -> list[Chunk]:
    """What was altered; nothing where so much is that two statements only share a phrase."""
    if _of_another(ours, theirs, found):
        return []
    every = list(changes(ours, theirs, found))
    inside = [chunk for chunk in every if chunk in found]  # the ends may be two ways to go on
    most = _MOST_CHANGED * agreed
    return next((some for some in (every, inside) if _size(ours, theirs, some) <= most), [])


def _size(ours: Part, theirs: Part, altered: Iterable[Chunk]) -> int:
    """How many words were altered."""
    return sum(max(len(said(ours.tokens[c.ours])), len(said(theirs.tokens[c.theirs]))) for c in altered)


def _of_another(ours: Part, theirs: Part, found: Sequence[Chunk]) -> bool:
    """Whether the one says of himself what the other says of somebody: ``I have …`` and ``he has …``."""
    first, last = found[0], found[-1]
    told = [
        {token.word for token in part.tokens[max(0, run.start - _BEFORE) : end.stop]}
        for part, run, end in ((ours, first.ours, last.ours), (theirs, first.theirs, last.theirs))
    ]
    speaking, spoken_of = (lexicon(rule, ours.side.article.language) for rule in ("speaking", "spoken_of"))
    return any(
        x & speaking and not x & spoken_of and y & spoken_of and not y & speaking
        for x, y in (told, told[::-1])
    )


def _joint(side: Side, marks: Sequence[Mark]) -> Mark:
    """One mark from the first altered word to the last."""
    here = side.sentence.start
    spot = side.place(marks[0].place.start - here, marks[-1].place.end - here)
    return Mark(spot, spot.text, " … ".join(mark.key for mark in marks))


def _mark(part: Part, run: slice) -> Mark:
    """The run with a word of its surroundings."""
    (side, tokens), first, last = part, run.start, run.stop
    if 0 < first < len(tokens) and not tokens[first].ends:
        first -= 1
    if last < len(tokens) and (not tokens[last].ends or first == last):
        last += 1
    here = side.sentence.start
    spot = side.place(tokens[first].start - here, tokens[last - 1].end - here)
    return Mark(spot, spot.text, " ".join(token.word for token in tokens[first:last]))


def _speakers(ours: Part, theirs: Part, found: Sequence[Chunk]) -> tuple[Mark, Mark] | None:
    """The two people, both of them named beside a verb of speech, to whom the words are given."""
    a, b = ours.side, theirs.side
    x = speaker(a, ours.tokens[found[0].ours.start].start - a.sentence.start)
    y = speaker(b, theirs.tokens[found[0].theirs.start].start - b.sentence.start)
    if x is None or y is None or not x[1].isdisjoint(y[1]) or is_initialism(x[0].value, y[0].value):
        return None
    named = x[0].key in b.parsed.vocabulary or y[0].key in a.parsed.vocabulary
    return None if named else (x[0], y[0])
