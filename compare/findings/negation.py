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

import re
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
_CASE = 15  # words before a negator, in which a condition is one of what it denies
_STOPS = frozenset('.;:“”"?!')
_CLAUSE_ENDS = _STOPS | {",", "("}
_ASIDE = 14  # words between two commas after a negator
_LEAST = 5  # words of a sentence
_LEAST_COMMON = 3  # stems of content
_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
_ALIKE = 0.5  # of the shorter sentence's content in common, from which "before" and "after" are compared


class _Use(NamedTuple):
    """A content word and what stands before it: a negator or a modal, from word ``first`` on."""

    first: int
    word: int


def examine(pair: Pair, _sides: Sides) -> Iterator[Difference]:
    """What contradicts each other in two sentences."""
    a, b, common, _ = pair
    if len(common) < _LEAST_COMMON or not (_can_deny(a.parsed) or _can_deny(b.parsed)):
        return
    found = [*_negations(a, b), *_opposite_verbs(a, b), *_contraries(pair)] or [*_denials(a, b)]
    if found and not (a.parsed.has("change") or b.parsed.has("change")):
        yield from found


@lru_cache(maxsize=2048)
def _can_deny(parsed: Parsed) -> bool:
    """Whether any word of a sentence can deny, or is the opposite of another."""
    verbs = _opposite_bases(parsed.language).keys()
    return not (verbs.isdisjoint(parsed.content) and _denying(parsed.language).isdisjoint(parsed.vocabulary))


@cache
def _denying(language: str) -> frozenset[str]:
    rules = (lexicon(rule, language) for rule in ("negator", "turning", "denial"))
    return frozenset(opposites("contrary", language)).union(*rules, *_phrases(language))


def _negations(a: Side, b: Side) -> Iterator[Difference]:
    told = _negated(a.parsed) or _negated(b.parsed)
    if not told or a.parsed.text.endswith("?") or b.parsed.text.endswith("?"):
        return
    for negative, positive in ((a, b), (b, a)):
        ours, theirs = negative.parsed, positive.parsed
        for use in _negated(ours):
            denied, words = {theirs.stems[other.word] for other in _negated(theirs)}, _bases(ours)
            if ours.stems[use.word] in denied or words.count(words[use.word]) > 1:
                continue  # "did not pass it but passed another"
            if ours.has("whole", use.first + 1, use.first + 2) and theirs.has("some"):
                continue  # "not all" stands beside "some"
            at = _counterpart(ours, use, theirs, _SHARED + bool(denied))
            if at is None or _is_conditional(ours, *use) != _is_conditional(theirs, at, at):
                continue
            if not any(theirs.has(rule, at - _TURNED, at + _TURNED) for rule in ("negative", "negator")):
                there = positive, _Use(max(0, at - 1), at)
                yield _told(a, (negative, use), there, "The words around them agree.")
                return


def _told(a: Side, negative: tuple[Side, _Use], positive: tuple[Side, _Use], note: str) -> Difference:
    """The difference, whose first side is ``a``."""
    old, new = (negative, positive) if negative[0] is a else (positive, negative)
    return Difference("negation", True, _mark(*old), _mark(*new), note)


def _denials(a: Side, b: Side) -> Iterator[Difference]:
    """The same words in both, in any order, and one that denies in one: ``nicht``, ``keine`` for ``eine``."""
    ours, theirs, denials = a.parsed.names, b.parsed.names, lexicon("denial", a.parsed.language)
    if abs(len(ours) - len(theirs)) > 1 or denials.isdisjoint(a.parsed.vocabulary ^ b.parsed.vocabulary):
        return
    more = list((Counter(ours) - Counter(theirs)).elements())
    less = list((Counter(theirs) - Counter(ours)).elements())
    for negative, positive, one, other in ((a, b, more, less), (b, a, less, more)):
        names = positive.parsed.names
        turned = len(one) == 1 and one[0] in denials and other in ([], [one[0].removeprefix("k")])
        if turned and len(names) >= _LEAST and not a.parsed.text.endswith("?"):
            at = negative.parsed.names.index(one[0])
            beside = other or [negative.parsed.name(at + 1) or negative.parsed.name(at - 1)]
            i = names.index(beside[0])
            there = positive, _Use(i, i)
            yield _told(a, (negative, _Use(at, at)), there, "The other words are the same.")


def _is_conditional(parsed: Parsed, first: int, last: int) -> bool:
    """Whether two words and those between speak of one case: ``would not open if the storm came``."""
    conditions = lexicon("condition", parsed.language) - {"whether"}
    if conditions.isdisjoint(parsed.vocabulary):
        return False
    start, end = first, last + 1
    while start and first - start < _CASE and _STOPS.isdisjoint(parsed.between(start)):
        start -= 1
    while end < len(parsed.names) and _CLAUSE_ENDS.isdisjoint(parsed.between(end)):
        end += 1
    return any(parsed.names[i] in conditions and parsed.name(i - 1) != "even" for i in range(start, end))


def _counterpart(negative: Parsed, use: _Use, positive: Parsed, least: int) -> int | None:
    """Where the other sentence has the negated word in surroundings that agree in ``least`` words or more."""
    near = negative.near(use.first, use.word + 1, _REACH) - {negative.meaning[use.word]}
    base = _bases(negative)[use.word]
    for index in [i for i, other in enumerate(_bases(positive)) if other == base]:
        shared = near & positive.near(index, index + 1, _REACH)
        if len(shared) >= least and 2 * len(shared) >= min(len(near), 5):
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
    after = index + 1 + (parsed.name(index + 1) in {"the", "a"})  # "not the least"
    if parsed.has("idiom", after, after + 1):
        return False
    return not (parsed.has("condition", index - _SCOPE, index) or parsed.has("limit", index + 1))


def _denied(parsed: Parsed, index: int) -> int | None:
    """The word that a negator before an index denies, past what stands between commas or was left out."""
    gap = parsed.between(index)
    if _ELLIPSIS.search(gap):
        return _next_content(parsed, index, skip_first=True)
    if gap.strip() != ",":
        return _next_content(parsed, index)
    # "will not, under any circumstances, resign"
    after = range(index + 1, min(index + _ASIDE, len(parsed.names)))
    end = next((end for end in after if "," in parsed.between(end)), None)
    return None if end is None else _next_content(parsed, end, skip_first=True)


def _goes_on(parsed: Parsed, word: int) -> bool:
    """Whether ``but`` follows with no comma: ``did not send one letter but two``."""
    after = range(word + 1, min(word + _SCOPE + 1, len(parsed.names)))
    free = takewhile(lambda index: parsed.between(index).isspace(), after)
    return any(parsed.names[index] in lexicon("but", parsed.language) for index in free)


def _mark(side: Side, use: _Use) -> Mark:
    """The words of a use."""
    return side.mark(use.first, use.word + 1, " ".join(side.parsed.names[use.first : use.word + 1]))


def _next_content(parsed: Parsed, start: int, *, skip_first: bool = False) -> int | None:
    """The next word of content, unless a comma or a full stop stands before it, after the first word."""
    for index in range(start, min(start + _SCOPE, len(parsed.names))):
        if not (skip_first and index == start) and any(c in ",;.:" for c in parsed.between(index)):
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


def _opposite_verbs(a: Side, b: Side) -> Iterator[Difference]:
    """One text has a verb of which the other has the opposite in any form, with the same word before it."""
    ours, theirs = a.parsed, b.parsed
    first, second = _verbs(ours), _verbs(theirs)
    if not first or not second:
        return
    table = _opposite_bases(ours.language)
    for base, (start, i) in first.items():
        found = table[base].intersection(second)
        if len(found) != 1 or base in second or not found.isdisjoint(first):
            continue
        begin, j = second[next(iter(found))]
        shared = ours.near(i, i + 1, _REACH) & theirs.near(j, j + 1, _REACH)
        before = _subject(ours, start)
        if len(shared) >= _SHARED and before and before == _subject(theirs, begin):
            x, y = _mark(a, _Use(max(0, i - 1), i)), _mark(b, _Use(max(0, j - 1), j))
            yield Difference("negation", True, x, y, "The one is the opposite of the other.")
            return


@lru_cache(maxsize=2048)
def _verbs(parsed: Parsed) -> dict[str, _Use]:
    """Verbs that have an opposite, several words as one; none where something else is denied."""
    table, free = _opposite_bases(parsed.language), list(parsed.names)
    found: dict[str, _Use] = {}
    phrases = [told for told in _phrases(parsed.language).items() if parsed.vocabulary.issuperset(told[0])]
    if not phrases and table.keys().isdisjoint(parsed.content):
        return {}
    for phrase, verb in phrases:
        size = len(phrase)
        for at in range(len(free) - size + 1):
            if tuple(free[at : at + size]) == phrase:
                free[at : at + size] = [""] * size
                found[verb] = _Use(at, at + size - 1)
    for at, base in enumerate(_bases(parsed)):
        if base in table and free[at]:
            found.setdefault(base, _Use(at, at))
    return found if lexicon("negator", parsed.language).isdisjoint(free) else {}


@lru_cache(maxsize=16)
def _phrases(language: str) -> dict[tuple[str, ...], str]:
    """Several words that are one verb: ``found not guilty``, the longest first."""
    phrases = classes("phrase", language).items()
    table = {tuple(words.split("_")): verb for words, verb in phrases if "_" in words}
    return {
        words: stems((table[words],), language)[0] for words in sorted(table, key=lambda words: -len(words))
    }


@lru_cache(maxsize=16)
def _opposite_bases(language: str) -> dict[str, frozenset[str]]:
    """Stem of a verb, of its irregular forms too → stems of its opposites."""
    known = stemmed_classes("irregular", language)
    table: dict[str, frozenset[str]] = {}
    for word, others in opposites("opposite", language).items():
        stem, *rest = (known.get(s, s) for s in stems((word, *sorted(others)), language))
        table[stem] = table.get(stem, frozenset()) | frozenset(rest)
    return table | {form: table[base] for form, base in known.items() if base in table}


def _contraries(pair: Pair) -> Iterator[Difference]:
    """``before`` for ``after`` and the like, between the same two words of content."""
    ours, theirs = pair.a.parsed, pair.b.parsed
    table = opposites("contrary", ours.language)
    smaller = min(len(ours.content), len(theirs.content))
    if len(pair.common) < _ALIKE * smaller:
        return
    for name in sorted((table.keys() & ours.vocabulary) - theirs.vocabulary):
        found = (table[name] & theirs.vocabulary) - ours.vocabulary
        if len(found) != 1:
            continue
        i = ours.names.index(name)
        j = theirs.names.index(next(iter(found)))
        x, y = _next_content(ours, i + 1), _next_content(theirs, j + 1)
        if x is None or y is None or ours.meaning[x] != theirs.meaning[y]:
            continue
        if _subject(ours, i) and _subject(ours, i) == _subject(theirs, j):
            marks = _mark(pair.a, _Use(i, x)), _mark(pair.b, _Use(j, y))
            note = f"“{name}” and “{theirs.names[j]}” stand between the same words."
            yield Difference("negation", True, *marks, note)
            return
