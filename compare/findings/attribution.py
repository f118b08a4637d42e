"""Who is said to say it, and how sure the text makes itself of it.

The ladder: stated as *fact* → *said* → *claimed* or alleged → *admitted* or *denied*. Two sentences are
laid side by side when they share most of their content words. Second-hand reports (``Reuters has reported``)
and unnamed sources are told of one text as well as of several. Language: English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from compare.findings.difference import Difference, Mark, gather
from compare.findings.lexicon import lexicon
from compare.findings.parsed import Parsed
from compare.findings.sides import Pair, Side, Sides, place
from compare.model import Finding, Variant
from compare.text import primary

_RUNGS = ("denied", "admitted", "claimed", "said")
_FACT = "stated as fact"
_ALIKE, _VERY_ALIKE = 0.5, 0.7  # of the shorter sentence's content; the latter for fact beside said
_CLUES = (
    "report", "cited", "cites", "citing", "accord", "quot", "sourc", "nonym", "named", "undisclosed",
    "unidentified", "familiar with",
)  # fmt: skip
_CITING = frozenset(("citing", "cites", "cited", "quoting", "quotes", "quoted"))
_HINTS = (  # one of these is in whatever _ANONYMOUS finds
    "unnamed", "anonym", "undisclosed", "unidentified", "asked", "declined", "refused", "did not want",
    "authori", "familiar", "close", "knowledge", "briefed", "sources",
)  # fmt: skip
_COMMON = frozenset(["news", "agency", "newspaper", "magazine", "broadcaster", "radio", "press", "mail"])
_COUNT = r"(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}|several|multiple|some|many)\s+)?"
_WHO = r"(?:sources?|officials?|aides?|persons?|people|diplomats?|insiders?|advis[eo]rs?)"
_ANONYMOUS = re.compile(
    rf"\b{_COUNT}(?:unnamed|anonymous|undisclosed|unidentified)\s(?:[A-Za-z.]+\s){{0,2}}{_WHO}\b"
    rf"|\b{_COUNT}{_WHO}\s(?:who|that)\s(?:asked|declined|refused|did not want|were not authori[sz]ed)\b"
    rf"|\b{_COUNT}{_WHO}\s(?:familiar\swith|close\sto|with\sknowledge\sof|briefed\son)\b"
    r"|\bcondition\sof\sanonymity\b|\basked\snot\sto\sbe\s(?:named|identified)\b"
    rf"|\b{_COUNT}sources\b(?=\s(?:said|say|told|added|close|in|at)\b)",
    re.IGNORECASE,
)


def examine(sides: Sides) -> tuple[Finding, ...]:
    """The attributions of a claim: rungs that differ, second-hand reports, unnamed sources."""
    pairs = [pair for pair in sides.pairs if _rungs(pair.a.parsed) or _rungs(pair.b.parsed)]
    found = gather("attribution", (d for pair in pairs for d in _differences(pair)))
    everything = [
        side
        for group in sides.groups
        for side in group
        if names_source(side.sentence.text) and _is_english(side)
    ]
    if not everything:
        return found
    return found + _stated("second-hand", everything) + _stated("anonymous", everything)


@lru_cache(maxsize=2048)
def names_source(text: str) -> bool:
    """Whether a sentence has any word that a second-hand report or an unnamed source is told with."""
    return any(map(text.lower().__contains__, _CLUES))


def _is_english(side: Side) -> bool:
    return side.article.language == "en" or primary(side.article.language) == "en"


def _differences(pair: Pair) -> Iterator[Difference]:
    a, b, common = pair
    smaller = min(len(a.parsed.content), len(b.parsed.content))
    if len(common) < 3 or len(common) < _ALIKE * smaller or not _is_english(a):
        return
    (rung, x), (other, y) = _rung(a), _rung(b)
    if rung == other or (_FACT in {rung, other} and (a.said or b.said)):
        return
    if {rung, other} == {"said", _FACT} and len(common) < _VERY_ALIKE * smaller:
        return
    disputed = {rung, other} == {"admitted", "denied"}
    note = f"One text has it as {rung}, the other as {other}."
    yield Difference("ladder", disputed, _mark(a, rung, x), _mark(b, other, y), note)


def _mark(side: Side, rung: str, word: int) -> Mark:
    if word < 0:
        return Mark(place(side, 0, len(side.sentence.text)), _FACT)
    spot = place(side, side.parsed.words[word].start, side.parsed.words[word].end)
    return Mark(
        spot,
        "said" if rung == "said" else spot.text,
        f"{rung} {side.parsed.stems[word]}" if rung != "said" else "said",
    )


@lru_cache(maxsize=1)
def _ladder() -> dict[str, str]:
    """Word → rung; a word on two rungs stands on the stronger one."""
    return {word: rung for rung in reversed(_RUNGS) for word in lexicon(rung, "en")}


@lru_cache(maxsize=2048)
def _rungs(parsed: Parsed) -> tuple[tuple[str, int], ...]:
    """Every rung that a sentence speaks of with the index of its word, in order of words."""
    table = _ladder()
    if table.keys().isdisjoint(parsed.vocabulary):
        return ()
    nouns = lexicon("determiner", "en")
    found = []
    for index, name in enumerate(parsed.names):
        if name not in table:
            continue
        before = parsed.names[index - 1] if index else ""
        if before in nouns or before.endswith("'s") or parsed.between(index).startswith(("’", "'")):
            continue  # "the sources' claims": a noun
        found.append((table[name], index))
    return tuple(found)


def _rung(side: Side) -> tuple[str, int]:
    """The rung of a sentence and the index of its word; the first outside quotation marks, else as fact."""
    told = side.said
    for rung, index in _rungs(side.parsed):
        at = side.sentence.start + side.parsed.words[index].start
        if not any(piece.start <= at < piece.end for utterance in told for piece in utterance.pieces):
            return rung, index
    return _FACT, -1


def _stated(relation: str, everything: list[Side]) -> tuple[Finding, ...]:
    """One finding over all places where texts say from whom they have it."""
    finder = _media if relation == "second-hand" else _unnamed
    variants: dict[str, list[Mark]] = {}
    for side in everything:
        mark = finder(side)
        if mark:
            variants.setdefault(mark.key, []).append(mark)
    if not variants:
        return ()
    told = tuple(Variant(marks[0].value, tuple(mark.place for mark in marks)) for marks in variants.values())
    return (Finding("attribution", relation, f"attribution.{relation}", False, told),)


def _unnamed(side: Side) -> Mark | None:
    lower = side.sentence.text.lower()
    match = any(map(lower.__contains__, _HINTS)) and _ANONYMOUS.search(side.sentence.text)
    if not match:
        return None
    return Mark(place(side, match.start(), match.end()), match[0], " ".join(match[0].lower().split()))


def _media(side: Side) -> Mark | None:
    """The outlet or agency that a sentence has its news from, not its own."""
    parsed = side.parsed
    media, verbs = lexicon("media", "en"), lexicon("report", "en")
    if media.isdisjoint(parsed.vocabulary):
        return None
    own = side.article.outlet.name.lower()
    for index, name in enumerate(parsed.names):
        if name not in media or not parsed.capital[index] or not _is_source(parsed, index, verbs):
            continue
        first, last = index, index + 1
        while first > 0 and parsed.capital[first - 1] and parsed.between(first) == " ":
            first -= 1
        while last < len(parsed.names) and parsed.capital[last] and parsed.between(last) == " ":
            last += 1
        if name in _COMMON and {*parsed.names[first:last]} <= {name, "the"}:
            continue
        spot = place(side, parsed.words[first].start, parsed.words[last - 1].end)
        shown = re.sub(r"^(?:The|According|In|But|And|As|Citing|Quoting)\s(?:to\s)?(?=\S)", "", spot.text)
        if shown.lower() not in own and own not in shown.lower():
            return Mark(spot, shown, shown.lower())
    return None


def _is_source(parsed: Parsed, index: int, verbs: frozenset[str]) -> bool:
    """Whether a name is told as the source: ``according to`` before it, or ``reported`` behind it."""
    before = parsed.names[max(0, index - 4) : index]
    if "according" in before or not _CITING.isdisjoint(before[-1:]):
        return True
    behind = parsed.names[index + 1 : index + 6]
    if not verbs.isdisjoint(behind):
        stop = min(i for i, name in enumerate(behind) if name in verbs)
        return all("." not in parsed.between(index + 1 + i) for i in range(stop + 1))
    return bool(before) and before[-1] in {"by", "to"} and not {"reported", "first"}.isdisjoint(before)
