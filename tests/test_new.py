"""The example site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from compare.cli import main
from compare.errors import OutputError
from compare.site import config, readers
from compare.site.check import check
from compare.site.new import make_site


def test_example_is_a_good_site(tmp_path: Path) -> None:
    """The site can be checked without problems, and its story shows something to compare."""
    written = make_site(tmp_path / "deep" / "site")
    assert Path(".gitignore") in written
    found = check(tmp_path / "deep" / "site")
    assert (found.stories, found.articles, found.problems, found.gaps) == (1, 3, (), ())


def test_example_has_planted_differences(tmp_path: Path) -> None:
    """What ``story.md`` tells readers to look for is there."""
    make_site(tmp_path)
    (story,) = readers.read_stories(tmp_path, config.load(tmp_path))
    texts = {article.id: article.text for article in story.articles}
    assert "64 passengers" in texts["skarn-gazette"]
    assert "46 passengers" in texts["harbour-wire"]
    assert "island, except the one about the date,”" in texts["skarn-gazette"]
    assert "island,”" in texts["mainland-post"]
    assert {article.outlet.sign for article in story.articles} == {"SG", "HW", "MP"}


def test_empty_folder_is_used(tmp_path: Path) -> None:
    """A folder that is there already may be empty."""
    make_site(tmp_path)
    assert (tmp_path / "crossread.toml").is_file()


@pytest.mark.parametrize("name", ["notes.txt", ".hidden"])
def test_folder_in_use_is_refused(tmp_path: Path, name: str) -> None:
    """Nothing is written beside somebody's files."""
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="the folder is not empty"):
        make_site(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_file_is_refused(tmp_path: Path) -> None:
    """A path that is a file stays as it is."""
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    for path in (tmp_path / "site", tmp_path / "site" / "below"):
        with pytest.raises(OutputError):
            make_site(path)
    assert (tmp_path / "site").read_text(encoding="utf-8") == "mine"


def test_command_names_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command lists the files and says what to do next."""
    site = tmp_path / "site"
    with pytest.raises(SystemExit) as ended:
        main(["new", str(site)])
    lines = capsys.readouterr().out.splitlines()
    assert not ended.value.code
    assert f"wrote {site / 'sources' / 'skarn-ferry' / 'story.md'}" in lines
    assert lines[-1] == f"Next: crossread build {site}"


def test_help_is_quick_to_load() -> None:
    """The help of a command imports none of the heavy libraries."""
    code = (
        "import sys\n"
        "from compare.cli import crossread\n"
        "for name in ('new', 'check'):\n"
        "    crossread.main([name, '--help'], standalone_mode=False)\n"
        "print(sorted({'yaml', 'markdown_it', 'lxml', 'babel', 'regex', 'numpy'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
