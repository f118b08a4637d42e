"""What an editor should look at first, and the file that keeps the editor's word.

Asked about are the links whose probability is near the threshold, the nearest first: what is surely one
claim, or surely two, takes nobody's time. Each answer is one table of ``corrections.toml``, written at
once, so that nothing is lost when the editor walks away.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

from msgspec.structs import replace

from compare.errors import CorrectionError, Problems
from compare.model import Correction, Sentence
from compare.one_story import Opened
from compare.one_story.explain import log_odds
from compare.site import files, readers
from compare.site.new_files import overwrite
from compare.site.readers import corrections as corrections_file

Verdict = Literal["same", "different"]

MOST = 20
NEAR = 1.0  # of log-odds: about a fifth to either side of an even chance
_OPENING_WORDS = 8


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence where it stands.

    Attributes:
        sentence: The sentence.
        outlet: Name of its outlet.
        before: The text of the sentence before it in its article, or "".
        after: The text of the one after it, or "".
    """

    sentence: Sentence
    outlet: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Do these two sentences state a common claim?

    Attributes:
        x: One sentence.
        y: Another, of another article.
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
    decided = {
        frozenset(pair)
        for correction in opened.story.corrections
        for pair in combinations(correction.sentences, 2)
    }
    asked = []
    for link in found.links:
        x, y = sides[link.x], sides[link.y]
        is_body = x.sentence.kind == y.sentence.kind == "body"
        if link.decided_by == "model" and is_body and frozenset((link.x, link.y)) not in decided:
            asked.append(Question(x, y, link.probability, group_of[link.x] == group_of[link.y]))
    near = [(distance(question.probability, found.threshold), question) for question in asked]
    ranked = sorted(
        (one for one in near if one[0] <= NEAR),
        key=lambda one: (one[0], one[1].x.sentence.id, one[1].y.sentence.id),
    )
    return tuple(question for _, question in ranked[:most])


def distance(probability: float, threshold: float) -> float:
    """How far a probability is from the threshold, in log-odds, where the model thinks; 0 or more."""
    return abs(log_odds(probability) - log_odds(threshold))


def _sides(opened: Opened) -> Iterator[Side]:
    """Every sentence of a story where it stands."""
    for article, sentences in zip(opened.story.articles, opened.sentences, strict=True):
        for at, sentence in enumerate(sentences):
            before = sentences[at - 1].text if at else ""
            after = sentences[at + 1].text if at + 1 < len(sentences) else ""
            yield Side(sentence, article.outlet.name, before, after)


class Answers:
    """The corrections of one story, as they grow.

    Args:
        root: The site's folder.
        opened: The story.
    """

    def __init__(self, root: Path, opened: Opened) -> None:
        self._root = root
        self._opened = opened
        self._path = root / "sources" / opened.story.id / corrections_file.NAME
        self._written: list[tuple[str, Correction]] = []

    @property
    def count(self) -> int:
        """How many answers can be taken back."""
        return len(self._written)

    def renew(self, opened: Opened) -> None:
        """Go on with the story as it is now."""
        self._opened = opened

    def answer(self, question: Question, verdict: Verdict) -> None:
        """Save one answer.

        Raises:
            Problems: It contradicts the corrections that are there; nothing is saved.
            OutputError: The file cannot be written.
        """
        both = (question.x.sentence, question.y.sentence)
        pair = tuple(sorted(both, key=lambda sentence: sentence.id))
        openings = tuple(_opening(sentence.text) for sentence in pair)
        correction = Correction(verdict, tuple(sentence.id for sentence in pair), openings=openings)
        self._check(correction)
        block = f"[[{verdict}]]\nsentences = {_toml(correction.sentences)}\nopening = {_toml(openings)}\n"
        text = self._text()
        start = "\n" if text.strip() else ""
        self._save(text + ("" if text.endswith("\n") or not text else "\n") + start + block)
        self._written.append((start + block, correction))

    def undo(self) -> Correction | None:
        """Take the last answer back; None when there is none, or somebody has edited the file's end.

        Raises:
            OutputError: The file cannot be written.
        """
        if not self._written:
            return None
        block, correction = self._written[-1]
        text = self._text()
        if not text.endswith(block):
            return None
        self._written.pop()
        rest = text[: len(text) - len(block)]
        if rest.strip():
            self._save(rest)
        else:
            self._path.unlink(missing_ok=True)
        return correction

    def _check(self, correction: Correction) -> None:
        given: Sequence[Correction] = ()
        if self._path.exists():
            given, problems = corrections_file.read(self._path, self._root)
            if problems:
                raise Problems(problems)
        sentences = [sentence for article in self._opened.sentences for sentence in article]
        last = replace(correction, line=max((other.line for other in given), default=0) + 1)
        path = files.shown(self._path, self._root)
        problems = readers.check_corrections([*given, last], sentences, path)
        if problems:
            raise Problems(problems)

    def _text(self) -> str:
        try:
            return self._path.read_text("utf-8")
        except FileNotFoundError:
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise CorrectionError("cannot be read", path=files.shown(self._path, self._root)) from error

    def _save(self, text: str) -> None:
        files.refuse_link_out(self._path, self._root)
        overwrite(self._path, text.encode())


def _opening(text: str) -> str:
    """The first words of a sentence, as they stand there."""
    return " ".join(text.split(" ")[:_OPENING_WORDS])


def _toml(texts: Sequence[str]) -> str:
    # JSON strings without DEL are TOML basic strings.
    return json.dumps(list(texts), ensure_ascii=False).replace("\x7f", "\\u007f")
