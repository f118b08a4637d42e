"""Groups become claims: base sentence, gaps with their nearest candidate, permalinks."""

from datetime import UTC, datetime
from itertools import combinations

from msgspec.structs import replace

from compare.align.claims import claim_id, claims
from compare.align.claims.states import PART
from compare.model import Alignment, Article, Block, Link, Outlet, Sentence

OUTLET = Outlet("o", "O", "O")


def _article(name, hour=None, text="x" * 100):
    published = None if hour is None else datetime(2024, 1, 1, hour, tzinfo=UTC)
    return Article(name, OUTLET, text, (Block("paragraph", 0, len(text)),), published=published)


def _sentence(article, index, kind="body"):
    return Sentence(f"{article}/{index:08x}", article, index, index * 10, index * 10 + 5, "xxxxx", kind)


def _alignment(groups, links=()):
    return Alignment(tuple(links), tuple(tuple(group) for group in groups), 0.5, "test")


def _all_linked(group, probability=0.99):
    return [Link(*sorted((x.id, y.id)), probability) for x, y in combinations(group, 2)]


def test_the_earliest_dated_article_is_the_base():
    """An article without a date comes after all that have one, whatever its id."""
    articles = [_article("a"), _article("b", 9), _article("c", 7)]
    group = [_sentence(name, 0) for name in "abc"]
    (claim,) = claims(_alignment([group], _all_linked(group)), articles)
    assert claim.base == "c"
    assert claim.base_sentence == group[2]
    assert [reading.state for reading in claim.readings] == ["same", "same", "base"]


def test_the_base_is_what_most_others_surely_tell():
    """The earliest is held against the others only where the others agree with it."""
    articles = [_article("a", 6), _article("b", 9), _article("c", 12)]
    texts = {"a": "Rain fell on Harrow", "b": "Rain fell on Harrow today", "c": "Today rain fell on Harrow"}
    a, b, c = group = [replace(_sentence(name, 0), text=text) for name, text in texts.items()]
    links = [Link(a.id, b.id, 0.95), Link(b.id, c.id, 0.95), Link(a.id, c.id, 0.6)]
    (claim,) = claims(_alignment([group], links), articles)
    assert (claim.base, claim.core) == ("b", b.id)
    assert claim.tellers == ("a", "b", "c")


def test_of_equal_words_the_earliest_is_the_base():
    """Whatever links say: what is linked with one of them is linked with all."""
    articles = [_article("a", 6), _article("b", 9), _article("c", 12)]
    a, b, c = group = [_sentence(name, 0) for name in "abc"]
    links = [Link(a.id, b.id, 0.99), Link(b.id, c.id, 0.95), Link(a.id, c.id, 0.6)]
    (claim,) = claims(_alignment([group], links), articles)
    assert (claim.base, claim.core) == ("a", a.id)
    assert claim.tellers == ("a", "b", "c")


def test_an_article_that_only_heads_the_claim_is_no_base():
    """A headline is no text to compare bodies with when another outlet has a body sentence."""
    articles = [_article("a", 6), _article("b", 9)]
    group = [_sentence("a", 0, "headline"), _sentence("b", 0)]
    (claim,) = claims(_alignment([group]), articles)
    assert claim.base == "b"
    assert not claim.heading


def test_a_gap_names_its_nearest_candidate():
    """The strongest link from any sentence of the claim into the silent article."""
    articles = [_article("a", 6), _article("b", 9)]
    a0, b0, b1 = _sentence("a", 0), _sentence("b", 0), _sentence("b", 1)
    links = [Link(a0.id, b1.id, 0.31), Link(a0.id, b0.id, 0.12)]
    made = claims(_alignment([[a0], [b0], [b1]], links), articles)
    gap = made[0].readings[1]
    assert gap.state == "possible"
    assert (gap.nearest.sentence, gap.nearest.probability) == (b1.id, 0.31)


def test_links_inside_are_kept_and_the_editor_is_named():
    """A claim carries its own links, strongest first, and says when an editor shaped it."""
    articles = [_article("a", 6), _article("b", 9)]
    a0, a1, b0 = _sentence("a", 0), _sentence("a", 1), _sentence("b", 0)
    links = [Link(a0.id, b0.id, 0.6), Link(a1.id, b0.id, 1.0, decided_by="editor")]
    (claim,) = claims(_alignment([[a0, a1, b0]], links), articles)
    assert [link.probability for link in claim.links] == [1.0, 0.6]
    assert claim.corrected
    assert claim.readings[0].depth == 0.0


def test_a_claim_of_headings_only_is_marked():
    """Two headlines that agree with each other state no counted claim."""
    articles = [_article("a", 6), _article("b", 9)]
    group = [_sentence("a", 0, "headline"), _sentence("b", 0, "headline")]
    (claim,) = claims(_alignment([group]), articles)
    assert claim.heading


def test_the_permalink_depends_on_the_base_sentence_alone():
    """Reordering a text keeps every permalink."""
    assert claim_id(_sentence("a", 3)) == claim_id(Sentence("a/00000003", "a", 9, 0, 5, "xxxxx"))


def test_a_sentence_that_stands_elsewhere_can_tell_a_part():
    """A link at the threshold leads out of the claim: the article is not said to omit it."""
    articles = [_article("a", 6), _article("b", 9)]
    a0, b0, b1 = _sentence("a", 0), _sentence("b", 0), _sentence("b", 1)
    links = [Link(a0.id, b0.id, 0.9), Link(a0.id, b1.id, PART)]
    first, second = claims(_alignment([[a0, b0], [b1]], links), articles)
    assert first.readings[1].sentences == (b0,)
    assert first.readings[1].also == (b1,)
    told = second.readings[0]
    assert (told.state, told.sentences, told.also) == ("part", (), (a0,))
    assert second.tellers == ("b",)
    assert [reading.article for reading in second.carried] == ["a", "b"]
    assert [link.probability for link in second.links] == [PART]


def test_a_part_that_is_not_sure_is_only_possible():
    """Half of the weakest accepted links are wrong, so that they say no more than perhaps."""
    articles = [_article("a", 6), _article("b", 9)]
    a0, b0, b1 = _sentence("a", 0), _sentence("b", 0), _sentence("b", 1)
    links = [Link(a0.id, b0.id, 0.9), Link(a0.id, b1.id, PART - 0.01)]
    _, second = claims(_alignment([[a0, b0], [b1]], links), articles)
    told = second.readings[0]
    assert (told.state, told.probability, told.also) == ("possible", PART - 0.01, (a0,))


def test_a_headline_tells_no_part():
    """Only body sentences are named: a headline sums up many claims."""
    articles = [_article("a", 6), _article("b", 9)]
    a0, b0 = _sentence("a", 0, "headline"), _sentence("b", 0)
    made = claims(_alignment([[a0], [b0]], [Link(a0.id, b0.id, 0.8)]), articles)
    assert not made[1].readings[0].also
    assert [reading.state for reading in made[1].readings] == ["possible", "base"]
