"""What one article says and another denies.

A negator (``not``, ``never``, ``no``…) is laid onto the first content word after it. When the other sentence
has that word too, in surroundings that agree, and neither a negator nor a word that turns its sense round
(``refused``, ``unlikely``), the two contradict each other; so do ``opposite`` verbs after the same word, and
``before`` for ``after`` between the same two. Of what was so at first and then otherwise both can be right.
Questions and ``not until`` deny nothing, and what one text says of one case (``if the storm comes``) is no
denial of what the other says of all. Negation: English, Spanish, Turkish and Arabic; opposites: English. In
fourteen languages two sentences of the same words contradict each other when one has a denial more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile

from compare.findings.opposite import Use, bases, contraries, mark, next_content, opposite_verbs
from compare.findings.parsed import MOST, Parsed
from compare.findings.sides import Difference, Pair, Side, Sides
from compare.text.lexicon import lexicon

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


def examine(pair: Pair, _sides: Sides) -> Iterator[Difference]:
    """What contradicts each other in two sentences."""
    a, b, common, _ = pair
    if len(common) < _LEAST_COMMON or a.parsed.has("change") or b.parsed.has("change"):
        return
    yield from [*_negations(a, b), *opposite_verbs(a, b), *contraries(pair)] or _denials(a, b)


def _negations(a: Side, b: Side) -> Iterator[Difference]:
    if a.parsed.text.endswith("?") or b.parsed.text.endswith("?"):
        return
    for negative, positive in ((a, b), (b, a)):
        ours, theirs = negative.parsed, positive.parsed
        for use in _negated(ours):
            denied, told = {theirs.stems[other.word] for other in _negated(theirs)}, bases(ours)
            if ours.stems[use.word] in denied or told.count(told[use.word]) > 1:
                continue  # "did not pass it but passed another"
            if ours.has("whole", use.first + 1, use.first + 2) and theirs.has("some"):
                continue  # "not all" stands beside "some"
            at = _counterpart(ours, use, theirs, _SHARED + bool(denied))
            if at is None or _is_conditional(ours, *use) != _is_conditional(theirs, at, at):
                continue
            if not any(theirs.has(rule, at - _TURNED, at + _TURNED) for rule in ("negative", "negator")):
                there = positive, Use(max(0, at - 1), at)
                yield _told(a, (negative, use), there, "The words around them agree.")
                return


def _told(a: Side, negative: tuple[Side, Use], positive: tuple[Side, Use], note: str) -> Difference:
    """The difference, whose first side is ``a``."""
    old, new = (negative, positive) if negative[0] is a else (positive, negative)
    return Difference("negation", True, mark(*old), mark(*new), note)


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
            there = positive, Use(i, i)
            yield _told(a, (negative, Use(at, at)), there, "The other words are the same.")


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


def _counterpart(negative: Parsed, use: Use, positive: Parsed, least: int) -> int | None:
    """Where the other sentence has the negated word in surroundings that agree in ``least`` words or more."""
    near = negative.near(use.first, use.word + 1, _REACH) - {negative.meaning[use.word]}
    base = bases(negative)[use.word]
    for index in [i for i, other in enumerate(bases(positive)) if other == base]:
        shared = near & positive.near(index, index + 1, _REACH)
        if len(shared) >= least and 2 * len(shared) >= min(len(near), 5):
            return index
    return None


@lru_cache(maxsize=2048)
def _negated(parsed: Parsed) -> tuple[Use, ...]:
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
            word = None if twice else next_content(parsed, index + 2)
        if word is not None and not _goes_on(parsed, word):
            found.append(Use(index, word))
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
        return next_content(parsed, index, skip_first=True)
    if gap.strip() != ",":
        return next_content(parsed, index)
    # "will not, under any circumstances, resign"
    after = range(index + 1, min(index + _ASIDE, len(parsed.names)))
    end = next((end for end in after if "," in parsed.between(end)), None)
    return None if end is None else next_content(parsed, end, skip_first=True)


def _goes_on(parsed: Parsed, word: int) -> bool:
    """Whether ``but`` follows with no comma: ``did not send one letter but two``."""
    after = range(word + 1, min(word + _SCOPE + 1, len(parsed.names)))
    free = takewhile(lambda index: parsed.between(index).isspace(), after)
    return any(parsed.names[index] in lexicon("but", parsed.language) for index in free)
