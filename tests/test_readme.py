"""README says what is there."""

import re

from compare.cli import COMMANDS


def _readme(project):
    return (project / "README.md").read_text("utf-8")


def test_every_command_is_told(project):
    """A command that README does not name is a command that nobody finds."""
    text = _readme(project)
    assert [name for name in COMMANDS if f"crossread {name}" not in text] == []


def test_the_library_example_runs(project, monkeypatch, capsys):
    """The ten lines of the library tour do what they show."""
    monkeypatch.chdir(project)
    block = re.search(r"```python\n(.*?)```", _readme(project), re.DOTALL)
    assert block
    exec(compile(block[1], "README.md", "exec"), {"__name__": "readme"})
    assert capsys.readouterr().out.strip()


def test_pictures_are_there(project):
    """Each picture that README shows lies in the repository."""
    pictures = re.findall(r"!\[[^\]]*\]\(([^)]+)\)", _readme(project))
    assert pictures
    assert [name for name in pictures if not (project / name).is_file()] == []
