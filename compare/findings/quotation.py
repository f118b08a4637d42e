"""The same quotation in two articles of a story.

Two utterances in sentences that a sure link joins are the same when a run of their words agrees: five words
or more, three of them in a row, and three in five of the words between the first and the last that agree.
Three to six words in marks of their own are enough where one word more stands in their midst.
What stands inside that run is compared word by word. Contractions, British and American spelling, abbreviated
titles, masked oaths, hyphens and what an ellipsis or square brackets mark as the editor's hand are no
alterations, and two named people who say nearly the same have said two things. Quotation marks and the
comparison work in every language; speakers are found in English, Spanish, French, German and Turkish.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from compare.findings.retelling import (
    Chunk,
    Part,
    Run,
    changes,
    chunks,
    is_within,
    part,
    spoken_words,
)
from compare.findings.short_quotation import one_word_apart
from compare.findings.sides import Difference, Mark, Side, gather, neither_has
from compare.findings.speaker import is_initialism, speaker
from compare.findings.speech import utterances, within
from compare.model import Article, Claim, Finding, Place
from compare.text import normalise, primary
from compare.text.lexicon import lexicon

_LEAST_SAID = 8  # words that two people can hardly have said alike
_LEAST_IN_ALL = 6  # the same, where a sure link joins the sentences and they are all that both quote
_LINKED = 0.7  # probability of a link, below which two utterances of one meeting may be two statements
_BEFORE = 3  # words before what agrees, in which it is told of whom it is said
_FEW_CHANGED = 2  # words of a long quotation, which two speakers hardly part
_MOST_CHANGED = 0.5  # altered words for each that agrees


def examine(claims: Sequence[Claim], articles: Mapping[str, Article]) -> Iterator[tuple[str, Finding]]:
    """The quotations of a story that its articles print in other words, or give to other people.

    Args:
        claims: All of the story's.
        articles: Its articles by id.

    Yields:
        The id of the claim in which most of a finding's sentences stand, and the finding.
    """
    home: dict[str, str] = {}
    quoted: dict[str, list[Part]] = {}
    spoken = {name: utterances(article) for name, article in articles.items()}
    for claim in claims:
        for reading in sorted(claim.readings, key=lambda reading: reading.article != claim.base):
            for sentence in reading.sentences:
                if sentence.id in home:
                    continue
                home[sentence.id] = claim.id
                if said := list(within(spoken[reading.article], sentence.start, sentence.end)):
                    side = Side(articles[reading.article], sentence)
                    if parts := [p for utterance in said if (p := part(utterance, side))]:
                        quoted[sentence.id] = parts
    pairs = _pairs(list(quoted.values()), _linked(claims))
    found = [d for a, b in pairs for x in a for y in b for d in _differences(x, y)]
    for finding in gather("quotation", found):
        names = [home[place.sentence] for variant in finding.variants for place in variant.places]
        yield max(names, key=lambda name: (names.count(name), -names.index(name))), finding


def _linked(claims: Sequence[Claim]) -> set[tuple[str, str]]:
    """Pairs of sentences that a sure link joins, or that are given as one claim without links."""
    found: set[tuple[str, str]] = set()
    for claim in claims:
        found.update((link.x, link.y) for link in claim.links if link.probability >= _LINKED)
        if not claim.links:
            told = [s.id for reading in claim.readings for s in reading.sentences]
            found.update(combinations(told, 2))
    return found


def _pairs(
    quoted: Sequence[list[Part]], linked: Iterable[tuple[str, str]]
) -> Iterator[tuple[list[Part], list[Part]]]:
    """What two articles quote in sentences that a link joins: they, or others that read the same.

    Who prints one text says the same to the rest.
    """
    same: defaultdict[str, list[int]] = defaultdict(list)
    sides = [parts[0].side for parts in quoted]
    for number, side in enumerate(sides):
        same[side.sentence.text].append(number)
    alike = {side.sentence.id: same[side.sentence.text] for side in sides}
    both = [(alike.get(x, ()), alike.get(y, ())) for x, y in linked]
    for one, two in sorted({(min(i, j), max(i, j)) for ours, theirs in both for i in ours for j in theirs}):
        a, b = sides[one], sides[two]
        apart = a.article.id != b.article.id and a.sentence.text != b.sentence.text
        if apart and primary(a.article.language) == primary(b.article.language):
            yield quoted[one], quoted[two]


def _differences(ours: Part, theirs: Part) -> Iterator[Difference]:
    """What differs in one quotation of two articles: its words, or who is said to have said it."""
    found = chunks(ours, theirs) or one_word_apart(ours, theirs)
    if not found:
        return
    a, b = ours.side, theirs.side
    people = list(_speakers(ours, theirs, found))
    changed = [] if _of_another(ours, theirs, found) else _alterations(ours, theirs, found)
    altered = [
        (old, new)
        for c in changed
        if (old := _mark(ours, c.ours))
        and (new := _mark(theirs, c.theirs))
        # who prints the other's words too has not altered them, but quotes two remarks
        and neither_has(a.article, old.key, b.article, new.key)
    ]
    if altered and not people:
        old, new = _joint(a, [c[0] for c in altered]), _joint(b, [c[1] for c in altered])
        yield Difference("altered", True, old, new, "The words around them agree: " + _around(ours, found))
    elif people:
        agreed = _agreed(found)
        if changed and (agreed < _LEAST_SAID or _size(ours, theirs, changed) > _FEW_CHANGED):
            return  # two named people who say nearly the same have said two things
        whole = agreed == len(ours.tokens) == len(theirs.tokens)
        if agreed >= (_LEAST_IN_ALL if whole else _LEAST_SAID):
            yield from people


def _alterations(ours: Part, theirs: Part, found: Sequence[Chunk]) -> list[Chunk]:
    """What was altered; nothing where so much is that two statements only share a phrase."""
    every = list(changes(ours, theirs, found))
    inside = [chunk for chunk in every if chunk in found]  # the ends may be two ways to go on
    for some in (every, inside):
        if _size(ours, theirs, some) <= _MOST_CHANGED * _agreed(found):
            return some
    return []


def _size(ours: Part, theirs: Part, altered: Iterable[Chunk]) -> int:
    """How many words were altered."""
    return sum(max(spoken_words(ours, c.ours), spoken_words(theirs, c.theirs)) for c in altered)


def _of_another(ours: Part, theirs: Part, found: Sequence[Chunk]) -> bool:
    """Whether the one says of himself what the other says of somebody: ``I have …`` and ``he has …``."""
    first, last = found[0], found[-1]
    said = [
        {token.word for token in part.tokens[max(0, run.first - _BEFORE) : end.last]}
        for part, run, end in ((ours, first.ours, last.ours), (theirs, first.theirs, last.theirs))
    ]
    speaking, spoken_of = (lexicon(rule, ours.side.article.language) for rule in ("speaking", "spoken_of"))
    return any(
        x & speaking and not x & spoken_of and y & spoken_of and not y & speaking
        for x, y in (said, said[::-1])
    )


def _agreed(found: Sequence[Chunk]) -> int:
    return sum(c.ours.last - c.ours.first for c in found if c.equal)


def _joint(side: Side, marks: Sequence[Mark]) -> Mark:
    """One mark from the first altered word to the last."""
    start, end = min(m.place.start for m in marks), max(m.place.end for m in marks)
    spot = place_in_text(side, start, end)
    return Mark(spot, spot.text, " … ".join(m.key for m in marks))


def _mark(part: Part, run: Run) -> Mark | None:
    """The run with a word of its surroundings; None when it does not stand in the side's sentence."""
    side, tokens = part.side, part.tokens
    first, last = run
    if first < len(tokens) and first > 0 and not tokens[first].ends:
        first -= 1
    if last < len(tokens) and (not tokens[last].ends or first == last):
        last += 1
    core = tokens[run.first : run.last] or tokens[run.first : last] or tokens[first : run.last]
    shown = [token for token in tokens[first:last] if is_within(side, token)]
    if not shown or not any(is_within(side, token) for token in core):
        return None
    spot = place_in_text(side, shown[0].start, shown[-1].end)
    return Mark(spot, spot.text, " ".join(token.word for token in shown))


def _around(part: Part, agreed: Sequence[Chunk]) -> str:
    words = [token.word for token in part.tokens[agreed[0].ours.first : agreed[-1].ours.last]]
    return f"“{' '.join(words[:12])}{' …' if len(words) > 12 else ''}”."


def _speakers(ours: Part, theirs: Part, agreed: Sequence[Chunk]) -> Iterator[Difference]:
    """The words given to two people, both of whom are named beside a verb of speech."""
    x = speaker(ours.side.article, ours.tokens[agreed[0].ours.first].start, ours.side.sentence)
    y = speaker(theirs.side.article, theirs.tokens[agreed[0].theirs.first].start, theirs.side.sentence)
    if x is None or y is None or not x.names.isdisjoint(y.names) or is_initialism(x.shown, y.shown):
        return
    if normalise(x.surname) in theirs.side.parsed.vocabulary:
        return
    if normalise(y.surname) in ours.side.parsed.vocabulary:
        return
    old = Mark(place_in_text(ours.side, x.start, x.end), x.shown, normalise(x.surname))
    new = Mark(place_in_text(theirs.side, y.start, y.end), y.shown, normalise(y.surname))
    yield Difference("speaker", True, old, new, "The same words: " + _around(ours, agreed))


def place_in_text(side: Side, start: int, end: int) -> Place:
    """A place from offsets into the article's text, as quotations have them, that go past their sentence."""
    return Place(side.article.id, side.sentence.id, start, end, side.article.text[start:end])
