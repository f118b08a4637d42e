"""Small captures that each show one fault of real pages: ``cases/pages/NAME`` with ``NAME.expected.txt``.

An expected file has one ``key: value`` a line. ``text has``, ``text has not`` and ``doubt`` may stand
more than once and are looked for; ``author_has`` and the like take part of a value; any other key is a
fact. Of the ``segment-*`` cases the lines after the language are the sentences.
"""

from __future__ import annotations

from ast import literal_eval
from pathlib import Path

import pytest

from compare.intake.extract.kinds import read
from compare.intake.extract.model import Draft
from compare.intake.received import Received
from compare.text import segment

_CASES = Path(__file__).parent / "cases" / "pages"
_ALL = sorted(path for path in _CASES.iterdir() if not path.name.endswith(".expected.txt"))


def _expected(path: Path) -> list[tuple[str, str]]:
    lines = (path.parent / f"{path.stem}.expected.txt").read_text().splitlines()
    pairs = [line.partition(":") for line in lines if line and not line.startswith(("#", "why:", "outcome:"))]
    return [(key, value.strip()) for key, _, value in pairs]


def _wrong(draft: Draft, key: str, value: str) -> str | None:
    """What a draft has instead of what is expected, or None."""
    facts = draft.facts
    if key == "text has":
        return None if value in draft.text else f"lost: {value}"
    if key == "text has not":
        return None if value.lower() not in draft.text.lower() else f"kept: {value}"
    if key == "doubt":
        return None if any(value in doubt.text for doubt in facts.unsure) else f"no doubt says: {value}"
    name, _, how = key.partition("_")
    have = getattr(facts, name)
    have = have.isoformat() if hasattr(have, "isoformat") else str(have)
    if how:
        wanted = literal_eval(value) if value.startswith("[") else [value]
        ok = all((part in have) == (how == "has") for part in wanted)
    else:
        ok = have == value
    return None if ok else f"{key}: {have}"


@pytest.mark.parametrize(
    "path", [path for path in _ALL if not path.name.startswith("segment-")], ids=lambda path: path.name
)
def test_a_capture_gives_what_is_expected(path: Path) -> None:
    """Facts and text of a page, a feed or a text are those that its expected file names."""
    (draft,) = read(Received(path.read_bytes(), path.name))
    found = [wrong for key, value in _expected(path) if (wrong := _wrong(draft, key, value))]
    assert not found, (found, draft.facts, draft.text)


@pytest.mark.parametrize(
    "path", [path for path in _ALL if path.name.startswith("segment-")], ids=lambda path: path.stem
)
def test_sentences_end_where_they_end(path: Path) -> None:
    """A text is cut into the sentences that its expected file lists."""
    language, *sentences = (path.parent / f"{path.stem}.expected.txt").read_text().splitlines()
    text = path.read_text().strip()
    found = [text[start:end] for start, end in segment.spans(text, language.partition(": ")[2])]
    assert found == [sentence for sentence in sentences if sentence]
