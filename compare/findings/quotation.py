"""The same quotation in two articles of a story.

Two utterances are the same when a run of their words agrees: five words or more, three of them in a row,
and three in five of the words between the first and the last that agree. Sentences that no sure link joins
need twelve: long runs of spoken words are themselves a link, short ones are stock phrases. Three to six words
in marks of their own are enough where a link joins the sentences and one word more stands in their midst.
What stands inside that run is compared word by word. Contractions, British and American spelling, abbreviated
titles, masked oaths, hyphens and what an ellipsis or square brackets mark as the editor's hand are no
alterations, and two named people who say nearly the same have said two things. Quotation marks and the
comparison work in every language; speakers are found in English, Spanish, French, German and Turkish.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from compare.findings.difference import Difference, Mark, gather
from compare.findings.fragment import one_word_apart
from compare.findings.retelling import (
    Chunk,
    Part,
    Run,
    changes,
    chunks,
    part,
    spoken_words,
    within,
)
from compare.findings.sides import Side, neither_has, place_in_text
from compare.findings.speaker import is_initialism, speaker
from compare.findings.speech import Utterance
from compare.model import Article, Claim, Finding
from compare.text import normalise, primary, stop_words

_LEAST_SAID = 8  # words that two people can hardly have said alike
_LEAST_IN_ALL = 6  # the same, where a sure link joins the sentences and they are all that both quote
_LINKED = 0.7  # probability of a link from which two utterances of one meeting are hardly two statements
_LEAST_UNLINKED = 12  # words that agree, from which no link is needed
_MOST_CHANGED = 0.45  # altered words for each that agrees
_LEAST_TELLING = 3  # of them, words that are no function words
_GRAM = 4  # words in a row that two sentences must both quote, to be looked at without a link
_COMMON = 12  # sentences; a run of words that more of them quote is a slogan


def examine(claims: Sequence[Claim], articles: Mapping[str, Article]) -> Iterator[tuple[str, Finding]]:
    """The quotations of a story that its articles print in other words, or give to other people.

    Args:
        claims: All of the story's.
        articles: Its articles by id.

    Yields:
        The id of the claim in which most of a finding's sentences stand, and the finding.
    """
    home: dict[str, str] = {}
    sides: list[Side] = []
    for claim in claims:
        for reading in sorted(claim.readings, key=lambda reading: reading.article != claim.base):
            for sentence in reading.sentences:
                side = Side(articles[reading.article], sentence)
                if sentence.id not in home and side.said:
                    sides.append(side)
                home.setdefault(sentence.id, claim.id)
    linked = _alike(_linked(claims), sides)
    found = [d for a, b in _pairs(sides, linked) for d in _differences(a, b, linked)]
    for finding in gather("quotation", found):
        names = [home[place.sentence] for variant in finding.variants for place in variant.places]
        yield max(names, key=lambda name: (names.count(name), -names.index(name))), finding


def _linked(claims: Sequence[Claim]) -> dict[frozenset[str], float]:
    """Pairs of sentences that a link joins, or that are given as one claim without links."""
    found: dict[frozenset[str], float] = {}
    for claim in claims:
        for link in claim.links:
            found[frozenset((link.x, link.y))] = link.probability
        if not claim.links:
            told = [s.id for reading in claim.readings for s in reading.sentences]
            found.update((frozenset(pair), 1.0) for pair in combinations(told, 2))
    return found


def _alike(linked: Mapping[frozenset[str], float], sides: Sequence[Side]) -> dict[frozenset[str], float]:
    """The links with those of sentences that read the same: who prints one text says the same to the rest."""
    same: defaultdict[str, list[str]] = defaultdict(list)
    text_of = {side.sentence.id: side.sentence.text for side in sides}
    for name, text in text_of.items():
        same[text].append(name)
    found = dict(linked)
    for ends, probability in linked.items():
        if ends <= text_of.keys():
            ours, theirs = [same[text_of[name]] for name in ends]
            for pair in {frozenset((x, y)) for x in ours for y in theirs if x != y}:
                found[pair] = max(found.get(pair, 0.0), probability)
    return found


def _pairs(sides: Sequence[Side], linked: Mapping[frozenset[str], float]) -> Iterator[tuple[Side, Side]]:
    """Quoting sentences of two articles that a link joins, or that quote the same words in a row."""
    quoting: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, side in enumerate(sides):
        for utterance in side.said:
            words = [t.word for t in utterance.tokens if within(side, t)]
            for at in range(len(words) - _GRAM + 1):
                quoting[tuple(words[at : at + _GRAM])].add(number)
    near = {pair for own in quoting.values() if len(own) <= _COMMON for pair in combinations(sorted(own), 2)}
    numbers = {side.sentence.id: number for number, side in enumerate(sides)}
    for ends in linked:
        if ends <= numbers.keys():
            one, two = sorted(numbers[name] for name in ends)
            near.add((one, two))
    for one, two in sorted(near):
        a, b = sides[one], sides[two]
        apart = a.article.id != b.article.id and a.sentence.text != b.sentence.text
        if apart and primary(a.article.language) == primary(b.article.language):
            yield a, b


def _differences(a: Side, b: Side, linked: Mapping[frozenset[str], float]) -> Iterator[Difference]:
    sure = linked.get(frozenset((a.sentence.id, b.sentence.id)), 0.0) >= _LINKED
    for x in a.said:
        for y in b.said:
            yield from _compare(a, x, b, y, sure)


def _compare(a: Side, x: Utterance, b: Side, y: Utterance, linked: bool) -> Iterator[Difference]:
    ours, theirs = part(x, a), part(y, b)
    if ours is None or theirs is None:
        return
    found = chunks(ours, theirs) or (one_word_apart(ours, theirs) if linked else ())
    if not found or not (linked or _is_telling(ours, found)):
        return
    people = list(_speakers(ours, theirs, found))
    changed = _alterations(ours, theirs, found)
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
    elif people and not altered:
        agreed = _agreed(found)
        whole = linked and agreed == len(ours.tokens) == len(theirs.tokens)
        if agreed >= (_LEAST_IN_ALL if whole else _LEAST_SAID):
            yield from people


def _alterations(ours: Part, theirs: Part, found: Sequence[Chunk]) -> list[Chunk]:
    """What was altered; nothing where so much is that two statements only share a phrase."""
    every = list(changes(ours, theirs, found))
    inside = [chunk for chunk in every if chunk in found]  # the ends may be two ways to go on
    for some in (every, inside):
        size = sum(max(spoken_words(ours, c.ours), spoken_words(theirs, c.theirs)) for c in some)
        if size <= _MOST_CHANGED * _agreed(found):
            return some
    return []


def _agreed(found: Sequence[Chunk]) -> int:
    return sum(c.ours.last - c.ours.first for c in found if c.equal)


def _is_telling(ours: Part, found: Sequence[Chunk]) -> bool:
    """Whether so many words agree, and so many of them say something, that it is one quotation."""
    if _agreed(found) < _LEAST_UNLINKED:
        return False
    idle = stop_words(ours.side.article.language)
    words = [ours.tokens[i].word for c in found if c.equal for i in range(*c.ours)]
    return sum(word not in idle for word in words) >= _LEAST_TELLING


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
    shown = [token for token in tokens[first:last] if within(side, token)]
    if not shown or not any(within(side, token) for token in core):
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
    old = Mark(place_in_text(ours.side, x.start, x.end), x.shown)
    new = Mark(place_in_text(theirs.side, y.start, y.end), y.shown)
    yield Difference("speaker", True, old, new, "The same words: " + _around(ours, agreed))
