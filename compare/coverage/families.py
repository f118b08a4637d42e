"""Articles that copy one text, and which of them is the likely original."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import regex

from compare.align.similarity.incidence import Floats
from compare.coverage.reuse import LEAST, Text, covered, kept, matches, read, runs
from compare.model import Article, Copy, Family, Sentence, on_one_clock
from compare.text import normalise
from compare.text.agencies import known_agency

# Words of a run, and share of the shorter text in such runs, from which it may be a copy: two who tell an
# agency's facts in their own words, and in its order, have a quarter.
_GLANCE_RUN, _GLANCE = 3, 0.3
_RUN = 4  # words of a run that counts as shared
_COPIED = 0.56  # of the shorter article's words, in copied sentences, from which it is a copy
_FEWEST = 3  # sentences that a copy shares: two long ones may be a paraphrase
_PASSAGE, _PASSAGE_WORDS = 3, 50  # copied sentences in a row, and their words, from which a passage is copied
_DATELINE = regex.compile(
    r"(?P<place>\p{Lu}[\p{Lu}'’.\- ]+(?:,[^()]{1,40})?|\p{Lu}[\p{L}'’.-]+(?:\s\p{Lu}[\p{L}'’.-]+)?)\s?"
    r"\((?P<agency>\p{Lu}[\p{L} ]{1,30})\)\s?[—–-]"
)
_CLOSING = regex.compile(r"\((?P<agency>\p{Lu}[\p{L} ]{1,30})\)|[—–-]\s?(?P<agency>\p{Lu}[\p{L} ]{1,30})")
_FIRST_BLOCKS = 3  # behind a headline or a lead, one of which has the dateline


def families(articles: Sequence[Article], sentences: Sequence[Sequence[Sentence]]) -> tuple[Family, ...]:
    """Find the articles that copy one text.

    Two articles belong together when three tenths of the shorter one's words stand in runs that the other has
    too, and more than half of them in sentences that it has with at least half of their words, or when three
    such sentences follow each other in both.

    Args:
        articles: The story's articles.
        sentences: Of each article, in text order.

    Returns:
        Families ordered by their first member; an article is in at most one of them.
    """
    texts = read(articles, sentences)
    glances = [runs(text, _GLANCE_RUN) for text in texts]
    known = list(map(frozenset, glances))
    parent = list(range(len(articles)))
    for i, j in combinations(range(len(articles)), 2):
        if _root(parent, i) == _root(parent, j):
            continue
        short, long = (i, j) if len(texts[i].words) <= len(texts[j].words) else (j, i)
        if covered(glances[short], known[long], _GLANCE_RUN) < _GLANCE:
            continue
        same_length = len(texts[i].words) == len(texts[j].words)
        shares = kept(texts[short], texts[long])
        if _is_copy(texts[short], shares) or (same_length and _is_copy(texts[long], shares.T)):
            parent[_root(parent, j)] = _root(parent, i)
    groups: dict[int, list[int]] = {}
    for i in range(len(articles)):
        groups.setdefault(_root(parent, i), []).append(i)
    found = [_family(articles, texts, group) for group in groups.values() if len(group) > 1]
    return tuple(sorted(found, key=lambda family: family.members))


def _shares(texts: Sequence[Text], group: Sequence[int]) -> list[float]:
    grams = [runs(texts[i], _RUN) for i in group]
    seen: set[str] = set()
    common: set[str] = set()
    for own in map(set, grams):
        common |= seen & own
        seen |= own
    return [covered(own, common, _RUN) for own in grams]


def _root(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _is_copy(short: Text, shares: Floats) -> bool:
    if len(short.words) < 4 * LEAST:
        return False
    found = matches(shares)
    shared = sum(len(line) for line, match in zip(short.lines, found, strict=True) if match is not None)
    if shared >= _COPIED * len(short.words) and sum(match is not None for match in found) >= _FEWEST:
        return True
    row = size = 0
    last: int | None = None
    for line, match in zip(short.lines, found, strict=True):
        follows = match is not None and last is not None and match in {last, last + 1}
        row, size = (row + 1, size + len(line)) if follows else (int(match is not None), len(line))
        last = match
        if row >= _PASSAGE and size >= _PASSAGE_WORDS:
            return True
    return False


def _family(articles: Sequence[Article], texts: Sequence[Text], group: list[int]) -> Family:
    group = sorted(group, key=lambda i: articles[i].id)
    members = tuple(articles[i].id for i in group)
    credited = {i: articles[i].agency or _credit(articles[i]) for i in group}
    agency = _agency(credited.values())
    original, basis = _original(articles, texts, credited, agency)
    shares = _shares(texts, group)
    return Family(
        id=hashlib.sha256("\n".join(members).encode()).hexdigest()[:8],
        members=members,
        original=articles[original].id,
        basis=basis,
        agency=agency,
        shared=shares[group.index(original)],
        copies=tuple(
            Copy(articles[i].id, share) for i, share in zip(group, shares, strict=True) if i != original
        ),
    )


def _agency(credited: Iterable[str | None]) -> str | None:
    """The agency that most members credit, in a field or in a credit line."""
    named = Counter(filter(None, credited))
    return min(named, key=lambda name: (-named[name], name)) if named else None


def _credit(article: Article) -> str | None:
    """An agency as author, ``CITY (Reuters) –`` at the start of a paragraph, or ``(Reuters)`` as a last line.

    A bracket elsewhere may hold anything: initials, a party, a country.
    """
    if article.author and (agency := known_agency(article.author)):
        return agency
    paragraphs = [block for block in article.blocks if block.kind == "paragraph"]
    for block in paragraphs[:_FIRST_BLOCKS]:
        head = _DATELINE.match(article.text, block.start, block.end)
        if head and head["agency"] != "".join(word[0] for word in head["place"].split()):
            return head["agency"]
    tail = _CLOSING.fullmatch(article.text.rstrip().rpartition("\n")[2].strip())
    return tail["agency"] if tail else None


def _original(
    articles: Sequence[Article], texts: Sequence[Text], credited: Mapping[int, str | None], agency: str | None
) -> tuple[int, str]:
    """The likely original and why: the agency's own, the credited one, the earliest, the fullest.

    Args:
        articles: The story's articles.
        texts: Their own words.
        credited: Each member of the family with the agency that it credits.
        agency: The one that most of them credit.
    """
    group = list(credited)
    for i in group:
        names = {normalise(articles[i].outlet.name), normalise(articles[i].outlet.id)}
        if agency and normalise(agency) in names:
            return i, "agency"
        if names & {normalise(a) for j, a in credited.items() if a and j != i}:
            return i, "credit"
    fullest = min(group, key=lambda i: (-len(texts[i].words), articles[i].id))
    if agency:  # which prints nothing here, and is the original of all that do
        return fullest, "fullest"
    known = [i for i in group if articles[i].published is not None]
    moments = on_one_clock([time for i in known if (time := articles[i].published) is not None])
    dated = dict(zip(known, moments, strict=True))
    if len(dated) == len(group) and len(set(dated.values())) > 1:
        return min(group, key=lambda i: (dated[i], -len(texts[i].words), articles[i].id)), "earliest"
    return fullest, "fullest"
