"""Processor time of all findings beside that of the alignment, on the same invented stories.

    python tests/benchmarks/bench_findings.py [--stories N]

All stories are compared once; then every claim is examined again, and every story aligned again, in
the same order. There are more sentences than the stages remember, so nothing is remembered from the
first time but the words themselves, as in a long build.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from stories import Size, write_stories

from compare import findings
from compare.align.links import align
from compare.model import Comparison
from compare.site import config, readers
from compare.site.folders import story_folders
from compare.story import compare_story


def examine(comparison: Comparison) -> None:
    """All findings of a story."""
    articles = {article.id: article for article in comparison.story.articles}
    findings.examine(comparison.claims, articles)


def link(comparison: Comparison) -> None:
    """The alignment of a story."""
    align(comparison.sentences, [article.language for article in comparison.story.articles])


def milliseconds(work: Callable[[Comparison], None], comparisons: list[Comparison]) -> float:
    """Processor time a story."""
    started = time.process_time()
    for comparison in comparisons:
        work(comparison)
    return (time.process_time() - started) / len(comparisons) * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=100)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_stories(root, Size(parser.parse_args().stories))
        site = config.load(root)
        told = [readers.read_story(place, root, site) for place in story_folders(root)]
    comparisons = [compare_story(story) for story in told]
    for name, work in (("alignment", link), ("findings", examine)):
        taken = [milliseconds(work, comparisons) for _ in range(5)]
        print(f"{name:10} {min(taken):6.2f} ms a story, the least of 5 runs")


if __name__ == "__main__":
    main()
