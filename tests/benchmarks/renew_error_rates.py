"""Renew the figures that the manual prints about the alignment.

    python tests/benchmarks/renew_error_rates.py GOLD.jsonl...

Runs ``crossread evaluate`` on every gold file at the shipped settings and writes
``error_rates.json`` beside this file: the figures, those of simpler methods, and beside them the
cross-validated ones from the weights file, for which no story was judged by a model that had seen
it. A gold file that the weights were not trained on has none: its figures are honest as they are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from compare.align import weights
from compare.evaluate import evaluate
from compare.evaluate.measures import Figures
from compare.model import Settings

DATA = Path(weights.__file__).parent.parent / "data"


def main() -> None:
    """Measure every file and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", nargs="+", type=Path)
    arguments = parser.parse_args()
    target = Path(__file__).with_name("error_rates.json")
    report = {}
    for path in arguments.gold:
        core = evaluate(path, Settings(), simple=True)
        report[path.stem] = {
            "stories": len(core.stories),
            "signature": core.signature,
            "crossread": shorten(core.figures),
            "cross_validated": trained(path.name),
            "baselines": {name: shorten(figures) for name, figures in core.baselines.items()},
        }
    target.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(target)


def trained(name: str) -> object:
    """The cross-validated figures of a gold file, or None when the weights never saw it."""
    data = json.loads((DATA / "alignment.json").read_text(encoding="utf-8"))
    return data["provenance"]["cross_validated"].get(name)


def shorten(figures: Figures) -> dict[str, float]:
    """The figures that are printed, in thousandths."""
    picked = {
        "links_precision": figures["links"]["precision"],
        "links_recall": figures["links"]["recall"],
        "links_f1": figures["links"]["f1"],
        "shown_precision": figures["shown"]["precision"],
        "shown_recall": figures["shown"]["recall"],
        "average_precision": figures["ranking"]["average_precision"],
        "calibration_error": figures["ranking"]["ece"],
        "absent_precision": figures["absent"]["precision"],
        "absent_recall": figures["absent"]["recall"],
        "absent_f1": figures["absent"]["f1"],
        "conflicts_recall": figures["conflicts"]["recall"],
        "conflicts_gold": figures["conflicts"]["gold"],
    }
    return {name: round(value, 3) for name, value in picked.items()}


if __name__ == "__main__":
    main()
