"""What an editor is asked, and what becomes of the answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from compare.cli.review import command
from compare.errors import Problems, SourceError
from compare.one_story import Opened, open_story
from compare.one_story.review import NEAR, Answers, Question, distance, questions
from compare.site.new import make_site

STORY = "skarn-ferry"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example site."""
    make_site(tmp_path / "site")
    return tmp_path / "site"


def corrections(root: Path) -> Path:
    """Where answers are kept."""
    return root / "sources" / STORY / "corrections.toml"


def pair(question: Question) -> tuple[str, str]:
    """The ids of the sentences that a question is about."""
    return question.x.sentence.id, question.y.sentence.id


def together(opened: Opened, x: str, y: str) -> bool:
    """Whether two sentences are in one group."""
    return any({x, y} <= {sentence.id for sentence in group} for group in opened.align().groups)


def test_questions_are_the_doubtful_ones(root: Path) -> None:
    """Pairs of different articles, each once, all near the threshold, the nearest first."""
    opened = open_story(root, STORY)
    alignment = opened.align()
    asked = questions(opened, most=1000)
    pairs = {frozenset((question.x.sentence.id, question.y.sentence.id)) for question in asked}
    assert len(pairs) == len(asked) > 3
    assert all(question.x.sentence.article != question.y.sentence.article for question in asked)
    far = [distance(question.probability, alignment.stands) for question in asked]
    assert far == sorted(far)
    assert far[-1] <= NEAR
    for question in asked:
        assert question.joined == together(opened, question.x.sentence.id, question.y.sentence.id)
    sure = [link for link in alignment.links if distance(link.probability, alignment.stands) > NEAR]
    assert sure
    assert not any(frozenset((link.x, link.y)) in pairs for link in sure)


def test_sentences_stand_between_their_neighbours(root: Path) -> None:
    """Each side tells its outlet's name and what stands before and after, so that it can be judged."""
    opened = open_story(root, STORY)
    texts = {article.id: article.text for article in opened.story.articles}
    names = {article.id: article.outlet.name for article in opened.story.articles}
    for question in questions(opened):
        for side in (question.x, question.y):
            text = texts[side.sentence.article]
            assert side.outlet == names[side.sentence.article]
            assert text[: side.sentence.start].rstrip().endswith(side.before)
            assert text[side.sentence.end :].lstrip().startswith(side.after)
    told = CliRunner().invoke(command, [STORY, "--root", str(root), "--list", "--most", "1"])
    assert told.output.count("> ") == 2
    assert "… " in told.output
    assert any(name in told.output for name in ("The Skarn Gazette", "Harbour Wire", "Mainland Post"))


def test_answers_are_obeyed_and_not_asked_again(root: Path) -> None:
    """Each answer is a correction that the aligner obeys; its question does not come back."""
    opened = open_story(root, STORY)
    apart = next(question for question in questions(opened) if not question.joined)
    answers = Answers(root, STORY)
    answers.answer(*pair(apart), "same")
    again = open_story(root, STORY)
    assert [correction.kind for correction in again.story.corrections] == ["same"]
    assert together(again, apart.x.sentence.id, apart.y.sentence.id)
    asked = {frozenset((question.x.sentence.id, question.y.sentence.id)) for question in questions(again)}
    assert frozenset((apart.x.sentence.id, apart.y.sentence.id)) not in asked


def test_undo(root: Path) -> None:
    """Answers are taken back one by one; what an editor wrote by hand stays."""
    path = corrections(root)
    path.write_text("# by hand, without a last line end")
    opened = open_story(root, STORY)
    first, second = questions(opened)[:2]
    answers = Answers(root, STORY)
    before = path.read_text()
    answers.answer(*pair(first), "different")
    answers.answer(*pair(second), "same")
    assert path.read_text().count("[[") == 2
    assert answers.undo()
    assert path.read_text().count("[[different]]") == path.read_text().count("[[") == 1
    answers.undo()
    assert path.read_text().rstrip("\n") == before
    assert not answers.undo()


def test_undo_after_an_edit(root: Path) -> None:
    """A file that was edited since is left alone; a file that held only answers goes."""
    opened = open_story(root, STORY)
    answers = Answers(root, STORY)
    answers.answer(*pair(questions(opened)[0]), "different")
    path = corrections(root)
    written = path.read_text()
    path.write_text(written + "# mine\n")
    assert not answers.undo()
    path.write_text(written)
    assert answers.undo()
    assert not path.exists()


def test_contradiction(root: Path) -> None:
    """An answer that contradicts an earlier one is refused and not saved."""
    opened = open_story(root, STORY)
    question = questions(opened)[0]
    Answers(root, STORY).answer(*pair(question), "same")
    before = corrections(root).read_text()
    with pytest.raises(Problems, match="called different here and the same elsewhere"):
        Answers(root, STORY).answer(*pair(question), "different")
    assert corrections(root).read_text() == before


def test_command(root: Path) -> None:
    """In the terminal: yes, undo, no, skip and quit; each answer is on the disk at once."""
    told = CliRunner().invoke(
        command, [STORY, "--root", str(root), "--most", "4"], input="x\ny\nu\nn\ns\nq\n"
    )
    assert told.exit_code == 0, told.output
    assert "1 answer saved in sources/skarn-ferry/corrections.toml" in told.output
    assert [correction.kind for correction in open_story(root, STORY).story.corrections] == ["different"]
    listed = CliRunner().invoke(command, [STORY, "--root", str(root), "--list", "--most", "2"])
    assert "2/2" in listed.output
    ended = CliRunner().invoke(command, [STORY, "--root", str(root)], input="")
    assert "nothing saved" in ended.output


def test_unknown_story(root: Path) -> None:
    """A name that is no story gets the nearest that is."""
    with pytest.raises(SourceError, match=r"no story “skarn-fery”") as caught:
        open_story(root, "skarn-fery")
    assert caught.value.hint == "did you mean “skarn-ferry”?"
    with pytest.raises(SourceError):
        open_story(root, "../site")
