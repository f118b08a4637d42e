"""Measure what pages sum up from links, each gold story judged by weights that never saw it.

    python tests/benchmarks/measure_statements.py NEWS.jsonl... [--beside GOLD.jsonl...]

Needs scipy (the extra ``train``). Trains as ``train_alignment.py`` does on all files, five times on
four fifths of the events, compares each story left out as a build does, and holds what its pages
would say against the gold links of the NEWS files; ``--beside`` names gold files that are only trained
on. The definitions stand in ``compare/evaluate/statements.py``. Writes ``compare/data/statements.json``,
which the method page prints.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from threadpoolctl import threadpool_limits
from train_alignment import Example, folds, load, train

from compare.align import weights
from compare.align.links import judge
from compare.evaluate import predicted
from compare.evaluate.measures import Predicted, measure
from compare.evaluate.statements import measure_statements
from compare.model import Settings

DATA = Path(weights.__file__).parent.parent / "data"


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("news", nargs="+", type=Path)
    parser.add_argument("--beside", nargs="*", type=Path, default=[])
    arguments = parser.parse_args()
    with threadpool_limits(1):
        examples = load([*arguments.news, *arguments.beside])
        judged = cross_validated(examples, len(arguments.news))
    report: dict[str, object] = {"weights": weights.load().name}
    for name, genres in [
        *((path.name, {number}) for number, path in enumerate(arguments.news)),
        ("all", set(range(len(arguments.news)))),
    ]:
        rows = [(example, said) for example, said in judged if example.genre in genres]
        report[name] = figures(rows)
        print(name, json.dumps(report[name]))
    text = json.dumps(report, indent=1, ensure_ascii=False) + "\n"
    (DATA / "statements.json").write_text(text, encoding="utf-8")


def cross_validated(examples: list[Example], news: int) -> list[tuple[Example, Predicted]]:
    """Every news story with what the pipeline says of it, by weights that were trained without it."""
    threshold = weights.load().threshold
    names = list(examples[0].pairs.features)
    judged = []
    for held in folds(examples):
        model = train([e for number, e in enumerate(examples) if number not in set(held)], names)
        for example in (examples[number] for number in held):
            if example.genre < news:
                alignment = judge(example.candidates, model, settings=Settings(threshold=threshold))
                judged.append((example, predicted(example.story, alignment)))
    return judged


def figures(rows: list[tuple[Example, Predicted]]) -> dict[str, object]:
    """Statements and conflicts, in thousandths."""
    stories, said = [example.story for example, _ in rows], [told for _, told in rows]
    groups = {
        **measure_statements(stories, [told.claims for told in said]),
        "conflicts": measure(stories, said)["conflicts"],
    }
    lacking = sum(any(claim.lacking for claim in told.claims) for told in said)
    return {
        "stories": len(stories),
        "stories_with_left_out": lacking,
        **{name: {key: _short(value) for key, value in group.items()} for name, group in groups.items()},
    }


def _short(value: object) -> object:
    return round(value, 3) if isinstance(value, float) else value


if __name__ == "__main__":
    main()
