"""Questions and answers of the preview: the review of any story, by click."""

from __future__ import annotations

import threading
from pathlib import Path

from compare.errors import CorrectionError
from compare.one_story import open_story
from compare.one_story.review import Answers, Question, Side, Verdict, questions

_VERDICTS: dict[str, Verdict] = {"same": "same", "different": "different"}


class Desk:
    """Asks about stories and keeps the answers; used by many threads.

    Args:
        root: The site's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._guard = threading.Lock()
        self._answers: dict[str, Answers] = {}

    def ask(self, story: str) -> tuple[str, tuple[Question, ...]]:
        """Title of a story and what to ask about it.

        Raises:
            CrossreadError: There is no such story, or it cannot be used.
        """
        opened = open_story(self._root, story)
        return opened.story.title, questions(opened)

    def undoable(self, story: str) -> int:
        """How many answers of this preview can be taken back."""
        with self._guard:
            answers = self._answers.get(story)
            return answers.count if answers else 0

    def take(self, story: str, said: dict[str, str]) -> None:
        """Save an answer, or take the last one back.

        Args:
            story: The story's id.
            said: The form: ``answer`` is ``same``, ``different`` or ``undo``; ``x`` and ``y`` are ids.

        Raises:
            CrossreadError: The answer cannot be taken.
        """
        with self._guard:
            if said.get("answer") == "undo":
                answers = self._answers.get(story)
                if answers is None or answers.undo() is None:
                    raise CorrectionError("there is nothing to undo, or the file was edited since")
                return
            opened = open_story(self._root, story)
            by_id = {sentence.id: Side(sentence, "") for article in opened.sentences for sentence in article}
            x, y = by_id.get(said.get("x", "")), by_id.get(said.get("y", ""))
            verdict = _VERDICTS.get(said.get("answer", ""))
            if x is None or y is None or x is y or verdict is None:
                raise CorrectionError(
                    "the story has changed since the question was asked", hint="load the page again"
                )
            answers = self._answers.setdefault(story, Answers(self._root, opened))
            answers.renew(opened)
            answers.answer(Question(x, y, 0.0, joined=False), verdict)
