"""Time and memory of the alignment, beside CollateX where installed.

    python tests/benchmarks/bench_align.py [--repeat N] [--json FILE]

Stories are made of invented words: articles tell most of the same facts, with some words replaced
and some sentences reordered. Times are those of one process after start-up; each is the least of
several runs, because other work on the machine only adds. Limits: 3 x 25 sentences 15 ms, 10 x 40
150 ms, 50 x 40 5 s and 1 GB.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from compare.align.links import align
from compare.model import Sentence

SIZES = {(3, 25): 0.015, (10, 40): 0.150, (50, 40): 5.0}  # articles, sentences: seconds allowed
MEMORY = 1024  # MB allowed
VOCABULARY, FACT = 4000, 18  # words


def story(articles: int, sentences: int, seed: int = 1) -> list[tuple[Sentence, ...]]:
    """An invented story: each article tells a sample of common facts."""
    chance = Random(seed)
    syllables = [c + v for c in "bcdfglmnprst" for v in "aeiou"]
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(VOCABULARY)]
    weights = [1 / (rank + 3) for rank in range(VOCABULARY)]
    facts = [chance.choices(words, weights, k=FACT) for _ in range(round(1.6 * sentences))]
    result = []
    for number in range(articles):
        name = f"article-{number:02}"
        told = []
        for index, fact in enumerate(chance.sample(facts, sentences)):
            kept = [w if chance.random() < 0.7 else chance.choices(words, weights)[0] for w in fact]
            kept += chance.choices(words, weights, k=chance.randint(0, 10))
            if chance.random() < 0.5:
                chance.shuffle(kept)
            text = " ".join([kept[0].title(), kept[1], kept[2].title(), *kept[3:]]) + "."
            told.append(Sentence(f"{name}/{index:03}", name, index, 0, len(text), text))
        result.append(tuple(told))
    return result


def least(work: Callable[[], object], repeat: int) -> float:
    """Seconds of the fastest run."""
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def measure_collatex() -> float | None:
    """Seconds for 3 x 14 sentences, or None without CollateX (which also needs Levenshtein)."""
    try:
        import collatex
    except ImportError:
        return None
    collation = collatex.Collation()
    for article in story(3, 14):
        collation.add_plain_witness(article[0].article, " ".join(s.text for s in article))
    return least(lambda: collatex.collate(collation), 1)


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    align(story(2, 5), ["en", "en"])
    report: dict[str, object] = {}
    for (articles, sentences), allowed in SIZES.items():
        told = story(articles, sentences)
        repeat = arguments.repeat if articles < 50 else 1
        seconds = least(lambda told=told: align(told, ["en"] * len(told)), repeat)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        report[f"{articles} x {sentences}"] = {"seconds": round(seconds, 4), "allowed": allowed, "MB": memory}
        limit = f"{1000 * seconds:8.1f} ms of {1000 * allowed:.0f}"
        print(f"crossread  {articles:3} x {sentences}: {limit}, {memory} MB")
    report["collatex 3 x 14"] = measure_collatex()
    print(f"CollateX     3 x 14: {report['collatex 3 x 14'] or 'not installed'}")
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
