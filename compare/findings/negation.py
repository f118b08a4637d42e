"""What one article says and another denies.

A negator (``not``, ``never``, ``no``…) is laid onto the first content word after it. When the other sentence
has that word too, in surroundings that agree, and neither a negator nor a word that turns its sense round
(``refused``, ``unlikely``), the two contradict each other; so do opposite verbs after the same word, and
``before`` for ``after`` between the same two. Of what was so at first and then otherwise both can be right.
Questions and ``not until`` deny nothing, and what one text says of one case (``if the storm comes``) is no
denial of what the other says of all. Negation: English, Spanish, Turkish and Arabic; opposites: English. In
fourteen languages two sentences of the same words contradict each other when one has a denial more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import takewhile
from typing import NamedTuple

from compare.findings.parsed import MOST, Parsed
from compare.findings.sides import Difference, Mark, Pair, Side, Sides
from compare.text import stems
from compare.text.lexicon import classes, lexicon, opposites, stemmed_classes

_REACH = 7
_SCOPE = 4
_TURNED = 10  # words on either side of a word, in which another can turn its sense round
_SHARED = 2  # words of content around two opposites that agree
_CASE = 15  # words on either side of a negation, in which a condition is one of what it denies
_BARS = frozenset(",;.:")
_ASIDE = 14  # words between two commas after a negator
_LEAST_COMMON = 3  # stems of content


class _Use(NamedTuple):
    """A content word and what stands before it: a negator or a modal, from word ``first`` on."""

    first: int
    word: int


_Found = Iterator[tuple[_Use, _Use, str]]  # what contradicts each other in two sentences, and why


def examine(pair: Pair, _sides: Sides) -> Iterator[Difference]:
    """What contradicts each other in two sentences."""
    a, b, common, _ = pair
    ours, theirs = a.parsed, b.parsed
    if len(common) < _LEAST_COMMON:
        return
    found = [f for rule in (_negations, _opposite_verbs, _contraries) for f in rule(ours, theirs)]
    for x, y, note in found or _denials(ours, theirs):
        if not (ours.has("change") or theirs.has("change")):
            yield Difference("negation", True, _mark(a, x), _mark(b, y), note)


def _negations(a: Parsed, b: Parsed) -> _Found:
    """A negator before a word that the other sentence has without one."""
    if a.text.endswith("?") or b.text.endswith("?"):
        return
    for ours, theirs in ((a, b), (b, a)):
        for use in _negated(ours):
            words = _bases(ours)
            if words.count(words[use.word]) > 1:
                continue  # "did not pass it but passed another"
            if ours.has("whole", use.first + 1, use.first + 2) and theirs.has("some"):
                continue  # "not all" stands beside "some"
            at = _counterpart(ours, use, theirs)
            if at is None or _is_conditional(ours, *use) != _is_conditional(theirs, at, at):
                continue
            if not any(theirs.has(rule, at - _TURNED, at + _TURNED) for rule in ("negative", "negator")):
                there = _Use(max(0, at - 1), at)
                yield *((use, there) if ours is a else (there, use)), "The words around them agree."
                return


def _denials(a: Parsed, b: Parsed) -> _Found:
    """The same words in both, in any order, and one that denies in one: ``nicht``, ``keine`` for ``eine``."""
    denials = lexicon("denial", a.language)
    if denials.isdisjoint(a.vocabulary ^ b.vocabulary) or a.text.endswith("?"):
        return
    for ours, theirs in ((a, b), (b, a)):
        more = list((Counter(ours.names) - Counter(theirs.names)).elements())
        less = list((Counter(theirs.names) - Counter(ours.names)).elements())
        if len(more) == 1 and more[0] in denials and less in ([], [more[0].removeprefix("k")]):
            at = ours.names.index(more[0])
            i = theirs.names.index(less[0] if less else ours.name(at + 1) or ours.name(at - 1))
            x, y = _Use(at, at), _Use(i, i)
            yield *((x, y) if ours is a else (y, x)), "The other words are the same."


def _is_conditional(parsed: Parsed, first: int, last: int) -> bool:
    """Whether two words and those between speak of one case: ``would not open if the storm came``."""
    conditions = lexicon("condition", parsed.language) - {"whether"}
    around = range(max(0, first - _CASE), min(last + _CASE, len(parsed.names)))
    return any(parsed.names[i] in conditions and parsed.name(i - 1) != "even" for i in around)


def _counterpart(negative: Parsed, use: _Use, positive: Parsed) -> int | None:
    """Where the other sentence has the negated word in surroundings that agree."""
    near = negative.near(use.first, use.word + 1, _REACH) - {negative.meaning[use.word]}
    base = _bases(negative)[use.word]
    for index in [i for i, other in enumerate(_bases(positive)) if other == base]:
        shared = near & positive.near(index, index + 1, _REACH)
        if len(shared) >= max(_SHARED, min(len(near), 5) / 2):
            return index
    return None


@lru_cache(maxsize=2048)
def _negated(parsed: Parsed) -> tuple[_Use, ...]:
    """Each negator with the content word that it denies."""
    negators, turning = lexicon("negator", parsed.language), lexicon("turning", parsed.language)
    if negators.isdisjoint(parsed.vocabulary) and turning.isdisjoint(parsed.vocabulary):
        return ()
    found = []
    for index, name in enumerate(parsed.names):
        word = None
        if name in negators and _denies(parsed, index):
            word = _denied(parsed, index + 1)
        elif name in turning and parsed.name(index + 1) == "to":
            # "did not fail to approve" denies nothing
            twice = parsed.has("negator", index - _SCOPE, index)
            word = None if twice else _next_content(parsed, index + 2)
        if word is not None and not _goes_on(parsed, word):
            found.append(_Use(index, word))
    return tuple(found[:MOST])


def _denies(parsed: Parsed, index: int) -> bool:
    """Whether a negator denies anything: not in an idiom, of a case (``if it does not``) or a time alone."""
    after = index + 1 + (parsed.name(index + 1) == "the")  # "not the least"
    if parsed.has("idiom", after, after + 1):
        return False
    return not (parsed.has("condition", index - _SCOPE, index) or parsed.has("limit", index + 1))


def _denied(parsed: Parsed, index: int) -> int | None:
    """The word that a negator before an index denies, past what stands between commas."""
    gap = parsed.between(index).strip()
    if gap == ",":  # "will not, under any circumstances, resign"
        after = range(index + 1, min(index + _ASIDE, len(parsed.names)))
        index = next((end for end in after if "," in parsed.between(end)), len(parsed.names))
    return _next_content(parsed, index) if gap == "," or _BARS.isdisjoint(gap) else None


def _goes_on(parsed: Parsed, word: int) -> bool:
    """Whether ``but`` follows with no comma: ``did not send one letter but two``."""
    after = range(word + 1, min(word + _SCOPE + 1, len(parsed.names)))
    free = takewhile(lambda index: parsed.between(index).isspace(), after)
    return any(parsed.names[index] in lexicon("but", parsed.language) for index in free)


def _mark(side: Side, use: _Use) -> Mark:
    """The words of a use."""
    return side.mark(use.first, use.word + 1, " ".join(side.parsed.names[use.first : use.word + 1]))


def _next_content(parsed: Parsed, start: int) -> int | None:
    """The first word of content from an index on, unless a comma or a full stop stands before it."""
    for index in range(start, min(start + _SCOPE, len(parsed.names))):
        if index > start and not _BARS.isdisjoint(parsed.between(index)):
            return None
        if parsed.meaning[index]:
            return index
    return None


def _subject(parsed: Parsed, verb: int) -> str:
    """The nearest word of content before a verb."""
    return next(filter(None, reversed(parsed.meaning[max(0, verb - _SCOPE) : verb])), "")


@lru_cache(maxsize=2048)
def _bases(parsed: Parsed) -> list[str]:
    """For each word of content the stem of the form that it is one of: ``knew``, ``know``; "" for others."""
    known = stemmed_classes("irregular", parsed.language)
    return [known.get(stem, stem) for stem in parsed.meaning]


def _opposite_verbs(ours: Parsed, theirs: Parsed) -> _Found:
    """One text has a verb of which the other has the opposite in any form, with the same word before it."""
    table, first, second = _opposite_bases(ours.language), _verbs(ours), _verbs(theirs)
    for base, (start, i) in first.items() if second else ():
        found = table[base].intersection(second)
        if len(found) != 1 or base in second or not found.isdisjoint(first):
            continue
        begin, j = second[next(iter(found))]
        shared = ours.near(i, i + 1, _REACH) & theirs.near(j, j + 1, _REACH)
        before = _subject(ours, start)
        if len(shared) >= _SHARED and before and before == _subject(theirs, begin):
            yield _Use(max(0, i - 1), i), _Use(max(0, j - 1), j), "The one is the opposite of the other."
            return


@lru_cache(maxsize=2048)
def _verbs(parsed: Parsed) -> dict[str, _Use]:
    """Verbs that have an opposite, several words as one; none where something else is denied."""
    table, free = _opposite_bases(parsed.language), list(parsed.names)
    found: dict[str, _Use] = {}
    for phrase, verb in _phrases(parsed.language).items():
        size = len(phrase)
        for at in range(len(free) - size + 1) if parsed.vocabulary.issuperset(phrase) else ():
            if tuple(free[at : at + size]) == phrase:
                free[at : at + size] = [""] * size
                found[verb] = _Use(at, at + size - 1)
    for at, base in enumerate(_bases(parsed)):
        if base in table and free[at]:
            found.setdefault(base, _Use(at, at))
    return found if lexicon("negator", parsed.language).isdisjoint(free) else {}


@cache
def _phrases(language: str) -> dict[tuple[str, ...], str]:
    """Several words that are one verb: ``found not guilty``, the longest first."""
    table = {tuple(words.split("_")): verb for words, verb in classes("phrase", language).items()}
    several = sorted((words for words in table if len(words) > 1), key=lambda words: -len(words))
    return {words: stems((table[words],), language)[0] for words in several}


@cache
def _opposite_bases(language: str) -> dict[str, frozenset[str]]:
    """Stem of a verb, of its irregular forms too → stems of its opposites."""
    known = stemmed_classes("irregular", language)
    table: dict[str, frozenset[str]] = {}
    for word, others in opposites("opposite", language).items():
        stem, *rest = (known.get(s, s) for s in stems((word, *sorted(others)), language))
        table[stem] = table.get(stem, frozenset()) | frozenset(rest)
    return table | {form: table[base] for form, base in known.items() if base in table}


def _contraries(ours: Parsed, theirs: Parsed) -> _Found:
    """``before`` for ``after`` and the like, between the same two words of content."""
    table = opposites("contrary", ours.language)
    for name in sorted((table.keys() & ours.vocabulary) - theirs.vocabulary):
        found = (table[name] & theirs.vocabulary) - ours.vocabulary
        if len(found) != 1:
            continue
        i, j = ours.names.index(name), theirs.names.index(next(iter(found)))
        x, y = _next_content(ours, i + 1), _next_content(theirs, j + 1)
        before = _subject(ours, i)
        if x is None or y is None or ours.meaning[x] != theirs.meaning[y]:
            continue
        if before and before == _subject(theirs, j):
            yield _Use(i, x), _Use(j, y), f"“{name}” and “{theirs.names[j]}” stand between the same words."
            return
