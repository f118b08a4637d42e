"""How the command looks and explains itself."""

from __future__ import annotations

import importlib
import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from compare.cli import COMMANDS, crossread

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_examples(name: str) -> None:
    """Every command explains itself, with examples that name it and options that say what they do."""
    told = CliRunner().invoke(crossread, [name, "--help"])
    assert told.exit_code == 0, told.output
    assert "Examples:" in told.output
    assert f"\n    crossread {name}" in told.output
    command = importlib.import_module(f"compare.cli.{name}").command
    assert all(option.help for option in command.params if isinstance(option, click.Option))


@pytest.mark.parametrize(("no_color", "coloured"), [("", True), ("1", False)])
def test_no_color(no_color: str, coloured: bool, tmp_path: Path) -> None:
    """A terminal gets colours, unless NO_COLOR is set."""
    inner, outer = pty.openpty()
    environment = {**os.environ, "NO_COLOR": no_color, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "compare", "check", str(tmp_path)]
    process = subprocess.Popen(command, stderr=outer, stdout=outer, env=environment)
    assert process.wait(30) == 1
    os.close(outer)
    told = os.read(inner, 10_000)
    os.close(inner)
    assert b"error: " in told
    assert (b"\x1b[" in told) == coloured


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    """The completion script of each shell is there, and commands and options are completed."""
    environment = {**os.environ, "_CROSSREAD_COMPLETE": f"{shell}_source", "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-c", "from compare.cli import main; main()"]
    script = subprocess.run(run, env=environment, capture_output=True, text=True, check=False)
    assert "_CROSSREAD_COMPLETE" in script.stdout, script.stderr
    asked = {
        "_CROSSREAD_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "crossread exp",
        "COMP_CWORD": "exp" if shell == "fish" else "1",
    }
    told = subprocess.run(run, env={**environment, **asked}, capture_output=True, text=True, check=False)
    assert {"explain", "export"} <= set(told.stdout.replace(",", " ").split())
