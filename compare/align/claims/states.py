"""What an article is said to have of a claim: the one place that judges it, and its bounds.

A claim that several articles tell is summed up on pages ("all report", "no matching sentence
found"), and a sum is right only when each of its parts is. So a state is said only where it is sure; what
lies between is ``possible``, is shown with how likely it is, and is counted nowhere. The bounds
were chosen on annotated news, each story judged by weights that had not seen it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from msgspec.structs import replace

from compare.align.claims.content import Contents
from compare.model import SILENT, Article, Claim, Doubt, Edit, Nearest, Reading, Sentence, State, on_one_clock
from compare.text import primary, words
from compare.text.lexicon import lexicon, opposites
from compare.text.wording import near_edits, same_words

# Of the link to the claim's base sentence, from which an article surely tells the claim.
SURE = 0.8
# With more articles the bound rises, so that all of a story's readings together stay as sure as three are,
# up to a bound that a reworded sentence can still reach.
_TOGETHER = SURE**2
_MOST_SURE = 0.95
# Where an article has several sentences in a claim, it may be another of them that tells the claim.
SEVERAL = 0.9
# Of the best link to a sentence that stands elsewhere, from which it is said to tell a part of the claim.
PART = 0.7
# Of a link to a sentence that denies where the base does not, from which it may state the contrary.
CONTRARY = 0.5
# Share of the weight of the base sentence's content that an article has, from which it tells all of it when
# it has each of its figures, names and clauses as well.
WHOLE = 0.75
# That the article states it anywhere, for each sentence of the claim, up to which a claim is surely absent,
ABSENT = 0.07
# which misses what stands there in other words altogether: this share of the gaps, on annotated news,
OVERLOOKED = 0.05
# and that any of the others does, up to which a claim is one article's alone.
ELSEWHERE = 0.07
# unless so much of the weight of a sentence's content stands in up to three neighbouring sentences.
COVERED = 0.4


def bound(articles: int) -> float:
    """Probability of the link to the base sentence from which an article surely tells a claim.

    Args:
        articles: Of the story, two or more.
    """
    together: float = _TOGETHER ** (1 / max(1, articles - 1))
    return max(SURE, min(_MOST_SURE, round(together, 4)))


class Judge:
    """Judges the readings of a story's claims.

    Args:
        articles: The story's.
        sentences: All of them.
        found: As in ``Alignment.found``.
        stands: As in ``Alignment.stands``.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        sentences: Iterable[Sentence],
        found: Mapping[str, Mapping[str, float]],
        stands: float,
    ) -> None:
        self._articles = {article.id: article for article in articles}
        self._found = found
        self._stands = stands
        self._contents = Contents(articles, sentences)
        self._covered: dict[tuple[str, str], bool] = {}
        self.bound = bound(len(articles))

    def covers(self, sentence: Sentence, article: str) -> bool:
        """Whether an article tells all of a sentence: figures, names and clauses, and most of the rest."""
        key = sentence.id, article
        if key not in self._covered:
            self._covered[key] = self._contents.share(
                sentence, article
            ) >= WHOLE and not self._contents.lacks_detail(sentence, article)
        return self._covered[key]

    def judged(self, claim: Claim) -> Claim:
        """The claim, each of its readings with its state, its edits and how sure the state is."""
        base = claim.base_reading
        linked = _linked(claim, claim.base_sentence)
        reporters = [base.article]
        readings: dict[str, Reading] = {base.article: base}
        for reading in claim.readings:
            if reading.sentences and reading is not base:
                told = readings[reading.article] = self._told(claim, reading, base, linked)
                reporters += [reading.article] * (told.state != "possible")
        for reading in claim.readings:
            if reading.sentences:
                continue
            sure = max((linked.get(sentence.id, 0.0) for sentence in reading.also), default=0.0)
            if sure < self._stands:
                readings[reading.article] = self._gap(claim, _without_sentences(reading, claim), reporters)
            elif sure < PART:
                readings[reading.article] = _possible(reading, sure, "unsure")
            elif self._contents.share_names_alone(claim.base_sentence, reading.also):
                readings[reading.article] = _possible(reading, sure, "names")
            else:
                readings[reading.article] = self._with_common(replace(reading, probability=sure), base)
        if all(reading.state in SILENT for reading in readings.values() if reading.article != base.article):
            readings |= self._not_alone(base, readings)
        judged = tuple([readings[r.article] for r in claim.readings])
        rivals = [r.told for r in judged if r.state == "possible" and r.probability >= CONTRARY and r.told]
        contested = any(self._contents.are_turned(base.sentences, told) for told in rivals)
        return replace(claim, readings=judged, contested=contested)

    def _not_alone(self, base: Reading, readings: Mapping[str, Reading]) -> dict[str, Reading]:
        """The gaps that are too likely none for all of them together to make a claim of one article."""
        stated = {name: self._stated(base.sentences, name) for name in readings if name != base.article}
        if 1 - math.prod(1 - likely for likely in stated.values()) <= ELSEWHERE:
            return {}
        most = max(stated.values())
        return {
            name: _perhaps(reading, stated[name])
            for name, reading in readings.items()
            if stated.get(name) == most
        }

    def _told(self, claim: Claim, reading: Reading, base: Reading, linked: Mapping[str, float]) -> Reading:
        """A reading with sentences in the claim: surely all of it, a part of it, or only possibly any."""
        sure = max(linked.get(sentence.id, 0.0) for sentence in reading.sentences)
        several = len(reading.sentences) > 1 or len(base.sentences) > 1
        if sure < (max(self.bound, SEVERAL) if several else self.bound):
            return _possible(reading, sure or reading.probability, "unsure")
        state, edits = _wording(reading, base)
        if state == "same":
            return replace(reading, state=state, probability=sure)
        own = {sentence.id for sentence in reading.sentences}
        joined = any(link.decided_by == "editor" and own & {link.x, link.y} for link in claim.links)
        figures = frozenset().union(*map(self._contents.figures, reading.sentences))
        turned = self._contents.are_turned(base.sentences, reading.sentences)
        if turned and not edits and not joined:  # perhaps the contrary; of a near copy a finding tells it
            return _possible(reading, sure, "denial")
        covered = self._contents.figures(claim.base_sentence) <= figures and self.covers(
            claim.base_sentence, reading.article
        )
        doubtful = turned or not covered or _changes_sense(edits, self._articles[reading.article].language)
        if doubtful and not joined:
            state = "part"
        return self._with_common(replace(reading, state=state, edits=edits, probability=sure), base)

    def _with_common(self, reading: Reading, base: Reading) -> Reading:
        """Where a reading in other words, or a part, states what the base does."""
        if reading.state in {"reworded", "part"} and not reading.edits:
            return replace(reading, common=self._contents.common(reading, base))
        return reading

    def _gap(self, claim: Claim, reading: Reading, reporters: Sequence[str]) -> Reading:
        """The state of an article that no accepted link leads to."""
        article = self._articles[reading.article]
        others = [self._articles[name] for name in reporters]
        members = [s for r in claim.readings for s in r.sentences if s.kind == "body" or claim.heading]
        if not _share_language(article, others):
            return replace(reading, state="unknown", probability=0.0, nearest=None)
        stated = self._stated(members, article.id)
        unsure = (
            stated > 1 - (1 - ABSENT) ** len(members)
            or self._contents.holds(members, article.id, COVERED)
            or self._contents.names(members, article.id)
            or self._contents.says_little(members)
        )
        if unsure:
            return _perhaps(reading, stated)
        sure = (1 - OVERLOOKED) * (1 - stated)
        reported = [_reported(self._articles[r.article], r) for r in claim.readings if r.article in reporters]
        return replace(reading, state=_silence(article, reported), probability=round(sure, 4))

    def _stated(self, members: Sequence[Sentence], article: str) -> float:
        """Probability that any sentence of the article states what one of these does, 0..1."""
        silent = 1.0
        for sentence in members:
            silent *= 1 - self._found.get(sentence.id, {}).get(article, 0.0)
        return 1 - silent


def _without_sentences(reading: Reading, claim: Claim) -> Reading:
    """A reading whose sentences are of another reading's kind, and hardly say what the base does."""
    if not reading.also:
        return reading
    own = {sentence.id for sentence in reading.also}
    best = next(link for link in claim.links if own & {link.x, link.y})  # the strongest comes first
    nearest = Nearest(best.x if best.x in own else best.y, best.probability)
    return Reading(reading.article, (), "absent", nearest=nearest)


def _linked(claim: Claim, base: Sentence) -> dict[str, float]:
    """Each sentence that a link joins with the base sentence, or one with its words → its probability."""
    told = [sentence for reading in claim.readings for sentence in reading.sentences]
    bases = {s.id for s in told if s.id == base.id or same_words(s.text, base.text)}
    found: dict[str, float] = {}
    for link in claim.links:
        for one, other in ((link.x, link.y), (link.y, link.x)):
            if one in bases:
                found[other] = max(link.probability, found.get(other, 0.0))
    return found


def against(reading: Reading, base: Reading) -> Reading:
    """A reading that surely tells the claim, its words compared with the base's."""
    state, edits = _wording(reading, base)
    return replace(reading, state=state, edits=edits, common=())


def _wording(reading: Reading, base: Reading) -> tuple[State, tuple[Edit, ...]]:
    """Whether a reading has the base's words, and the edits of a near copy."""
    if same_words(base.text, reading.text):
        return "same", ()
    return "reworded", () if is_scattered(reading) else near_edits(base.text, reading.text)


def _changes_sense(edits: Sequence[Edit], language: str) -> bool:
    """Whether another word does not stand for the same: ``two miles`` for kilometres, north for south."""
    numbers, contrary = lexicon("number", language), opposites("contrary", language)
    for last, edit in pairwise(edits):
        if edit.op == "replace":
            before, old, new = (words(text).texts for text in (last.old, edit.old, edit.new))
            if before and (before[-1][0].isdigit() or before[-1] in numbers):
                return True
            if any(not contrary.get(word, frozenset()).isdisjoint(new) for word in old):
                return True
    return False


def is_scattered(reading: Reading) -> bool:
    """Whether its sentences do not follow one another: no text that can be compared word by word."""
    places = [sentence.index for sentence in reading.body]
    return any(after != before + 1 for before, after in pairwise(places))


def _possible(reading: Reading, sure: float, doubt: Doubt) -> Reading:
    """A reading whose sentences perhaps tell the claim."""
    return replace(reading, state="possible", probability=sure, doubt=doubt)


def _perhaps(gap: Reading, stated: float) -> Reading:
    """A gap that may be none, with how likely any sentence of the article tells the claim."""
    return replace(gap, state="possible", probability=round(stated, 4))


def _share_language(article: Article, others: Iterable[Article]) -> bool:
    return primary(article.language) in {primary(other.language) for other in others}


def _silence(article: Article, reported: Sequence[datetime | None]) -> State:
    """Why nothing is there: unknown for an excerpt, too early to have it, or simply absent.

    Args:
        article: That has nothing.
        reported: When each of the others had it.
    """
    if not article.complete:
        return "unknown"
    last_change = max((t for t in (article.published, article.updated) if t is not None), default=None)
    known = on_one_clock([time for time in (last_change, *reported) if time is not None])
    if len(known) == 1 + len(reported) and known[0] < min(known[1:]):
        return "earlier"
    return "absent"


def _reported(article: Article, reading: Reading) -> datetime | None:
    """When an article had a claim, at the latest."""
    times = [article.since(sentence.text) for sentence in reading.sentences]
    return min(filter(None, times), default=None)
