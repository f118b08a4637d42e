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
        "heavy = {'numpy', 'rapidfuzz', 'jinja2', 'msgspec', 'trafilatura', 'httpx', 'babel'}\n"
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


def test_build_tells_all_that_is_wrong_in_one_run(tmp_path):
    """The configuration stops the build, and what else is to mend is told with it."""
    _run("new", "site", cwd=tmp_path)
    site = tmp_path / "site"
    story = next((site / "sources").iterdir())
    (site / "crossread.toml").write_text("titel = 1\n")
    (story / "empty.md").write_text("---\noutlet: Nobody's News\n---\n")
    (story / "corrections.toml").write_text('[[same]]\nsentences = ["harbour-wire/12345678", "x/12345678"]\n')
    built = _run("build", cwd=site, XDG_CACHE_HOME=str(tmp_path))
    assert built.returncode == 1
    assert "crossread.toml:1: error: " in built.stderr
    assert "/empty.md:3: error: has no text" in built.stderr
    assert built.stderr.count("crossread.toml:1:") == 1
    assert not (site / "output").exists()


def test_correction_of_an_unknown_sentence_costs_its_story_only_and_names_the_file(tmp_path):
    """With the line and what to do, as ``check`` says it."""
    _run("new", "site", cwd=tmp_path)
    site = tmp_path / "site"
    story = next((site / "sources").iterdir())
    corrections = story / "corrections.toml"
    corrections.write_text('\n[[same]]\nsentences = ["harbour-wire/12345678", "x/12345678"]\n')
    built = _run("build", cwd=site, XDG_CACHE_HOME=str(tmp_path))
    assert built.returncode == 1
    place = corrections.relative_to(site).as_posix()
    assert f"{place}:2: error: there is no sentence “x/12345678”" in built.stderr
    assert "hint: " in built.stderr
    assert "Traceback" not in built.stderr
