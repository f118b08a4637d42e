"""Alignment: traps, constraints, and what holds for any story."""

from __future__ import annotations

import math
import random
import re
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compare.align.links import LISTED, OTHERS, align
from compare.align.weights import load
from compare.evaluate.gold import read
from compare.evaluate.stories import sentences
from compare.model import Correction, Sentence, Settings
from compare.site.readers import check_corrections
from compare.text import normalise

CASE = re.compile(r"^(?P<name>[^\n#]+)\n\.\n(?P<story>.*?)^\.\n(?P<claims>.*?)^\.$", re.M | re.S)
CASES = [
    pytest.param(found["story"], found["claims"], id=found["name"])
    for found in CASE.finditer((Path(__file__).parent / "cases" / "align.md").read_text(encoding="utf-8"))
]


def story(**articles: list[str]) -> list[tuple[Sentence, ...]]:
    """Sentences of named articles; one that begins with ``# `` is a headline."""
    result = []
    for name, texts in articles.items():
        result.append(
            tuple(
                Sentence(
                    f"{name}:{n}", name, n, 0, len(text), text.removeprefix("# "),
                    "headline" if text.startswith("# ") else "body",
                )
                for n, text in enumerate(texts)
            )
        )  # fmt: skip
    return result


def groups(alignment):
    """The groups of more than one sentence, by ids."""
    return {frozenset(s.id for s in group) for group in alignment.groups if len(group) > 1}


HARBOUR = {
    "coast": [
        "A cargo ship struck the harbour bridge in Skerrow early on Tuesday.",
        "Eleven people were taken to hospital, two with serious injuries.",
        "The mayor promised to rebuild the bridge within a year.",
    ],
    "herald": [
        "The harbour bridge in Skerrow was struck by a cargo ship on Tuesday.",
        "The owner of the ship did not comment.",
        "“We will rebuild it within a year,” the mayor promised.",
    ],
    "tribune": [
        "Two of the eleven people in hospital have serious injuries.",
        "A cargo ship hit Skerrow’s harbour bridge before dawn on Tuesday.",
    ],
}


@pytest.mark.parametrize(("texts", "claims"), CASES)
def test_traps(texts, claims):
    """What fools a ratio of characters does not fool the aligner."""
    articles: dict[str, list[str]] = {}
    for line in texts.splitlines():
        name, text = line.split(": ", 1)
        articles.setdefault(name, []).append(text)
    alignment = align(story(**articles), ["en"] * len(articles))
    assert groups(alignment) == {frozenset(line.split()) for line in claims.splitlines()}


def test_the_cases_are_read():
    """The file of cases is not silently cut short."""
    text = (Path(__file__).parent / "cases" / "align.md").read_text(encoding="utf-8")
    assert len(CASES) == sum(line == "." for line in text.splitlines()) // 3


def test_every_sentence_stands_in_one_group_whatever_the_order():
    """The groups are a partition, ordered, and the order of articles makes no difference."""
    told = story(**HARBOUR)
    first = align(told, ["en"] * 3)
    assert sorted(s.id for group in first.groups for s in group) == sorted(
        s.id for article in told for s in article
    )
    for seed in range(4):
        shuffled = random.Random(seed).sample(told, 3)
        assert align(shuffled, ["en"] * 3) == first


def test_evidence_sums_to_the_score():
    """Bias and evidence give the log-odds that the probability stands for."""
    bias = load().bias
    alignment = align(story(**HARBOUR), ["en"] * 3)
    assert alignment.links
    for link in alignment.links:
        score = bias + sum(evidence.weight for evidence in link.evidence)
        assert 1 / (1 + math.exp(-score)) == pytest.approx(link.probability, abs=2e-3)
        assert link.evidence[-1].feature == OTHERS
        assert link.x < link.y
        assert link.probability >= LISTED


@pytest.mark.parametrize("name", ["harbour-bridge", "s400-transfer"])
def test_boilerplate_is_no_claim(project, name):
    """Who was told what on which day does not link two sentences of a story."""
    gold = next(gold for gold in read(project / "tests" / "gold" / "shipped.jsonl") if gold.id == name)
    articles = list(sentences(gold))
    texts = (
        "The budget has a hole of three million crowns, the treasurer told reporters on Thursday.",
        "The lighthouse keeper is on holiday in the hills, his neighbour told reporters on Thursday.",
    )
    for n, text in enumerate(texts):
        owner = articles[n][0].article
        articles[n] = (*articles[n], Sentence(f"{owner}:new", owner, len(articles[n]), 0, len(text), text))
    alignment = align(articles, gold.languages)
    added = {article[-1].id for article in articles[:2]}
    assert all(len({s.id for s in group} & added) < 2 for group in alignment.groups)
    found = [link.probability for link in alignment.links if {link.x, link.y} == added]
    assert max(found, default=0) < alignment.threshold


def test_editor_joins_and_parts():
    """A correction is obeyed whatever the probabilities say, and its links are the editor's."""
    same = Correction("same", ("coast:1", "herald:1"))
    different = Correction("different", ("coast:0", "herald:0"))
    alignment = align(story(**HARBOUR), ["en"] * 3, corrections=[same, different])
    group_of = {s.id: n for n, group in enumerate(alignment.groups) for s in group}
    assert group_of["coast:1"] == group_of["herald:1"]
    assert group_of["coast:0"] != group_of["herald:0"]
    decided = {(link.x, link.y): link.probability for link in alignment.links if link.decided_by == "editor"}
    assert decided == {("coast:1", "herald:1"): 1.0, ("coast:0", "herald:0"): 0.0}


def test_editor_joins_sentences_of_one_article_and_a_headline():
    """Sentences of one article may be one claim, and so may a headline, without a link inside an article."""
    texts = {**HARBOUR, "coast": ["# Calm seas ahead", *HARBOUR["coast"]]}
    same = Correction("same", ("coast:0", "coast:2", "herald:1"))
    alignment = align(story(**texts), ["en"] * 3, corrections=[same])
    assert any({"coast:0", "coast:2", "herald:1"} <= {s.id for s in group} for group in alignment.groups)
    articles = {s.id: s.article for group in alignment.groups for s in group}
    assert all(articles[link.x] != articles[link.y] for link in alignment.links)


def test_corrections_that_contradict_or_name_nothing_are_told_at_once():
    """Each problem has its line; none hides another. The alignment itself takes them as checked."""
    corrections = [
        Correction("same", ("coast:0", "herald:0"), line=1),
        Correction("same", ("herald:0", "tribune:1"), line=4),
        Correction("different", ("coast:0", "tribune:1"), line=7),
        Correction("same", ("coast:9", "herald:1"), line=10),
    ]
    problems = check_corrections(corrections, chain.from_iterable(story(**HARBOUR)))
    assert sorted(problem.line for problem in problems) == [7, 10]


def test_two_languages_align_inside_each():
    """Sentences of two languages make no pair, even when they share a name and a number."""
    alignment = align(
        story(
            east=["The Corvale ferry sank with 40 people aboard."],
            west=["A ferry sank off Corvale with 40 people aboard."],
            nord=["Die Fähre Corvale ist mit 40 Menschen an Bord gesunken."],
            sued=["Mit 40 Menschen an Bord ist die Fähre Corvale gesunken."],
        ),
        ["en", "en-GB", "de", "de-AT"],
    )
    assert groups(alignment) == {frozenset({"east:0", "west:0"}), frozenset({"nord:0", "sued:0"})}


UNSPACED = [
    (
        "zh",
        "货轮周二凌晨撞上港口大桥，十一人受伤。",
        "周二凌晨，货轮撞上港口大桥，十一人受伤。",
        "市长宣布新学校开学。",
    ),
    (
        "ja",
        "貨物船が火曜日に港の橋に衝突した。",
        "火曜日、港の橋に貨物船が衝突した。",
        "市長は学校を開いた。",
    ),
    ("th", "เรือสินค้าชนสะพานเมื่อวันอังคาร", "เมื่อวันอังคารเรือสินค้าชนสะพาน", "โรงเรียนใหม่เปิดแล้ว"),
    (
        "pl",
        "Statek uderzył we wtorek w most portowy.",
        "We wtorek w most portowy uderzył statek.",
        "Burmistrz jest chory.",
    ),
    ("ar", "اصطدمت سفينة شحن بجسر الميناء", "سفينة شحن تصطدم بجسر الميناء", "افتتح العمدة مدرسة جديدة"),
]


@pytest.mark.parametrize(("language", "one", "two", "other"), UNSPACED)
def test_languages_without_spaces_or_stems(language, one, two, other):
    """Character n-grams and letters by twos carry where stems or spaces are missing."""
    alignment = align(story(a=[one, other], b=[other[::-1], two]), [language] * 2)
    assert groups(alignment) == {frozenset({"a:0", "b:1"})}


@pytest.mark.parametrize(
    "articles",
    [
        {},
        {"a": []},
        {"a": ["Only one article, and it says this."]},
        {"a": [], "b": ["Nothing to compare with."]},
        {"a": ["..."], "b": ["!?", "—"]},
        {"a": [""], "b": [""]},
        {"a": ["12 13 1,400"], "b": ["12 13 1,400", "7"]},
        {"a": ["the of and"], "b": ["of the and"]},
        {"a": ["word " * 10_000], "b": ["word " * 10_000, "Another one."]},
        {"a": ['"' * 500], "b": ["(" * 500]},
    ],
    ids=["nothing", "empty", "one", "half", "marks", "blank", "numbers", "stop words", "long", "hostile"],
)
def test_odd_stories(articles):
    """Nothing crashes, no sentence is lost, no probability is missing."""
    alignment = align(story(**articles), ["en"] * len(articles))
    assert sum(len(group) for group in alignment.groups) == sum(len(texts) for texts in articles.values())
    assert all(0 <= link.probability <= 1 for link in alignment.links)


WORDS = st.sampled_from(
    [
        "ferry",
        "Corvale",
        "sank",
        "mayor",
        "40",
        "people",
        "bridge",
        "the",
        "of",
        "said",
        "“quoted”",
        "not",
        "rain,",
        "Monday;",
        "harbour",
        "U.S.",
        "港",
    ]
)
TEXTS = st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, max_size=4), st.randoms(use_true_random=False))
def test_any_story_is_parted(texts, chance):
    """A partition, finite probabilities, and the same result for any order of articles."""
    told = story(**{f"a{n}": article for n, article in enumerate(texts)})
    tags = ["en"] * len(told)
    alignment = align(told, tags)
    assert sorted(s.id for group in alignment.groups for s in group) == sorted(
        s.id for article in told for s in article
    )
    assert all(math.isfinite(e.weight) for link in alignment.links for e in link.evidence)
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert align(shuffled, tags) == alignment


def test_threshold_decides():
    """At 1 only certain pairs stand together; the signature says what was set."""
    strict = align(story(**HARBOUR), ["en"] * 3, settings=Settings(threshold=1.0))
    assert groups(strict) == set()
    assert strict.threshold == 1.0
    assert strict.signature.endswith("threshold 1")
    assert load().name in strict.signature


def test_the_seed_says_the_contract_twice(project):
    """Two sentences of one article about one contract land in one claim."""
    seed = next((project / "seeds").glob("**/*52927cc6cf4faa95*"), None)
    if seed is None:
        pytest.skip("the seed is not here")
    text = seed.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip()]
    texts = [text for line in lines for text in re.split(r"(?<=[.”]) (?=[A-Z])", line)]
    alignment = align(story(seed=texts), ["en"])
    twice = {n for n, text in enumerate(texts) if "2017" in text and "contract" in normalise(text)}
    assert len(twice) == 2
    assert any({f"seed:{n}" for n in twice} <= {s.id for s in group} for group in alignment.groups)
