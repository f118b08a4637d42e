"""No story can take the machine: each hostile one is built or refused in bounded time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent))

from hostile import CASES

PROJECT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("case", sorted(CASES))
def test_hostile_story_is_built_or_refused_within_bounds(tmp_path: Path, case: str) -> None:
    """Thirty seconds of processor time and 2 GB, and the good story beside it is built."""
    script = Path(__file__).with_name("hostile.py")
    surroundings = os.environ | {"PYTHONPATH": str(PROJECT), "OPENBLAS_NUM_THREADS": "1"}
    ran = subprocess.run(
        [sys.executable, str(script), str(tmp_path), case], cwd=PROJECT, check=False,
        capture_output=True, text=True, env=surroundings,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-3000:]
    assert ran.stdout == "built\n" or ran.stdout.startswith("refused: sources/hostile"), ran.stdout
