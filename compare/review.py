"""What an editor should look at first, and the file that keeps the editor's word.

Two kinds of doubt are asked about: links whose probability is nearest to the threshold, and the
weakest pair of the claims that hold together worst. Each answer is one table of
``corrections.toml``, written at once, so that nothing is lost when the editor walks away.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, zip_longest
from pathlib import Path
from typing import Literal

from compare import files, readers
from compare.errors import CorrectionError, OutputError, Problems
from compare.model import Alignment, Correction, Sentence
from compare.new_files import create
from compare.new_files import replace as replace_file
from compare.one_story import Opened
from compare.readers import corrections as corrections_file

Verdict = Literal["same", "different"]
Reason = Literal["near the threshold", "weakest of its claim"]

MOST = 20
_OPENING_WORDS = 8


@dataclass(frozen=True, slots=True)
class Question:
    """Do these two sentences state a common claim?

    Attributes:
        x: One sentence.
        y: Another, of another article.
        probability: What the model thinks of it, 0..1.
        joined: Whether they are in one claim now.
        reason: Why this is asked.
    """

    x: Sentence
    y: Sentence
    probability: float
    joined: bool
    reason: Reason


def questions(opened: Opened, alignment: Alignment | None = None, most: int = MOST) -> tuple[Question, ...]:
    """What to ask, the two kinds by turns and the most doubtful first.

    What the editor has decided already is not asked again.

    Args:
        opened: The story.
        alignment: Of it, when it is at hand.
        most: At most so many.
    """
    found = alignment or opened.align()
    by_id = {sentence.id: sentence for article in opened.sentences for sentence in article}
    group_of = {sentence.id: at for at, group in enumerate(found.groups) for sentence in group}
    decided = {
        frozenset(pair)
        for correction in opened.story.corrections
        for pair in combinations(correction.sentences, 2)
    }
    near = [
        Question(
            by_id[link.x],
            by_id[link.y],
            link.probability,
            group_of[link.x] == group_of[link.y],
            "near the threshold",
        )
        for link in sorted(
            found.links, key=lambda link: (abs(link.probability - found.threshold), link.x, link.y)
        )
        if link.decided_by == "model" and by_id[link.x].kind == by_id[link.y].kind == "body"
    ]
    turns = chain.from_iterable(zip_longest(near, _weakest(found)))
    asked: dict[frozenset[str], Question] = {}
    for question in turns:
        if question is not None and (pair := frozenset((question.x.id, question.y.id))) not in decided:
            asked.setdefault(pair, question)
    return tuple(asked.values())[:most]


def _weakest(alignment: Alignment) -> list[Question]:
    """For each claim its least probable pair, the claims with the lowest mean first."""
    probability = {(link.x, link.y): link.probability for link in alignment.links}
    found: list[tuple[float, Question]] = []
    for group in alignment.groups:
        pairs = [
            (probability.get((min(x.id, y.id), max(x.id, y.id)), 0.0), x, y)
            for x, y in combinations(group, 2)
            if x.article != y.article and x.kind == y.kind == "body"
        ]
        if len(pairs) > 1:
            least, x, y = min(pairs, key=lambda pair: (pair[0], pair[1].id, pair[2].id))
            mean = sum(pair[0] for pair in pairs) / len(pairs)
            found.append((mean, Question(x, y, least, joined=True, reason="weakest of its claim")))
    return [question for _, question in sorted(found, key=lambda one: (one[0], one[1].x.id, one[1].y.id))]


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
        pair = tuple(sorted((question.x, question.y), key=lambda sentence: sentence.id))
        openings = tuple(_opening(sentence.text) for sentence in pair)
        correction = Correction(verdict, tuple(sentence.id for sentence in pair), openings=openings)
        self._check(correction)
        block = "\n".join(
            [
                f"[[{verdict}]]",
                f"sentences = {_toml(correction.sentences)}",
                f"opening = {_toml(openings)}",
                "",
            ]
        )
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
        if self._path.exists():
            replace_file(self._path, text.encode())
            return
        try:
            create(self._path, text.encode())
        except OSError as error:
            raise OutputError(f"cannot be written: {error.strerror or error}", path=self._path) from error


def _opening(text: str) -> str:
    """The first words of a sentence, as they stand there."""
    return " ".join(text.split(" ")[:_OPENING_WORDS])


def _toml(texts: Sequence[str]) -> str:
    # JSON strings without DEL are TOML basic strings.
    return json.dumps(list(texts), ensure_ascii=False).replace("\x7f", "\\u007f")
