"""One build at a time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from compare.build import lock
from compare.errors import OutputError

HOME = str(Path(__file__).resolve().parents[2])
HOLD = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from compare.build import lock
with lock.held(Path(sys.argv[1]), 5, print):
    print("held", flush=True)
    sys.stdin.readline()
"""


def holding(path: Path) -> subprocess.Popen[str]:
    """A process that holds the lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), HOME],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_lock_is_removed_afterwards(tmp_path: Path) -> None:
    """No file stays beside the output folder, also after an error."""
    path = tmp_path / ".output.lock"
    with lock.held(path, 0, pytest.fail):
        assert path.read_text() == f"process {os.getpid()}\n"
    assert not path.exists()
    with pytest.raises(ZeroDivisionError), lock.held(path, 0, pytest.fail):
        _ = 1 / 0
    assert not path.exists()


def test_second_build_says_who_holds_the_lock(tmp_path: Path) -> None:
    """Without patience it ends with the number of the other process."""
    path = tmp_path / ".output.lock"
    process = holding(path)
    try:
        with pytest.raises(OutputError, match=f"process {process.pid}"), lock.held(path, 0, str):
            pytest.fail("two builds at once")
    finally:
        process.communicate("\n", timeout=30)


def test_second_build_waits_its_turn(tmp_path: Path) -> None:
    """It says that it waits, and goes on when the other has ended."""
    path = tmp_path / ".output.lock"
    process = holding(path)
    said: list[str] = []

    def let_go(text: str) -> None:
        said.append(text)
        threading.Thread(target=process.communicate, args=("\n",)).start()

    with lock.held(path, 30, let_go):
        assert process.wait(30) == 0
    assert f"process {process.pid}" in said[0]
    assert not path.exists()


def test_lock_of_a_killed_build_holds_nobody_up(tmp_path: Path) -> None:
    """The file is still there, the lock is not."""
    path = tmp_path / ".output.lock"
    process = holding(path)
    process.kill()
    process.communicate()
    assert path.exists()
    with lock.held(path, 0, pytest.fail):
        pass
    assert not path.exists()


def test_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    """The lock is the first thing written, so it meets the refusal first."""
    with pytest.raises(OutputError, match="cannot write beside the output folder"):
        lock.held(tmp_path / "missing" / ".output.lock", 0, pytest.fail).__enter__()
