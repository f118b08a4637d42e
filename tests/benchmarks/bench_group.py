"""Measures how long a heap of articles takes to be sorted, and how many stories come back whole.

    python tests/benchmarks/bench_group.py --articles 10000 --report tests/benchmarks/group.json

The articles are those of the invented stories of ``stories.py``, three to a story and shuffled.
They are harder than news: all of them are told in the same few phrases.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from pathlib import Path
from random import Random

from stories import Size, write_stories

from compare.intake.group import Item, propose
from compare.intake.inbox import read_inbox


def heap(folder: Path, articles: int) -> list[tuple[str, Item]]:
    """Story and article of each file that the generator wrote, shuffled."""
    write_stories(folder, Size(stories=articles // 3 + 1, articles=3))
    found: list[tuple[str, Item]] = []
    for story in sorted((folder / "sources").iterdir()):
        taken, _ = read_inbox(story)
        found += [(story.name, replace_id(item.item, f"{story.name}/{item.item.id}")) for item in taken]
    found = found[:articles]
    Random(1).shuffle(found)
    return found


def replace_id(item: Item, name: str) -> Item:
    """The article under a name that is its own in the whole heap."""
    return Item(name, item.title, item.text, item.language, item.published)


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--report", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        articles = heap(Path(folder), given.articles)
        read = time.perf_counter() - started
    story_of = {item.id: story for story, item in articles}
    sizes: dict[str, int] = {}
    for story, _ in articles:
        sizes[story] = sizes.get(story, 0) + 1
    started = time.perf_counter()
    grouping = propose([item for _, item in articles])
    taken = time.perf_counter() - started
    whole = sum(
        len({story_of[item.id] for item in proposal.items}) == 1
        and len(proposal.items) == sizes[story_of[proposal.items[0].id]]
        for proposal in grouping.proposals
    )
    figures = {
        "articles": len(articles),
        "stories": len(sizes),
        "stories recovered exactly": whole,
        "seconds to write and read them": round(read, 1),
        "seconds to group them": round(taken, 1),
        "peak memory in MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    print(json.dumps(figures, indent=2))
    if given.report:
        given.report.write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
