"""What an editor should look at first, and the file that keeps the editor's word.

Asked about are the links whose probability is near the threshold, the nearest first: what is surely one
claim, or surely two, takes nobody's time. Each answer is one table of ``corrections.toml``, written at
once, so that nothing is lost when the editor walks away.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from compare.errors import CorrectionError
from compare.model import Correction, Sentence
from compare.one_story import Opened, open_story
from compare.one_story.explain import log_odds
from compare.site import files
from compare.site.new_files import overwrite
from compare.site.readers import corrections
from compare.site.toml_tables import LARGEST

MOST = 20
NEAR = 1.0  # of log-odds: about a fifth to either side of an even chance
_OPENING_WORDS = 8


class Side(NamedTuple):
    """A sentence where it stands: its outlet's name, and the texts of its neighbours, or ""."""

    sentence: Sentence
    outlet: str
    before: str = ""
    after: str = ""


class Question(NamedTuple):
    """Do these two sentences of different articles state a common claim?

    Attributes:
        probability: What the model thinks of it, 0..1.
        joined: Whether they are in one claim now.
    """

    x: Side
    y: Side
    probability: float
    joined: bool


def questions(opened: Opened, most: int = MOST) -> tuple[Question, ...]:
    """What to ask about a story, at most so much, the most doubtful first.

    What the editor has decided already is not asked again.
    """
    found = opened.align()
    group_of = {sentence.id: at for at, group in enumerate(found.groups) for sentence in group}
    sides = {side.sentence.id: side for side in _sides(opened)}
    asked = []
    for link in found.links:
        x, y, far = sides[link.x], sides[link.y], distance(link.probability, found.stands)
        if link.decided_by == "model" and x.sentence.kind == y.sentence.kind == "body" and far <= NEAR:
            question = Question(x, y, link.probability, group_of[link.x] == group_of[link.y])
            asked.append((far, link.x, link.y, question))
    return tuple(question for *_, question in sorted(asked)[:most])


def distance(probability: float, threshold: float) -> float:
    """How far a probability is from the threshold, in log-odds, where the model thinks; 0 or more."""
    return abs(log_odds(probability) - log_odds(threshold))


def _sides(opened: Opened) -> Iterator[Side]:
    """Every sentence of a story where it stands."""
    for article, sentences in zip(opened.story.articles, opened.sentences, strict=True):
        texts = ["", *(sentence.text for sentence in sentences), ""]
        for sentence, before, after in zip(sentences, texts, texts[2:], strict=False):
            yield Side(sentence, article.outlet.name, before, after)


class Answers:
    """The corrections of one story, as they grow; for one thread at a time.

    Attributes:
        written: The answers that can be taken back, as they stand in the file.
    """

    def __init__(self, root: Path, story: str) -> None:
        self._root = root
        self._story = story
        self._path = root / "sources" / story / corrections.NAME
        self.written: list[str] = []

    def answer(self, x: str, y: str, verdict: str) -> None:
        """Save one answer.

        Args:
            x: Id of a sentence.
            y: Id of another.
            verdict: ``same`` or ``different``.

        Raises:
            CorrectionError: There are no such sentences, or no such answer.
            Problems: It contradicts the corrections that are there; nothing is saved.
            OutputError: The file cannot be written.
        """
        opened = open_story(self._root, self._story)
        known = {sentence.id: sentence for article in opened.sentences for sentence in article}
        if not {x, y} <= known.keys() or x == y or verdict not in ("same", "different"):
            hint = "ask again: what is asked now fits the story"
            raise CorrectionError("the story has changed since the question was asked", hint=hint)
        names = tuple(sorted((x, y)))
        openings = tuple(" ".join(known[name].text.split(" ")[:_OPENING_WORDS]) for name in names)
        given = opened.story.corrections
        line = max((other.line for other in given), default=0) + 1
        correction = Correction("same" if verdict == "same" else "different", names, None, line, openings)
        story = replace(opened.story, corrections=(*given, correction))
        corrections.refuse_wrong(story, known.values())
        text = self._text()
        start = "\n" if text.strip() else ""
        block = f"{start}[[{verdict}]]\nsentences = {_toml(names)}\nopening = {_toml(openings)}\n"
        overwrite(
            self._path, f"{text}{'' if text.endswith(chr(10)) or not text else chr(10)}{block}".encode()
        )
        self.written.append(block)

    def undo(self) -> bool:
        """Take the last answer back; False when there is none, or somebody has edited the file's end.

        Raises:
            OutputError: The file cannot be written.
        """
        if not self.written or not (text := self._text()).endswith(self.written[-1]):
            return False
        rest = text.removesuffix(self.written.pop())
        if rest.strip():
            overwrite(self._path, rest.encode())
        else:
            self._path.unlink(missing_ok=True)
        return True

    def _text(self) -> str:
        there = self._path.exists()
        return files.read_text(self._path, self._root, LARGEST) if there else ""


def _toml(texts: Sequence[str]) -> str:
    # JSON strings without DEL are TOML basic strings.
    return json.dumps(list(texts), ensure_ascii=False).replace("\x7f", "\\u007f")
