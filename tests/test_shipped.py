"""The shipped stories are what they say they are: the captured text, the plants, the gold links."""

import json
import re
from hashlib import sha256
from itertools import product

import pytest

from compare.site.config import load
from compare.site.readers import read_stories
from compare.text.segment import split

SEED = "seeds/000_52927cc6cf4faa95.txt"
PLANT = re.compile(r"^\d+\. \*\*([a-z ]+)\*\*")
PLACE = re.compile(r"^ +- ((?:`[\w-]+`(?:, )?)+): (.+)$")
# What the gold file lists as a conflict: the sentences cannot both be right.
CONFLICTING = {"number", "date", "quotation", "negation"}


@pytest.fixture(scope="module")
def stories(project):
    """The shipped stories by id."""
    return {story.id: story for story in read_stories(project, load(project))}


@pytest.fixture(scope="module")
def gold(project):
    """The rows of the gold file by story."""
    lines = (project / "tests/gold/shipped.jsonl").read_text("utf-8").splitlines()
    return {row["story"]: row for row in map(json.loads, lines)}


@pytest.fixture(scope="module")
def bodies(stories):
    """The body sentences of every article: story → article → texts."""
    return {
        story.id: {
            article.id: [sentence.text for sentence in split(article) if sentence.kind == "body"]
            for article in story.articles
        }
        for story in stories.values()
    }


def plants(story):
    """What the introduction lists: (kind, [(article, sentence), …]) in its order."""
    found = []
    for line in story.introduction.splitlines():
        if begun := PLANT.match(line):
            found.append((begun[1], []))
        elif placed := PLACE.match(line):
            found[-1][1].extend((name, placed[2]) for name in re.findall(r"`([\w-]+)`", placed[1]))
    return found


def texts(row):
    """The sentences of a gold row by ``article:index``."""
    return {
        f"{article['id']}:{index}": text
        for article in row["articles"]
        for index, text in enumerate(article["sentences"])
    }


def test_the_capture_is_kept_byte_for_byte(project, stories):
    """The digest in the article is that of the file it was made from."""
    article = next(a for a in stories["s400-transfer"].articles if a.id == "sputnik")
    assert article.capture is not None
    assert article.capture.path == SEED
    assert article.capture.sha256 == sha256((project / SEED).read_bytes()).hexdigest()


def test_the_captured_article_has_the_captured_words_and_no_others(project, stories):
    """Every line stands in the article in order, but for the outlet's name at the end."""
    article = next(a for a in stories["s400-transfer"].articles if a.id == "sputnik")
    *lines, signed = (project / SEED).read_text("utf-8").split("\n")
    assert signed == article.outlet.name
    assert article.text.split("\n\n") == lines
    assert [article.text[b.start : b.end] for b in article.blocks if b.kind == "heading"] == [lines[8]]
    assert (article.title, article.url, article.published, article.author) == (None, None, None, None)


def test_what_the_captured_text_tells_twice_is_told_twice(bodies):
    """The contract of 2017 stands in two of its sentences."""
    assert sum("contract" in text and "2017" in text for text in bodies["s400-transfer"]["sputnik"]) == 2


def test_every_kind_of_difference_is_planted(stories):
    """The introduction names them all; a quotation is altered, cut and given away."""
    kinds = [kind for kind, _ in plants(stories["harbour-bridge"])]
    assert sorted(kinds) == sorted(
        ["number", "date", "negation", "published earlier", *["quotation"] * 2, *["choice"] * 2]
    )


def test_every_planted_sentence_stands_where_the_introduction_says(stories, bodies):
    """Word for word, as a sentence of its own, in each article named."""
    for _, places in plants(stories["harbour-bridge"]):
        assert len({text for _, text in places}) >= 2
        for article, text in places:
            assert text in bodies["harbour-bridge"][article]


def test_three_articles_credit_one_agency(stories):
    """Five outlets, three origins."""
    credited = {a.id: a.agency for a in stories["harbour-bridge"].articles if a.agency}
    assert credited == dict.fromkeys(
        ["aldmark-daily", "inland-mirror", "skerrow-herald"], "Corrin News Agency"
    )


def test_one_article_was_published_before_a_fact_was_known(stories):
    """Whoever reports that the keeper was found did so after the early bulletin, which does not name him."""
    articles = {article.id: article for article in stories["harbour-bridge"].articles}
    early = articles["coast-radio"]
    assert "Anders Pell" not in early.text
    knowing = [article for article in articles.values() if "Anders Pell" in article.text]
    assert len(knowing) == 4
    assert all(article.published > early.published for article in knowing)


def test_the_conflicts_of_the_gold_file_are_the_planted_ones(stories, gold):
    """Nothing but the plants disagrees in the harbour story, and a cut quotation is no conflict."""
    row = gold["harbour-bridge"]
    said = texts(row)
    planted = set()
    for kind, places in plants(stories["harbour-bridge"]):
        told = [text for _, text in places]
        cut = kind == "quotation" and any("everything that could be done" in text for text in told)
        if kind in CONFLICTING and not cut:
            planted |= {frozenset(pair) for pair in product(told, told) if pair[0] != pair[1]}
    # Two spellings of one number do not disagree.
    planted -= {pair for pair in planted if all(re.search(r"\b(?:Eleven|11)\b", text) for text in pair)}
    assert {frozenset((said[x], said[y])) for x, y, _ in row["conflicts"]} == planted


def test_the_gold_file_has_the_sentences_that_are_read_today(gold, bodies):
    """An edited source must be annotated again."""
    now = {
        story: [{"id": article, "sentences": found} for article, found in articles.items()]
        for story, articles in bodies.items()
    }
    assert now == {
        name: [{"id": article["id"], "sentences": article["sentences"]} for article in row["articles"]]
        for name, row in gold.items()
    }


def test_the_gold_links_are_well_formed(gold):
    """Known sentences of two articles, each pair once; a conflict is a link and an ignored pair is none."""
    for row in gold.values():
        known = set(texts(row))
        links = {frozenset(link[:2]) for link in row["links"]}
        ignored = {frozenset(pair) for pair in row["ignore"]}
        assert len(links) == len(row["links"])
        assert not links & ignored
        assert {frozenset(conflict[:2]) for conflict in row["conflicts"]} <= links
        for pair in links | ignored:
            assert pair <= known
            assert len({sentence.rpartition(":")[0] for sentence in pair}) == 2
        assert {link[2] for link in row["links"]} == {"same", "partial"}


def test_sentences_of_the_same_words_are_linked(gold):
    """Whatever two articles share word for word is one claim."""
    for row in gold.values():
        links = {frozenset(link[:2]): link[2] for link in row["links"]}
        said = sorted(texts(row).items())
        for (x, text), (y, other) in product(said, said):
            if x.rpartition(":")[0] < y.rpartition(":")[0] and text == other:
                assert links[frozenset((x, y))] == "same"
