"""What ``crossread check`` says of sites that cannot be used, word for word.

Each folder of stories_invalid/ is a site with something wrong; its ``expected.txt`` is what the
command prints on standard error.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from compare.cli import main
from compare.site.check import check

INVALID = Path(__file__).parent / "stories_invalid"
CASES = sorted(folder.name for folder in INVALID.iterdir() if folder.is_dir())
STORY = "---\ntitle: A bridge falls\n---\n"
ARTICLE = "---\noutlet: {}\ntitle: A bridge falls\n---\n\nThe bridge fell.\n"


def main_ends(arguments: list[str], code: int) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert (ended.value.code or 0) == code


def said(root: Path) -> list[str]:
    return [str(problem) for problem in check(root).problems]


def snapshot(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", CASES)
def test_invalid_site(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints every problem of the site, ends with 1, and writes nothing."""
    before = snapshot(INVALID / name)
    main_ends(["check", str(INVALID / name)], 1)
    printed = capsys.readouterr()
    told = printed.err.replace(f"{INVALID.as_posix()}/", "")
    assert told == (INVALID / name / "expected.txt").read_text(encoding="utf-8")
    assert printed.out == ""
    assert snapshot(INVALID / name) == before


def test_every_problem_has_a_hint() -> None:
    """A reader of a message is always told how to mend it."""
    for name in CASES:
        for problem in check(INVALID / name).problems:
            assert problem.path, problem
            assert problem.hint or "not valid TOML" in problem.message, problem


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with nothing wrong in it."""
    story = tmp_path / "site" / "sources" / "bridge"
    story.mkdir(parents=True)
    (story / "story.md").write_text(STORY, encoding="utf-8")
    for outlet in ("lamp", "tide"):
        (story / f"{outlet}.md").write_text(ARTICLE.format(outlet), encoding="utf-8")
    return tmp_path / "site"


def test_good_site(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A site without problems gets one line of counts, and the gaps are counted."""
    main_ends(["check", str(site)], 0)
    assert capsys.readouterr().out == (
        "1 story, 2 articles, 4 sentences: no problems\n"
        "4 gaps (no time, address or title); --strict lists them\n"
    )


def test_strict_refuses_gaps(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is merely missing is a problem when it is asked for."""
    main_ends(["check", "--strict", str(site)], 1)
    printed = capsys.readouterr().err
    assert "sources/bridge/lamp.md: error: has no published: " in printed
    assert printed.endswith("4 problems\n")


def test_shipped_stories_have_no_problems() -> None:
    """The stories of this repository are good."""
    found = check(Path(__file__).parent.parent)
    assert found.problems == ()
    assert found.stories >= 4


def test_fifty_megabytes(site: Path) -> None:
    """A file far too large is refused without being read."""
    with (site / "sources/bridge/lamp.md").open("wb") as stream:
        stream.truncate(50_000_000)
    assert said(site) == [
        "sources/bridge/lamp.md: is larger than 4 MB\n  hint: remove what does not belong to it"
    ]


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        (b"a\0b", 8, "holds a NUL byte"),
        (b"a\n\x07b", 9, "holds the control character U+0007"),
        ("a\x9bb".encode(), 8, "holds the control character U+009B"),
    ],
)
def test_control_characters(site: Path, content: bytes, line: int, what: str) -> None:
    """What is not text is refused at its line."""
    file = site / "sources/bridge/lamp.md"
    file.write_bytes(file.read_bytes() + b"\n" + content)
    assert said(site) == [f"sources/bridge/lamp.md:{line}: {what}\n  hint: remove it; it is not text"]


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_links(site: Path) -> None:
    """Links out of the site, to nowhere and in circles are refused; one inside of it is followed."""
    story = site / "sources/bridge"
    outside = site.parent / "secret.md"
    outside.write_text(ARTICLE.format("secret"), encoding="utf-8")
    (site.parent / "folder").mkdir()
    (story / "out.md").symlink_to(outside)
    (story / "nowhere.md").symlink_to(site / "gone.md")
    (story / "circle.md").symlink_to(story / "circle.md")
    (story / "corrections.toml").symlink_to(outside)
    (site / "sources/elsewhere").symlink_to(site.parent / "folder", target_is_directory=True)
    (site / "shared.md").write_text(ARTICLE.format("shared"), encoding="utf-8")
    (story / "shared.md").symlink_to(site / "shared.md")
    nowhere = "is a link that leads nowhere\n  hint: remove it"
    outward = "is a link that leads out of the site's folder\n  hint: put a copy of the file in its place"
    assert said(site) == [
        f"sources/bridge/circle.md: {nowhere}",
        f"sources/bridge/corrections.toml: {outward}",
        f"sources/bridge/nowhere.md: {nowhere}",
        f"sources/bridge/out.md: {outward}",
        f"sources/elsewhere: {outward}",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_named_pipe(site: Path) -> None:
    """A named pipe is refused and not waited for."""
    os.mkfifo(site / "sources/bridge/pipe.md")
    assert said(site)[0].startswith("sources/bridge/pipe.md: is not a regular file")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is unreadable to root")
def test_unreadable_file(site: Path) -> None:
    """A file without permission is named."""
    (site / "sources/bridge/lamp.md").chmod(0)
    assert said(site)[0].startswith("sources/bridge/lamp.md: cannot be read: Permission denied")


def test_file_where_a_folder_should_be(site: Path) -> None:
    """``sources`` may be a file."""
    empty = site.parent / "empty"
    empty.mkdir()
    (empty / "sources").write_text("", encoding="utf-8")
    assert said(empty)[0].startswith(f"{empty.as_posix()}: there is no folder sources/ here")


YAML_BOMBS = {
    "billion laughs": "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "many keys": "".join(f"k{number}: v\n" for number in range(300_000)),
    "deep list": "tags: " + "[" * 30_000,
    "deep block": "- " * 30_000,
    "long key": "? " + "k" * 60_000 + "\n: v\n",
    "tag": "title: !!python/object/apply:os.system [exit]\n",
    "escape": 'title: "\\0\\uD800"\n',
    "second document": "title: x\n...\n%YAML 9\n",
}


@pytest.mark.parametrize("name", YAML_BOMBS)
def test_yaml_bombs(site: Path, name: str) -> None:
    """Front matter that would explode is refused with a line."""
    (site / "sources/bridge/lamp.md").write_text(
        f"---\n{YAML_BOMBS[name]}---\n\nThe bridge fell.\n", encoding="utf-8"
    )
    problems = check(site).problems
    assert problems
    assert {(problem.path, problem.line is not None) for problem in problems} == {
        ("sources/bridge/lamp.md", True)
    }


TOML_BOMBS = {
    "deep array": "note = " + "[" * 100_000,
    "dotted key": "a." * 200_000 + "a = 1\n",
    "large": "# x\n" * 300_000,
    "deep inline": "a = " + "{a = " * 20_000,
}


@pytest.mark.parametrize("name", TOML_BOMBS)
@pytest.mark.parametrize("file", ["crossread.toml", "sources/bridge/corrections.toml"])
def test_toml_bombs(site: Path, name: str, file: str) -> None:
    """TOML that would take all time or stack is refused."""
    (site / file).write_text(TOML_BOMBS[name], encoding="utf-8")
    assert {problem.path for problem in check(site).problems} == {file}


def test_no_site_at_all(tmp_path: Path) -> None:
    """A folder that is not there is named, not the sources in it."""
    assert said(tmp_path / "gone")[0].startswith(f"{(tmp_path / 'gone').as_posix()}: there is no such folder")


def test_capture_with_right_digest(site: Path) -> None:
    """An article whose capture is as it was received is good."""
    (site / "seeds").mkdir()
    (site / "seeds/lamp.txt").write_bytes(b"\xff\x00")
    digest = sha256(b"\xff\x00").hexdigest()
    file = site / "sources/bridge/lamp.md"
    text = file.read_text(encoding="utf-8").replace(
        "\ntitle", f"\ncapture: seeds/lamp.txt\nsha256: {digest}\ntitle"
    )
    file.write_text(text, encoding="utf-8")
    assert said(site) == []
    (site / "seeds/lamp.txt").unlink()
    assert said(site)[0].startswith("sources/bridge/lamp.md: capture: there is no file “seeds/lamp.txt”")
    (site / "seeds/lamp.txt").write_bytes(b"\xff\x01")
    assert said(site)[0].startswith("sources/bridge/lamp.md: sha256: is not the digest of “seeds/lamp.txt”")
