"""What is read out of pages and other captures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from compare.extract.html import read_page
from compare.extract.model import Draft
from compare.text import words

PAGES = Path(__file__).parent / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
FACTS = ("title", "outlet", "published", "updated", "author", "agency", "language", "url")


def expected(name: str) -> tuple[dict[str, Any], list[str]]:
    """Front matter and Markdown blocks of what should be read."""
    _, head, body = (PAGES / f"{name}.expected.md").read_text("utf-8").split("---\n", 2)
    lines = [line for line in body.splitlines() if line]
    return yaml.load(head, yaml.BaseLoader), lines


def marked(draft: Draft) -> list[str]:
    """The draft's blocks with the marks of the expected files."""
    signs = {"paragraph": "", "heading": "## ", "quote": "> ", "item": "- "}
    return [signs[piece.kind] + piece.text for piece in draft.pieces]


def f1(one: str, other: str) -> float:
    """Overlap of two texts' words, as bags."""
    x, y = (Counter(word.text for word in words(text)) for text in (one, other))
    common = sum((x & y).values())
    return 2 * common / (sum(x.values()) + sum(y.values()))


@pytest.mark.parametrize("name", NAMES)
def test_body(name: str) -> None:
    """The body of each saved page is found, without what stands around it."""
    draft = read_page((PAGES / f"{name}.html").read_bytes())
    _, lines = expected(name)
    assert f1(draft.text, " ".join(line.lstrip("#>- ") for line in lines)) >= 0.95
    assert marked(draft) == lines


@pytest.mark.parametrize("name", NAMES)
def test_facts(name: str) -> None:
    """Title, outlet and dates are right, or said to be unsure."""
    facts = read_page((PAGES / f"{name}.html").read_bytes()).facts
    stated, _ = expected(name)
    for key in FACTS:
        value = getattr(facts, key)
        found = value.isoformat() if key in ("published", "updated") and value else value
        want = stated.get(key)
        assert found == (None if want in (None, "null") else want), key
    for key, word in (("title", "title"), ("outlet", "outlet"), ("published", "publication")):
        assert getattr(facts, key) is not None or any(word in doubt for doubt in facts.unsure), key
    assert facts.complete == (stated.get("complete") != "false")
