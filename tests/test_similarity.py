"""Similarity: each feature alone, on sentences made for it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.align.similarity import compare
from compare.align.similarity.baselines import THRESHOLDS, baseline
from compare.align.similarity.incidence import Incidence, common, listing, mutual, mutual_of_many, weigh
from compare.align.similarity.terms import read
from compare.align.weights import load
from compare.model import Sentence

FILLER = (
    "Rain fell on the vineyards.",
    "Trams stopped at midnight.",
    "An owl nested in the belfry.",
    "Prices of salt doubled again.",
)


def sentences(name: str, texts: list[str]) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(
            f"{name}:{n}", name, n, 0, len(text), text.removeprefix("# "),
            "headline" if text.startswith("# ") else "body",
        )
        for n, text in enumerate(texts)
    )  # fmt: skip


def features(
    one: list[str], two: list[str], x: int = 0, y: int = 0, language: str = "en"
) -> dict[str, float]:
    """The features of sentence ``x`` of the one and ``y`` of the other article, in a story with filler."""
    articles = [sentences("a", one), sentences("b", two), sentences("c", list(FILLER))]
    pairs = compare(articles, [language] * 3, every=True)
    n = next(
        n
        for n, (i, j) in enumerate(zip(pairs.left, pairs.right, strict=True))
        if {pairs.sentences[i].id, pairs.sentences[j].id} == {f"a:{x}", f"b:{y}"}
    )
    return {name: float(values[n]) for name, values in pairs.features.items()}


FERRY = "The Corvale ferry sank on Monday with forty passengers aboard."
LIKE = "With forty passengers aboard, the Corvale ferry sank on Monday."
PART = (
    "Merrin said the council met twice, the Corvale ferry sank, and the bishop resigned over the paintings."
)
OTHER = "Nobody expected the orchestra to strike."

# name, a pair for which the feature is greater, a pair for which it is smaller
GREATER = [
    ("lighter", (FERRY, LIKE), (FERRY, "It sank.")),
    ("name_shared", ("We saw Corvale.", "They left Corvale."), ("We saw Corvale.", "They left Merrow.")),
    ("number_overlap", ("It cost 48.", "They paid 48."), ("It cost 48.", "They paid 84.")),
    ("other_shared", (FERRY, LIKE), (FERRY, "We love Corvale on Monday.")),
    ("other_overlap", (FERRY, LIKE), (FERRY, PART)),
    ("unique", (FERRY, LIKE), (FERRY, OTHER)),
    ("letters", ("The resignation came.", "He resigned."), ("The resignation came.", "He laughed.")),
    ("longest_run", (FERRY, FERRY), (FERRY, "Ferry Corvale sank.")),
    ("quoted_apart", ("“The sea took it,” he said.", "“Nobody could swim,” she wrote."),
     ("“The sea took it,” he said.", "“The sea took it,” she wrote.")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "more", "less"), GREATER, ids=[name for name, _, _ in GREATER])
def test_a_feature_of_two_sentences(name, more, less):
    """A feature is greater for the pair that has more of what it measures."""
    assert features([more[0]], [more[1]])[name] > features([less[0]], [less[1]])[name]


BESIDE = [
    ("quoted_near", [OTHER, "“The sea took it,” he said."], ["“The sea took it!”", "She wept."], (1, 1)),
    ("near_extra", [FERRY], ["The Corvale ferry sank.", "It had forty passengers aboard on Monday."], (0, 1)),
    ("near_name", ["In town, Corvale wept.", "He left."], ["In town, Corvale sang.", "He stayed."], (1, 1)),
    ("before", [FERRY, "Nobody was hurt."], [LIKE, "All were saved."], (1, 1)),
    ("after", ["Nobody was hurt.", FERRY], ["All were saved.", LIKE], (0, 0)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "one", "two", "place"), BESIDE, ids=[row[0] for row in BESIDE])
def test_a_feature_of_the_surroundings(name, one, two, place):
    """Neighbours that match raise it; take the neighbours away, and it falls."""
    alone = features([one[place[0]]], [two[place[1]]])
    assert features(one, two, *place)[name] > alone[name]


def test_features_of_the_place():
    """Later tells where the two stand."""
    one, two = [FERRY, OTHER, *FILLER], [*FILLER, OTHER, LIKE]
    near, far = features(one, [LIKE, OTHER, *FILLER]), features(one, two, 0, 5)
    assert (near["later"], far["later"]) == (0, 1)
    assert near["story_size"] == far["story_size"] <= 1


def test_features_of_rivals():
    """The best match of both sides has rank 1; one whose other side has a better match has less."""
    one, two = [FERRY], [LIKE, "The Corvale ferry was old and its forty seats were worn."]
    best, worse = features(one, two, 0, 0), features(one, two, 0, 1)
    for name in (
        "shared_rank_min",
        "letters_rank_min",
        "letters_rank_max",
    ):
        assert best[name] == pytest.approx(1)
    for name in ("shared_rank_min", "letters_rank_min"):
        assert worse[name] < best[name]
    assert features(one, ["# " + FERRY, LIKE], 0, 1)["letters_rank_min"] == pytest.approx(1)


def test_features_of_the_articles():
    """A revision is more alike than a rival's report."""
    revision = features([FERRY, OTHER], [LIKE, OTHER])
    report = features([FERRY, OTHER], [LIKE, "Bread costs three crowns."])
    assert revision["alike_min"] > report["alike_min"]


def test_every_feature_is_explained_and_weighed(project):
    """Features, the manual and weights speak of the same things."""
    names = set(features([FERRY], [LIKE]))
    assert names == set(load().features)
    manual = (project / ".github/docs/data.md").read_text("utf-8")
    assert names | {"others"} == set(re.findall(r"^\| `(\w+)` \|", manual, re.MULTILINE))


def test_a_dotted_abbreviation_is_one_word():
    """F.B.I. meets FBI."""
    assert features(["The F.B.I. came."], ["An FBI was there."])["unique"] == pytest.approx(np.log(2))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5), st.lists(st.text(max_size=60), max_size=5))
def test_features_are_finite_symmetric_and_exact(one, two):
    """Swapping the articles changes no bit of any value."""
    there = compare([sentences("a", one), sentences("b", two)], ["en", "en"])
    back = compare([sentences("b", two), sentences("a", one)], ["en", "en"])

    def by_pair(pairs):
        return {
            frozenset((pairs.sentences[i].id, pairs.sentences[j].id)): [
                float(values[n]) for values in pairs.features.values()
            ]
            for n, (i, j) in enumerate(zip(pairs.left, pairs.right, strict=True))
        }

    assert by_pair(there) == by_pair(back)
    assert all(np.isfinite(values).all() for values in there.features.values())


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sets(st.integers(0, 7)), min_size=1, max_size=6))
def test_incidence_counts_what_two_rows_share(rows):
    """The sparse counts are those of plain sets."""
    cells = [(n, column) for n, row in enumerate(rows) for column in row]
    numbers = np.array(cells, dtype=np.int64).reshape(-1, 2)
    table = Incidence.of(numbers[:, 0], numbers[:, 1], (len(rows), 8))
    weights = np.arange(1.0, 9.0)
    shared = mutual(table, weights)
    assert np.array_equal(off_diagonal(shared), off_diagonal(mutual_of_many(table, weights)))
    left, right = (index.ravel() for index in np.indices((len(rows), len(rows))))
    sums = weigh(common(listing(table, left), table.dense, right), weights, len(left))
    for n, (i, j) in enumerate(zip(left, right, strict=True)):
        expected = sum(weights[column] for column in rows[i] & rows[j])
        assert sums[n] == expected
        repeated = sum(w for c, w in enumerate(weights) if c in rows[i] & rows[j])
        assert i == j or shared[i, j] == repeated
    assert list(table.sums(weights)) == [sum(weights[c] for c in row) for row in rows]


def off_diagonal(table):
    return table - np.diag(np.diag(table))


LETTERS = st.text(st.sampled_from("aabc港é"), min_size=1, max_size=7)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(LETTERS, max_size=4).map(" ".join), min_size=1, max_size=5))
def test_columns_of_n_grams_hold_what_the_words_hold(texts):
    """Rows weigh and share as many n-grams as their words have by definition."""
    terms = read([sentences("a", texts)], ["xx"])
    held = [
        {f" {word} "[at : at + 4] for word in text.split() for at in range(max(1, len(word) - 1))}
        for text in terms.texts
    ]
    times = terms.gram_times
    assert list(terms.grams.sums(times)) == [len(grams) for grams in held]
    shared = mutual_of_many(terms.grams, times)
    for i, j in np.argwhere(~np.eye(len(held), dtype=bool)):
        assert shared[i, j] == len(held[i] & held[j])


TOKENS = st.lists(st.sampled_from(["ferry", "sank", "mayor", "bridge"]), max_size=9)


@settings(max_examples=60, deadline=None)
@given(st.lists(TOKENS, min_size=2, max_size=5))
def test_the_longest_run_is_the_longest_that_both_have(told):
    """Of runs of two, three and five words, as the definition has it."""
    pairs = compare(
        [sentences(f"a{n}", [" ".join(words)]) for n, words in enumerate(told)], ["xx"] * len(told)
    )

    def runs(words, length):
        return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}

    for n, (i, j) in enumerate(zip(pairs.left, pairs.right, strict=True)):
        common_runs = [length for length in (2, 3, 5) if runs(told[i], length) & runs(told[j], length)]
        assert pairs.features["longest_run"][n] == np.log(max(common_runs, default=1))


@pytest.mark.parametrize("name", THRESHOLDS)
def test_baselines_know_equal_from_different(name):
    """Each baseline gives 1 to equal sentences and less to others."""
    table = baseline(name, [sentences("a", [FERRY]), sentences("b", [FERRY, OTHER])], ["en", "en"])
    assert table[0, 1] == pytest.approx(1)
    assert table[0, 2] < THRESHOLDS[name]


def test_quotations_run_over_sentences():
    """A quotation that is open at the end of a sentence goes on in the next."""
    texts = ["She said: “We waited.", "Nobody came.", "Then it rained,” and left.", "He slept."]
    terms = read([sentences("a", texts)], ["en"])
    held = [bool(terms.quoted.starts[n + 1] - terms.quoted.starts[n]) for n in range(4)]
    assert held == [True, True, True, False]
