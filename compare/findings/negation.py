"""What one article says and another denies.

A negator (``not``, ``never``, ``no``…) is laid onto the first content word after it. When the other sentence
has that word too, in surroundings that agree, and neither a negator nor a word that turns its sense round
(``refused``, ``unlikely``), the two contradict each other; so do opposite verbs (``accepted``, ``rejected``)
after the same word, and ``before`` for ``after`` between the same two. Of what was so at first and then
otherwise, or on two days, both can be right.
Questions and ``not until`` deny nothing, and what one text says of one case (``if the storm comes``) is no
denial of what the other says of all. Negation: English, Spanish, Turkish and Arabic; opposites: English. In
fourteen languages two sentences of the same words contradict each other when one has a denial more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from compare.findings.date import of_other_days
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
_ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
_ASKING = frozenset(["whether"])


def examine(pair: Pair, _sides: Sides) -> Iterator[Difference]:
    """What contradicts each other in two sentences."""
    a, b, common, _ = pair
    if len(common) < 3:
        return
    found = [*_negations(a, b), *opposite_verbs(a, b), *contraries(pair)] or [*_denials(a, b)]
    if found and not (a.parsed.has("change") or b.parsed.has("change") or of_other_days(a, b)):
        yield from found


def _negations(a: Side, b: Side) -> Iterator[Difference]:
    if not (_negated(a.parsed) or _negated(b.parsed)):
        return
    if a.parsed.text.endswith("?") or b.parsed.text.endswith("?"):
        return
    for negative, positive in ((a, b), (b, a)):
        denied = {positive.parsed.stems[use.word] for use in _negated(positive.parsed)}
        for use in _negated(negative.parsed):
            told = bases(negative.parsed)
            if negative.parsed.stems[use.word] in denied or told.count(told[use.word]) > 1:
                continue  # "did not pass it but passed another"
            if negative.parsed.has("whole", use.first + 1, use.first + 2) and positive.parsed.has("some"):
                continue  # "not all" stands beside "some"
            at = _counterpart(negative.parsed, use, positive.parsed, _SHARED + bool(denied))
            if at is None or _is_conditional(negative.parsed, *use) != _is_conditional(
                positive.parsed, at, at
            ):
                continue
            if any(positive.parsed.has(rule, at - _TURNED, at + _TURNED) for rule in ("negative", "negator")):
                continue
            marks = (mark(negative, use), mark(positive, Use(max(0, at - 1), at)))
            old, new = marks if negative is a else marks[::-1]
            yield Difference("negation", True, old, new, "The words around them agree.")
            return


def _denials(a: Side, b: Side) -> Iterator[Difference]:
    """The same words in both, in any order, and one that denies in one: ``nicht``, ``keine`` for ``eine``."""
    denials = lexicon("denial", a.parsed.language)
    if abs(len(a.parsed.names) - len(b.parsed.names)) > 1 or denials.isdisjoint(
        a.parsed.vocabulary | b.parsed.vocabulary
    ):
        return
    ours, theirs = Counter(a.parsed.names), Counter(b.parsed.names)
    more, less = list((ours - theirs).elements()), list((theirs - ours).elements())
    for negative, positive, one, other in ((a, b, more, less), (b, a, less, more)):
        turned = len(one) == 1 and one[0] in denials and other in ([], [one[0].removeprefix("k")])
        if not turned or len(positive.parsed.names) < _LEAST or a.parsed.text.endswith("?"):
            continue
        at = negative.parsed.names.index(one[0])
        beside = other or negative.parsed.names[at + 1 : at + 2] or negative.parsed.names[at - 1 : at]
        there = positive.parsed.names.index(beside[0])
        marks = (mark(negative, Use(at, at)), mark(positive, Use(there, there)))
        old, new = marks if negative is a else marks[::-1]
        yield Difference("negation", True, old, new, "The other words are the same.")


def _is_conditional(parsed: Parsed, first: int, last: int) -> bool:
    """Whether two words and those between speak of one case: ``would not open if the storm came``."""
    conditions = lexicon("condition", parsed.language) - _ASKING
    if conditions.isdisjoint(parsed.vocabulary):
        return False
    start, end = first, last + 1
    while start and first - start < _CASE and _STOPS.isdisjoint(parsed.between(start)):
        start -= 1
    while end < len(parsed.names) and _CLAUSE_ENDS.isdisjoint(parsed.between(end)):
        end += 1
    return any(parsed.names[i] in conditions and parsed.name(i - 1) != "even" for i in range(start, end))


def _counterpart(negative: Parsed, use: Use, positive: Parsed, least: int = _SHARED) -> int | None:
    """Where the other sentence has the negated word in surroundings that agree in ``least`` words or more."""
    near = negative.near(use.first, use.word + 1, _REACH) - {negative.meaning[use.word]}
    base = bases(negative)[use.word]
    for index, other in enumerate(bases(positive)):
        if other == base:
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
        if name in negators and _denies(parsed, index):
            word = _denied(parsed, index + 1)
        elif name in turning and parsed.name(index + 1) == "to":
            # "did not fail to approve" denies nothing
            twice = parsed.has("negator", index - _SCOPE, index)
            word = None if twice else next_content(parsed, index + 2)
        else:
            continue
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
    for end in range(index + 1, min(index + _ASIDE, len(parsed.names))):
        if "," in parsed.between(end):  # "will not, under any circumstances, resign"
            return next_content(parsed, end, skip_first=True)
    return None


def _goes_on(parsed: Parsed, word: int) -> bool:
    """Whether ``but`` follows with no comma: ``did not send one letter but two``."""
    for index in range(word + 1, min(word + _SCOPE + 1, len(parsed.names))):
        if not parsed.between(index).isspace():
            return False
        if parsed.names[index] in lexicon("but", parsed.language):
            return True
    return False
