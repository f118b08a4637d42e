"""Fuzzes one target with coverage as its guide, for a fixed time.

    pip install atheris
    python tests/security/fuzz.py read 120

An input that fails is written to ``crash-…`` in this folder; mend the fault, then move the file to
``found/<target>/``, where the tests run it again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE)]


def main() -> None:
    """Fuzz what the command line names."""
    import atheris

    target, seconds = sys.argv[1], sys.argv[2]
    with atheris.instrument_imports(include=["compare"]):
        from targets import TARGETS
    known = HERE / "found" / target
    known.mkdir(parents=True, exist_ok=True)
    corpus = tempfile.mkdtemp(prefix="crossread-fuzz-")  # what libFuzzer learns goes to the first folder
    bounds = [f"-max_total_time={seconds}", "-max_len=600", f"-artifact_prefix={HERE}/"]
    options = [sys.argv[0], *bounds, corpus, str(known)]
    atheris.Setup(options, TARGETS[target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
