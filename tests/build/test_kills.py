"""Killed at any instant, the old or the new site is there, whole, and the next build succeeds.

``CROSSREAD_KILLS=200`` kills that often; a few do for an ordinary run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILLS = int(os.environ.get("CROSSREAD_KILLS", "8"))


@pytest.mark.parametrize("how", ["random", "steps"])
def test_killed_builds_leave_a_whole_site(tmp_path: Path, how: str) -> None:
    """At random moments, and before operations on the file system."""
    script = Path(__file__).with_name("killed.py")
    ran = subprocess.run(
        [sys.executable, str(script), str(tmp_path), str(KILLS), how],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {"kills": KILLS, "whole": KILLS, "wrong": []}
