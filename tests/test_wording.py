"""Edits over words and the wording status."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.text.wording import diff, diff_versions, same_words

SAME = [
    ("He said: “No.”", 'He said: "No."'),
    ("Twelve hurt", "TWELVE  HURT."),
    ("a well–known case", "a well-known case"),
    ("Officials, however, agreed", "Officials however agreed"),
]
DIFFERENT = [
    ("did resign", "did not resign"),
    ("12 killed", "21 killed"),
    ("$5 million", "5 million"),
    ("a special operation", "a “special operation”"),
    ("up 5%", "up 5"),
    ("-3 degrees", "3 degrees"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_same_words_level_case_space_quotes_and_dashes(a, b):
    """What normalisation levels is no difference, and the edits agree."""
    assert same_words(a, b)
    assert {edit.op for edit in diff(a, b)} == {"equal"}


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_one_word_or_sign_is_a_difference(a, b):
    """A negation, a swapped figure, a currency sign or scare quotes are never 'the same words'."""
    assert not same_words(a, b)
    assert {edit.op for edit in diff(a, b)} != {"equal"}


def test_edits_read_as_a_person_would_mark_them():
    """A long common run inside changed text stays common; each side keeps its own capitals."""
    edits = diff(
        "The idea also came up briefly during the visit",
        "Sources say the issue “also came up briefly” during the visit",
    )
    equal = [edit.new.strip(" ”") for edit in edits if edit.op == "equal"]
    assert "also came up briefly" in equal
    assert equal[-1].endswith("the visit")


def test_short_function_words_between_changes_are_not_rubble():
    """An 'of the' between two replaced words is shown as part of one change."""
    edits = diff("the price of the jets fell", "the cost of the planes fell")
    assert [(edit.op, edit.old, edit.new) for edit in edits] == [
        ("equal", "the ", "the "),
        ("replace", "price of the jets ", "cost of the planes "),
        ("equal", "fell", "fell"),
    ]


TEXTS = st.text(alphabet=st.sampled_from("aAbB cC,.“”\"'’-–12$% \n中ا"), max_size=60) | st.text(max_size=40)


@given(TEXTS, TEXTS)
def test_edits_applied_to_the_old_words_give_the_new_ones(old, new):
    """Nothing is lost on either side, and neighbouring edits differ in kind."""
    edits = diff(old, new)
    assert "".join(edit.old for edit in edits) == old
    assert "".join(edit.new for edit in edits) == new
    assert all(a.op != b.op for a, b in itertools.pairwise(edits))


@given(TEXTS, TEXTS)
def test_same_words_means_that_every_edit_is_equal(a, b):
    """Status and edits come from one rule."""
    assert same_words(a, b) == all(edit.op == "equal" for edit in diff(a, b))


def test_very_long_texts_are_compared_at_their_ends():
    """A hostile pair of readings costs linear time and still loses nothing."""
    old = " ".join(f"w{i}" for i in range(3000)) + " end"
    new = " ".join(f"v{i}" for i in range(3000)) + " end"
    edits = diff(old, new)
    assert [edit.op for edit in edits] == ["replace", "equal"]
    assert "".join(edit.new for edit in edits) == new


def test_a_moved_paragraph_is_no_splice() -> None:
    """Of two versions whose paragraphs changed places, one word is compared and the others move whole."""
    fixed = [
        "The bridge was closed on Monday.",
        "Engineers asked the town to keep all traffic away until Friday.",
    ]
    moved = "The council meets on Thursday to decide who pays for the repair."
    old = "\n\n".join([fixed[0], fixed[1], "The barge carried 900 tonnes of gravel.", moved])
    new = "\n\n".join([fixed[0], moved, "The barge carried 700 tonnes of gravel.", fixed[1]])
    edits = diff_versions(old, new)
    assert "".join(edit.old for edit in edits) == old
    assert "".join(edit.new for edit in edits) == new
    assert [(edit.old.strip(), edit.new.strip()) for edit in edits if edit.op == "replace"] == [
        ("900", "700")
    ]
    assert {edit.old.strip() or edit.new.strip() for edit in edits if edit.op in ("delete", "insert")} == {
        fixed[1], moved,
    }  # fmt: skip
