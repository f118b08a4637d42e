"""``crossread evaluate``: figures, gold files, predictions, the command."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from compare.cli.evaluate import command
from compare.errors import GoldError, Problems
from compare.evaluate import evaluate, predict, predictions
from compare.evaluate.gold import read
from compare.evaluate.measures import Predicted, average_precision, calibration_error, measure
from compare.evaluate.statements import measure_statements
from compare.model import Claim, Reading, Sentence, Settings

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
STORY = {
    "story": "ferry",
    "articles": [
        {"id": "east", "sentences": ["The Corvale ferry sank with 40 aboard.", "Nobody was hurt."]},
        {"id": "west", "sentences": ["With 42 aboard, the Corvale ferry sank.", "Olive prices rose again."]},
    ],
    "links": [["west:0", "east:0", "same"]],
    "conflicts": [["east:0", "west:0", "40 or 42"]],
}


def write(folder: Path, *rows: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_figures_of_a_story(tmp_path):
    """A link that is found, its conflict, and the sentences that nobody else has."""
    result = evaluate(write(tmp_path, STORY), Settings())
    assert result.figures["links"]["f1"] == 1
    assert result.figures["absent"] == {"precision": 1, "recall": 1, "f1": 1, "gold": 2}
    conflicts = result.figures["conflicts"]
    assert [conflicts[name] for name in ("precision", "recall", "gold", "flagged")] == [1, 1, 1, 1]
    assert (conflicts["number_precision"], conflicts["number_flagged"]) == (1, 1)
    assert "weights" in result.signature
    assert "gold gold.jsonl sha256:" in result.signature


def test_gold_links_show_conflicts_that_alignment_misses(tmp_path):
    """With gold links the conflict is found even when no link is accepted."""
    story = read(write(tmp_path, STORY))[0]
    strict = Settings(threshold=1.0)
    assert predict(story, strict).disputes == ()
    (found,) = predict(story, strict, gold_links=True).disputes
    assert (found.kind, found.pairs) == ("number", {("east:0", "west:0")})


def test_measures_by_hand():
    """Average precision with a tie, and calibration over bins."""
    assert average_precision([(0.9, True), (0.5, False), (0.5, True), (0.1, False)]) == pytest.approx(
        (1 + 2 / 3) / 2
    )
    assert calibration_error([(0.8, True), (0.8, False), (0.02, True)]) == pytest.approx(0.3)
    assert average_precision([]) == calibration_error([]) == 0


def test_ignored_pairs_count_neither_way(tmp_path):
    """An accepted pair in ``ignore`` is no mistake, and its sentence is not asked for."""
    story = read(write(tmp_path, {**STORY, "links": [], "ignore": [["east:0", "west:0"]], "conflicts": []}))
    said = Predicted({("east:0", "west:0"): 0.9}, frozenset({("east:0", "west:0")}))
    figures = measure(story, [said])
    assert figures["links"]["accepted"] == 0
    assert figures["absent"]["gold"] == 2
    assert figures["ranking"]["pairs"] == 2


BAD = [
    ("not json", "JSON is malformed"),
    ([], "Expected `object`, got `array`"),
    ({"story": "x"}, "missing required field `articles`"),
    ({"story": "x", "articles": [{"id": "a"}]}, "missing required field `sentences` - at `$.articles[0]`"),
    ({"story": "x", "articles": [{"id": "a", "sentences": [3]}]}, "Expected `str`, got `int`"),
    ({**STORY, "articles": STORY["articles"] * 2}, "Two articles are called east"),
    ({**STORY, "links": {}}, "Expected `array`, got `object` - at `$.links`"),
    ({**STORY, "links": [["east:0"]]}, "no pair"),
    ({**STORY, "links": [["east:0", "west:9", "same"]]}, "names west:9"),
    ({**STORY, "links": [["east:0", "east:0", "same"]]}, "with itself"),
    ({**STORY, "links": [["east:0", "east:1", "same"]]}, "of one article"),
    ({**STORY, "links": [["east:0", "west:0", "alike"]]}, "label 'alike'"),
    ({**STORY, "links": [["east:0", "west:0", "same"], ["west:0", "east:0", "partial"]]}, "given twice"),
    ({**STORY, "ignore": [["east:7", "west:0"]]}, '"ignore" names east:7'),
]


@pytest.mark.parametrize(("row", "message"), BAD, ids=[message for _, message in BAD])
def test_a_bad_gold_file_is_told_with_file_and_line(tmp_path, row, message):
    """The second line is wrong, and the message says what and where."""
    path = tmp_path / "gold.jsonl"
    text = row if isinstance(row, str) else json.dumps({**row, "story": "bad"} if "story" in row else row)
    path.write_text(json.dumps(STORY) + "\n" + text + "\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        read(path)
    problem = caught.value.problems[0]
    assert isinstance(problem, GoldError)
    assert message in problem.message
    assert (problem.path, problem.line) == (str(path), 2)


def test_all_problems_are_told_at_once(tmp_path):
    """Three bad lines and a repeated name: four messages."""
    path = tmp_path / "gold.jsonl"
    story = json.dumps(STORY)
    path.write_text("\n".join(["{", story, "[]", story, '{"story": "x"}']), encoding="utf-8")
    with pytest.raises(Problems) as caught:
        read(path)
    assert [problem.line for problem in caught.value.problems] == [1, 3, 4, 5]


def test_a_gold_file_that_is_not_there_or_empty(tmp_path):
    """Both are told as problems of the gold file."""
    with pytest.raises(GoldError, match="cannot be read"):
        read(tmp_path / "none.jsonl")
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    with pytest.raises(Problems):
        read(tmp_path / "empty.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(GoldError, match="UTF-8"):
        read(tmp_path / "latin.jsonl")


def test_stories_with_little_in_them(tmp_path):
    """One article, empty articles, no articles: nothing to link, nothing wrong."""
    rows = [
        {"story": "one", "articles": STORY["articles"][:1]},
        {"story": "empty", "articles": [{"id": "a", "sentences": []}, {"id": "b", "sentences": []}]},
        {"story": "none", "articles": []},
    ]
    figures = evaluate(write(tmp_path, *rows), Settings(), simple=True).figures
    assert figures["links"] == {"precision": 0, "recall": 0, "f1": 0, "gold": 0, "accepted": 0}


def scorer():
    """The reference implementation of the measures, when it lies beside the project."""
    if not (SHARED / "score.py").exists():
        pytest.skip("the reference scorer is not here")
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "gold", [SHARED / "news3-dev.jsonl", Path(__file__).parent / "gold" / "shipped.jsonl"]
)
def test_figures_equal_the_reference(gold, tmp_path):
    """The same pairs, scored by the reference, give the same figures."""
    reference = scorer()
    result = evaluate(gold, Settings())
    said = tmp_path / "said.jsonl"
    said.write_text("".join(line + "\n" for line in predictions(result)), encoding="utf-8")
    expected = reference.score(reference.read(gold), reference.read(said))
    del expected["conflicts"]["flagged"]  # the reference counts pairs, and a finding may have many
    for group, values in expected.items():
        told = {name: result.figures[group][name] for name in values}
        assert told == pytest.approx(values), group


def test_the_command(tmp_path):
    """Figures, baselines, links and signature; the same as JSON."""
    gold, links = write(tmp_path, STORY), tmp_path / "links.jsonl"
    shown = CliRunner().invoke(command, [str(gold), "--baselines", "--links", str(links)])
    assert shown.exit_code == 0
    assert "f1 1.000" in shown.output
    assert "weighted_overlap" in shown.output
    row = json.loads(links.read_text(encoding="utf-8"))
    assert row["links"][0][:2] == ["east:0", "west:0"]
    assert row["links"][0][3] is True
    assert row["conflicts"] == [["east:0", "west:0", "number"]]
    said = json.loads(CliRunner().invoke(command, [str(gold), "--json", "--threshold", "0.5"]).output)
    assert said["links"]["f1"] == 1
    assert "threshold 0.5" in said["signature"]


STATED = {
    "story": "summed",
    "articles": [
        {"id": "a", "sentences": ["one", "two", "three"]},
        {"id": "b", "sentences": ["one", "two"]},
        {"id": "c", "sentences": ["one"]},
    ],
    "links": [["a:0", "b:0", "same"], ["a:0", "c:0", "same"], ["b:0", "c:0", "same"], ["a:1", "b:1", "same"]],
    "ignore": [],
}


def _stated(claims):
    """Claims of (standing, article → sentence numbers, those that surely lack it)."""
    made = []
    for number, (standing, held, absent) in enumerate(claims):
        readings = []
        for name in ("a", "b", "c"):
            own = tuple(Sentence(f"{name}:{n}", name, n, 0, 1, "x") for n in held.get(name, ()))
            state = "absent" if name in absent else "possible"
            first = next(iter(held))
            readings.append(Reading(name, own, "base" if name == first else "same" if own else state))
        made.append(Claim(str(number), first, tuple(readings), standing=standing, lacking=tuple(absent)))
    return made


@pytest.mark.parametrize(
    ("claim", "statement", "precision", "recall"),
    [
        (("all", {"a": [0], "b": [0], "c": [0]}, ""), "in_all", 1, 1),
        (("all", {"a": [1], "b": [1], "c": [0]}, ""), "in_all", 0, 1 / 3),
        (("most", {"a": [1], "b": [1]}, ""), "most", 1, 2 / 5),
        (("most", {"a": [2], "b": [1]}, ""), "most", 0, 1 / 5),
        (("most", {"a": [1], "b": [1]}, "c"), "left_out", 1, 1),
        (("most", {"a": [0], "b": [0]}, "c"), "left_out", 0, 0),
        (("only", {"a": [2]}, ""), "only_here", 1, 1),
        (("only", {"a": [1]}, ""), "only_here", 0, 0),
    ],
)
def test_statements_are_held_against_gold(tmp_path, claim, statement, precision, recall):
    """Each sum is right only when gold links every sentence that it speaks of as it says."""
    stories = read(write(tmp_path, STATED))
    figures = measure_statements(stories, [_stated([claim])])[statement]
    assert (figures["precision"], figures["count"]) == (precision, 1)
    assert figures["recall"] == pytest.approx(recall)
