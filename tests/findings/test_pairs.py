"""Two sentences of two outlets, published on one day: disputed, and of which kind, or not at all."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from compare import findings
from compare.model import Article, Block, Claim, Link, Outlet, Reading
from compare.text.segment import split

CASES = sorted((Path(__file__).parents[1] / "cases" / "pairs").glob("*.txt"))
PUBLISHED = datetime(2024, 5, 14, 12, tzinfo=UTC)


def article(name, text, language):
    block = Block("paragraph", 0, len(text))
    return Article(name, Outlet(name, name, name), text, (block,), language=language, published=PUBLISHED)


def test_the_cases_are_there():
    """The folder is not silently empty."""
    assert len(CASES) > 20


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_a_pair_of_sentences(case):
    """Both are linked as one claim; what they dispute has the kind that the case names."""
    first, second, *texts = case.read_text("utf-8").strip().splitlines()
    language, wanted = (line.partition(": ")[2] for line in (first, second))
    articles = {name: article(name, text, language) for name, text in zip("ab", texts, strict=True)}
    one, two = (Reading(a.id, split(a), "base" if a.id == "a" else "reworded") for a in articles.values())
    link = Link(one.sentences[0].id, two.sentences[0].id, 0.99)
    claim = Claim("c", "a", (one, two), one.sentences[0].id, links=(link,))
    examined = findings.examine((claim,), articles)
    kinds = {found.kind for each in examined for found in each.findings if found.disputed}
    assert kinds <= set(wanted.split(" or "))
    assert bool(kinds) == (wanted != "none")
