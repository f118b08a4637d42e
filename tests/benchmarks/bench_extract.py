"""How well bodies of pages are found, and how fast, beside trafilatura: ``bench_extract.py FOLDER...``.

A folder holds pages with their true texts, in any folders below it: ``NAME.html`` as received and
``NAME.txt``, the article's body in UTF-8, one paragraph a line, without its headline. A page without a
text is passed over. Printed are the mean precision and recall over pages of the words' 4-grams (as bags),
their F1, how many pages were refused, and milliseconds a page (the median of pages). ``--each`` prints a line
for each page, the worst first.

``--made N`` measures N pages that ``made_pages.py`` writes, instead of a folder.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import trafilatura

from compare.errors import FetchError
from compare.intake.extract.html import read_page
from compare.text import words

_SHINGLE = 4


class Score(NamedTuple):
    """Of one page.

    Attributes:
        precision: Share of the found 4-grams that are true, 0..1.
        recall: Share of the true ones that are found, 0..1.
        seconds: For finding them.
        is_refused: Whether nothing was found.
    """

    precision: float
    recall: float
    seconds: float
    is_refused: bool


def ours(page: bytes) -> str:
    """The body as ``crossread add`` takes it."""
    try:
        return read_page(page).text
    except FetchError:
        return ""


def theirs(page: bytes) -> str:
    """The body as trafilatura finds it with its own settings, title, date and author with it as ours has."""
    document = trafilatura.bare_extraction(page, include_comments=False, with_metadata=True)
    return str(getattr(document, "text", None) or "")


def body_alone(page: bytes) -> str:
    """The body as trafilatura finds it, and nothing beside it."""
    return trafilatura.extract(page, include_comments=False) or ""


def score(page: bytes, truth: str, extract: Callable[[bytes], str]) -> Score:
    """Measure one page."""
    before = time.perf_counter()
    found = extract(page)
    seconds = time.perf_counter() - before
    have, want = _shingles(found), _shingles(truth)
    common = sum((have & want).values())
    precision = common / have.total() if have else 1.0
    return Score(precision, common / want.total() if want else 1.0, seconds, not found)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    found = [word.text for word in words(text)]
    return Counter(tuple(found[at : at + _SHINGLE]) for at in range(max(len(found) - _SHINGLE + 1, 1)))


def tell(name: str, scores: Sequence[Score]) -> str:
    """The means in one line."""
    precision, recall = (
        statistics.fmean(values) for values in zip(*[(s.precision, s.recall) for s in scores], strict=True)
    )
    f1 = 2 * precision * recall / (precision + recall)
    median = 1000 * statistics.median(one.seconds for one in scores)
    refused = sum(one.is_refused for one in scores)
    return (
        f"{name:<14} F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}  "
        f"refused {refused}  {median:.0f} ms a page"
    )


def _pages(folders: Sequence[Path]) -> list[tuple[str, bytes, str]]:
    found = [path for folder in folders for path in sorted(folder.rglob("*.html"))]
    return [
        (path.stem, path.read_bytes(), path.with_suffix(".txt").read_text("utf-8"))
        for path in found
        if path.with_suffix(".txt").exists()
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure what is found of pages.")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--made", type=int, default=0, metavar="N")
    parser.add_argument("--each", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        if asked.made:
            from made_pages import write_pages

            write_pages(Path(made), asked.made)
        pages = _pages([*asked.folders, Path(made)])
    if not pages:
        parser.error("there is no page with a text")
    ours(pages[0][1]), theirs(pages[0][1])  # imports are not measured
    mine = [score(page, truth, ours) for _, page, truth in pages]
    library = [score(page, truth, theirs) for _, page, truth in pages]
    alone = [score(page, truth, body_alone) for _, page, truth in pages]
    if asked.each:
        gaps = zip(pages, mine, library, strict=True)
        for (name, _, _), one, other in sorted(gaps, key=lambda gap: gap[1].precision + gap[1].recall):
            told = f"{one.precision:.3f} {one.recall:.3f} | {other.precision:.3f} {other.recall:.3f}"
            print(f"{told}  {name}")
    print(f"{len(pages)} pages")
    print(tell("crossread", mine))
    print(tell("trafilatura", library))
    print(tell("its body only", alone))


if __name__ == "__main__":
    main()
