"""The command as a user meets it: help, exit codes, messages, and a quick start."""

import subprocess
import sys

import pytest

from compare.cli import COMMANDS


def _run(*arguments, cwd=None, **variables):
    import os

    return subprocess.run(
        [sys.executable, "-m", "compare", *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **variables},
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_tells_how_to_use_it(name):
    """Help has examples, and ends with 0."""
    done = _run(name, "--help")
    assert done.returncode == 0
    assert f"crossread {name}" in done.stdout.partition("Examples:")[2]


def test_help_lists_every_command():
    """Nothing is hidden."""
    done = _run("--help")
    assert done.returncode == 0
    assert [name for name in COMMANDS if f"  {name} " not in done.stdout] == []


def test_help_loads_no_heavy_library():
    """The start stays quick: the work's libraries are loaded by the commands that need them."""
    code = (
        "import sys; from compare.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'numpy', 'rapidfuzz', 'jinja2', 'pydantic', 'rich', 'trafilatura', 'httpx', 'babel'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == "[]"


def test_wrong_arguments_end_with_2():
    """An unknown command or option is the caller's slip, told by the parser."""
    assert _run("biuld").returncode == 2
    assert _run("build", "--outputs").returncode == 2


def test_what_a_user_can_mend_ends_with_1_and_no_traceback(tmp_path):
    """One message with place and hint on stderr."""
    done = _run("build", cwd=tmp_path)
    assert done.returncode == 1
    assert "sources" in done.stderr
    assert "hint:" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_colours_are_for_terminals_only(tmp_path):
    """A pipe gets plain text, as does anyone who sets NO_COLOR."""
    assert "\x1b[" not in _run("check", cwd=tmp_path).stderr
    assert "\x1b[" not in _run("check", cwd=tmp_path, NO_COLOR="1").stderr


def test_a_new_site_builds(tmp_path):
    """What ``crossread new`` writes passes the check and becomes a site."""
    assert _run("new", "mysite", cwd=tmp_path).returncode == 0
    assert _run("check", "mysite", cwd=tmp_path).returncode == 0
    built = _run("build", "mysite", cwd=tmp_path, CROSSREAD_CACHE=str(tmp_path / "cache"))
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "mysite" / "output" / "index.html").is_file()
    assert "1 story" in built.stdout or "stories" in built.stdout
